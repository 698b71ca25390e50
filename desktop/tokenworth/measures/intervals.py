"""Intervals of estimates from a chance draw: hull, Wilson-eff and Korn-Graubard (spec v1, 3).

Totals are in the unit of what is added up, shares 0 to 1. `om` is 1 - inclusion of each drawn
answer; those that were sure to be asked add nothing to any variance. After Hall (1992) for the
bootstrap-t, Franco et al. (2019) for Wilson's with an effective n, Korn and Graubard (1998).
"""

import hashlib
from collections.abc import Sequence
from math import inf, isinf, sqrt
from typing import Final, NamedTuple

from tokenworth.measures.arrays import Bools, Floats, Integers, np
from tokenworth.measures.quantiles import Z, beta, normal_cdf, student

RESAMPLES: Final = 1999
TAILS: Final = (0.025, 0.975)
DROPPED_MOST: Final = 0.05
"""Where more resamples than this have no spread, no interval is shown."""
_FLAT: Final = 1e-9
_ROUNDING: Final = 1e-13
_PAIR: Final = 2  # fewer have no spread
_LEAST_N: Final = 2.0
_MOST_N: Final = 1.5  # times the answers


class Hull(NamedTuple):
    """A total of drawn answers with its interval, and the two intervals that is made of."""

    theta: float
    se: float
    low: float
    high: float
    t_low: float
    t_high: float
    b_low: float
    b_high: float
    dropped_share: float

    @property
    def is_usable(self) -> bool:
        """Whether enough resamples had a spread."""
        return self.dropped_share <= DROPPED_MOST


class Share(NamedTuple):
    """A weighted share, and how many equal answers would say as much."""

    p: float
    n_eff: float
    n: int  # answers
    m: int  # of them drawn with a chance under 1
    v: float  # variance; infinite where one was drawn, and no spread is known


def seed_of(measure: str, window: str) -> int:
    """Return the seed of a measure's resamples in a window: always the same figures."""
    return int.from_bytes(hashlib.sha256((measure + window).encode()).digest()[:4], "big")


def resamples(seed: int, m: int) -> Integers:
    """Return the places that each of 1,999 resamples of m answers is made of, row by row."""
    return np.random.default_rng(seed).integers(0, m, (RESAMPLES, m))


def pooled(z: Sequence[Floats], om: Sequence[Floats]) -> list[tuple[Floats, Floats]]:
    """Return half-weeks such that each has two drawn answers: a smaller one joins the next.

    The last joins the one before it; one answer alone is left only where there is no other.
    """
    found: list[list[int]] = []
    waiting: list[int] = []
    for i, part in enumerate(z):
        if len(part):
            waiting.append(i)
        if sum(len(z[j]) for j in waiting) >= _PAIR:
            found.append(waiting)
            waiting = []
    if waiting:
        found = [*found[:-1], [*found[-1], *waiting]] if found else [waiting]
    return [
        (np.concatenate([z[i] for i in group]), np.concatenate([om[i] for i in group]))
        for group in found
    ]


def variance(z: Sequence[Floats], om: Sequence[Floats]) -> float:
    """Return V of drawn answers, half-week by half-week.

    0 where nothing was drawn; infinite where one answer was: its spread is not known.
    """
    total = 0.0
    for values, chances in pooled(z, om):
        m = len(values)
        if m < _PAIR:
            return inf
        centre = float(chances @ values) / float(chances.sum())
        total += m / (m - 1) * float(chances @ (values - centre) ** 2)
    return total


def hull(z: Sequence[Floats], om: Sequence[Floats], places: Integers) -> Hull:
    """Return the sum of drawn answers, each already divided by its chance, by half-week.

    ``places`` are the resamples, pooled over half-weeks. Raises ValueError under two answers.
    """
    values = np.concatenate(z) if z else np.zeros(0)
    m = len(values)
    if m < _PAIR:
        raise ValueError("a spread needs two drawn answers")
    theta, se = float(values.sum()), sqrt(variance(z, om))
    half = student(TAILS[1], m - 1) * se
    drawn = values[places]
    means = drawn.sum(axis=1) / m
    drawn -= means[:, np.newaxis]
    spreads = np.sqrt(np.einsum("ij,ij->i", drawn, drawn) / (m - 1))
    flat = spreads < _FLAT
    dropped = float(flat.mean())
    lower, upper = 0.0, 0.0
    if dropped < 1:
        ratios = (means - values.mean()) * sqrt(m) / np.where(flat, np.nan, spreads)
        lower, upper = tails(ratios)
    b_low, b_high = theta - float(upper) * se, theta - float(lower) * se
    return Hull(
        theta=theta,
        se=se,
        low=min(theta - half, b_low),
        high=max(theta + half, b_high),
        t_low=theta - half,
        t_high=theta + half,
        b_low=b_low,
        b_high=b_high,
        dropped_share=dropped,
    )


def tails(ratios: Floats) -> Floats:
    """Return the 2.5 % and 97.5 % quantiles of each row, what is NaN left out."""
    ordered = np.sort(ratios, axis=-1)
    last = ratios.shape[-1] - 1 - np.isnan(ratios).sum(axis=-1, keepdims=True)
    place = np.maximum(0, last) * np.array(TAILS)
    below = place.astype(np.int64)
    low = np.take_along_axis(ordered, below, axis=-1)
    high = np.take_along_axis(ordered, np.minimum(below + 1, np.maximum(0, last)), axis=-1)
    return np.asarray(low + (place - below) * (high - low))


def is_flat(squares: Floats, scale: Floats) -> Bools:
    """Return which variances are none: rounding leaves something of what they are made of."""
    return np.asarray((squares < _FLAT * _FLAT) | (squares < _ROUNDING * scale))


def share(
    weights: Floats, yes: Floats, inclusion: Floats, periods: Sequence[str] | None = None,
    answers: int | None = None,
) -> Share:  # fmt: skip
    """Return the share of yes among weights (w times size), half-week by half-week.

    ``periods`` names the half-week of each answer; None: all are of one. Only the first ``answers``
    count as such; those after them, of no weight, were drawn with them. Raises ValueError where
    nothing weighs anything.
    """
    whole = float(weights.sum())
    if whole <= 0:
        raise ValueError("a share of nothing")
    w = weights / whole
    p = _share_of(w, yes)
    om = 1 - inclusion
    drawn = om > 0
    names = np.zeros(len(w)) if periods is None else np.unique(periods, return_inverse=True)[1]
    groups = [drawn & (names == k) for k in np.unique(names[drawn])]
    e = w * (yes - p)
    v = variance([e[group] for group in groups], [om[group] for group in groups])
    n, m = len(w) if answers is None else answers, int(drawn.sum())
    if p in (0.0, 1.0) or v == 0:
        return Share(p, 1 / float(w @ w), n, m, v)
    n_eff = 0.0 if isinf(v) else p * (1 - p) / v
    return Share(p, min(max(n_eff, _LEAST_N), _MOST_N * n), n, m, v)


def wilson(p: float, n_eff: float, z: float = Z) -> tuple[float, float]:
    """Return Wilson's limits of a share of ``n_eff`` answers, within 0 and 1."""
    square = z * z / n_eff
    centre = (p + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(p * (1 - p) / n_eff + square / (4 * n_eff))
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def wilson_eff(found: Share, z: float = Z) -> tuple[float, float]:
    """Return the Wilson-eff limits of a share; ``z`` is wider for many comparisons."""
    return wilson(found.p, found.n_eff, z)


def korn_n(found: Share, z: float = Z) -> float:
    """Return the effective number of answers, less for the spread being estimated from few."""
    return found.n_eff * (z / student(normal_cdf(z), max(1, found.m - 1))) ** 2


def korn_graubard(found: Share, z: float = Z) -> tuple[float, float]:
    """Return the Korn-Graubard limits of a share: of cost or tokens, where few hold the most."""
    tail, n = normal_cdf(-z), korn_n(found, z)
    x = found.p * n
    low = beta(tail, x, n - x + 1) if x > 0 else 0.0
    high = beta(1 - tail, x + 1, n - x) if x < n else 1.0
    return min(found.p, low), max(found.p, high)


def _share_of(w: Floats, yes: Floats) -> float:
    """Return the share, exactly 0 or 1 where it is."""
    if not np.any(w * yes):
        return 0.0
    if not np.any(w * (1 - yes)):
        return 1.0
    return min(1.0, max(0.0, float(w @ yes)))
