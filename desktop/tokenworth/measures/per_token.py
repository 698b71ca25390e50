"""M10, net minutes per million new tokens and per dollar, and dollars per net hour (spec v1, 3).

The hull of M5 over the exact totals of the same half-weeks; windows of 4 weeks or more; never by
model. Doubling the tokens at equal use halves what each brought.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import Frame
from tokenworth.measures.net import net
from tokenworth.measures.sample import Sample, sample

MILLION: Final = 1_000_000
HALVES: Final = 8
HOUR: Final = 60
NO_PRICE: Final = "no price is known for all of it"


class _Row(NamedTuple):
    """One quotient: its key, its unit, and why it is not shown."""

    key: str
    unit: str
    reason: str


def per_tokens(frames: Sequence[Frame], window: str) -> tuple[Estimate, Estimate]:
    """Return net minutes per million new tokens, and per US dollar at list price."""
    held, told = sample(frames), net(frames, window)
    tokens = sum(frame.new_tokens for frame in held.frames) / MILLION
    cost = _cost(held)
    soon = _too_soon(held, told)
    by_tokens = _Row("per_million", "min per million new tokens", soon or _none(tokens, "tokens"))
    by_cost = _Row("per_usd", "min per USD", soon or _none(cost, "cost"))
    return _over(told, by_tokens, tokens, held.weeks), _over(told, by_cost, cost, held.weeks)


def usd_per_net_hour(frames: Sequence[Frame], window: str) -> Estimate:
    """Return what a net hour cost, in US dollars; only where minutes were surely gained."""
    held, told = sample(frames), net(frames, window)
    cost = _cost(held)
    reason = _too_soon(held, told) or _none(cost, "cost")
    row = _Row("usd_per_net_hour", "USD per net hour", reason)
    if reason or told.low is None or told.high is None or cost is None:
        return _hidden(told, row)
    if told.low <= 0:
        return _hidden(told, row._replace(reason="shown only where minutes were surely gained"))
    a_week = cost * HOUR / held.weeks
    return msgspec.structs.replace(
        _named(told, row),
        value=None if told.value is None else a_week / told.value,
        low=0.0 if told.open_high else a_week / told.high,
        high=a_week / told.low,
        open_high=False,
    )


def _cost(held: Sample) -> float | None:
    """Return the cost of these half-weeks; None where nothing of one of them has a price."""
    costs = [frame.cost_usd for frame in held.frames]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _too_soon(held: Sample, told: Estimate) -> str:
    if held.window + len(held.empty) < HALVES:
        return "shown for four weeks or more"
    return "" if told.is_shown else told.reason


def _none(amount: float | None, what: str) -> str:
    if amount is None:
        return NO_PRICE
    return "" if amount > 0 else f"there is no {what} to divide by"


def _over(told: Estimate, row: _Row, amount: float | None, weeks: float) -> Estimate:
    if row.reason or not amount:
        return _hidden(told, row)
    share = weeks / amount

    def divided(minutes: float | None) -> float | None:
        return None if minutes is None else minutes * share

    return msgspec.structs.replace(
        _named(told, row),
        value=divided(told.value),
        low=divided(told.low),
        high=divided(told.high),
        skips=None if told.skips is None else (told.skips[0] * share, told.skips[1] * share),
    )


def _named(told: Estimate, row: _Row) -> Estimate:
    return msgspec.structs.replace(told, measure="M10", key=row.key, unit=row.unit, skips=None)


def _hidden(told: Estimate, row: _Row) -> Estimate:
    return msgspec.structs.replace(
        _named(told, row), value=None, low=None, high=None, open_high=False, reason=row.reason
    )
