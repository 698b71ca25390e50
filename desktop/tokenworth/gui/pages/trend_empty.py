"""What stands in the chart's place while there is nothing to draw, with the one next step."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tokenworth.gui.actions import Actions

SOURCES: Final = "go_sources"
"""The window's action that goes where history is imported."""


class TrendEmpty(QWidget):
    """Says what will be here; offers to import, or to take the filters off."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.everything = QPushButton(self.tr("Show everything"))
        self.sources = QPushButton(self.tr("Go to Sources"))
        self.sources.setProperty("role", "primary")
        self.sources.clicked.connect(lambda: self._actions.entry(SOURCES).run())
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self.heading, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        for button in (self.everything, self.sources):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)

    def tell(self, *, filtered: bool) -> None:
        """Say why there is nothing."""
        known = {entry.name for entry in self._actions.entries()}
        self.everything.setVisible(filtered)
        self.sources.setVisible(not filtered and SOURCES in known)
        if filtered:
            self.heading.setText(self.tr("No sessions here"))
            self.words.setText(self.tr("No session fits these filters."))
            return
        self.heading.setText(self.tr("Nothing to draw yet"))
        self.words.setText(
            self.tr(
                "Here the tokens of each week will stand over what came of them. "
                "First some history has to be imported, under Sources."
            )
        )
