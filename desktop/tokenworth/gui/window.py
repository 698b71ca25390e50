"""The one window: its frame, its places, and the store it shows."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QUndoStack
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.views import SessionQuery
from tokenworth.gui import words
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks, later
from tokenworth.gui.bars import Banner, Rail, StatusLine, TopBar, blank
from tokenworth.gui.imports import Imports
from tokenworth.gui.menus import Menus, Orders
from tokenworth.gui.messages import Messages
from tokenworth.gui.pages import PLACES, Place
from tokenworth.gui.recent import Recent
from tokenworth.gui.remembered import Remembered
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
    """Shown at once; data follow after ``painted``."""

    painted = Signal()
    """The window has been painted for the first time: now there is time to load things."""

    def __init__(  # noqa: PLR0913 - put together once, in app.py
        self,
        asks: Asks,
        theme: Theme,
        stores: Stores,
        settings: QSettings,
        *,
        imports: Imports | None = None,
        places: Sequence[Place] = PLACES,
    ) -> None:
        super().__init__()
        self.asks = asks
        self.theme = theme
        self.places = places
        self.undo = QUndoStack(self)
        self.actions_list = Actions(self)
        self.pages: dict[str, Any] = {}
        self._stores = stores
        self._remembered = Remembered(settings)
        self._recent = Recent(asks)
        self._place = ""
        self._was_painted = False
        self._is_closing = False
        self._build()
        self.running = Running(asks, imports or Imports(self), self.status, self.messages)
        Menus(self, self.actions_list, self._orders())
        self._connect()
        self.setWindowTitle("Tokenworth")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self._remembered.restore(self)
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
            (page if page and page.focusProxy() else self.rail.buttons[name]).setFocus()

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
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell when the first paint is done."""
        super().paintEvent(event)
        QTimer.singleShot(0, self._tell_painted)

    def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """A window that starts minimised is never painted: it begins too."""
        super().showEvent(event)
        QTimer.singleShot(UNPAINTED_MS, self, self._tell_painted)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Look for news when the person comes back."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
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

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.top = TopBar()
        self.banner = Banner()
        self.banner.hide()
        self.rail = Rail([(place.name, self.tr(place.title), place.key) for place in self.places])
        self.status = StatusLine()
        self.stack = QStackedWidget()
        self._blanks = {place.name: blank(self.tr("Reading…")) for place in self.places}
        for page in self._blanks.values():
            self.stack.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(frame)
        self.messages = Messages(self.stack, self.theme)
        self.stack.currentChanged.connect(self.messages.raise_)  # a page shown anew covers it

    def _orders(self) -> Orders:
        return Orders(
            self.asks, self.undo, self.places, self.pages, self.theme, self.running.begin,
            self.go, self.set_look, self.set_blind, self.open_own, self.open_demo,
            self.open_palette, self.top.search.begin,
        )  # fmt: skip

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
        for editor in [*page.findChildren(QLineEdit), *page.findChildren(QTextEdit)]:
            editor.setAcceptDrops(False)  # a file dropped there is for the window
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
