"""The export dialog: choose, see the real document, see what leaves, save or print."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import Picture, Report, ReportRequest
from tokenworth.gui import paper
from tokenworth.gui.asks import Asks, later
from tokenworth.gui.export.choices import Choices
from tokenworth.gui.export.preview import Preview
from tokenworth.gui.export.strings import Strings
from tokenworth.gui.theme import Theme
from tokenworth.reports import csvs, html, jsons, markdown

SETTLE_MS: Final = 250
SUFFIXES: Final = {
    "pdf": "pdf", "html": "html", "markdown": "md", "csv": "zip", "json": "json", "png": "png",
}  # fmt: skip
SIZE: Final = (980, 600)
LEFT_PX: Final = 320


class ExportDialog(QDialog):
    """Asks what to export, and shows it before it leaves."""

    def __init__(
        self, asks: Asks, theme: Theme, parent: QWidget, quoted: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._asks = asks
        self._theme = theme
        self._report: Report | None = None
        self._ticket: Any = None
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.choices = Choices(quoted)
        self.preview, self.strings = Preview(), Strings()
        self._build()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self.choices.changed.connect(self._begin)
        asks.ask(lambda library: library.report_periods(), self.choices.offer, self._failed)

    @property
    def report(self) -> Report | None:
        """The document shown; None while there is none."""
        return self._report

    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.addWidget(self.choices)
        always = QLabel(
            self.tr(
                "Always in it, whatever is chosen: that you report on yourself, the period, what "
                "was looked at and how it was chosen, intervals, what was left out, versions."
            )
        )
        always.setWordWrap(True)
        always.setProperty("role", "small")
        column.addWidget(always)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(side)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(LEFT_PX)
        area.setAccessibleName(self.tr("What to export"))
        tabs = QTabWidget()
        tabs.addTab(self.preview, self.tr("Preview"))
        tabs.addTab(self.strings, self.tr("What leaves"))
        tabs.setAccessibleName(self.tr("Preview, and what leaves"))
        self.tabs = tabs
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("role", "warning")
        self.save, self.print = QPushButton(self.tr("&Save…")), QPushButton(self.tr("Prin&t…"))
        self.save.setProperty("role", "primary")
        self.close_button = QPushButton(self.tr("Close"))
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        for button, call in (
            (self.close_button, self.reject), (self.print, self._print), (self.save, self._save),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, call=call: call())
            row.addWidget(button)
        upper = QHBoxLayout()
        upper.addWidget(area)
        upper.addWidget(tabs, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(upper, 1)
        whole.addLayout(row)
        self._enable()

    # the document ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._settle.start()
        self._report = None
        self._enable()

    def _ask(self) -> None:
        request = self.choices.request()
        if self._ticket is not None:
            self._ticket.drop()
        if request is None:
            self.preview.show_words(self.tr("There is nothing to report yet."))
            return
        self._ticket = self._asks.ask(
            lambda library: library.report(request),
            lambda report: self._show(report, request),
            self._failed,
        )

    def _show(self, report: Report, request: ReportRequest) -> None:
        self._report = report
        self.told.clear()
        self.preview.show_report(report, self.choices.form(), request.paper)
        self.strings.show_strings(report.own_strings)
        count = len(report.own_strings)
        self.tabs.setTabText(1, self.tr("What leaves ({n})").format(n=count))
        self._enable()

    def _failed(self, error: Exception) -> None:
        self._report = None
        self.preview.show_words(str(error))
        self.strings.show_strings(())
        self._enable()

    def _enable(self) -> None:
        for button in (self.save, self.print):
            button.setEnabled(self._report is not None)

    # out ------------------------------------------------------------------------------------------

    def _save(self) -> None:
        request, form = self.choices.request(), self.choices.form()
        if self._report is None or request is None:
            return
        name = f"tokenworth-{request.period.replace('..', '_')}.{SUFFIXES[form]}"
        if form == "png":
            folder = QFileDialog.getExistingDirectory(self, self.tr("Save the charts in"))
            if folder:
                self.save_to(Path(folder))
            return
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), name)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the document shown to a file, or its charts to a folder; say where, or why not."""
        request = self.choices.request()
        if self._report is None or request is None:
            return
        save = later("tokenworth.workflows.saving").save
        try:
            files = self._files(self._report, request, path)
            for target, content in files:
                save(target, content)
        except Refusal as refusal:
            self.told.setText(str(refusal))
            return
        said = self.tr("Saved: {path}") if files else self.tr("There are no charts to save.")
        self.told.setText(said.format(path=path))

    def _files(
        self, report: Report, request: ReportRequest, path: Path
    ) -> list[tuple[Path, bytes]]:
        form = self.choices.form()
        if form == "png":
            pictures = [block for block in report.blocks if isinstance(block, Picture)]
            return [(path / f"{one.key}.png", paper.png(one)) for one in pictures]
        writers = {
            "pdf": lambda: paper.pdf(report, request.paper),
            "html": lambda: html.html(report).encode(),
            "markdown": lambda: markdown.markdown(report).encode(),
            "csv": lambda: csvs.archive(report),
            "json": lambda: jsons.document(report).encode(),
        }
        return [(path, writers[form]())]

    def _print(self) -> None:
        if self._report is None:
            return
        support = later("PySide6.QtPrintSupport")
        printer = support.QPrinter()
        dialog = support.QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                request = self.choices.request()
                paper.print_to(self._report, printer, request.paper if request else "A4")
            finally:
                QGuiApplication.restoreOverrideCursor()
