"""The words and marks of the bars, and the box that reads out one mark."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tokenworth.gui.charts.bars import ESTIMATED, ORDER, fill
from tokenworth.gui.charts.sentences import Line, fate_words
from tokenworth.gui.theme import Theme

MARK_PX: Final = 11
GAP_PX: Final = 7
BETWEEN_PX: Final = 17
PAD_PX: Final = 11
EDGE_PX: Final = 10
APART_PX: Final = 18
LEAST_PX: Final = 120


class Legend(QWidget):
    """One row of marks with their words, the same marks as in the bars."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fates: tuple[str, ...] = ORDER
        self.setAccessibleName(self.tr("Legend"))

    def set_estimated(self, *, shown: bool) -> None:
        """Show or leave out the mark of estimated tokens."""
        self._fates = (*ORDER, ESTIMATED) if shown else ORDER
        self.setAccessibleDescription(", ".join(fate_words(fate) for fate in self._fates))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of all marks in one row."""
        metrics = QFontMetrics(self._theme.font("small"))
        wide = sum(self._width(metrics, fate) for fate in self._fates) - BETWEEN_PX
        return QSize(wide, metrics.height() + 4)

    def rows(self, room: int) -> list[tuple[str, ...]]:
        """Return the marks in as many rows as a width needs."""
        metrics = QFontMetrics(self._theme.font("small"))
        rows: list[tuple[str, ...]] = []
        left = room + 1
        for fate in self._fates:
            wide = self._width(metrics, fate)
            if left + wide - BETWEEN_PX > room:
                rows.append(())
                left = 0
            rows[-1] = (*rows[-1], fate)
            left += wide
        return rows

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows."""
        painter = QPainter(self)
        self.draw(painter, QPoint(0, 0))
        painter.end()

    def draw(self, painter: QPainter, corner: QPoint) -> None:
        """Paint the rows from their upper left corner on."""
        high = self.sizeHint().height()
        for index, fates in enumerate(self.rows(self.width())):
            self._draw_row(painter, corner + QPoint(0, index * high), fates)

    def _draw_row(self, painter: QPainter, corner: QPoint, fates: Sequence[str]) -> None:
        font = self._theme.font("small")
        metrics = QFontMetrics(font)
        high = self.sizeHint().height()
        left = corner.x()
        for fate in fates:
            mark = QRect(left, corner.y() + (high - MARK_PX) // 2, MARK_PX, MARK_PX)
            fill(painter, self._theme, fate, [mark])
            painter.setFont(font)
            painter.setPen(self._theme.colour("muted"))
            wide = self._width(metrics, fate)
            place = QRect(left + MARK_PX + GAP_PX, corner.y(), wide, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, fate_words(fate))
            left += wide

    def _width(self, metrics: QFontMetrics, fate: str) -> int:
        return MARK_PX + GAP_PX + metrics.horizontalAdvance(fate_words(fate)) + BETWEEN_PX


class Readout(QWidget):
    """A small box over the chart with the exact values of one mark."""

    def __init__(self, theme: Theme, chart: QWidget) -> None:
        super().__init__(chart)
        self._theme = theme
        self._chart = chart
        self._title = ""
        self._lines: Sequence[Line] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_lines(self, title: str, lines: Sequence[Line]) -> None:
        """Show the exact values of one mark."""
        self._title = title
        self._lines = lines
        self.resize(self.sizeHint())
        self.update()
        self.setVisible(self._chart.isVisible())
        self.raise_()

    def stand_beside(self, middle: float, half: float, top: int) -> None:
        """Stand right of a column of the chart, or left of it where there is no room."""
        left = middle + half + EDGE_PX
        if left + self.width() > self._chart.width():
            left = middle - half - EDGE_PX - self.width()
        self.stand_at(QPoint(round(max(0.0, left)), top + EDGE_PX))

    def stand_at(self, place: QPoint) -> None:
        """Stand at a place of the chart; what does not fit it reaches out, into the window."""
        fits = place.y() + self.height() <= self._chart.height()
        host = self._chart if fits else self._chart.window()
        if self.parentWidget() is not host:
            self.setParent(host)
        place = self._chart.mapTo(host, place)
        lowest = max(0, host.height() - self.height() - EDGE_PX)
        self.move(place.x(), min(place.y(), lowest))
        self.setVisible(self._chart.isVisible())
        self.raise_()

    def text(self) -> str:
        """Return what the box says."""
        lines = [
            f"{line.words}: {line.value}" if line.value else line.words for line in self._lines
        ]
        return "\n".join([self._title, *lines])

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of title and lines."""
        metrics = QFontMetrics(self._theme.font("small"))
        strong = QFontMetrics(self._theme.font("small", strong=True))
        indent = MARK_PX + GAP_PX
        lines = [
            indent
            + metrics.horizontalAdvance(line.words)
            + (APART_PX + metrics.horizontalAdvance(line.value) if line.value else 0)
            for line in self._lines
        ]
        wide = max(strong.horizontalAdvance(self._title), *lines, LEAST_PX)
        high = (metrics.height() + 3) * (len(self._lines) + 1) + 3
        return QSize(wide + 2 * PAD_PX, high + 2 * PAD_PX - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        font = self._theme.font("small")
        row = QFontMetrics(font).height() + 3
        place = QRect(PAD_PX, PAD_PX - 2, self.width() - 2 * PAD_PX, row)
        painter.setFont(self._theme.font("small", strong=True))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(font)
        place.translate(0, 3)
        for line in self._lines:
            place.translate(0, row)
            self._paint_line(painter, place, line)
        painter.end()

    def _paint_line(self, painter: QPainter, place: QRect, line: Line) -> None:
        if line.mark:
            top = place.top() + (place.height() - MARK_PX) // 2
            fill(painter, self._theme, line.mark, [QRect(place.left(), top, MARK_PX, MARK_PX)])
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(place.adjusted(MARK_PX + GAP_PX, 0, 0, 0), centre, line.words)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(place, centre | Qt.AlignmentFlag.AlignRight, line.value)
