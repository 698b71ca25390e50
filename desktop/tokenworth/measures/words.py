"""M1 and M7 in sentences: numbers with what they are of. Never a verdict, never an arrow."""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.views import Bounds, Coverage, Week

DAYS_NAMED: Final = 3


def week_words(week: Week) -> list[str]:
    """Return what a week's measures say, coverage first."""
    return [coverage_words(week.coverage), bounds_words(week.bounds, week.coverage.answered)]


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


def bounds_words(bounds: Bounds, tagged: int, window: str = "week") -> str:
    """Return what ``tagged`` sessions that the person picked say of the whole window."""
    if not tagged or bounds.told_min is None:
        return "Not enough yet: 0 of 1."
    told = f"{_signed(bounds.told_min)} min"
    sum_ = "it comes" if tagged == 1 else "they sum"
    if bounds.untagged:
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
    sentences.append("No estimate: none were drawn by chance." if bounds.untagged else "")
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
