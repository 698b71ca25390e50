"""Everything the window can do, in one list: menus, palette and shortcut sheet are made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

MENUS: Final = {
    "file": "&File",
    "edit": "&Edit",
    "session": "&Session",
    "view": "&View",
    "help": "&Help",
}
"""The menus in their order, by the names ``Actions.add`` takes."""


def plain(text: str) -> str:
    """Return an action's text without the mark of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


@dataclass(frozen=True)
class Entry:
    """One thing the window can do."""

    name: str
    action: QAction
    call: Callable[[], object]
    menu: str
    enabled: Callable[[], bool] | None

    @property
    def text(self) -> str:
        """The action's words, without mnemonic or dots."""
        return plain(self.action.text()).removesuffix("…")

    @property
    def keys(self) -> str:
        """The action's keys as the desktop writes them; may be empty."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def possible(self) -> bool:
        """Whether it can be done now."""
        return self.enabled is None or self.enabled()

    def run(self) -> None:
        """Do it, if it can be done now."""
        if self.possible():
            self.call()


class Actions(QObject):
    """The list of actions; it also makes the menus."""

    ran = Signal(str)
    """The name of an action that was chosen."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._entries: dict[str, Entry] = {}
        self._menus: dict[str, QMenu] = {}

    def add(  # noqa: PLR0913, PLR0917 - a row of a table, one argument a column
        self,
        name: str,
        text: str,
        key: str | QKeySequence | QKeySequence.StandardKey,
        tip: str,
        call: Callable[[], object],
        menu: str,
        enabled: Callable[[], bool] | None = None,
    ) -> QAction:
        """Add an action. Raises ValueError if its name or key is taken or the menu unknown."""
        if menu not in MENUS:
            raise ValueError(f"there is no menu {menu}")
        action = QAction(text, self._owner)
        action.setObjectName(name)
        _set_keys(action, key)
        self._refuse_clash(name, action)
        action.setToolTip(tip)
        action.setStatusTip(tip)
        entry = Entry(name, action, call, menu, enabled)
        action.triggered.connect(lambda: self._run(entry))
        self._entries[name] = entry
        self._owner.addAction(action)
        if self._menus:
            self._menus[menu].addAction(action)
            self._menus[menu].menuAction().setVisible(True)
        return action

    def entry(self, name: str) -> Entry:
        """Return an entry by name. Raises KeyError."""
        return self._entries[name]

    def entries(self) -> list[Entry]:
        """Return everything, in the order of the menus."""
        order = list(MENUS)
        return sorted(self._entries.values(), key=lambda entry: order.index(entry.menu))

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus; what is added later finds its place too."""
        for name, title in MENUS.items():
            menu = bar.addMenu(QCoreApplication.translate("Actions", title))
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(lambda name=name: self._grey(name))
            menu.aboutToHide.connect(lambda name=name: self._ungrey(name))
            menu.menuAction().setVisible(False)
            self._menus[name] = menu
        for entry in self.entries():
            self._menus[entry.menu].addAction(entry.action)
            self._menus[entry.menu].menuAction().setVisible(True)

    def separate(self, menu: str) -> None:
        """Draw a line under what the menu holds so far. Call after ``fill``."""
        self._menus[menu].addSeparator()

    def _run(self, entry: Entry) -> None:
        entry.run()
        self.ran.emit(entry.name)

    def _grey(self, menu: str) -> None:
        for entry in self._entries.values():
            if entry.menu == menu:
                entry.action.setEnabled(entry.possible())

    def _ungrey(self, menu: str) -> None:
        # Greyed only while the menu is open: a stale grey would swallow the key later on.
        for entry in self._entries.values():
            if entry.menu == menu:
                entry.action.setEnabled(True)

    def _refuse_clash(self, name: str, action: QAction) -> None:
        if name in self._entries:
            raise ValueError(f"there is an action {name} already")
        taken = {
            keys.toString(): entry.name
            for entry in self._entries.values()
            for keys in entry.action.shortcuts()
        }
        for keys in action.shortcuts():
            if keys.toString() in taken:
                raise ValueError(f"{keys.toString()} of {name} is {taken[keys.toString()]}'s")


def _set_keys(action: QAction, key: str | QKeySequence | QKeySequence.StandardKey) -> None:
    if isinstance(key, QKeySequence.StandardKey):
        action.setShortcuts(key)
    elif key:
        action.setShortcut(QKeySequence(key))
