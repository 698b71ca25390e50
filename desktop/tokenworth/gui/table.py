"""The table of sessions: as many columns as there is room for, and what is chosen in it."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tokenworth.domain.views import Column, SessionRow
from tokenworth.gui.asks import Asks
from tokenworth.gui.models.sessions import COLUMNS, FATE_ROLE, SessionsModel
from tokenworth.gui.theme import Theme

ROW_PX: Final = 32
MARK_PX: Final = 10
SCROLLBAR_PX: Final = 16
MOST_COPIED: Final = 5000
WIDTHS: Final[dict[Column, int]] = {
    "title": 138, "when": 122, "outcome": 132, "value": 78, "tokens": 84, "cost": 84,
    "project": 112, "active": 76, "source": 108, "turns": 66,
}  # fmt: skip
"""Columns in the order in which they are given room; the title takes what is left."""


class OutcomeDelegate(QStyledItemDelegate):
    """A coloured mark before the outcome's word; hatched where nobody looked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Any) -> None:  # noqa: N802 - Qt's
        """Leave room for the mark."""
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.decorationSize = QSize(MARK_PX, MARK_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Paint the cell, then the mark."""
        super().paint(painter, option, index)
        fate = index.data(FATE_ROLE)
        if fate is None:
            return
        top = option.rect.top() + (option.rect.height() - MARK_PX) // 2
        mark = QRect(QPoint(option.rect.left() + 11, top), QSize(MARK_PX, MARK_PX))
        colour = self._theme.fate_colour(fate)
        if fate == "-":
            painter.fillRect(mark, self._theme.colour("soft"))
            painter.fillRect(mark, QBrush(colour, Qt.BrushStyle.BDiagPattern))
        else:
            painter.fillRect(mark, colour)


class SessionsTable(QTableView):
    """Sessions, one a row."""

    def __init__(self, asks: Asks, theme: Theme) -> None:
        super().__init__()
        self.sessions = SessionsModel(asks, theme)
        self.setModel(self.sessions)
        self.setAccessibleName(self.tr("Sessions"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setItemDelegateForColumn(COLUMNS.index("outcome"), OutcomeDelegate(theme, self))
        theme.changed.connect(self.viewport().update)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(ROW_PX)
        self._dress_head(self.horizontalHeader())

    def _dress_head(self, head: QHeaderView) -> None:
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(40)
        for column, width in WIDTHS.items():
            head.resizeSection(COLUMNS.index(column), width)
        head.setSectionResizeMode(COLUMNS.index("title"), QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many columns as there is room for."""
        room = self.width() - SCROLLBAR_PX
        for column, width in WIDTHS.items():
            room -= width
            self.setColumnHidden(COLUMNS.index(column), room < 0)
        super().resizeEvent(event)

    def order(self) -> tuple[Column, bool]:
        """Return the column sorted by, and whether from the top down."""
        head = self.horizontalHeader()
        down = head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return COLUMNS[head.sortIndicatorSection()], down

    def chosen(self) -> list[int]:
        """Return the sessions chosen, in the order shown."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.sessions.id_at(row) for row in rows]

    def choose(self, ids: Sequence[int]) -> None:
        """Choose these sessions, or the first where none of them is shown."""
        places = [row for id_ in ids if (row := self.sessions.row_of(id_)) is not None]
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for number, row in enumerate(places):
            index = self.sessions.index(row, 0)
            selection.select(index, flags.Select | flags.Rows)
            if not number:
                selection.setCurrentIndex(index, flags.NoUpdate)
        if not places and self.sessions.ids():
            self.selectRow(0)

    def choose_next_untagged(self) -> bool:
        """Choose the next session nobody looked at; return whether there is one."""
        row = self.sessions.next_untagged(self.currentIndex().row())
        if row is None:
            return False
        self.selectRow(row)
        self.scrollTo(self.sessions.index(row, 0))
        self.setFocus()
        return True

    def session(self, id_: int) -> SessionRow | None:
        """Return a session that is shown and fetched."""
        row = self.sessions.row_of(id_)
        return None if row is None else self.sessions.session(row)

    def as_text(self) -> str:
        """Return the chosen rows, tab by tab; what is hidden stays hidden."""
        model = self.sessions
        heads = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(len(COLUMNS))]
        lines = ["\t".join(heads)]
        for id_ in self.chosen()[:MOST_COPIED]:
            session = self.session(id_)
            if session is not None:
                cells = [model.text(session, column) for column in COLUMNS]
                lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        return "\n".join(lines)
