"""One question of a form: its words, and a button for each key."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tokenworth.gui.flow import FlowLayout


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
        for text, role in ((words, "heading"), (more, "muted")):
            if text:
                head = QLabel(text)
                head.setProperty("role", role)
                heads.addWidget(head)
        column.addLayout(heads)
        self.buttons: dict[str, QPushButton] = {}
        self.row = FlowLayout(spacing=6)
        for key, text in options:
            button = QPushButton(f"{key}  {text}")
            button.setCheckable(True)
            button.setProperty("role", "answer")
            button.setAccessibleName(f"{key}, {text}")
            button.setToolTip(f"{words} {text} ({key})")
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self.buttons[key] = button
            self.row.addWidget(button)
        column.addLayout(self.row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the height that the rows of buttons need in this width."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.heightForWidth(self.width()))

    def mark(self, key: str | None) -> None:
        """Show which answer was given."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)
