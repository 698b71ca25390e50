"""M8, after-work: minutes of checking and fixing per minute of attention (spec v1, 3).

The hull of the sum of after-work over the exact attention; from 12 drawn answers.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.frame import Frame
from tokenworth.measures.net import (
    MINIMUM,
    TOO_FEW_DIFFER,
    Total,
    after_work,
    is_usable,
    total,
)
from tokenworth.measures.sample import ANSWERED_ENOUGH, Sample, points, sample
from tokenworth.measures.shares import TOO_MANY_SKIPS

UNIT: Final = "min per attention min"


def after_work_ratio(frames: Sequence[Frame], window: str) -> Estimate:
    """Return minutes of after-work per minute of attention."""
    held = sample(frames)
    empty = not_enough("M8", "after_work", UNIT, held.drawn_answers, MINIMUM)
    missing = held.missing(held.drawn_answers, MINIMUM)
    if missing or held.attention <= 0:
        return msgspec.structs.replace(empty, reason=missing or "no attention minutes")
    told = total(points(held, after_work), "M8", window)
    return _estimate(held, told, empty, window)


def _estimate(held: Sample, told: Total, empty: Estimate, window: str) -> Estimate:
    low, high, skips = told.low, told.high, None
    usable = is_usable(held, told)
    too_many = held.rate < ANSWERED_ENOUGH
    if held.skipped:
        nothing = total(points(held, after_work, "came to nothing"), "M8", window)
        skips = nothing.value / held.attention, told.value / held.attention
        if too_many:
            low, high = min(low, nothing.low), max(high, nothing.high)
    return msgspec.structs.replace(
        empty, value=None if too_many or not usable else told.value / held.attention,
        low=max(0.0, low / held.attention) if usable else None,
        high=high / held.attention if usable else None,
        denominator=held.denominator(), chosen=held.chosen,
        interval="complete" if held.complete else "hull", skips=skips,
        reason=(TOO_MANY_SKIPS if too_many else "") if usable else TOO_FEW_DIFFER,
    )  # fmt: skip


def spread(frames: Sequence[Frame], window: str) -> tuple[float, float, int] | None:
    """Return (ratio, s.e., m), for differences; None below the minimum."""
    held = sample(frames)
    if (
        held.missing(held.drawn_answers, MINIMUM)
        or held.attention <= 0
        or held.rate < ANSWERED_ENOUGH
    ):
        return None
    told = total(points(held, after_work), "M8", window)
    if not is_usable(held, told):
        return None
    return told.value / held.attention, told.se / held.attention, told.m
