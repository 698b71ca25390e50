"""Net time as it is drawn: an upright bar for the interval, a point only where one may be said."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from tokenworth.domain.estimate import Estimate
from tokenworth.gui.charts.screen import Scale, ScreenItem
from tokenworth.gui.theme import Theme

OPEN_FROM: Final = 3.0
"""An upper limit above so many times the attention is no limit: an arrow ends there."""
POINT_PX: Final = 4.0
ARROW_PX: Final = 5.0
THIN_BELOW_PX: Final = 8
MANY: Final = 60
ROOM: Final = 0.07
EMPTY: Final = 60.0


class NetBar(msgspec.Struct, frozen=True):
    """One bar, in places of the x axis and minutes."""

    x: float
    low: float
    high: float
    value: float | None
    open_high: bool
    skips: tuple[float, ...] = ()  # where skipped sessions leave two values and no point

    def ends(self) -> list[float]:
        """Return what an axis has to hold; an open end is no limit and asks for no room."""
        known = [] if self.value is None else [self.value]
        return [self.low, *self.skips, *known, *([] if self.open_high else [self.high])]


def net_bar(x: float, estimate: Estimate | None, attention_min: float) -> NetBar | None:
    """Return how an estimate is drawn; None where nothing may be shown."""
    if estimate is None:
        return None
    value, low, high = estimate.value, estimate.low, estimate.high
    if low is None or high is None:
        return None if value is None else NetBar(x, value, value, value, open_high=False)
    skips = () if estimate.skips is None or value is not None else estimate.skips
    return NetBar(x, low, drawn_high(estimate, attention_min), value, estimate.open_high, skips)


def drawn_high(estimate: Estimate, attention_min: float) -> float:
    """Return where a bar ends: at its upper limit, an open one where it stops being a limit."""
    high = estimate.high or 0.0
    if not estimate.open_high or not attention_min:
        return high
    least = max(estimate.low or 0.0, estimate.value or 0.0)
    return max(least, min(high, OPEN_FROM * attention_min))


def net_range(bars: Sequence[NetBar]) -> tuple[float, float]:
    """Return the minutes an axis goes from and to: 0 and all bars, with a little room."""
    ends = [end for bar in bars for end in bar.ends()]
    if bars and all(bar.open_high for bar in bars):
        ends += [bar.high for bar in bars]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if low == high:
        return -EMPTY, EMPTY
    room = (high - low) * ROOM
    return low - room, high + room


class NetBars(ScreenItem):
    """The bars of a chart. One may be marked: pointed at or selected."""

    def __init__(self, theme: Theme, *, in_slots: bool) -> None:
        super().__init__(theme)
        self._in_slots = in_slots  # one beside the other: thin where they are near
        self.bars: Sequence[NetBar] = ()
        self.marked: int | None = None

    def set_bars(self, bars: Sequence[NetBar]) -> None:
        """Draw these."""
        self.bars = bars
        self.marked = None
        self.update()

    def mark(self, index: int | None) -> None:
        """Mark one bar, or none."""
        self.marked = index
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint all bars, the marked one last and in the accent colour."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, bar in enumerate(self.bars):
            if index != self.marked:
                self._paint_bar(painter, scale, bar, "text")
        if self.marked is not None:
            self._paint_bar(painter, scale, self.bars[self.marked], "accent")

    def _paint_bar(self, painter: QPainter, scale: Scale, bar: NetBar, colour: str) -> None:
        narrow = scale.slot < THIN_BELOW_PX if self._in_slots else len(self.bars) > MANY
        least = 1.5 if self._in_slots else POINT_PX / 2
        width, half = (1.0, least) if narrow else (2.0, POINT_PX)
        pen = QPen(self.theme.colour(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        x = round(scale.x(bar.x)) + (0.5 if narrow else 0.0)
        head = scale.y(bar.high)
        if bar.open_high:
            head = max(head, scale.y(self.area.bottom()) + 1)
        painter.drawLine(QLineF(x, scale.y(bar.low), x, head))
        if bar.open_high:
            side = half + 0.5
            painter.drawLine(QLineF(x - side, head + ARROW_PX, x, head))
            painter.drawLine(QLineF(x, head, x + side, head + ARROW_PX))
        for skip in bar.skips:
            place = scale.y(skip)
            painter.drawLine(QLineF(x - half - 1, place, x + half + 1, place))
        if bar.value is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour(colour))
            grown = half + 1.5 if colour == "accent" else half
            painter.drawEllipse(QPointF(x, scale.y(bar.value)), grown, grown)
