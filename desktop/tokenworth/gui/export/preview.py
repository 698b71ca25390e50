"""What will be written: the pages themselves, the charts, or the text of the file."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.report import Format, Paper, Report, ReportRequest
from tokenworth.gui.asks import later
from tokenworth.gui.export import saving
from tokenworth.gui.theme import Theme

GAP_PX: Final = 16
SCALE: Final = 2.0
"""Pixels a point in which pages are painted: sharp on dense screens too."""
WIDEST: Final = 1.4
"""Pixels a point in which a page is shown at most."""
FAST: Final = 90
"""PNG's "quality" that packs fast: the picture loses nothing by it."""
FIRST_LINES: Final = 12
KEPT_IMAGES: Final = 6


@dataclass(frozen=True)
class Leaf:
    """One page or chart: PNG, and its size in points."""

    png: bytes
    width: float
    height: float


@dataclass(frozen=True)
class Shown:
    """What a preview shows, made away from the window's thread."""

    leaves: tuple[Leaf, ...] = ()
    text: str = ""
    """The file's own text; of a zip its tables' beginnings."""
    reading: str = ""
    """The same document as Markdown, to be read; "" where the text is all there is."""


@dataclass(frozen=True)
class Made:
    """A document as it was made, and what for."""

    report: Report
    request: ReportRequest
    form: Format
    shown: Shown


def prepare(report: Report, form: Format, paper: Paper, chart: str = "") -> Shown:
    """Make a preview of what would be written. Touches no widget."""
    if form == "pdf":
        return Shown(leaves=_pages(report, paper))
    if form == "png":
        drawn = saving.pictures(report, chart)
        return Shown(tuple(Leaf(saving.drawing(one), *saving.size_of(one)) for one in drawn))
    written = saving.content(report, form, paper)
    if form == "csv":
        return Shown(text=_beginnings(written))
    reading = ""
    if form in ("html", "markdown"):
        reading = later("tokenworth.reports.markdown").markdown(report)
    return Shown(text=written.decode(), reading=reading)


def _pages(report: Report, paper: Paper) -> tuple[Leaf, ...]:
    """Paint the pages as they will be on paper.

    They cross over to the window's thread as bytes: laid out letters belong to their thread.
    """
    made = later("tokenworth.gui.paper")
    sheets = made.Sheets(report, paper)
    margin = made.MARGIN_MM / made.MM_PER_INCH * made.POINTS_PER_INCH
    width = sheets.body.width() + 2 * margin
    height = sheets.body.height() + 2 * margin + made.FOOT_PT
    found = []
    for page in range(sheets.pages):
        image = QImage(round(width * SCALE), round(height * SCALE), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(SCALE, SCALE)
        painter.translate(margin, margin)
        sheets.draw(painter, page)
        painter.end()
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(held, "PNG", FAST)  # type: ignore[call-overload]
        found.append(Leaf(bytes(held.data().data()), width, height))
    return tuple(found)


def _beginnings(archive: bytes) -> str:
    """Return each file of a zip with its first lines; the words and the dictionary whole."""
    told = []
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        names = zipped.namelist()
        for name in sorted(names, key=lambda name: (not name.endswith("README.txt"),
                                                    name != "dictionary.csv")):  # fmt: skip
            lines = zipped.read(name).decode().splitlines()
            whole = name in ("README.txt", "dictionary.csv")
            shown = lines if whole else lines[:FIRST_LINES]
            told += [f"[{name}]", *shown]
            if len(shown) < len(lines):
                told.append(f"… {len(lines) - len(shown)} more")
            told.append("")
    return "\n".join(told)


class Pages(QWidget):
    """Pages or charts under each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._leaves: Sequence[Leaf] = ()
        self._images: dict[int, QImage] = {}
        self.setAccessibleName(self.tr("Pages"))
        theme.changed.connect(self.update)

    def show_leaves(self, leaves: Sequence[Leaf]) -> None:
        """Show other pages."""
        self._leaves = leaves
        self._images.clear()
        told = self.tr("1 page") if len(leaves) == 1 else self.tr("{n} pages")
        self.setAccessibleDescription(told.format(n=len(leaves)))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size at the present width."""
        return QSize(self.width(), round(self._bottom()))

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the shape of the pages."""
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pages in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, place in enumerate(self._places()):
            if place.intersects(QRectF(event.rect())):
                painter.drawImage(place, self._image(number))
                painter.setPen(QColor(self._theme.colour("line")))
                painter.drawRect(place)
        painter.end()

    def _fit(self) -> None:
        self.setMinimumHeight(round(self._bottom()))

    def _bottom(self) -> float:
        places = self._places()
        return places[-1].bottom() + GAP_PX if places else 0

    def _places(self) -> list[QRectF]:
        """Return where each page stands, in the middle and no wider than is good to read."""
        found, top = [], float(GAP_PX)
        for leaf in self._leaves:
            wide = max(1.0, min(self.width() - 2 * GAP_PX, leaf.width * WIDEST))
            high = leaf.height * wide / leaf.width
            found.append(QRectF((self.width() - wide) / 2, top, wide, high))
            top += high + GAP_PX
        return found

    def _image(self, number: int) -> QImage:
        if number not in self._images:
            if len(self._images) >= KEPT_IMAGES:
                self._images.pop(next(iter(self._images)))
            self._images[number] = QImage.fromData(self._leaves[number].png)
        return self._images[number]


class Reader(QTextBrowser):
    """Shows a document to be read: it follows no link and loads nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all is wrapped
        theme.changed.connect(self._dress)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Preview: as it reads"))

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:  # noqa: N802 - Qt's name
        """Load nothing, whatever the text names."""

    def show_markdown(self, text: str) -> None:
        """Show Markdown, without any HTML in it."""
        form = QTextDocument.MarkdownFeature
        plain = form.MarkdownDialectGitHub | form.MarkdownNoHTML
        self.document().setMarkdown(text, plain)
        self.document().setDocumentMargin(GAP_PX)
        self._dress()
        self.setTextCursor(QTextCursor(self.document()))  # else it is shown from its end

    def _dress(self) -> None:
        """Give tables thin lines in the theme's colour."""
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format().toTableFormat()
                form.setBorderBrush(self._theme.colour("line"))
                frame.setFormat(form)


class Preview(QStackedWidget):
    """The real document: pages for paper and pictures, text for the other formats."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.pages = Pages(theme)
        self.area = QScrollArea()
        self.area.setWidget(self.pages)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Preview: pages"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Preview: the file's text"))
        self.reader = Reader(theme)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMargin(4 * GAP_PX)
        for widget in (self.area, self._texts(), self.words):
            self.addWidget(widget)
        self.show_words("")

    def _texts(self) -> QWidget:
        page = QWidget()
        self.switch = QWidget()
        row = QHBoxLayout(self.switch)
        row.setContentsMargins(0, 0, 0, 0)
        group = QButtonGroup(self)
        self.as_read = QPushButton(self.tr("As it reads"))
        self.as_written = QPushButton(self.tr("The file itself"))
        for button in (self.as_read, self.as_written):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "answer")
            group.addButton(button)
            row.addWidget(button)
        self.as_read.setChecked(True)
        self.note = QLabel()
        self.note.setProperty("role", "small")
        row.addWidget(self.note, 1)
        group.buttonClicked.connect(self._switch)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GAP_PX // 2, 0, 0)
        for widget in (self.switch, self.reader, self.text):
            column.addWidget(widget)
        return page

    def show_report(self, shown: Shown, form: Format) -> None:
        """Show what would be written; where a person has scrolled to is kept."""
        if form in ("pdf", "png"):
            self.pages.show_leaves(shown.leaves)
            if not shown.leaves:
                self.show_words(self.tr("There is no chart in it. Are charts left out?"))
                return
            self.setCurrentIndex(0)
            return
        at = self.text.verticalScrollBar().value(), self.reader.verticalScrollBar().value()
        self.text.setPlainText(shown.text)
        self.reader.show_markdown(shown.reading)
        for bar, place in zip((self.text, self.reader), at, strict=True):
            bar.verticalScrollBar().setValue(place)
        self.switch.setVisible(bool(shown.reading))
        told = self.tr("The file has its charts drawn and its own look.")
        self.note.setText(told if form == "html" else "")
        self._switch()
        self.setCurrentIndex(1)

    def show_words(self, words: str) -> None:
        """Say why there is nothing to show."""
        self.words.setText(words)
        self.setCurrentIndex(2)

    def _switch(self) -> None:
        read = self.as_read.isChecked() and not self.switch.isHidden()
        self.reader.setVisible(read)
        self.text.setVisible(not read)
