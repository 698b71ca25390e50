"""What lies over an old answer until the new one is there."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tokenworth.gui.theme import Theme

THICKNESS: Final = 0.55


class Veil(QWidget):
    """Dims the widget it lies on, and lets everything through."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as what lies below."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return super().eventFilter(watched, event)

    def lay(self) -> None:
        """Dim what lies below."""
        self.resize(self._over.size())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the page's own colour, thin."""
        painter = QPainter(self)
        colour = self._theme.colour("window")
        colour.setAlphaF(THICKNESS)
        painter.fillRect(self.rect(), colour)
        painter.end()
