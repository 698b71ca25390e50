"""Review: what came of it? One card at a time, drawn by chance, answered before all is shown."""

from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QUndoStack
from PySide6.QtWidgets import QVBoxLayout

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.review import Card, Half, Queue, Saved
from tokenworth.domain.tag import Tag
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks, NotOpenError
from tokenworth.gui.keys import takes_letters
from tokenworth.gui.page import Page
from tokenworth.gui.review.actions import offer_actions
from tokenworth.gui.review.before import BeforeDraw
from tokenworth.gui.review.practising import Practising
from tokenworth.gui.review.rest import READY, outcome, rest, steps_on, stop_words
from tokenworth.gui.review.stage import Stage
from tokenworth.gui.review.undo import Asking, Given, ReviewCommand
from tokenworth.gui.review.words import days, said, say
from tokenworth.gui.theme import Theme


class ReviewPage(Page):
    """Asks what came of the sessions drawn, and shows everything of each once it is answered."""

    def __init__(self, asks: Asks, theme: Theme, actions: Actions, undo: QUndoStack) -> None:
        super().__init__(asks, theme, actions, undo)
        self.name = self.tr("Review")
        self.queue: Queue | None = None
        self.stage = Stage(theme)
        self._ticket: Any = None
        self.before = BeforeDraw(asks, self.stage, self._ask)
        self.practice = Practising(asks, self.stage, self._route)
        self._is_saving = self._is_stale = False
        self._moves_on = True
        self._taken_back: ReviewCommand | None = None
        self._kept: tuple[ReviewCommand, Saved] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 16)
        column.addWidget(self.stage)
        self.stage.head.show_words(say("What came of it?"))
        self._connect()
        offer_actions(self, actions)
        self.begin_at = self.stage
        self._refresh()

    # what the window calls ------------------------------------------------------------------------

    def shown(self) -> None:
        """The page has become visible: a half-week may have ended meanwhile."""
        self._refresh()

    def badge(self) -> str:
        """Return how many cards are left."""
        left = self.queue.left if self.queue else 0
        return say("{count} left", count=left) if left else ""

    def can_skip(self) -> bool:
        """Whether a card of the queue is open."""
        return self._open_card() is not None

    def skip(self) -> None:
        """Leave the open card out."""
        if self.can_skip():
            self.stage.card.form.skip()

    def explain(self) -> None:
        """Explain how a card comes to be drawn."""
        self.stage.explain()

    def can_stop(self) -> bool:
        """Whether the open card belongs to a half-week."""
        card = self._open_card()
        return card is not None and self._half(card.period) is not None

    def stop(self) -> None:
        """Ask whether to stop here for this half-week."""
        card = self._open_card()
        half = self._half(card.period if card else "")
        if half is not None:
            self.stage.confirm_stop(stop_words(half))

    def practise(self) -> None:
        """Begin the practice set, or go on with it."""
        self.practice.begin()

    # keys -----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Letters are answers here, not the keys of actions elsewhere."""
        if takes_letters(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc puts the practice set off."""
        if event.key() == Qt.Key.Key_Escape and self.stage.shown is self.stage.note:
            self.practice.put_off()
        else:
            super().keyPressEvent(event)

    # building -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        stage = self.stage
        stage.card.answered.connect(self._answered)
        stage.card.left.connect(self._leave_card)
        stage.card.stop_asked.connect(self.stop)
        for view in (stage.card, stage.reveal):
            view.undo_asked.connect(self.undo.undo)
        stage.confirm.yes.connect(self._stop)
        stage.reveal.next_asked.connect(self._next)
        stage.reveal.change_asked.connect(self._change)
        stage.sweep.left.connect(self._route)
        self.asks.changed.connect(self._refresh)
        self.asks.opened.connect(self._begin_anew)

    # the queue ------------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self._is_saving, self._moves_on = False, True
        self._taken_back = self._kept = None
        self.practice.forget()
        self._refresh()

    def _refresh(self) -> None:
        if self._ticket is not None:
            self._ticket.drop()
        self._ticket = self.asks.ask(lambda library: library.queue(), self._came, self._not_read)

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, NotOpenError):
            return  # no store is open yet: `opened` will ask again
        self._ticket = None
        if not isinstance(error, Refusal):
            self.asks.failed.emit(error)
        self.stage.rest.tell(
            say("The queue could not be read"), [str(error)], [(say("Try again"), self._refresh)]
        )
        self.stage.go(self.stage.rest)

    def _came(self, queue: Queue) -> None:
        self.queue = queue
        self._ticket, self._is_stale = None, False
        self.badge_changed.emit()
        stage = self.stage
        if self._taken_back is not None:
            self._ask_again(self._taken_back, queue)
        elif self._moves_on or stage.shown in (stage.rest, stage.half):
            self._route()
        elif stage.shown is stage.card and not self._is_saving:
            self._keep_up(queue)

    def _keep_up(self, queue: Queue) -> None:
        """A card stays as it is while it is being answered, unless it is no longer asked."""
        asking = self.stage.card.asking
        if asking is None or asking.way != "queue":
            return
        if asking.is_of(queue.card):
            self._head(asking)
        elif self.stage.card.form.is_untouched:
            self._route()

    def _route(self) -> None:
        """Show what is next."""
        self._moves_on = False
        if (queue := self.queue) is None:
            return
        undrawn = self._half(queue.undrawn)
        if queue.practice_due and not self.practice.is_put_off and (queue.card or undrawn):
            self.practice.offer()
        elif queue.card is not None:
            self._ask(Asking(queue.card))
        elif undrawn is not None:
            self._show_half(undrawn)
        else:
            self._rest(queue)

    def _half(self, period: str) -> Half | None:
        halves = self.queue.halves if self.queue else ()
        return next((half for half in halves if half.period == period), None)

    def _open_card(self) -> Card | None:
        asking = self.stage.card.asking
        is_open = self.stage.shown is self.stage.card and not self._is_saving
        return asking.card if is_open and asking and asking.way == "queue" else None

    def _show_half(self, half: Half) -> None:
        halves = self.queue.halves if self.queue else ()
        before = [outcome(one) + "." for one in halves if one.state in READY]
        self.stage.half.show_half(half, " ".join(before))
        self.stage.head.show_words(say("What came of it?"), days(half))
        self.stage.go(self.stage.half)

    def _rest(self, queue: Queue) -> None:
        self.stage.head.show_words(say("What came of it?"))
        told, steps = rest(queue), steps_on(queue, self.window_actions, self.show_sessions.emit)
        if queue.practice_due:
            steps.append((say("Practice set"), self.practice.begin))
        self.stage.rest.tell(told.heading, told.sentences, steps)
        self.stage.go(self.stage.rest)

    # a card ---------------------------------------------------------------------------------------

    def _ask(self, asking: Asking, before: str = "") -> None:
        kept = self._kept
        if asking.way != "change" or kept is None or not asking.is_of(kept[0].asking.card):
            self.stage.reveal.clear()
            self._kept = None
        self.stage.card.ask(asking, before)
        self._head(asking)
        self.stage.go(self.stage.card)

    def _head(self, asking: Asking, *, kept: bool = False) -> None:
        self.stage.head.show_card(asking, self._half(asking.card.period), kept=kept)

    def _ask_again(self, command: ReviewCommand, queue: Queue) -> None:
        """Show the card of an answer that was taken back."""
        self._taken_back, self._moves_on = None, False
        card, tag = command.asking.card, command.given.tag
        if queue.card is not None and command.asking.is_of(queue.card):
            self._ask(Asking(queue.card))
        elif tag.status == "answered":
            self._ask(Asking(card, "change"), said(tag))
        else:
            self._route()

    def _answered(self, tag: Tag, asked_at: int, form_ms: int) -> None:
        asking = self.stage.card.asking
        if self._is_saving or asking is None:
            return
        self._is_saving = True
        self.stage.head.waiting.begin()
        given = Given(tag, asked_at, form_ms)
        self.undo.push(ReviewCommand(self.asks, asking, given, self))

    def kept(self, command: ReviewCommand, saved: Saved) -> None:
        """Show what was kept; after a skip, or done again after an undo, go on."""
        self._is_saving, self._is_stale = False, True
        if saved.detail is None or command.times_kept > 1:
            self._moves_on = True  # `changed` follows
            return
        if command.asking.way == "change" and self._kept is not None:
            before = self._kept[1]
            saved = replace(saved, why=before.why, earlier=before.earlier)
        self._kept = (command, saved)
        self._show_reveal()

    def refused(self, command: ReviewCommand, error: Exception) -> None:
        """Say why an answer was not kept; it still stands in the form."""
        self._is_saving = False
        command.setObsolete(True)
        last = self.undo.index() - 1
        if last >= 0 and self.undo.command(last) is command:
            self.undo.undo()  # it only drops what is obsolete
        if not isinstance(error, Refusal):
            self.asks.failed.emit(error)
        self.stage.head.waiting.forget()
        if self.stage.shown is self.stage.card:
            self.stage.card.form.complain(
                say("Not kept. {words} Enter tries again.", words=str(error))
            )
            self.stage.go(self.stage.card)
        self._refresh()

    def taken_back(self, command: ReviewCommand) -> None:
        """Ask the card again; `changed` follows."""
        self._is_saving, self._taken_back = False, command
        self.message.emit(say("The answer is taken back."))

    def _leave_card(self) -> None:
        asking, queue = self.stage.card.asking, self.queue
        if asking is None or queue is None or self._is_saving:
            return
        if asking.way == "sweep":
            self.stage.sweep.untick(asking.card.id)
            self.stage.go(self.stage.sweep)
        elif asking.way == "change" and self._kept is not None:
            self._show_reveal()
        elif asking.way == "change" or not asking.is_of(queue.card):
            self._route()

    # after a card ---------------------------------------------------------------------------------

    def _show_reveal(self) -> None:
        if self._kept is not None:
            command, saved = self._kept
            self.stage.reveal.show_saved(command.asking.card, saved, command.given.tag)
            self._head(command.asking, kept=True)
            self.stage.go(self.stage.reveal)

    def _change(self) -> None:
        if self._kept is not None:
            command, _ = self._kept
            self._ask(Asking(command.asking.card, "change"), said(command.given.tag))

    def _next(self) -> None:
        if self._kept is not None and self._kept[0].asking.way == "sweep":
            self.before.sweep()
        elif self._is_stale:
            self._moves_on = True
            self.stage.head.waiting.begin()
        else:
            self._route()

    def _stop(self) -> None:
        card = self._open_card()
        self.stage.confirm.hide()
        if card is not None:
            self._moves_on = True
            self.stage.head.waiting.begin()
            stay = partial(self.stage.stay, self.asks)
            self.asks.tell(lambda library: library.stop(card.period), None, stay)
