"""The card of Review: what helps memory of a session, the form, and the keys under it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tokenworth.gui import words
from tokenworth.gui.form import TagForm
from tokenworth.gui.keys import KeyButton
from tokenworth.gui.labels import label
from tokenworth.gui.review.parts import MOST, Quote, Scrolled, card, line
from tokenworth.gui.review.undo import Asking
from tokenworth.gui.review.words import place, say, title_of, undo_keys
from tokenworth.gui.theme import Theme

UNDER_PX: Final = 60
"""How much below the asked question is kept in sight: there a range or a sentence is typed."""


class CardView(QWidget):
    """One session, asked about. It is given a Card and nothing else: it cannot show more."""

    answered = Signal(object, object, int)
    """The tag, when it was asked (ms since 1970), and how long the form took (ms)."""
    left = Signal()
    undo_asked = Signal()
    stop_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.zone = ""
        self.asking: Asking | None = None
        self.form = TagForm(say("save and show the numbers"))
        self.form.answered.connect(self.answered)
        self.form.left.connect(self.left)
        self.form.asks_now.connect(self._follow)
        self._theme = theme
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    def ask(self, asking: Asking, before: str = "") -> None:
        """Ask about a session; ``before`` is what was said of it where that is open."""
        self.asking = asking
        shown = asking.card
        self._where.setText(place(shown, self.zone))
        self._title.setText(title_of(shown))
        self._request.say(shown.first_request)
        self._answer.say(shown.last_answer)
        self._files.setText(words.breakable(", ".join(shown.files)))
        self._files.setVisible(bool(shown.files))
        seen = asking.way == "change"
        self._hidden.setVisible(not seen)
        note = ""
        if seen:
            note = say(
                "You have seen its numbers. What you say now is kept beside your first answer, "
                "which is the one that counts."
            )
        if before:
            note += "\n" + say("You said: {words}", words=before)
        self._note.setText(note.strip())
        self._note.setVisible(bool(note))
        self.area.to_top()
        self.form.setAccessibleName(
            say("What came of it? {title}", title=shown.title or say("(no title)"))
        )
        queued = asking.way == "queue"
        self.form.offers_skip = queued
        self.form.begin(
            1,
            skill=shown.asks_skill, explain=shown.asks_explain, world=shown.asks_world,
        )  # fmt: skip
        self._stop.setVisible(queued and not asking.is_second)
        self.leave.setVisible(not queued)

    def target(self) -> QWidget:
        """Return what takes the keys."""
        return self.form

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Dress anew: a style sheet forgets a label's font when the label moves into a window."""
        super().showEvent(event)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave every key that is none of the form's to the page."""
        event.ignore()

    def _build(self) -> None:
        frame, column = card()
        top = QHBoxLayout()
        self._where = label("", "muted")
        self._hidden = line(say("tokens, cost and model stay hidden until you save"), "muted")
        top.setSpacing(20)
        top.addWidget(self._where, 1)
        top.addWidget(self._hidden, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self._title = label()
        column.addWidget(self._title)
        self._request, self._answer = Quote(), Quote()
        column.addWidget(self._request)
        column.addWidget(self._answer)
        self._files = label("", "muted")
        column.addWidget(self._files)
        self._note = label("", "muted")
        column.addWidget(self._note)
        column.addSpacing(8)
        column.addWidget(self.form)
        self.area = Scrolled(frame)
        foot = QHBoxLayout()
        foot.addWidget(self.form.foot, 1)
        self.leave = KeyButton("Esc", say("leave it"), "bare")
        self.leave.clicked.connect(self.left)
        undo = KeyButton(undo_keys(), say("undo"), "bare")
        undo.setToolTip(say("Take the last answer back"))
        undo.clicked.connect(self.undo_asked)
        row = self.form.foot.layout()
        if row is not None:
            row.addWidget(self.leave)
            row.addWidget(undo)
        self._stop = QPushButton(say("Stop here…"))
        self._stop.setProperty("role", "bare")
        self._stop.setToolTip(say("Ask no more of this half-week"))
        self._stop.setAccessibleName(say("Stop here for this half-week"))
        self._stop.clicked.connect(self.stop_asked)
        foot.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(self.area, MOST)
        outer.addLayout(foot)
        outer.addStretch(1)

    def _dress(self) -> None:
        self._title.setFont(self._theme.font("heading", strong=True))

    def _follow(self, question: QWidget) -> None:
        self.area.follow(question, 0 if self.form.is_untouched else UNDER_PX)
