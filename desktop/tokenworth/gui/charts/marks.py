"""What stands around the bars: grid, cursor, words for runs of weeks, bounds, coverage strip."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from tokenworth.gui.charts.axes import Run, label_step
from tokenworth.gui.charts.bars import HALF_BAR
from tokenworth.gui.charts.screen import Scale, ScreenItem
from tokenworth.gui.theme import Theme

UPRIGHT_FROM_PX: Final = 15  # a week narrower than this has no room for words on end
CAP_PX: Final = 4
STRIP_PX: Final = 7
NAME_GAP_PX: Final = 4
THIN_BELOW_PX: Final = 8


class Span(msgspec.Struct, frozen=True):
    """Lowest and highest share that the answers of one week allow."""

    week: int
    low: float
    high: float


class Told(msgspec.Struct, frozen=True):
    """What the strip says of one week."""

    name: str  # W07
    year: str  # written under the first name in view and where the year turns
    looked_at: float | None  # share of attention; None where there was none


class Grid(ScreenItem):
    """Quiet horizontal lines at the ticks; the one at 0 is stronger."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._values: Sequence[float] = ()

    def set_values(self, values: Sequence[float]) -> None:
        """Draw lines at these values."""
        self._values = values
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint lines across the whole plot."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        left, right = scale.x(self.area.left()), scale.x(self.area.right())
        for value in self._values:
            painter.setPen(QPen(self.theme.colour("line" if value else "faint"), 1))
            height = round(scale.y(value))
            painter.drawLine(QLineF(left, height, right, height))


class Cursor(ScreenItem):
    """A soft band behind the week that is pointed at or selected."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.week: int | None = None

    def set_week(self, week: int | None) -> None:
        """Move the band, or hide it."""
        self.week = week
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint the band over the plot's whole height."""
        if self.week is None:
            return
        left, right = scale.x(self.week - 0.5), scale.x(self.week + 0.5)
        head, foot = scale.y(self.area.bottom()), scale.y(self.area.top())
        painter.fillRect(
            QRectF(left, head, right - left, foot - head), self.theme.colour("accent_soft")
        )


class RunWords(ScreenItem):
    """Words at the foot of weeks with nothing to draw: along the run, or on end in one week."""

    def __init__(self, theme: Theme, font: QFont, colour: str, short: str) -> None:
        super().__init__(theme)
        self._font = font
        self._colour = colour
        self._short = short  # said where the words themselves have no room; may be empty
        self._runs: Sequence[Run] = ()

    def set_runs(self, found: Sequence[Run]) -> None:
        """Show these words."""
        self._runs = found
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Write along the run where it is wide enough, else on end in its middle week."""
        painter.setFont(self._font)
        for run in self._runs:
            self._write(painter, scale, run)

    def _write(self, painter: QPainter, scale: Scale, run: Run) -> None:
        metrics = QFontMetricsF(self._font)
        left, right = scale.x(run.first - 0.5), scale.x(run.last + 0.5)
        head, foot = scale.y(self.area.bottom()), scale.y(0)
        painter.setPen(self.theme.colour(self._colour))
        for text in (run.text, self._short):
            long = metrics.horizontalAdvance(text) + 8
            if text and long <= right - left + 2:
                high = metrics.height()
                place = QRectF(left, foot - high - 3, right - left, high)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
                return
            if text and scale.slot >= UPRIGHT_FROM_PX and long <= foot - head:
                _draw_on_end(painter, QPointF((left + right) / 2, foot - 5), text)
                return
        below = scale.y(self.area.top())
        long = metrics.horizontalAdvance(run.text) + 8
        if scale.slot >= UPRIGHT_FROM_PX and long <= below - head:  # across the line of 0
            middle = (left + right) / 2
            wide = metrics.height()
            room = QRectF(middle - wide / 2, below - long, wide, long)
            painter.fillRect(room, self.theme.colour("surface"))
            _draw_on_end(painter, QPointF(middle, below - 5), run.text)


def _draw_on_end(painter: QPainter, foot: QPointF, text: str) -> None:
    metrics = QFontMetricsF(painter.font())
    painter.save()
    painter.translate(foot)
    painter.rotate(-90)
    place = QRectF(0, -metrics.height() / 2, metrics.horizontalAdvance(text) + 2, metrics.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


class Bounds(ScreenItem):
    """One upright line a week from the least to the most; no point, for there is no estimate."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._spans: Sequence[Span] = ()

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Draw these."""
        self._spans = spans
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint lines with short caps; equal bounds are one cap."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        wide = 2 if scale.slot >= THIN_BELOW_PX else 1
        flat = Qt.PenCapStyle.FlatCap
        painter.setPen(QPen(self.theme.colour("text"), wide, Qt.PenStyle.SolidLine, flat))
        cap = max(1, min(CAP_PX, round(scale.slot * HALF_BAR)))
        lines: list[QLineF] = []
        for span in self._spans:
            middle = round(scale.x(span.week))
            low, high = round(scale.y(span.low)), round(scale.y(span.high))
            lines.append(QLineF(middle - cap, low, middle + cap, low))
            lines.append(QLineF(middle - cap, high, middle + cap, high))
            if low != high:
                lines.append(QLineF(middle, low, middle, high))
        painter.drawLines(lines)


class Strip(ScreenItem):
    """How much of each week's attention was looked at, and the weeks' names under it."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme)
        self._font = font
        self._weeks: Sequence[Told] = ()
        self._view = (0.0, 0.0)

    def set_view(self, left: float, right: float) -> None:
        """Tell which weeks are in view: names keep inside, the first has its year under it."""
        self._view = (left, right)
        self.update()

    def set_weeks(self, weeks: Sequence[Told]) -> None:
        """Show these, the first at 0."""
        self._weeks = weeks
        self.update()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint tracks, then names as far as they have room."""
        head = scale.y(self.area.bottom())
        for index, week in enumerate(self._weeks):
            if week.looked_at is not None:
                self._paint_track(painter, scale, index, week.looked_at)
        self._paint_names(painter, scale, head + STRIP_PX + 10)

    def _paint_track(self, painter: QPainter, scale: Scale, index: int, share: float) -> None:
        head = round(scale.y(self.area.bottom())) + 4
        left, right = round(scale.x(index - HALF_BAR)), round(scale.x(index + HALF_BAR))
        painter.fillRect(left, head, max(1, right - left), STRIP_PX, self.theme.colour("line"))
        if share > 0:
            wide = max(1, round((right - left) * share))
            painter.fillRect(left, head, wide, STRIP_PX, self.theme.colour("accent"))

    def _paint_names(self, painter: QPainter, scale: Scale, head: float) -> None:
        metrics = QFontMetricsF(self._font)
        high = metrics.height()
        step = label_step(scale.slot, metrics.horizontalAdvance("W00"))
        painter.setFont(self._font)
        painter.setPen(self.theme.colour("muted"))
        centre = Qt.AlignmentFlag.AlignCenter
        least, most = (scale.x(end) for end in self._view)
        half = metrics.horizontalAdvance("0000") / 2
        year, taken = "", least - half
        for index in range(0, len(self._weeks), step):
            week = self._weeks[index]
            if not self._view[0] <= index <= self._view[1]:
                continue
            middle = min(max(scale.x(index), least + half), most - half)
            if middle - half < taken:
                continue
            taken = middle + half + NAME_GAP_PX
            painter.drawText(QRectF(middle - 30, head, 60, high), centre, week.name)
            if week.year != year:
                painter.drawText(QRectF(middle - 30, head + high, 60, high), centre, week.year)
                year = week.year
