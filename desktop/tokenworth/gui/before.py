"""What is said before a session starts: that it explores, how long it may take."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tokenworth.gui.asks import Asks

if TYPE_CHECKING:
    from tokenworth.workflows.library import Library

translate = QCoreApplication.translate
MOST_MIN: Final = 9_999
WIDTH_PX: Final = 430


class BeforeDialog(QDialog):
    """Asks two things, of which either may be left out."""

    def __init__(self, asks: Asks, undo: QUndoStack, parent: QWidget) -> None:
        super().__init__(parent)
        self._asks = asks
        self._undo = undo
        self.setWindowTitle(self.tr("Before you start"))
        column = QVBoxLayout(self)
        column.setSpacing(12)
        told = QLabel(self.tr("This holds for the next session that begins within half an hour."))
        told.setWordWrap(True)
        told.setMinimumWidth(WIDTH_PX)
        column.addWidget(told)
        self.explore = QCheckBox(self.tr("I want to &find something out, and can say what"))
        column.addWidget(self.explore)
        self.low, self.high = self._minutes(self.tr("from")), self._minutes(self.tr("to"))
        row = QHBoxLayout()
        name = QLabel(self.tr("I think it will take &me"))
        name.setBuddy(self.low)
        row.addWidget(name)
        for widget in (self.low, QLabel(self.tr("to")), self.high):
            row.addWidget(widget)
        row.addWidget(QLabel(self.tr("minutes of my own time")))
        row.addStretch(1)
        column.addLayout(row)
        self.error = QLabel()
        self.error.setProperty("role", "warning")
        column.addWidget(self.error)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Save | standard.Cancel)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.explore.setFocus()

    def _minutes(self, end: str) -> QSpinBox:
        field = QSpinBox()
        field.setRange(0, MOST_MIN)
        field.setSpecialValueText("\N{EM DASH}")  # nothing told, which is not 0 minutes
        field.setAccessibleName(self.tr("Minutes, {end}").format(end=end))
        return field

    def _save(self) -> None:
        low, high = self.low.value(), self.high.value()
        if not self.explore.isChecked() and not high:
            self.error.setText(self.tr("Tick the line, or give the minutes; or cancel."))
            return
        if high and high < low:
            self.error.setText(self.tr("The smaller number of minutes comes first."))
            return
        forecast = (float(low or high), float(high)) if high else None
        self._undo.push(DeclareCommand(self._asks, forecast, explore=self.explore.isChecked()))
        self.accept()


class DeclareCommand(QUndoCommand):
    """What was said before a session; undone it counts for none."""

    def __init__(self, asks: Asks, forecast: tuple[float, float] | None, *, explore: bool) -> None:
        super().__init__(translate("undo", "what was said before starting"))
        self._asks = asks
        self._explore = explore
        self._forecast = forecast
        self._declared: int | None = None

    def redo(self) -> None:
        """Say it."""
        self._asks.tell(self._declare)

    def undo(self) -> None:
        """Take it back."""
        self._asks.tell(lambda library: library.withdraw_declaration(self._declared or 0))

    def _declare(self, library: "Library") -> None:
        self._declared = library.declare(explore=self._explore, forecast=self._forecast)
