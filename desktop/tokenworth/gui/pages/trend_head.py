"""The head of Trends: title, tabs, filters, and what they let through, as wide as there is room."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tokenworth.domain.views import Week
from tokenworth.gui import words
from tokenworth.gui.charts.sentences import sessions_words, tr
from tokenworth.gui.pages.trend_filters import TrendFilters
from tokenworth.gui.pages.trend_tabs import TABS, TabButtons
from tokenworth.gui.theme import Theme

GAP_PX: Final = 24


class TrendHead(QWidget):
    """Title and tabs in one row where they fit, else the tabs in a row of their own."""

    narrowed = Signal(bool)
    """Whether there is so little room that all letters should be small."""

    def __init__(self, theme: Theme, filters: TrendFilters) -> None:
        super().__init__()
        self._theme = theme
        self._fitted: tuple[int, bool] | None = None
        self.title = label("title", TABS[0].words())
        self.under_title = label("muted")
        self.tabs = TabButtons(theme, TABS)
        self.filters = filters
        self._rows = [QHBoxLayout() for _ in range(3)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for row in self._rows:
            row.setSpacing(8)
            column.addLayout(row)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Put everything in its row: the less room, the more rows, and at last no title."""
        whole = self.tabs.wide()
        room = self.width()
        rows = 2 if room >= self._title_px() + GAP_PX + whole else 3
        if (rows, room < whole) == self._fitted:
            return
        self._fitted = (rows, room < whole)
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        self.tabs.set_narrow(narrow=room < whole)
        self.title.setHidden(room < whole)  # the tab that is on says the same
        first, second, third = self._rows
        if room < whole:
            first.addWidget(self.tabs, 1)
            self._put_under(second)
        elif rows == len(self._rows):
            first.addWidget(self.title, 1)
            second.addWidget(self.tabs, 1)
            self._put_under(third)
        else:
            first.addWidget(self.title, 1)
            first.addWidget(self.tabs)
            self._put_under(second)
        self.narrowed.emit(room < whole)

    def _put_under(self, row: QHBoxLayout) -> None:
        row.addWidget(self.under_title, 1)
        row.addWidget(self.filters)

    def _title_px(self) -> int:
        metrics = QFontMetrics(self._theme.font("title", strong=True))
        return max(metrics.horizontalAdvance(tab.words()) for tab in TABS)


class CoverageStrip(QFrame):
    """How much of what is shown was looked at: always above it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "strip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.words = label("")
        self.words.setObjectName("coverage")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 7, 12, 7)
        inside.addWidget(self.words)

    def set_small(self, is_small: bool) -> None:  # noqa: FBT001 - a signal's value
        """Take smaller letters, or those of text again."""
        set_small(self.words, self._theme, is_small=is_small)


def set_small(words: QLabel, theme: Theme, *, is_small: bool) -> None:
    """Give a label smaller letters, or those of text again."""
    words.setStyleSheet(f"font-size: {theme.points('small' if is_small else 'text')}pt;")


def under_title(weeks: Sequence[Week], filtered: Sequence[str]) -> list[str]:
    """Return how many weeks, of what, and how much of it was looked at; nothing of no week."""
    if not weeks:
        return []
    count = tr("1 week") if len(weeks) == 1 else tr("{count} weeks")
    answered = sum(week.coverage.answered for week in weeks)
    sessions = sum(week.coverage.sessions for week in weeks)
    looked = tr("{answered} of {sessions} looked at").format(
        answered=words.count(answered) if answered else tr("none"),
        sessions=sessions_words(sessions),
    )
    if answered and answered == sum(week.coverage.volunteered for week in weeks):
        looked += tr(", chosen by you")
    return [count.format(count=words.count(len(weeks))), *filtered, looked]


def label(role: str, text: str = "") -> QLabel:
    """Return a label of plain text that goes on in the next line; a title does not."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(role != "title")
    if role:
        made.setProperty("role", role)
    return made
