"""The practice set: 12 made-up sessions, each compared with what the codes say of it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tokenworth.domain.review import PRACTICE
from tokenworth.domain.tag import FATE_WORDS, PURPOSE_KEYS, PURPOSE_WORDS, Fate, Purpose
from tokenworth.gui.form_questions import FATES, fate_question, purpose_question
from tokenworth.gui.keys import KeyButton, is_enter, takes_letters
from tokenworth.gui.labels import label
from tokenworth.gui.review.parts import MOST, Scrolled, card
from tokenworth.gui.review.words import say


class PracticeView(QWidget):
    """Asks purpose and fate of made-up sessions, and shows the codes' answer after each."""

    finished = Signal(object)
    """All answers, as a list of (Purpose, Fate)."""
    left = Signal()
    moved = Signal()
    """``number`` says something else now."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("Practice set"))
        self.given: list[tuple[Purpose, Fate]] = []
        self._purpose: Purpose | None = None
        self._fate: Fate | None = None
        self._build()
        self._show()

    @property
    def number(self) -> int:
        """The made-up session shown, from 1."""
        return min(len(self.given) + 1, len(PRACTICE))

    def begin(self) -> None:
        """Go on where it was left; from the start once it was finished."""
        if len(self.given) == len(PRACTICE):
            self.given = []
        self._show()

    def target(self) -> QWidget:
        """Return what takes the keys."""
        return self

    # building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        frame, column = card()
        self._words = label("", "heading")
        column.addWidget(self._words)
        column.addSpacing(8)
        self.purpose, self.fate = purpose_question(), fate_question()
        self.purpose.chosen.connect(self._choose)
        self.fate.chosen.connect(self._choose)
        column.addWidget(self.purpose)
        column.addSpacing(6)
        column.addWidget(self.fate)
        column.addSpacing(8)
        self.verdict = label()
        self._codes = label("", "muted")
        column.addWidget(self.verdict)
        column.addWidget(self._codes)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(Scrolled(frame), MOST)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        self._hints: dict[str, KeyButton] = {}
        for name, key, text, call in (
            ("next", say("Enter"), say("next"), self._next),
            ("back", say("Backspace"), say("back"), self._back),
            ("later", say("Esc"), say("do it later"), self.left.emit),
        ):
            hint = KeyButton(key, text, "bare")
            hint.clicked.connect(lambda _=False, call=call: call())
            foot.addWidget(hint)
            self._hints[name] = hint
        foot.addStretch(1)
        outer.addLayout(foot)
        outer.addStretch(1)

    # keys -----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Letters are answers here."""
        if takes_letters(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key a question, Enter for the next session."""
        if is_enter(event):
            self._next()
        elif event.key() == Qt.Key.Key_Backspace:
            self._back()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._choose(event.text().lower())

    def _choose(self, key: str) -> None:
        if self._fate is not None:
            self._mark()  # compared already: a click changes nothing
            return
        if self._purpose is None:
            self._purpose = PURPOSE_KEYS.get(key)
        elif key in FATES:
            self._fate = Fate(key)
        self._mark()

    def _back(self) -> None:
        if self._fate is None:
            self._purpose = None
            self._mark()

    def _next(self) -> None:
        if self._purpose is None or self._fate is None:
            return
        if len(self.given) == len(PRACTICE):
            self.finished.emit(list(self.given))  # it was not kept the first time
            return
        self.given.append((self._purpose, self._fate))
        if len(self.given) == len(PRACTICE):
            self.finished.emit(list(self.given))
        else:
            self._show()

    # contents -------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._purpose = self._fate = None
        self._words.setText(PRACTICE[self.number - 1].words)
        self._mark()
        self.moved.emit()
        self.setFocus()

    def _mark(self) -> None:
        made_up = PRACTICE[self.number - 1]
        keys = {code: key for key, code in PURPOSE_KEYS.items()}
        self.purpose.mark(keys[self._purpose] if self._purpose else None)
        self.fate.mark(self._fate.value if self._fate else None)
        compared = self._purpose is not None and self._fate is not None
        self.fate.setEnabled(self._purpose is not None)
        self._hints["next"].setEnabled(compared)
        self._hints["back"].setEnabled(self._purpose is not None and not compared)
        self.verdict.setVisible(compared)
        self._codes.setVisible(compared)
        if self._purpose and self._fate:
            same = (self._purpose is made_up.purpose, self._fate is made_up.fate)
            self.verdict.setText(_verdict(same))
            codes = f"{say(PURPOSE_WORDS[made_up.purpose])} · {say(FATE_WORDS[made_up.fate])}"
            self._codes.setText(say("The codes say: {words}", words=codes))
            self._tell(f"{self.verdict.text()} {self._codes.text()}")
        else:
            asked = self.fate if self._purpose else self.purpose
            before = "" if self._purpose else f"{self._words.text()} "
            self._tell(before + asked.spoken)
        self.setFocus()

    def _tell(self, text: str) -> None:
        self.setAccessibleDescription(text)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))


def _verdict(same: Sequence[bool]) -> str:
    if all(same):
        return say("The same, both times.")
    if same[0]:
        return say("The same why, another outcome.")
    if same[1]:
        return say("The same outcome, another why.")
    return say("Another why, another outcome.")


def differences(given: Sequence[tuple[Purpose, Fate]]) -> list[str]:
    """Return what was answered otherwise than the codes say, one sentence each."""
    lines = []
    for made_up, (purpose, fate) in zip(PRACTICE, given, strict=False):
        if (purpose, fate) == (made_up.purpose, made_up.fate):
            continue
        you = f"{say(PURPOSE_WORDS[purpose])} · {say(FATE_WORDS[fate])}"
        codes = f"{say(PURPOSE_WORDS[made_up.purpose])} · {say(FATE_WORDS[made_up.fate])}"
        lines.append(
            f"{made_up.words}\n" + say("You: {you}. The codes: {codes}.", you=you, codes=codes)
        )
    return lines
