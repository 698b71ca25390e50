"""The blocks of a report as text on paper: paragraphs, lists, tables and charts; never markup."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextOption,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from tokenworth.domain.report import Block, Bullets, Heading, Paragraph, Picture, Table
from tokenworth.gui.paper_tables import (
    CELL_PT,
    UNIT,
    Rows,
    column_shares,
    columns_of,
    fill,
    font,
    ink,
)
from tokenworth.reports.html import checked
from tokenworth.reports.inert import inert
from tokenworth.reports.svg_marks import colours

BODY_PT: Final = 9.0
LEAD_PT: Final = 10.5
SIZES: Final = {1: 19.0, 2: 13.0, 3: 10.0}
ABOVE: Final = {1: 0.0, 2: 16.0, 3: 9.0}
OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
PICTURE: Final = QTextFormat.ObjectTypes.UserObject + 1
DRAWING: Final = QTextFormat.Property.UserProperty + 1
FIRST_LINES_PT: Final = 28.0
HIGHEST_PT: Final = 560.0
"""A chart higher than this is made smaller: it could not stand on a page with its words."""


class Together(NamedTuple):
    """What is to stand on one page, from one block to another."""

    first: QTextBlock
    last: QTextBlock
    whole: bool = True  # False: the last block's first lines are enough


class Writing:
    """Writes blocks into a document of a width in points, and notes what must stay together."""

    def __init__(self, document: QTextDocument, width: float) -> None:
        self.headings: list[tuple[int, str, QTextBlock]] = []
        self.kept: list[Together | Rows] = []  # in the order of the document
        self._document = document
        self._width = width
        self._cursor = QTextCursor(document)
        self._is_free = True  # the block under the cursor is empty: at the start, after a table
        self._open: QTextBlock | None = None  # a heading whose text has not come yet
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        document.setDocumentMargin(0)
        document.setDefaultFont(font(BODY_PT))
        document.setIndentWidth(12 * UNIT)

    def write(self, blocks: Sequence[Block]) -> None:
        """Write all blocks; laid out once, at the end."""
        self._cursor.beginEditBlock()
        for block in blocks:
            self._write(block)
        self._cursor.endEditBlock()

    def _write(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Bullets):
            self._bullets(block)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._picture(block)

    # text -----------------------------------------------------------------------------------------

    def _line(
        self, text: str, form: QTextCharFormat, *, above: float = 3, below: float = 3
    ) -> QTextBlock:
        """Write one paragraph as text."""
        block = QTextBlockFormat()
        block.setTopMargin(above * UNIT)
        block.setBottomMargin(below * UNIT)
        block.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._is_free:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._is_free = False
        self._cursor.setBlockCharFormat(form)  # what a bullet is drawn in
        self._cursor.insertText(inert(text), form)
        return self._cursor.block()

    def _begin(self, block: QTextBlock) -> QTextBlock:
        """Begin what must stay with what follows, unless it has begun already; return where."""
        if self._open is None:
            self._open = block
        return self._open

    def _end(self, last: QTextBlock, *, whole: bool = True) -> None:
        if self._open is not None:
            self.kept.append(Together(self._open, last, whole))
            self._open = None

    def _heading(self, one: Heading) -> None:
        form = ink(SIZES.get(one.level, BODY_PT), bold=True)
        place = self._line(one.text, form, above=ABOVE.get(one.level, 6), below=2)
        self.headings.append((one.level, inert(one.text), place))
        self._begin(place)

    def _paragraph(self, one: Paragraph) -> None:
        if one.role == "warning":
            self._notice(one.text)
            return
        is_lead = one.role == "lead"
        colour = "muted" if one.role else "text"
        form = ink(LEAD_PT if is_lead else BODY_PT, colour=colour)
        place = self._line(one.text, form, below=6 if is_lead else 3)
        self._end(place, whole=False)

    def _notice(self, text: str) -> None:
        """Write a paragraph on a soft ground."""
        form = self._frame(1)
        made = self._insert(1, 1, form)
        cell = made.cellAt(0, 0)
        ground = QTextTableCellFormat()
        ground.setPadding(7 * UNIT)
        ground.setBackground(QColor(colours()["soft"]))
        cell.setFormat(ground)
        inside = cell.firstCursorPosition()
        inside.insertText(inert(text), ink(BODY_PT))
        self._end(inside.block())

    def _bullets(self, one: Bullets) -> None:
        style = QTextListFormat.Style
        form = QTextListFormat()
        form.setStyle(style.ListDecimal if one.numbered else style.ListDisc)
        listed = None
        for item in one.items:
            place = self._line(item, ink(BODY_PT), above=1, below=1.5)
            if listed is None:
                listed = self._cursor.createList(form)
            else:
                listed.add(self._cursor.block())
            self._end(place, whole=False)

    # tables ---------------------------------------------------------------------------------------

    def _frame(self, columns: int) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setColumns(columns)
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setTopMargin(2 * UNIT)
        form.setBottomMargin(2 * UNIT)
        form.setWidth(QTextLength(QTextLength.Type.FixedLength, self._width * UNIT))
        return form

    def _insert(self, rows: int, columns: int, form: QTextTableFormat) -> QTextTable:
        """Insert a table; the block that Qt needs after it is empty and low."""
        made = self._cursor.insertTable(rows, columns, form)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockCharFormat(ink(1))
        self._is_free = False
        return made

    def _table(self, one: Table) -> None:
        self._begin(self._line(one.caption, ink(BODY_PT, bold=True), above=9, below=1))
        columns = columns_of(one)
        form = self._frame(columns)
        form.setHeaderRowCount(1)
        shares = column_shares(one, columns, self._width)
        kind = QTextLength.Type.PercentageLength
        form.setColumnWidthConstraints([QTextLength(kind, 100 * share) for share in shares])
        made = self._insert(len(one.rows) + 1, columns, form)
        fill(made, one)
        self._end(made.cellAt(min(1, len(one.rows)), 0).firstCursorPosition().block())
        self.kept.append(Rows(made, one))
        if one.note:
            self._line(one.note, ink(CELL_PT, colour="muted"), above=2)

    # charts ---------------------------------------------------------------------------------------

    def _picture(self, one: Picture) -> None:
        """Write a chart with its title above and its words below. Raises ValueError if it acts."""
        checked(one.svg)
        scale = min(1.0, self._width / max(1, one.width), HIGHEST_PT / max(1, one.height))
        form = QTextCharFormat()
        form.setObjectType(PICTURE)
        form.setProperty(DRAWING, (one.svg, one.width * scale, one.height * scale))
        title = ink(BODY_PT, bold=True)
        first = self._begin(self._line(one.title, title, above=10, below=5))
        self._cursor.insertBlock(QTextBlockFormat())
        self._cursor.insertText(OBJECT, form)
        words = self._line(one.words, ink(CELL_PT, colour="muted"), above=5, below=6)
        self.kept.append(Together(first, words))
        self._open = None
