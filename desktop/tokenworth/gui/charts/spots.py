"""Marks of a chart: where they are, how the arrow keys go from one to the next, their room."""

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMoveEvent, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QWidget

from tokenworth.gui.theme import Theme

Key = tuple[str | int, ...]
BUTTON_PX: Final = 30  # of a button around its words


class Spot(msgspec.Struct, frozen=True):
    """One mark: where it is painted, and where the arrow keys find it."""

    key: Key
    shape: QPainterPath
    column: int
    row: float  # downwards


def rect_path(rect: QRectF) -> QPainterPath:
    """Return a rectangle as the shape of a spot."""
    path = QPainterPath()
    path.addRect(rect)
    return path


def plain_label(role: str) -> QLabel:
    """Return a label for plain words."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


class Room(QWidget):
    """The part of a chart that is painted on."""

    placed = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that there is other room."""
        super().resizeEvent(event)
        self.placed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the room is elsewhere."""
        super().moveEvent(event)
        self.placed.emit()


def nearest(spots: Sequence[Spot], start: Spot, across: int, down: int) -> int | None:
    """Return which mark is next to another: in its column, or in the next column beside it."""
    if across:
        ahead = {spot.column for spot in spots if (spot.column - start.column) * across > 0}
        if not ahead:
            return None
        column = min(ahead) if across > 0 else max(ahead)
        found = [at for at, spot in enumerate(spots) if spot.column == column]
    else:
        found = [
            at
            for at, spot in enumerate(spots)
            if spot.column == start.column and (spot.row - start.row) * down > 0
        ]
    return min(found, key=lambda at: abs(spots[at].row - start.row), default=None)


class Choice(QButtonGroup):
    """Buttons of which one is down; its words fit though they are then stronger."""

    chosen = Signal(str)
    """The name of another one was chosen."""

    def __init__(self, theme: Theme, parent: QWidget, named: Sequence[tuple[str, str]]) -> None:
        """Take (name, title) of each."""
        super().__init__(parent)
        self._theme = theme
        self.by_name: dict[str, QPushButton] = {}
        for name, title in named:
            button = QPushButton(title)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self.addButton(button)
            self.by_name[name] = button
        self.fit()

    def fit(self) -> None:
        """Leave room for strong letters of the theme's size."""
        metrics = QFontMetrics(self._theme.font("text", strong=True))
        for button in self.by_name.values():
            button.setMinimumWidth(metrics.horizontalAdvance(button.text()) + BUTTON_PX)

    def name(self) -> str:
        """Return which is chosen."""
        return next((name for name, button in self.by_name.items() if button.isChecked()), "")

    def show_name(self, name: str) -> None:
        """Show one as chosen, telling nobody."""
        self.by_name[name].setChecked(True)
