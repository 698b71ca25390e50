"""Sessions: what did I do? The table, a session beside it, and the form that asks about it."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.tag import Tag
from tokenworth.domain.views import SessionDetail, SessionQuery
from tokenworth.gui import words
from tokenworth.gui.actions import Actions
from tokenworth.gui.ask import AskCard
from tokenworth.gui.asks import Asks
from tokenworth.gui.filters import Filters, day_start
from tokenworth.gui.page import Page
from tokenworth.gui.panel import Panel
from tokenworth.gui.table import SessionsTable
from tokenworth.gui.theme import Theme
from tokenworth.gui.undo import NoteCommand, TagCommand

PANEL_PX: Final = 288
DETAIL_MS: Final = 60


class SessionsPage(Page):
    """The table of every session."""

    def __init__(self, asks: Asks, theme: Theme, actions: Actions, undo: QUndoStack) -> None:
        super().__init__(asks, theme, actions, undo)
        self.name = self.tr("Sessions")
        self._asked_of: list[int] = []
        self._text = ""
        self._choices_stale = True
        self._nothing = False
        self._ticket: Any = None
        self._shown: Any = None
        self._build()
        self._add_actions()
        self._connect()
        self.begin_at = self.table
        self._refresh()

    # what the window calls ------------------------------------------------------------------------

    def shown(self) -> None:
        """The page has become visible."""
        (self.empty_button if self._nothing else self.table).setFocus()

    def set_text(self, text: str) -> None:
        """Show what the search field's words find."""
        if text != self._text:
            self._text = text
            self._refresh()

    def set_query(self, query: SessionQuery) -> None:
        """Show what a query finds, as a chart asks for it."""
        self._text = query.text
        self.filters.show_query(query)

    # building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        self.title = QLabel(self.tr("What did I do?"))
        self.title.setProperty("role", "title")
        head.addWidget(self.title)
        head.addStretch(1)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        head.addWidget(self.count)
        column.addLayout(head)
        self.filters = Filters()
        column.addWidget(self.filters)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("sessions")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._build_left())
        self.splitter.addWidget(self._build_right())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([800, PANEL_PX])
        self.card = AskCard()
        self.form = self.card.form
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.card)
        column.addWidget(self.stack, 1)

    def _build_left(self) -> QWidget:
        self.table = SessionsTable(self.asks, self.theme)
        self.model = self.table.sessions
        self.left = QStackedWidget()
        self.left.addWidget(self.table)
        self.left.addWidget(self._build_empty())
        return self.left

    def _build_empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addStretch(1)
        self.empty_words = QLabel()
        self.empty_words.setProperty("role", "muted")
        self.empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_words.setWordWrap(True)
        self.empty_button = QPushButton()
        self.empty_button.clicked.connect(self._next_step)
        column.addWidget(self.empty_words)
        column.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        return empty

    def _build_right(self) -> QWidget:
        self.panel = Panel(self.asks)
        self.panel.setMinimumWidth(260)
        return self.panel

    def _add_actions(self) -> None:
        add = self.window_actions.add
        add("tag", self.tr("Say what &came of it…"), "T",
            self.tr("Answer the form for the sessions chosen"), self.ask_form, "session",
            lambda: bool(self.chosen()))  # fmt: skip
        add("next_untagged", self.tr("&Next not looked at"), "N",
            self.tr("Go to the next session nobody looked at"), self.go_next,
            "session")  # fmt: skip
        add("copy_sessions", self.tr("&Copy rows"), "Ctrl+Shift+C",
            self.tr("Copy the chosen rows as a table"), self.copy, "session",
            lambda: bool(self.chosen()))  # fmt: skip
        add("panel", self.tr("Session &beside the table"), "F9",
            self.tr("Show or hide what stands beside the table"), self.toggle_panel,
            "view")  # fmt: skip

    def _connect(self) -> None:
        self._typing = QTimer(self, singleShot=True, interval=DETAIL_MS)
        self._typing.timeout.connect(self._show_detail)
        self.filters.changed.connect(self._refresh)
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._refresh())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._typing.start())
        self.table.doubleClicked.connect(lambda _: self.ask_form())
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(key), self.table, self.ask_form)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table, self.copy)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.panel.tag_asked.connect(self.ask_form)
        self.panel.noted.connect(self._note)
        self.form.answered.connect(self._answered)
        self.form.left.connect(self._leave_form)
        self.asks.changed.connect(self._refresh_all)
        self.asks.opened.connect(self._refresh_all)

    # the list -------------------------------------------------------------------------------------

    def query(self) -> SessionQuery:
        """Return what the page shows, in which order."""
        column, descending = self.table.order()
        return replace(
            self.filters.query(day_start), text=self._text, sort=column, descending=descending,
            masked=self.model.blind,
        )  # fmt: skip

    def _refresh(self) -> None:
        if self._ticket is not None:
            self._ticket.drop()

        stale, asked = self._choices_stale, self.query()

        def question(library: Any) -> tuple[list[int], dict[str, list[str]] | None, str | None]:
            blind = library.setting("blind")
            query = replace(asked, masked=blind != "0")
            return library.session_ids(query), library.choices() if stale else None, blind

        self._ticket = self.asks.ask(question, self._fill, self._not_open)

    def _not_open(self, error: Exception) -> None:
        del error  # no store is open yet: `opened` will ask again

    def _refresh_all(self) -> None:
        """Ask anew for what the filters offer too: the store has changed."""
        self._choices_stale = True
        self._refresh()

    def _fill(self, found: tuple[list[int], dict[str, list[str]] | None, str | None]) -> None:
        ids, choices, blind = found
        if choices is not None:
            self._choices_stale = False
            self.filters.offer(choices)
        self.model.set_blind(on=blind != "0")
        self.panel.blind = self.model.blind
        if ids == self.model.ids():
            self.model.refetch(ids)
            self._show_detail()
        else:
            chosen = self.chosen()
            self.model.show_ids(ids)
            self.table.choose(chosen)
            self._typing.start()
        self._say_count(len(ids))

    def _say_count(self, number: int) -> None:
        nothing = not (number or self._text or self.filters.is_set())
        if nothing != self._nothing:
            self._nothing = nothing
            self.filters.setHidden(nothing)
            self.panel.setHidden(nothing)
        if number:
            self.count.setText(self.tr("{count} sessions").format(count=words.count(number)))
            self.left.setCurrentIndex(0)
            return
        self.count.setText("")
        self.left.setCurrentIndex(1)
        if not nothing:
            self.empty_words.setText(self.tr("No session matches."))
            self.empty_button.setText(self.tr("Clear filters"))
        else:
            self.empty_words.setText(
                self.tr("Sessions will stand here once your history is imported.")
            )
            self.empty_button.setText(self.tr("Find my history"))

    def _next_step(self) -> None:
        if self.filters.is_set() or self._text:
            self._text = ""
            self.filters.show_everything()
        else:
            self.window_actions.entry("go_sources").run()

    # the selection --------------------------------------------------------------------------------

    def chosen(self) -> list[int]:
        """Return the sessions chosen, in the order shown."""
        return self.table.chosen()

    def _show_detail(self) -> None:
        ids = self.chosen()
        if len(ids) != 1:
            many = self.tr("{count} sessions chosen.").format(count=words.count(len(ids)))
            self.panel.clear_session(many if ids else "")
            return

        def done(detail: SessionDetail) -> None:
            if self.chosen() == [detail.row.id]:
                self.panel.show_session(detail)

        if self._shown is not None:
            self._shown.drop()
        self._shown = self.asks.ask(
            lambda library: library.detail(ids[0]), done, lambda _: self.panel.clear_session()
        )

    def go_next(self) -> None:
        """Go to the next session nobody looked at."""
        if not self.table.choose_next_untagged():
            self.message.emit(self.tr("Every session below has been looked at."))

    def copy(self) -> None:
        """Copy the chosen rows as a table."""
        QApplication.clipboard().setText(self.table.as_text())

    def toggle_panel(self) -> None:
        """Show or hide what stands beside the table."""
        self.panel.setVisible(self.panel.isHidden())

    # what a person says ---------------------------------------------------------------------------

    def ask_form(self) -> None:
        """Ask what came of the sessions chosen."""
        ids = self.chosen()
        if not ids:
            self.message.emit(self.tr("Choose a session first."))
            return
        self._asked_of = ids
        if len(ids) > 1:
            self._open_form(None)
        else:
            self.asks.ask(lambda library: library.detail(ids[0]), self._open_form)

    def _open_form(self, detail: SessionDetail | None) -> None:
        self.filters.hide()
        self.title.setText(self.tr("What came of it?"))
        self.stack.setCurrentWidget(self.card)
        self.card.ask(detail, len(self._asked_of), blind=self.model.blind)

    def _leave_form(self) -> None:
        self.filters.show()
        self.title.setText(self.tr("What did I do?"))
        self.stack.setCurrentWidget(self.splitter)
        self.table.setFocus()

    def _answered(self, tag: Tag, asked_at: int, form_ms: int) -> None:
        masked = self.model.blind and all(
            (session := self.table.session(id_)) is not None and session.status != "answered"
            for id_ in self._asked_of
        )
        self.undo.push(
            TagCommand(self.asks, self._asked_of, tag, (masked, asked_at, form_ms), self._was_said)
        )
        self._leave_form()

    def _was_said(self, ids: Sequence[int]) -> None:
        self.model.refetch(ids)
        self.message.emit(self.tr("Kept. T changes it, Ctrl+Z takes it back, N goes to the next."))

    def _note(self, id_: int, before: str, now: str) -> None:
        self.undo.push(NoteCommand(self.asks, id_, before, now))
