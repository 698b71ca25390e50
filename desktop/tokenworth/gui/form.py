"""The tag form: one key a question, in the order of the specification (spec v1, 2)."""

import time
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.tag import (
    BUCKET_WORDS,
    FATE_WORDS,
    PURPOSE_KEYS,
    PURPOSE_WORDS,
    TYPED,
    Fate,
    Minutes,
    Purpose,
    Step,
    Tag,
    steps,
)
from tokenworth.gui.question import Question, RangeField

ORDER: Final[tuple[Step, ...]] = ("purpose", "fate", "by_hand", "after_work", "learned")
FATES: Final = ("a", "d", "k", "p", "u")
AFTER_WORK_KEYS: Final = 8
KEYS: Final[dict[Step, tuple[str, ...]]] = {
    "purpose": tuple(PURPOSE_KEYS),
    "fate": FATES,
    "by_hand": tuple("0123456789"),
    "after_work": tuple("01234567"),
    "learned": (),
}


class TagForm(QFrame):
    """Asks what came of one session, or the same of several."""

    answered = Signal(object, object, int)  # a time in ms is too large for an int of Qt
    """The tag, when it was asked (ms since 1970), and how long the form took (ms)."""
    left = Signal()
    asks_now = Signal(QWidget)
    """The question that waits for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("What came of it?"))
        self._timer = QElapsedTimer()
        self._asked_at = 0
        self._wants_learned = False
        self._given: dict[Step, str] = {}
        self._typed = Minutes.of(0)
        self._build()
        self.begin(1)

    def begin(self, sessions: int) -> None:
        """Ask anew, of so many sessions at once."""
        self._given.clear()
        self._wants_learned = False
        self._range.clear()
        self._learned.clear()
        self._asked_at = time.time_ns() // 1_000_000
        self._timer.start()
        same = self.tr("The same answer for {count} sessions.").format(count=sessions)
        self._many.setText(same)
        self._many.setVisible(sessions > 1)
        self._error.hide()
        self._show()

    def steps(self) -> tuple[Step, ...]:
        """Return the questions asked, as far as the answers so far tell."""
        return steps(self._purpose(), self._fate(), learned=self._wants_learned)

    def current(self) -> Step | None:
        """Return the question that waits for an answer; None when all are answered."""
        return next((step for step in self.steps() if step not in self._given), None)

    # building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._many = QLabel()
        self._many.setProperty("role", "warning")
        column.addWidget(self._many)
        buckets = [(str(key), self.tr(words)) for key, words in enumerate(BUCKET_WORDS)]
        self.questions: dict[Step, Question] = {
            "purpose": Question(
                self.tr("Why?"),
                self.tr("Take the first that is true."),
                [(key, self.tr(PURPOSE_WORDS[code])) for key, code in PURPOSE_KEYS.items()],
            ),
            "fate": Question(
                self.tr("What became of it, as things stand now?"),
                "",
                [(code, self.tr(FATE_WORDS[Fate(code)])) for code in FATES],
            ),
            "by_hand": Question(
                self.tr("Without AI, how much of your own time would you really have spent?"),
                self.tr("By the best other way you know."),
                buckets,
            ),
            "after_work": Question(
                self.tr("And checking, fixing, explaining it since?"), "", buckets[:AFTER_WORK_KEYS]
            ),
            "learned": Question(
                self.tr("What do you know now?"), self.tr("One sentence, or none."), []
            ),
        }
        for step, question in self.questions.items():
            column.addWidget(question)
            question.chosen.connect(lambda key, step=step: self._choose(step, key))
            if step == "by_hand":
                self._range = RangeField(self.tr("minutes, then Enter"))
                self._range.given.connect(self._take_range)
                self._range.refused.connect(self._complain)
                self._range.left.connect(self.left)
                column.addWidget(self._range)
        self._learned = QLineEdit()
        self._learned.setAccessibleName(self.tr("What do you know now? One sentence"))
        self._learned.setMaxLength(500)
        self._learned.installEventFilter(self)
        column.addWidget(self._learned)
        self._error = QLabel()
        self._error.setProperty("role", "warning")
        column.addWidget(self._error)
        column.addLayout(self._build_foot())
        column.addStretch(1)

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._save = QPushButton(self.tr("Save (Enter)"))
        self._save.setProperty("role", "primary")
        self._save.clicked.connect(self._finish)
        row.addWidget(self._save)
        for text, call in (
            (self.tr("Skip (s)"), lambda: self._leave_out("skipped")),
            (self.tr("Cannot recall (x)"), lambda: self._leave_out("cannot_recall")),
            (self.tr("Back (Backspace)"), self.back),
        ):
            button = QPushButton(text)
            button.setProperty("role", "bare")
            button.clicked.connect(lambda _=False, call=call: call())
            row.addWidget(button)
        row.addStretch(1)
        return row

    # keys -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key, one answer."""
        if not self._take(event):
            super().keyPressEvent(event)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Enter and Esc in the fields mean what they mean in the form."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._given["learned"] = ""
                self._finish()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return False

    def _take(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif key == Qt.Key.Key_Backspace:
            self.back()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier):
            return False
        else:
            return self._press(event.text().lower())
        return True

    def _press(self, text: str) -> bool:
        step = self.current()
        if step is not None and text in KEYS[step]:
            self._choose(step, text)
            return True
        if text == "s":
            self._leave_out("skipped")
        elif text == "x":
            self._leave_out("cannot_recall")
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802 - Qt's
        """Tab asks for the sentence where it is not asked by itself, when all else is answered."""
        asked = self.current() is None and not self._wants_learned and "purpose" in self._given
        if forward and asked and "learned" not in self.steps() and self.hasFocus():
            self._wants_learned = True
            self._show()
            return True
        return super().focusNextPrevChild(forward)

    def back(self) -> None:
        """Go back one question."""
        done = [step for step in ORDER if step in self._given]
        if done:
            del self._given[done[-1]]
            self._show()

    # answers --------------------------------------------------------------------------------------

    def _choose(self, step: Step, key: str) -> None:
        self._given[step] = key
        if step == "by_hand" and key == str(TYPED):
            del self._given[step]
            self._show()
            self._range.show()
            self.questions["by_hand"].mark(key)
            self._range.begin()
            return
        self._forget_moot()
        self._error.hide()
        self._show()

    def _forget_moot(self) -> None:
        for step in ORDER:
            if step not in self.steps():
                self._given.pop(step, None)

    def _take_range(self, told: Minutes) -> None:
        self._typed = told
        self._given["by_hand"] = str(TYPED)
        self._error.hide()
        self._show()

    def _finish(self) -> None:
        if self._given.get("learned") is None and "learned" in self.steps():
            self._given["learned"] = ""  # a sentence may be left out
        step = self.current()
        if step is not None:
            self._complain(self.tr("Not answered yet: {question}").format(
                question=self.questions[step].words))  # fmt: skip
            return
        self._emit(
            Tag(
                self._purpose(),
                self._fate(),
                self._minutes("by_hand"),
                self._minutes("after_work"),
                self._learned.text().strip() or None if "learned" in self.steps() else None,
            )
        )

    def _leave_out(self, status: str) -> None:
        self._emit(Tag(status="skipped" if status == "skipped" else "cannot_recall"))

    def _emit(self, tag: Tag) -> None:
        self.answered.emit(tag, self._asked_at, self._timer.elapsed())

    def _complain(self, words: str) -> None:
        self._error.setText(words)
        self._error.show()

    def _minutes(self, step: Step) -> Minutes | None:
        if step not in self.steps():
            return None
        key = int(self._given[step])
        return self._typed if key == TYPED else Minutes.of(key)

    def _purpose(self) -> Purpose | None:
        key = self._given.get("purpose")
        return PURPOSE_KEYS[key] if key else None

    def _fate(self) -> Fate | None:
        key = self._given.get("fate")
        return Fate(key) if key else None

    def _show(self) -> None:
        asked, now = self.steps(), self.current()
        for step, question in self.questions.items():
            question.mark(self._given.get(step))
            question.setEnabled(step in self._given or step == now)
        self.questions["learned"].setVisible("learned" in asked)
        self._learned.setVisible("learned" in asked)
        self._range.setVisible(self._given.get("by_hand") == str(TYPED))
        self._save.setEnabled(now in (None, "learned"))
        if now is not None:
            self.asks_now.emit(self.questions[now])
        if now == "learned":
            self._learned.setFocus()
        elif not self._range.is_asking():
            self.setFocus()
