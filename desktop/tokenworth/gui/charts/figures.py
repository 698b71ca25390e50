"""The paired chart without a picture: its numbers as a table, and what it shows in words."""

from tokenworth.domain.views import Trend, Week
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts import sentences
from tokenworth.gui.charts.bars import ORDER
from tokenworth.gui.charts.sentences import tr


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
    )
    return Table(heads, tuple(_row(week, trend.zone) for week in trend.weeks))


def _row(week: Week, zone: str) -> tuple[Cell, ...]:
    first = words.moment_of(week.start_ts, zone).date().isoformat()
    if sentences.nothing_imported(week) and sentences.is_empty(week):
        return (week.key, first, *([None] * 18))
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
    )


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
    ]
    last = next((week for week in reversed(weeks) if week.coverage.answered), None)
    if last is not None:
        parts.append(f"{last.key}: {sentences.bounds_words(last)} {sentences.tipping_words(last)}")
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
