"""The rooms of Review, one of them shown at a time, and who has the keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tokenworth.domain.refusal import Refusal
from tokenworth.gui.asks import Asks
from tokenworth.gui.review.card import CardView
from tokenworth.gui.review.head import Head
from tokenworth.gui.review.parts import Confirm, Telling
from tokenworth.gui.review.practice import PracticeView
from tokenworth.gui.review.rest import why_sentences
from tokenworth.gui.review.reveal import Reveal
from tokenworth.gui.review.sweep import HalfView, SweepView
from tokenworth.gui.review.words import say
from tokenworth.gui.theme import Theme

View = CardView | Reveal | Telling | PracticeView | HalfView | SweepView


class Stage(QWidget):
    """What stands above, a question that may be asked in between, and one room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.head = Head()
        self.confirm = Confirm()
        self.card = CardView(theme)
        self.reveal = Reveal(theme)
        self.half = HalfView()
        self.sweep = SweepView()
        self.practice = PracticeView()
        self.rest, self.note, self.why = Telling(), Telling(), Telling()
        self._before: View = self.rest
        self.shown: View = self.rest
        self._stack = QStackedWidget()
        for view in (
            self.rest, self.card, self.reveal, self.half, self.sweep, self.practice, self.note,
            self.why,
        ):  # fmt: skip
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.confirm)
        column.addWidget(self._stack, 1)
        self.head.why_asked.connect(self.explain)
        self.confirm.no.connect(self._go_on_asking)
        self.rest.tell(say("Reading…"), ())

    def go(self, view: View) -> None:
        """Show a room, and give it the keys if Review has them; also those typed ahead."""
        focus = self.window().focusWidget()
        mine = focus is None or focus is self or self.isAncestorOf(focus)
        self.shown = view
        self.confirm.hide()
        self._stack.setCurrentWidget(view)
        target = view.target()
        self.head.waiting.end()
        if mine and self.isVisible():
            target.setFocus()
            self.head.waiting.replay(self)
        else:
            self.head.waiting.forget()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keys on to the room that is shown."""
        super().focusInEvent(event)
        self.shown.target().setFocus()

    def stay(self, asks: Asks, error: Exception) -> None:
        """Keep the room shown: what was ordered was not done, and it is said why."""
        self.head.waiting.forget()
        self.go(self.shown)
        (asks.refused if isinstance(error, Refusal) else asks.failed).emit(error)

    def explain(self) -> None:
        """Explain in general how a card comes to be drawn."""
        asking = self.card.asking
        if self.shown is not self.card or asking is None:
            return
        self._before = self.shown
        self.why.tell(
            say("How sessions are drawn"),
            why_sentences(second=asking.is_second),
            [(say("Back to the card (Esc)"), self.back)],
        )
        self.go(self.why)

    def back(self) -> None:
        """Leave the explanation."""
        if self.shown is self.why:
            self.go(self._before)

    def confirm_stop(self, words: str) -> None:
        """Ask whether to stop here."""
        self.confirm.ask(words, say("Stop here"))

    def _go_on_asking(self) -> None:
        self.confirm.hide()
        self.shown.target().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take ? for the explanation, and Esc to leave it."""
        if event.text() == "?":
            self.explain()
        elif event.key() == Qt.Key.Key_Escape and self.shown is self.why:
            self.back()
        else:
            event.ignore()
