"""What is shown once an answer is kept: everything, on one card."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenworth.domain.review import Card, Saved
from tokenworth.domain.tag import FATE_WORDS, PURPOSE_WORDS, Tag
from tokenworth.domain.views import Answer, SessionDetail
from tokenworth.gui import words
from tokenworth.gui.keys import EnterButton, KeyButton
from tokenworth.gui.labels import label
from tokenworth.gui.review.parts import MOST, Scrolled, card, line
from tokenworth.gui.review.words import place, said, say, title_of, told, undo_keys
from tokenworth.gui.theme import Theme

MINUTE_MS: Final = 60_000
COLUMN_GAP_PX: Final = 40

Row = tuple[str, str]


class Reveal(QWidget):
    """One kept answer and all that is known of its session."""

    next_asked = Signal()
    change_asked = Signal()
    undo_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.zone = ""
        self.saved: Saved | None = None
        self._theme = theme
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    def show_saved(self, shown: Card, saved: Saved, tag: Tag) -> None:
        """Show what was kept of a card."""
        self.saved = saved
        detail = saved.detail
        if detail is None:
            return
        self._where.setText(place(shown, self.zone))
        self._title.setText(title_of(shown))
        quick = say("Under 2 seconds: too quick to have read? It is flagged, and counts.")
        self._put(self._quick, quick if saved.too_quick else "")
        self._fill(self._said, _answer_rows(tag))
        self._fill(self._known, _facts(detail))
        self._put(self._earlier, self._was_said(saved.earlier))
        first = next((one.tag for one in detail.answers if _is_first(one, shown)), tag)
        kept = say("First you said: {words}. That one counts; this is kept beside it.",
                   words=said(first))  # fmt: skip
        self._put(self._changed, kept if first != tag else "")
        self._put(self._why, "\n".join(saved.why))
        self._why_head.setVisible(bool(saved.why))
        self.area.to_top()

    def clear(self) -> None:
        """Forget the session: the next card must not stand beside its numbers."""
        self.saved = None
        for each in (self._where, self._title, *self._lines):
            each.clear()
        for grid in (self._said, self._known):
            _empty(grid)

    def target(self) -> QWidget:
        """Return what takes the keys."""
        return self.go_on

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Dress anew: a style sheet forgets a label's font when the label moves into a window."""
        super().showEvent(event)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take c for a change; scroll; leave the rest to the page."""
        if event.text().lower() == "c" and not event.modifiers():
            self.change_asked.emit()
        else:
            self.area.keyPressEvent(event)

    # building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        frame, column = card()
        self._where = label("", "muted")
        column.addWidget(self._where)
        self._title = label()
        column.addWidget(self._title)
        self._quick = label("", "warning")
        column.addWidget(self._quick)
        column.addSpacing(6)
        sides = QHBoxLayout()
        sides.setSpacing(COLUMN_GAP_PX)
        self._said, self._known = QGridLayout(), QGridLayout()
        for head, grid in (
            (say("You said"), self._said),
            (say("What it took"), self._known),
        ):
            grid.setHorizontalSpacing(18)
            grid.setVerticalSpacing(4)
            side = QVBoxLayout()
            side.setSpacing(6)
            title = line(head, "heading")
            title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            side.addWidget(title)
            side.addLayout(grid)
            side.addStretch(1)
            sides.addLayout(side)
        sides.addStretch(1)
        column.addLayout(sides)
        self._changed, self._earlier = label(), label()
        column.addWidget(self._changed)
        column.addWidget(self._earlier)
        column.addSpacing(6)
        self._why_head = line(say("Why it was asked"), "heading")
        self._why = label("", "muted")
        column.addWidget(self._why_head)
        column.addWidget(self._why)
        self._lines = (self._quick, self._changed, self._earlier, self._why)
        self.area = Scrolled(frame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(self.area, MOST)
        outer.addLayout(self._build_foot())
        outer.addStretch(1)

    def _build_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self.go_on = EnterButton(say("Next (Enter)"), "primary")
        self.go_on.setAccessibleName(say("Next"))
        self.go_on.clicked.connect(self.next_asked)
        foot.addWidget(self.go_on)
        self.change = KeyButton("c", say("change anything?"))
        self.change.setToolTip(say("Answer again; both answers are kept"))
        self.change.clicked.connect(self.change_asked)
        foot.addWidget(self.change)
        undo = KeyButton(undo_keys(), say("undo"), "bare")
        undo.clicked.connect(self.undo_asked)
        foot.addWidget(undo)
        foot.addStretch(1)
        return foot

    def _dress(self) -> None:
        self._title.setFont(self._theme.font("heading", strong=True))

    # contents -------------------------------------------------------------------------------------

    def _was_said(self, earlier: Answer | None) -> str:
        if earlier is None:
            return ""
        when = words.day(earlier.answered_at, self.zone)
        return say("On {day} you said: {words}", day=when, words=said(earlier.tag))

    @staticmethod
    def _put(where: object, text: str) -> None:
        where.setText(text)  # type: ignore[attr-defined]
        where.setVisible(bool(text))  # type: ignore[attr-defined]

    @staticmethod
    def _fill(grid: QGridLayout, rows: list[Row]) -> None:
        _empty(grid)
        for number, (name, value) in enumerate(rows):
            grid.addWidget(line(name, "muted"), number, 0)
            shown = label(value) if name == say("learned:") else line(value)
            shown.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(shown, number, 1)


def _is_first(answer: Answer, shown: Card) -> bool:
    blind = answer.masked and answer.tag.status == "answered"
    return blind and answer.period == shown.period


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.setParent(None)
            widget.deleteLater()


def _answer_rows(tag: Tag) -> list[Row]:
    rows = []
    if tag.purpose:
        rows.append((say("why"), say(PURPOSE_WORDS[tag.purpose])))
    if tag.fate:
        rows.append((say("outcome"), say(FATE_WORDS[tag.fate])))
    return rows + told(tag)


def _facts(detail: SessionDetail) -> list[Row]:
    """Return all that was hidden, as (name, value); recorded and estimated stay apart."""
    row, used = detail.row, detail.usage
    mid = words.minutes(row.active_min)
    low, high = words.minutes(detail.attention_low), words.minutes(detail.attention_high)
    rows = [
        (say("your own time"), say("about {mid} ({low} to {high})", mid=mid, low=low, high=high)),
        (say("from first to last"), words.minutes((row.end_ts - row.start_ts) / MINUTE_MS)),
        (say("turns"), words.count(row.turns)),
    ]
    if row.new_tokens is not None:
        rows += [
            (name, words.tokens(number))
            for name, number in (
                (say("fresh input tokens"), used.input),
                (say("written to cache, 5 min"), used.cache_write_5m),
                (say("written to cache, 1 h"), used.cache_write_1h),
                (say("read from cache"), used.cache_read),
                (say("output tokens"), used.output),
            )
        ]
    if row.estimated_tokens is not None:
        estimated = words.tokens(row.estimated_tokens, estimated=True)
        rows.append((say("tokens, estimated, at least"), estimated))
    if row.new_tokens is None and row.estimated_tokens is None:
        rows.append((say("tokens"), words.unknown()))
    rows.append((say("cost at list price, not a bill"), words.money(row.cost_usd)))
    if row.unpriced_tokens:
        rows.append((say("tokens without a known price"), words.tokens(row.unpriced_tokens)))
    models = ", ".join(detail.models) or words.unknown()
    rows.append((say("model") if len(detail.models) < 2 else say("models"), models))  # noqa: PLR2004
    return rows
