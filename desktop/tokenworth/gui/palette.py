"""Every action by name (Ctrl+K), and the sheet of keys (Ctrl+/)."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tokenworth.gui.actions import MENUS, Actions, Entry, plain

WIDTH_PX: Final = 560
HEIGHT_PX: Final = 420
TOP_PX: Final = 70
MOVES: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


def matching(entries: Sequence[Entry], text: str, recent: Sequence[str]) -> list[Entry]:
    """Return what can be done now and holds every word typed: recent first, then the best start."""
    typed = text.casefold().split()
    place = {name: number for number, name in enumerate(recent)}

    def fits(entry: Entry) -> bool:
        said = f"{entry.text} {entry.action.toolTip()}".casefold()
        return all(word in said for word in typed)

    def order(entry: Entry) -> tuple[bool, int]:
        starts = bool(typed) and entry.text.casefold().startswith(typed[0])
        return not starts, place.get(entry.name, len(place))

    return sorted((e for e in entries if e.possible() and fits(e)), key=order)


def two_columns(parent: QWidget, name: str) -> QTreeWidget:
    """Return a list with keys at its right."""
    made = QTreeWidget(parent, columnCount=2)
    made.setHeaderHidden(True)
    made.setProperty("role", "menu")
    made.setRootIsDecorated(False)
    made.setAccessibleName(name)
    made.setUniformRowHeights(True)
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return made


class CommandPalette(QDialog):
    """Type a few letters of an action, press Enter."""

    chosen = Signal(str)
    """The name of the action to run, after the palette has closed."""

    def __init__(self, actions: Actions, recent: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._recent = recent
        self.setWindowTitle(self.tr("Any action"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("What would you like to do?"))
        self.field.setAccessibleName(self.tr("Name of an action"))
        self.field.installEventFilter(self)
        self.list = two_columns(self, self.tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self._fill("")
        self.resize(
            min(WIDTH_PX, parent.width() - 40), min(HEIGHT_PX, parent.height() - 2 * TOP_PX)
        )
        self.move(
            parent.mapToGlobal(parent.rect().topLeft()).x() + (parent.width() - self.width()) // 2,
            parent.mapToGlobal(parent.rect().topLeft()).y() + TOP_PX,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Move in the list while the field keeps the focus."""
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and event.key() in MOVES:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        self.list.clear()
        for entry in matching(self._actions.entries(), text, self._recent):
            item = QTreeWidgetItem([entry.text, entry.keys])
            item.setData(0, Qt.ItemDataRole.UserRole, entry.name)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        name = str(item.data(0, Qt.ItemDataRole.UserRole))
        self.accept()
        self.chosen.emit(name)


class ShortcutSheet(QDialog):
    """Every action that has a key, by menu."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = two_columns(self, self.tr("Keys"))
        for menu, title in MENUS.items():
            entries = [e for e in actions.entries() if e.menu == menu and e.keys]
            if not entries:
                continue
            head = QTreeWidgetItem([plain(title)])
            font = self.list.font()
            font.setBold(True)
            head.setFont(0, font)
            self.list.addTopLevelItem(head)
            for entry in entries:
                item = QTreeWidgetItem([entry.text, entry.keys])
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                self.list.addTopLevelItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.list)
        self.resize(WIDTH_PX, min(560, parent.height() - 40))
