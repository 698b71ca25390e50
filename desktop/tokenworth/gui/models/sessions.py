"""The table of sessions: ids in order, rows fetched as they come into view.

Sorting and filtering are the store's: a proxy model in Python takes seconds over 50,000 rows.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tokenworth.domain.views import Column, SessionRow
from tokenworth.gui import words
from tokenworth.gui.asks import Asks
from tokenworth.gui.theme import Theme

PAGE_ROWS: Final = 200
COLUMNS: Final[tuple[Column, ...]] = (
    "when", "source", "project", "title", "active", "turns", "outcome", "value", "tokens", "cost",
)  # fmt: skip
NUMBERS: Final = frozenset({"active", "turns", "value", "tokens", "cost"})
HIDDEN: Final = frozenset({"tokens", "cost"})
QUEUED: Final = (*HIDDEN, "active", "turns", "outcome", "value")
"""Columns that say nothing of a session that waits in Review."""
OUTCOMES: Final = {
    "u": "used",
    "p": "in part",
    "k": "kept",
    "d": "discarded",
    "a": "abandoned",
}
SOURCES: Final = {"claude_code": "Claude Code", "codex": "Codex", "chatgpt": "ChatGPT"}
FATE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The code of what became of a session, "-" where nobody looked; of the outcome column only."""
WAITING: Final = "…"
LONG_MIN: Final = 60
"""From here on a value is told in hours."""
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class SessionsModel(QAbstractTableModel):
    """Sessions in an order; `blind` hides the numbers of those not tagged yet."""

    def __init__(self, asks: Asks, theme: Theme) -> None:
        super().__init__()
        self._asks = asks
        self._theme = theme
        self._ids: list[int] = []
        self._rows: dict[int, SessionRow] = {}
        self._asked: set[int] = set()  # pages
        self._round = 0
        self.zone = ""
        self.blind = True

    # what is shown --------------------------------------------------------------------------------

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these sessions; rows are fetched anew."""
        self.beginResetModel()
        self._ids = list(ids)
        self._rows.clear()
        self._asked.clear()
        self._round += 1
        self.endResetModel()

    def ids(self) -> list[int]:
        """Return the sessions shown, in their order."""
        return self._ids

    def id_at(self, row: int) -> int:
        """Return the session of a row."""
        return self._ids[row]

    def row_of(self, id_: int) -> int | None:
        """Return where a session is shown; None where it is not."""
        try:
            return self._ids.index(id_)
        except ValueError:
            return None

    def session(self, row: int) -> SessionRow | None:
        """Return a row's session if it has been fetched."""
        return self._rows.get(self._ids[row]) if 0 <= row < len(self._ids) else None

    def refetch(self, ids: Sequence[int]) -> None:
        """Fetch some rows again and show them where they stand."""
        here = [id_ for id_ in ids if id_ in self._rows]
        self._asks.ask(lambda library: library.rows(here), self._take)

    def set_blind(self, *, on: bool) -> None:
        """Hide or show the numbers of sessions not tagged."""
        if on != self.blind:
            self.blind = on
            self._redraw(0, len(self._ids) - 1)

    def next_untagged(self, row: int) -> int | None:
        """Return the next row fetched, after `row`, that nobody looked at."""
        for at in range(row + 1, len(self._ids)):
            session = self.session(at)
            if session is None or session.status is None:
                return at
        return None

    # Qt's questions -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many sessions are shown."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name, side or tool tip."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads()[column][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._heads()[column][1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return None

    def _heads(self) -> dict[Column, tuple[str, str]]:
        return {
            "when": (self.tr("When"), self.tr("When the session began")),
            "source": (self.tr("Source"), self.tr("The tool it was held in")),
            "project": (self.tr("Project"), self.tr("The repository or folder; worktrees folded")),
            "title": (self.tr("Title"), self.tr("Its title, or how its first request begins")),
            "active": (
                self.tr("Active"),
                self.tr("Your own time, reconstructed from when you did something"),
            ),
            "turns": (self.tr("Turns"), self.tr("Messages you sent")),
            "outcome": (self.tr("Outcome"), self.tr("What became of it, as you said")),
            "value": (
                self.tr("Value"),
                self.tr("By-hand time saved less after-work, as you told"),
            ),
            "tokens": (
                self.tr("Tokens"),
                self.tr("New tokens: fresh input, cache writes and output; ≈ where estimated"),
            ),
            "cost": (self.tr("Price"), self.tr("At the list prices of the day: not a bill")),
        }

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, in one of Qt's roles."""
        if not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        session = self._rows.get(self._ids[index.row()])
        if session is None:
            if role == Qt.ItemDataRole.DisplayRole:
                self._fetch(index.row() // PAGE_ROWS)
                return WAITING
            return None
        return self._of(session, column, role)

    def _of(self, session: SessionRow, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(session, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads()[column][0]}: {self.text(session, column)}"
        if role == FATE_ROLE and column == "outcome":
            return session.fate or "-"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(session, column)
        if role == Qt.ItemDataRole.ForegroundRole and self._is_faint(session, column):
            return self._theme.colour("muted")
        return None

    def _tip(self, session: SessionRow, column: Column) -> str | None:
        if column == "when":
            return words.when(session.start_ts, self.zone)
        if column in ("title", "project", "source"):
            return words.tip(self.text(session, column))
        return None

    def text(self, session: SessionRow, column: Column) -> str:
        """Return what a cell says."""
        if session.queued and column in QUEUED:
            return self.tr("in Review") if column == "outcome" else self.tr("hidden")
        if column in HIDDEN and self.is_hidden(session):
            return self.tr("hidden")
        return _TEXTS[column](self, session)

    def is_hidden(self, session: SessionRow) -> bool:
        """Whether a session's numbers are hidden until it is tagged."""
        return self.blind and session.status != "answered"

    def _is_faint(self, session: SessionRow, column: Column) -> bool:
        if session.queued and column in QUEUED:
            return True
        if column in HIDDEN:
            return self.is_hidden(session)
        return column == "outcome" and session.fate is None

    # texts ----------------------------------------------------------------------------------------

    def _when(self, session: SessionRow) -> str:
        return words.brief(session.start_ts, self.zone)

    def _outcome(self, session: SessionRow) -> str:
        if session.fate is not None:
            return self.tr(OUTCOMES[session.fate])
        if session.status == "skipped":
            return self.tr("skipped")
        if session.status == "cannot_recall":
            return self.tr("not recalled")
        return self.tr("not looked at")

    def _value(self, session: SessionRow) -> str:
        if session.value_min is None:
            return words.DASH
        if abs(session.value_min) < LONG_MIN:
            return words.minutes(session.value_min)
        return words.signed(self.tr("{hours} h").format(hours=f"{session.value_min / 60:.1f}"))

    def _tokens(self, session: SessionRow) -> str:
        if session.new_tokens is None and session.estimated_tokens is not None:
            return words.tokens(session.estimated_tokens, estimated=True)
        return words.tokens(session.new_tokens)

    def _cost(self, session: SessionRow) -> str:
        more = " +" if session.cost_usd is not None and session.unpriced_tokens else ""
        return words.money(session.cost_usd) + more

    # fetching -------------------------------------------------------------------------------------

    def _fetch(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        ids = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
        now = self._round

        def done(rows: list[SessionRow]) -> None:
            if now == self._round:
                self._take(rows)

        self._asks.ask(lambda library: library.rows(ids), done)

    def _take(self, rows: list[SessionRow]) -> None:
        places = []
        wanted = {row.id for row in rows}
        for row in rows:
            self._rows[row.id] = row
        places = [at for at, id_ in enumerate(self._ids) if id_ in wanted]
        if places:
            self._redraw(places[0], places[-1])

    def _redraw(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))


def _side(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


_TEXTS: Final[dict[Column, Callable[[SessionsModel, SessionRow], str]]] = {
    "when": SessionsModel._when,  # noqa: SLF001 - its own table
    "source": lambda _, session: SOURCES.get(session.source, session.source),
    "project": lambda _, session: session.project or words.DASH,
    "title": lambda model, session: session.title or model.tr("(no title)"),
    "active": lambda _, session: words.minutes(session.active_min),
    "turns": lambda _, session: words.count(session.turns),
    "outcome": SessionsModel._outcome,  # noqa: SLF001 - likewise
    "value": SessionsModel._value,  # noqa: SLF001 - likewise
    "tokens": SessionsModel._tokens,  # noqa: SLF001 - likewise
    "cost": SessionsModel._cost,  # noqa: SLF001 - likewise
}
