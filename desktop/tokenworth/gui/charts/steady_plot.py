"""The plot of weekly points between their limits."""

from collections.abc import Sequence
from typing import Any, Final

import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tokenworth.domain.comparison import Steady
from tokenworth.gui.charts.marks import Cursor, Strip, Told
from tokenworth.gui.charts.scene import dress, fill, new_view
from tokenworth.gui.charts.screen import Scale, ScreenItem
from tokenworth.gui.theme import Theme
from tokenworth.gui.units import Unit

RUN: Final = 8
PLOT_PX: Final = 118
NAMES_PX: Final = 48
AXIS_PX: Final = 66
LABEL_PX: Final = 17
HEADROOM: Final = 0.12
DOT_PX: Final = 3.0
FLAG_PX: Final = 6.0
RUN_DROP_PX: Final = 11
NOTHING: Final = Steady("", "", (), (), None, None, None, (), (), "")


def limits_of(steady: Steady) -> dict[str, float]:
    """Return mean and limits by name, as far as they are known."""
    named = {"mean": steady.mean, "lower": steady.lower, "upper": steady.upper}
    return {name: value for name, value in named.items() if value is not None}


def run_ends(runs: Sequence[int]) -> list[tuple[int, int]]:
    """Return where each run has its eighth place and its last: one that goes on is told by each."""
    found: list[tuple[int, int]] = []
    for end in runs:
        if found and end == found[-1][1] + 1:
            found[-1] = (found[-1][0], end)
        else:
            found.append((end, end))
    return found


class Points(ScreenItem):
    """Mean, limits, and the weeks' points; flagged ones have another shape."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._steady = NOTHING
        self._places: list[int] = []

    def set_steady(self, steady: Steady, places: list[int]) -> None:
        """Draw these values at these places."""
        self._steady = steady
        self._places = places
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint lines, then points."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        left, right = scale.x(self.area.left()), scale.x(self.area.right())
        solid, dashed = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
        for value, style in (
            (self._steady.mean, solid),
            (self._steady.lower, dashed),
            (self._steady.upper, dashed),
        ):
            if value is not None:
                painter.setPen(QPen(self.theme.colour("faint"), 1, style))
                height = round(scale.y(value))
                painter.drawLine(QLineF(left, height, right, height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        spots = [
            QPointF(scale.x(place), scale.y(value))
            for place, value in zip(self._places, self._steady.values, strict=True)
        ]
        self._paint_way(painter, spots)
        self._paint_runs(painter, spots, scale)
        self._paint_dots(painter, spots)

    def _paint_way(self, painter: QPainter, spots: list[QPointF]) -> None:
        """Join neighbours; a week without a value is a gap."""
        painter.setPen(QPen(self.theme.colour("muted"), 1))
        for at in range(1, len(spots)):
            if self._places[at] - self._places[at - 1] == 1:
                painter.drawLine(spots[at - 1], spots[at])

    def _paint_runs(self, painter: QPainter, spots: list[QPointF], scale: Scale) -> None:
        """Paint a bar along each run, on the run's own side of the points."""
        painter.setPen(QPen(self.theme.colour("text"), 2))
        mean = self._steady.mean or 0.0
        for first, end in run_ends(self._steady.runs):
            run = spots[max(0, first - RUN + 1) : end + 1]
            if not run:
                continue
            above = self._steady.values[end] > mean
            drop = -RUN_DROP_PX if above else RUN_DROP_PX
            edge = min(spot.y() for spot in run) if above else max(spot.y() for spot in run)
            head, foot = scale.y(self.area.bottom()) + 2, scale.y(self.area.top()) - 2
            height = min(max(edge + drop, head), foot)
            painter.drawLine(QLineF(run[0].x(), height, run[-1].x(), height))

    def _paint_dots(self, painter: QPainter, spots: list[QPointF]) -> None:
        ink, ground = self.theme.colour("text"), self.theme.colour("surface")
        for at, spot in enumerate(spots):
            if at in self._steady.outside:
                _diamond(painter, spot, ink, ground)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                painter.drawEllipse(spot, DOT_PX, DOT_PX)


def _diamond(painter: QPainter, spot: QPointF, ink: QColor, ground: QColor) -> None:
    painter.setPen(QPen(ink, 2))
    painter.setBrush(ground)
    corners = ((0.0, -FLAG_PX), (FLAG_PX, 0.0), (0.0, FLAG_PX), (-FLAG_PX, 0.0))
    painter.drawPolygon([spot + QPointF(*corner) for corner in corners])


class SteadyPlot:
    """Points over the names of their weeks, one axis for both."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._places: list[int] = []
        self.view: Any = new_view()
        self.view.setFixedHeight(PLOT_PX + NAMES_PX)
        self.view.ci.setContentsMargins(0, 0, 0, 0)
        self.view.ci.layout.setSpacing(0)
        self.points, self.names = Points(theme), Strip(theme, theme.font("small"))
        self._cursors = (Cursor(theme), Cursor(theme))
        self.upper, self.axis = self._add_plot(0, PLOT_PX, self._cursors[0], self.points)
        self._lower, self._side = self._add_plot(1, NAMES_PX, self._cursors[1], self.names)
        self._side.setTicks([[]])

    def show(self, steady: Steady, weeks: Sequence[str], unit: Unit) -> None:
        """Draw values on an axis of weeks."""
        self._places = [weeks.index(key) for key in steady.keys]
        numbers = [*steady.values, *limits_of(steady).values()]
        low, high = min(numbers), max(numbers)
        room = ((high - low) or abs(high) or 1.0) * HEADROOM
        low, high = low - room, high + room
        slots = len(weeks)
        for box, foot, head in ((self.upper, low, high), (self._lower, 0.0, 1.0)):
            box.setLimits(xMin=-0.5, xMax=slots - 0.5)
            box.setRange(xRange=(-0.5, slots - 0.5), yRange=(foot, head), padding=0)
            for item in box.childGroup.childItems():
                if isinstance(item, ScreenItem):
                    item.set_area(QRectF(-0.5, foot, slots, head - foot))
        self.points.set_steady(steady, self._places)
        told = [Told("W" + key[6:].lstrip("0"), key[:4], None) for key in weeks]
        self.names.set_weeks(told)
        self.names.set_view(-0.5, slots - 0.5)
        ticks = _ticks(limits_of(steady), PLOT_PX / (high - low))
        self.axis.setTicks([[(value, unit.whole(value)) for value in ticks]])

    def set_cursor(self, at: int | None) -> None:
        """Show the band behind a week, by its place among those with a value."""
        for cursor in self._cursors:
            cursor.set_week(None if at is None else self._places[at])

    def place_at(self, place: QPointF) -> int | None:
        """Return the nearest week with a value, if a place of the scene is on the plot."""
        inside = self.view.rect().contains(place.toPoint())
        if not inside or not self._places or place.x() < self.upper.sceneBoundingRect().left():
            return None
        x = self.upper.mapSceneToView(place).x()
        return min(range(len(self._places)), key=lambda at: abs(self._places[at] - x))

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        dress(self.view, (self.axis, self._side), self._theme)
        self.view.scene().update()

    def _add_plot(self, row: int, height: int, *items: ScreenItem) -> tuple[Any, Any]:
        axis = pyqtgraph.AxisItem("left")
        axis.setStyle(tickLength=0, tickTextOffset=7, hideOverlappingLabels=False)
        axis.setWidth(AXIS_PX)
        axis.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box = pyqtgraph.ViewBox(enableMenu=False, defaultPadding=0)
        box.setMouseEnabled(x=False, y=False)
        axis.linkToView(box)
        self.view.addItem(axis, row=row, col=0)
        self.view.addItem(box, row=row, col=1)
        self.view.ci.layout.setRowFixedHeight(row, height)
        fill(box, *items)
        return box, axis


def _ticks(limits: dict[str, float], unit_px: float) -> list[float]:
    """Return what is labelled: the limits, and the mean where it has room between them."""
    ends = [limits[name] for name in ("lower", "upper") if name in limits]
    mean = [limits["mean"]] if "mean" in limits else []
    return ends + [m for m in mean if all(abs(m - end) * unit_px >= LABEL_PX for end in ends)]
