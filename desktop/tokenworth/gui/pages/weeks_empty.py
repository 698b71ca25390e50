"""What stands in the table's place while there is nothing to compare, with the one next step."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tokenworth.gui.actions import Actions

SOURCES: Final = "go_sources"
"""The window's action that goes where history is imported."""


class WeeksEmpty(QWidget):
    """Says what will be here, or why it is not."""

    again_asked = Signal()
    halves_asked = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.heading, self.words = QLabel(), QLabel()
        self.heading.setProperty("role", "heading")
        self.words.setProperty("role", "muted")
        self.sources = QPushButton(self.tr("Go to Sources"))
        self.sources.setProperty("role", "primary")
        self.sources.clicked.connect(lambda: self._actions.entry(SOURCES).run())
        self.halves = QPushButton(self.tr("Its two halves side by side"))
        self.halves.clicked.connect(self.halves_asked)
        self.again = QPushButton(self.tr("Try again"))
        self.again.clicked.connect(self.again_asked)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self.heading, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(4)
        for button in (self.sources, self.halves, self.again):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)

    def say_nothing_yet(self) -> None:
        """Say what will be here once there is history."""
        known = {entry.name for entry in self._actions.entries()}
        self._say(
            self.tr("Nothing to compare yet"),
            self.tr(
                "Here two weeks will stand side by side: what came of them, what they burned, "
                "and how sure that is. First some history has to be imported, under Sources."
            ),
            self.sources if SOURCES in known else None,
        )

    def say_one_week(self, name: str, *, has_halves: bool) -> None:
        """Say that one week cannot be compared with another."""
        self._say(
            self.tr("Only one week so far"),
            self.tr(
                "{week} is the only week with anything in it. "
                "From the second one on, two stand side by side here."
            ).format(week=name),
            self.halves if has_halves else None,
        )

    def say_failed(self, words: str) -> None:
        """Say that a question failed, and offer to ask it again."""
        heading = self.tr("These periods could not be put side by side")
        unknown = self.tr("Something went wrong. The periods can be asked for again, or others.")
        self._say(heading, words or unknown, self.again)

    def _say(self, heading: str, words: str, offered: QPushButton | None) -> None:
        self.heading.setText(heading)
        self.words.setText(words)
        for button in (self.sources, self.halves, self.again):
            button.setVisible(button is offered)
