"""What the paired chart says in words: how much was looked at, what the answers allow, one week."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from tokenworth.domain.views import Week
from tokenworth.gui import words
from tokenworth.gui.charts import net_words
from tokenworth.gui.charts.bars import ESTIMATED

MOST_GAPS: Final = 3
A_YEAR: Final = 52  # weeks; in more than that a day without its year is ambiguous
TO: Final = "\N{EN DASH}"


def tr(text: str) -> str:
    """Return a text of this chart in the person's language."""
    return QCoreApplication.translate("Trends", text)


def fate_words(fate: str) -> str:
    """Return the legend's word for an outcome."""
    return {
        "u": tr("used"),
        "p": tr("in part"),
        "k": tr("kept"),
        "d": tr("discarded"),
        "a": tr("abandoned"),
        "-": tr("not looked at"),
        ESTIMATED: tr("≈ estimated, apart"),
    }[fate]


class Line(msgspec.Struct, frozen=True):
    """One line of a read-out; ``mark`` is a code of the legend or empty."""

    mark: str
    words: str
    value: str


def span_words(first: date, last: date, *, year: bool = False) -> str:
    """Return days from first to last, such as the 6 to 8 Mar, a dash between."""
    month = QCoreApplication.translate("words", words.MONTHS[last.month - 1])
    end = f"{last.day} {month} {last.year}" if year else f"{last.day} {month}"
    if first == last:
        return end
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day}{TO}{end}"
    other = QCoreApplication.translate("words", words.MONTHS[first.month - 1])
    before = f" {first.year}" if year and first.year != last.year else ""
    return f"{first.day} {other}{before}{TO}{end}"


def gaps_words(days: Sequence[str], *, year: bool = False) -> str:
    """Return ISO days as stretches, the latest ones if there are many."""
    spans: list[tuple[date, date]] = []
    for day in sorted(date.fromisoformat(text) for text in days):
        if spans and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    shown = [span_words(*span, year=year) for span in spans[-MOST_GAPS:]]
    hidden = sum((last - first).days + 1 for first, last in spans[:-MOST_GAPS])
    if hidden:
        shown.append(tr("{count} earlier days").format(count=words.count(hidden)))
    if len(shown) == 1:
        return shown[0]
    return tr("{first} and {last}").format(first=", ".join(shown[:-1]), last=shown[-1])


def week_name(week: Week) -> str:
    """Return a week's short name: "W7"."""
    return "W" + week.key.partition("-W")[2].lstrip("0")


def week_title(week: Week, zone: str) -> str:
    """Return a week's name and days: "W7 · 9–15 Feb 2026"."""
    return f"{week_name(week)} · {week_days(week, zone)}"


def week_days(week: Week, zone: str) -> str:
    """Return a week's days with the year."""
    first = words.moment_of(week.start_ts, zone).date()
    last = words.moment_of(week.end_ts - 1, zone).date()
    return span_words(first, last, year=True)


def sessions_words(number: int) -> str:
    """Return "1 session" or "22 sessions"."""
    if number == 1:
        return tr("1 session")
    return tr("{count} sessions").format(count=words.count(number))


def _part(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _known(values: Sequence[float | None]) -> float:
    return sum(value for value in values if value is not None)


def coverage_words(weeks: Sequence[Week]) -> str:
    """Return M1 for some weeks: exact counts, and what is not known."""
    each = [week.coverage for week in weeks]
    sessions = sum(one.sessions for one in each)
    parts = [_looked_at(weeks)] if sessions else [tr("No sessions in these weeks")]
    counts = (
        (sum(one.left for one in each), tr("{count} still in the queue")),
        (sum(one.late for one in each), tr("{count} came late")),
        (sum(one.unattended for one in each), tr("{count} ran unattended")),
        (sum(one.skipped for one in each), tr("{count} skipped")),
        (sum(one.cannot_recall for one in each), tr("{count} could not be recalled")),
        (sum(one.changed for one in each), tr("{count} changed after the first answer")),
    )
    said = [text.format(count=words.count(number)) for number, text in counts if number]
    if said:
        parts.append(", ".join(said))
    new = sum(sum(week.tokens.values()) for week in weeks)
    unpriced = sum(
        sum(week.tokens.values()) * (week.coverage.unpriced_share or 0) for week in weeks
    )
    if unpriced:
        share = words.percent(_part(unpriced, new))
        parts.append(tr("{share} of tokens have no known price").format(share=share))
    days = [day for one in each for day in one.days_without_import]
    if days:
        gaps = gaps_words(days, year=len(weeks) > A_YEAR)
        parts.append(tr("nothing is known of {days}").format(days=gaps))
    return "; ".join(parts) + "."


def _looked_at(weeks: Sequence[Week]) -> str:
    each = [week.coverage for week in weeks]
    sessions, answered = sum(one.sessions for one in each), sum(one.answered for one in each)
    if not answered:
        return tr("Looked at: none of {sessions}").format(sessions=sessions_words(sessions))
    attention = _part(
        sum(one.answered_attention_min for one in each), sum(one.attention_min for one in each)
    )
    cost = _part(
        _known([one.answered_cost_usd for one in each]), _known([one.cost_usd for one in each])
    )
    text = tr("Looked at: {answered} of {sessions}").format(
        answered=words.count(answered), sessions=sessions_words(sessions)
    )
    drawn = sum(one.drawn for one in each)
    if drawn:
        text += tr(", {count} of them drawn by chance").format(count=words.count(drawn))
    if attention is not None:
        text += tr(", {share} of attention").format(share=words.percent(attention))
    if cost is not None:
        text += tr(", {share} of cost at list price").format(share=words.percent(cost))
    return text


def signed_minutes(minutes: float, places: int) -> str:
    """Return minutes with their sign: "+310 min"."""
    value = round(minutes, places)
    text = words.signed(f"{value:+,.{places}f}") if value else "0"
    return tr("{minutes} min").format(minutes=text)


def tipping_words(week: Week) -> str:
    """Return M7's tipping mean of a week as a sentence, or what is missing."""
    bounds, answered = week.bounds, week.coverage.answered
    if not week.coverage.sessions:
        return tr("No session began in this week.")
    if not answered or bounds.told_min is None:
        return tr("None of its {sessions} looked at: nothing can be said of them.").format(
            sessions=sessions_words(week.coverage.sessions)
        )
    told = signed_minutes(bounds.told_min, 0)
    if bounds.tipping_min is None or not bounds.untagged:
        if answered == 1:
            return tr("You looked at its 1 session; it sums to {told}.").format(told=told)
        text = tr("You looked at all {sessions}; they sum to {told}.")
        return text.format(sessions=sessions_words(answered), told=told)
    if bounds.untagged == 1:
        others = tr("If the 1 other is worse than {mean}, the week is a loss.")
    else:
        others = tr("If the {count} others average worse than {mean} each, the week is a loss.")
    return " ".join(
        (
            _picked_words(week, told),
            others.format(
                count=words.count(bounds.untagged), mean=signed_minutes(bounds.tipping_min, 1)
            ),
            tr("No estimate: none were drawn by chance.")
            if week.net is None
            else tr("No estimate: {reason}.").format(reason=net_words.reason_words(week.net)),
        )
    )


def _picked_words(week: Week, told: str) -> str:
    answered, drawn = week.coverage.answered, week.coverage.drawn
    sessions = sessions_words(answered)
    if drawn:
        text = tr("You looked at {sessions}, {drawn} of them drawn by chance; they sum to {told}.")
        return text.format(sessions=sessions, drawn=words.count(drawn), told=told)
    if answered == 1:
        return tr("You picked {sessions} yourself; it sums to {told}.").format(
            sessions=sessions, told=told
        )
    return tr("You picked {sessions} yourself; they sum to {told}.").format(
        sessions=sessions, told=told
    )


def week_words(week: Week) -> list[str]:
    """Return what may be said of a week: M5 and M3, or M7 where there is no estimate."""
    if week.net is not None and (week.net.is_shown or week.net.value is not None):
        net = net_words.net_sentence(week.net, week.coverage.attention_min)
        said = [net, net_words.in_use_sentence(week.in_use) or bounds_words(week)]
    else:
        said = [bounds_words(week), tipping_words(week)]
    return [text for text in said if text]


def bounds_words(week: Week) -> str:
    """Return M7's bounds of a week as a sentence; empty where nothing was looked at."""
    low, high = week.bounds.low, week.bounds.high
    if low is None or high is None or not week.coverage.answered:
        return ""
    if low == high:
        text = tr("{low} of attention went into work now in use.")
        return text.format(low=words.percent(low))
    text = tr(
        "Between {low} and {high} of attention went into work now in use; "
        "the rest was not looked at."
    )
    return text.format(low=words.percent(low), high=words.percent(high))


def bounds_short(week: Week) -> str:
    """Return the lower plot's value of a week: "14 % to 94 %", "none looked at"; empty in a gap."""
    if not week.coverage.sessions:
        return ""
    if not week.coverage.answered:
        return tr("none looked at")
    low, high = week.bounds.low, week.bounds.high
    if low is None or high is None:
        return tr("no attention")
    if low == high:
        return words.percent(low)
    return tr("{low} to {high}").format(low=words.percent(low), high=words.percent(high))


def looked_at(week: Week) -> float | None:
    """Return the share of a week's attention that was looked at; None where there was none."""
    return _part(week.coverage.answered_attention_min, week.coverage.attention_min)


def nothing_imported(week: Week) -> bool:
    """Whether nothing at all is known of a week."""
    return len(week.coverage.days_without_import) >= len(words.DAYS)


def is_empty(week: Week) -> bool:
    """Whether there is nothing of a week: no session and no token."""
    counts = (*week.tokens.values(), *week.estimated.values(), week.coverage.sessions)
    return not any(counts)
