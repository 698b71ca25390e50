"""Where a report goes: a file or folder a person chooses, or a printer."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import SUFFIXES
from tokenworth.gui.asks import Asks, later
from tokenworth.gui.export import saving
from tokenworth.gui.export.preview import Made

translate = QCoreApplication.translate


class Outgoing(QObject):
    """Asks where to, writes on the worker, and says what came of it."""

    said = Signal(str)
    """What is going on, or is done."""
    refused = Signal(str)
    """What could not be done, and why."""
    changed = Signal()
    """``is_busy`` has changed."""

    def __init__(self, asks: Asks, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._asks = asks
        self._dialog = dialog
        self.is_busy = False
        self.is_gone = False
        """The dialog is closed: what goes wrong now is said by the window."""
        self.folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )

    def ask_where(self, made: Made, chart: str) -> None:
        """Ask for a file, or for a folder where there is a file a chart; then save."""
        chooser = QFileDialog(self._dialog, self.tr("Save the report"), self.folder)
        if made.form == "png" and not chart:
            chooser.setWindowTitle(self.tr("Save the charts in"))
            chooser.setFileMode(QFileDialog.FileMode.Directory)
            chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            suffix = SUFFIXES[made.form].removeprefix(".")
            chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            chooser.setDefaultSuffix(suffix)
            chooser.setNameFilters([f"*.{suffix}", self.tr("All files (*)")])
            name = chart if made.form == "png" else ""
            chooser.selectFile(saving.proposed(made.request.period, made.form, name))
        chooser.fileSelected.connect(lambda path: self.save(made, Path(path), chart))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.open()

    def save(self, made: Made, path: Path, chart: str) -> None:
        """Save a report; ask before charts take the place of others in a folder."""
        in_folder = made.form == "png" and not chart
        self.folder = str(path if in_folder else path.parent)
        named = saving.targets(made.report, made.request.period, path) if in_folder else {}
        there = [one.name for one in named if one.exists()]
        if not there:
            self._write(made, path, chart)
            return
        standard = QMessageBox.StandardButton
        asked = QMessageBox(self._dialog)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setIcon(QMessageBox.Icon.Question)
        asked.setWindowTitle(self.tr("Save the charts"))
        asked.setTextFormat(Qt.TextFormat.PlainText)
        told = self.tr("These are in the folder already:\n{names}")
        asked.setText(told.format(names="\n".join(there)))
        asked.setStandardButtons(standard.Cancel | standard.Save)
        asked.button(standard.Save).setText(self.tr("&Replace"))
        asked.setDefaultButton(standard.Cancel)
        asked.accepted.connect(lambda: self._write(made, path, chart))
        asked.open()

    def ask_printer(self, made: Made) -> None:
        """Ask for a printer, then print."""
        support = later("PySide6.QtPrintSupport")
        printer = support.QPrinter()
        printer.setDocName(Path(saving.proposed(made.request.period, "pdf")).stem)
        asked = support.QPrintDialog(printer, self._dialog)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setMinMax(1, len(made.shown.leaves))
        asked.accepted.connect(lambda: self._print(made, printer))
        asked.open()

    def _write(self, made: Made, path: Path, chart: str) -> None:
        self._set_busy(busy=True)
        self.said.emit(self.tr("Saving…"))
        self._asks.worker.run(
            lambda: saving.write(saving.files(made.report, made.request, made.form, path, chart)),
            lambda _: self._saved(path),
            self._not_saved,
            order=True,
        )

    def _saved(self, path: Path) -> None:
        if not self.is_gone:
            self._set_busy(busy=False)
            self.said.emit(self.tr("Saved: {path}").format(path=path))

    def _not_saved(self, error: Exception) -> None:
        if self.is_gone:
            (self._asks.refused if isinstance(error, Refusal) else self._asks.failed).emit(error)
            return
        self._set_busy(busy=False)
        self.refused.emit(words_of(error, self._asks))

    def _set_busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.changed.emit()

    def _print(self, made: Made, printer: Any) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            saving.print_pages(made.report, printer, made.request.paper)
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.said.emit(self.tr("Sent to the printer."))


def words_of(error: Exception, asks: Asks) -> str:
    """Return what to say of a failure; a fault of ours is logged too."""
    if isinstance(error, Refusal):
        return str(error)
    asks.failed.emit(error)
    return translate("Export", "It could not be made: a fault in Tokenworth, which is logged.")
