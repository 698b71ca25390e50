"""Where it all comes from: tools and exports, their last import, and what could not be read."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.views import Found, ProblemRow, SourceRow
from tokenworth.gui import words
from tokenworth.gui.icons import icon
from tokenworth.gui.labels import label
from tokenworth.gui.page import Page
from tokenworth.gui.pages.first_run import FirstRun

ROW_PX: Final = 34
MOST_ROWS: Final = 8
FILE_PX: Final = 330
SHOWN_PROBLEMS: Final = 2000
NUMBERS: Final = frozenset({1, 6})
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableWidget):
    """A table to read and to copy from."""

    def __init__(self, name: str, titles: Sequence[str], stretched: int) -> None:
        super().__init__(0, len(titles))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(titles)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    def fill(self, rows: Sequence[Sequence[str]], numbers: frozenset[int] = frozenset()) -> None:
        """Show rows of words; ``numbers`` are the columns set to the right."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = QTableWidgetItem(text)
                if column in numbers:
                    cell.setTextAlignment(RIGHT)
                self.setItem(number, column, cell)
        for column in numbers:
            self.model().setHeaderData(
                column, Qt.Orientation.Horizontal, RIGHT, Qt.ItemDataRole.TextAlignmentRole
            )

    def set_tip(self, row: int, column: int, text: str) -> None:
        """Show imported text as a cell's tool tip."""
        index = self.model().index(row, column)
        self.model().setData(index, words.tip(text), Qt.ItemDataRole.ToolTipRole)

    def copy(self) -> None:
        """Copy the selected rows, or all if none is, as lines with tabs."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        lines = (
            "\t".join(
                str(self.model().index(row, column).data()) for column in range(self.columnCount())
            )
            for row in chosen or range(self.rowCount())
        )
        QGuiApplication.clipboard().setText("\n".join(lines))


class SourcesPage(Page):
    """The place Sources; while the store is empty, the first-run page."""

    import_asked = Signal(object)
    """Kinds of tools to import from."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.name = self.tr("Sources")
        self._visible = False
        self.first_run = FirstRun()
        self.first_run.import_asked.connect(self.import_asked)
        self.first_run.files_asked.connect(lambda: self._run("import_files"))
        self.first_run.demo_asked.connect(lambda: self._run("demo"))
        self.summary = label("", "muted")
        self.table = PlainTable(
            self.tr("Sources"),
            (
                self.tr("Name"),
                self.tr("Sessions"),
                self.tr("First day"),
                self.tr("Last day"),
                self.tr("Tokens"),
                self.tr("Last import"),
                self.tr("Problems"),
            ),
            stretched=0,
        )
        self.problems_title = label("", "heading")
        self.problems = PlainTable(
            self.tr("Problems"),
            (self.tr("File"), self.tr("Line"), self.tr("What")),
            stretched=2,
        )
        self.problems.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.problems.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.problems.setColumnWidth(0, FILE_PX)
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setProperty("role", "link")
        self.copy.setToolTip(self.tr("Copy the selected problems, or all if none is selected"))
        self.copy.clicked.connect(self._copy)
        self.theme.changed.connect(self._restyle)
        self._restyle()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.first_run)
        self._stack.addWidget(self._listing())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.asks.changed.connect(self._ask_if_visible)

    def shown(self) -> None:
        """Ask for the sources, or for what could be one."""
        self._visible = True
        self._ask()

    def hideEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Ask nothing while another place is shown."""
        self._visible = False
        super().hideEvent(event)

    @property
    def empty(self) -> bool:
        """Whether the first-run page is shown."""
        return self._stack.currentWidget() is self.first_run

    def show_sources(self, rows: Sequence[SourceRow]) -> None:
        """Fill the table; show the first-run page if there is nothing to fill it with."""
        if not any(row.sessions or row.last_import_ts is not None for row in rows):
            self._stack.setCurrentWidget(self.first_run)
            self.asks.ask(lambda library: library.found(), self.show_found)
            return
        self._stack.setCurrentIndex(1)
        self.summary.setText(self._sentence(rows))
        self.table.fill([self._cells(row) for row in rows], NUMBERS)
        for number, row in enumerate(rows):
            if row.places:
                self.table.set_tip(number, 0, ", ".join(row.places))
        height = self.table.horizontalHeader().sizeHint().height() + ROW_PX * len(rows) + 4
        self.table.setFixedHeight(min(height, MOST_ROWS * ROW_PX))

    def show_found(self, found: Sequence[Found]) -> None:
        """List what was found on this machine."""
        self.first_run.set_store(
            self.tr(
                "What you import is kept in {path}, which only you can read. It is not encrypted."
            ).format(path=self.asks.path)
        )
        self.first_run.show_found(found)

    def show_problems(self, rows: Sequence[ProblemRow]) -> None:
        """List what could not be read."""
        some = bool(rows)
        self.problems.setVisible(some)
        self.copy.setVisible(some)
        if not some:
            self.problems_title.setText(self.tr("Nothing was left out for being unreadable."))
            return
        shown = rows[:SHOWN_PROBLEMS]
        count = words.count(len(rows))
        self.problems_title.setText(
            self.tr("Problems: {count}").format(count=count)
            if len(shown) == len(rows)
            else self.tr("Problems: the first {shown} of {count}").format(
                shown=words.count(len(shown)), count=count
            )
        )
        self.problems.fill(
            [
                (row.file, words.count(row.line) if row.line else words.DASH, row.words)
                for row in shown
            ],
            frozenset({1}),
        )
        for number, row in enumerate(shown):
            self.problems.set_tip(number, 0, row.file)
            self.problems.set_tip(number, 2, row.words)

    def _listing(self) -> QWidget:
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(label(self.tr("Where this is from"), "title"))
        titles.addWidget(self.summary)
        top.addLayout(titles, 1)
        for name, text in (
            ("import_found", self.tr("Import what is found")),
            ("import_files", self.tr("Open files or an export…")),
        ):
            button = QPushButton(text)
            button.clicked.connect(lambda _=False, name=name: self._run(name))
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(self.problems_title, 1)
        row.addWidget(self.copy)
        column.addSpacing(8)
        column.addLayout(row)
        column.addWidget(self.problems, 1)
        column.addStretch(0)
        return listing

    def _restyle(self) -> None:
        self.copy.setIcon(icon("copy", self.theme, "accent"))

    def _ask_if_visible(self) -> None:
        if self._visible:
            self._ask()

    def _ask(self) -> None:
        self.asks.ask(lambda library: library.sources(), self.show_sources)
        self.asks.ask(lambda library: library.problems(), self.show_problems)

    def _run(self, name: str) -> None:
        self.window_actions.entry(name).run()

    def _copy(self) -> None:
        self.problems.copy()
        self.message.emit(self.tr("Copied."))

    def _sentence(self, rows: Sequence[SourceRow]) -> str:
        last = max((row.last_import_ts for row in rows if row.last_import_ts), default=None)
        said = (
            self.tr("1 tool or export · last import {when}")
            if len(rows) == 1
            else self.tr("{count} tools and exports · last import {when}")
        )
        return said.format(count=len(rows), when=words.lately(last))

    def _cells(self, row: SourceRow) -> tuple[str, ...]:
        counting = {
            "recorded": self.tr("recorded"),
            "estimated": self.tr("≈ estimated"),
            "absent": self.tr("not recorded"),
        }
        return (
            row.name,
            words.count(row.sessions),
            words.day(row.first_ts) if row.first_ts else words.DASH,
            words.day(row.last_ts) if row.last_ts else words.DASH,
            counting.get(row.counting, row.counting),
            words.lately(row.last_import_ts),
            words.count(row.problems),
        )
