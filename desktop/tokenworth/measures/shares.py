"""M3, where attention went: shares of attention minutes by purpose and fate (spec v1, 3).

Unit: share of the attention minutes of all sessions; Wilson's interval with the effective n; from
10 answers. Doubling everything leaves every share as it was.
"""

from collections.abc import Callable, Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.frame import Asked, Frame
from tokenworth.domain.tag import Fate, Purpose
from tokenworth.measures.arrays import np
from tokenworth.measures.intervals import Share, share, wilson_eff
from tokenworth.measures.quantiles import Z
from tokenworth.measures.sample import ANSWERED_ENOUGH, Sample, sample

MINIMUM: Final = 10
TOO_MANY_SKIPS: Final = "fewer than 80 % of those asked were answered"
Yes = Callable[[Asked], bool]


def _in_use(one: Asked) -> bool:
    return one.tag.fate is not None and one.tag.fate.in_use


def _for_show(one: Asked) -> bool:
    return one.tag.purpose is Purpose.SHOW


HEADLINE: Final[tuple[tuple[str, Yes], ...]] = (
    ("in_use", _in_use),
    ("kept", lambda one: one.tag.fate is Fate.KEPT),
    ("thrown_away", lambda one: one.tag.fate in (Fate.ABANDONED, Fate.DISCARDED)),
    ("explore", lambda one: one.tag.purpose is Purpose.EXPLORE),
    ("show", _for_show),
    ("show_in_use", lambda one: _for_show(one) and _in_use(one)),
)
"""The headline rows: any purpose in use, kept, thrown away; exploring, for show: any fate."""


def headline(frames: Sequence[Frame], window: str, z: float = Z) -> tuple[Estimate, ...]:
    """Return the headline shares of a window; ``z`` widens their limits for many comparisons."""
    del window  # nothing is resampled
    held = sample(frames)
    return tuple(attention_share(held, "M3", key, yes, z=z) for key, yes in HEADLINE)


def attention_share(  # noqa: PLR0913 -- what is measured, and of whom
    held: Sample, measure: str, key: str, yes: Yes, *, minimum: int = MINIMUM,
    among: Yes | None = None, z: float = Z,
) -> Estimate:  # fmt: skip
    """Return the share of attention of the sessions for which ``yes`` holds.

    ``among`` narrows the whole to some answers: then those skipped cannot be read two ways.
    """
    answers = [one for one in held.answered if among is None or among(one)]
    n = len(answers)
    missing = held.missing(len(held.answered) if among is None else n, minimum)
    size = sum(one.attention for one in answers)
    if missing or size <= 0:
        base = not_enough(measure, key, "share", n, minimum)
        return _with_reason(base, missing or ("no attention minutes" if n else base.reason))
    beside = [*held.outside, *(one for one in held.answered if among and not among(one))]
    found = _share(answers, yes, held.weight, beside)
    low, high = (found.p, found.p) if held.complete else wilson_eff(found, z)
    readings = _readings(held, yes) if held.skipped and among is None else None
    too_many = held.rate < ANSWERED_ENOUGH
    if readings is not None and too_many:
        ends = [(one.p, one.p) if held.complete else wilson_eff(one, z) for one in readings]
        low, high = min(low, ends[0][0]), max(high, ends[1][1])
    return Estimate(
        measure=measure, key=key, unit="share", value=None if too_many else found.p, low=low,
        high=high, n=n, minimum_n=minimum, denominator=held.denominator(), chosen=held.chosen,
        interval="complete" if held.complete else "Wilson-eff",
        reason=TOO_MANY_SKIPS if too_many else "",
        skips=(readings[0].p, readings[1].p) if readings else None,
    )  # fmt: skip


def _with_reason(estimate: Estimate, reason: str) -> Estimate:
    return Estimate(
        estimate.measure, estimate.key, estimate.unit, None, None, None, estimate.n,
        estimate.minimum_n, "", "none", "none", reason,
    )  # fmt: skip


def _readings(held: Sample, yes: Yes) -> tuple[Share, Share]:
    """Return the share if all skipped were none of it, and if all were."""
    every = [one for frame in held.frames for one in frame.asked if not one.outside]
    none = _share(every, lambda one: one.answered and yes(one), _plain)
    every_one = _share(every, lambda one: not one.answered or yes(one), _plain)
    return none, every_one


def _plain(one: Asked) -> float:
    return one.weight


def _share(
    answers: Sequence[Asked], yes: Yes, weight: Callable[[Asked], float],
    beside: Sequence[Asked] = (),
) -> Share:  # fmt: skip
    """Return a share of ``answers``; those ``beside`` weigh nothing, but were drawn with them."""
    every = [*answers, *beside]
    nothing = [0.0] * len(beside)
    return share(
        np.array([weight(one) * one.attention for one in answers] + nothing, dtype=float),
        np.array([yes(one) for one in answers] + nothing, dtype=float),
        np.array([one.inclusion for one in every], dtype=float),
        [one.period for one in every],
        len(answers),
    )


def cells(frames: Sequence[Frame]) -> dict[tuple[Purpose, Fate], float]:
    """Return the share of attention of each purpose and fate; empty below the minimum."""
    held = sample(frames)
    if held.missing(len(held.answered), MINIMUM):
        return {}
    found: dict[tuple[Purpose, Fate], float] = {}
    whole = 0.0
    for one in held.answered:
        if one.tag.purpose is not None and one.tag.fate is not None:
            weight = held.weight(one) * one.attention
            key = one.tag.purpose, one.tag.fate
            found[key] = found.get(key, 0.0) + weight
            whole += weight
    return {key: weight / whole for key, weight in found.items()} if whole else {}
