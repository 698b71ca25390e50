"""M5 and M6, net minutes as told, and how wrong they may be (spec v1, 3).

Net = by-hand minutes less after-work, over all sessions, less the attention of all sessions.
Minutes a week; the hull interval; from 12 drawn answers. By-hand times are what people say they
would have spent: M6 shows what becomes of the sum if they are too high.
"""

from collections.abc import Callable, Sequence
from math import ceil, floor, sqrt
from typing import Final, NamedTuple

import msgspec

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.frame import Asked, Frame
from tokenworth.measures.arrays import Bools, Floats, np
from tokenworth.measures.intervals import (
    TAILS,
    hull,
    is_flat,
    resamples,
    seed_of,
    tails,
    variance,
)
from tokenworth.measures.quantiles import student
from tokenworth.measures.sample import ANSWERED_ENOUGH, Points, Sample, points, sample
from tokenworth.measures.shares import TOO_MANY_SKIPS

MINIMUM: Final = 12
OPEN_TIMES: Final = 3
"""An upper limit of more than so many times the attention is no limit."""
CANNOT_TELL: Final = "cannot tell gain from loss"
METR_FORECAST: Final = 0.835
"""Actual over forecast time without AI, METR 2025 (geometric mean; 0.743 to 0.938)."""
METR_BELIEF: Final = 0.673
"""0.8 / 1.188, METR 2025: believed 20 % faster afterwards, were 18.8 % slower."""
FACTORS: Final = (1.0, METR_FORECAST, METR_BELIEF)
TOO_FEW_DIFFER: Final = "too few different answers to say how far off it may be"
STEP: Final = 0.01
LAST: Final = 3.0
"""The by-hand factors among which the break-even one is looked for."""


class Total(NamedTuple):
    """An estimated sum over a window, in its own unit, before attention is taken off."""

    value: float
    low: float
    high: float
    se: float
    m: int  # drawn with a chance under 1
    usable: bool


def by_hand(one: Asked) -> float:
    """Return c, minutes."""
    return one.tag.by_hand_minutes


def after_work(one: Asked) -> float:
    """Return r, minutes."""
    return one.tag.after_work_minutes


def value_at(k: float) -> Callable[[Asked], float]:
    """Return y with by-hand times taken as k times what was told, in minutes."""
    return lambda one: k * one.tag.by_hand_minutes - one.tag.after_work_minutes


def total(given: Points, measure: str, window: str) -> Total:
    """Return the hull interval of a weighted sum; with nobody drawn the sum is exact."""
    if given.m < 2:  # noqa: PLR2004 -- no spread: the sum is of all but one at most
        return Total(given.total, given.total, given.total, 0.0, given.m, given.m == 0)
    found = hull(given.z, given.om, resamples(seed_of(measure, window), given.m))
    low, high = given.fixed + found.low, given.fixed + found.high
    return Total(given.fixed + found.theta, low, high, found.se, given.m, found.is_usable)


def net(frames: Sequence[Frame], window: str, k: float = 1.0) -> Estimate:
    """Return net minutes a week, by-hand times taken as k times what was told."""
    held = sample(frames)
    key = "net" if k == 1 else f"net_at_{k}"
    measure = "M5" if k == 1 else "M6"
    unit = "min a week" if held.weeks > 1 else "min"
    missing = held.missing(held.drawn_answers, MINIMUM)
    if missing:
        empty = not_enough(measure, key, unit, held.drawn_answers, MINIMUM)
        return msgspec.structs.replace(empty, reason=missing)
    told = total(points(held, value_at(k)), measure, window)
    return _estimate(held, told, (measure, key, unit), _nothing(held, k, (measure, window)))


def _nothing(held: Sample, k: float, names: tuple[str, str]) -> Total | None:
    """Return the sum if what was skipped came to nothing; None where nothing was skipped."""
    if not held.skipped:
        return None
    return total(points(held, value_at(k), "came to nothing"), *names)


def _estimate(
    held: Sample, told: Total, names: tuple[str, str, str], nothing: Total | None
) -> Estimate:
    attention, weeks = held.attention, held.weeks
    value = (told.value - attention) / weeks
    low, high = (told.low - attention) / weeks, (told.high - attention) / weeks
    skips, reason = None, ""
    if nothing is not None:
        skips = value, (nothing.value - attention) / weeks
    if held.rate < ANSWERED_ENOUGH and nothing is not None:
        reason = TOO_MANY_SKIPS
        low = min(low, (nothing.low - attention) / weeks)
        high = max(high, (nothing.high - attention) / weeks)
    elif low <= 0 <= high and (high - low) > attention / weeks and not held.complete:
        reason = CANNOT_TELL
    measure, key, unit = names
    usable = is_usable(held, told)
    return Estimate(
        measure=measure, key=key, unit=unit, value=None if reason or not usable else value,
        low=low if usable else None, high=high if usable else None, n=held.drawn_answers,
        minimum_n=MINIMUM, denominator=held.denominator(), chosen=held.chosen,
        interval="complete" if held.complete else "hull",
        reason=reason if usable else TOO_FEW_DIFFER,
        skips=skips, open_high=high > OPEN_TIMES * attention / weeks and not held.complete,
    )  # fmt: skip


def is_usable(held: Sample, told: Total) -> bool:
    """Return whether it can be said how far off a sum may be: two were drawn, or all asked."""
    return held.complete or (told.m > 1 and told.usable)


def spread(frames: Sequence[Frame], window: str) -> tuple[float, float, int] | None:
    """Return (net minutes a week, s.e., m), for differences; None below the minimum."""
    held = sample(frames)
    if held.missing(held.drawn_answers, MINIMUM) or held.rate < ANSWERED_ENOUGH:
        return None
    told = total(points(held, value_at(1.0)), "M5", window)
    if not is_usable(held, told):
        return None
    return (told.value - held.attention) / held.weeks, told.se / held.weeks, told.m


def stress(frames: Sequence[Frame], window: str) -> tuple[Estimate, ...]:
    """Return net minutes a week at k = 1, 0.835 and 0.673."""
    return tuple(net(frames, window, k) for k in FACTORS)


def told_range(frames: Sequence[Frame]) -> tuple[float, float] | None:
    """Return net minutes a week at the worst and best ends of the buckets told; None below n."""
    held = sample(frames)
    if held.missing(held.drawn_answers, MINIMUM):
        return None
    worst = points(held, lambda one: _end(one, 0) - _after(one, 1)).total
    best = points(held, lambda one: _end(one, 1) - _after(one, 0)).total
    low = worst - sum(frame.attention_high for frame in held.frames)
    high = best - sum(frame.attention_low for frame in held.frames)
    return low / held.weeks, high / held.weeks


def _end(one: Asked, end: int) -> float:
    told = one.tag.by_hand if one.tag.counts else None
    return (told.low, told.high)[end] if told else 0.0


def _after(one: Asked, end: int) -> float:
    told = one.tag.after_work
    return (told.low, told.high)[end] if told else 0.0


def break_even(frames: Sequence[Frame], window: str) -> Estimate:
    """Return k*: below it what was told comes to a loss; all k whose interval holds 0."""
    held = sample(frames)
    empty = not_enough("M6", "break_even", "factor", held.drawn_answers, MINIMUM)
    missing = held.missing(held.drawn_answers, MINIMUM)
    if missing:
        return msgspec.structs.replace(empty, reason=missing)
    saved, spent = points(held, by_hand), points(held, after_work)
    if saved.total <= 0:
        return msgspec.structs.replace(empty, reason="no by-hand time was told")
    seed, usable = seed_of("M6", window), True
    k_star = (held.attention + spent.total) / saved.total
    low = high = k_star
    too_many = held.rate < ANSWERED_ENOUGH
    if not held.complete:
        usable = saved.m > 1 and total(points(held, value_at(1.0)), "M6", window).usable
        low, high = _range(saved, spent, held.attention, seed) if usable else (low, high)
    if too_many:
        nothing = _if_nothing(held, seed)
        low, high = min(low, nothing[0]), max(high, nothing[1])
    return msgspec.structs.replace(
        empty, value=k_star if usable and not too_many else None, low=low if usable else None,
        high=high if usable else None, denominator=held.denominator(), chosen=held.chosen,
        interval="complete" if held.complete else "inverted hull",
        reason=(TOO_MANY_SKIPS if too_many else "") if usable else TOO_FEW_DIFFER,
        open_high=usable and not held.complete and high >= LAST,
    )  # fmt: skip


def _if_nothing(held: Sample, seed: int) -> tuple[float, float]:
    """Return the limits of k* if what was skipped came to nothing."""
    saved, spent = (points(held, one, "came to nothing") for one in (by_hand, after_work))
    if held.complete:
        k_star = (held.attention + spent.total) / saved.total
        return k_star, k_star
    return _range(saved, spent, held.attention, seed)


def _range(saved: Points, spent: Points, attention: float, seed: int) -> tuple[float, float]:
    """Return the least and the most factor k whose hull of net(k) holds 0, k* among them."""
    k_star = (attention + spent.total) / saved.total
    inside = steps()[_holds_zero(saved, spent, attention, seed)]
    if len(inside):
        return min(float(inside[0]), k_star), max(float(inside[-1]), k_star)
    # so narrow that it lies between two steps, or beyond the last
    return min(floor(k_star / STEP) * STEP, LAST), max(ceil(k_star / STEP) * STEP, k_star)


def steps() -> Floats:
    """Return the factors k that are tried."""
    return np.arange(301) / 100


def _holds_zero(saved: Points, spent: Points, attention: float, seed: int) -> Bools:
    """Return for each k from 0 to 3 whether the hull of net(k) holds 0.

    The resamples are the same for every k, so means, spreads and variances follow from moments.
    """
    k = steps()
    theta = k * saved.total - spent.total - attention
    less = [c - r for c, r in zip(saved.z, spent.z, strict=True)]
    v_c, v_r, v_less = (variance(z, saved.om) for z in (saved.z, spent.z, less))
    se = np.sqrt(np.maximum(0.0, k * k * v_c - k * (v_c + v_r - v_less) + v_r))
    holds = np.abs(theta) <= student(TAILS[1], saved.m - 1) * se
    rest = np.flatnonzero(~holds)
    ends = tails(_ratios(np.concatenate(saved.z), np.concatenate(spent.z), k[rest], seed))
    reached = np.where(theta[rest] > 0, ends[:, 1], -ends[:, 0]) * se[rest]
    holds[rest] = reached >= np.abs(theta[rest])
    return np.asarray(holds)


def _ratios(c: Floats, r: Floats, k: Floats, seed: int) -> Floats:
    """Return how far the resampled means of k c - r are off, one row for each k; flat ones NaN."""
    m = len(c)
    places = resamples(seed, m)
    cs, rs = c[places], r[places]
    mean_c, mean_r = cs.mean(axis=1), rs.mean(axis=1)
    cs -= mean_c[:, np.newaxis]
    rs -= mean_r[:, np.newaxis]
    cc, cr, rr = (np.einsum("ij,ij->i", a, b) for a, b in ((cs, cs), (cs, rs), (rs, rs)))
    by = k[:, np.newaxis]
    squares = np.maximum(0.0, by * by * cc - 2 * by * cr + rr) / (m - 1)
    off = by * (mean_c - c.mean()) - (mean_r - r.mean())
    flat = is_flat(squares, by * by * cc + rr)
    return np.asarray(off * sqrt(m) / np.sqrt(np.where(flat, np.nan, squares)))
