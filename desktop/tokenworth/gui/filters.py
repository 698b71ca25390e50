"""Which sessions the table shows: boxes in a row, and the words of the search field."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import QDate, QDateTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget

from tokenworth.domain.tag import PURPOSE_WORDS, Purpose
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.boxes import offer
from tokenworth.gui.charts.sentences import span_words
from tokenworth.gui.day_field import ANY_DAY, DayField
from tokenworth.gui.flow import FlowLayout
from tokenworth.gui.models.sessions import OUTCOMES, SOURCES

LETTERS: Final = 7
DAY_MS: Final = 86_400_000


class Filters(QWidget):
    """The row of filters; `changed` when one is set otherwise."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout(spacing=8)
        self.setLayout(row)
        self.source = self._box(self.tr("Source"))
        self.project = self._box(self.tr("Project"))
        self.model = self._box(self.tr("Model"))
        self.outcome = self._box(self.tr("Outcome"))
        self.first = self._day(self.tr("From day"), self.tr("from any day"))
        self.last = self._day(self.tr("To day"), self.tr("to any day"))
        self.untagged = QCheckBox(self.tr("Untagged only"))
        self.untagged.toggled.connect(lambda _: self.changed.emit())
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setProperty("role", "bare")
        self.clear.setAccessibleName(self.tr("Clear filters"))
        self.clear.clicked.connect(self.show_everything)
        for widget in (
            self.source, self.project, self.model, self.outcome, self.first, self.last,
            self.untagged, self.clear,
        ):  # fmt: skip
            row.addWidget(widget)
        self._beyond = SessionQuery()
        """What no box shows, from a chart: each part has a chip that takes it off."""
        self.chips = {"week": QPushButton(), "fates": QPushButton(), "purposes": QPushButton()}
        for name, chip in self.chips.items():
            chip.setProperty("role", "answer")
            chip.hide()
            chip.clicked.connect(partial(self._take_off, name))
            row.addWidget(chip)
        self.offer({"sources": [], "projects": [], "models": []})

    def offer(self, choices: dict[str, list[str]]) -> None:
        """Offer these, keeping what is chosen where it is still there."""
        sources = {kind: SOURCES.get(kind, kind) for kind in choices["sources"]}
        projects = {name: name or self.tr("(no project)") for name in choices["projects"]}
        offer(self.source, self.tr("All sources"), sources)
        offer(self.project, self.tr("All projects"), projects)
        offer(self.model, self.tr("All models"), {name: name for name in choices["models"]})
        outcomes = {code: self.tr(words) for code, words in OUTCOMES.items()}
        outcomes["-"] = self.tr("not looked at")
        offer(self.outcome, self.tr("All outcomes"), outcomes)

    def query(self, starts: Callable[[QDate], int]) -> SessionQuery:
        """Return what the boxes let through; `starts` gives the first moment of a day."""
        source, project, model, outcome = (
            box.currentData() for box in (self.source, self.project, self.model, self.outcome)
        )
        first, last = self.first.date(), self.last.date()
        return SessionQuery(
            start_ts=None if first == ANY_DAY else starts(first),
            end_ts=None if last == ANY_DAY else starts(last.addDays(1)),
            sources=() if source is None else (source,),
            projects=() if project is None else (project,),
            model=model or "",
            fates=self._beyond.fates or (() if outcome is None else (outcome,)),
            purposes=self._beyond.purposes,
            untagged=self.untagged.isChecked(),
            week=self._beyond.week,
        )

    def show_query(self, query: SessionQuery) -> None:
        """Set the boxes to a query's filters; a signal follows."""
        self._set(self.source, query.sources[0] if query.sources else None)
        self._set(self.project, query.projects[0] if query.projects else None)
        self._set(self.model, query.model or None)
        self._set(self.outcome, query.fates[0] if len(query.fates) == 1 else None)
        self.untagged.setChecked(query.untagged)
        for field, ts in ((self.first, query.start_ts), (self.last, query.end_ts)):
            blocked = field.blockSignals(True)  # noqa: FBT003 - Qt's signature
            within = None if ts is None else ts - (field is self.last)  # the end is not included
            field.setDate(ANY_DAY if within is None else _day_of(within))
            field.blockSignals(blocked)
        many = query.fates if len(query.fates) > 1 else ()
        self._go_beyond(SessionQuery(week=query.week, fates=many, purposes=query.purposes))
        self.changed.emit()

    def show_everything(self) -> None:
        """Take all filters off."""
        self.show_query(SessionQuery())

    def is_set(self) -> bool:
        """Whether anything is left out."""
        return self.query(lambda _: 0) != SessionQuery()

    def _go_beyond(self, beyond: SessionQuery) -> None:
        self._beyond = beyond
        outcomes = [self.tr(OUTCOMES.get(code, "not looked at")) for code in beyond.fates]
        purposes = [self.tr(PURPOSE_WORDS[Purpose(code)]) for code in beyond.purposes]
        either = self.tr(" or ")
        told = {
            "week": _week_words(beyond.week) if beyond.week else "",
            "fates": either.join(outcomes),
            "purposes": either.join(purposes),
        }
        for name, words in told.items():
            self.chips[name].setText(f"{words}  \N{MULTIPLICATION SIGN}")
            self.chips[name].setAccessibleName(self.tr("Take off: {filter}").format(filter=words))
            self.chips[name].setToolTip(self.tr("Take this filter off"))
            self.chips[name].setVisible(bool(words))

    def _take_off(self, name: str) -> None:
        nothing = getattr(SessionQuery(), name)
        self._go_beyond(msgspec.structs.replace(self._beyond, **{name: nothing}))
        self.clear.setFocus()
        self.changed.emit()

    def _set(self, box: QComboBox, value: object) -> None:
        blocked = box.blockSignals(True)  # noqa: FBT003 - Qt's signature
        if value is not None and box.findData(value) < 0:
            box.addItem(str(value) or self.tr("(no project)"), value)
        box.setCurrentIndex(0 if value is None else box.findData(value))
        box.blockSignals(blocked)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS)
        box.currentIndexChanged.connect(self._chosen)
        return box

    def _day(self, name: str, words_for_any: str) -> DayField:
        field = DayField(words_for_any)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.dateChanged.connect(self._chosen)
        return field

    def _chosen(self) -> None:
        if self.sender() is self.outcome:
            self._go_beyond(msgspec.structs.replace(self._beyond, fates=()))
        self.changed.emit()


def _week_words(key: str) -> str:
    """Return an ISO week's days: "9-15 Mar 2026"."""
    year, week = (int(part) for part in key.split("-W"))
    return span_words(*(date.fromisocalendar(year, week, day) for day in (1, 7)), year=True)


def _day_of(ts: int) -> QDate:
    """Return the day of a moment (ms) in the system's zone."""
    return QDateTime.fromMSecsSinceEpoch(ts).date()


def day_start(day: QDate) -> int:
    """Return the first moment of a day in the system's zone, in ms."""
    return int(day.startOfDay().toMSecsSinceEpoch())
