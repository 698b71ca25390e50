"""Weeks: was this week different? Two to four periods side by side, coverage first."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QUndoStack
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QLabel,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.comparison import Comparison, Span
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import SessionQuery
from tokenworth.domain.week import week_bounds
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks, NotOpenError
from tokenworth.gui.page import Page
from tokenworth.gui.pages.pictures import ask_for_picture
from tokenworth.gui.pages.weeks_body import WeeksBody
from tokenworth.gui.pages.weeks_empty import WeeksEmpty
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.choice import PeriodChoice, today
from tokenworth.gui.weeks.model import NOTHING
from tokenworth.gui.weeks.periods import bounds_of
from tokenworth.gui.weeks.veil import Veil

if TYPE_CHECKING:
    from tokenworth.gui.worker import Ticket

DIM_MS: Final = 150
"""An answer that comes sooner dims nothing: a flicker tells less than none."""
MARGIN_PX: Final = 32
BAR_PX: Final = 13


class WeeksPage(Page):
    """Two to four periods side by side."""

    def __init__(self, asks: Asks, theme: Theme, actions: Actions, undo: QUndoStack) -> None:
        super().__init__(asks, theme, actions, undo)
        self.name = self.tr("Weeks")
        self._ticket: Ticket | None = None
        self._weeks_ticket: Ticket | None = None
        self._is_stale = True
        self._zone = ZoneInfo("UTC")
        self.comparison = NOTHING
        self.title = QLabel(self.tr("Weeks side by side"))
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("role", "title")
        self.choice = PeriodChoice()
        self.elapsed = QCheckBox(self.tr("Only the part of the week that has passed"))
        self.elapsed.setToolTip(
            self.tr("Cut every period to as much of it as has passed of the one not over yet")
        )
        self.elapsed.hide()
        self.body = WeeksBody(theme)
        self.table = self.body.table
        self.empty = WeeksEmpty(actions)
        self.stack = QStackedWidget()
        self.area = QScrollArea()
        self._lay_out()
        self.veil = Veil(theme, self.area.viewport())
        self._late = QTimer(self, singleShot=True, interval=DIM_MS)
        self._late.timeout.connect(self.veil.lay)
        self._add_actions()
        self._connect()
        self.begin_at = self.table

    # What the window calls ------------------------------------------------------------------------

    def shown(self) -> None:
        """Ask if anything has changed since the last answer."""
        if self._is_stale:
            self._ask_weeks()

    def refresh(self) -> None:
        """Ask the store again, now or when next in sight: an answer is no small work."""
        self._is_stale = True
        if self.isVisible():
            self._ask_weeks()

    # Questions and answers ------------------------------------------------------------------------

    def _ask_weeks(self) -> None:
        if self._weeks_ticket is not None:
            self._weeks_ticket.drop()
        self._wait()
        self._weeks_ticket = self.asks.ask(
            lambda library: (library.spans(), library.zone), self._offer, self._fail
        )

    def _offer(self, told: tuple[list[Span], ZoneInfo]) -> None:
        spans, self._zone = told
        self._is_stale = False
        self.choice.offer(spans)
        if self.choice.keys():
            self._ask()
            return
        self._rest()
        self.elapsed.hide()
        if spans:
            has_halves = bool(self.choice.halves())
            self.empty.say_one_week(self.choice.span(spans[0].key).name, has_halves=has_halves)
        else:
            self.empty.say_nothing_yet()
        self.stack.setCurrentWidget(self.empty)

    def _ask(self) -> None:
        keys, picked_from = self.choice.keys(), self.choice.picked_from()
        if not keys:
            return
        elapsed = self.elapsed.isChecked()
        self._wait()
        self._ticket = self.asks.ask(
            lambda library: library.compare(keys, elapsed=elapsed, picked_from=picked_from),
            lambda comparison: self._show(comparison, elapsed=elapsed),
            self._fail,
        )

    def _show(self, comparison: Comparison, *, elapsed: bool) -> None:
        self._rest()
        self.comparison = comparison
        self._offer_elapsed(comparison)
        self.body.show_comparison(comparison, today(), elapsed=elapsed)
        self.stack.setCurrentWidget(self.area)
        self._fit_head()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go as things stand: periods and charts are made as they are needed."""
        choice, charts = self.choice, self.body.steady.charts
        stops = (*choice.buttons, choice.add, self.elapsed, self.table, *charts)
        for one, following in pairwise(stops):
            self.setTabOrder(one, following)

    def _offer_elapsed(self, comparison: Comparison) -> None:
        """Offer equal parts where a period is not whole; the offer is gone where all are."""
        cut = any(not span.whole for span in comparison.spans)
        self.elapsed.setVisible(cut)
        if not cut:
            blocked = self.elapsed.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self.elapsed.setChecked(False)
            self.elapsed.blockSignals(blocked)

    def _fail(self, error: Exception) -> None:
        self._rest()
        self._is_stale = True
        if isinstance(error, NotOpenError):
            return
        is_refusal = isinstance(error, Refusal)
        self.empty.say_failed(str(error) if is_refusal else "")
        self.stack.setCurrentWidget(self.empty)
        if not is_refusal:
            self.asks.failed.emit(error)

    def _wait(self) -> None:
        """Drop the question before; what is shown stays, dimmed if the answer takes its time."""
        if self._ticket is not None:
            self._ticket.drop()
        if not self.veil.isVisible():
            self._late.start()

    def _rest(self) -> None:
        self._ticket = None
        self._late.stop()
        self.veil.hide()

    # To the sessions ------------------------------------------------------------------------------

    def _open_span(self, span: Span) -> None:
        start, end = bounds_of(span, self._zone)
        self.show_sessions.emit(SessionQuery(start_ts=start, end_ts=end))

    def _open_week(self, key: str) -> None:
        start, end = week_bounds(key, self._zone)
        self.show_sessions.emit(SessionQuery(start_ts=start, end_ts=end))

    # Building -------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.setSpacing(8)
        self.top.addWidget(self.title)
        self.top.addStretch(1)
        self.top.addWidget(self.choice)
        self.top.setContentsMargins(0, 0, BAR_PX, 0)
        for page in (QWidget(), self.area, self.empty):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 20, MARGIN_PX - BAR_PX, 0)
        column.setSpacing(8)
        column.addLayout(self.top)
        column.addWidget(self.elapsed)
        column.addWidget(self.stack, 1)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.body)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the chosen periods beside the title, or below it where the room is short."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        room = self.width() - 2 * MARGIN_PX
        need = self.choice.fit(room)
        beside = need <= room - self.title.sizeHint().width() - 24
        way = QBoxLayout.Direction
        self.top.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _add_actions(self) -> None:
        add, here = self.window_actions.add, self._has_table
        add(
            "weeks_usual",
            self.tr("Weeks: &this and last week"),
            "",
            self.tr("Put this week beside the last one"),
            self.choice.choose_usual,
            "view",
            here,
        )
        add(
            "weeks_copy",
            self.tr("Weeks: &copy the table"),
            "",
            self.tr("Copy the periods side by side, tab by tab, with their coverage"),
            self.table.copy,
            "view",
            here,
        )

    def _has_table(self) -> bool:
        return self.isVisible() and self.stack.currentWidget() is self.area

    def _connect(self) -> None:
        self.asks.changed.connect(self.refresh)
        self.asks.opened.connect(self.choice.forget)
        self.choice.changed.connect(self._ask)
        self.choice.opened.connect(lambda key: self._open_span(self.choice.span(key)))
        self.elapsed.toggled.connect(lambda _: self._ask())
        self.empty.again_asked.connect(self.refresh)
        self.empty.halves_asked.connect(lambda: self.choice.choose(self.choice.halves()))
        self.body.steady.picked.connect(self._open_week)
        self.body.steady.picture_asked.connect(
            lambda chart: ask_for_picture(self, "tokenworth-weeks.png", chart.save)
        )
        self.table.period_opened.connect(lambda at: self._open_span(self.comparison.spans[at]))
        self.table.selectionModel().currentChanged.connect(self._follow)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(self._keep_head)
        self.table.moved.connect(self._keep_head)
        bar.rangeChanged.connect(lambda _least, most: self.body.leave_room(0 if most else BAR_PX))

    def _keep_head(self) -> None:
        self.table.keep_head(self.area.verticalScrollBar().value() - self.table.y())

    def _follow(self, index: QModelIndex) -> None:
        """Scroll the page to the cell the keys have gone to, clear of the head."""
        if not index.isValid() or not self.table.hasFocus():
            return
        cell = self.table.visualRect(index)
        head = self.table.head.height()
        place = self.table.mapTo(self.body, cell.center()) + QPoint(0, head)
        self.area.ensureVisible(place.x(), place.y(), 0, cell.height() // 2 + head + 8)

    def menu(self) -> QMenu:
        """Return the table's own menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self.table.copy)
        for at, span in enumerate(self.comparison.spans):
            text = self.tr("Show the sessions of {name}").format(name=span.name)
            menu.addAction(text.replace("&", "&&"), partial(self.table.period_opened.emit, at))
        return menu

    def _open_menu(self, place: QPoint) -> None:
        self.menu().popup(self.table.viewport().mapToGlobal(place))
