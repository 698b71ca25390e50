"""An answer in Review, done and undone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtGui import QUndoCommand

from tokenworth.domain.review import Card, Saved
from tokenworth.domain.tag import Tag
from tokenworth.gui.asks import Asks
from tokenworth.gui.review.words import say

if TYPE_CHECKING:
    from tokenworth.workflows.library import Library

Way = Literal["queue", "sweep", "change"]


@dataclass(frozen=True)
class Asking:
    """A card, and what its answer is."""

    card: Card
    way: Way = "queue"
    """From the queue; picked in the sweep; or beside the first answer, with all numbers seen."""

    @property
    def is_second(self) -> bool:
        """Whether this is a second look."""
        return self.card.chosen.startswith("second")

    def is_of(self, card: Card | None) -> bool:
        """Whether this asks about the session of a card, in the same half-week."""
        mine = self.card.uid, self.card.period
        return card is not None and mine == (card.uid, card.period)


@dataclass(frozen=True)
class Given:
    """A filled-in form: when it was asked (ms since 1970), how long it took (ms)."""

    tag: Tag
    asked_at: int
    form_ms: int


class Hears(Protocol):
    """Who wants to know what became of an answer."""

    def kept(self, command: "ReviewCommand", saved: Saved) -> None:
        """It is in the store."""

    def refused(self, command: "ReviewCommand", error: Exception) -> None:
        """It is not in the store."""

    def taken_back(self, command: "ReviewCommand") -> None:
        """It was undone; the history keeps both."""


class ReviewCommand(QUndoCommand):
    """One answer to one card. Undone it is taken back, and the card is asked again."""

    def __init__(self, asks: Asks, asking: Asking, given: Given, hears: Hears) -> None:
        super().__init__(_name(asking, given.tag))
        self.asking = asking
        self.given = given
        self.times_kept = 0
        self._asks = asks
        self._hears = hears
        self._ids: list[str] = []
        self._was_seen = asking.way == "change"

    def redo(self) -> None:
        """Give the answer."""
        self._asks.tell(self._give, self._kept, self._refused)

    def undo(self) -> None:
        """Take the answer back."""
        self._asks.tell(
            lambda library: library.untag(self._ids), lambda _: self._hears.taken_back(self)
        )

    def _give(self, library: "Library") -> Saved:
        """Run on the worker, so that an undo that follows at once finds what was given."""
        card, given = self.asking.card, self.given
        if self._was_seen:
            answer_id = library.change(
                card.uid, card.period, given.tag, asked_at=given.asked_at, form_ms=given.form_ms
            )
            self._ids = [answer_id]
            return Saved(answer_id, library.detail(card.id), (), None, too_quick=False)
        if self.asking.way == "sweep":
            saved = library.answer_swept(
                card.id, card.period, given.tag, asked_at=given.asked_at, form_ms=given.form_ms
            )
        else:
            saved = library.answer(card, given.tag, asked_at=given.asked_at, form_ms=given.form_ms)
        self._ids = [saved.answer_id]
        # once its numbers were shown, the same answer can only be a change beside the first
        self._was_seen = saved.detail is not None and not self.asking.is_second
        return saved

    def _kept(self, saved: Saved) -> None:
        self.times_kept += 1
        self._hears.kept(self, saved)

    def _refused(self, error: Exception) -> None:
        self._hears.refused(self, error)


def _name(asking: Asking, tag: Tag) -> str:
    if tag.status != "answered":
        return say("skip of a card")
    return say("change of an answer") if asking.way == "change" else say("answer to a card")
