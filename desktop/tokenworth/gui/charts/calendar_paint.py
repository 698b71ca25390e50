"""How the calendar is painted: cells whose bar is attention, solid as far as it was looked at."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tokenworth.domain.trending import Day
from tokenworth.gui import words
from tokenworth.gui.charts.bars import fill
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.theme import Theme

CELL_GAP_PX: Final = 3
LEAST_BAR_PX: Final = 2
LEGEND_CELL_PX: Final = 15
LEGEND_GAP_PX: Final = 7
LEGEND_BETWEEN_PX: Final = 18
NAME_GAP_PX: Final = 8
CENTRE: Final = Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = CENTRE | Qt.AlignmentFlag.AlignRight
SAMPLES: Final = (
    Day("", 1.0, 1.0, None, 1, None),
    Day("", 1.0, 0.0, None, 1, None),
    Day("", 0.0, None, None, 0, None),
    Day("", None, None, None, 0, None),
)
"""One day of each kind, for the legend: looked at, not looked at, no attention, not known."""


class Cell(msgspec.Struct, frozen=True):
    """One day in its place."""

    day: Day
    week: int
    rect: QRectF


def legend_words(most: float) -> list[str]:
    """Return the words beside the legend's cells, and what a bar's height means."""
    return [
        tr("looked at"),
        tr("not looked at"),
        tr("no attention"),
        tr("nothing known"),
        tr("height: attention; a full cell is {minutes}").format(minutes=words.minutes(most)),
    ]


def legend_rows(theme: Theme, most: float, room: float) -> list[list[int]]:
    """Return the legend's entries, by their place, in as many rows as a width needs."""
    metrics = QFontMetricsF(theme.font("small"))
    rows: list[list[int]] = []
    left = room + 1
    for at, text in enumerate(legend_words(most)):
        wide = _entry_px(metrics, at, text)
        if left + wide - LEGEND_BETWEEN_PX > room:
            rows.append([])
            left = 0.0
        rows[-1].append(at)
        left += wide
    return rows


def _entry_px(metrics: QFontMetricsF, at: int, text: str) -> float:
    cell = LEGEND_CELL_PX + LEGEND_GAP_PX if at < len(SAMPLES) else 0
    return cell + metrics.horizontalAdvance(text) + LEGEND_BETWEEN_PX


class CalendarPainter:
    """Paints laid-out days."""

    def __init__(self, theme: Theme, cells: Sequence[Cell], most: float) -> None:
        self._theme = theme
        self._cells = cells
        self._most = most
        self._font = theme.font("small")
        self._metrics = QFontMetricsF(self._font)

    def paint_cell(self, painter: QPainter, rect: QRectF, day: Day, most: float) -> None:
        """Paint one day: a frame, and a bar as high as its attention."""
        frame = rect.toRect().adjusted(0, 0, -CELL_GAP_PX, -CELL_GAP_PX)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day.attention is None:
            painter.setPen(QPen(self._theme.colour("faint"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(frame.adjusted(0, 0, -1, -1))
            return
        painter.fillRect(frame, self._theme.colour("hair"))
        if day.attention <= 0 or most <= 0:
            return
        high = max(LEAST_BAR_PX, round(frame.height() * min(1.0, day.attention / most)))
        bar = QRect(frame.left(), frame.bottom() + 1 - high, frame.width(), high)
        fill(painter, self._theme, "-", [bar])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.colour("faint"))
        painter.drawRect(bar.adjusted(0, 0, -1, -1))
        share = day.looked_at or 0.0
        if share > 0:
            solid = max(1, round(high * share))
            painter.fillRect(
                QRect(bar.left(), bar.bottom() + 1 - solid, bar.width(), solid),
                self._theme.colour("accent"),
            )

    def paint(self, painter: QPainter, room: QRectF, plot: QRectF, row_px: float) -> None:
        """Paint days in view, their weekdays and months, and the legend."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("muted"))
        step = 1 if row_px >= self._metrics.height() else 2
        for at in range(0, len(words.DAYS), step):
            place = QRectF(room.left(), plot.top() + at * row_px, 0, row_px - CELL_GAP_PX)
            place.setRight(plot.left() - NAME_GAP_PX)
            painter.drawText(place, RIGHT, words.translate("words", words.DAYS[at]))
        self._paint_months(painter, plot)
        painter.save()
        painter.setClipRect(plot.adjusted(-1, -1, 1, 1))
        for cell in self._cells:
            if cell.rect.right() > plot.left() - 1 and cell.rect.left() < plot.right() + 1:
                self.paint_cell(painter, cell.rect, cell.day, self._most)
        painter.restore()
        self._paint_legend(painter, room, plot.top() + len(words.DAYS) * row_px + NAME_GAP_PX)

    def _paint_months(self, painter: QPainter, plot: QRectF) -> None:
        """Write each month over the first week that begins in it, the year where it turns."""
        high = self._metrics.height()
        shown, year, taken = 0, 0, plot.left() - 1
        first: dict[int, Cell] = {}
        for cell in self._cells:
            first.setdefault(cell.week, cell)
        painter.setPen(self._theme.colour("muted"))
        for week in sorted(first):
            cell = first[week]
            day = date.fromisoformat(cell.day.day)
            left = cell.rect.left()
            if day.month == shown or left < plot.left() - 1 or left > plot.right() - 20:
                continue
            text = words.translate("words", words.MONTHS[day.month - 1])
            if day.year != year:
                text = f"{text} {day.year}"
            wide = self._metrics.horizontalAdvance(text)
            if left >= taken and left + wide <= plot.right() + 2:
                painter.drawText(QRectF(left, plot.top() - high - 4, wide + 2, high), CENTRE, text)
                shown, year, taken = day.month, day.year, left + wide + NAME_GAP_PX

    def _paint_legend(self, painter: QPainter, room: QRectF, top: float) -> None:
        texts = legend_words(self._most)
        high = max(self._metrics.height(), LEGEND_CELL_PX) + 4
        for row in legend_rows(self._theme, self._most, room.width()):
            left = room.left()
            for at in row:
                text = texts[at]
                inside = left
                if at < len(SAMPLES):
                    side = LEGEND_CELL_PX + CELL_GAP_PX
                    cell = QRectF(left, top + (high - LEGEND_CELL_PX) / 2, side, side)
                    self.paint_cell(painter, cell, SAMPLES[at], 1.0)
                    inside += LEGEND_CELL_PX + LEGEND_GAP_PX
                painter.setPen(self._theme.colour("muted"))
                painter.drawText(QRectF(inside, top, room.right() - inside, high), CENTRE, text)
                left += _entry_px(self._metrics, at, text)
            top += high
