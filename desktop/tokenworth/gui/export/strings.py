"""Every string of the person's that will leave, with a search."""

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.report import OwnString


class Strings(QWidget):
    """A list that can be searched."""

    def __init__(self) -> None:
        super().__init__()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search what leaves"))
        self.search.setAccessibleName(self.tr("Search what leaves"))
        self.search.setClearButtonEnabled(True)
        self.rows = QStandardItemModel(0, 3, self)
        self.rows.setHorizontalHeaderLabels([self.tr("What"), self.tr("Text"), self.tr("Where")])
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.rows)
        self.found.setFilterKeyColumn(-1)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.textChanged.connect(self.found.setFilterFixedString)
        self.table = QTableView()
        self.table.setModel(self.found)
        self.table.setAccessibleName(self.tr("Strings of yours that leave"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        for widget in (self.told, self.search, self.table):
            column.addWidget(widget)

    def show_strings(self, strings: Sequence[OwnString]) -> None:
        """Show what leaves."""
        self.rows.removeRows(0, self.rows.rowCount())
        for one in strings:
            self.rows.appendRow([QStandardItem(text) for text in (one.kind, one.text, one.where)])
        self.table.resizeColumnToContents(0)
        self.table.resizeColumnToContents(2)
        if strings:
            words = self.tr("Of your own words and names, only these {n} leave:")
            self.told.setText(words.format(n=len(strings)))
        else:
            self.told.setText(self.tr("No word or name of yours leaves."))
