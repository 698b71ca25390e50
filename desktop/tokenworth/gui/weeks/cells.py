"""The delegate that paints the cells of Weeks and knows how high they are."""

from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from tokenworth.gui.charts.bars import fill
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.marks import (
    MARK_GAP_PX,
    MARK_PX,
    TICK_PX,
    Legend,
    Words,
    draw_bar,
    draw_interval,
)
from tokenworth.gui.weeks.words import Mark, Run, Shown

SHOWN_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The cell's Shown; None in the row of a group's name."""
PAD_PX: Final = 12
ABOVE_PX: Final = 9
LEAST_ROW_PX: Final = 35
GROUP_PX: Final = 37
BAR_PX: Final = 15
BAR_GAP_PX: Final = 3
MARK_MOST_PX: Final = 140
MARK_LEAST_PX: Final = 64
WORDS_PX: Final = 196
"""What most differences take beside their mark."""


class CellDelegate(QStyledItemDelegate):
    """Paints the table's cells, and knows how high they are in a width."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table

    def height(self, index: Any, width: int) -> int:
        """Return the pixels a cell needs in a width."""
        shown = index.data(SHOWN_ROLE)
        if shown is None:
            return GROUP_PX
        inner = width - 2 * PAD_PX
        if shown.is_legend:
            return Legend(self._theme, inner).height + 2 * ABOVE_PX
        main, under = self._words(shown, index, inner)
        high = (main.height if main else BAR_PX + BAR_GAP_PX) + (under.height if under else 0)
        if shown.mark is not None and main and not self._beside(main, inner):
            high += 2 * TICK_PX + 2
        return max(LEAST_ROW_PX, round(high) + 2 * ABOVE_PX)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Any) -> QSize:  # noqa: N802 - Qt's name
        """Return the size in the column's present width."""
        width = self._table.columnWidth(index.column())
        return QSize(width, self.height(index, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Paint ground, content and the line below."""
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        shown = index.data(SHOWN_ROLE)
        if state & QStyle.StateFlag.State_Selected and shown is not None:
            painter.fillRect(place, self._theme.colour("accent_soft"))
        foot = place.bottom()
        painter.fillRect(
            place.left(), foot, place.width(), 1, self._theme.colour("hair" if shown else "line")
        )
        if shown is None:
            self._paint_group(painter, place, str(index.data()))
        else:
            self._paint_cell(painter, place, shown, index)
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(self._theme.colour("accent"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def _paint_group(self, painter: QPainter, place: QRect, name: str) -> None:
        painter.setFont(self._theme.font("small", strong=True))
        painter.setPen(self._theme.colour("muted"))
        foot = QRect(place.left() + PAD_PX, place.top(), place.width() - 2 * PAD_PX,
                     place.height() - ABOVE_PX + 2)  # fmt: skip
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignBottom | self._lead()), name)

    def _paint_cell(self, painter: QPainter, place: QRect, shown: Shown, index: Any) -> None:
        inner = place.adjusted(PAD_PX, 0, -PAD_PX, 0)
        if shown.is_legend:
            legend = Legend(self._theme, inner.width())
            inner.setTop(place.top() + (place.height() - legend.height) // 2)
            legend.draw(painter, inner)
            return
        if shown.parts:
            self._paint_bar(painter, inner, shown, index)
            return
        main, under = self._words(shown, index, inner.width())
        if main is None:
            return
        stacked = shown.mark is not None and not self._beside(main, inner.width())
        high = main.height + (under.height if under else 0) + (2 * TICK_PX + 2 if stacked else 0)
        head = place.top() + (place.height() - high) / 2
        if shown.mark is not None:
            self._paint_mark(painter, shown.mark, inner, main, head)
        head += 2 * TICK_PX + 2 if stacked else 0
        main.draw(painter, QPointF(inner.left(), head))
        if shown.is_doubtful:
            left = round(inner.right() - main.width) - MARK_PX - MARK_GAP_PX
            beside = round(head + main.height / 2) - MARK_PX // 2
            fill(painter, self._theme, "-", [QRect(left, beside, MARK_PX, MARK_PX)])
        if under is not None:
            under.draw(painter, QPointF(inner.left(), head + main.height))

    def _paint_bar(self, painter: QPainter, inner: QRect, shown: Shown, index: Any) -> None:
        _, under = self._words(shown, index, inner.width())
        high = BAR_PX + (round(under.height) + BAR_GAP_PX if under else 0)
        top = inner.top() + (inner.height() - high) // 2
        bar = QRect(inner.left(), top, inner.width(), BAR_PX)
        draw_bar(painter, self._theme, bar, shown.parts)
        if under is not None:
            under.draw(painter, QPointF(inner.left(), top + BAR_PX + BAR_GAP_PX))

    def _paint_mark(
        self, painter: QPainter, mark: Mark, inner: QRect, main: Words, top: float
    ) -> None:
        wide = self.mark_px(inner.width())
        high = main.height if self._beside(main, inner.width()) else 2.0 * TICK_PX
        draw_interval(painter, self._theme, QRectF(inner.left(), top, wide, high), mark)

    @staticmethod
    def mark_px(inner: int) -> int:
        """Return how wide the marks of a column are: all alike, so that they share their scale."""
        return max(MARK_LEAST_PX, min(MARK_MOST_PX, inner - WORDS_PX))

    def _beside(self, main: Words, inner: int) -> bool:
        """Whether a mark has room before the words."""
        return main.width + self.mark_px(inner) + MARK_GAP_PX <= inner

    def _words(self, shown: Shown, index: Any, inner: int) -> tuple[Words | None, Words | None]:
        """Return what is written in a cell and what is written smaller below it."""
        side = self._lead() if index.column() == 0 else self._trail()
        text, small = self._theme.font("text"), self._theme.font("small")
        main = under = None
        if shown.runs and not shown.parts:
            room = inner - (MARK_PX + MARK_GAP_PX if shown.is_doubtful else 0)
            main = Words(self._theme, shown.runs, text, inner, side)
            if main.width > room:
                main = Words(self._theme, shown.runs, text, room, side)
        if shown.under:
            under = Words(self._theme, (Run(shown.under),), small, inner, side)
        return main, under

    def _lead(self) -> Qt.AlignmentFlag:
        mirrored = self._table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft

    def _trail(self) -> Qt.AlignmentFlag:
        mirrored = self._table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
