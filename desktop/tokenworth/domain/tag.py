"""What a person says of a session: the form's codes, buckets and rules (spec v1, 1 and 2)."""

import enum
import math
from typing import Final, Literal

import msgspec

FORM_VERSION: Final = "1"
SPEC: Final = "spec v1"


class Purpose(enum.StrEnum):
    """Why the session was held, asked first."""

    SHOW = "show"
    NEEDED = "needed"
    EXPLORE = "explore"
    OPTIONAL = "optional"


class Fate(enum.StrEnum):
    """What became of the session's own main output, as things stand now."""

    ABANDONED = "a"
    DISCARDED = "d"
    KEPT = "k"
    PART = "p"
    USED = "u"

    @property
    def rank(self) -> int:
        """0 abandoned to 4 in use as it came."""
        return "adkpu".index(self.value)

    @property
    def in_use(self) -> bool:
        """Whether the output is in use, wholly or in part."""
        return self in (Fate.PART, Fate.USED)


PURPOSE_KEYS: Final = {
    "1": Purpose.SHOW,
    "2": Purpose.NEEDED,
    "3": Purpose.EXPLORE,
    "4": Purpose.OPTIONAL,
}
PURPOSE_WORDS: Final = {
    Purpose.SHOW: "to be seen using AI",
    Purpose.NEEDED: "needed anyway",
    Purpose.EXPLORE: "to find something out",
    Purpose.OPTIONAL: "nice to have",
}
FATE_WORDS: Final = {
    Fate.USED: "in use as it came",
    Fate.PART: "in use in part",
    Fate.KEPT: "kept, not in use",
    Fate.DISCARDED: "discarded",
    Fate.ABANDONED: "abandoned",
}
BUCKETS: Final = (
    (0.0, 0.0),
    (0.0, 2.0),
    (2.0, 5.0),
    (5.0, 15.0),
    (15.0, 30.0),
    (30.0, 60.0),
    (60.0, 120.0),
    (120.0, 240.0),
    (240.0, 480.0),
)
"""Minutes behind the keys 0 to 8; key 9 is typed."""
BUCKET_WORDS: Final = (
    "none",
    "under 2 min",
    "2–5 min",
    "5–15 min",
    "15–30 min",
    "30–60 min",
    "1–2 h",
    "2–4 h",
    "4–8 h",
    "type it",
)
TYPED: Final = 9
ALONE_WORDS: Final = {"y": "yes", "s": "slowly", "n": "no"}
EXPLAIN_WORDS: Final = {"y": "yes", "p": "partly", "n": "no"}
OTHERS_WORDS: Final = {"n": "no", "s": "some", "l": "a lot", "x": "don’t know"}
OTHERS_KEYS: Final = {"1": "n", "2": "s", "3": "l", "4": "x"}
"""Figures, since s and x mean skip and cannot recall in the form."""


def minutes_value(low: float, high: float) -> float:
    """Return the minutes a range stands for: its log-mean; 0-2 counts 1, 0-0 counts 0."""
    if high <= 0:
        return 0.0
    if low <= 0:
        return high / 2
    return low if low == high else (high - low) / math.log(high / low)


class Minutes(msgspec.Struct, frozen=True):
    """A stretch of one's own time, told by one key or, with key 9, typed."""

    key: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """Minutes counted."""
        return minutes_value(self.low, self.high)

    @classmethod
    def of(cls, key: int, low: float = 0, high: float = 0) -> "Minutes":
        """Return the bucket of a key. Raises ValueError for a key or a typed range that is none."""
        if key == TYPED:
            if not (0 <= low <= high and high > 0 and math.isfinite(high)):
                raise ValueError("a range in minutes is needed, the smaller number first")
            return cls(key, low, high)
        if not 0 <= key < len(BUCKETS):
            raise ValueError(f"no such key: {key}")
        return cls(key, *BUCKETS[key])


Status = Literal["answered", "skipped", "cannot_recall", "withdrawn"]
Chosen = Literal["certainty", "drawn", "swept", "volunteered", "census", "second_7", "second_28"]


class Tag(msgspec.Struct, frozen=True):
    """One filled-in form. What was not asked is None, never 0."""

    purpose: Purpose | None = None
    fate: Fate | None = None
    by_hand: Minutes | None = None
    after_work: Minutes | None = None
    learned: str | None = None
    status: Status = "answered"
    could_alone: str | None = None  # K1: y yes, s slowly, n no
    can_explain: str | None = None  # K2: y yes, p partly, n no
    others: str | None = None  # O: n none, s some, l a lot, x unknown
    world_changed: bool | None = None  # since the first answer

    @property
    def counts(self) -> bool:
        """Whether by-hand time counts: the work would have been done, and is in use or taught."""
        if self.fate is None:
            return False
        if self.purpose is Purpose.NEEDED:
            return self.fate.in_use
        return self.purpose is Purpose.EXPLORE and (self.fate.in_use or bool(self.learned))

    @property
    def by_hand_minutes(self) -> float:
        """c: own time the best other way, in minutes; 0 where it does not count."""
        return self.by_hand.value if self.counts and self.by_hand else 0.0

    @property
    def after_work_minutes(self) -> float:
        """r: own time since then checking, fixing, explaining, undoing, in minutes."""
        return self.after_work.value if self.after_work else 0.0

    @property
    def value_minutes(self) -> float:
        """Y = c - r, in minutes."""
        return self.by_hand_minutes - self.after_work_minutes


Step = Literal[
    "purpose",
    "fate",
    "by_hand",
    "after_work",
    "could_alone",
    "can_explain",
    "others",
    "world_changed",
    "learned",
]


def steps(  # noqa: PLR0913 -- one flag for each question that is not always asked
    purpose: Purpose | None,
    fate: Fate | None,
    *,
    learned: bool = False,
    skill: bool = False,
    explain: bool = False,
    others: bool = False,
    world: bool = False,
) -> tuple[Step, ...]:
    """Return the questions to ask, in order, as far as the answers so far tell.

    ``learned`` asks for the sentence also where it is not asked by itself (Tab), ``skill`` K1 and
    K2, ``explain`` K2 alone, ``others`` O, ``world`` what a second look asks last.
    """
    asked: list[Step] = ["purpose", "fate"]
    if purpose is None or fate is None:
        return tuple(asked)
    if purpose is Purpose.EXPLORE or (purpose is Purpose.NEEDED and fate.in_use):
        asked.append("by_hand")
    if fate is not Fate.ABANDONED:
        asked.append("after_work")
    more: tuple[tuple[Step, bool], ...] = (
        ("could_alone", skill),
        ("can_explain", skill or explain),
        ("others", others),
        ("world_changed", world),
        ("learned", learned or purpose is Purpose.EXPLORE),
    )
    asked += [step for step, wanted in more if wanted]
    return tuple(asked)
