"""Parts of the tag form: its time, its sentence, and the row of keys under it."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tokenworth.gui.flow import FlowLayout
from tokenworth.gui.keys import KeyButton, is_enter

LEARNED_LONGEST: Final = 500


class SeenTime:
    """Measures the time in which something could be seen."""

    def __init__(self) -> None:
        self._timer = QElapsedTimer()
        self._spent_ms = 0

    def begin(self, *, seen: bool) -> None:
        """Start anew."""
        self._spent_ms = 0
        self._timer.invalidate()
        if seen:
            self._timer.start()

    def go_on(self) -> None:
        """It can be seen from now on."""
        if not self._timer.isValid():
            self._timer.start()

    def pause(self) -> None:
        """It cannot be seen any more."""
        self._spent_ms = self.ms()
        self._timer.invalidate()

    def ms(self) -> int:
        """Return the milliseconds so far."""
        return self._spent_ms + (self._timer.elapsed() if self._timer.isValid() else 0)


class SentenceField(QLineEdit):
    """One line of a person's own words; Enter, Esc and Backspace mean what they mean in a form."""

    entered = Signal()
    left = Signal()
    back = Signal()
    """Backspace while it is empty."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxLength(LEARNED_LONGEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the form of its own keys."""
        if is_enter(event):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.back.emit()
        else:
            super().keyPressEvent(event)


class Foot(QWidget):
    """What the keys do; each can be clicked too."""

    save = Signal()
    skip = Signal()
    cannot_recall = Signal()
    back = Signal()

    def __init__(self, save_words: str) -> None:
        super().__init__()
        row = FlowLayout(spacing=10)
        self.setLayout(row)
        self.hints: dict[str, KeyButton] = {}
        for name, key, words, signal in (
            ("save", self.tr("Enter"), save_words, self.save),
            ("skip", "s", self.tr("skip"), self.skip),
            ("forgotten", "x", self.tr("cannot recall"), self.cannot_recall),
            ("back", self.tr("Backspace"), self.tr("back"), self.back),
        ):
            hint = KeyButton(key, words, "bare")
            hint.clicked.connect(signal)
            row.addWidget(hint)
            self.hints[name] = hint
