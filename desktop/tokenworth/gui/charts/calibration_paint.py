"""How the sections are painted: words, points over a diagonal, and intervals on their tracks."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from tokenworth.gui import words
from tokenworth.gui.charts import calibration_words, estimates
from tokenworth.gui.charts.calibration_layout import Axis, Dots, Row, Scale, Section, Text
from tokenworth.gui.theme import Theme

POINT_PX: Final = 4.0
DOT_PX: Final = 3.2
BIGGEST_DOT_PX: Final = 8.0
ARROW_PX: Final = 4.0
MINUTE_TICKS: Final = (1.0, 10.0, 60.0, 600.0, 6000.0)
LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE: Final = Qt.AlignmentFlag.AlignCenter


def end_words(scale: Scale) -> tuple[str, str, str]:
    """Return what stands at the low end, at 1, and at the high end of a track."""
    if scale.kind == "share":
        return "0", "", "100 %"
    if scale.kind == "factor":
        low = f"1/{1 / scale.low:.3g}" if scale.low < 1 else "1"
        return low, "1" if scale.low < 1 else "", f"{scale.high:.3g}"
    middle = "1" if scale.high > 1 else ""
    return words.signed(f"{scale.low:.3g}"), middle, f"{scale.high:.3g}"


def dot_px(number: int) -> float:
    """Return the radius of a point that stands for so many pairs."""
    return min(BIGGEST_DOT_PX, DOT_PX * math.sqrt(number))


class CalibrationPainter:
    """Paints laid-out sections."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._small = theme.font("small")
        self._metrics = QFontMetricsF(self._small)

    def paint(self, painter: QPainter, sections: Sequence[Section]) -> None:
        """Paint all sections."""
        for section in sections:
            for text in section.texts:
                self._paint_text(painter, text)
            for dots in section.dots:
                self._paint_dots(painter, dots)
            for row in section.rows:
                self._paint_row(painter, row)
            for axis in section.axes:
                self._paint_axis(painter, axis)

    def _paint_text(self, painter: QPainter, text: Text) -> None:
        strong = text.tone == "title"
        painter.setFont(
            self._theme.font("small" if text.tone == "small" else "text", strong=strong)
        )
        painter.setPen(self._theme.colour("muted" if text.tone == "small" else "text"))
        painter.drawText(text.rect.adjusted(0, 0, 1, 2), int(Qt.TextFlag.TextWordWrap), text.text)

    def _paint_row(self, painter: QPainter, row: Row) -> None:
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        track, rect = row.track(), row.rect
        name = self._kept(
            calibration_words.estimate_name(row.estimate), track.left() - rect.left() - 8
        )
        painter.drawText(rect, LEFT, name)
        value = estimates.value_words(row.estimate)
        if row.scale is None:
            room = QRectF(track.left(), rect.top(), rect.right() - track.left(), rect.height())
            painter.drawText(room, RIGHT, self._kept(value, room.width()))
            return
        self._paint_mark(painter, track, row, row.scale)
        painter.setPen(self._theme.colour("text"))
        room = QRectF(
            track.right() + 8, rect.top(), rect.right() - track.right() - 8, rect.height()
        )
        painter.drawText(room, RIGHT, self._kept(value, room.width()))

    def _paint_mark(self, painter: QPainter, track: QRectF, row: Row, scale: Scale) -> None:
        """Paint a track with its ends, the interval on it, and a point where one may be said."""
        middle = round(track.center().y()) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(QLineF(track.left(), middle, track.right(), middle))
        ends = [0.0, 1.0, *([scale.place(1.0)] if end_words(scale)[1] else [])]
        for end in ends:
            x = track.left() + end * track.width()
            painter.drawLine(QLineF(x, middle - 4, x, middle + 4))
        low, high, value = row.estimate.low, row.estimate.high, row.estimate.value
        if low is None or high is None:
            return
        places = [track.left() + scale.place(end) * track.width() for end in (low, high)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flat = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(QPen(self._theme.colour("text"), 2, *flat))
        painter.drawLine(QLineF(places[0], middle, max(places[1], places[0] + 1), middle))
        if row.estimate.open_high:
            for way in (-1, 1):
                tip = QPointF(places[1], middle)
                painter.drawLine(QLineF(tip, tip + QPointF(-ARROW_PX, way * ARROW_PX)))
        if value is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("text"))
            x = track.left() + scale.place(value) * track.width()
            painter.drawEllipse(QPointF(x, middle), POINT_PX, POINT_PX)

    def _paint_axis(self, painter: QPainter, axis: Axis) -> None:
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        high = self._metrics.height()
        low, one, most = end_words(axis.scale)
        track = axis.track
        named = [(0.0, low), (1.0, most)]
        if one:
            named.append((axis.scale.place(1.0), one))
        for place, text in named:
            x = track.left() + place * track.width()
            painter.drawText(QRectF(x - 40, track.top() - 3, 80, high), CENTRE, text)

    def _paint_dots(self, painter: QPainter, dots: Dots) -> None:
        rect = dots.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        painter.setFont(self._small)
        high = self._metrics.height()
        for tick in MINUTE_TICKS:
            if not dots.scale.low <= tick <= dots.scale.high:
                continue
            spot = dots.place(tick, tick)
            painter.setPen(QPen(self._theme.colour("hair"), 1))
            painter.drawLine(QLineF(spot.x(), rect.top() + 1, spot.x(), rect.bottom() - 1))
            painter.drawLine(QLineF(rect.left() + 1, spot.y(), rect.right() - 1, spot.y()))
            painter.setPen(self._theme.colour("muted"))
            name = words.minutes(tick)
            painter.drawText(QRectF(spot.x() - 30, rect.bottom() + 6, 60, high), CENTRE, name)
            place = QRectF(rect.left() - 60, spot.y() - high / 2, 55, high)
            painter.drawText(place, RIGHT, name)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("faint"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(rect.bottomLeft(), rect.topRight()))
        self._paint_axis_names(painter, dots)
        colour = QColor(self._theme.colour("accent"))
        colour.setAlphaF(0.75)
        painter.setPen(QPen(self._theme.colour("surface"), 1))
        painter.setBrush(colour)
        for x, y, number in dots.pairs:
            size = dot_px(number)
            painter.drawEllipse(dots.place(x, y), size, size)

    def _paint_axis_names(self, painter: QPainter, dots: Dots) -> None:
        across, up = calibration_words.axis_names(dots.section)
        rect, high = dots.rect, self._metrics.height()
        painter.setPen(self._theme.colour("text"))
        painter.drawText(
            QRectF(rect.left(), rect.bottom() + 6 + high, rect.width(), high), CENTRE, across
        )
        painter.drawText(QRectF(rect.left() + 5, rect.top() + 3, rect.width(), high), LEFT, up)

    def _kept(self, text: str, wide: float) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide + 1)
