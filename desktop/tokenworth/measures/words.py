"""M1 and M7 in sentences: numbers with what they are of. Never a verdict, never an arrow."""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.views import Bounds, Coverage, Week

DAYS_NAMED: Final = 3
HOUR: Final = 60
LONG_MINUTES: Final = 120


def week_words(week: Week) -> list[str]:
    """Return what a week's measures say, coverage first."""
    told = [in_use_words(week.in_use), net_words(week.net)]
    said = [words for words in told if words]
    if week.net is None or not week.net.is_shown:
        coverage = week.coverage
        said.append(bounds_words(week.bounds, coverage.answered, drawn=coverage.drawn))
    return [coverage_words(week.coverage), *said]


def in_use_words(in_use: Estimate | None) -> str:
    """Return M3's first row in a sentence; "" where it may not be shown."""
    if in_use is None or in_use.low is None or in_use.high is None:
        return ""
    limits = f"{_percent(in_use.low)} to {_percent(in_use.high)}"
    value = limits if in_use.value is None else f"{_percent(in_use.value)} ({limits})"
    if in_use.interval == "complete":
        value = _percent(in_use.value)
    reason = f" {_sentence(in_use.reason)}" if in_use.reason else ""
    return f"Of {in_use.denominator}, {value} went into work now in use.{reason}"


def net_words(net: Estimate | None) -> str:
    """Return M5 in a sentence; "" where nothing was drawn."""
    if net is None:
        return ""
    if net.low is None or net.high is None:
        return f"Net time, as told: {net.reason}."
    high = f"more than {_hours(net.high)}" if net.open_high else _hours(net.high)
    limits = f"{_hours(net.low)} to {high}"
    if net.value is None:
        return f"From {_plural(net.n, 'session')}: {net.reason} ({limits})."
    if net.interval == "complete":
        return f"Net time, as told: {_hours(net.value)}; all were asked."
    return f"Net time, as told: {_hours(net.value)} ({limits}), from {_plural(net.n, 'session')}."


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _hours(minutes: float) -> str:
    if abs(minutes) < LONG_MINUTES:
        return f"{_signed(minutes)} min"
    return f"{_signed(minutes / HOUR)} h"


def coverage_words(coverage: Coverage) -> str:
    """Return how much was looked at, with the numbers of all there is beside it."""
    if not coverage.sessions:
        return " ".join(["No sessions.", *_gaps(coverage.days_without_import)])
    first = f"{_count(coverage.answered, coverage.sessions)} looked at"
    if coverage.answered:
        first += f", {_how_chosen(coverage)}"
    looked_at, all_of_it = coverage.answered_attention_min, coverage.attention_min
    amounts = [f"{looked_at:.0f} of {all_of_it:.0f} attention minutes"]
    if coverage.cost_usd is not None and coverage.answered_cost_usd is not None:
        amounts.append(
            f"{coverage.answered_cost_usd:.2f} of {coverage.cost_usd:.2f} USD at list price"
        )
    sentences = [f"{first}: {', '.join(amounts)}."]
    sentences += [
        words
        for count, words in (
            (coverage.left, f"{coverage.left} still in the queue."),
            (
                coverage.asked and coverage.drawn < coverage.asked,
                f"{coverage.drawn} of {coverage.asked} asked were answered.",
            ),
            (coverage.late, f"{coverage.late} came late, from half-weeks before."),
            (coverage.skipped, f"{coverage.skipped} skipped."),
            (coverage.cannot_recall, f"{coverage.cannot_recall} not recalled."),
            (coverage.unattended, f"{coverage.unattended} ran without a person."),
            (coverage.changed, _changed(coverage)),
            (
                coverage.unpriced_share,
                f"No price is known for {_percent(coverage.unpriced_share)} of new tokens.",
            ),
        )
        if count
    ]
    return " ".join([*sentences, *_gaps(coverage.days_without_import)])


def _how_chosen(coverage: Coverage) -> str:
    """Return how those looked at were chosen: chance, before the draw, or the person."""
    before = coverage.take_all
    parts = [
        (coverage.drawn, f"{coverage.drawn} drawn by chance"),
        (before, f"{before} picked before the draw"),
        (coverage.volunteered, f"{coverage.volunteered} by your own choice"),
    ]
    if not coverage.drawn and not before:
        return f"{coverage.volunteered} of them by your own choice"
    return ", ".join(words for number, words in parts if number)


def _changed(coverage: Coverage) -> str:
    told = f"{_plural(coverage.changed, 'answer')} changed later"
    if round(coverage.changed_min):
        return f"{told}, by {_signed(coverage.changed_min)} net min; estimates use the first."
    return told + "."


def bounds_words(bounds: Bounds, tagged: int, window: str = "week", *, drawn: int = 0) -> str:
    """Return what ``tagged`` sessions say of the whole window where there is no estimate.

    ``drawn`` of them were drawn by chance: too few to say more.
    """
    if not tagged or bounds.told_min is None:
        return "Not enough yet: 0 of 1."
    told = f"{_signed(bounds.told_min)} min"
    sum_ = "it comes" if tagged == 1 else "they sum"
    if bounds.untagged and drawn:
        sentences = [f"You looked at {_plural(tagged, 'session')}; {sum_} to {told}."]
    elif bounds.untagged:
        sentences = [f"You picked {_plural(tagged, 'session')} yourself; {sum_} to {told}."]
    else:
        sentences = [f"You tagged every session ({tagged}); {sum_} to {told}."]
    if bounds.tipping_min is not None:
        others = (
            "the other one comes to less than"
            if bounds.untagged == 1
            else f"the {bounds.untagged} others average less than"
        )
        each = "" if bounds.untagged == 1 else " each"
        tipping = round(bounds.tipping_min, 1) + 0.0  # no "-0.0"
        sentences.append(f"If {others} {tipping:.1f} min{each}, the {window} is a loss.")
    if bounds.low is not None and bounds.high is not None:
        sentences.append(_range(bounds.low, bounds.high))
    if bounds.untagged:
        chance = f"only {drawn} were" if drawn else "none were"
        sentences.append(f"No estimate: {chance} drawn by chance.")
    return " ".join(sentence for sentence in sentences if sentence)


def _range(low: float, high: float) -> str:
    if _percent(low) == _percent(high):
        return f"{_percent(low)} of attention went into work now in use."
    return (
        f"Between {_percent(low)} and {_percent(high)} of attention went into work now in use; "
        "nearer than that is not known."
    )


def _gaps(days: Sequence[str]) -> list[str]:
    if not days:
        return []
    named = ", ".join(days[:DAYS_NAMED])
    more = len(days) - DAYS_NAMED
    return [f"Nothing is known of {named}{f' and {more} more days' if more > 0 else ''}."]


def _count(part: int, whole: int) -> str:
    return f"{part} of {_plural(whole, 'session')}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _signed(minutes: float) -> str:
    rounded = round(minutes)
    return f"+{rounded}" if rounded > 0 else str(rounded)


def _percent(share: float | None) -> str:
    """Return a share in whole percent; never 0 or 100 for what is not all or nothing."""
    if share is None:
        return "an unknown part"
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "under 1 %"
    if whole == 100 and share < 1:  # noqa: PLR2004 -- all of it
        return "over 99 %"
    return f"{whole} %"
