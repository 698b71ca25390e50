"""How the window looked when it was left: kept in one small file, and nothing private in it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

if TYPE_CHECKING:
    from tokenworth.gui.theme import Look


class Remembered:
    """Size, place, splitters and colours of the window."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def place(self, known: Collection[str], otherwise: str) -> str:
        """Return the place shown last, if there still is such a place."""
        name = str(self._settings.value("place", otherwise))
        return name if name in known else otherwise

    def set_look(self, look: "Look") -> None:
        """Keep the colours: the first paint needs them before any store is open."""
        self._settings.setValue("look", look)

    def restore(self, window: QMainWindow) -> None:
        """Give the window the size it had."""
        window.restoreGeometry(self._state("geometry"))

    def restore_splitters(self, page: QWidget) -> None:
        """Give a page's splitters the parts they had."""
        for splitter in page.findChildren(QSplitter):
            splitter.restoreState(self._state(f"splitters/{splitter.objectName()}"))

    def save(self, window: QMainWindow, place: str) -> None:
        """Keep how the window looks; an empty ``place`` leaves the one kept before."""
        self._settings.setValue("geometry", window.saveGeometry())
        if place:
            self._settings.setValue("place", place)
        for splitter in window.findChildren(QSplitter):
            if splitter.objectName():
                self._settings.setValue(f"splitters/{splitter.objectName()}", splitter.saveState())
        self._settings.sync()

    def _state(self, name: str) -> QByteArray:
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()
