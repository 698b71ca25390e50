"""The questions of the tag form: their words, their keys, and what a key stands for."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from tokenworth.domain.tag import (
    ALONE_WORDS,
    BUCKET_WORDS,
    EXPLAIN_WORDS,
    FATE_WORDS,
    OTHERS_KEYS,
    OTHERS_WORDS,
    PURPOSE_KEYS,
    PURPOSE_WORDS,
    Fate,
    Step,
)
from tokenworth.gui.question import Question

ORDER: Final[tuple[Step, ...]] = (
    "purpose", "fate", "by_hand", "after_work", "could_alone", "can_explain", "others",
    "world_changed", "learned",
)  # fmt: skip
EXTRA: Final[tuple[Step, ...]] = ("could_alone", "can_explain", "others", "world_changed")
"""Shown only where they are asked."""
FATES: Final = ("a", "d", "k", "p", "u")
AFTER_WORK_KEYS: Final = 8
YES_NO: Final = {"y": "yes", "n": "no"}
KEYS: Final[dict[Step, tuple[str, ...]]] = {
    "purpose": tuple(PURPOSE_KEYS),
    "fate": FATES,
    "by_hand": tuple("0123456789"),
    "after_work": tuple("01234567"),
    "could_alone": tuple(ALONE_WORDS),
    "can_explain": tuple(EXPLAIN_WORDS),
    "others": tuple(OTHERS_KEYS),
    "world_changed": tuple(YES_NO),
    "learned": (),
}


def _say(text: str) -> str:
    return QCoreApplication.translate("TagForm", text)


def _options(keyed: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, _say(words)) for key, words in keyed.items()]


def purpose_question() -> Question:
    """Return what is asked first."""
    keyed = {key: PURPOSE_WORDS[code] for key, code in PURPOSE_KEYS.items()}
    return Question(_say("Why?"), _say("Take the first that is true."), _options(keyed))


def fate_question() -> Question:
    """Return what is asked second."""
    keyed = {code: FATE_WORDS[Fate(code)] for code in FATES}
    return Question(_say("What became of it, as things stand now?"), "", _options(keyed))


def questions() -> dict[Step, Question]:
    """Return every question of the form, in order."""
    buckets = {str(key): _brief(words) for key, words in enumerate(BUCKET_WORDS)}
    after = dict(list(buckets.items())[:AFTER_WORK_KEYS])
    others = {key: OTHERS_WORDS[code] for key, code in OTHERS_KEYS.items()}
    made: dict[Step, Question] = {
        "purpose": purpose_question(),
        "fate": fate_question(),
        "by_hand": Question(
            _say("Without AI, how much of your own time would you really have spent?"),
            _say("By the best other way you know."),
            _options(buckets),
        ),
        "after_work": Question(
            _say("And checking, fixing, explaining it since?"), "", _options(after)
        ),
        "could_alone": Question(
            _say("Could you have done it without AI?"), "", _options(ALONE_WORDS)
        ),
        "can_explain": Question(
            _say("Could you explain it to a colleague now?"),
            _say("From memory."),
            _options(EXPLAIN_WORDS),
        ),
        "others": Question(
            _say("Did somebody else have to fix or untangle it?"), "", _options(others)
        ),
        "world_changed": Question(
            _say("Did anything change in the world since you were first asked?"),
            "",
            _options(YES_NO),
        ),
        "learned": Question(_say("What do you know now?"), _say("One sentence, or none."), []),
    }
    for step in ("by_hand", "after_work"):
        for key, button in made[step].buttons.items():
            button.setAccessibleName(f"{key}, {_say(BUCKET_WORDS[int(key)])}")
    return made


def _brief(words: str) -> str:
    """Return a bucket's words as shown: the unit stands in the buckets around it."""
    short = {"2–5 min": "2–5", "5–15 min": "5–15", "15–30 min": "15–30"}
    return short.get(words, words)
