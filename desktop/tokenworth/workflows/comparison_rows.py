"""The rows of a comparison: exact numbers, estimates, and their differences (spec v1, 7)."""

from collections.abc import Callable, Sequence
from typing import Final

from tokenworth.domain.comparison import Cell, Difference, Group, Row
from tokenworth.domain.estimate import Estimate
from tokenworth.domain.tag import Fate
from tokenworth.measures import after_work, net, shares
from tokenworth.measures.coverage import answer_rate
from tokenworth.measures.differences import adjusted_z, difference, missed_share, newcombe
from tokenworth.measures.per_token import HALVES
from tokenworth.measures.sample import ANSWERED_ENOUGH
from tokenworth.measures.sentences import missed, not_comparable
from tokenworth.workflows.spanned import Spanned

SHARES: Final = (
    ("in_use", "In use", "share of attention"),
    ("kept", "Kept, not in use", "share of attention"),
    ("thrown_away", "Thrown away", "share of attention; discarded or abandoned"),
    ("explore", "To find something out", "share of attention, whatever came of it"),
    ("show", "For show", "share of attention, whatever came of it"),
    ("show_in_use", "For show, but in use", "share of attention"),
)
PER_COST: Final = (
    ("per_million", "Net time per million new tokens", "", None),
    ("per_usd", "Net time per dollar", "at list price", None),
)
Spread = Callable[[Spanned], tuple[float, float, int] | None]


def comparable(found: Sequence[Spanned]) -> int:
    """Return how many rows have estimates in the first span and in the last."""
    if len(found) < 2 or _reason(found[0], found[-1]):  # noqa: PLR2004 -- a pair
        return 0
    ends = [one.estimates for one in (found[0], found[-1])]
    both = sum(all(end[key].value is not None for end in ends) for key, _, _ in SHARES)
    spreads = (_net_spread, _after_spread)
    return both + sum(
        all(spread(one) is not None for one in (found[0], found[-1])) for spread in spreads
    )


def rows(found: Sequence[Spanned], comparisons: int) -> tuple[Row, ...]:
    """Return every row: what was burned, what was got, how, and how sure."""
    return (*_burned(found), *_got(found, comparisons), *_how(found), *_how_sure(found))


# what was burned ----------------------------------------------------------------------------------


def _burned(found: Sequence[Spanned]) -> list[Row]:
    new = [_exact(sum(one.tokens.values())) if one.tokens else _unknown() for one in found]
    made = [
        _row("Burned", "new_tokens", "New tokens", "fresh input, cache writes, output", "tokens",
             new),
        _row("Burned", "cache_read", "Read from cache", "", "tokens",
             [_known(one.usage.cache_read) for one in found]),
        _row("Burned", "cost", "At list price", "not a bill", "USD", [_cost(one) for one in found]),
    ]  # fmt: skip
    guessed = [_sum(one.usage.estimated_input, one.usage.estimated_output) for one in found]
    if any(guessed):
        cells = [Cell(exact=number, words="estimated") if number else _unknown("none")
                 for number in guessed]  # fmt: skip
        made.append(_row("Burned", "estimated_tokens", "Estimated tokens",
                         "of sources that record none; kept apart", "tokens", cells))  # fmt: skip
    return made


def _cost(one: Spanned) -> Cell:
    if one.usage.cost_usd is None:
        return _unknown()
    share = one.coverage.unpriced_share
    words = f"+ {100 * share:.0f} % unpriced" if share else ""
    return Cell(exact=one.usage.cost_usd, words=words)


def _sum(*numbers: int | None) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


# what was got -------------------------------------------------------------------------------------


def _got(found: Sequence[Spanned], comparisons: int) -> list[Row]:
    told = [one.estimates for one in found]
    ends = (found[0], found[-1]) if len(found) > 1 else ()
    wide = [one.shares(adjusted_z(comparisons)) for one in ends]
    made = [
        Row("Got", "attention_by_fate", "Where attention went", "", "share",
            tuple(_bar(one) for one in found))
    ]  # fmt: skip
    for key, name, more in SHARES:
        apart = None
        if len(found) > 1:
            apart = _share_difference(found, [end[key] for end in wide])
        cells = tuple(Cell(estimate=one[key]) for one in told)
        made.append(Row("Got", key, name, more, "share", cells, apart))
    for key, name, more, spread in (
        ("net", "Net time, as told", "by hand less after-work and attention", _net_spread),
        ("net_at_0.673", "Net time at 0.673", "by-hand times taken as a third too high", None),
        ("break_even", "A loss below", "times the by-hand time told", None),
        ("after_work", "After-work", "checking and fixing, per attention", _after_spread),
        ("slower", "Slower than by hand", "share of attention, of needed work in use", None),
        *(PER_COST if any(_is_long(one) for one in found) else ()),
    ):
        cells = tuple(Cell(estimate=one[key]) for one in told)
        unit = told[0][key].unit
        apart = None
        if len(found) > 1 and spread is not None:
            apart = _minutes_difference(found, spread, comparisons, unit)
        made.append(Row("Got", key, name, more, unit, cells, apart))
    return made


def _is_long(one: Spanned) -> bool:
    """Return whether a span has the four weeks that net time per token is shown for."""
    return sum(frame.sessions > 0 for frame in one.frames) >= HALVES


def _bar(one: Spanned) -> Cell:
    """Return the bar of where attention went: drawn by chance, or only what was looked at."""
    drawn = shares.cells(one.frames) if not one.left else {}
    if drawn:
        parts = dict.fromkeys("upkda", 0.0)
        for (_, fate), share in drawn.items():
            parts[fate.value] += share
        return Cell(parts=tuple(parts.items()), words="estimated from those drawn")
    whole = sum(row.mid for row in one.rows)
    if not whole:
        return Cell(words="no attention minutes")
    seen = {
        fate.value: sum(r.mid for r in one.rows if r.fate == fate.value) / whole for fate in Fate
    }
    parts = {fate: seen[fate] for fate in "upkda"}
    parts["-"] = max(0.0, 1 - sum(parts.values()))
    return Cell(parts=tuple(parts.items()), words="of what was looked at; the rest is unknown")


def _net_spread(one: Spanned) -> tuple[float, float, int] | None:
    return None if one.left else net.spread(one.frames, one.span.key)


def _after_spread(one: Spanned) -> tuple[float, float, int] | None:
    return None if one.left else after_work.spread(one.frames, one.span.key)


def _reason(first: Spanned, last: Spanned) -> str:
    for one in (first, last):
        rate = answer_rate(one.coverage)
        if one.left:
            return f"the queue of {_lower(one.span.name)} is open"
        if rate is not None and rate < ANSWERED_ENOUGH:
            return f"fewer than 80 % of those asked were answered in {_lower(one.span.name)}"
    return ""


def _lower(name: str) -> str:
    return name[0].lower() + name[1:] if name.startswith("Week") else name


def _share_difference(found: Sequence[Spanned], ends: Sequence[Estimate]) -> Difference:
    reason = _reason(found[0], found[-1]) or _missing(found, ends)
    first, last = ends
    if reason or first.value is None or last.value is None:
        return not_comparable(reason)
    limits = [(e.value or 0.0, e.low or 0.0, e.high or 0.0) for e in (last, first)]
    value, low, high = newcombe(limits[0], limits[1])
    outside = low > 0 or high < 0
    plain = [one.estimates[first.key] for one in (found[0], found[-1])]
    size = missed_share(*((e.low or 0.0, e.high or 0.0) for e in plain))
    words = "differs" if outside else missed(size, "share")
    return Difference(value, low, high, outside_zero=outside, words=words)


def _missing(found: Sequence[Spanned], ends: Sequence[Estimate]) -> str:
    for one, end in zip((found[0], found[-1]), ends, strict=True):
        if end.value is None:
            return f"{_lower(one.span.name)}: {end.reason}"
    return ""


def _minutes_difference(
    found: Sequence[Spanned], spread: Spread, comparisons: int, unit: str
) -> Difference:
    first, last = spread(found[0]), spread(found[-1])
    reason = _reason(found[0], found[-1])
    if not reason and (first is None or last is None):
        short = found[0] if first is None else found[-1]
        reason = f"{_lower(short.span.name)}: {short.estimates['net'].reason}"
    if reason or first is None or last is None:
        return not_comparable(reason)
    told = difference(last, first, comparisons)
    outside = told.low > 0 or told.high < 0
    open_high = spread is _net_spread and found[-1].estimates["net"].open_high
    return Difference(
        told.value, told.low, told.high, open_high=open_high, outside_zero=outside,
        words="differs" if outside else missed(told.missed, unit),
    )  # fmt: skip


# how, and how sure --------------------------------------------------------------------------------


def _how(found: Sequence[Spanned]) -> list[Row]:
    attention = [
        _unknown("hidden until answered")
        if one.usage.is_hidden
        else Cell(
            exact=one.coverage.attention_min,
            low=sum(row.low for row in one.rows),
            high=sum(row.high for row in one.rows),
        )
        for one in found
    ]
    return [
        _row("How", "attention", "Attention", "your own time; read in three ways", "min",
             attention),
        _row("How", "sessions", "Sessions", "", "sessions",
             [_exact(one.coverage.sessions) for one in found]),
        _row("How", "unattended", "Without any human message", "", "sessions",
             [_exact(one.coverage.unattended) for one in found]),
    ]  # fmt: skip


def _how_sure(found: Sequence[Spanned]) -> list[Row]:
    rates = [answer_rate(one.coverage) for one in found]
    return [
        Row("How sure", "looked_at", "Looked at", "share of attention", "share",
            tuple(_looked_at(one) for one in found)),
        Row("How sure", "drawn", "Answered, drawn by chance", "", "sessions",
            tuple(Cell(exact=one.coverage.drawn, words=f"of {one.coverage.asked} asked")
                  for one in found)),
        Row("How sure", "answer_rate", "Answered of those asked", "", "share",
            tuple(Cell(exact=rate) if rate is not None else Cell(words="nobody was asked")
                  for rate in rates)),
    ]  # fmt: skip


def _looked_at(one: Spanned) -> Cell:
    whole = one.coverage.attention_min
    if not whole:
        return Cell(words="no attention minutes")
    return Cell(exact=one.coverage.answered_attention_min / whole)


# cells --------------------------------------------------------------------------------------------


def _row(  # noqa: PLR0913, PLR0917 -- what a row is made of
    group: Group, key: str, name: str, more: str, unit: str, cells: Sequence[Cell]
) -> Row:
    """Return a row of exact numbers with their exact difference."""
    first, last = cells[0].exact, cells[-1].exact
    apart = None
    if len(cells) > 1:
        known = first is not None and last is not None
        apart = (
            Difference((last or 0) - (first or 0), exact=True) if known
            else Difference(words="not known of both")
        )  # fmt: skip
    return Row(group, key, name, more, unit, tuple(cells), apart)


def _exact(number: float) -> Cell:
    return Cell(exact=number)


def _known(number: float | None) -> Cell:
    return _unknown() if number is None else Cell(exact=number)


def _unknown(words: str = "unknown") -> Cell:
    return Cell(words=words)
