"""Before a draw: its size, the sweep, and the draw itself."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject

from tokenworth.domain.review import SweepRow
from tokenworth.gui.asks import Asks
from tokenworth.gui.review.stage import Stage
from tokenworth.gui.review.sweep import card_of
from tokenworth.gui.review.undo import Asking
from tokenworth.gui.review.words import days, say

ASKED: Final = "asked_per_period"


class BeforeDraw(QObject):
    """Does what is chosen before a half-week is drawn."""

    def __init__(self, asks: Asks, stage: Stage, ask: Callable[[Asking], None]) -> None:
        super().__init__(stage)
        self._asks = asks
        self._stage = stage
        self._ask = ask
        stage.half.draw_asked.connect(self.draw)
        stage.half.size_chosen.connect(self.choose_size)
        stage.half.sweep_asked.connect(self.sweep)
        stage.sweep.ticked.connect(self.ask_about)

    def draw(self) -> None:
        """Draw the half-week shown; the store's change brings the first card."""
        half = self._stage.half.half
        if half is not None and not self._stage.head.waiting.is_waiting:
            self._stage.head.waiting.begin()
            self._asks.tell(lambda library: library.draw(half.period), None, self._not_done)

    def choose_size(self, size: int) -> None:
        """Keep how many are asked about in each half-week."""
        self._asks.tell(lambda library: library.set_setting(ASKED, str(size)))

    def sweep(self) -> None:
        """Show the titles of the larger sessions."""
        half = self._stage.half.half
        if half is None:
            return
        line = f"{days(half)} · {say('the sweep')}"

        def listed(rows: Sequence[SweepRow]) -> None:
            self._stage.sweep.show_rows(rows)
            self._stage.head.show_words(say("What came of it?"), line)
            self._stage.go(self._stage.sweep)

        self._asks.ask(lambda library: library.sweep(half.period), listed)

    def ask_about(self, row: SweepRow) -> None:
        """Ask about a title that was ticked, on the spot."""
        half = self._stage.half.half
        if half is not None:
            self._asks.ask(
                lambda library: card_of(row, half.period, library.detail(row.id)),
                lambda card: self._ask(Asking(card, "sweep")),
            )

    def _not_done(self, error: Exception) -> None:
        self._stage.stay(self._asks, error)
