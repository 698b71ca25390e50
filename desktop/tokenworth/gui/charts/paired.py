"""The paired chart: tokens a week by what became of them, over what the answers allow to say."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from tokenworth.domain.views import SessionQuery, Trend, Week
from tokenworth.gui.chart import Table
from tokenworth.gui.charts import figures, read_out, sentences
from tokenworth.gui.charts.axes import moved_view
from tokenworth.gui.charts.bars import ESTIMATED, Bar, bar_at, bars_of
from tokenworth.gui.charts.head import Head
from tokenworth.gui.charts.plots import Plots
from tokenworth.gui.charts.walked import WalkedChart
from tokenworth.gui.theme import Theme

FEWEST_SLOTS: Final = 10
"""A chart of one week leaves room for nine, so that its bar is no wall."""
CLOSEST_WEEKS: Final = 3
SPACING_PX: Final = 6


class PairedChart(WalkedChart):
    """Draws a Trend. Arrows select, plus and minus zoom, R resets, Enter opens the week."""

    viewed = Signal()
    """Other weeks are in view: see ``visible``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Burned and got, week by week"))
        self._trend = Trend((), "")
        self._bars: list[Bar] = []
        self.head = Head(theme)
        self.plots = Plots(theme)
        self._lay_out()
        self.plots.upper.sigXRangeChanged.connect(self._on_range)
        self.watch(self.plots.view)

    # What a chart can do -------------------------------------------------------------------------

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks shown, in order."""
        return self._trend.weeks

    def show_data(self, value: Trend) -> None:
        """Draw a trend; the weeks in view and the selected one stay where they were."""
        keys = [week.key for week in value.weeks]
        kept = moved_view([week.key for week in self.weeks], keys, self.view_range())
        was_full = self.is_full()
        chosen = None if self.selected is None else self.weeks[self.selected].key
        self._trend = value
        self._hovered = None
        self.selected = keys.index(chosen) if chosen in keys else None
        self._bars = bars_of(value.weeks)
        beside = any(bar.fate == ESTIMATED for bar in self._bars)
        self.head.legend.set_estimated(shown=beside)
        self.head.fit()
        slots = max(FEWEST_SLOTS, len(value.weeks))
        self.plots.show(value.weeks, self._bars, slots)
        left, right = (-0.5, slots - 0.5) if was_full or kept is None else kept
        self.plots.upper.setXRange(left, right, padding=0)
        self._on_range()
        self.tell(self.text_alternative())
        self.point()

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        self.plots.restyle()
        self.head.legend.update()
        self.readout.update()

    def text_alternative(self) -> str:
        """Return the chart in words, with its numbers."""
        return figures.words_of(self._trend)

    def table(self) -> Table:
        """Return the numbers of all weeks."""
        return figures.table_of(self._trend)

    def picture_size(self) -> QSizeF:
        """Return the size of legend and plots, in pixels."""
        view = self.plots.view
        return QSizeF(view.width(), view.height() + self.head.height() + SPACING_PX)

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint heading, legend and plots from the target's corner on."""
        self.head.draw(painter, target.topLeft().toPoint())
        view = self.plots.view
        source = QRectF(view.rect())
        below = QPointF(target.left(), target.top() + self.head.height() + SPACING_PX)
        place_of_view = QRectF(below, source.size())
        self.plots.set_cursor(None, None)
        view.scene().render(painter, place_of_view, source)
        self.plots.set_cursor(self.selected, self._hovered)

    # What is in view and pointed at --------------------------------------------------------------

    def segments(self) -> list[Bar]:
        """Return the bars' rectangles in weeks and tokens."""
        return list(self._bars)

    def view_range(self) -> tuple[float, float]:
        """Return the range of weeks in view, as places on the axis."""
        left, right = self.plots.upper.viewRange()[0]
        return float(left), float(right)

    def chosen(self) -> Week | None:
        """Return the selected week, else the last with answers."""
        if self.selected is not None:
            return self.weeks[self.selected]
        return next((week for week in reversed(self.weeks) if week.coverage.answered), None)

    def is_full(self) -> bool:
        """Whether everything is in view."""
        left, right = self.view_range()
        return right - left >= max(FEWEST_SLOTS, len(self.weeks)) - 0.01

    def visible(self) -> tuple[Week, ...]:
        """Return the weeks whose middle is in view."""
        left, right = self.view_range()
        return tuple(week for index, week in enumerate(self.weeks) if left <= index <= right)

    def current(self) -> Week | None:
        """Return the week pointed at, else the selected one, else the last with answers."""
        index = self.at()
        return self.chosen() if index is None else self.weeks[index]

    def reset(self) -> None:
        """Bring everything into view."""
        slots = max(FEWEST_SLOTS, len(self.weeks))
        self.plots.upper.setXRange(-0.5, slots - 0.5, padding=0)

    def zoom(self, factor: float) -> None:
        """Show fewer (below 1) or more weeks around the selected one, else around the middle."""
        left, right = self.view_range()
        middle = (left + right) / 2 if self.selected is None else self.selected
        span = max(CLOSEST_WEEKS, (right - left) * factor)
        start = middle - (middle - left) / (right - left) * span
        self._show_range(start, span)

    def select(self, index: int) -> None:
        """Select a week, bring it into view and read it out."""
        if not self.weeks:
            return
        self.selected = max(0, min(len(self.weeks) - 1, index))
        self._hovered = None
        left, right = self.view_range()
        if self.selected - 0.5 < left:
            self._show_range(self.selected - 0.5, right - left)
        elif self.selected + 0.5 > right:
            self._show_range(self.selected + 0.5 - (right - left), right - left)
        self.point()
        self.tell(self.readout.text())

    def open_week(self) -> None:
        """Ask for the sessions of the week pointed at or selected."""
        index = self.at()
        if index is not None and not sentences.is_empty(self.weeks[index]):
            self.opened.emit(SessionQuery(week=self.weeks[index].key))

    def last(self) -> int:
        """Return the place of the last week."""
        return len(self.weeks) - 1

    def begin(self, step: int) -> int:
        """Return the week the arrows start from, whichever way: the current one."""
        del step
        now = self.current()
        return self.weeks.index(now) if now is not None else self.last()

    def mark_at(self, place: QPointF) -> int | None:
        """Return the week at a place of the scene; none on the axis at the left."""
        inside = self.plots.view.rect().contains(place.toPoint())
        if not inside or place.x() < self.plots.upper.sceneBoundingRect().left():
            return None
        index = round(self.plots.upper.mapSceneToView(place).x())
        return index if 0 <= index < len(self.weeks) else None

    def query_at(self, index: int, place: QPointF) -> SessionQuery | None:
        """Return the sessions of a week, of one outcome where a bar was hit."""
        if sentences.is_empty(self.weeks[index]):
            return None
        bar = None
        if self.plots.upper.sceneBoundingRect().contains(place):
            spot = self.plots.upper.mapSceneToView(place)
            bar = bar_at(self._bars, spot.x(), spot.y())
        fates = () if bar is None or bar.fate == ESTIMATED else (bar.fate,)
        return SessionQuery(week=self.weeks[index].key, fates=fates)

    # Events --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room anew and move the read-out along."""
        super().resizeEvent(event)
        self.plots.fit(self.plots.view.height())
        self.point()

    def _on_range(self) -> None:
        self.plots.tell_view()
        self.point()
        self.viewed.emit()

    # Inside --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX)
        column.addWidget(self.head)
        column.addWidget(self.plots.view, 1)

    def _show_range(self, start: float, span: float) -> None:
        slots = max(FEWEST_SLOTS, len(self.weeks))
        span = min(span, slots)
        start = max(-0.5, min(start, slots - 0.5 - span))
        self.plots.upper.setXRange(start, start + span, padding=0)

    def point(self) -> None:
        """Move band and read-out to the week pointed at, else to the selected one."""
        self.plots.set_cursor(self.selected, self._hovered)
        index = self.at()
        left, right = self.view_range()
        if index is None or not left - 0.5 <= index <= right + 0.5:
            self.readout.hide()
        else:
            week = self.weeks[index]
            title = sentences.week_title(week, self._trend.zone)
            self.readout.show_lines(title, read_out.week_lines(week))
            view = self.plots.view
            middle = self.plots.upper.mapViewToScene(QPointF(index, 0)).x() + view.x()
            self.readout.stand_beside(middle, self.plots.slot_px() / 2, view.y())
        self.pointed.emit()
