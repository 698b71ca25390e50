"""Choosing the periods of Weeks: a button each, its menu offers what can stand in its place."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from PySide6.QtCore import QDate, QSize, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from tokenworth.domain.comparison import Span
from tokenworth.gui.flow import FlowLayout
from tokenworth.gui.weeks.days import AroundDialog, DaysDialog
from tokenworth.gui.weeks.periods import Offer, around, days_span, in_order, offer_of
from tokenworth.gui.weeks.words import period_words

MOST_PERIODS: Final = 4
FEWEST_PERIODS: Final = 2
AT_ONCE: Final = 10
"""Weeks in the menu itself; older ones stand by year in menus of their own."""
SPACING_PX: Final = 8


class PeriodChoice(QWidget):
    """The chosen periods in their order, and the way to choose others."""

    changed = Signal()
    """Other periods are chosen: see ``keys``."""
    opened = Signal(str)
    """The key of a period whose sessions are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._offer = Offer()
        self._today = today()
        self._keys: tuple[str, ...] = ()
        self._is_usual = True
        self._is_short = False
        self.buttons: list[QPushButton] = []
        self._withs: list[QLabel] = []
        self.setAccessibleName(self.tr("Periods side by side"))
        self.row = FlowLayout(spacing=SPACING_PX)
        self.setLayout(self.row)
        self.add = QPushButton(self.tr("+ period"))
        self.add.setAccessibleName(self.tr("Add a period"))
        self.add.setToolTip(self.tr("Put one more period beside these"))
        self._give_menu(self.add, None)
        self.row.addWidget(self.add)
        self._show()

    # What is chosen -------------------------------------------------------------------------------

    def keys(self) -> tuple[str, ...]:
        """Return the chosen periods, the earlier first; empty where there are not two."""
        return self._keys

    def picked_from(self) -> int:
        """Return of how many periods on view these were picked."""
        return self._offer.picked_from(self._keys)

    def offer(self, weeks: Sequence[Span]) -> None:
        """Offer these weeks, newest first; what was chosen stays if it is still there."""
        self._today = today()
        self._offer = offer_of(weeks, self._today)
        kept = [key for key in self._keys if self._offer.holds(key)]
        if self._is_usual or len(kept) < FEWEST_PERIODS:
            self._is_usual = True
            self._keys = self._offer.usual()
        else:
            self._keys = tuple(kept)
        self._show()

    def forget(self) -> None:
        """Begin anew with this and last week: another store is open."""
        self._is_usual = True
        self._keys = ()

    def choose(self, keys: Sequence[str]) -> None:
        """Choose these, the earlier first. Fewer than two, or more than four, are not taken."""
        spans = [self.span(key) for key in dict.fromkeys(keys)]
        if not FEWEST_PERIODS <= len(spans) <= MOST_PERIODS:
            return
        ordered = in_order(spans)
        self._is_usual = ordered == self._offer.usual()
        if ordered != self._keys:
            self._keys = ordered
            self._show()
            self.changed.emit()

    def choose_usual(self) -> None:
        """Choose this and last week."""
        self.choose(self._offer.usual())

    def halves(self) -> tuple[str, ...]:
        """Return the two halves of the only week there is, if both have begun."""
        own = [span.key for span in reversed(self._offer.halves)]
        return tuple(own) if len(self._offer.weeks) == 1 and len(own) == FEWEST_PERIODS else ()

    def fit(self, room: int) -> int:
        """Leave days out where a row of this width is too short; return the width needed."""
        for self._is_short in (False, True):
            for key, button in zip(self._keys, self.buttons, strict=True):
                self._name(button, key)
            if self.width_needed() <= room:
                break
        return self.width_needed()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Like to stand in one row."""
        width = self.width_needed()
        return QSize(width, self.row.heightForWidth(width))

    def width_needed(self) -> int:
        """Return the width in which everything stands in one row."""
        shown = [self.row.itemAt(at) for at in range(self.row.count())]
        hints = [item.sizeHint().width() for item in shown if item and not item.isEmpty()]
        return sum(hints) + SPACING_PX * max(0, len(hints) - 1)

    # Buttons --------------------------------------------------------------------------------------

    def _show(self) -> None:
        while len(self.buttons) < len(self._keys):
            self._add_button()
        while len(self.buttons) > len(self._keys):
            for gone in (self.buttons.pop(), *([self._withs.pop()] if self._withs else [])):
                self.row.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        for key, button in zip(self._keys, self.buttons, strict=True):
            self._name(button, key)
        self.row.removeWidget(self.add)  # hidden in its place it would still take a line
        is_room = FEWEST_PERIODS <= len(self._keys) < MOST_PERIODS
        self.add.setVisible(is_room)
        if is_room:
            self.row.addWidget(self.add)
        self.updateGeometry()

    def _add_button(self) -> None:
        if self.buttons:
            between = QLabel(self.tr("with") if len(self.buttons) == 1 else self.tr("and"))
            between.setProperty("role", "muted")
            self._withs.append(between)
            self.row.addWidget(between)
            between.show()
        button = QPushButton()
        self._give_menu(button, len(self.buttons))
        self.buttons.append(button)
        self.row.addWidget(button)
        button.show()

    def _name(self, button: QPushButton, key: str) -> None:
        span = self.span(key)
        words = period_words(span, self._today)
        button.setText((span.name if self._is_short else words).replace("&", "&&"))
        button.setAccessibleName(self.tr("Period {period}").format(period=words))
        tip = self.tr("{period}: choose another in its place").format(period=words)
        button.setToolTip(tip)

    def span(self, key: str) -> Span:
        """Return a period by its key, whole."""
        return self._offer.find(key, self._today)

    def _give_menu(self, button: QPushButton, at: int | None) -> None:
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self.fill(menu, at))
        button.setMenu(menu)

    # Menus ----------------------------------------------------------------------------------------

    def fill(self, menu: QMenu, at: int | None) -> None:
        """Offer what can stand in a button's place; None: what can be added."""
        for below in menu.findChildren(QMenu):
            below.deleteLater()
        menu.clear()
        group = QActionGroup(menu)

        def put(into: QMenu, spans: Sequence[Span]) -> None:
            for span in spans:
                self._put(into, span, at, group)

        weeks = self._offer.weeks
        put(menu, weeks[:AT_ONCE])
        for year, older in groupby(weeks[AT_ONCE:], key=lambda span: span.key[:4]):
            put(menu.addMenu(self.tr("Older weeks of {year}").format(year=year)), list(older))
        menu.addSeparator()
        put(menu.addMenu(self.tr("Half-weeks")), self._offer.halves)
        put(menu.addMenu(self.tr("Months")), self._offer.months)
        menu.addAction(self.tr("Any days…"), lambda: self.ask_days(at))
        menu.addSeparator()
        menu.addAction(self.tr("This and last week"), self.choose_usual)
        quarter = self._offer.quarter_ago()
        if quarter:
            text = self.tr("This week and the same one a quarter ago")
            menu.addAction(text, lambda: self.choose(quarter))
        menu.addAction(self.tr("Before and after a day…"), self.ask_around)
        if at is not None:
            self._put_own(menu, at)

    def _put(self, menu: QMenu, span: Span, at: int | None, group: QActionGroup) -> None:
        text = period_words(span, self._today).replace("&", "&&")
        action = menu.addAction(text, lambda: self._replace(at, span.key))
        action.setCheckable(True)
        group.addAction(action)
        own = at is not None and self._keys[at] == span.key
        action.setChecked(own)
        action.setEnabled(own or span.key not in self._keys)

    def _put_own(self, menu: QMenu, at: int) -> None:
        key = self._keys[at]
        menu.addSeparator()
        menu.addAction(self.tr("Show its sessions"), lambda: self.opened.emit(key))
        if len(self._keys) > FEWEST_PERIODS:
            menu.addAction(self.tr("Take it away"), lambda: self.remove(at))

    def remove(self, at: int) -> None:
        """Take a period away."""
        self.choose([key for place, key in enumerate(self._keys) if place != at])

    def ask_days(self, at: int | None) -> None:
        """Ask for the first and last day of a period."""
        shown = self.span(self._keys[-1 if at is None else at])
        days = date.fromisoformat(shown.first_day), date.fromisoformat(shown.last_day)

        def take(first: date, last: date) -> None:
            self._replace(at, days_span(first, last, self._today).key)

        self._open(DaysDialog((days[0], min(days[1], self._today)), self._today, take, self))

    def ask_around(self) -> None:
        """Ask for a day, and put the days before it and after it side by side."""

        def take(day: date, days: int) -> None:
            self.choose([span.key for span in around(day, days, self._today)])

        newest = date.fromisoformat(self._offer.weeks[0].first_day)
        self._open(AroundDialog(newest, self._today, take, self))

    def _open(self, dialog: DaysDialog | AroundDialog) -> None:
        dialog.open()

    def _replace(self, at: int | None, key: str) -> None:
        keys = list(self._keys)
        if at is None:
            keys.append(key)
        else:
            keys[at] = key
        self.choose(keys)
        if key in self._keys:
            self.buttons[self._keys.index(key)].setFocus()


def today() -> date:
    """Return the day it is here."""
    day = QDate.currentDate()
    return date(day.year(), day.month(), day.day())
