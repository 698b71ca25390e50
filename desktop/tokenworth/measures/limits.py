"""Intervals, 95 % unless told otherwise: hull, Wilson with effective n, Korn-Graubard (spec, 3)."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tokenworth.measures.quantiles import Z, beta, student

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
RESAMPLES: Final = 1999
SPREAD_LEAST: Final = 1e-9
DROPPED_MOST: Final = 0.05
N_EFF_LEAST: Final = 2.0
N_EFF_MOST: Final = 1.5
TAILS: Final = (0.025, 0.975)
PAIR: Final = 2
"""Fewer tell nothing of the spread."""


class Hull(NamedTuple):
    """A total, its standard error, and the limits of both ways to see them."""

    theta: float
    se: float
    low: float
    high: float
    t_low: float
    t_high: float
    b_low: float
    b_high: float
    dropped: float  # share of resamples that could not be used

    @property
    def is_usable(self) -> bool:
        """Whether enough resamples could be used."""
        return self.dropped <= DROPPED_MOST


def variance(e: Sequence[Floats], om: Sequence[Floats]) -> float:
    """Return V(e) over half-weeks; one with fewer than two is pooled with the next."""
    total = 0.0
    for values, weights in _pooled(e, om):
        m, sum_om = len(values), float(weights.sum())
        if m < PAIR or sum_om <= 0:
            continue
        mean = float((weights * values).sum()) / sum_om
        total += m / (m - 1) * float((weights * (values - mean) ** 2).sum())
    return total


def _pooled(e: Sequence[Floats], om: Sequence[Floats]) -> list[tuple[Floats, Floats]]:
    groups: list[tuple[Floats, Floats]] = []
    waiting: tuple[Floats, Floats] | None = None
    for values, weights in zip(e, om, strict=True):
        group = (values, weights)
        if waiting is not None:
            group = (np.concatenate((waiting[0], values)), np.concatenate((waiting[1], weights)))
            waiting = None
        if len(group[0]) < PAIR:
            waiting = group
        else:
            groups.append(group)
    if waiting is not None and len(waiting[0]) and groups:
        last = groups.pop()
        groups.append(
            (np.concatenate((last[0], waiting[0])), np.concatenate((last[1], waiting[1])))
        )
    return groups


def seed_of(measure: str, window: str) -> int:
    """Return the seed of a measure's resamples in a window, so that its figures stay."""
    return int.from_bytes(hashlib.sha256((measure + window).encode()).digest()[:4], "big")


@lru_cache(maxsize=256)
def resamples(seed: int, m: int) -> Indices:
    """Return which of m values are in each resample."""
    return np.random.default_rng(seed).integers(0, m, (RESAMPLES, m))


def hull(z: Sequence[Floats], om: Sequence[Floats], indices: Indices) -> Hull:
    """Return the hull interval of sum z: of Student's t and the bootstrap-t the wider ends.

    ``indices`` are the resamples of all z together, in order. Raises ValueError for fewer than two.
    """
    pooled = np.concatenate(list(z))
    m = len(pooled)
    if m < PAIR:
        raise ValueError("an interval needs two drawn answers")
    theta, se = float(pooled.sum()), sqrt(variance(z, om))
    picked = pooled[indices]
    ratio, dropped = studentized(
        picked.mean(axis=1), picked.std(axis=1, ddof=1), float(pooled.mean()), m
    )
    t = student(TAILS[1], m - 1)
    t_low, t_high = theta - t * se, theta + t * se
    b_low, b_high = t_low, t_high
    if len(ratio):
        low, high = np.quantile(ratio, TAILS)
        b_low, b_high = theta - float(high) * se, theta - float(low) * se
    return Hull(
        theta, se, min(t_low, b_low), max(t_high, b_high), t_low, t_high, b_low, b_high, dropped
    )


def studentized(means: Floats, spreads: Floats, mean: float, m: int) -> tuple[Floats, float]:
    """Return T* of the resamples that have a spread, and the share of those without."""
    usable = spreads >= SPREAD_LEAST
    ratio = (means[usable] - mean) / (spreads[usable] / sqrt(m))
    return ratio, 1 - float(usable.mean())


def wilson(p: float, n: float, z: float = Z) -> tuple[float, float]:
    """Return Wilson's limits of a share p seen in n."""
    if n <= 0:
        return 0.0, 1.0
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(max(0.0, p * (1 - p) / n + z * z / (4 * n * n)))
    return max(0.0, centre - half), min(1.0, centre + half)


class Share(NamedTuple):
    """A weighted share, and how many equal answers its own are worth."""

    p: float
    v: float
    n_eff: float
    m: int  # drawn with a chance under 1


def share(weights: Floats, yes: Floats, inclusion: Floats, groups: Sequence[str]) -> Share:
    """Return a share of sum W, with its effective n.

    ``weights`` are W = w a, ``yes`` 0 or 1, ``inclusion`` the chances (1: it stands for itself),
    ``groups`` the half-week of each, in order.
    """
    whole = float(weights.sum())
    p = float((weights * yes).sum()) / whole
    e = weights * (yes - p) / whole
    drawn = inclusion < 1
    order = list(dict.fromkeys(groups))
    place = np.array([order.index(group) for group in groups])
    parts = [drawn & (place == i) for i in range(len(order))]
    v = variance([e[part] for part in parts], [1 - inclusion[part] for part in parts])
    if v <= 0 or p <= 0 or p >= 1:
        n_eff = whole**2 / float((weights**2).sum())
    else:
        n_eff = min(max(p * (1 - p) / v, N_EFF_LEAST), N_EFF_MOST * len(weights))
    return Share(p, v, n_eff, int(drawn.sum()))


def wilson_eff(found: Share, z: float = Z) -> tuple[float, float]:
    """Return Wilson's limits with the effective n."""
    return wilson(found.p, found.n_eff, z)


def korn_graubard(found: Share) -> tuple[float, float]:
    """Return Korn and Graubard's limits: exact ones of a share in n_eff, shrunk for small m."""
    if found.m < PAIR:
        return wilson_eff(found)
    n = found.n_eff * (Z / student(TAILS[1], found.m - 1)) ** 2
    x = found.p * n
    return beta(TAILS[0], x, n - x + 1), beta(TAILS[1], x + 1, n - x)
