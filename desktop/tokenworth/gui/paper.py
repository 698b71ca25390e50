"""A report on paper: PDF with vector charts, a printer, and single charts as PNG."""

from typing import Any, Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from tokenworth.domain.report import (
    Block,
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Report,
    Table,
)
from tokenworth.gui.paper_text import BODY_PT, INK, MUTED, UNIT, bullets, font, ink, line, table
from tokenworth.gui.pdf_file import Mark, finish
from tokenworth.reports.html import checked
from tokenworth.reports.inert import inert

MARGIN_MM: Final = 18
MM_PER_INCH: Final = 25.4
POINTS_PER_INCH: Final = 72
RESOLUTION: Final = 1200
FOOT_PT: Final = 24
SIZES: Final = {1: 18, 2: 13, 3: 10.5}
PAPERS: Final = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
PICTURE: Final = QTextFormat.ObjectTypes.UserObject + 1
DRAWING: Final = QTextFormat.Property.UserProperty + 1
_kept: list[QGuiApplication] = []


def ready() -> None:
    """Make Qt's application where there is none: PDF and PNG need one, but no display."""
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["tokenworth"]))


class _Drawing(QPyTextObject):
    """Draws a chart inside the text, as vectors."""

    def intrinsicSize(  # noqa: N802 -- Qt's name
        self, _document: QTextDocument, _place: int, form: QTextFormat
    ) -> QSizeF:
        """Return the chart's size in points."""
        _, width, height = form.property(DRAWING)
        return QSizeF(width * UNIT, height * UNIT)

    def drawObject(  # noqa: N802 -- Qt's
        self, painter: QPainter, rect: QRectF | QRect, _document: QTextDocument, _place: int,
        form: QTextFormat,
    ) -> None:  # fmt: skip
        """Draw the chart."""
        text, _, _ = form.property(DRAWING)
        QSvgRenderer(QByteArray(text.encode())).render(painter, rect)


class Sheets:
    """A report laid out on pages of one size."""

    def __init__(self, report: Report, paper: Paper) -> None:
        self.report = report
        self.document = QTextDocument()
        size = QPageSize(PAPERS[paper]).size(QPageSize.Unit.Point)
        margin = MARGIN_MM / MM_PER_INCH * POINTS_PER_INCH
        self.body = QSizeF(size.width() - 2 * margin, size.height() - 2 * margin - FOOT_PT)
        self._page = self.body * UNIT
        self.headings: list[tuple[int, str, int]] = []
        self._drawing = _Drawing(self.document)
        layout = self.document.documentLayout()
        layout.registerHandler(PICTURE, self._drawing)
        self.document.setDocumentMargin(0)
        self.document.setDefaultFont(font(BODY_PT))
        self.document.setPageSize(self._page)
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()  # else each cell is laid out anew
        for block in report.blocks:
            self._write(cursor, block)
        cursor.endEditBlock()
        self._keep_headings()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.document.pageCount()

    def marks(self) -> list[Mark]:
        """Return the headings with their page (from 0) and how far down it they stand (0 to 1)."""
        found = []
        layout = self.document.documentLayout()
        for level, text, place in self.headings:
            top = layout.blockBoundingRect(self.document.findBlock(place)).top()
            page, down = divmod(top, self._page.height())
            found.append(Mark(level, text, int(page), down / self._page.height()))
        return found

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw one page (from 0) at the painter's origin, in points."""
        painter.save()
        painter.scale(1 / UNIT, 1 / UNIT)
        painter.save()
        top = page * self._page.height()
        painter.translate(0, -top)
        context = self.document.documentLayout().PaintContext()
        context.palette.setColor(context.palette.ColorRole.Text, QColor(INK))
        context.clip = QRectF(QPointF(0, top), self._page)
        painter.setClipRect(context.clip)
        self.document.documentLayout().draw(painter, context)
        painter.restore()
        painter.setFont(font(7.5))
        painter.setPen(QColor(MUTED))
        foot = QRectF(
            0, self._page.height() + FOOT_PT / 2 * UNIT, self._page.width(), FOOT_PT * UNIT
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, inert(self.report.title))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"Page {page + 1} of {self.pages}")
        painter.restore()

    def _keep_headings(self) -> None:
        """Move a heading that ends a page to the next one, where what it heads stands."""
        layout = self.document.documentLayout()
        for _, _, place in self.headings:
            block = self.document.findBlock(place)
            below = layout.blockBoundingRect(block.next())
            is_drawing = block.next().text() == OBJECT
            ends = (
                layout.blockBoundingRect(block).top(),
                (below.bottom() if is_drawing else below.top()),
            )
            if int(ends[0] // self._page.height()) != int(ends[1] // self._page.height()):
                form = QTextBlockFormat(block.blockFormat())
                form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(form)

    # writing --------------------------------------------------------------------------------------

    def _write(self, cursor: QTextCursor, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(cursor, block)
        elif isinstance(block, Paragraph):
            size = BODY_PT + (1.5 if block.role == "lead" else 0)
            line(cursor, block.text, ink(size, muted=block.role == "muted"),
                  ground="#f3f4f2" if block.role == "warning" else "")  # fmt: skip
        elif isinstance(block, Bullets):
            bullets(cursor, block)
        elif isinstance(block, Table):
            table(cursor, block, self._page.width())
        else:
            self._picture(cursor, block)

    def _heading(self, cursor: QTextCursor, one: Heading) -> None:
        form = ink(SIZES.get(one.level, BODY_PT), bold=True)
        line(cursor, one.text, form, above=4 if one.level == 1 else 12, keep=True)
        self.headings.append((one.level, inert(one.text), cursor.block().position()))

    def _picture(self, cursor: QTextCursor, one: Picture) -> None:
        checked(one.svg)
        scale = min(1.0, self.body.width() / one.width)
        form = QTextCharFormat()
        form.setObjectType(PICTURE)
        form.setProperty(DRAWING, (one.svg, one.width * scale, one.height * scale))
        cursor.insertBlock()
        cursor.insertText(OBJECT, form)
        line(cursor, f"{one.title}. {one.words}", ink(8, muted=True))


# out ----------------------------------------------------------------------------------------------


def pdf(report: Report, paper: Paper = "A4") -> bytes:
    """Return the report as PDF: title, language, outline, no word of this machine."""
    ready()
    sheets = Sheets(report, paper)
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setResolution(RESOLUTION)
    writer.setTitle(inert(report.title))
    writer.setCreator("Tokenworth")
    writer.setPageLayout(_layout(paper))
    painter = QPainter(writer)
    _paint(sheets, painter, writer, RESOLUTION)
    painter.end()
    size = QPageSize(PAPERS[paper]).size(QPageSize.Unit.Point)
    margin = MARGIN_MM / MM_PER_INCH * POINTS_PER_INCH
    top, body = size.height() - margin, sheets.body.height()
    marks = [(mark, top - mark.down * body) for mark in sheets.marks()]
    return finish(bytes(held.data().data()), report, marks)


def _layout(paper: Paper) -> QPageLayout:
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(PAPERS[paper]), upright, margins, QPageLayout.Unit.Millimeter)


def print_to(report: Report, printer: Any, paper: Paper = "A4") -> None:
    """Print the report on a printer (QPrinter) that a person chose."""
    printer.setPageLayout(_layout(paper))
    sheets = Sheets(report, paper)
    painter = QPainter(printer)
    _paint(sheets, painter, printer, printer.resolution())
    painter.end()


def _paint(sheets: Sheets, painter: QPainter, device: Any, resolution: int) -> None:
    painter.scale(resolution / POINTS_PER_INCH, resolution / POINTS_PER_INCH)
    for page in range(sheets.pages):
        if page:
            device.newPage()
        sheets.draw(painter, page)


def png(picture: Picture, scale: float = 2) -> bytes:
    """Return one chart as a picture on white, without any text about where it was made."""
    ready()
    checked(picture.svg)
    size = QSize(round(picture.width * scale), round(picture.height * scale))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(picture.svg.encode())).render(painter)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload]
    return bytes(held.data().data())
