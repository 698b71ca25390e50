"""How the weeks of attention are painted: grid, bars, coverage strip, names of rows and weeks."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from tokenworth.domain.trending import MixWeek
from tokenworth.gui.charts import mix_words
from tokenworth.gui.charts.axes import Tick, label_step, time_ticks
from tokenworth.gui.charts.bars import fill
from tokenworth.gui.charts.mix_layout import ALL, UNSEEN, Laid, Row
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.theme import Theme

TICK_PX: Final = 34
GAP_PX: Final = 9
NAME_GAP_PX: Final = 4
SPLIT_FROM_PX: Final = 3
RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
CENTRE: Final = Qt.AlignmentFlag.AlignCenter


def ticks_of(row: Row, scale: float) -> list[Tick]:
    """Return the ticks of a row in round minutes or hours, 0 among them."""
    if scale <= 0:
        return [Tick(0, "0")]
    high = row.foot - row.top
    found = time_ticks(0, high / scale, max(1, int(high / TICK_PX)))
    return [Tick(tick.value, tick.text.removeprefix("+")) for tick in found]


class MixPainter:
    """Paints laid-out weeks in a plot, with an axis left of it."""

    def __init__(self, theme: Theme, weeks: Sequence[MixWeek], laid: Laid) -> None:
        self._theme = theme
        self._weeks = weeks
        self._laid = laid
        self._font = theme.font("small")
        self._metrics = QFontMetricsF(self._font)

    def paint(self, painter: QPainter, room: QRectF, plot: QRectF) -> None:
        """Paint the axis, then what is in view of the plot."""
        painter.setFont(self._font)
        for row in self._laid.rows:
            self._paint_axis(painter, room, plot, row)
        strip = self._laid.strips[0]
        painter.setPen(self._theme.colour("muted"))
        place = QRectF(room.left(), strip.center().y() - 10, plot.left() - room.left() - GAP_PX, 20)
        painter.drawText(place, RIGHT, tr("looked at"))
        painter.save()
        painter.setClipRect(plot.adjusted(0, -1, 0, room.bottom() - plot.bottom()))
        self._paint_bars(painter)
        self._paint_strips(painter)
        self._paint_names(painter, plot, strip.bottom() + NAME_GAP_PX)
        painter.restore()

    def _paint_axis(self, painter: QPainter, room: QRectF, plot: QRectF, row: Row) -> None:
        for tick in ticks_of(row, self._laid.scale):
            height = round(row.foot - tick.value * self._laid.scale)
            line = QRect(round(plot.left()), height, round(plot.width()), 1)
            painter.fillRect(line, self._theme.colour("edge" if not tick.value else "hair"))
            place = QRectF(room.left(), height - 10, plot.left() - room.left() - GAP_PX, 20)
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(place, RIGHT, tick.text)
        if row.key != ALL:
            name = mix_words.purpose_words(row.key)
            painter.setPen(self._theme.colour("text"))
            middle = row.foot - min(self._metrics.height(), row.foot - row.top) / 2
            place = QRectF(room.left(), middle - 10, plot.left() - room.left() - GAP_PX, 20)
            painter.drawText(place, LEFT, name)

    def _paint_bars(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        found: dict[str, list[QRect]] = {}
        feet = {row.foot for row in self._laid.rows}
        for segment in self._laid.segments:
            left, right = round(segment.rect.left()), round(segment.rect.right())
            foot, head = round(segment.rect.bottom()), round(segment.rect.top())
            high = foot - head
            if segment.rect.bottom() in feet:
                high = max(1, high)
            elif high >= SPLIT_FROM_PX:  # a hairline between tall neighbours
                high, foot = high - 1, foot - 1
            if high > 0:
                rect = QRect(left, foot - high, max(1, right - left), high)
                found.setdefault(segment.fate, []).append(rect)
        for fate, rects in found.items():
            fill(painter, self._theme, fate, rects)

    def _paint_strips(self, painter: QPainter) -> None:
        for week, strip in zip(self._weeks, self._laid.strips, strict=True):
            share = mix_words.looked_at(week)
            if share is None:
                continue
            track = strip.toRect()
            track.setWidth(max(1, track.width()))
            painter.fillRect(track, self._theme.colour("line"))
            if share > 0:
                track.setWidth(max(1, round(track.width() * share)))
                painter.fillRect(track, self._theme.colour("accent"))

    def _paint_names(self, painter: QPainter, plot: QRectF, head: float) -> None:
        """Name the weeks that have room for it; the year under the first, and where it turns."""
        step = label_step(self._laid.slot, self._metrics.horizontalAdvance("W00"))
        high = self._metrics.height()
        half = self._metrics.horizontalAdvance("0000") / 2
        painter.setPen(self._theme.colour("muted"))
        year, taken = "", plot.left() - half
        for at in range(0, len(self._weeks), step):
            middle = self._laid.columns[at].center().x()
            if not plot.left() <= middle <= plot.right():
                continue
            middle = min(max(middle, plot.left() + half), plot.right() - half)
            if middle - half < taken:
                continue
            taken = middle + half + NAME_GAP_PX
            key = self._weeks[at].week
            spot = QPointF(middle - 30, head)
            name = mix_words.week_name(key)
            painter.drawText(QRectF(spot.x(), spot.y(), 60, high), CENTRE, name)
            if key[:4] != year:
                year = key[:4]
                painter.drawText(QRectF(spot.x(), spot.y() + high, 60, high), CENTRE, year)


def row_number(row: str, fate: str, rows: Sequence[Row]) -> int:
    """Return the place of a part from the top down, for the arrow keys."""
    keys = [one.key for one in rows]
    return 10 * keys.index(row) + "-adkpu".index(fate if fate in "-adkpu" else UNSEEN)
