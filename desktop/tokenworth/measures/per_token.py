"""M10, net minutes per million new tokens and per dollar (spec v1, 3).

M5 over the exact totals of the same half-weeks; windows of 4 weeks or more; never by model.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import Frame
from tokenworth.measures.net import net
from tokenworth.measures.sample import sample

MILLION: Final = 1_000_000
HALVES: Final = 8


def per_tokens(frames: Sequence[Frame], window: str) -> tuple[Estimate, Estimate]:
    """Return net minutes per million new tokens, and per US dollar at list price."""
    held = sample(frames)
    told = net(frames, window)
    tokens = sum(frame.new_tokens for frame in held.frames) / MILLION
    costs = [frame.cost_usd for frame in held.frames if frame.cost_usd is not None]
    return (
        _over(told, tokens, held.weeks, held.window, "per_million", "min per million new tokens"),
        _over(told, sum(costs), held.weeks, held.window, "per_usd", "min per USD"),
    )


def _over(  # noqa: PLR0913, PLR0917 -- one quotient
    told: Estimate, amount: float, weeks: float, window: int, key: str, unit: str
) -> Estimate:
    named = msgspec.structs.replace(told, measure="M10", key=key, unit=unit, skips=None)
    nothing = {"value": None, "low": None, "high": None, "open_high": False}
    if window < HALVES:
        return msgspec.structs.replace(named, reason="shown for four weeks or more", **nothing)
    if amount <= 0:
        return msgspec.structs.replace(named, reason="nothing to divide by is known", **nothing)

    def divided(minutes: float | None) -> float | None:
        return None if minutes is None else minutes * weeks / amount

    return msgspec.structs.replace(
        named, value=divided(told.value), low=divided(told.low), high=divided(told.high)
    )
