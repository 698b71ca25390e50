"""The plots of the paired chart: two areas and a strip over one time axis."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics

from tokenworth.domain.views import Week
from tokenworth.gui.charts import sentences
from tokenworth.gui.charts.axes import Tick, count_ticks, runs
from tokenworth.gui.charts.bars import Bar, BarsItem
from tokenworth.gui.charts.lane import Lane
from tokenworth.gui.charts.marks import Cursor, Grid, RunWords, Strip, Told
from tokenworth.gui.charts.scene import dress, fill, new_view
from tokenworth.gui.charts.screen import ScreenItem
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.theme import Theme

AXIS_PX: Final = 62
AXIS_ROOM_PX: Final = 16
STRIP_ROW_PX: Final = 50
HEAD_ROW_PX: Final = 22
LOW_PX: Final = 400
LEAST_PX: Final = 190
TICK_PX: Final = 42
GAP_PX: Final = 16
HEADROOM: Final = 1.06
CLOSEST_WEEKS: Final = 3


class Plots:
    """A view with an upper plot, a lower plot and a strip; their x axes are linked."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._top = 0.0
        self.view: Any = new_view()
        self.view.setMinimumHeight(LEAST_PX)
        self.upper, self._upper_axis = self._add_plot(0)
        self._title: Any = self.view.addLabel("", row=1, col=0, colspan=2, justify="left")
        self.lower, self._lower_axis = self._add_plot(2)
        self.strip, self._strip_axis = self._add_plot(3)
        for box in (self.lower, self.strip):
            box.setXLink(self.upper)
        small = theme.font("small")
        self.cursors = [Cursor(theme), Cursor(theme), Cursor(theme)]
        self.upper_grid, self.lower_grid = Grid(theme), Grid(theme)
        self.bars = BarsItem(theme)
        self.gaps = RunWords(theme, small, "faint", sentences.tr("gap"))
        self.lane = Lane(theme)
        self.weeks = Strip(theme, small)
        fill(self.upper, self.cursors[0], self.upper_grid, self.bars, self.gaps)
        fill(self.lower, self.cursors[1], self.lower_grid, *self.lane.items)
        fill(self.strip, self.cursors[2], self.weeks)
        self._arrange()
        self.restyle()

    def show(self, weeks: Sequence[Week], bars: list[Bar], slots: int) -> None:
        """Draw weeks and bars on an axis of so many places."""
        self._top = max((bar.top for bar in bars), default=0.0)
        height = self._top or 1.0
        self._limit(self.upper, slots, -0.015 * height, HEADROOM * height)
        self.lane.show(weeks)
        self._limit(self.lower, slots, *self.lane.span)
        self._limit(self.strip, slots, 0.0, 1.0)
        self.bars.set_bars(bars)
        gap = sentences.tr("not known")
        self.gaps.set_runs(runs([gap if self._is_gap(week) else "" for week in weeks]))
        self.weeks.set_weeks(
            [
                Told(sentences.week_name(week), week.key[:4], sentences.looked_at(week))
                for week in weeks
            ]
        )
        self._set_ticks()
        self._set_title()

    def tell_view(self) -> None:
        """Tell the strip which weeks are in view."""
        self.weeks.set_view(*self.upper.viewRange()[0])

    def set_cursor(self, selected: int | None, hovered: int | None) -> None:
        """Show the band behind the week pointed at, else the selected one."""
        for cursor in self.cursors:
            cursor.set_week(selected if hovered is None else hovered)

    def slot_px(self) -> float:
        """Return how wide a week is, in pixels."""
        left, right = self.upper.viewRange()[0]
        return float(self.upper.width() / max(right - left, 1e-9))

    def restyle(self) -> None:
        """Take the theme's colours again."""
        axes = (self._upper_axis, self._lower_axis, self._strip_axis)
        dress(self.view, axes, self._theme)
        self._set_title()
        self.view.scene().update()

    def _is_gap(self, week: Week) -> bool:
        return sentences.is_empty(week) and sentences.nothing_imported(week)

    def _add_plot(self, row: int) -> tuple[Any, Any]:
        axis = pyqtgraph.AxisItem("left")
        axis.setStyle(tickLength=0, tickTextOffset=9, hideOverlappingLabels=False)
        label = QFontMetrics(self._theme.font("small")).horizontalAdvance(tr("looked at"))
        axis.setWidth(max(AXIS_PX, label + AXIS_ROOM_PX))
        box = pyqtgraph.ViewBox(enableMenu=False, defaultPadding=0)
        box.setMouseEnabled(x=True, y=False)
        axis.linkToView(box)
        axis.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.view.addItem(axis, row=row, col=0)
        self.view.addItem(box, row=row, col=1)
        return box, axis

    def _arrange(self) -> None:
        layout = self.view.ci.layout
        self.view.ci.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(0)
        layout.setRowStretchFactor(0, 5)
        layout.setRowStretchFactor(2, 4)
        layout.setRowFixedHeight(1, HEAD_ROW_PX)
        layout.setRowFixedHeight(3, STRIP_ROW_PX)
        self.upper.sigResized.connect(self._set_ticks)

    def fit(self, height: int) -> None:
        """Spare room between the plots, and words over the lower one, where there is little."""
        self.view.ci.layout.setRowSpacing(0, 6 if height < LOW_PX else HEAD_ROW_PX)
        self._set_title()

    def _limit(self, box: Any, slots: int, low: float, high: float) -> None:
        box.setLimits(
            xMin=-0.5,
            xMax=slots - 0.5,
            minXRange=min(CLOSEST_WEEKS, slots),
            maxXRange=slots,
        )
        box.setYRange(low, high, padding=0)
        area = QRectF(-0.5, low, slots, high - low)
        for item in box.childGroup.childItems():
            if isinstance(item, ScreenItem):
                item.set_area(area)

    def _set_ticks(self) -> None:
        most = max(2, int(self.upper.height() / TICK_PX))
        counts, values = count_ticks(self._top, most), self.lane.ticks(self.lower.height())
        _put(self._upper_axis, counts)
        _put(self._lower_axis, values)
        self.upper_grid.set_values([tick.value for tick in counts])
        self.lower_grid.set_values([tick.value for tick in values])
        _put(self._strip_axis, [Tick(0.86, tr("looked at"))])

    def _set_title(self) -> None:
        strong = QFontMetrics(self._theme.font("text", strong=True))
        small = QFontMetrics(self._theme.font("small"))
        titles = self.lane.titles()
        room = self.view.width() - GAP_PX

        def need(pair: tuple[str, str]) -> int:
            return strong.horizontalAdvance(pair[0]) + small.horizontalAdvance(pair[1])

        title, remark = next((pair for pair in titles if need(pair) <= room), titles[-1])
        muted = self._theme.colour("muted").name()
        size = self._theme.points("small")
        quiet = f'&nbsp;&nbsp; <span style="color: {muted}; font-size: {size}pt; font-weight: 400">'
        text = escape(title) + (f"{quiet}{escape(remark)}</span>" if remark else "")
        self._title.setText(
            text, color=self._theme.colour("text"), size=f"{self._theme.points('text')}pt"
        )
        self._title.item.document().setDocumentMargin(0)
        self._title.item.setFont(self._theme.font("text", strong=True))


def _put(axis: Any, ticks: Sequence[Tick]) -> None:
    axis.setTicks([[(tick.value, tick.text) for tick in ticks]])
