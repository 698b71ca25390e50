"""Every string of the person's that will leave, how often and where, with a search."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.report import OwnString
from tokenworth.gui import words
from tokenworth.gui.export.words import kinds

TEXT: Final = 1
COUNT: Final = 3
MARGIN_PX: Final = 10
LINES: Final = 3
"""Lines of the string chosen, under the table."""


class Strings(QWidget):
    """A list that can be searched; the string chosen stands under it in full."""

    def __init__(self) -> None:
        super().__init__()
        self._all = 0
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search what leaves"))
        self.search.setAccessibleName(self.tr("Search what leaves"))
        self.search.setClearButtonEnabled(True)
        self.rows = QStandardItemModel(0, 4, self)
        self.rows.setHorizontalHeaderLabels(
            [self.tr("What"), self.tr("Text"), self.tr("Where"), self.tr("Times")]
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        role = Qt.ItemDataRole.TextAlignmentRole
        self.rows.setHeaderData(COUNT, Qt.Orientation.Horizontal, right, role)
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.rows)
        self.found.setFilterKeyColumn(-1)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.textChanged.connect(self._search)
        self.table = self._table()
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName(self.tr("The string chosen, in full"))
        self.whole.setPlaceholderText(self.tr("The string chosen in the table, in full"))
        self.whole.setFixedHeight(LINES * self.whole.fontMetrics().lineSpacing() + 2 * MARGIN_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MARGIN_PX, 0, 0)
        for widget in (self.told, self.search, self.table, self.whole):
            column.addWidget(widget)

    def show_strings(self, strings: Sequence[OwnString]) -> int:
        """Show what leaves, each string once; return how many there are."""
        self.rows.removeRows(0, self.rows.rowCount())
        gathered: dict[tuple[str, str], list[str]] = {}
        for one in strings:
            gathered.setdefault((one.kind, one.text), []).append(one.where)
        names = kinds()
        for (kind, text), places in gathered.items():
            times = QStandardItem(words.count(len(places)))
            times.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            where = ", ".join(dict.fromkeys(places))
            shown = (names.get(kind, kind), text, where)
            self.rows.appendRow([*(QStandardItem(part) for part in shown), times])
        self._all = len(gathered)
        for column in (0, COUNT):
            self.table.resizeColumnToContents(column)
        self._search(self.search.text())
        self._show_whole(self.table.currentIndex())
        return self._all

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.found)
        table.setAccessibleName(self.tr("Strings of yours that leave"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column in (TEXT, TEXT + 1):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._show_whole)
        return table

    def _search(self, text: str) -> None:
        self.found.setFilterFixedString(text)
        left = self._all
        if not left:
            self.told.setText(self.tr("No word or name of yours leaves."))
            return
        if left == 1:
            told = self.tr("Of your own words and names nothing leaves but this one string.")
        else:
            told = self.tr("Of your own words and names nothing leaves but these {n} strings.")
        if text:
            told += self.tr(" Found: {found}.")
        found = words.count(self.found.rowCount())
        self.told.setText(told.format(n=words.count(left), found=found))

    def _show_whole(self, now: QModelIndex) -> None:
        text = self.found.index(now.row(), TEXT).data() if now.isValid() else ""
        self.whole.setPlainText(text or "")
