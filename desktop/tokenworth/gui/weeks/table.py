"""The table of Weeks: as high as what is in it, its head in sight, every cell by keyboard."""

from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMoveEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QToolTip,
    QWidget,
)

from tokenworth.domain.comparison import Comparison
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.cells import PAD_PX, CellDelegate
from tokenworth.gui.weeks.marks import Words
from tokenworth.gui.weeks.model import WeeksModel
from tokenworth.gui.weeks.words import Run

HEAD_PX: Final = 34
HEAD_PAD_PX: Final = 8
PERIOD_MOST_PX: Final = 214
PERIOD_LEAST_PX: Final = 92
PERIOD_SHARES: Final = {1: 0.2, 2: 0.195, 3: 0.155, 4: 0.13}
NAME_SHARES: Final = {1: 0.28, 2: 0.28, 3: 0.22, 4: 0.2}
BARE: Final = """
QTableView, QHeaderView { background: transparent; border: none; border-radius: 0; }
"""
"""The page shows through; colours are painted from the theme."""


class Head(QHeaderView):
    """The periods' names, a click on which opens their sessions."""

    def __init__(self, theme: Theme, model: WeeksModel, table: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme = theme
        self._weeks = model
        self._over = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(PERIOD_LEAST_PX // 2)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.sectionEntered.connect(self._point)

    def height_needed(self) -> int:
        """Return the height of the highest name in the present widths."""
        highest = 0.0
        for column in range(self.count()):
            highest = max(highest, sum(part.height for part in self._words(column)))
        return max(HEAD_PX, round(highest) + 2 * HEAD_PAD_PX)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height needed."""
        return QSize(0, self.height_needed())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's
        """Paint a name at the foot, on the page's own ground: rows pass behind it."""
        painter.save()
        painter.fillRect(rect, self._theme.colour("window"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._theme.colour("line"))
        parts = self._words(section)
        top = rect.bottom() - HEAD_PAD_PX - sum(part.height for part in parts)
        for part in parts:
            part.draw(painter, QPoint(rect.left() + PAD_PX, round(top)).toPointF())
            top += part.height
        if section == self._over and self._weeks.period_at(section) is not None:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            foot = rect.bottom()
            painter.drawLine(rect.left() + PAD_PX, foot, rect.right() - PAD_PX, foot)
        painter.restore()

    def leaveEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Forget the name pointed at."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._point(-1)

    def _point(self, section: int) -> None:
        self._over = section
        at = self._weeks.period_at(section)
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(arrow if at is None else hand)
        self.viewport().update()

    def _words(self, section: int) -> list[Words]:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        side = left if mirrored else right
        room = self.sectionSize(section) - 2 * PAD_PX
        name, under = self._weeks.head(section)
        strong, small = self._theme.font("small", strong=True), self._theme.font("small")
        parts = [Words(self._theme, (Run(name, is_value=True),), strong, room, side)]
        if under:
            parts.append(Words(self._theme, (Run(under),), small, room, side))
        return parts


class WeeksTable(QTableView):
    """Periods side by side."""

    period_opened = Signal(int)
    """The place of a period whose sessions are asked for."""

    moved = Signal()
    """What stands above has become higher or lower."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._drop = 0
        self.weeks = WeeksModel()
        self.cells = CellDelegate(theme, self)
        self.head = Head(theme, self.weeks, self)
        self.setModel(self.weeks)
        self.setItemDelegate(self.cells)
        self.setHorizontalHeader(self.head)
        self.verticalHeader().hide()
        self.setStyleSheet(BARE)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAutoScroll(False)
        self.setCornerButtonEnabled(False)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Weeks side by side"))
        self.setAccessibleDescription(
            self.tr("Arrow keys go from cell to cell, Space tells all of it, Enter opens sessions")
        )
        self.head.sectionClicked.connect(self._open)
        theme.changed.connect(self.restyle)

    def show_comparison(self, comparison: Comparison, today: date, *, elapsed: bool) -> None:
        """Show another comparison; the cell that was chosen stays it."""
        chosen = self.currentIndex()
        key = self.weeks.key_at(chosen.row()) if chosen.isValid() else ""
        self.weeks.show(comparison, today, elapsed=elapsed)
        self.clearSpans()
        for row in range(self.weeks.rowCount()):
            if self.weeks.is_group(row):
                self.setSpan(row, 0, 1, self.weeks.columnCount())
        self.fit()
        row_now = self.weeks.row_of(key)
        if row_now is None:
            row_now = 1
        column = min(max(chosen.column(), 0), self.weeks.columnCount() - 1)
        if self.weeks.rowCount():
            self.setCurrentIndex(self.weeks.index(row_now, column))
            self.clearSelection()

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        self.fit()
        self.viewport().update()
        self.head.viewport().update()

    def fit(self) -> None:
        """Share the width among the columns and be as high as the rows need."""
        columns = self.weeks.columnCount()
        if not columns:
            self.setFixedHeight(0)
            return
        for column, width in enumerate(self._widths(columns - 2)):
            self.setColumnWidth(column, width)
        for row in range(self.weeks.rowCount()):
            here = range(1 if self.weeks.is_group(row) else columns)
            self.setRowHeight(
                row,
                max(
                    self.cells.height(self.weeks.index(row, at), self.columnWidth(at))
                    for at in here
                ),
            )
        self.head.setFixedHeight(self.head.height_needed())
        rows = sum(self.rowHeight(row) for row in range(self.weeks.rowCount()))
        self.setFixedHeight(self.head.height() + rows + 2)

    def _widths(self, periods: int) -> list[int]:
        whole = self.width()
        most = max(PERIOD_LEAST_PX, round(whole * PERIOD_SHARES.get(periods, 0.13)))
        period = min(PERIOD_MOST_PX, most)
        name = round(whole * NAME_SHARES.get(periods, 0.2))
        return [name, *[period] * periods, max(period, whole - name - period * periods)]

    def keep_head(self, hidden: int) -> None:
        """Keep the head in sight while so many pixels of the table are out of it."""
        self._drop = max(0, min(hidden, self.height() - self.head.height()))
        self.head.move(self.head.x(), self._drop)
        self.head.raise_()

    def as_text(self) -> str:
        """Return the chosen cells, or all if at most one is, tab by tab."""
        chosen = self.selectedIndexes()
        if len(chosen) > 1:
            return self.weeks.as_text(
                {index.row() for index in chosen}, {index.column() for index in chosen}
            )
        return self.weeks.as_text(range(self.weeks.rowCount()), range(self.weeks.columnCount()))

    def copy(self) -> None:
        """Put the chosen cells on the clipboard."""
        if self.weeks.rowCount():
            QGuiApplication.clipboard().setText(self.as_text())

    def tell(self) -> None:
        """Show the chosen cell's whole sentence beside it, as pointing at it does."""
        index = self.currentIndex()
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        if tip:
            place = self.visualRect(index)
            QToolTip.showText(self.viewport().mapToGlobal(place.bottomLeft()), str(tip), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy, tell, open; the rest is the table's own."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space:
            self.tell()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that it has moved."""
        super().moveEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Qt puts the head on top: put it back where it was."""
        super().updateGeometries()
        self.keep_head(self._drop)

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: QModelIndex,  # type: ignore[override]
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Stay: all of the table is there, and the page scrolls."""

    def _open(self, column: int) -> None:
        at = self.weeks.period_at(column)
        if at is not None:
            self.period_opened.emit(at)
