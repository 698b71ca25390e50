"""The tag form in a terminal: question after question, one key each."""

import re
import sys
import time
from collections.abc import Callable
from typing import Final, NamedTuple

import msgspec

from tokenworth.cli.keyboard import BACK, ENTER, QUIT, TAB, Ended, Keyboard
from tokenworth.cli.output import say
from tokenworth.domain.tag import (
    ALONE_WORDS,
    BUCKET_WORDS,
    EXPLAIN_WORDS,
    FATE_WORDS,
    OTHERS_KEYS,
    OTHERS_WORDS,
    PURPOSE_KEYS,
    PURPOSE_WORDS,
    TYPED,
    Fate,
    Minutes,
    Status,
    Step,
    Tag,
    steps,
)


class Question(NamedTuple):
    """One question and the keys that answer it."""

    words: str
    choices: dict[str, str]


BUCKETS: Final = {str(key): words for key, words in enumerate(BUCKET_WORDS)}
AFTER_WORK_KEYS: Final = "01234567"
QUESTIONS: Final[dict[Step, Question]] = {
    "purpose": Question(
        "Why? Take the first that is true.",
        {key: PURPOSE_WORDS[code] for key, code in PURPOSE_KEYS.items()},
    ),
    "fate": Question(
        "What became of it, as things stand now?",
        {code: FATE_WORDS[Fate(code)] for code in "adkpu"},
    ),
    "by_hand": Question(
        "Without AI, by the best other way you know: how much of your own time would you really "
        "have spent?",
        BUCKETS,
    ),
    "after_work": Question(
        "And checking, fixing, explaining it since?", {key: BUCKETS[key] for key in AFTER_WORK_KEYS}
    ),
    "could_alone": Question(
        "Could you have done it without AI? (s is an answer here: b, then s, skips)", ALONE_WORDS
    ),
    "can_explain": Question("Could you explain it to a colleague now?", EXPLAIN_WORDS),
    "others": Question(
        "Did somebody else have to fix or untangle it?",
        {key: OTHERS_WORDS[code] for key, code in OTHERS_KEYS.items()},
    ),
    "world_changed": Question(
        "Did anything about it change in the world since you were first asked?",
        {"y": "yes", "n": "no"},
    ),
    "learned": Question("What do you know now? One sentence, then Enter; Enter alone: none.", {}),
}
RANGE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?: *[-–] *([0-9]+(?:\.[0-9]+)?))?")
NO_RANGE: Final = "That is no stretch of minutes like 20-40, the smaller number first."


class Wants(msgspec.Struct, frozen=True):
    """What is asked beyond the questions that are always asked."""

    skill: bool = False
    explain: bool = False
    others: bool = False
    world: bool = False


class Filled(msgspec.Struct, frozen=True):
    """A filled-in form."""

    tag: Tag | None  # None: left as it was
    asked_at: int  # ms since 1970
    form_ms: int


def prompt(words: str) -> None:
    """Print what waits for an answer in the same line."""
    sys.stdout.write(words)
    sys.stdout.flush()


def fill(
    keyboard: Keyboard, now: Callable[[], int], wants: Wants, *, may_leave: bool = False
) -> Filled:
    """Ask all that is to be asked of one session. Raises Ended when the person has had enough.

    ``may_leave``: s leaves all as it was, and there is no x.
    """
    asked_at, began = now(), time.monotonic()
    tag = _Form(keyboard, wants, may_leave=may_leave).ask()
    return Filled(tag, asked_at, round(1000 * (time.monotonic() - began)))


class _Form:
    def __init__(self, keyboard: Keyboard, wants: Wants, *, may_leave: bool) -> None:
        self._keyboard = keyboard
        self._wants = wants
        self._may_leave = may_leave
        self._given: dict[Step, str] = {}
        self._typed: Minutes | None = None
        self._wants_learned = False

    def ask(self) -> Tag | None:
        say(
            "(s leaves it as it is, b goes back, q stops)"
            if self._may_leave
            else "(s skips, x cannot recall, b goes back, q stops)"
        )
        while True:
            step = next((step for step in self._steps() if step not in self._given), None)
            if step == "learned":
                self._ask_sentence()
                continue
            pressed = self._ask_question(step) if step else self._ask_end()
            if pressed == "":
                continue
            if pressed == "save":
                return self._tag()
            return None if self._may_leave else Tag(status=_status(pressed))

    def _steps(self) -> tuple[Step, ...]:
        purpose, fate = self._given.get("purpose"), self._given.get("fate")
        return steps(
            PURPOSE_KEYS[purpose] if purpose else None,
            Fate(fate) if fate else None,
            learned=self._wants_learned,
            **msgspec.structs.asdict(self._wants),
        )

    # one question --------------------------------------------------------------------------------

    def _ask_question(self, step: Step) -> str:
        """Return "" to go on, or the key that leaves the form."""
        question = QUESTIONS[step]
        say(question.words)
        say("  " + "  ".join(f"[{key}] {words}" for key, words in question.choices.items()))
        prompt("> ")
        pressed = self._keyboard.key()
        if pressed in question.choices:
            say(question.choices[pressed])
            if step == "by_hand" and pressed == str(TYPED):
                self._ask_range()
            else:
                self._take(step, pressed)
            return ""
        if step == "by_hand" and RANGE.fullmatch(pressed):
            self._take_range(pressed)
            return ""
        return self._elsewhere(pressed, "This is not answered yet.")

    def _ask_end(self) -> str:
        """Return "save", "" to go on, or the key that leaves the form."""
        more = "" if "learned" in self._steps() else "; Tab or l: what do you know now?"
        prompt(f"Enter saves{more}\n> ")
        pressed = self._keyboard.key()
        if pressed == ENTER:
            say("")
            return "save"
        if more and pressed in (TAB, "l"):
            say("")
            self._wants_learned = True
            return ""
        return self._elsewhere(pressed, "")

    def _elsewhere(self, pressed: str, on_enter: str) -> str:
        if pressed == QUIT:
            raise Ended
        if pressed == BACK:
            say("back")
            self._back()
        elif pressed == "s" or (pressed == "x" and not self._may_leave):
            say("left as it is" if self._may_leave else _status(pressed).replace("_", " "))
            return pressed
        else:
            say(on_enter if pressed == ENTER else "That is none of the keys.")
        return ""

    def _ask_sentence(self) -> None:
        say(QUESTIONS["learned"].words)
        prompt("> ")
        line = self._keyboard.line()
        if line == QUIT:
            raise Ended
        if line == BACK:
            self._wants_learned = False
            self._back()
        else:
            self._given["learned"] = line

    def _ask_range(self) -> None:
        prompt("Minutes, like 20-40, then Enter\n> ")
        line = self._keyboard.line()
        if line == QUIT:
            raise Ended
        if line not in (ENTER, BACK):
            self._take_range(line)

    # answers -------------------------------------------------------------------------------------

    def _take(self, step: Step, key: str) -> None:
        self._given[step] = key
        asked = self._steps()
        self._given = {name: told for name, told in self._given.items() if name in asked}

    def _take_range(self, line: str) -> None:
        found = RANGE.fullmatch(line)
        try:
            low, high = (float(found[1]), float(found[2] or found[1])) if found else (1.0, 0.0)
            self._typed = Minutes.of(TYPED, low, high)
        except ValueError:
            say(NO_RANGE)
            return
        self._take("by_hand", str(TYPED))

    def _back(self) -> None:
        given = [step for step in self._steps() if step in self._given]
        if given:
            del self._given[given[-1]]

    def _tag(self) -> Tag:
        given = self._given
        world = given.get("world_changed")
        return Tag(
            purpose=PURPOSE_KEYS[given["purpose"]],
            fate=Fate(given["fate"]),
            by_hand=self._minutes("by_hand"),
            after_work=self._minutes("after_work"),
            learned=given.get("learned") or None,
            could_alone=given.get("could_alone"),
            can_explain=given.get("can_explain"),
            others=OTHERS_KEYS.get(given.get("others", "")),
            world_changed=None if world is None else world == "y",
        )

    def _minutes(self, step: Step) -> Minutes | None:
        key = self._given.get(step)
        if key is None:
            return None
        return self._typed if key == str(TYPED) else Minutes.of(int(key))


def _status(pressed: str) -> Status:
    return "skipped" if pressed == "s" else "cannot_recall"
