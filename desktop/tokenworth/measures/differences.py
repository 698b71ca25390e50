"""Did it differ, and has anything changed? Differences, honest q, XmR (spec v1, 7)."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import Final, NamedTuple

from tokenworth.measures.quantiles import Z, normal, student

POWER: Final = 0.80
XMR_FACTOR: Final = 2.66
RUN: Final = 8
MINIMUM_WEEKS: Final = 10


class Told(NamedTuple):
    """A difference and how sure it is."""

    value: float
    se: float
    df: float
    low: float
    high: float
    missed: float  # a smaller one would be missed


class Steadiness(NamedTuple):
    """Limits of a process that does not change, and what lies outside them."""

    mean: float
    moving_range: float
    lower: float
    upper: float
    outside: tuple[int, ...]
    runs: tuple[int, ...]  # where a run of 8 on one side of the mean is complete, or goes on


def adjusted_alpha(comparisons: int) -> float:
    """Return the alpha of each of several comparisons of which 95 % hold together."""
    return 1 - float(0.95 ** (1 / max(1, comparisons)))


def adjusted_z(comparisons: int) -> float:
    """Return what replaces 1.96 in the limits of shares."""
    return normal(1 - adjusted_alpha(comparisons) / 2)


def difference(
    first: tuple[float, float, int], second: tuple[float, float, int], comparisons: int = 1
) -> Told:
    """Return first less second: each a value, its s.e. and how many were drawn."""
    (value1, se1, m1), (value2, se2, m2) = first, second
    se = sqrt(se1**2 + se2**2)
    parts = [s**4 / (m - 1) for s, m in ((se1, m1), (se2, m2)) if m > 1 and s > 0]
    df = se**4 / sum(parts) if parts else 1e6  # both complete: no sampling error at all
    q = student(1 - adjusted_alpha(comparisons) / 2, df)
    value = value1 - value2
    missed = (student(0.975, df) + student(POWER, df)) * se
    return Told(value, se, df, value - q * se, value + q * se, missed)


def newcombe(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Return (difference, low, high) of two shares, each with its own limits."""
    (p1, l1, u1), (p2, l2, u2) = first, second
    value = p1 - p2
    low = value - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    return value, low, value + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def missed_share(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return about how small a difference of two shares would be missed, from their limits."""
    se = sqrt(sum(((high - low) / (2 * Z)) ** 2 for low, high in (first, second)))
    return (Z + normal(POWER)) * se


def xmr(values: Sequence[float]) -> Steadiness:
    """Return the limits of single values and moving ranges. Raises ValueError below two values."""
    if len(values) < 2:  # noqa: PLR2004 -- a range needs two
        raise ValueError("limits need two values")
    mean = sum(values) / len(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    moving = sum(ranges) / len(ranges)
    lower, upper = mean - XMR_FACTOR * moving, mean + XMR_FACTOR * moving
    outside = tuple(i for i, value in enumerate(values) if not lower <= value <= upper)
    return Steadiness(mean, moving, lower, upper, outside, _runs(values, mean))


def _runs(values: Sequence[float], mean: float) -> tuple[int, ...]:
    found, length, side = [], 0, 0
    for i, value in enumerate(values):
        now = (value > mean) - (value < mean)
        length = length + 1 if now == side and now else int(now != 0)
        side = now
        if length >= RUN:
            found.append(i)
    return tuple(found)
