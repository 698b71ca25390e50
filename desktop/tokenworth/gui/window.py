"""The one window: seen at once, then furnished with its places and the store it shows.

What is imported at the top of this file is loaded before the window is seen.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QMainWindow, QWidget

from tokenworth.gui.asks import later
from tokenworth.gui.ground import paint_ground
from tokenworth.gui.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

    from tokenworth.domain.views import SessionQuery
    from tokenworth.gui.actions import Actions
    from tokenworth.gui.asks import Asks
    from tokenworth.gui.bars import Banner, Rail, StatusLine, TopBar
    from tokenworth.gui.frame import Frame
    from tokenworth.gui.imports import Imports
    from tokenworth.gui.messages import Messages
    from tokenworth.gui.pages import Place
    from tokenworth.gui.recent import Recent
    from tokenworth.gui.running import Running
    from tokenworth.gui.single import Stores
    from tokenworth.gui.theme import Look, Theme

FIRST_SIZE: Final = (1360, 860)
SMALLEST: Final = (1024, 640)
SEARCH_MS: Final = 200
UNPAINTED_MS: Final = 1000
FIRST_PLACE: Final = "sessions"
EMPTY_PLACE: Final = "sources"


class Window(QMainWindow):
    """Shown at once as plain colours; ``furnish`` it after ``painted``."""

    painted = Signal()
    """The window has been painted for the first time: now there is time to load things."""

    asks: Asks
    theme: Theme
    places: Sequence[Place]
    undo: QUndoStack
    actions_list: Actions
    running: Running
    top: TopBar
    banner: Banner
    rail: Rail
    status: StatusLine
    messages: Messages

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.pages: dict[str, Any] = {}
        self._settings = settings
        self._remembered = Remembered(settings)
        self._place = ""
        self._was_painted = False
        self.is_furnished = False
        """Whether all is in its place but the pages."""
        self._is_closing = False
        self.setWindowTitle("Tokenworth")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self._remembered.restore(self)

    def furnish(
        self, asks: Asks, theme: Theme, stores: Stores, *,
        imports: Imports | None = None, places: Sequence[Place] = (),
    ) -> None:  # fmt: skip
        """Put everything in its place but the pages: ``load_pages`` makes those."""
        self.asks, self.theme, self._stores = asks, theme, stores
        self.places = places or later("tokenworth.gui.pages").PLACES
        self.undo = QUndoStack(self)
        self.actions_list = later("tokenworth.gui.actions").Actions(self)
        self._recent: Recent = later("tokenworth.gui.recent").Recent(asks)
        frame: Frame = later("tokenworth.gui.frame").Frame(self.places, theme)
        self.top, self.banner, self.rail = frame.top, frame.banner, frame.rail
        self.status, self.stack, self._blanks = frame.status, frame.stack, frame.blanks
        self.messages = frame.messages
        started = imports or later("tokenworth.gui.imports").Imports(self)
        self.running = later("tokenworth.gui.running").Running(
            asks, started, self.status, self.messages
        )
        later("tokenworth.gui.menus").Menus(self)
        self.setCentralWidget(frame)
        self.setAcceptDrops(True)
        self.is_furnished = True
        self._connect()
        self.go(self._last_place())

    def go(self, name: str) -> None:
        """Show a place."""
        self._place = name
        self.rail.mark(name)
        self.stack.setCurrentWidget(self.pages.get(name) or self._blanks[name])
        page = self.pages.get(name)
        if page is not None:
            page.shown()
        if not self.top.search.hasFocus():
            ((page and page.begin_at) or self.rail.buttons[name]).setFocus()

    @property
    def place(self) -> str:
        """The name of the place that is shown."""
        return self._place

    def set_look(self, look: Look) -> None:
        """Put on other colours, and remember them."""
        self.theme.set_look(look)
        self._remembered.set_look(look)

    def set_blind(self, on: bool) -> None:  # noqa: FBT001 - one of the menus' orders
        """Hide or show the numbers of untagged sessions."""
        self.asks.tell(lambda library: library.set_setting("blind", "1" if on else "0"))

    def open_own(self) -> None:
        """Open the person's own store."""
        self._open(self._stores.own)

    def open_demo(self) -> None:
        """Open the store of sample data, made first if need be."""
        self._open(self._stores.demo)

    def open_palette(self) -> None:
        """Show every action by name."""
        palette = later("tokenworth.gui.palette").CommandPalette(
            self.actions_list, self._recent.names, self
        )
        palette.chosen.connect(self._run_chosen)
        palette.open()

    def load_pages(self) -> None:
        """Make the pages, those that need a slow module after the worker has imported it."""
        for place in self.places:
            if place.needs:
                self.asks.worker.run(partial(later, place.needs), partial(self._make_after, place))
            else:
                self._make(place)

    def come_forward(self) -> None:
        """Be the window in front."""
        minimised = later("PySide6.QtCore").Qt.WindowState.WindowMinimized
        self.setWindowState(self.windowState() & ~minimised)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell when the first paint is done."""
        super().paintEvent(event)
        if not self.is_furnished:
            paint_ground(self, self._settings)
        if not self._was_painted:
            QTimer.singleShot(0, self._tell_painted)

    def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """A window that starts minimised is never painted: it begins too."""
        super().showEvent(event)
        QTimer.singleShot(UNPAINTED_MS, self, self._tell_painted)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Look for news when the person comes back."""
        super().changeEvent(event)
        activated = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if activated and self.is_furnished:
            self.running.rescan()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files, folders and zips anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Import what was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.running.begin(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Let an import finish its batch, then close."""
        if not self.is_furnished:
            super().closeEvent(event)
            return
        self.running.stop()
        if self.running.busy:
            event.ignore()
            if not self._is_closing:
                self._is_closing = True
                self.running.still.connect(self.close)
                self.running.cancel()
                self.messages.say(self.tr("Closing after the batch in hand."), stay=True)
            return
        self._remembered.save(self, self._place if self.asks.count else "")
        self.asks.close()
        super().closeEvent(event)

    def _connect(self) -> None:
        self._typing = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._typing.timeout.connect(self._search)
        self.top.search.textEdited.connect(lambda _: self._typing.start())
        self.top.search.emptied.connect(self._search)
        self.top.palette_asked.connect(self.open_palette)
        self.rail.chosen.connect(self.go)
        self.banner.leave_asked.connect(self.open_own)
        self.running.leave_demo_asked.connect(self.open_own)
        self.running.sources_asked.connect(lambda: self.go(EMPTY_PLACE))
        self.asks.refused.connect(self.messages.refuse)
        self.asks.opened.connect(self._opened)
        self.asks.changed.connect(self._ask_count)
        self.asks.not_opened.connect(self._not_opened)

    def _tell_painted(self) -> None:
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def _make_after(self, place: Place, _needed: object) -> None:
        self._make(place)

    def _make(self, place: Place) -> None:
        page = place.kind()(self.asks, self.theme, self.actions_list, self.undo)
        page.message.connect(self.messages.say)
        page.show_sessions.connect(self.show_sessions)
        page.badge_changed.connect(self._show_badges)
        if hasattr(page, "import_asked"):
            page.import_asked.connect(self._import_kinds)
        for part in page.findChildren(QWidget):
            if part.acceptDrops():
                part.setAcceptDrops(False)  # a file dropped there is for the window
        self._remembered.restore_splitters(page)
        self.pages[place.name] = page
        self.stack.addWidget(page)
        if self._place == place.name:
            self.go(place.name)

    def show_sessions(self, query: SessionQuery) -> None:
        """Go to Sessions and show those a query finds."""
        self.top.search.setText(query.text)
        self.go(FIRST_PLACE)
        page = self.pages.get(FIRST_PLACE)
        if page is not None:
            page.set_query(query)

    def _search(self) -> None:
        self._typing.stop()
        if self._place != FIRST_PLACE:
            self.go(FIRST_PLACE)
        page = self.pages.get(FIRST_PLACE)
        if page is not None:
            page.set_text(self.top.search.text())

    def _open(self, path: Path) -> None:
        if self.running.busy:
            self.messages.say(self.tr("An import is running; its store stays open until it ends."))
        elif not self._stores.claim(path):
            self.messages.say(self.tr("That store is open in another window."))
        elif path == self._stores.demo:
            self.asks.open_demo()
        else:
            self.asks.open(path)

    def _opened(self) -> None:
        self.undo.clear()
        self.messages.hide()
        self.banner.setVisible(self.asks.demo)
        self.status.store.set_whole(
            self.tr("Store: not encrypted, {path}").format(
                path=str(self.asks.path).replace(str(Path.home()), "~", 1)
            )
        )
        self.asks.ask(lambda library: library.setting("blind"), self._show_blind)
        self._recent.load()
        self.go(self._last_place() if self.asks.count else EMPTY_PLACE)

    def _not_opened(self) -> None:
        if self.asks.path is not None:
            self._stores.claim(self.asks.path)  # the place given up for the one that did not open
        self.running.rest()

    def _ask_count(self) -> None:
        self.asks.ask(lambda library: library.count(), self._counted)

    def _counted(self, count: int) -> None:
        self.asks.count = count
        self._show_badges()

    def _show_badges(self) -> None:
        words = later("tokenworth.gui.words")
        count = words.count(self.asks.count) if self.asks.count else ""
        for name, button in self.rail.buttons.items():
            own = self.pages[name].badge() if name in self.pages else ""
            button.set_badge(own or (count if name == FIRST_PLACE else ""))

    def _show_blind(self, setting: str | None) -> None:
        self.actions_list.entry("blind").action.setChecked(setting != "0")

    def _run_chosen(self, name: str) -> None:
        self._recent.add(name)
        self.actions_list.entry(name).action.trigger()

    def _import_kinds(self, kinds: Sequence[str]) -> None:
        self.running.begin([part for kind in kinds for part in ("--kind", kind)])

    def _last_place(self) -> str:
        return self._remembered.place(self.rail.buttons, FIRST_PLACE)
