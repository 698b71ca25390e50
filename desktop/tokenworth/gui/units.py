"""How the numbers of one row of Weeks are written: one unit and one precision for all its cells."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from tokenworth.domain.comparison import Cell, Row
from tokenworth.domain.estimate import Estimate
from tokenworth.gui import words
from tokenworth.gui.words import translate

CONTEXT: Final = "Weeks"
TO: Final = "\N{EN DASH}"
HOURS_FROM_MIN: Final = 120
WHOLE_FROM: Final = 10  # from here on a number needs no decimals
PER_MINUTE: Final = "per attention min"
ESTIMATED: Final = "estimated tokens"
PER_HOUR: Final = "per attention h"
SMALLEST_SHARE: Final = 0.005


class Unit(msgspec.Struct, frozen=True):
    """One unit for a whole row, so that its cells can be compared at a glance."""

    unit: str
    factor: float = 1.0
    places: int = 0
    after: str = ""  # behind a value, its space included
    apart: str = ""  # behind a difference
    signed: bool = False  # a plus belongs before what is above 0

    def bare(self, value: float, *, plus: bool = False) -> str:
        """Return a number without its unit."""
        if self.unit in {"tokens", ESTIMATED}:
            text = words.tokens(round(value))
        elif self.unit == "USD":
            text = words.money(value)
        else:
            shown = round(value * self.factor, self.places) + 0.0  # no minus before a zero
            plus = plus and shown > 0
            text = words.signed(f"{shown:,.{self.places}f}")
        text = f"+{text}" if plus and value > 0 else text
        return f"{words.ABOUT} {text}" if self.unit == ESTIMATED else text

    def whole(self, value: float) -> str:
        """Return a value with its unit."""
        if self.unit == "share" and 0 < value < SMALLEST_SHARE:
            return words.percent(value)
        return self.bare(value, plus=self.signed) + self.after

    def within(self, low: float, high: float, *, open_high: bool = False) -> str:
        """Return an interval to stand in brackets behind its value: "44-81" with a real dash."""
        first, last = self.bare(low, plus=self.signed), self.bare(high, plus=self.signed)
        if open_high:
            return translate(CONTEXT, "{low} to over {high}").format(low=first, high=last)
        if self.signed or low < 0:
            return translate(CONTEXT, "{low} to {high}").format(low=first, high=last)
        return f"{first}{TO}{last}"

    def alone(self, low: float, high: float, *, open_high: bool = False) -> str:
        """Return an interval that stands without a value."""
        if not self.signed and low >= 0 and not open_high:
            return f"{self.within(low, high)}{self.after}"
        template = (
            translate(CONTEXT, "{low} to over {high}")
            if open_high
            else translate(CONTEXT, "{low} to {high}")
        )
        return template.format(low=self.whole(low), high=self.whole(high))


def in_row(estimate: Estimate, row: Row) -> Estimate:
    """Return an estimate in the row's unit: per attention hour where it is measured per minute."""
    if not (estimate.unit.endswith(PER_MINUTE) and row.unit.endswith(PER_HOUR)):
        return estimate

    def hourly(value: float | None) -> float | None:
        return None if value is None else value * words.MINUTES_AN_HOUR

    skips = estimate.skips
    return msgspec.structs.replace(
        estimate,
        unit=row.unit,
        value=hourly(estimate.value),
        low=hourly(estimate.low),
        high=hourly(estimate.high),
        skips=None if skips is None else tuple(part * words.MINUTES_AN_HOUR for part in skips),
    )


def unit_of(row: Row) -> Unit:
    """Return how the row's numbers are written."""
    numbers = [number for cell in row.cells for number in _numbers(cell, row)]
    signed = "net" in row.key or any(number < 0 for number in numbers)
    if row.difference is not None:
        far = (row.difference.value, row.difference.low, row.difference.high)
        numbers += [number for number in far if number is not None]
    estimated = row.unit == "tokens" and row.key.startswith("estimated")
    return unit_for(ESTIMATED if estimated else row.unit, numbers, signed=signed)


def unit_for(unit: str, numbers: Iterable[float], *, signed: bool) -> Unit:
    """Return how such numbers are written; signed: a plus before those above 0."""
    most = max((abs(number) for number in numbers), default=0.0)
    if unit == "share":
        return Unit("share", 100.0, 0, " %", translate(CONTEXT, " points"))
    if unit in {"tokens", ESTIMATED, "USD", "sessions"}:
        return Unit(unit)
    if unit == "factor":
        return Unit(unit, 1.0, 2, " ×", " ×", signed)
    if unit.endswith(PER_MINUTE):  # said per hour: few know what 0.15 minutes a minute are
        an_hour = translate(CONTEXT, " min/h")
        places = 0 if most * words.MINUTES_AN_HOUR >= WHOLE_FROM else 1
        return Unit(unit, float(words.MINUTES_AN_HOUR), places, an_hour, an_hour, signed)
    if unit.startswith("min"):
        return _minutes(unit, most, signed=signed)
    after = f" {unit}" if unit else ""
    return Unit(unit, 1.0, 0 if most >= WHOLE_FROM else 1, after, after, signed)


def _minutes(unit: str, most: float, *, signed: bool) -> Unit:
    """Return minutes, or hours where there are many; a told net time has no use for decimals."""
    if PER_HOUR in unit or most < HOURS_FROM_MIN:
        minutes = translate(CONTEXT, " min")
        return Unit(unit, 1.0, 0 if most >= WHOLE_FROM else 1, minutes, minutes, signed)
    coarse = signed and most >= WHOLE_FROM * words.MINUTES_AN_HOUR
    hours = translate(CONTEXT, " h")
    return Unit(unit, 1 / words.MINUTES_AN_HOUR, 0 if coarse else 1, hours, hours, signed)


def _numbers(cell: Cell, row: Row) -> Iterator[float]:
    """Yield the numbers a cell may show."""
    found: list[float | None] = [cell.exact, cell.low, cell.high]
    if cell.estimate is not None:
        estimate = in_row(cell.estimate, row)
        found += [estimate.value, estimate.low, estimate.high]
    yield from (number for number in found if number is not None)
