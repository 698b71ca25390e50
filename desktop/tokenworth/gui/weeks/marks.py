"""What is painted in the cells of Weeks: words in two tones, bars of outcomes, intervals."""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from tokenworth.gui.charts.bars import ORDER, fill
from tokenworth.gui.charts.sentences import TO, fate_words
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.words import Mark, Run

LETTER_FROM_PX: Final = 13
MARK_PX: Final = 10
MARK_GAP_PX: Final = 6
BETWEEN_PX: Final = 14
DOT_PX: Final = 4.0
TICK_PX: Final = 7
ARROW_PX: Final = 6
WORD_JOINER: Final = "\u2060"
NO_BREAK: Final = "\u00a0"
_BEFORE_UNIT: Final = re.compile(r"(?<=\d) (?=[^\W\d]|%)")


def kept_together(text: str) -> str:
    """Return text in which no line ends inside an interval, or between a number and its unit."""
    joined = text.replace(TO, f"{WORD_JOINER}{TO}{WORD_JOINER}")
    joined = joined.replace("· ", f"·{NO_BREAK}")
    return _BEFORE_UNIT.sub(NO_BREAK, joined)


class Words:
    """Some words of two tones, broken into lines."""

    def __init__(
        self, theme: Theme, runs: Sequence[Run], font: QFont, width: float, side: Qt.AlignmentFlag
    ) -> None:
        text, formats = "", []
        for run in runs:
            told = kept_together(run.text)
            tone = QTextCharFormat()
            tone.setForeground(theme.colour("text" if run.is_value else "muted"))
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = len(text), len(told), tone
            formats.append(span)
            text += told
        self._layout = QTextLayout(text, font)
        self._layout.setFormats(formats)
        option = QTextOption(side)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self.height = 0.0
        self.width = 0.0
        self._layout.beginLayout()
        line = self._layout.createLine()
        while line.isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, self.height))
            self.height += line.height()
            self.width = max(self.width, line.naturalTextWidth())
            line = self._layout.createLine()
        self._layout.endLayout()

    def draw(self, painter: QPainter, corner: QPointF) -> None:
        """Paint from the upper left corner on."""
        self._layout.draw(painter, corner)


def readable_on(theme: Theme, colour: QColor) -> QColor:
    """Return the one of our two inks that stands out more on a colour."""
    inks = (theme.colour("text"), theme.colour("window"))
    return max(inks, key=lambda ink: abs(ink.lightnessF() - colour.lightnessF()))


def draw_bar(
    painter: QPainter, theme: Theme, place: QRect, parts: Sequence[tuple[str, float]]
) -> None:
    """Paint shares by outcome, always in one order, each with its letter where there is room."""
    shares = dict(parts)
    whole = sum(shares.values())
    if whole <= 0:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    font = theme.font("small", strong=True)
    done = 0.0
    for fate in ORDER:
        share = shares.get(fate, 0.0)
        left = place.left() + round(place.width() * done / whole)
        done += share
        right = place.left() + round(place.width() * done / whole)
        if share <= 0:
            continue
        gap = 1 if done < whole and right - left > 1 else 0
        part = QRect(left, place.top(), max(1, right - left - gap), place.height())
        fill(painter, theme, fate, [part])
        if fate != "-" and part.width() >= LETTER_FROM_PX:
            painter.setFont(font)
            painter.setPen(readable_on(theme, theme.fate_colour(fate)))
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, fate)


def draw_interval(painter: QPainter, theme: Theme, place: QRectF, mark: Mark) -> None:
    """Paint an interval over its scale: a tick at 0, a dot at the value, an arrow if it is open."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    middle = place.center().y()
    half = place.width() / 2

    def at(value: float) -> float:
        share = max(-1.0, min(1.0, value / mark.reach))
        return place.center().x() + share * half

    painter.setPen(QPen(theme.colour("faint"), 1))
    zero = round(at(0)) + 0.5
    painter.drawLine(QLineF(zero, middle - TICK_PX, zero, middle + TICK_PX))
    ink = theme.colour("text")
    round_cap = Qt.PenCapStyle.FlatCap
    painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, round_cap, Qt.PenJoinStyle.MiterJoin))
    left, right = at(mark.low), place.right() if mark.open_high else at(mark.high)
    if right - left < 1:
        right = left + 1
    painter.drawLine(QLineF(left, middle, right, middle))
    if mark.open_high:
        barb = ARROW_PX
        painter.drawPolyline(
            [
                QPointF(right - barb, middle - barb),
                QPointF(right, middle),
                QPointF(right - barb, middle + barb),
            ]
        )
    if mark.value is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(at(mark.value), middle), DOT_PX, DOT_PX)


class Legend:
    """The bar's letters, colours and words, in as many lines as a width needs."""

    def __init__(self, theme: Theme, width: int) -> None:
        self._theme = theme
        self._font = theme.font("small")
        metrics = QFontMetrics(self._font)
        self.line_px = metrics.height() + 2
        self._rows: list[list[tuple[str, int]]] = [[]]
        used = 0
        for fate in ORDER:
            wide = MARK_PX + MARK_GAP_PX + metrics.horizontalAdvance(_legend_words(fate))
            if self._rows[-1] and used + wide > width:
                self._rows.append([])
                used = 0
            self._rows[-1].append((fate, wide))
            used += wide + BETWEEN_PX
        self.height = self.line_px * len(self._rows)

    def draw(self, painter: QPainter, place: QRect) -> None:
        """Paint the lines, each against the right edge."""
        painter.setFont(self._font)
        top = place.top()
        for row in self._rows:
            left = place.right() - sum(wide for _, wide in row) - BETWEEN_PX * (len(row) - 1)
            for fate, wide in row:
                head = top + (self.line_px - MARK_PX) // 2
                fill(painter, self._theme, fate, [QRect(left, head, MARK_PX, MARK_PX)])
                painter.setPen(self._theme.colour("muted"))
                words_at = left + MARK_PX + MARK_GAP_PX
                room = QRect(words_at, top, wide, self.line_px)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _legend_words(fate))
                left += wide + BETWEEN_PX
            top += self.line_px


def _legend_words(fate: str) -> str:
    return fate_words(fate) if fate == "-" else f"{fate} {fate_words(fate)}"
