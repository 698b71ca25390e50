"""The draw of a half-week: how likely each session is to be asked, and in which order (spec v1, 4).

Nothing here can be drawn twice: a session's random number is made of the store's seed, the period
and the session, so that asking again gives the same queue.
"""

import hashlib
from collections.abc import Sequence
from math import inf
from typing import Final, NamedTuple

ATTENTION_PART: Final = 0.6
COST_PART: Final = 0.2
EQUAL_PART: Final = 0.2
SIZES: Final = (6, 10, 15, 20)
DEFAULT_SIZE: Final = 10
CENSUS_SLACK: Final = 2
"""With at most this many more than would be drawn, all are asked."""
SKILL_SHARE: Final = 1 / 3
SECOND_LOOKS: Final = 3
"""Second looks of each kind a week."""
_WORD_BYTES: Final = 8


class Drawn(NamedTuple):
    """One session in the order of the queue."""

    place: int  # its place in what was handed over
    u: float
    inclusion: float


def random_number(seed: str, *parts: str) -> float:
    """Return a permanent random number in (0, 1): of a seed, a period and a session."""
    digest = hashlib.sha256("|".join((seed, *parts)).encode()).digest()
    return (int.from_bytes(digest[:_WORD_BYTES], "big") + 0.5) / 2**64


def sizes(attention: Sequence[float], cost: Sequence[float]) -> list[float]:
    """Return each session's share of the chances: minutes, money and number mixed; they sum to 1.

    Where nothing was paid, the part of the cost goes to attention; where there was no attention,
    its part goes to the number.
    """
    minutes, money, number = sum(attention), sum(cost), len(attention)
    by_attention, by_cost, equal = ATTENTION_PART, COST_PART, EQUAL_PART
    if money <= 0:
        by_attention, by_cost = by_attention + by_cost, 0.0
    if minutes <= 0:
        by_attention, equal = 0.0, equal + by_attention
    return [
        (by_attention * a / minutes if by_attention else 0.0)
        + (by_cost * c / money if by_cost else 0.0)
        + equal / number
        for a, c in zip(attention, cost, strict=True)
    ]


def inclusion(shares: Sequence[float], asked: int) -> list[float]:
    """Return the chance of each session to be among ``asked``: certainty where it reaches 1."""
    if asked >= len(shares):
        return [1.0] * len(shares)
    certain: set[int] = set()
    while True:
        rest = sum(share for i, share in enumerate(shares) if i not in certain)
        left = asked - len(certain)
        found = {
            i for i, share in enumerate(shares) if i not in certain and left * share >= rest > 0
        }
        if not found:
            return [1.0 if i in certain else left * share / rest for i, share in enumerate(shares)]
        certain |= found


def pareto_order(u: Sequence[float], chances: Sequence[float]) -> list[int]:
    """Return the places in the order of asking: certainty first, then Rosen's Pareto order."""

    def rank(i: int) -> tuple[float, int]:
        chance = chances[i]
        if chance >= 1:
            return (0.0, i)
        if chance <= 0:
            return (inf, i)
        return (u[i] / (1 - u[i]) * (1 - chance) / chance, i)

    return sorted(range(len(u)), key=rank)


def is_census(sessions: int, planned: int) -> bool:
    """Return whether so few sessions are left to draw from that all are asked."""
    return sessions <= planned + CENSUS_SLACK


def draw(
    seed: str, period: str, uids: Sequence[str], shares: Sequence[float], planned: int
) -> list[Drawn]:
    """Return all sessions in the order of the queue; the first ``planned`` are to be asked.

    Where all are asked the order is still one of chance: who stops early has a sample.
    """
    u = [random_number(seed, period, uid) for uid in uids]
    asked = len(uids) if is_census(len(uids), planned) else planned
    chances = inclusion(shares, asked)
    order = pareto_order(u, inclusion(shares, max(1, min(planned, len(uids) - 1))))
    return [Drawn(i, u[i], chances[i]) for i in order]
