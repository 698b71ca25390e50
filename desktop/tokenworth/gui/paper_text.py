"""Text of a report on paper: letters, paragraphs, lists and tables; never markup."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)

from tokenworth.domain.report import Bullets, Table
from tokenworth.reports.inert import inert

UNIT: Final = 10
"""The text is laid out in tenths of a point: fonts in pixels then have the same size anywhere."""
BODY_PT: Final = 9.5
FIRST_COLUMN: Final = 40
INK, MUTED, LINE = "#1c1f24", "#5d6672", "#c9ccd0"


def font(size: float, *, bold: bool = False) -> QFont:
    """Return the letters of a size in points."""
    font = QFont("DejaVu Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(round(size * UNIT))
    font.setBold(bold)
    return font


def ink(size: float, *, bold: bool = False, muted: bool = False) -> QTextCharFormat:
    """Return how letters look."""
    form = QTextCharFormat()
    form.setFont(font(size, bold=bold))
    form.setForeground(QColor(MUTED if muted else INK))
    return form


def line(  # noqa: PLR0913 -- how a paragraph stands
    cursor: QTextCursor, text: str, form: QTextCharFormat, *, above: float = 3, ground: str = "",
    keep: bool = False,
) -> None:  # fmt: skip
    """Write one paragraph as text, never as markup."""
    block = QTextBlockFormat()
    block.setTopMargin(above * UNIT)
    block.setBottomMargin(2 * UNIT)
    if ground:
        block.setBackground(QColor(ground))
    if keep:
        block.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_Auto)
        block.setNonBreakableLines(True)
    if cursor.atStart():
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    cursor.insertText(inert(text), form)


def bullets(cursor: QTextCursor, one: Bullets) -> None:
    """Write a list."""
    form = QTextListFormat()
    cursor.document().setIndentWidth(14 * UNIT)
    style = QTextListFormat.Style
    form.setStyle(style.ListDecimal if one.numbered else style.ListDisc)
    listed = None
    for item in one.items:
        line(cursor, item, ink(BODY_PT), above=1)
        if listed is None:
            listed = cursor.createList(form)
        else:
            listed.add(cursor.block())
    if one.items:
        cursor.insertBlock(QTextBlockFormat())


def table(cursor: QTextCursor, one: Table, width: float) -> None:
    """Write a table over a width; its head stands on each page."""
    line(cursor, one.caption, ink(BODY_PT, bold=True), above=8, keep=True)
    form = QTextTableFormat()
    form.setHeaderRowCount(1)
    form.setCellPadding(2.5 * UNIT)
    form.setCellSpacing(0)
    form.setBorder(0.4 * UNIT)
    form.setBorderBrush(QColor(LINE))
    form.setBorderCollapse(True)
    form.setWidth(QTextLength(QTextLength.Type.FixedLength, width))
    columns = len(one.heads)
    rest = (100 - FIRST_COLUMN) / max(1, columns - 1)
    percent = QTextLength.Type.PercentageLength
    form.setColumnWidthConstraints(
        [QTextLength(percent, FIRST_COLUMN if i == 0 else rest) for i in range(columns)]
    )
    made = cursor.insertTable(len(one.rows) + 1, columns, form)
    for row, cells in enumerate((one.heads, *one.rows)):
        for column, text in enumerate(cells):
            inside = made.cellAt(row, column).firstCursorPosition()
            side = QTextBlockFormat()
            if column in one.numeric:
                side.setAlignment(Qt.AlignmentFlag.AlignRight)
            inside.setBlockFormat(side)
            inside.insertText(inert(text), ink(8, bold=row == 0))
    cursor.movePosition(QTextCursor.MoveOperation.End)
    if one.note:
        line(cursor, one.note, ink(8, muted=True))
