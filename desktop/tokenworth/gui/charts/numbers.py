"""The numbers behind a chart in a dialog: read, select, copy."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table, csv_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()


class NumbersModel(QAbstractTableModel):
    """A chart's table for Qt."""

    def __init__(self, table: Table, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = table

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words or where they stand."""
        cell = self.table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(cell)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's head."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self.table.rows:
            return _side(self.table.rows[0][section])
        return None


def _side(cell: Cell) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if isinstance(cell, str) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def shown(cell: Cell) -> str:
    """Return a cell for reading: digits in groups, a dash where nothing is known."""
    if cell is None:
        return words.DASH
    if isinstance(cell, float):
        return words.signed(f"{cell:,.2f}")
    return words.count(cell) if isinstance(cell, int) else cell


class NumbersDialog(QDialog):
    """Data as table, to be copied whole or in part."""

    def __init__(self, title: str, told: Sequence[str], table: Table, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = table
        self.view = QTableView()
        self.view.setModel(NumbersModel(table, self))
        self.view.setAccessibleName(title)
        self.view.verticalHeader().hide()
        self.view.setShowGrid(False)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.resizeColumnsToContents()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_all = buttons.addButton(
            self.tr("Copy all as CSV"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_all.clicked.connect(self.copy_everything)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for text in told:
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.view)
        column.addWidget(buttons)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.copy_selection)
        self.resize(940, 520)

    def copy_everything(self) -> None:
        """Put the whole table on the clipboard as CSV."""
        QGuiApplication.clipboard().setText(csv_text(self._table.heads, self._table.rows))

    def copy_selection(self) -> None:
        """Put the selected rows' selected columns on the clipboard as CSV, heads included."""
        chosen = self.view.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        if rows:
            QGuiApplication.clipboard().setText(
                csv_text(
                    [self._table.heads[column] for column in columns],
                    [[self._table.rows[row][column] for column in columns] for row in rows],
                )
            )
