"""M11, tokens against value: do weeks of more tokens bring more? Rank correlation, of weeks.

Attention drives both, so the correlation given attention comes first (spec v1, 3). Interval after
Bonett and Wright (2000). It cannot show cause.
"""

import math
from collections.abc import Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate, How, not_enough
from tokenworth.domain.trending import Relation, RelationPoint
from tokenworth.measures.arrays import Floats, np
from tokenworth.measures.quantiles import Z

MINIMUM_WEEKS: Final = 10
UNIT: Final = "rank correlation"
NOTES: Final = (
    (
        "Net time is an estimate, and that pulls the correlation towards 0: in a simulation one "
        "of +0.26 was seen as +0.13."
    ),
    "Near 0 the interval reaches 0.59 to each side with 10 weeks, and 0.38 with 26.",
    "No interval here covers wrong by-hand times, wrong attention or missing imports.",
)
_ONE: Final = 1 - 1e-12  # from here on, two orders are the same but for rounding


def ranks(values: Sequence[float]) -> Floats:
    """Return the rank of each value, from 1; those that tie share the mean of their ranks."""
    _, which, counts = np.unique(
        np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True
    )
    last = np.cumsum(counts)
    means: Floats = (last - (counts - 1) / 2)[which]
    return means


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return the correlation of two columns' ranks; None where one of them never differs.

    Raises ValueError where one is longer.
    """
    if len(first) != len(second):
        raise ValueError("the columns need one value for each pair")
    if not first:
        return None
    x, y = (column - column.mean() for column in (ranks(first), ranks(second)))
    size = math.sqrt(float(x @ x) * float(y @ y))
    return min(1.0, max(-1.0, float(x @ y) / size)) if size else None


def partial_spearman(
    first: Sequence[float], second: Sequence[float], given: Sequence[float]
) -> float | None:
    """Return the rank correlation of two columns once a third is equal.

    None where a column never differs, or where the third has the order of one of the two.
    """
    xy, xz, yz = spearman(first, second), spearman(first, given), spearman(second, given)
    if xy is None or xz is None or yz is None or max(abs(xz), abs(yz)) > _ONE:
        return None
    partial = (xy - xz * yz) / math.sqrt((1 - xz * xz) * (1 - yz * yz))
    return min(1.0, max(-1.0, partial))


def bonett_wright(r: float, n: int, given: int = 0) -> tuple[float, float] | None:
    """Return the 95 % interval of a rank correlation of ``n`` pairs, ``given`` so many columns.

    None where there are too few pairs, and at -1 and 1: from one order alone it cannot be told.
    """
    df = n - 3 - given
    if df <= 0 or abs(r) > _ONE:
        return None
    half = Z * math.sqrt((1 + r * r / 2) / df)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def relation(points: Sequence[RelationPoint], net: Sequence[float] | None = None) -> Relation:
    """Return how new tokens and net minutes of the weeks go together.

    ``net`` gives the points of the weeks in minutes, for those that M5 holds back because their
    interval is wide: leaving such weeks out would pick on the outcome. Without it, only weeks whose
    point may be said count.
    """
    values = [point.net.value for point in points] if net is None else list(net)
    told = [
        (float(point.new_tokens), value, point.attention)
        for point, value in zip(points, values, strict=True)
        if value is not None and point.net.is_shown
    ]
    tokens, minutes, attention = ([row[column] for row in told] for column in range(3))
    n = len(told)
    everything = bool(points) and all(point.net.chosen == "everything" for point in points)
    chosen: How = "everything" if everything else "drawn"
    first = _estimate("partial", partial_spearman(tokens, minutes, attention), n, 1, chosen)
    second = _estimate("raw", spearman(tokens, minutes), n, 0, chosen)
    beside = (f"As they stand, attention not held equal: {interval_words(second)}.", *NOTES)
    return Relation(
        points=tuple(point for point in points if point.net.is_shown),
        partial=first,
        raw=second,
        words=relation_words(first),
        notes=beside if second.is_shown else (),
    )


def relation_words(partial: Estimate) -> str:
    """Return what may be said once attention is equal."""
    if not partial.is_shown:
        return partial.reason
    return (
        f"Tokens and net minutes: {interval_words(partial)} once attention is equal, "
        f"{partial.denominator}. This cannot show cause."
    )


def interval_words(estimate: Estimate) -> str:
    """Return "-0.12 (-0.67 to 0.52)"; the reason where there is no interval."""
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        return estimate.reason
    return f"{_two(value)} ({_two(low)} to {_two(high)})"


def _two(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"  # no "-0.00"


def _estimate(key: str, r: float | None, n: int, given: int, chosen: How) -> Estimate:
    if n < MINIMUM_WEEKS:
        return not_enough("M11", key, UNIT, n, MINIMUM_WEEKS)
    limits = None if r is None else bonett_wright(r, n, given)
    reason = ""
    if r is None:
        reason = "no correlation: one side never differs, or attention alone gives its order"
    elif limits is None:
        reason = f"all {n} weeks lie in one order; how sure that is cannot be told"
    return Estimate(
        measure="M11", key=key, unit=UNIT, value=r if limits else None,
        low=limits[0] if limits else None, high=limits[1] if limits else None, n=n,
        minimum_n=MINIMUM_WEEKS, denominator=f"{n} weeks", chosen=chosen,
        interval="Bonett-Wright" if limits else "none", reason=reason,
    )  # fmt: skip
