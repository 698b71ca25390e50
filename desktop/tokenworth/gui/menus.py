"""What the window itself can do, by menu; the pages add what they can do."""

from functools import partial
from typing import Final, get_args

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QFileDialog

from tokenworth.gui.actions import plain
from tokenworth.gui.asks import later
from tokenworth.gui.theme import Look
from tokenworth.gui.window import Window

LOOKS: Final[dict[Look, str]] = {
    "light": "&Light",
    "dark": "&Dark",
    "system": "As the s&ystem",
}
translate = QCoreApplication.translate


class Menus:
    """Makes the window's own actions."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._actions = window.actions_list
        self._actions.fill(window.menuBar())
        self._file()
        self._edit()
        self._session()
        self._view()
        self._help()

    def _file(self) -> None:
        window, add = self._window, self._actions.add
        add(
            "import_files",
            translate("Menus", "Import &files…"),
            "Ctrl+O",
            translate("Menus", "Import files or exports: also by dropping them on the window"),
            self._choose_files,
            "file",
        )
        add(
            "import_folder",
            translate("Menus", "Import f&older…"),
            "Ctrl+Shift+O",
            translate("Menus", "Import everything readable in a folder"),
            self._choose_folder,
            "file",
        )
        add(
            "import_found",
            translate("Menus", "&Import what is found"),
            "Ctrl+I",
            translate("Menus", "Import the history all known tools have left on this machine"),
            partial(window.running.begin, ()),
            "file",
        )
        add(
            "export",
            translate("Menus", "&Export…"),
            "Ctrl+E",
            translate("Menus", "A summary to keep or hand over; sessions chosen can be quoted"),
            self._export,
            "file",
        )
        self._actions.separate("file")
        self._stores()

    def _stores(self) -> None:
        window, add = self._window, self._actions.add
        add(
            "demo",
            translate("Menus", "Look around with &sample data"),
            "",
            translate("Menus", "Open made-up data, kept in a store of its own"),
            window.open_demo,
            "file",
            lambda: not window.asks.demo,
        )
        add(
            "leave_demo",
            translate("Menus", "Open &my store"),
            "",
            translate("Menus", "Leave sample data and open your own store"),
            window.open_own,
            "file",
            lambda: window.asks.demo,
        )
        self._actions.separate("file")
        add(
            "quit",
            translate("Menus", "&Quit"),
            "Ctrl+Q",
            translate("Menus", "Close the window; a running import finishes its batch"),
            self._window.close,
            "file",
        )

    def _edit(self) -> None:
        undo, add = self._window.undo, self._actions.add
        back = add(
            "undo",
            translate("Menus", "&Undo"),
            QKeySequence.StandardKey.Undo,
            translate("Menus", "Take back the last change"),
            undo.undo,
            "edit",
            undo.canUndo,
        )
        again = add(
            "redo",
            translate("Menus", "&Redo"),
            QKeySequence.StandardKey.Redo,
            translate("Menus", "Make the change again that was taken back"),
            undo.redo,
            "edit",
            undo.canRedo,
        )
        undo.undoTextChanged.connect(lambda text: _name(back, translate("Menus", "&Undo"), text))
        undo.redoTextChanged.connect(lambda text: _name(again, translate("Menus", "&Redo"), text))
        self._actions.separate("edit")
        add(
            "find",
            translate("Menus", "&Find"),
            "Ctrl+F",
            translate("Menus", "Search titles, requests and projects"),
            self._window.top.search.begin,
            "edit",
        )

    def _session(self) -> None:
        window = self._window
        self._actions.add(
            "before",
            translate("Menus", "Before you &start…"),
            "Ctrl+B",
            translate("Menus", "Say that the next session explores, or how long it may take"),
            lambda: (
                later("tokenworth.gui.before").BeforeDialog(window.asks, window.undo, window).open()
            ),
            "session",
        )

    def _view(self) -> None:
        window, add = self._window, self._actions.add
        for place in window.places:
            title = translate("Window", place.title)
            add(
                f"go_{place.name}",
                title,
                place.key,
                translate("Menus", "Go to {place}").format(place=title),
                partial(window.go, place.name),
                "view",
            )
        self._actions.separate("view")
        looks = QActionGroup(self._window)
        for look in get_args(Look):
            action = add(
                f"look_{look}",
                translate("Menus", LOOKS[look]),
                "",
                translate("Menus", "Colours of the window: {look}").format(
                    look=plain(translate("Menus", LOOKS[look]))
                ),
                partial(window.set_look, look),
                "view",
            )
            action.setCheckable(True)
            action.setChecked(window.theme.look == look)
            looks.addAction(action)
        self._actions.separate("view")
        blind = add(
            "blind",
            translate("Menus", "&Blind until tagged"),
            "",
            translate("Menus", "Hide tokens, cost and model of sessions that are not tagged yet"),
            lambda: window.set_blind(blind.isChecked()),
            "view",
        )
        blind.setCheckable(True)
        blind.setChecked(True)
        self._actions.separate("view")

    def _help(self) -> None:
        window, add = self._window, self._actions.add
        add(
            "palette",
            translate("Menus", "Any &action…"),
            "Ctrl+K",
            translate("Menus", "Find any action by its name"),
            window.open_palette,
            "help",
        )
        add(
            "keys",
            translate("Menus", "&Keys"),
            "Ctrl+/",
            translate("Menus", "All keys on one sheet"),
            lambda: later("tokenworth.gui.palette").ShortcutSheet(self._actions, window).open(),
            "help",
        )
        add(
            "about",
            translate("Menus", "A&bout Tokenworth"),
            "",
            translate("Menus", "Versions, licences, where your data lies"),
            lambda: (
                later("tokenworth.gui.about")
                .About(window.asks.path, window.asks.count, window)
                .open()
            ),
            "help",
        )

    def _export(self) -> None:
        window, sessions = self._window, self._window.pages.get("sessions")
        rows = [sessions.table.session(id_) for id_ in sessions.chosen()] if sessions else []
        quoted = [row.uid for row in rows if row is not None]
        dialog = later("tokenworth.gui.export.dialog").ExportDialog
        dialog(window.asks, window.theme, window, quoted).open()

    def _choose_files(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(
            self._window, translate("Menus", "Import files or exports")
        )
        if files:
            self._window.running.begin(files)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._window, translate("Menus", "Import a folder")
        )
        if folder:
            self._window.running.begin([folder])


def _name(action: QAction, verb: str, text: str) -> None:
    """Say what would be undone; a & in it is no mnemonic."""
    shown = text.replace("&", "&&")
    action.setText(f"{verb} {shown}" if text else verb)
