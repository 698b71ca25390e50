"""Trends: where is it going? Six charts over time, coverage above each, its words below."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QMenu,
    QVBoxLayout,
)

from tokenworth.domain.views import SessionQuery, Trend
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.chart import table_of
from tokenworth.gui.charts import sentences
from tokenworth.gui.charts.numbers import NumbersDialog
from tokenworth.gui.page import Page
from tokenworth.gui.pages.pictures import ask_for_picture, say_saved
from tokenworth.gui.pages.trend_cards import TrendCards
from tokenworth.gui.pages.trend_empty import TrendEmpty
from tokenworth.gui.pages.trend_filters import Choices, TrendFilters
from tokenworth.gui.pages.trend_foot import TrendFoot
from tokenworth.gui.pages.trend_head import CoverageStrip, TrendHead, under_title
from tokenworth.gui.pages.trend_tabs import (
    BURNED,
    FLOW,
    RELATION,
    TABS,
    Asked,
    Unit,
    View,
    question,
)
from tokenworth.gui.theme import Theme

if TYPE_CHECKING:
    from tokenworth.domain.trending import Relation
    from tokenworth.gui.charts.paired import PairedChart
    from tokenworth.gui.worker import Ticket

FEWEST_WEEKS: Final = 10
"""With fewer weeks of net time there is no correlation to ask for."""


class TrendsPage(Page):
    """The charts of the whole history, or of one source, project or model."""

    def __init__(self, asks: Asks, theme: Theme, actions: Actions, undo: QUndoStack) -> None:
        super().__init__(asks, theme, actions, undo)
        self.name = self.tr("Trends")
        self.tab = BURNED
        self._ticket: Ticket | None = None
        self._begun = False
        self._relation: Relation | None = None
        self._answers: dict[str, Any] = {}  # of the store, as the filters are now
        self._trend = Trend((), "")
        self._seen: tuple[View, Unit] = ("looked_at", "tokens")  # how the flow is seen
        self.filters = TrendFilters()
        self.head = TrendHead(theme, self.filters)
        self.title, self.under_title = self.head.title, self.head.under_title
        self.strip = CoverageStrip(theme)
        self.coverage = self.strip.words
        self.empty = TrendEmpty(actions)
        self.empty.everything.clicked.connect(self.filters.show_everything)
        self.cards = TrendCards(theme, self.empty)
        self.chart: PairedChart = self.cards.made(BURNED)
        self.foot = TrendFoot(theme)
        self._lay_out()
        self._add_actions()
        self._connect()
        self.head.tabs.mark(self.tab)

    # What the window calls -----------------------------------------------------------------------

    def shown(self) -> None:
        """Ask for the trend the first time; later the store says when it has changed."""
        if not self._begun:
            self._begun = True
            self.refresh()

    def refresh(self) -> None:
        """Ask the store again for filters and for the tab that is shown."""
        if self._begun:
            self.asks.ask(
                lambda library: Choices(
                    {row.kind: row.name for row in library.sources()},
                    library.choices()["projects"],
                    library.choices()["models"],
                ),
                self._fill_filters,
            )
            self._ask_anew()

    def show_tab(self, name: str) -> None:
        """Show another tab; what is not known for it yet is asked."""
        self.tab = name
        self.head.tabs.mark(name)
        self.title.setText(next(tab.words() for tab in TABS if tab.name == name))
        self._show()
        if self._begun:
            self._ask_next()

    def show_table(self) -> None:
        """Open the chart's numbers in a dialog."""
        told = [text for text in (self.coverage.text(),) if text]
        title = self.tr("{tab}: data").format(tab=self.title.text())
        dialog = NumbersDialog(title, told, table_of(self._current().csv_rows()), self)
        dialog.open()

    def ask_where(self) -> None:
        """Ask where to save the picture, then save it there."""
        name = "trends" if self.tab == BURNED else self.tab
        ask_for_picture(self, f"tokenworth-{name}.png", self._save)

    def save(self, path: Path) -> None:
        """Save the chart with the words that belong to it, and say where."""
        say_saved(self, self._save, path)

    def _save(self, path: Path) -> Path:
        chart = self._current()
        if hasattr(chart, "set_caption"):
            above = (self.title.text(), self.under_title.text(), self.coverage.text())
            below = self.foot.told.whole.splitlines()
            chart.set_caption([text for text in above if text], below)
        written: Path = chart.save(path)
        return written

    # Questions and answers -----------------------------------------------------------------------

    def _ask_anew(self) -> None:
        self._answers.clear()
        self._ask_next()

    def _ask_next(self) -> None:
        """Ask for the first thing that is missing; a late answer to another question is dropped."""
        if self._ticket is not None:
            self._ticket.drop()
            self._ticket = None
        name = self._missing()
        if name is not None:
            asked = question(name, Asked(self.filters.query(), *self._seen))
            self._ticket = self.asks.ask(asked, partial(self._take, name))

    def _missing(self) -> str | None:
        """Return what the tab needs and does not have: weeks for its coverage, then its own."""
        if BURNED not in self._answers:
            return BURNED
        if not self._trend.weeks or self.tab in self._answers:
            told = sum(week.net is not None and week.net.is_shown for week in self._trend.weeks)
            wants_more = self.tab == BURNED and told >= FEWEST_WEEKS
            return RELATION if wants_more and RELATION not in self._answers else None
        return self.tab

    def _take(self, name: str, answer: Any) -> None:
        self._ticket = None
        self._answers[name] = answer
        if name == BURNED:
            self._trend = answer
        elif name == RELATION:
            self._relation = answer
        self._show()
        self._ask_next()

    def _show(self) -> None:
        """Show what is known for the tab, and keep what was drawn before until it is."""
        answer = self._answers.get(self.tab)
        has_weeks = bool(self._trend.weeks)
        if answer is not None and (has_weeks or self.tab == BURNED):
            self.cards.draw(self.tab, answer)
        self.empty.tell(filtered=self.filters.query() != SessionQuery())
        self.strip.setVisible(has_weeks and self.tab != FLOW)  # the flow has its own
        self.foot.setVisible(has_weeks and self.cards.is_drawn(self.tab))
        if self.cards.is_drawn(BURNED) and not has_weeks:
            self.cards.show_empty()
        else:
            self.cards.show_card(self.tab)
        self._say_range()
        self._say_below()

    def _fill_filters(self, choices: Choices) -> None:
        if self.filters.offer(choices):
            self._ask_anew()

    def _current(self) -> Any:
        return self.cards.charts[self.tab]

    # Words ---------------------------------------------------------------------------------------

    def _say_range(self) -> None:
        is_burned = self.tab == BURNED
        weeks = self.chart.visible() if is_burned else self._trend.weeks
        self.foot.reset_link.setVisible(is_burned and not self.chart.is_full())
        filtered = self.filters.words()
        parts = filtered if weeks and self.tab == FLOW else under_title(weeks, filtered)
        self.under_title.setText(" · ".join(parts))
        self.coverage.setText("" if self.tab == FLOW else sentences.coverage_words(weeks))

    def _say_below(self) -> None:
        if self.tab == BURNED:
            self.foot.say(self.chart, self._relation)
        else:
            self.foot.be_silent()

    # Building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 14)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(8)
        column.addWidget(self.strip)
        column.addSpacing(10)
        column.addWidget(self.cards, 1)
        column.addSpacing(8)
        column.addWidget(self.foot)

    def _add_actions(self) -> None:
        rows = (
            (
                "trend_table",
                self.tr("Trends: &data as table"),
                self.tr("Show the numbers behind the chart, to read or to copy"),
                self.show_table,
            ),
            (
                "trend_picture",
                self.tr("Trends: save &picture…"),
                self.tr("Save the chart with its words as PNG or SVG"),
                self.ask_where,
            ),
            (
                "trend_all",
                self.tr("Trends: show all &weeks"),
                self.tr("Undo zoom and pan of the chart (R)"),
                self._reset,
            ),
        )
        for name, text, tip, call in rows:
            self.window_actions.add(name, text, "", tip, call, "view", self._has_chart)
        for tab in TABS:
            text = self.tr("Trends: {tab}").format(tab=tab.words())
            tip = self.tr("Show this tab of Trends")
            call = partial(self.show_tab, tab.name)
            self.window_actions.add(
                f"trend_tab_{tab.name}", text, "", tip, call, "view", self.isVisible
            )

    def _has_chart(self) -> bool:
        return self.isVisible() and bool(self._trend.weeks) and self.cards.is_drawn(self.tab)

    def _connect(self) -> None:
        self.asks.changed.connect(self.refresh)
        self.filters.changed.connect(self._on_filter)
        self.cards.wanted.connect(self._see)
        self.head.tabs.chosen.connect(self.show_tab)
        self.head.narrowed.connect(self.strip.set_small)
        self.head.narrowed.connect(self.foot.set_small)
        self.cards.opened.connect(self._open)
        self.cards.menu_asked.connect(lambda place: self.menu().popup(place))
        self.foot.table_asked.connect(self.show_table)
        self.foot.picture_asked.connect(self.ask_where)
        self.foot.reset_asked.connect(self._reset)
        self.chart.pointed.connect(self._say_below)
        self.chart.viewed.connect(self._say_range)

    def _on_filter(self) -> None:
        self._relation = None
        if self._begun:
            self._ask_anew()

    def _see(self, view: View, unit: Unit) -> None:
        self._seen = (view, unit)
        self._answers.pop(FLOW, None)
        self._ask_next()

    def _reset(self) -> None:
        chart = self._current()
        if hasattr(chart, "reset"):
            chart.reset()

    def _open(self, query: SessionQuery) -> None:
        """Go to the sessions of a mark, under the page's filters where the mark has none."""
        mine = self.filters.query()
        self.show_sessions.emit(
            msgspec.structs.replace(
                query,
                sources=query.sources or mine.sources,
                projects=query.projects or mine.projects,
                model=query.model or mine.model,
            )
        )

    def menu(self) -> QMenu:
        """Return the chart's own menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.tab in {BURNED, RELATION}:
            menu.addAction(self.tr("Open this week's sessions"), self._current().open_week)
            menu.addAction(self.tr("Show all weeks"), self._reset)
            menu.addSeparator()
        menu.addAction(self.tr("Data as table"), self.show_table)
        menu.addAction(self.tr("Save picture…"), self.ask_where)
        return menu
