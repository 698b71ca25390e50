"""The tag form: one key a question, in the order of the specification (spec v1, 2)."""

import time

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tokenworth.domain.tag import (
    OTHERS_KEYS,
    PURPOSE_KEYS,
    TYPED,
    Fate,
    Minutes,
    Purpose,
    Step,
    Tag,
    steps,
)
from tokenworth.gui.form_parts import Foot, SeenTime, SentenceField
from tokenworth.gui.form_questions import EXTRA, KEYS, ORDER, questions
from tokenworth.gui.keys import is_enter, takes_letters
from tokenworth.gui.question import Question, RangeField


class TagForm(QFrame):
    """Asks what came of one session, or the same of several."""

    answered = Signal(object, object, int)  # a time in ms is too large for an int of Qt
    """The tag, when it was asked (ms since 1970), and how long the form took (ms)."""
    left = Signal()
    asks_now = Signal(QWidget)
    """What wants to be seen: the question that waits for an answer, or what is wrong."""

    def __init__(self, save_words: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("What came of it?"))
        self.offers_skip = True
        self._time = SeenTime()
        self._asked_at = 0
        self._wants_learned = False
        self._flags: dict[str, bool] = {}
        self._given: dict[Step, str] = {}
        self._typed = Minutes.of(0)
        self._build(save_words or self.tr("save"))
        self.begin(1)

    def begin(
        self, sessions: int, *, skill: bool = False, explain: bool = False, world: bool = False
    ) -> None:
        """Ask anew, of so many sessions at once.

        ``skill`` asks K1 and K2, ``explain`` K2 and O, ``world`` what a second look asks.
        """
        self._given.clear()
        self._wants_learned = False
        self._flags = {"skill": skill, "explain": explain, "others": explain, "world": world}
        self._range.clear()
        self._range.hide()
        self._learned.clear()
        self._asked_at = time.time_ns() // 1_000_000
        self._time.begin(seen=self.isVisible())
        self._many.setText(self.tr("The same answer for {count} sessions.").format(count=sessions))
        self._many.setVisible(sessions > 1)
        self._error.hide()
        self._show()

    @property
    def is_untouched(self) -> bool:
        """Whether nothing is answered yet."""
        return not self._given

    def steps(self) -> tuple[Step, ...]:
        """Return the questions asked, as far as the answers so far tell."""
        return steps(self._purpose(), self._fate(), learned=self._wants_learned, **self._flags)

    def current(self) -> Step | None:
        """Return the question that waits for an answer; None when all are answered."""
        return next((step for step in self.steps() if step not in self._given), None)

    def complain(self, words: str) -> None:
        """Say what is wrong, below the questions."""
        self._error.setText(words)
        self._error.show()
        self.asks_now.emit(self._error)

    # building -------------------------------------------------------------------------------------

    def _build(self, save_words: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._many = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._many.setProperty("role", "warning")
        column.addWidget(self._many)
        self.questions = questions()
        for step, question in self.questions.items():
            column.addWidget(question)
            question.chosen.connect(lambda key, step=step: self._choose(step, key))
            if step == "by_hand":
                self._range = RangeField(self.tr("minutes, then Enter"))
                self._range.given.connect(self._take_range)
                self._range.refused.connect(self.complain)
                self._range.left.connect(self.left)
                self._range.back.connect(self._drop_range)
                column.addWidget(self._range)
        self._learned = SentenceField(self.tr("What do you know now? One sentence"))
        self._learned.entered.connect(self._finish)
        self._learned.left.connect(self.left)
        self._learned.back.connect(self.back)
        column.addWidget(self._learned)
        self._error = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._error.setProperty("role", "warning")
        column.addWidget(self._error)
        self.foot = Foot(save_words)
        self.foot.save.connect(self._finish)
        self.foot.skip.connect(self.skip)
        self.foot.cannot_recall.connect(self.cannot_recall)
        self.foot.back.connect(self.back)
        column.addWidget(self.foot)
        column.addStretch(1)

    # keys -----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Letters are answers here, also those that are keys of actions elsewhere."""
        if takes_letters(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key, one answer."""
        if not self._take(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Where a sentence is asked for, it is typed into its field."""
        super().focusInEvent(event)
        if self.current() == "learned" and event.reason() != Qt.FocusReason.BacktabFocusReason:
            self._learned.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Measure only the time in which the form can be seen."""
        super().showEvent(event)
        self._time.go_on()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop measuring."""
        super().hideEvent(event)
        self._time.pause()

    def _take(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if is_enter(event):
                self._finish()
        elif key == Qt.Key.Key_Backspace:
            self.back()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            return plain and self._press(event.text().lower())
        return True

    def _press(self, text: str) -> bool:
        step = self.current()
        if step is not None and text in KEYS[step]:
            self._choose(step, text)
        elif text == "s":
            self.skip()
        elif text == "x":
            self.cannot_recall()
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
        if self._wants_learned:
            self._wants_learned = False
            self._given.pop("learned", None)
        else:
            done = [step for step in ORDER if step in self._given]
            if done:
                del self._given[done[-1]]
        self._error.hide()
        self._show()

    def skip(self) -> None:
        """Leave this one out."""
        if self.offers_skip:
            self._emit(Tag(status="skipped"))

    def cannot_recall(self) -> None:
        """Say that nothing is remembered of it."""
        if self.offers_skip:
            self._emit(Tag(status="cannot_recall"))

    # answers --------------------------------------------------------------------------------------

    def _choose(self, step: Step, key: str) -> None:
        self._given[step] = key
        self._error.hide()
        if step == "by_hand" and key == str(TYPED):
            del self._given[step]
            self._show()
            self.questions["by_hand"].mark(key)
            self._range.begin()
            return
        for moot in set(self._given) - set(self.steps()):
            del self._given[moot]
        self._show()

    def _take_range(self, told: Minutes) -> None:
        self._typed = told
        self._given["by_hand"] = str(TYPED)
        self._error.hide()
        self.setFocus()
        self._show()

    def _drop_range(self) -> None:
        self.setFocus()
        self._show()

    def _finish(self) -> None:
        if self._given.get("learned") is None and "learned" in self.steps():
            self._given["learned"] = ""  # a sentence may be left out
        step = self.current()
        if step is not None:
            self._given.pop("learned", None)
            self.complain(self.tr("Not answered yet: {question}").format(
                question=self.questions[step].words))  # fmt: skip
            return
        world = self._given.get("world_changed")
        self._emit(
            Tag(
                self._purpose(),
                self._fate(),
                self._minutes("by_hand"),
                self._minutes("after_work"),
                self._learned.text().strip() or None if "learned" in self.steps() else None,
                could_alone=self._given.get("could_alone"),
                can_explain=self._given.get("can_explain"),
                others=OTHERS_KEYS.get(self._given.get("others", "")),
                world_changed=None if world is None else world == "y",
            )
        )

    def _emit(self, tag: Tag) -> None:
        self.answered.emit(tag, self._asked_at, self._time.ms())

    def _minutes(self, step: Step) -> Minutes | None:
        if step not in self.steps():
            return None
        key = int(self._given[step])
        return self._typed if key == TYPED else Minutes.of(key)

    def _purpose(self) -> Purpose | None:
        return PURPOSE_KEYS.get(self._given.get("purpose", ""))

    def _fate(self) -> Fate | None:
        return Fate(self._given["fate"]) if "fate" in self._given else None

    def _shown(self, step: Step) -> bool:
        if step in EXTRA:
            return step in steps(Purpose.NEEDED, Fate.USED, **self._flags)
        return step != "learned" or "learned" in self.steps()

    def _show(self) -> None:
        now = self.current()
        for step, question in self.questions.items():
            question.mark(self._given.get(step))
            question.setEnabled(step in self._given or step == now)
            question.setVisible(self._shown(step))
        self._learned.setVisible("learned" in self.steps())
        self._range.setVisible(self._given.get("by_hand") == str(TYPED))
        hints = self.foot.hints
        hints["save"].setEnabled(now in (None, "learned"))
        hints["back"].setEnabled(bool(self._given))
        hints["skip"].setVisible(self.offers_skip and (now is None or "s" not in KEYS[now]))
        hints["forgotten"].setVisible(self.offers_skip)
        self._place_focus(now)
        if now is not None:
            self._tell(self.questions[now])
            self.asks_now.emit(self._learned if now == "learned" else self.questions[now])
        else:
            self.setAccessibleDescription(self.tr("All answered. Enter saves."))

    def _place_focus(self, now: Step | None) -> None:
        if not self.isVisible():
            return  # whoever shows it gives it the focus
        if now == "learned":
            self._learned.setFocus()
        elif not self._range.is_asking():
            self.setFocus()

    def _tell(self, question: Question) -> None:
        """Let a screen reader say what is asked now: the focus stays where it is."""
        self.setAccessibleDescription(question.spoken)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, question.spoken))
