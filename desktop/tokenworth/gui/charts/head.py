"""What stands over the plots: the heading and the legend, beside each other where they fit."""

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from tokenworth.gui.charts.legend import Legend
from tokenworth.gui.theme import Theme

GAP_PX: Final = 24


class Head(QWidget):
    """Heading and legend side by side, the heading shortened, or one over the other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.legend = Legend(theme)
        self.legend.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place both anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Place heading and legend in the width there is."""
        whole = self.legend.sizeHint()
        room = self.width() - whole.width() - GAP_PX
        metrics = QFontMetrics(self._theme.font("text", strong=True))
        texts = (self.tr("New tokens a week, by what became of them"), self.tr("New tokens a week"))
        fitting = next((text for text in texts if metrics.horizontalAdvance(text) <= room), None)
        self.heading.setText(fitting or texts[0])
        high = max(whole.height(), metrics.height())
        self.heading.setGeometry(0, 0, self.width(), high)
        if fitting:
            self.legend.setGeometry(self.width() - whole.width(), 0, whole.width(), whole.height())
            self.setFixedHeight(high)
        else:
            under = whole.height() * len(self.legend.rows(self.width()))
            self.legend.setGeometry(0, high, self.width(), under)
            self.setFixedHeight(high + under)

    def draw(self, painter: QPainter, corner: QPoint) -> None:
        """Paint both for a picture, from the upper left corner on."""
        painter.setFont(self._theme.font("text", strong=True))
        painter.setPen(self._theme.colour("text"))
        place = self.heading.geometry().translated(corner)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.heading.text())
        self.legend.draw(painter, self.legend.pos() + corner)
