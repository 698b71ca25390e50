"""Tables of a report on paper: as wide as the text, their rows whole, their head on each page."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
    QTextTableCellFormat,
)

from tokenworth.domain.report import Table
from tokenworth.reports.inert import inert
from tokenworth.reports.svg_marks import colours

UNIT: Final = 10
"""The text is laid out in tenths of a point: fonts in pixels then have the same size anywhere."""
FAMILIES: Final = ("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "DejaVu Sans")
CELL_PT: Final = 8.0
SIDE_PT: Final = 5.0
CELL_ABOVE_PT: Final = 2.6
LEAST_COLUMN: Final = 0.07
WIDEST_CELL_PT: Final = 260.0
BREAK: Final = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore


class Rows(NamedTuple):
    """A table whose rows are not to be torn, and what its rest on another page is made from."""

    made: QTextTable
    table: Table


def font(size: float, *, bold: bool = False) -> QFont:
    """Return the letters of a size in points."""
    found = QFont(list(FAMILIES))
    found.setStyleHint(QFont.StyleHint.SansSerif)
    found.setPixelSize(round(size * UNIT))
    found.setBold(bold)
    return found


def ink(size: float, *, bold: bool = False, colour: str = "text") -> QTextCharFormat:
    """Return how letters look; the colour is the light theme's, for paper is white."""
    form = QTextCharFormat()
    form.setFont(font(size, bold=bold))
    form.setForeground(QColor(colours()[colour]))
    return form


def columns_of(one: Table) -> int:
    """Return how many columns a table has: one at least."""
    return max([len(one.heads), *(len(row) for row in one.rows), 1])


def fill(made: QTextTable, one: Table) -> None:
    """Write a table's head and rows into their cells."""
    for row, cells in enumerate((one.heads, *one.rows)):
        for column in range(made.columns()):
            cell = made.cellAt(row, column)
            cell.setFormat(_cell_format(column, made.columns(), is_head=row == 0))
            inside = cell.firstCursorPosition()
            side = QTextBlockFormat()
            if column in one.numeric:
                side.setAlignment(Qt.AlignmentFlag.AlignRight)
            inside.setBlockFormat(side)
            text = cells[column] if column < len(cells) else ""
            inside.insertText(inert(text), _cell_ink(row, column, one))


def split(rows: Rows, at: int) -> Rows:
    """Move a table's rows from ``at`` on to the next page, under the same head."""
    form = rows.made.format()
    count = rows.made.rows() - at
    edit = rows.made.firstCursorPosition()
    edit.beginEditBlock()  # else each cell is laid out anew
    rows.made.removeRows(at, count)
    cursor = rows.made.lastCursorPosition()
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
    form.setPageBreakPolicy(BREAK)
    made = cursor.insertTable(count + 1, rows.made.columns(), form)
    rest = msgspec.structs.replace(rows.table, rows=rows.table.rows[at - 1 :])
    fill(made, rest)
    edit.endEditBlock()
    return Rows(made, rest)


def _cell_format(column: int, columns: int, *, is_head: bool) -> QTextTableCellFormat:
    form = QTextTableCellFormat()
    form.setTopPadding(CELL_ABOVE_PT * UNIT)
    form.setBottomPadding(CELL_ABOVE_PT * UNIT)
    form.setLeftPadding(SIDE_PT * UNIT if column else 0)
    form.setRightPadding(SIDE_PT * UNIT if column < columns - 1 else 0)
    form.setBottomBorder(0.8 * UNIT if is_head else 0.4 * UNIT)
    form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBottomBorderBrush(QColor(colours()["faint" if is_head else "line"]))
    if is_head:
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBottom)
    return form


def _cell_ink(row: int, column: int, one: Table) -> QTextCharFormat:
    if not row:
        return ink(CELL_PT, bold=True)
    is_quiet = column > 0 and column not in one.numeric
    return ink(CELL_PT, colour="muted" if is_quiet and one.numeric else "text")


def column_shares(one: Table, columns: int, width: float) -> list[float]:
    """Return what part of a width (points) each column gets: room for its words, no more."""
    plain, bold = (QFontMetricsF(font(CELL_PT, bold=is_bold)) for is_bold in (False, True))
    wanted, least = [], []
    for column in range(columns):
        said = [(plain, row[column]) for row in one.rows if column < len(row)]
        said += [(bold, one.heads[column])] if column < len(one.heads) else []
        sides = (SIDE_PT if column else 0) + (SIDE_PT if column < columns - 1 else 0) + 1
        longest = _longest(said, lambda text: [text])
        word = _longest(said, str.split)
        wanted.append(min(longest, WIDEST_CELL_PT) + sides)
        least.append(min(word, width / columns) + sides)
    return _shared(wanted, least, width)


def _longest(said: Sequence[tuple[QFontMetricsF, str]], parts: Callable[[str], list[str]]) -> float:
    return max(
        (metrics.horizontalAdvance(part) / UNIT for metrics, text in said
         for part in parts(inert(text))),
        default=0.0,
    )  # fmt: skip


def _shared(wanted: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Return parts of 1: all that is wanted if there is room, else what is over the least, cut."""
    floor = [max(one, LEAST_COLUMN * width) for one in least]
    goal = [max(pair) for pair in zip(wanted, floor, strict=True)]
    if sum(goal) <= width:
        spare = (width - sum(goal)) / sum(goal)
        return [one * (1 + spare) / width for one in goal]
    over = max(0.0, width - sum(floor))
    more = [g - f for g, f in zip(goal, floor, strict=True)]
    given = [f + over * m / (sum(more) or 1.0) for f, m in zip(floor, more, strict=True)]
    return [one / sum(given) for one in given]
