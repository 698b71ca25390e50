"""The paired chart without a picture: its numbers as a table, and what it shows in words."""

from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.views import Trend, Week
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts import net_words, sentences
from tokenworth.gui.charts.bars import ORDER
from tokenworth.gui.charts.sentences import tr

EMPTY_CELLS: Final = 28  # of a week of which nothing is known


def table_of(trend: Trend) -> Table:
    """Return one row a week: counts beside coverage and bounds; times in minutes, cost in USD."""
    heads = (
        tr("week"),
        tr("from"),
        *(tr("tokens {outcome}").format(outcome=sentences.fate_words(fate)) for fate in ORDER),
        tr("new tokens"),
        tr("estimated tokens, apart"),
        tr("tokens without a price"),
        tr("cost at list price, USD"),
        tr("sessions"),
        tr("looked at"),
        tr("attention, min"),
        tr("attention looked at, min"),
        tr("in use at least, %"),
        tr("in use at most, %"),
        tr("told net, min"),
        tr("tipping mean, min"),
        tr("net time as told, min"),
        tr("its 95 % interval from, min"),
        tr("its 95 % interval to, min"),
        tr("upper limit is open"),
        tr("answers it rests on"),
        tr("how chosen"),
        tr("in use, %"),
        tr("its 95 % interval from, %"),
        tr("its 95 % interval to, %"),
        tr("why not more is said"),
    )
    return Table(heads, tuple(_row(week, trend.zone) for week in trend.weeks))


def _row(week: Week, zone: str) -> tuple[Cell, ...]:
    first = words.moment_of(week.start_ts, zone).date().isoformat()
    if sentences.nothing_imported(week) and sentences.is_empty(week):
        return (week.key, first, *([None] * EMPTY_CELLS))
    told, bounds = week.coverage, week.bounds
    return (
        week.key,
        first,
        *(week.tokens.get(fate, 0) for fate in ORDER),
        sum(week.tokens.values()),
        sum(week.estimated.values()),
        week.usage.unpriced_tokens,
        week.usage.cost_usd,
        told.sessions,
        told.answered,
        told.attention_min,
        told.answered_attention_min,
        None if bounds.low is None else bounds.low * 100,
        None if bounds.high is None else bounds.high * 100,
        bounds.told_min,
        bounds.tipping_min,
        *_net_cells(week.net),
        *_share_cells(week.in_use),
        "" if week.net is None else words.signed(week.net.reason),
    )


def _net_cells(net: Estimate | None) -> tuple[Cell, ...]:
    if net is None:
        return (None,) * 6
    is_open = tr("yes") if net.open_high else tr("no")
    return (
        net.value,
        net.low,
        net.high,
        is_open if net.is_shown else None,
        net.n,
        net_words.how_words(net),
    )


def _share_cells(share: Estimate | None) -> tuple[Cell, ...]:
    if share is None:
        return (None,) * 3
    each = (share.value, share.low, share.high)
    return tuple(None if part is None else part * 100 for part in each)


def words_of(trend: Trend) -> str:
    """Return what a look at the chart would tell, coverage first."""
    if not trend.weeks:
        return tr("Nothing to draw yet.")
    weeks = trend.weeks
    parts = [
        tr("{count} weeks, {first} to {last}.").format(
            count=words.count(len(weeks)), first=weeks[0].key, last=weeks[-1].key
        ),
        sentences.coverage_words(weeks),
        _tokens_words(weeks),
        _net_words(weeks),
    ]
    last = next((week for week in reversed(weeks) if week.coverage.answered), None)
    if last is not None:
        parts.append(f"{last.key}: {' '.join(sentences.week_words(last))}")
    return " ".join(part for part in parts if part)


def _tokens_words(weeks: tuple[Week, ...]) -> str:
    sums = {fate: sum(week.tokens.get(fate, 0) for week in weeks) for fate in ORDER}
    new = sum(sums.values())
    if not new:
        return tr("No tokens recorded.")
    most = max(weeks, key=lambda week: sum(week.tokens.values()))
    shares = ", ".join(
        f"{sentences.fate_words(fate)} {words.percent(count / new)}"
        for fate, count in sums.items()
        if count
    )
    text = tr("New tokens: {total}, by what became of them: {shares}; most in {week}: {most}.")
    said = text.format(
        total=words.tokens(new),
        shares=shares,
        week=most.key,
        most=words.tokens(sum(most.tokens.values())),
    )
    guessed = sum(sum(week.estimated.values()) for week in weeks)
    if guessed:
        apart = tr("Apart from these, {count} are estimated.")
        said += " " + apart.format(count=words.tokens(guessed, estimated=True))
    return said


def _net_words(weeks: tuple[Week, ...]) -> str:
    shown = [week for week in weeks if week.net is not None and week.net.is_shown]
    if not shown:
        return ""
    text = tr("Net time as told, with its interval, is shown for {shown} of {count} weeks.")
    return text.format(shown=words.count(len(shown)), count=words.count(len(weeks)))
