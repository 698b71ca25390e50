"""Trends: where is it going? The paired chart over time, its coverage above, its words below."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import SessionQuery, Trend
from tokenworth.gui import words
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.charts import sentences
from tokenworth.gui.charts.numbers import NumbersDialog
from tokenworth.gui.charts.paired import PairedChart
from tokenworth.gui.charts.picture import Picture, save_picture
from tokenworth.gui.page import Page
from tokenworth.gui.pages.trend_empty import TrendEmpty
from tokenworth.gui.pages.trend_filters import Choices, TrendFilters
from tokenworth.gui.theme import Theme

if TYPE_CHECKING:
    from tokenworth.gui.worker import Ticket


class TrendsPage(Page):
    """The paired chart of the whole history, or of one source, project or model."""

    def __init__(self, asks: Asks, theme: Theme, actions: Actions, undo: QUndoStack) -> None:
        super().__init__(asks, theme, actions, undo)
        self.name = self.tr("Trends")
        self._ticket: Ticket | None = None
        self._begun = False
        self._trend = Trend((), "")
        self.chart = PairedChart(theme)
        self.title = _label("title", self.tr("Burned and got"))
        self.under_title = _label("muted")
        self.coverage = _label("")
        self.coverage.setObjectName("coverage")
        self.told = _label("muted")
        self.filters = TrendFilters()
        self.empty = TrendEmpty(actions)
        self.empty.everything.clicked.connect(self.filters.show_everything)
        self.stack = QStackedWidget()
        self._lay_out()
        self._add_actions()
        self._connect()

    # What the window calls -----------------------------------------------------------------------

    def shown(self) -> None:
        """Ask for the trend the first time; later the store says when it has changed."""
        if not self._begun:
            self._begun = True
            self.refresh()

    def refresh(self) -> None:
        """Ask the store again for filters and weeks."""
        if self._begun:
            self.asks.ask(
                lambda library: Choices(
                    {row.kind: row.name for row in library.sources()},
                    library.choices()["projects"],
                    library.choices()["models"],
                ),
                self._fill_filters,
            )
            self._ask_trend()

    def show_table(self) -> None:
        """Open the chart's numbers in a dialog."""
        told = (sentences.coverage_words(self.chart.weeks),)
        dialog = NumbersDialog(self.tr("Burned and got: data"), told, self.chart.table(), self)
        dialog.open()

    def ask_where(self) -> None:
        """Ask where to save the picture, then save it there."""
        dialog = QFileDialog(self, self.tr("Save picture"), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("PNG picture (*.png)"), self.tr("SVG drawing (*.svg)")])
        dialog.selectFile("tokenworth-trends.png")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Save the chart with the words that belong to it, and say where."""
        above = (self.title.text(), self.under_title.text(), self.coverage.text())
        picture = Picture(self.chart, self.theme, above, self.told.text().splitlines())
        try:
            written = save_picture(picture, path)
        except Refusal as refusal:
            self.message.emit(str(refusal))
        else:
            self.message.emit(self.tr("Picture saved to {path}").format(path=written))

    # Answers of the store ------------------------------------------------------------------------

    def _ask_trend(self) -> None:
        if self._ticket is not None:
            self._ticket.drop()
        query = self.filters.query()
        self._ticket = self.asks.ask(lambda library: library.trend(query), self._show)

    def _show(self, trend: Trend) -> None:
        self._ticket = None
        self._trend = trend
        self.chart.show_series(trend)
        self.empty.tell(filtered=self.filters.query() != SessionQuery())
        self.coverage_frame.setVisible(bool(trend.weeks))
        self.told.setVisible(bool(trend.weeks))
        self.links.setVisible(bool(trend.weeks))
        self.stack.setCurrentIndex(1 if trend.weeks else 2)
        self._say_range()
        self._say_week()

    def _fill_filters(self, choices: Choices) -> None:
        if self.filters.offer(choices):
            self._ask_trend()

    # Words ---------------------------------------------------------------------------------------

    def _say_range(self) -> None:
        weeks = self.chart.visible()
        self.reset_link.setVisible(not self.chart.is_full())
        parts = [
            self.tr("1 week")
            if len(weeks) == 1
            else self.tr("{count} weeks").format(count=words.count(len(weeks)))
        ]
        parts += self.filters.words()
        answered = sum(week.coverage.answered for week in weeks)
        sessions = sum(week.coverage.sessions for week in weeks)
        looked = self.tr("{answered} of {sessions} looked at").format(
            answered=words.count(answered) if answered else self.tr("none"),
            sessions=sentences.sessions_words(sessions),
        )
        if answered and answered == sum(week.coverage.volunteered for week in weeks):
            looked += self.tr(", chosen by you")
        self.under_title.setText(" · ".join([*parts, looked]) if weeks else "")
        self.coverage.setText(sentences.coverage_words(weeks))

    def _say_week(self) -> None:
        week = self.chart.current()
        if week is None:
            self.told.setText(
                self.tr(
                    "None looked at so far. Tag sessions under Sessions to see what came of them."
                )
            )
            return
        name = sentences.week_name(week)
        said = [
            text for text in (sentences.bounds_words(week), sentences.tipping_words(week)) if text
        ]
        self.told.setText(f"{name}: " + "\n".join(said))

    # Building ------------------------------------------------------------------------------------

    def _on_filter(self) -> None:
        if self._begun:
            self._ask_trend()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(2)
        head.addWidget(self.filters, 3)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 14, 20, 10)
        inside.addWidget(self.chart)
        for page in (QWidget(), card, self.empty):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 14)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(2)
        column.addLayout(self._under_title_row())
        column.addSpacing(8)
        column.addWidget(self._coverage_strip())
        column.addSpacing(10)
        column.addWidget(self.stack, 1)
        column.addSpacing(10)
        column.addWidget(self.told)

    def _coverage_strip(self) -> QFrame:
        self.coverage_frame = QFrame()
        self.coverage_frame.setProperty("role", "strip")
        inside = QVBoxLayout(self.coverage_frame)
        inside.setContentsMargins(12, 7, 12, 7)
        inside.addWidget(self.coverage)
        self.coverage_frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return self.coverage_frame

    def _under_title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.under_title, 1)
        row.addWidget(self._links(), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _links(self) -> QWidget:
        self.links = QWidget()
        row = QHBoxLayout(self.links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.table_link = QPushButton(self.tr("Data as table"))
        self.picture_link = QPushButton(self.tr("Save picture…"))
        self.reset_link = QPushButton(self.tr("Show all weeks"))
        for button, call in (
            (self.reset_link, self.chart.reset),
            (self.table_link, self.show_table),
            (self.picture_link, self.ask_where),
        ):
            button.setProperty("role", "link")
            button.clicked.connect(call)
            row.addWidget(button)
        return self.links

    def _add_actions(self) -> None:
        add, here = self.window_actions.add, self._has_chart
        add(
            "trend_table",
            self.tr("Trends: &data as table"),
            "",
            self.tr("Show the numbers behind the chart, to read or to copy"),
            self.show_table,
            "view",
            here,
        )
        add(
            "trend_picture",
            self.tr("Trends: save &picture…"),
            "",
            self.tr("Save the chart with its words as PNG or SVG"),
            self.ask_where,
            "view",
            here,
        )
        add(
            "trend_all",
            self.tr("Trends: show all &weeks"),
            "",
            self.tr("Undo zoom and pan of the chart (R)"),
            self.chart.reset,
            "view",
            here,
        )

    def _has_chart(self) -> bool:
        return self.isVisible() and bool(self._trend.weeks)

    def _connect(self) -> None:
        self.asks.changed.connect(self.refresh)
        self.filters.changed.connect(self._on_filter)
        self.theme.changed.connect(self.chart.restyle)
        self.chart.picked.connect(self._open)
        self.chart.pointed.connect(self._say_week)
        self.chart.viewed.connect(self._say_range)
        self.chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.chart.customContextMenuRequested.connect(self._open_menu)

    def _open(self, week: str, fate: str) -> None:
        fates = (fate,) if fate else ()
        self.show_sessions.emit(
            msgspec.structs.replace(self.filters.query(), week=week, fates=fates)
        )

    def menu(self) -> QMenu:
        """Return the chart's own menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open this week's sessions"), self.chart.open_week)
        menu.addAction(self.tr("Show all weeks"), self.chart.reset)
        menu.addSeparator()
        menu.addAction(self.tr("Data as table"), self.show_table)
        menu.addAction(self.tr("Save picture…"), self.ask_where)
        return menu

    def _open_menu(self, place: QPoint) -> None:
        self.menu().popup(self.chart.mapToGlobal(place))


def _label(role: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role != "title")
    if role:
        label.setProperty("role", role)
    return label
