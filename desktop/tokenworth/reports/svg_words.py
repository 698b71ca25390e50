"""The paired chart of an export in sentences and as a small table."""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.report import Table
from tokenworth.domain.views import Week
from tokenworth.reports import text
from tokenworth.reports.amounts import KEPT_SPACE
from tokenworth.reports.svg_marks import FATES, UNSEEN, WORDS, known
from tokenworth.reports.weeks import cell_of

TITLE: Final = "Burned and got, week by week"
NOTHING: Final = "There are no weeks to show."
WEEK_DAYS: Final = 7


def count(tokens: dict[str, int]) -> int:
    """Return all tokens of a week."""
    return sum(max(0, number) for number in tokens.values())


def is_gap(week: Week) -> bool:
    """Return whether nothing is known of a week: it is no zero."""
    empty = not (count(week.tokens) or count(week.estimated) or week.coverage.sessions)
    return empty and len(week.coverage.days_without_import) >= WEEK_DAYS


def why_none(week: Week) -> str:
    """Return what stands in the place of a bar: "5 of 12"; nothing in a gap."""
    told = week.net
    if not week.coverage.sessions:
        return ""
    if told is None:
        return "none drawn"
    return f"{told.n} of {told.minimum_n}" if told.n < told.minimum_n else "not shown"


def words_of(weeks: Sequence[Week]) -> str:
    """Return what the chart shows in sentences."""
    if not weeks:
        return NOTHING
    totals = {key: sum(week.tokens.get(key, 0) for week in weeks) for key in (*FATES, UNSEEN)}
    parts = ", ".join(f"{WORDS[key]} {text.tokens(n)}" for key, n in totals.items() if n)
    said = [
        f"{_plural(len(weeks), 'week')}, {_stretch(weeks)}.",
        f"New tokens: {text.tokens(sum(totals.values()))}{f' ({parts})' if parts else ''}.",
    ]
    if guessed := sum(count(week.estimated) for week in weeks):
        said.append(f"Estimated tokens, kept apart: {text.tokens(guessed, estimated=True)}.")
    answered = sum(week.coverage.answered for week in weeks)
    sessions = sum(week.coverage.sessions for week in weeks)
    said.append(f"{answered:,} of {_plural(sessions, 'session')} were looked at.")
    told = [week.net for week in weeks if week.net is not None]
    shown = sum(one.value is not None or one.is_shown for one in told)
    net = f"Net time, as told, may be shown for {shown} of {_plural(len(weeks), 'week')}"
    only = sum(one.value is None and one.is_shown for one in told)
    said.append(net + (f"; for {only} of them only its interval." if only else "."))
    if gaps := sum(map(is_gap, weeks)):
        said.append(f"Nothing is known of {_plural(gaps, 'week')}.")
    return " ".join(said)


def _stretch(weeks: Sequence[Week]) -> str:
    first, last = weeks[0].key, weeks[-1].key
    return first if first == last else f"{first} to {last}"


def _plural(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def table_of(weeks: Sequence[Week], *, money: bool) -> Table:
    """Return the numbers of the chart, one row a week."""
    keys = [key for key in (*FATES, UNSEEN) if any(week.tokens.get(key) for week in weeks)]
    heads = ["Week", "New tokens", *(WORDS[key].capitalize() for key in keys)]
    heads += ["Sessions looked at", "Net time, as told (95 %)"]
    heads += ["At list price"] if money else []
    rows = []
    for week in weeks:
        told = week.coverage
        if is_gap(week):
            rows.append((week.key, "not known", *["–"] * (len(heads) - 2)))
            continue
        row = [week.key, text.tokens(count(week.tokens))]
        row += [text.tokens(week.tokens.get(key, 0)) for key in keys]
        row += [f"{told.answered} of {told.sessions}", _net_cell(week.net)]
        rows.append((*row, *((_price(week),) if money else ())))
    note = "List price is what the tokens would cost at public prices: not a bill." if money else ""
    return Table(TITLE, tuple(heads), tuple(rows), tuple(range(1, len(heads))), note)


def _net_cell(told: Estimate | None) -> str:
    if told is None:
        return "none drawn"
    if any(known(end) is None for end in _numbers(told)):
        return text.UNKNOWN
    return cell_of(told).replace("\n", "; ").replace(KEPT_SPACE, " ")


def _numbers(told: Estimate) -> list[float]:
    given = (told.value, told.low, told.high, *(told.skips or ()))
    return [number for number in given if number is not None]


def _price(week: Week) -> str:
    unpriced = " + unpriced" if week.usage.unpriced_tokens else ""
    return text.money(week.usage.cost_usd) + unpriced
