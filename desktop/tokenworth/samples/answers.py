"""What the invented person would say of each session, and of which without being asked."""

from random import Random
from typing import Final, NamedTuple

from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag, steps
from tokenworth.samples import fiction
from tokenworth.samples.plan import MINUTE_MS, Session

_PURPOSES: Final = (Purpose.NEEDED, Purpose.EXPLORE, Purpose.OPTIONAL, Purpose.SHOW)
_FATES: Final = (Fate.ABANDONED, Fate.DISCARDED, Fate.KEPT, Fate.PART, Fate.USED)


UNASKED: Final = 4
"""In the first of so many parts of the time nothing is drawn by chance."""


class Given(NamedTuple):
    """An answer to give when asked; where ``willing``, unasked, some minutes after the end."""

    kind: str  # of the source
    key: str  # of the thread whose first session is meant
    tag: Tag
    minutes_after: float
    willing: bool


def answers(rng: Random, sessions: list[Session], weeks: int) -> list[Given]:
    """Return an answer for every session; about an eighth are given unasked, wins more often.

    In the first weeks, before the person knew of drawing by chance, a quarter are.
    """
    last = max((session.end_ts for session in sessions), default=0)
    given = []
    for session in sessions:
        purpose = rng.choices(_PURPOSES, (0.66, 0.15, 0.12, 0.07))[0]
        drift = 0.1 * session.week / weeks
        fate = rng.choices(_FATES, (0.1 + drift, 0.17 + drift, 0.1, 0.2, 0.43 - 2 * drift))[0]
        tag = _tag(rng, purpose, fate)
        minutes = rng.choice((rng.uniform(3, 50), rng.uniform(60, 600), rng.uniform(1440, 5000)))
        chance = 0.08 if session.alone else 0.42 if fate.in_use else 0.14
        if session.week >= weeks // UNASKED:
            chance /= 4
        room = max(0.0, (last - session.end_ts) / MINUTE_MS)
        willing = rng.random() < chance
        given.append(Given(session.kind, session.key, tag, round(min(minutes, room), 1), willing))
    return given


def _tag(rng: Random, purpose: Purpose, fate: Fate) -> Tag:
    asked = steps(purpose, fate)
    by_hand = rng.choices(range(8), (0.5, 0.5, 2, 5, 7, 9, 3, 0.2))[0]
    after_work = rng.choices(range(5), (8, 4, 3, 2, 1))[0]
    learned = rng.choice(fiction.LEARNED) if rng.random() < 0.5 else None  # noqa: PLR2004 -- half
    return Tag(
        purpose=purpose,
        fate=fate,
        by_hand=Minutes.of(by_hand) if "by_hand" in asked else None,
        after_work=Minutes.of(after_work) if "after_work" in asked else None,
        learned=learned if "learned" in asked else None,
    )
