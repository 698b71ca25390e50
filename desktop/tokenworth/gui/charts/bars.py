"""The stacked bars: their rectangles from a trend's weeks, and the item that paints them."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from tokenworth.domain.views import Week
from tokenworth.gui.charts.screen import Scale, ScreenItem
from tokenworth.gui.theme import Theme

ORDER: Final = ("u", "p", "k", "d", "a", "-")
ESTIMATED: Final = "~"
HALF_BAR: Final = 0.34
STACK_RIGHT: Final = 0.14  # right edge of a stack that leaves room for the estimated bar
ESTIMATED_LEFT: Final = 0.19
SPLIT_FROM_PX: Final = 3  # lower segments than this touch their neighbours


class Bar(msgspec.Struct, frozen=True):
    """One segment, in weeks (x) and tokens (y); ``fate`` is a code of ORDER or ESTIMATED."""

    week: int
    fate: str
    left: float
    right: float
    bottom: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def bars_of(weeks: Sequence[Week]) -> list[Bar]:
    """Return the segments week by week, from the foot of each stack up.

    Recorded tokens make the stack. Estimated ones stand beside it, from 0, added to nothing.
    """
    beside = any(sum(week.estimated.values()) for week in weeks)
    right = STACK_RIGHT if beside else HALF_BAR
    bars: list[Bar] = []
    for index, week in enumerate(weeks):
        foot = 0.0
        for fate in ORDER:
            count = week.tokens.get(fate, 0)
            if count > 0:
                bars.append(Bar(index, fate, index - HALF_BAR, index + right, foot, foot + count))
                foot += count
        guessed = sum(week.estimated.values())
        if guessed > 0:
            bars.append(
                Bar(index, ESTIMATED, index + ESTIMATED_LEFT, index + HALF_BAR, 0.0, guessed)
            )
    return bars


def bar_at(bars: Sequence[Bar], x: float, y: float) -> Bar | None:
    """Return the segment under a point."""
    return next((bar for bar in bars if bar.holds(x, y)), None)


def fill(painter: QPainter, theme: Theme, fate: str, rects: Sequence[QRect]) -> None:
    """Fill rectangles with the mark of one outcome; legend and bars share it."""
    painter.setPen(Qt.PenStyle.NoPen)
    if fate == ESTIMATED:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawRects([rect.adjusted(0, 0, -1, -1) for rect in rects])
        return
    if fate == "-":
        painter.setBrush(theme.colour("soft"))
        painter.drawRects(list(rects))
        painter.setBrush(QBrush(theme.fate_colour("-"), Qt.BrushStyle.BDiagPattern))
    else:
        painter.setBrush(theme.fate_colour(fate))
    painter.drawRects(list(rects))


class BarsItem(ScreenItem):
    """All bars of a chart; their pixels are worked out once for each zoom, not at each repaint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._bars: list[Bar] = []
        self._scale: Scale | None = None
        self._rects: dict[str, list[QRect]] = {}

    def set_bars(self, bars: list[Bar]) -> None:
        """Show other bars."""
        self._bars = bars
        self._scale = None
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint every segment on whole pixels."""
        if scale != self._scale:
            self._rects = pixel_rects(self._bars, scale)
            self._scale = scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for fate, rects in self._rects.items():
            fill(painter, self.theme, fate, rects)


def pixel_rects(bars: Sequence[Bar], scale: Scale) -> dict[str, list[QRect]]:
    """Return whole-pixel rectangles by mark, a hairline between tall segments."""
    rects: dict[str, list[QRect]] = {}
    for bar in bars:
        left, right = round(scale.x(bar.left)), round(scale.x(bar.right))
        foot, head = round(scale.y(bar.bottom)), round(scale.y(bar.top))
        height = foot - head
        if bar.bottom == 0:
            height = max(1, height)  # a week that burned little is not a week without data
        elif height >= SPLIT_FROM_PX:
            height -= 1
            foot -= 1
        if height > 0:
            rect = QRect(left, foot - height, max(1, right - left), height)
            rects.setdefault(bar.fate, []).append(rect)
    return rects
