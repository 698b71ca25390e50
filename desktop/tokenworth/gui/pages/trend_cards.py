"""The charts of Trends, each on a card of its own, made when it is first shown."""

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from tokenworth.gui.pages.trend_tabs import FLOW, TABS
from tokenworth.gui.theme import Theme


class TrendCards(QStackedWidget):
    """Shows the card of one tab, or what stands there while there is nothing to draw."""

    opened = Signal(object)
    """A SessionQuery: the sessions of a mark."""
    wanted = Signal(str, str)
    """Where tokens went is to be seen otherwise: a view and a unit."""
    menu_asked = Signal(QPoint)
    """A menu is wanted at this place of the screen."""

    def __init__(self, theme: Theme, empty: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._empty = empty
        self.charts: dict[str, Any] = {}
        self._cards: dict[str, QFrame] = {}
        self._drawn: dict[str, Any] = {}
        for page in (QWidget(), empty):
            self.addWidget(page)

    def made(self, name: str) -> Any:
        """Return the chart of a tab, made and put on its card the first time."""
        if name not in self.charts:
            chart = next(tab for tab in TABS if tab.name == name).make(self._theme)
            card = QFrame()
            card.setProperty("role", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 14, 20, 10)
            inside.addWidget(chart)
            self.addWidget(card)
            self.charts[name], self._cards[name] = chart, card
            self._theme.changed.connect(chart.restyle)
            chart.opened.connect(self.opened)
            if name == FLOW:
                chart.wanted.connect(self.wanted)
            chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chart.customContextMenuRequested.connect(
                lambda place: self.menu_asked.emit(chart.mapToGlobal(place))
            )
        return self.charts[name]

    def draw(self, name: str, answer: Any) -> None:
        """Let the chart of a tab draw an answer, unless it is the one it drew last."""
        if self._drawn.get(name) is not answer:
            self._drawn[name] = answer
            self.made(name).show_data(answer)

    def is_drawn(self, name: str) -> bool:
        """Whether the chart of a tab has drawn anything."""
        return name in self._drawn

    def show_card(self, name: str) -> None:
        """Show a tab's chart, or an empty page until it has drawn something."""
        if self.is_drawn(name):
            self.setCurrentWidget(self._cards[name])
        else:
            self.setCurrentIndex(0)

    def show_empty(self) -> None:
        """Show why there is nothing to draw."""
        self.setCurrentWidget(self._empty)
