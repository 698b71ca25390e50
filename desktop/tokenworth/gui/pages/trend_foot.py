"""The foot of Trends: a sentence or two on what is above, and the ways to its numbers."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tokenworth.domain.trending import Relation
from tokenworth.gui.charts import relation_words, sentences
from tokenworth.gui.charts.paired import PairedChart
from tokenworth.gui.pages.trend_head import set_small
from tokenworth.gui.theme import Theme

LINES: Final = 3


class ShortLabel(QLabel):
    """Three lines of plain text, whatever is said: the chart above keeps its height.

    What does not fit stands in the tool tip, and is told to screen readers.
    """

    def __init__(self) -> None:
        super().__init__(wordWrap=True)
        self.whole = ""
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def say(self, text: str) -> None:
        """Show a text; nothing takes no room."""
        self.whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Cut anew in other letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(LINES * self.fontMetrics().lineSpacing() if self.whole else 0)
        shown = self.whole
        while shown and not self._fits(shown):
            shown = f"{shown.removesuffix('…').rstrip().rpartition(' ')[0]}…"
        self.setText(shown)
        self.setToolTip("" if shown == self.whole else self.whole)
        self.setAccessibleName(self.whole)

    def _fits(self, text: str) -> bool:
        measure = self.fontMetrics()
        room = QRect(0, 0, max(self.width(), 1), 0)
        needed = measure.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return text == "…" or round(needed.height() / measure.lineSpacing()) <= LINES


class TrendFoot(QWidget):
    """The words under the chart, and beside them: show all weeks, data as table, save picture."""

    table_asked = Signal()
    picture_asked = Signal()
    reset_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.told = ShortLabel()
        self.reset_link = QPushButton(self.tr("Show all weeks"))
        self.table_link = QPushButton(self.tr("Data as table"))
        self.picture_link = QPushButton(self.tr("Save picture…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.told, 1, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(12)
        for button, asked in (
            (self.reset_link, self.reset_asked),
            (self.table_link, self.table_asked),
            (self.picture_link, self.picture_asked),
        ):
            button.setProperty("role", "link")
            button.clicked.connect(asked)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def set_small(self, is_small: bool) -> None:  # noqa: FBT001 - a signal's value
        """Take smaller letters, or those of text again."""
        set_small(self.told, self._theme, is_small=is_small)

    def be_silent(self) -> None:
        """Say nothing: the chart says all itself."""
        self.told.say("")

    def say(self, chart: PairedChart, relation: Relation | None) -> None:
        """Say what is selected; else how tokens and net time go together; else the last week."""
        week = chart.chosen()
        if week is None:
            self.told.say(
                self.tr(
                    "None looked at so far. Tag sessions under Sessions to see what came of them."
                )
            )
        elif chart.selected is None and relation is not None and relation.partial.is_shown:
            self.told.say(relation_words.dressed(relation.words))
        else:
            name = sentences.week_name(week)
            self.told.say(f"{name}: " + "\n".join(sentences.week_words(week)))
