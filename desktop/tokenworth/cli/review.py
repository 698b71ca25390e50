"""`review`: the queue in a terminal. What is hidden in the window is hidden here."""

import argparse
import sys

from tokenworth.cli.asking import Wants, fill, prompt
from tokenworth.cli.keyboard import ENTER, QUIT, Ended, Keyboard, keyboard
from tokenworth.cli.opening import opened
from tokenworth.cli.output import say, say_json
from tokenworth.cli.statuses import DONE
from tokenworth.domain.review import Card, Half, Queue, Saved
from tokenworth.domain.tag import SPEC, Tag
from tokenworth.importers import NAMES
from tokenworth.reports import review as words_of
from tokenworth.workflows.library import Library

SWEEP_MINUTES = 3
NOTHING_MORE = Wants()


def review(options: argparse.Namespace) -> int:
    """Ask about the sessions of the queue, one after another, until none is left or q."""
    if options.json and not options.list:
        options.not_understood("--json goes with --list: questions are for a person")
    if options.list and (options.draw or options.sweep):
        options.not_understood("--list asks and draws nothing")
    if options.stop and (options.list or options.draw or options.sweep):
        options.not_understood("--stop does nothing else")
    with opened(options) as library:
        if options.list:
            _list(library.queue(), library, as_json=options.json)
            return DONE
        with keyboard() as keys:
            reviewing = _Reviewing(library, keys, draw=options.draw, sweep=options.sweep)
            reviewing.stop() if options.stop else reviewing.run()
    return DONE


def _list(queue: Queue, library: Library, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "halves": queue.halves,
                "left": queue.left,
                "undrawn": queue.undrawn or None,
                "needs_import": queue.needs_import,
                "words": queue.words,
                "spec": SPEC,
            }
        )
    else:
        say(words_of.queue(queue, library.zone))


class _Reviewing:
    def __init__(self, library: Library, keys: Keyboard, *, draw: bool, sweep: bool) -> None:
        self._library = library
        self._keys = keys
        self._draw = draw
        self._sweeps = sweep
        self._declined = False

    def run(self) -> None:
        """Ask until there is nothing to ask, or until the person has had enough."""
        try:
            self._begin()
            while (queue := self._next()) is not None and queue.card is not None:
                self._ask(queue.card, _half(queue, queue.card.period))
        except Ended:
            left = self._library.queue().left
            say(f"\nStopped; what you answered is kept. {left} left.")

    def stop(self) -> None:
        """Ask no more of the half-week whose turn it is, once the person has said yes."""
        queue = self._library.queue()
        asking = next((half for half in queue.halves if half.state == "asking"), None)
        if asking is None:
            say("No half-week is being asked about.")
            return
        try:
            agreed = self._says_yes(words_of.stopping(asking, self._library.zone))
        except Ended:
            agreed = False
        if agreed:
            self._library.stop(asking.period)
        say(words_of.queue(self._library.queue(), self._library.zone) if agreed else "It goes on.")

    def _begin(self) -> None:
        queue = self._library.queue()
        if queue.practice_due:
            say(
                "Twelve made-up sessions to practise on are due: they are in the window, in Review."
            )
        if not (self._draw or self._sweeps):
            return
        if not queue.undrawn:
            sys.stderr.write("tokenworth: there is no half-week that waits for its draw\n")
        elif half := _half(queue, queue.undrawn):
            self._draw_half(half)

    def _next(self) -> Queue | None:
        """Return the queue with the next card; None where there is nothing more to ask."""
        while True:
            queue = self._library.queue()
            if queue.card is not None:
                return queue
            half = _half(queue, queue.undrawn)
            if half is None or self._declined:
                say(words_of.queue(queue, self._library.zone))
                return None
            self._draw_half(half)

    # the draw -------------------------------------------------------------------------------------

    def _draw_half(self, half: Half) -> None:
        say(words_of.half_words(half, self._library.zone))
        if self._sweeps:
            self._sweep(half)
        if not self._draw and not self._agreed(half):
            self._declined = True
            say("Nothing is drawn.")
            return
        self._library.draw(half.period)

    def _agreed(self, half: Half) -> bool:
        how = "Ask about all of them now?" if half.census else "Draw them now? It is done once."
        return self._says_yes(how)

    def _says_yes(self, question: str) -> bool:
        while True:
            prompt(f"{question} y/n\n> ")
            pressed = self._keys.key()
            say({"y": "yes", "n": "no"}.get(pressed, ""))
            if pressed == QUIT:
                raise Ended
            if pressed in ("y", "n"):
                return pressed == "y"

    def _sweep(self, half: Half) -> None:
        rows = self._library.sweep(half.period)
        if not rows:
            say(f"None of them had {SWEEP_MINUTES} minutes of your attention: nothing to sweep.")
            return
        for number, row in enumerate(rows, 1):
            say(f"{number:3}  {words_of.title(row, self._library.zone, NAMES)}")
        for place in self._picked(len(rows)):
            row = rows[place]
            say("\n" + words_of.title(row, self._library.zone, NAMES))
            filled = fill(self._keys, self._library.now, NOTHING_MORE, may_leave=True)
            if filled.tag is None:
                continue
            saved = self._library.answer_swept(
                row.id, half.period, filled.tag, asked_at=filled.asked_at, form_ms=filled.form_ms
            )
            self._show(saved, filled.tag, row.uid, half.period)

    def _picked(self, number: int) -> list[int]:
        while True:
            prompt(
                "Which of them saved or cost you more than an hour? Their numbers, then Enter; "
                "Enter alone: none.\n> "
            )
            line = self._keys.line()
            if line == QUIT:
                raise Ended
            told = line.replace(",", " ").split()
            if all(one.isascii() and one.isdigit() and 0 < int(one) <= number for one in told):
                return [int(one) - 1 for one in dict.fromkeys(told)]
            say(f"Numbers from 1 to {number} are needed.")

    # one card -------------------------------------------------------------------------------------

    def _ask(self, card: Card, half: Half | None) -> None:
        wants = Wants(
            skill=card.asks_skill, explain=card.asks_explain, others=card.asks_explain,
            world=card.asks_world,
        )  # fmt: skip
        say(words_of.card(card, half, self._library.zone, NAMES))
        filled = fill(self._keys, self._library.now, wants)
        if filled.tag is None:
            return
        saved = self._library.answer(
            card, filled.tag, asked_at=filled.asked_at, form_ms=filled.form_ms
        )
        self._show(saved, filled.tag, card.uid, card.period, wants)

    def _show(
        self, saved: Saved, tag: Tag, uid: str, period: str, wants: Wants = NOTHING_MORE
    ) -> None:
        say(f"Kept: {words_of.told(tag)}.")
        if saved.detail is None:
            return
        say(words_of.revealed(saved, self._library.zone))
        while True:
            prompt("Change anything? c; Enter goes on\n> ")
            pressed = self._keys.key()
            say("")
            if pressed == QUIT:
                raise Ended
            if pressed == ENTER:
                return
            if pressed == "c":
                self._change(uid, period, wants)
                return

    def _change(self, uid: str, period: str, wants: Wants) -> None:
        filled = fill(self._keys, self._library.now, wants, may_leave=True)
        if filled.tag is not None:
            self._library.change(
                uid, period, filled.tag, asked_at=filled.asked_at, form_ms=filled.form_ms
            )
            say("Kept beside your first answer. Estimates use the first.")


def _half(queue: Queue, period: str) -> Half | None:
    return next((half for half in queue.halves if half.period == period), None)
