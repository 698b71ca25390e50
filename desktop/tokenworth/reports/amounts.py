"""Numbers with their units and intervals, as text."""

from collections.abc import Callable
from typing import Final

from tokenworth.reports.text import money, tokens

HOUR: Final = 60
FEW: Final = 10
KEPT_SPACE: Final = "\xa0"
"""Keeps a number and its unit in one line; printed as a plain space."""


def _percent(share: float) -> str:
    """Return whole percent; never 0 or 100 for what is not all or nothing."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "under 1"
    return "over 99" if whole == 100 and share < 1 else f"{whole}"  # noqa: PLR2004 -- all of it


def _hourly(per_minute: float) -> str:
    value = HOUR * per_minute
    return f"{value:.{1 if value < FEW else 0}f}"


SIZES: Final[dict[str, tuple[Callable[[float], str], str]]] = {
    "share": (_percent, " %"),
    "points": (lambda value: f"{100 * value:.0f}", " points"),
    "tokens": (lambda value: tokens(round(value)), ""),
    "USD": (money, ""),
    "min per attention min": (_hourly, " min an hour"),
    "factor": (lambda value: f"{value:.2f}", " times"),
    "sessions": (lambda value: f"{round(value):,}", ""),
}
"""How a size is said, and its unit."""


def amount(value: float, unit: str, *, signed: bool = False) -> str:
    """Return a number with its unit; ``signed`` puts a plus before what is above 0."""
    number, after = _number(value, unit, signed=signed)
    return (number + after).replace(" ", KEPT_SPACE)


def _number(value: float, unit: str, *, signed: bool = False) -> tuple[str, str]:
    size, after = _size(abs(value), unit)
    if not any(digit in size for digit in "123456789"):
        return size, after
    return ("−" if value < 0 else "+" if signed else "") + size, after


def _size(value: float, unit: str) -> tuple[str, str]:
    known = SIZES.get(unit)
    if known is not None:
        return known[0](value), known[1]
    if unit.startswith("min per"):
        return f"{value:.{1 if value < FEW else 0}f}", " min"
    if unit.startswith("min"):
        whole = round(value)
        hours = f"{whole // HOUR} h {whole % HOUR:02}"
        return (hours, "") if whole >= 2 * HOUR else (str(whole), " min")
    return f"{value:.3g}", f" {unit}" if unit else ""


def _interval(low: float, high: float, unit: str, *, open_high: bool, signed: bool) -> str:
    one_unit = _number(low, unit)[1] == _number(high, unit)[1] != ""
    pick = slice(0, 1) if one_unit else slice(0, 2)
    first, last = ("".join(_number(end, unit, signed=signed)[pick]) for end in (low, high))
    if open_high:
        return f"{first} to more than {last}".replace(" ", KEPT_SPACE)
    plain_range = one_unit and low >= 0 and not signed
    return (f"{first}–{last}" if plain_range else f"{first} to {last}").replace(" ", KEPT_SPACE)


def with_interval(  # noqa: PLR0913 -- all that is printed together
    value: float | None, low: float, high: float, unit: str, *, open_high: bool, signed: bool
) -> str:
    """Return a number, if it may be said, and the ends of its interval in brackets."""
    ends = _interval(low, high, unit, open_high=open_high, signed=signed)
    if value is not None:
        return f"{amount(value, unit, signed=signed)} ({ends})"
    ends_without_unit = _number(low, unit)[1] == _number(high, unit)[1]
    return ends + (_number(high, unit)[1] if ends_without_unit else "").replace(" ", KEPT_SPACE)
