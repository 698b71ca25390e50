"""The parts of a form: a question with a button for each key, and a range that is typed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tokenworth.domain.tag import TYPED, Minutes
from tokenworth.gui.flow import FlowLayout
from tokenworth.gui.keys import KeyButton, is_enter

FIELD_PX: Final = 90


class RangeField(QWidget):
    """A range of minutes: two numbers, Enter after each."""

    given = Signal(object)
    """The Minutes typed."""
    refused = Signal(str)
    """What is wrong with them, in words."""
    left = Signal()
    back = Signal()
    """Backspace in an empty field: none of this."""

    def __init__(self, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.low, self.high = QLineEdit(), QLineEdit()
        for field, name in ((self.low, self.tr("from")), (self.high, self.tr("to"))):
            field.setAccessibleName(self.tr("Minutes, {end}").format(end=name))
            field.setPlaceholderText(name)
            field.setMaximumWidth(FIELD_PX)
            field.installEventFilter(self)
            row.addWidget(field)
        row.addWidget(QLabel(words, textFormat=Qt.TextFormat.PlainText))
        row.addStretch(1)

    def clear(self) -> None:
        """Forget what was typed."""
        self.low.clear()
        self.high.clear()

    def begin(self) -> None:
        """Ask for the range."""
        self.show()
        self.low.setFocus()

    def is_asking(self) -> bool:
        """Whether the person is typing here."""
        return self.low.hasFocus() or self.high.hasFocus()

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter goes on, Esc leaves."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if event.key() == Qt.Key.Key_Backspace:
            return self._back(watched)
        if not is_enter(event):
            return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.low:
            self.high.setFocus()
            return True
        try:
            low, high = (float(f.text().replace(",", ".")) for f in (self.low, self.high))
            self.given.emit(Minutes.of(TYPED, low, high))
        except ValueError:
            self.refused.emit(self.tr("Two numbers of minutes are needed, the smaller first."))
        return True

    def _back(self, watched: object) -> bool:
        if watched is self.high and not self.high.text():
            self.low.setFocus()
            return True
        if watched is self.low and not self.low.text():
            self.back.emit()
            return True
        return False


class Question(QWidget):
    """One question: its words, and a button for each key."""

    chosen = Signal(str)

    def __init__(self, words: str, more: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        heads = FlowLayout(spacing=6)
        self._more = QLabel(more)
        head = QLabel(words)
        head.setProperty("role", "heading")
        for label in (head, self._more):
            label.setTextFormat(Qt.TextFormat.PlainText)
            if label.text():
                heads.addWidget(label)
        column.addLayout(heads)
        self.buttons: dict[str, KeyButton] = {}
        self.row = FlowLayout(spacing=8)
        for key, text in options:
            button = KeyButton(key, text)
            button.setCheckable(True)
            button.setToolTip(f"{words} {text} ({key})")
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self.buttons[key] = button
            self.row.addWidget(button)
        column.addLayout(self.row)
        self._dim()

    @property
    def spoken(self) -> str:
        """The question and its keys, as a screen reader says them."""
        said = ", ".join(f"{key} {button.text()}" for key, button in self.buttons.items())
        return f"{self.words} {said}".strip()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the height that the rows of buttons need in this width."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.heightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fade as a whole while it is not asked."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._dim()

    def mark(self, key: str | None) -> None:
        """Show which answer was given."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _dim(self) -> None:
        role = QPalette.ColorRole.PlaceholderText if self.isEnabled() else QPalette.ColorRole.Text
        self._more.setForegroundRole(role)
