"""A calendar of days: how much attention, and how much of it anybody looked at."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tokenworth.domain.trending import Day
from tokenworth.domain.views import SessionQuery
from tokenworth.gui import words
from tokenworth.gui.chart import Table
from tokenworth.gui.charts import calendar_words
from tokenworth.gui.charts.calendar_paint import (
    LEGEND_CELL_PX,
    NAME_GAP_PX,
    CalendarPainter,
    Cell,
    legend_rows,
)
from tokenworth.gui.charts.marked import MarkedChart
from tokenworth.gui.charts.sentences import Line
from tokenworth.gui.charts.spots import Key, Spot, plain_label, rect_path
from tokenworth.gui.charts.widget import Keys
from tokenworth.gui.theme import Theme

SPACING_PX: Final = 8
NARROWEST_PX: Final = 17
WIDEST_PX: Final = 58
LOWEST_PX: Final = 14
HIGHEST_PX: Final = 66
WEEK: Final = 7
TURNED: Final = 120  # the wheel's unit


class CalendarChart(MarkedChart):
    """Draws days, a column a week. Arrows go from day to day; Enter opens a day's sessions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Calendar of attention"))
        self._days: tuple[Day, ...] = ()
        self._zone = ""
        self._first = 0  # the first week in view
        self._cells: list[Cell] = []
        self._plot = QRectF()
        self._row_px = 0.0
        self._fitting = 1
        self.heading = plain_label("heading")
        self.heading.setText(self.tr("Attention a day, and how much of it was looked at"))
        self.range = plain_label("muted")
        self._arrange()
        self.show_data(())

    # What a chart can do -------------------------------------------------------------------------

    def show_data(self, value: Sequence[Day], zone: str = "") -> None:
        """Draw days of a zone ("" the system's), the latest in view; the selected one stays so."""
        self._days = tuple(sorted(value, key=lambda one: one.day))
        self._zone = zone
        self._first = self._weeks()
        self.lay_again()
        self.tell(self.text_alternative())

    def whole_words(self) -> str:
        """Return the days in words, with their numbers."""
        return calendar_words.whole_words(self._days)

    def table(self) -> Table:
        """Return one row a day."""
        return calendar_words.table_of(self._days)

    def own_words(self) -> tuple[list[str], list[str]]:
        """Return the lines that belong to a saved picture."""
        return [self.heading.text()], [self.text_alternative()]

    def empty_words(self) -> tuple[str, str] | None:
        """Return what will be here."""
        if any(day.attention is not None for day in self._days):
            return None
        return (
            self.tr("Nothing to draw yet"),
            self.tr(
                "Here each day will have its attention, and how much of it was looked at. "
                "First some history has to be imported, under Sources."
            ),
        )

    def weeks_in_view(self) -> tuple[int, int]:
        """Return how many weeks are in view, and how many there are."""
        return min(self._fitting, self._weeks()), self._weeks()

    def reset(self) -> None:
        """Bring the latest weeks into view."""
        self._scroll_to(self._weeks())

    # What is painted -----------------------------------------------------------------------------

    def lay_out(self, room: QRectF) -> list[Spot]:
        """Lay out a column a week, the last ones in view."""
        metrics = QFontMetricsF(self.theme.font("small"))
        most = self._most()
        names = max(
            metrics.horizontalAdvance(words.translate("words", name)) for name in words.DAYS
        )
        left = room.left() + names + NAME_GAP_PX
        line = max(metrics.height(), LEGEND_CELL_PX) + 4
        legend = line * len(legend_rows(self.theme, most, room.width())) + NAME_GAP_PX
        top = room.top() + metrics.height() + 4
        wide, high = room.right() - left, room.bottom() - legend - top
        self._row_px = min(max(high / WEEK, LOWEST_PX), HIGHEST_PX)
        column = min(max(wide / max(1, self._weeks()), NARROWEST_PX), WIDEST_PX)
        self._fitting = max(1, int(wide / column + 0.01))
        self._first = max(0, min(self._first, self._weeks() - self._fitting))
        self._plot = QRectF(left, top, min(wide, column * self._fitting), WEEK * self._row_px)
        self._cells = []
        for one in self._days:
            week, weekday = divmod((date.fromisoformat(one.day) - self._monday()).days, WEEK)
            corner = (left + (week - self._first) * column, top + weekday * self._row_px)
            self._cells.append(Cell(one, week, QRectF(*corner, column, self._row_px)))
        self._say_range()
        gap = 2
        return [
            Spot(
                ("day", cell.day.day),
                rect_path(cell.rect.adjusted(0, 0, -gap, -gap)),
                cell.week,
                at % WEEK,
            )
            for cell in self._cells
            for at in [(date.fromisoformat(cell.day.day) - self._monday()).days]
        ]

    def paint_marks(self, painter: QPainter, room: QRectF) -> None:
        """Paint days, names and legend."""
        painted = CalendarPainter(self.theme, self._cells, self._most())
        painted.paint(painter, room, self._plot, self._row_px)

    def bring_into_view(self, spot: Spot) -> None:
        """Scroll to a day's week."""
        if spot.column < self._first:
            self._scroll_to(spot.column)
        elif spot.column >= self._first + self._fitting:
            self._scroll_to(spot.column - self._fitting + 1)

    def first(self) -> Key | None:
        """Return the latest day with attention, where the arrows begin."""
        found = [day.day for day in self._days if day.attention]
        return ("day", found[-1]) if found else None

    def read_out(self, spot: Spot) -> tuple[str, list[Line]]:
        """Return the values of a day."""
        day = self._day(spot.key)
        return calendar_words.day_title(day), calendar_words.day_lines(day)

    def query_of(self, spot: Spot) -> SessionQuery | None:
        """Return the sessions that began on a day."""
        return calendar_words.query_of(self._day(spot.key), self._zone)

    # Events --------------------------------------------------------------------------------------

    def keys(self) -> Keys:
        """Return what each key does."""
        return super().keys() | {Qt.Key.Key_R: self.reset}

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll through the weeks where not all are in view."""
        shown, whole = self.weeks_in_view()
        turned = event.angleDelta().y() or event.angleDelta().x()
        if shown < whole and turned:
            self._scroll_to(self._first - round(turned / TURNED) or self._first)
            event.accept()
        else:
            super().wheelEvent(event)

    # Inside --------------------------------------------------------------------------------------

    def _day(self, key: Key) -> Day:
        return next(day for day in self._days if day.day == key[1])

    def _monday(self) -> date:
        first = date.fromisoformat(self._days[0].day)
        return first - timedelta(days=first.weekday())

    def _weeks(self) -> int:
        if not self._days:
            return 0
        return (date.fromisoformat(self._days[-1].day) - self._monday()).days // WEEK + 1

    def _most(self) -> float:
        return max((day.attention or 0.0 for day in self._days), default=0.0)

    def _scroll_to(self, week: int) -> None:
        self._first = max(0, min(week, self._weeks() - self._fitting))
        self.lay_again()

    def _say_range(self) -> None:
        shown, whole = self.weeks_in_view()
        told = self.tr("{shown} of {all} weeks in view; scroll, or use the arrow keys")
        self.range.setText(
            told.format(shown=words.count(shown), all=words.count(whole)) if shown < whole else ""
        )

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.range)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX)
        column.addLayout(top)
        column.addWidget(self.room, 1)
