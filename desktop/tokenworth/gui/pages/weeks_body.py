"""What scrolls on Weeks: the sentence, the coverage, the table, what has changed, the notes."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tokenworth.domain.comparison import Comparison
from tokenworth.gui.pages.weeks_steady import SteadySection
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.table import WeeksTable
from tokenworth.gui.weeks.words import coverage_words, html_of, plain_of

SENTENCE_PX: Final = 1000


class WeeksBody(QWidget):
    """One comparison from top to bottom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.sentence, self.coverage = QLabel(), QLabel()
        for label in (self.sentence, self.coverage):
            label.setTextFormat(Qt.TextFormat.RichText)  # our own bold; all else is escaped
            label.setWordWrap(True)
        self.sentence.setMaximumWidth(SENTENCE_PX)
        self.table = WeeksTable(theme)
        self.steady = SteadySection(theme)
        self.notes = QLabel()
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setProperty("role", "small")
        self.notes.setWordWrap(True)
        self._lay_out()
        self.restyle()
        theme.changed.connect(self.restyle)

    def show_comparison(self, comparison: Comparison, day: date, *, elapsed: bool) -> None:
        """Show a comparison, seen on a day."""
        self.sentence.setText(html_of(comparison.sentence))
        self.sentence.setAccessibleName(plain_of(comparison.sentence))
        self.sentence.setVisible(bool(comparison.sentence))
        told = coverage_words(comparison)
        self.coverage.setText("<br>".join(map(html_of, told)))
        self.coverage.setAccessibleName(" ".join(map(plain_of, told)))
        self.table.show_comparison(comparison, day, elapsed=elapsed)
        self.steady.show_steady(comparison.steady)
        self.notes.setText("\n".join(plain_of(note) for note in comparison.notes))
        self.notes.setVisible(bool(comparison.notes))

    def leave_room(self, right: int) -> None:
        """Leave so many pixels free where no scroll bar takes them: nothing moves when it comes."""
        self.column.setContentsMargins(0, 4, 2 + right, 20)

    def restyle(self) -> None:
        """Take the theme's letters again."""
        self.sentence.setFont(self._theme.font("heading"))
        self.coverage.setFont(self._theme.font("small"))

    def _lay_out(self) -> None:
        strip = QFrame()
        strip.setProperty("role", "strip")
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside = QVBoxLayout(strip)
        inside.setContentsMargins(14, 8, 14, 8)
        inside.addWidget(self.coverage)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 2, 20)
        column.setSpacing(0)
        column.addWidget(self.sentence)
        column.addSpacing(10)
        column.addWidget(strip)
        column.addSpacing(10)
        column.addWidget(self.table)
        column.addSpacing(28)
        column.addWidget(self.steady)
        column.addSpacing(12)
        column.addWidget(self.notes)
        column.addStretch(1)
