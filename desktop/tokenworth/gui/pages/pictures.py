"""Saving a chart's picture from a page: where to, and what came of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tokenworth.domain.refusal import Refusal
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.page import Page


def ask_for_picture(page: Page, name: str, save: Callable[[Path], Path]) -> None:
    """Ask where to save a picture; where a place is chosen, save it there and say so."""
    dialog = QFileDialog(page, tr("Save picture"), str(Path.home()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([tr("PNG picture (*.png)"), tr("SVG drawing (*.svg)")])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: say_saved(page, save, Path(chosen)))
    dialog.open()


def say_saved(page: Page, save: Callable[[Path], Path], path: Path) -> None:
    """Save a picture, and say where it is or why it is not."""
    try:
        written = save(path)
    except Refusal as refusal:
        page.message.emit(str(refusal))
    else:
        page.message.emit(tr("Picture saved to {path}").format(path=written))
