"""List prices of models by day, from the list shipped in resources/prices/list.json.

They are prices per request: what the tokens would have cost, not what a subscription took.
Where a price depends on the hour, it is the one that holds for most hours of the day. Batch and
fast rates, web searches and other extras are not in the list.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from tokenworth.shipped import shipped

LIST: Final = "prices/list.json"
MILLION: Final = 1_000_000
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_FITS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "starts_with": str.startswith,
    "ends_with": str.endswith,
    "contains": str.__contains__,
    "regex": lambda name, pattern: re.search(pattern, name) is not None,
}


class Rates(msgspec.Struct, frozen=True, omit_defaults=True):
    """USD per million tokens of each class; None where the list has no price."""

    input: float | None = None
    cache_write_5m: float | None = None
    cache_write_1h: float | None = None
    cache_read: float | None = None
    output: float | None = None
    above: int | None = None  # tokens of a request's whole input above which `upper` holds
    upper: "Rates | None" = None
    model: str = ""  # the list's own name


class Dated(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rates from a day on; from ever where the list names no day."""

    rates: Rates
    since: date | None = None


class Listed(msgspec.Struct, frozen=True):
    """One model of the list. Of its rates the last that has begun holds, else the first."""

    id: str
    match: Any
    rates: tuple[Dated, ...]


class Provider(msgspec.Struct, frozen=True):
    """Who makes or hosts models, and which names are theirs."""

    id: str
    match: Any
    models: tuple[Listed, ...]


class Contents(msgspec.Struct, frozen=True):
    """The shipped file. `desktop/maintenance/make_prices.py` writes it."""

    date: str  # the day the source was the newest there was
    source: str
    licence: str
    names: dict[str, str]  # names in logs -> names in the list, before all else
    patterns: tuple[tuple[str, str], ...]  # rewritten one after the other until the list knows it
    providers: tuple[Provider, ...]


class PriceList:
    """Prices of models, by the names that logs give them."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._found: dict[str, Listed | None] = {}

    @property
    def date(self) -> str:
        """The day of the list, ISO."""
        return self._contents.date

    @property
    def source(self) -> str:
        """Where the list comes from."""
        return self._contents.source

    def rates(self, model: str, day: int, *, upper: bool = False) -> Rates | None:
        """Return a model's rates on a day (days since 1970-01-01); None if the price is unknown.

        ``upper`` asks for those of a request whose input lies above the tier's start.
        """
        listed = self._find(model)
        if listed is None:
            return None
        rates = _on(listed, day)
        if upper and rates.upper is not None:
            rates = rates.upper
        return replace(rates, model=listed.id)

    def tier_start(self, model: str, day: int) -> int | None:
        """Return the tokens of a request's whole input above which other rates hold."""
        listed = self._find(model)
        return None if listed is None else _on(listed, day).above

    def cost_of(  # noqa: PLR0913 -- the five classes have five prices
        self, model: str, day: int, *, upper: bool, input: int, cache_write_5m: int,  # noqa: A002 -- the class's name
        cache_write_1h: int, cache_read: int, output: int,
    ) -> tuple[float | None, int]:  # fmt: skip
        """Return what tokens of one model cost: (USD, tokens without a known price)."""
        return cost(
            self.rates(model, day, upper=upper),
            input,
            cache_write_5m,
            cache_write_1h,
            cache_read,
            output,
        )

    def _find(self, model: str) -> Listed | None:
        if model not in self._found:
            self._found[model] = next(
                (
                    listed
                    for name in self._names(model.strip().lower())
                    if (listed := self._listed(name)) is not None
                ),
                None,
            )
        return self._found[model]

    def _names(self, name: str) -> Iterator[str]:
        """Yield what the list may call a model."""
        yield self._contents.names.get(name, name)
        for pattern, put in self._contents.patterns:
            rewritten = re.sub(pattern, put, name)
            if rewritten != name:
                name = rewritten
                yield self._contents.names.get(name, name)

    def _listed(self, name: str) -> Listed | None:
        for provider in self._contents.providers:
            if _matches(provider.match, name):
                for listed in provider.models:
                    if _matches(listed.match, name):
                        return listed
        return None


@cache
def price_list() -> PriceList:
    """Return the shipped list. Raises OSError or msgspec.ValidationError for a broken install."""
    return PriceList(msgspec.json.decode(shipped(LIST).read_bytes(), type=Contents))


def cost(  # noqa: PLR0913, PLR0917 -- the five classes have five prices
    rates: Rates | None,
    input: int,  # noqa: A002 -- the class's name
    cache_write_5m: int,
    cache_write_1h: int,
    cache_read: int,
    output: int,
) -> tuple[float | None, int]:
    """Return (USD, tokens without a known price); USD is None where none of them has one."""
    if rates is None:
        return None, input + cache_write_5m + cache_write_1h + cache_read + output
    usd, unpriced, priced = 0.0, 0, False
    for count, rate in (
        (input, rates.input),
        (cache_write_5m, rates.cache_write_5m),
        (cache_write_1h, rates.cache_write_1h),
        (cache_read, rates.cache_read),
        (output, rates.output),
    ):
        if not count:
            continue
        if rate is None:
            unpriced += count
        else:
            usd += count * rate / MILLION
            priced = True
    return (usd if priced or not unpriced else None), unpriced


def _on(listed: Listed, day: int) -> Rates:
    on = day + _EPOCH_DAY
    for dated in reversed(listed.rates):
        if dated.since is None or dated.since.toordinal() <= on:
            return dated.rates
    return listed.rates[0].rates


def _matches(clause: str | Mapping[str, Any], name: str) -> bool:
    """Tell whether a lower-case name fits a clause; a clause that is a text is the name itself."""
    if isinstance(clause, str):
        return name == clause
    kind, value = next(iter(clause.items()))
    if kind in ("or", "and"):
        fits = (_matches(part, name) for part in value)
        return any(fits) if kind == "or" else all(fits)
    return _FITS[kind](name, value)
