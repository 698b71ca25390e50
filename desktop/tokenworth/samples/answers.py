"""What the invented person says of a quarter of the sessions: by choice, and wins more often."""

from random import Random
from typing import Final, NamedTuple

from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag, steps
from tokenworth.samples import fiction
from tokenworth.samples.plan import MINUTE_MS, Session

_PURPOSES: Final = (Purpose.NEEDED, Purpose.EXPLORE, Purpose.OPTIONAL, Purpose.SHOW)
_FATES: Final = (Fate.ABANDONED, Fate.DISCARDED, Fate.KEPT, Fate.PART, Fate.USED)


class Given(NamedTuple):
    """An answer to give: volunteered, some minutes after the session's last record."""

    kind: str  # of the source
    key: str  # of the thread whose first session is meant
    tag: Tag
    minutes_after: float


def answers(rng: Random, sessions: list[Session], weeks: int) -> list[Given]:
    """Return answers for about a quarter of the sessions; for some weeks none."""
    silent = {weeks // 4, weeks // 4 + 1, (3 * weeks) // 4} if weeks > 4 else set()  # noqa: PLR2004
    last = max((session.end_ts for session in sessions), default=0)
    given = []
    for session in sessions:
        purpose = rng.choices(_PURPOSES, (0.66, 0.15, 0.12, 0.07))[0]
        drift = 0.1 * session.week / weeks
        fate = rng.choices(_FATES, (0.1 + drift, 0.17 + drift, 0.1, 0.2, 0.43 - 2 * drift))[0]
        tag = _tag(rng, purpose, fate)
        minutes = rng.choice((rng.uniform(3, 50), rng.uniform(60, 600), rng.uniform(1440, 5000)))
        chance = 0.08 if session.alone else 0.42 if fate.in_use else 0.14
        if rng.random() < chance and session.week not in silent:
            room = max(0.0, (last - session.end_ts) / MINUTE_MS)
            given.append(Given(session.kind, session.key, tag, round(min(minutes, room), 1)))
    return given


def _tag(rng: Random, purpose: Purpose, fate: Fate) -> Tag:
    asked = steps(purpose, fate)
    by_hand = rng.choices(range(8), (2, 1, 3, 6, 6, 4, 2, 1))[0]
    after_work = rng.choices(range(5), (8, 4, 3, 2, 1))[0]
    learned = rng.choice(fiction.LEARNED) if rng.random() < 0.5 else None  # noqa: PLR2004 -- half
    return Tag(
        purpose=purpose,
        fate=fate,
        by_hand=Minutes.of(by_hand) if "by_hand" in asked else None,
        after_work=Minutes.of(after_work) if "after_work" in asked else None,
        learned=learned if "learned" in asked else None,
    )
