"""Where attention went, week by week: minutes by outcome, and a row for each purpose (M3)."""

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from tokenworth.domain.trending import MixWeek
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.chart import Table
from tokenworth.gui.charts import mix_words
from tokenworth.gui.charts.axes import moved_view
from tokenworth.gui.charts.legend import Legend
from tokenworth.gui.charts.marked import MarkedChart
from tokenworth.gui.charts.mix_layout import (
    PURPOSES,
    STRIP_PX,
    Laid,
    Segment,
    all_minutes,
    lay_out,
    seen_minutes,
)
from tokenworth.gui.charts.mix_paint import NAME_GAP_PX, MixPainter, row_number
from tokenworth.gui.charts.sentences import Line
from tokenworth.gui.charts.spots import Choice, Key, Spot, plain_label, rect_path
from tokenworth.gui.charts.widget import Keys
from tokenworth.gui.theme import Theme

FEWEST_SLOTS: Final = 10
CLOSEST_WEEKS: Final = 3
ZOOM: Final = 0.75
SPACING_PX: Final = 6
LEGEND_GAP_PX: Final = 12
AXIS_PX: Final = 74
NAMED_AXIS_PX: Final = 186
WHOLE_WEEK_ROW: Final = 1000
View = Literal["together", "purposes"]


class MixChart(MarkedChart):
    """Draws weeks of attention. Arrows go from part to part; plus and minus zoom, R resets."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Where attention went, week by week"))
        self._weeks: tuple[MixWeek, ...] = ()
        self._view = (-0.5, FEWEST_SLOTS - 0.5)
        self._laid: Laid | None = None
        self._plot = QRectF()
        self._drag: tuple[QPointF, tuple[float, float]] | None = None
        self._dragged = False
        self.heading = plain_label("heading")
        self.heading.setText(self.tr("Attention a week, by what became of it"))
        rows = (("together", self.tr("All purposes")), ("purposes", self.tr("By purpose")))
        self.rows = Choice(theme, self, rows)
        self.rows.show_name("together")
        self.rows.chosen.connect(lambda _: self.lay_again())
        self.legend = Legend(theme)
        self.legend.setParent(self)
        self.legend.hide()  # it is painted with the chart, in pictures too
        self._arrange()
        self.show_data(())

    # What a chart can do -------------------------------------------------------------------------

    def show_data(self, value: Sequence[MixWeek]) -> None:
        """Draw weeks; those in view, and the selected mark, stay where they were."""
        before, after = ([week.week for week in weeks] for weeks in (self._weeks, value))
        kept = None if self.is_full() else moved_view(before, after, self._view)
        self._weeks = tuple(value)
        self._show(*(kept or (-0.5, self._slots() - 0.5)))
        self.tell(self.text_alternative())

    def whole_words(self) -> str:
        """Return the weeks in words, with their numbers."""
        return mix_words.whole_words(self._weeks)

    def table(self) -> Table:
        """Return one row a week."""
        return mix_words.table_of(self._weeks)

    def own_words(self) -> tuple[list[str], list[str]]:
        """Return the lines that belong to a saved picture."""
        return [self.heading.text()], [self.text_alternative()]

    def empty_words(self) -> tuple[str, str] | None:
        """Return what will be here."""
        if any(all_minutes(week) > 0 for week in self._weeks):
            return None
        return (
            self.tr("Nothing to draw yet"),
            self.tr(
                "Here the minutes of attention of each week will stand, by why you spent them and "
                "what became of it. First some history has to be imported, under Sources."
            ),
        )

    # What is in view -----------------------------------------------------------------------------

    def view_range(self) -> tuple[float, float]:
        """Return the range of weeks in view, as places on the axis."""
        return self._view

    def is_full(self) -> bool:
        """Whether everything is in view."""
        return self._view[1] - self._view[0] >= self._slots() - 0.01

    def reset(self) -> None:
        """Bring everything into view."""
        self._show(-0.5, self._slots() - 0.5)

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Show fewer (below 1) or more weeks around a place, else around the selected one."""
        left, right = self._view
        if about is None:
            chosen = None if self.selected is None else self.spots[self.selected].column
            about = (left + right) / 2 if chosen is None else chosen
        span = max(min(CLOSEST_WEEKS, self._slots()), (right - left) * factor)
        start = about - (about - left) / (right - left) * span
        self._show(start, start + span)

    def bring_into_view(self, spot: Spot) -> None:
        """Pan to a week."""
        left, right = self._view
        if spot.column - 0.5 < left:
            self._show(spot.column - 0.5, spot.column - 0.5 + right - left)
        elif spot.column + 0.5 > right:
            self._show(spot.column + 0.5 - (right - left), spot.column + 0.5)

    # What is painted -----------------------------------------------------------------------------

    def lay_out(self, room: QRectF) -> list[Spot]:
        """Lay out rows and bars."""
        view = self._rows_view()
        high = QFontMetricsF(self.theme.font("small")).height()
        self.legend.resize(round(room.width()), 1)
        legend = self.legend.sizeHint().height() * len(self.legend.rows(round(room.width())))
        left = room.left() + (AXIS_PX if view == "together" else NAMED_AXIS_PX)
        foot = STRIP_PX + NAME_GAP_PX + 2 * high + 2
        head = legend + LEGEND_GAP_PX
        wide, tall = room.right() - left, max(1.0, room.height() - head - foot)
        self._plot = QRectF(left, room.top() + head, wide, tall)
        laid = lay_out(self._weeks, view, self._plot, self._view)
        self._laid = laid
        spots = [
            Spot(("week", self._weeks[at].week), rect_path(column), at, WHOLE_WEEK_ROW)
            for at, column in enumerate(laid.columns)
        ]
        spots += [
            Spot(
                ("part", self._weeks[one.week].week, one.row, one.fate),
                rect_path(one.rect),
                one.week,
                row_number(one.row, one.fate, laid.rows),
            )
            for one in laid.segments
        ]
        return spots

    def paint_marks(self, painter: QPainter, room: QRectF) -> None:
        """Paint legend and weeks."""
        if self._laid is not None:
            self.legend.draw(painter, QPoint(round(room.left()), round(room.top())))
            MixPainter(self.theme, self._weeks, self._laid).paint(painter, room, self._plot)

    def spot_at(self, place: QPointF) -> int | None:
        """Return the mark at a place of the plot; none on the axis."""
        under = self._plot.adjusted(0, 0, 0, STRIP_PX)
        return super().spot_at(place) if under.contains(place) else None

    def first(self) -> Key | None:
        """Return the last week with answers, where the arrows begin; else the last."""
        seen = [week for week in self._weeks if seen_minutes(week) > 0]
        week = (seen or list(self._weeks))[-1:]
        return ("week", week[0].week) if week else None

    def read_out(self, spot: Spot) -> tuple[str, list[Line]]:
        """Return the values of a week, or of one part of it."""
        week = self._weeks[spot.column]
        segment = self._segment(spot)
        if segment is None:
            return week.week, mix_words.week_lines(week)
        return mix_words.segment_title(week, segment), mix_words.segment_lines(week, segment)

    def query_of(self, spot: Spot) -> SessionQuery | None:
        """Return a week's sessions, or those with one outcome and purpose."""
        week = self._weeks[spot.column]
        if all_minutes(week) <= 0:
            return None
        segment = self._segment(spot)
        if segment is None:
            return SessionQuery(week=week.week)
        purposes = (segment.row,) if segment.row in PURPOSES else ()
        return SessionQuery(week=week.week, fates=(segment.fate,), purposes=purposes)

    # Events --------------------------------------------------------------------------------------

    def keys(self) -> Keys:
        """Return what each key does."""
        return super().keys() | {
            Qt.Key.Key_Plus: lambda: self.zoom(ZOOM),
            Qt.Key.Key_Equal: lambda: self.zoom(ZOOM),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / ZOOM),
            Qt.Key.Key_R: self.reset,
        }

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom around the week under the mouse."""
        turned = event.angleDelta().y()
        if turned and self._plot.contains(event.position()) and not self.empty_words():
            self.zoom(ZOOM if turned > 0 else 1 / ZOOM, self._week_at(event.position()))
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the weeks."""
        self._drag = (event.position(), self._view)
        self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pan while the button is down; else read out what is pointed at."""
        if self._drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        start, (left, right) = self._drag
        moved = event.position().x() - start.x()
        if abs(moved) >= QApplication.startDragDistance():
            self._dragged = True
        if self._dragged and not self.is_full() and self._plot.width() > 0:
            by = moved / self._plot.width() * (right - left)
            self._show(left - by, right - by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was clicked; while zoomed only when no second click comes."""
        self._drag = None
        if not self._dragged:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show all weeks again."""
        self.waiting.stop()
        self._dragged = True  # the release that follows is no click
        self.reset()

    def opens_at_once(self) -> bool:
        """Whether a click cannot be the first of two: there is no zoom to reset."""
        return self.is_full()

    # Inside --------------------------------------------------------------------------------------

    def _rows_view(self) -> View:
        return "purposes" if self.rows.name() == "purposes" else "together"

    def _slots(self) -> int:
        return max(FEWEST_SLOTS, len(self._weeks))

    def _show(self, left: float, right: float) -> None:
        """Show a range of weeks, never beyond the first and the last."""
        span = min(right - left, self._slots())
        left = max(-0.5, min(left, self._slots() - 0.5 - span))
        self._view = (left, left + span)
        self.lay_again()

    def _week_at(self, place: QPointF) -> float:
        left, right = self._view
        return left + (place.x() - self._plot.left()) / self._plot.width() * (right - left)

    def _segment(self, spot: Spot) -> Segment | None:
        found = self._laid.segments if self._laid else ()
        return next(
            (
                one
                for one in found
                if one.week == spot.column and ("part", one.row, one.fate) == _part(spot.key)
            ),
            None,
        )

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        for button in self.rows.by_name.values():
            button.setToolTip(self.tr("One row for all, or one for each purpose"))
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX)
        column.addLayout(top)
        column.addWidget(self.room, 1)


def _part(key: Key) -> Key:
    return (key[0], *key[2:])
