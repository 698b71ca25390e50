"""A report on paper: PDF with vector charts, a printer, and single charts as PNG.

Each call lays out a document of its own: calls in several threads do not meet.
"""

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QPointF,
    QRect,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPyTextObject,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from tokenworth.domain.report import Paper, Picture, Report
from tokenworth.gui.paper_blocks import DRAWING, FIRST_LINES_PT, PICTURE, Together, Writing
from tokenworth.gui.paper_outline import APP, Entry, Mark, finish, metadata
from tokenworth.gui.paper_tables import BREAK, CELL_ABOVE_PT, UNIT, Rows, font, split
from tokenworth.reports.html import checked
from tokenworth.reports.inert import inert
from tokenworth.reports.svg_marks import colours

MARGIN_MM: Final = 18
MM_PER_INCH: Final = 25.4
POINTS_PER_INCH: Final = 72
RESOLUTION: Final = 1200
FOOT_PT: Final = 24
FOOT_TEXT_PT: Final = 7.5
ROUND_PT: Final = 12
"""The white round a chart that stands alone; on paper the page's margin is round it."""
PAPERS: Final = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
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
        """Return the chart's size in the document's units."""
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
        self._drawing = _Drawing(self.document)
        self._layout.registerHandler(PICTURE, self._drawing)
        writing = Writing(self.document, self.body.width())
        self.document.setPageSize(self._page)
        writing.write(report.blocks)
        self._headings = writing.headings
        for one in writing.kept:
            if isinstance(one, Rows):
                self._keep_rows(one)
            else:
                self._keep(one)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.document.pageCount()

    def marks(self) -> list[Mark]:
        """Return the headings with their page (from 0) and how far down it they stand (0 to 1)."""
        found = []
        for level, text, block in self._headings:
            page, down = divmod(self._lines(block)[0], self._high)
            found.append(Mark(level, text, int(page), down / self._high))
        return found

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw one page (from 0) at the painter's origin, in points."""
        painter.save()
        painter.scale(1 / UNIT, 1 / UNIT)
        painter.save()
        top = page * self._high
        painter.translate(0, -top)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(context.palette.ColorRole.Text, QColor(colours()["text"]))
        context.clip = QRectF(QPointF(0, top), self._page)
        painter.setClipRect(context.clip)
        self._layout.draw(painter, context)
        painter.restore()
        self._draw_foot(painter, page)
        painter.restore()

    def _draw_foot(self, painter: QPainter, page: int) -> None:
        wide, high = self._page.width(), FOOT_PT / 2 * UNIT
        painter.setPen(QColor(colours()["line"]))
        painter.drawLine(QPointF(0, self._high + high), QPointF(wide, self._high + high))
        painter.setFont(font(FOOT_TEXT_PT))
        painter.setPen(QColor(colours()["muted"]))
        told = f"Page {page + 1} of {self.pages}"
        room = painter.fontMetrics().horizontalAdvance(told) + 2 * high
        title = painter.fontMetrics().elidedText(
            inert(self.report.title), Qt.TextElideMode.ElideRight, round(wide - room)
        )
        foot = QRectF(0, self._high + high, wide, high)
        below = Qt.AlignmentFlag.AlignBottom
        plain = Qt.TextFlag.TextSingleLine
        painter.drawText(foot, int(below | Qt.AlignmentFlag.AlignLeft) | int(plain), title)
        painter.drawText(foot, int(below | Qt.AlignmentFlag.AlignRight) | int(plain), told)

    # what stays together --------------------------------------------------------------------------

    @property
    def _layout(self) -> QAbstractTextDocumentLayout:
        return self.document.documentLayout()

    @property
    def _high(self) -> float:
        return self._page.height()

    def _lines(self, block: QTextBlock) -> tuple[float, float]:
        """Return where a block's first line begins and its last one ends, in the document."""
        rect = self._layout.blockBoundingRect(block)
        lines = block.layout()
        if not lines.lineCount():
            return rect.top(), rect.bottom()
        first, last = lines.lineAt(0), lines.lineAt(lines.lineCount() - 1)
        return rect.top() + first.y(), rect.top() + last.y() + last.height()

    def _tears(self, top: float, foot: float) -> bool:
        """Whether a stretch stands on two pages, though one would hold it."""
        fits = foot - top < self._high * 0.9
        return fits and int(top // self._high) != int((foot - 1) // self._high)

    def _keep(self, one: Together) -> None:
        """Put a page break before what would be torn."""
        block = one.first
        top, foot = self._lines(block)
        while block.isValid() and block.position() <= one.last.position():
            begin, end = self._lines(block)
            is_last = block == one.last and not one.whole
            foot = max(foot, min(end, begin + FIRST_LINES_PT * UNIT) if is_last else end)
            block = block.next()
        if self._tears(top, foot):
            form = QTextBlockFormat(one.first.blockFormat())
            form.setPageBreakPolicy(BREAK)
            form.setTopMargin(0)
            QTextCursor(one.first).setBlockFormat(form)

    def _keep_rows(self, rows: Rows) -> None:
        """Begin the table anew on the next page where a row would be torn."""
        row = 2  # the first one stands with the head already
        while row < rows.made.rows():
            ends = [
                self._lines(rows.made.cellAt(row, column).firstCursorPosition().block())
                for column in range(rows.made.columns())
            ]
            foot = max(end for _, end in ends) + CELL_ABOVE_PT * UNIT
            if self._tears(min(top for top, _ in ends), foot):
                rows, row = split(rows, row), 1
            row += 1


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
    writer.setCreator(APP)
    writer.setDocumentXmpMetadata(QByteArray(metadata(report)))
    writer.setPageLayout(_layout(paper))
    painter = QPainter(writer)
    _paint(sheets, painter, writer, RESOLUTION)
    painter.end()
    size = QPageSize(PAPERS[paper]).size(QPageSize.Unit.Point)
    margin = MARGIN_MM / MM_PER_INCH * POINTS_PER_INCH
    top, body = size.height() - margin, sheets.body.height()
    entries = [Entry(mark, top - mark.down * body) for mark in sheets.marks()]
    return finish(bytes(held.data().data()), report, entries)


def print_to(report: Report, printer: Any, paper: Paper = "A4") -> None:
    """Print the report on a printer (QPrinter) that a person chose, the pages they chose."""
    printer.setPageLayout(_layout(paper))
    sheets = Sheets(report, paper)
    painter = QPainter(printer)
    _paint(sheets, painter, printer, printer.resolution(), tuple(_chosen(printer, sheets.pages)))
    painter.end()


def png(picture: Picture, scale: float = 2) -> bytes:
    """Return one chart with white round it, without any text about where it was made."""
    ready()
    checked(picture.svg)
    whole, edge = png_size(picture) * scale, ROUND_PT * scale
    image = QImage(whole.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    inside = QRectF(edge, edge, picture.width * scale, picture.height * scale)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(picture.svg.encode())).render(painter, inside)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload]
    return bytes(held.data().data())


def png_size(picture: Picture) -> QSizeF:
    """Return how large a chart is with the white round it, in points."""
    return QSizeF(picture.width + 2 * ROUND_PT, picture.height + 2 * ROUND_PT)


def _layout(paper: Paper) -> QPageLayout:
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(PAPERS[paper]), upright, margins, QPageLayout.Unit.Millimeter)


def _chosen(printer: Any, pages: int) -> Iterator[int]:
    """Return the pages (from 0) that a person wants of so many."""
    some = printer.printRange() == printer.PrintRange.PageRange
    first, last = (printer.fromPage(), printer.toPage()) if some else (1, pages)
    yield from range(max(1, first) - 1, min(pages, last or pages))


def _paint(
    sheets: Sheets, painter: QPainter, device: Any, resolution: int,
    pages: tuple[int, ...] | None = None,
) -> None:  # fmt: skip
    painter.scale(resolution / POINTS_PER_INCH, resolution / POINTS_PER_INCH)
    for number, page in enumerate(range(sheets.pages) if pages is None else pages):
        if number:
            device.newPage()
        sheets.draw(painter, page)
