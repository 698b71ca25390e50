"""What will be written: the pages themselves, or the text of the file."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QStackedWidget, QWidget

from tokenworth.domain.report import Format, Paper, Report
from tokenworth.gui.paper import FOOT_PT, MARGIN_MM, MM_PER_INCH, POINTS_PER_INCH, Sheets
from tokenworth.reports import html, jsons, markdown

GAP_PX = 16


class Pages(QWidget):
    """Paints the pages of a report under each other, as they will be on paper."""

    def __init__(self) -> None:
        super().__init__()
        self._sheets: Sheets | None = None
        self.setAccessibleName(self.tr("Pages"))

    def show_sheets(self, sheets: Sheets) -> None:
        """Show other pages."""
        self._sheets = sheets
        self.setAccessibleDescription(self.tr("{n} pages").format(n=sheets.pages))
        self.updateGeometry()
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.update()

    def _page(self) -> tuple[float, float]:
        margin = 2 * MARGIN_MM / MM_PER_INCH * POINTS_PER_INCH
        body = self._sheets.body if self._sheets else QRectF(0, 0, 500, 700).size()
        return body.width() + margin, body.height() + margin + FOOT_PT

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Return True: pages keep their shape."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all pages at a width."""
        wide, high = self._page()
        count = self._sheets.pages if self._sheets else 1
        return round(count * (high * (width - 2 * GAP_PX) / wide + GAP_PX)) + GAP_PX

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size at the present width."""
        return QSize(self.width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Keep the shape of the pages."""
        del event
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pages in sight."""
        if self._sheets is None:
            return
        wide, high = self._page()
        scale = (self.width() - 2 * GAP_PX) / wide
        margin = MARGIN_MM / MM_PER_INCH * POINTS_PER_INCH
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for page in range(self._sheets.pages):
            top = GAP_PX + page * (high * scale + GAP_PX)
            sheet = QRectF(GAP_PX, top, wide * scale, high * scale)
            if sheet.intersects(QRectF(event.rect())):
                painter.fillRect(sheet, QColor("#ffffff"))
                painter.save()
                painter.translate(sheet.topLeft())
                painter.scale(scale, scale)
                painter.translate(margin, margin)
                self._sheets.draw(painter, page)
                painter.restore()


class Preview(QStackedWidget):
    """The real document: pages for paper and pictures, text for the other formats."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = Pages()
        area = QScrollArea()
        area.setWidget(self.pages)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Preview: pages"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Preview: the file's text"))
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName(self.tr("Why there is no preview"))
        for widget in (area, self.text, self.words):
            self.addWidget(widget)

    def show_report(self, report: Report, form: Format, paper: Paper) -> None:
        """Show what would be written."""
        texts = {
            "html": lambda: html.html(report),
            "markdown": lambda: markdown.markdown(report),
            "json": lambda: jsons.document(report),
            "csv": lambda: _tables(report),
        }
        if form in texts:
            self.text.setPlainText(texts[form]())
            self.setCurrentIndex(1)
        else:
            self.pages.show_sheets(Sheets(report, paper))
            self.setCurrentIndex(0)

    def show_words(self, words: str) -> None:
        """Say why there is nothing to show."""
        self.words.setPlainText(words)
        self.setCurrentIndex(2)


def _tables(report: Report) -> str:
    lines = []
    for table in report.tables:
        names = ", ".join(column.name for column in table.columns)
        lines.append(f"{table.name}.csv: {table.words}; {len(table.rows)} rows\n  {names}\n")
    return "\n".join(lines)
