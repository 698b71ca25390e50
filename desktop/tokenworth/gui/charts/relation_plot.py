"""The plot of tokens against net time: marks, axes, zoom in both directions."""

import math
from collections.abc import Sequence
from typing import Any, Final

import pyqtgraph
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from tokenworth.gui.charts.axes import Tick, count_ticks, time_ticks
from tokenworth.gui.charts.marks import Grid
from tokenworth.gui.charts.net import NetBar, NetBars, net_range
from tokenworth.gui.charts.scene import dress, fill, new_view
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.theme import Theme

AXIS_PX: Final = 62
FOOT_PX: Final = 24
TITLE_PX: Final = 22
LEAST_PX: Final = 150
TICK_PX: Final = 34
WIDE_TICK_PX: Final = 110
NEAR_PX: Final = 14
HEADROOM: Final = 1.05
CLOSEST: Final = 0.02
"""The closest zoom, as a part of everything."""


class RelationPlot:
    """A view with one plot and two axes; bars are known by their place in the order given."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._whole = QRectF(0, -1, 1, 2)
        self.view: Any = new_view()
        self.view.setMinimumHeight(LEAST_PX)
        self._over: Any = self.view.addLabel("", row=0, col=0, colspan=2, justify="left")
        self._under: Any = self.view.addLabel("", row=3, col=0, colspan=2, justify="right")
        self._left, self._bottom = pyqtgraph.AxisItem("left"), pyqtgraph.AxisItem("bottom")
        self.box: Any = pyqtgraph.ViewBox(enableMenu=False, defaultPadding=0)
        self._arrange()
        self.grid = Grid(theme)
        self.net = NetBars(theme, in_slots=False)
        fill(self.box, self.grid, self.net)
        self.box.sigRangeChanged.connect(lambda *_: self._set_ticks())
        self.box.sigResized.connect(lambda *_: self._set_ticks())
        self.restyle()

    def show(self, bars: Sequence[NetBar], *, keep_view: bool) -> None:
        """Draw bars; the zoom stays if it is the same weeks again."""
        low, high = net_range(bars)
        right = HEADROOM * max((bar.x for bar in bars), default=0.0) or 1.0
        left = -0.02 * right
        was_full = self.is_full()
        self._whole = QRectF(left, low, right - left, high - low)
        self.box.setLimits(
            xMin=left,
            xMax=right,
            yMin=low,
            yMax=high,
            minXRange=(right - left) * CLOSEST,
            minYRange=(high - low) * CLOSEST,
        )
        for item in (self.grid, self.net):
            item.set_area(self._whole)
        self.net.set_bars(bars)
        if was_full or not keep_view:
            self.reset()
        self._set_ticks()

    def reset(self) -> None:
        """Bring everything into view."""
        self.box.setRange(self._whole, padding=0)

    def is_full(self) -> bool:
        """Whether everything is in view."""
        (left, right), (low, high) = self.box.viewRange()
        wide, tall = self._whole.width(), self._whole.height()
        return bool(right - left >= 0.999 * wide and high - low >= 0.999 * tall)

    def zoom(self, factor: float, around: int | None) -> None:
        """Show less (below 1) or more, around a bar or the middle."""
        middle = None if around is None else self._middle(self.net.bars[around])
        self.box.scaleBy((factor, factor), center=middle)

    def bring_into_view(self, index: int) -> None:
        """Move the view so that a bar's mark is in it."""
        middle = self._middle(self.net.bars[index])
        (left, right), (low, high) = self.box.viewRange()
        across = min(0.0, middle.x() - left) or max(0.0, middle.x() - right)
        up = min(0.0, middle.y() - low) or max(0.0, middle.y() - high)
        if across or up:
            self.box.translateBy(x=across, y=up)

    def place_of(self, index: int) -> QPoint | None:
        """Return where a bar's mark is on the view; None out of sight."""
        bar = self.net.bars[index]
        (left, right), _ = self.box.viewRange()
        if not left <= bar.x <= right:
            return None
        place = self.box.mapViewToScene(self._middle(bar))
        return QPoint(round(place.x()), round(place.y()))

    def mark_at(self, place: QPointF) -> int | None:
        """Return the bar that is nearest to a place of the scene, if one is near."""
        if not self.box.sceneBoundingRect().contains(place):
            return None
        far = [(self._distance(bar, place), index) for index, bar in enumerate(self.net.bars)]
        distance, index = min(far, default=(math.inf, 0))
        return index if distance <= NEAR_PX else None

    def restyle(self) -> None:
        """Take the theme's colours again."""
        dress(self.view, (self._left, self._bottom), self._theme)
        for label, text in (
            (self._over, tr("Net time a week, as told, with its 95 % interval")),
            (self._under, tr("new tokens a week")),
        ):
            size = f"{self._theme.points('small')}pt"
            label.setText(text, color=self._theme.colour("muted"), size=size)
            label.item.document().setDocumentMargin(0)
            label.item.setFont(self._theme.font("small"))
        self.view.scene().update()

    def _arrange(self) -> None:
        for axis in (self._left, self._bottom):
            axis.setStyle(tickLength=0, tickTextOffset=7, hideOverlappingLabels=False)
            axis.linkToView(self.box)
            axis.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._left.setWidth(AXIS_PX)
        self._bottom.setHeight(FOOT_PX)
        self.view.addItem(self._left, row=1, col=0)
        self.view.addItem(self.box, row=1, col=1)
        self.view.addItem(self._bottom, row=2, col=1)
        layout = self.view.ci.layout
        self.view.ci.setContentsMargins(0, 2, 12, 0)
        layout.setSpacing(0)
        layout.setRowFixedHeight(0, TITLE_PX)
        layout.setRowFixedHeight(3, TITLE_PX - 4)

    @staticmethod
    def _middle(bar: NetBar) -> QPointF:
        height = (bar.low + bar.high) / 2 if bar.value is None else bar.value
        return QPointF(bar.x, height)

    def _distance(self, bar: NetBar, place: QPointF) -> float:
        """Return how far a place is from a bar, in pixels; the point counts before the bar."""
        spot = self.box.mapViewToScene(self._middle(bar))
        foot = self.box.mapViewToScene(QPointF(bar.x, bar.low)).y()
        head = self.box.mapViewToScene(QPointF(bar.x, bar.high)).y()
        nearest = min(max(place.y(), head), foot)
        on_bar = math.hypot(place.x() - spot.x(), place.y() - nearest)
        on_point = math.hypot(place.x() - spot.x(), place.y() - spot.y())
        return min(on_bar + NEAR_PX / 2, on_point)

    def _set_ticks(self) -> None:
        (left, right), (low, high) = self.box.viewRange()
        closer = self._whole.width() / max(right - left, 1e-9)
        most = max(2, int(closer * self.box.width() / WIDE_TICK_PX))
        counts = count_ticks(self._whole.right(), most)
        closer = self._whole.height() / max(high - low, 1e-9)
        most = max(2, int(closer * self.box.height() / TICK_PX))
        times = time_ticks(self._whole.top(), self._whole.bottom(), most)
        _put(self._bottom, counts)
        _put(self._left, times)
        self.grid.set_values([tick.value for tick in times])


def _put(axis: Any, ticks: Sequence[Tick]) -> None:
    axis.setTicks([[(tick.value, tick.text) for tick in ticks]])
