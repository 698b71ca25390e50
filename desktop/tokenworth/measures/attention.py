"""Attention: the minutes a person's acts are credited with (spec v1, 1).

Each act's credit depends only on the gap before it and the gap after it, over the acts of all
tools together. So the sum over sessions never exceeds the clock, and a new act changes the
credit of itself and of its two neighbours only.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Final, NamedTuple

MINUTE_MS: Final = 60_000


class Reading(NamedTuple):
    """One way to read silence between two acts; all in minutes."""

    cap: float  # a gap up to this was spent on the act that ends it
    lead: float  # credited before an act that follows a longer gap
    tail: float  # credited after an act that a longer gap follows


LOW: Final = Reading(2, 0.5, 0)
MID: Final = Reading(5, 1.5, 1)
HIGH: Final = Reading(10, 3, 3)


def credits(  # noqa: A001 -- the word for what an act is credited with
    before: int | None, times: Sequence[int], after: int | None
) -> list[tuple[float, float, float]]:
    """Return the (low, mid, high) minutes of each act at ``times``: ms, in ascending order.

    ``before`` and ``after`` are the times of the acts next to these; None where there is none.
    """
    first = -inf if before is None else before
    last = inf if after is None else after
    gaps = [later - earlier for earlier, later in pairwise((first, *times, last))]
    return list(zip(*(_minutes(gaps, reading) for reading in (LOW, MID, HIGH)), strict=True))


def _minutes(gaps: Sequence[float], reading: Reading) -> list[float]:
    """Return the minutes of each act, which stands between two ``gaps`` (ms)."""
    cap, lead, tail = reading.cap * MINUTE_MS, float(reading.lead), float(reading.tail)
    return [
        (gap / MINUTE_MS if gap <= cap else lead) + (tail if following > cap else 0.0)
        for gap, following in pairwise(gaps)
    ]
