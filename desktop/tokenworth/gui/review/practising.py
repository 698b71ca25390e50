"""The practice set: when it is offered, and what is kept of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tokenworth.domain.review import PRACTICE
from tokenworth.domain.tag import Fate, Purpose
from tokenworth.gui.asks import Asks
from tokenworth.gui.review.practice import differences
from tokenworth.gui.review.rest import Steps, practice_words
from tokenworth.gui.review.stage import Stage
from tokenworth.gui.review.words import say

if TYPE_CHECKING:
    from tokenworth.workflows.library import Library


class Practising(QObject):
    """Offers the practice set, and hands its answers to the store."""

    def __init__(self, asks: Asks, stage: Stage, go_on: Callable[[], None]) -> None:
        super().__init__(stage)
        self.is_put_off = False
        """Not offered again before the window is opened anew; it can still be begun."""
        self._asks = asks
        self._stage = stage
        self._go_on = go_on
        stage.practice.left.connect(self.put_off)
        stage.practice.moved.connect(self._count)
        stage.practice.finished.connect(self._keep)

    def offer(self) -> None:
        """Say what it is, and let the person choose."""
        steps: Steps = [
            (say("Begin (Enter)"), self.begin),
            (say("Later (Esc)"), self.put_off),
        ]
        stage = self._stage
        stage.head.show_words(say("Practice"))
        stage.note.tell(say("First, if you like: 12 made-up sessions"), practice_words(), steps)
        stage.go(stage.note)

    def begin(self) -> None:
        """Begin, or go on where it was left."""
        self._stage.practice.begin()
        self._count()
        self._stage.go(self._stage.practice)

    def put_off(self) -> None:
        """Do it later."""
        self.is_put_off = True
        self._go_on()

    def forget(self) -> None:
        """Forget what was answered so far: it belongs to another store."""
        self.is_put_off = False
        self._stage.practice.given = []

    def _count(self) -> None:
        self._stage.head.show_practice(self._stage.practice.number, len(PRACTICE))

    def _keep(self, given: list[tuple[Purpose, Fate]]) -> None:
        waiting = self._stage.head.waiting
        if waiting.is_waiting:
            return
        waiting.begin()

        def order(library: "Library") -> int:
            return library.practice(given)

        def agreed(number: int) -> None:
            self.is_put_off = True
            heading = say(
                "You and the codes agree in {number} of {of}", number=number, of=len(given)
            )
            stage = self._stage
            stage.head.show_words(say("Practice"))
            stage.note.tell(heading, differences(given), [(say("Go on (Enter)"), self._go_on)])
            stage.go(stage.note)

        self._asks.tell(order, agreed, lambda error: self._stage.stay(self._asks, error))
