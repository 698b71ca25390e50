"""The foot of Weeks: has anything changed over ten weeks or more?"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from tokenworth.domain.comparison import Steady
from tokenworth.gui.charts.steady import SteadyChart, is_drawn
from tokenworth.gui.theme import Theme

ASKED: Final = "Has anything changed? "
"""Stands in the heading already."""
TWO_FROM_PX: Final = 860
"""From this width on two charts stand beside each other."""


class SteadySection(QWidget):
    """A chart for each measure with enough weeks; words for the others."""

    picked = Signal(str)
    """The key of a week whose sessions are asked for."""
    picture_asked = Signal(object)
    """The SteadyChart that is to be saved."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.charts: list[SteadyChart] = []
        self._cards: list[QFrame] = []
        self._drawn = 0
        heading = QLabel(self.tr("Has anything changed?"))
        heading.setProperty("role", "heading")
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.grid = QGridLayout()
        self.grid.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addLayout(self.grid)
        column.addWidget(self.told)
        theme.changed.connect(self.restyle)

    def show_steady(self, steady: Sequence[Steady]) -> None:
        """Show these; charts that are there already stay where they are."""
        drawn = [one for one in steady if is_drawn(one)]
        while len(self.charts) < len(drawn):
            self._add_card()
        for chart, one in zip(self.charts, drawn, strict=False):
            chart.show_series(one)
        self._drawn = len(drawn)
        others = [
            f"{one.name}: {one.words.removeprefix(ASKED)}" for one in steady if not is_drawn(one)
        ]
        self.told.setText("\n".join(others))
        self.told.setVisible(bool(others))
        self.setVisible(bool(steady))
        self._arrange()

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        for chart in self.charts:
            chart.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the charts beside or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _add_card(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        chart = SteadyChart(self._theme)
        chart.picked.connect(self.picked)
        chart.picture_asked.connect(partial(self.picture_asked.emit, chart))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(chart)
        self.charts.append(chart)
        self._cards.append(card)

    def _arrange(self) -> None:
        across = 2 if self.width() >= TWO_FROM_PX and self._drawn > 1 else 1
        for at, card in enumerate(self._cards):
            card.setVisible(at < self._drawn)
            if at < self._drawn:
                self.grid.addWidget(card, at // across, at % across)
        for column in range(2):
            self.grid.setColumnStretch(column, 1 if column < across else 0)
