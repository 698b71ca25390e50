"""What the calendar says: a day's attention, how much of it was looked at, and the rest beside."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from tokenworth.domain.trending import Day
from tokenworth.domain.views import SessionQuery
from tokenworth.domain.week import day_start
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts.sentences import Line, sessions_words, span_words, tr

EPOCH: Final = date(1970, 1, 1)
LONG_YEAR: Final = 9999  # so that a day is always said with its year


class Sums(msgspec.Struct, frozen=True):
    """What some days come to."""

    attention: float  # minutes
    looked_at: float  # of them
    in_use: float  # of those
    unknown: int  # days


def sums_of(days: Sequence[Day]) -> Sums:
    """Return attention, what was looked at of it, and what of that is in use."""
    attention = looked_at = in_use = 0.0
    for one in days:
        minutes = one.attention or 0.0
        seen = minutes * (one.looked_at or 0.0)
        attention += minutes
        looked_at += seen
        in_use += seen * (one.in_use or 0.0)
    return Sums(attention, looked_at, in_use, sum(one.attention is None for one in days))


def day_title(day: Day) -> str:
    """Return a day's name: "Tue 3 Mar 2026"."""
    found = date.fromisoformat(day.day)
    name = words.translate("words", words.DAYS[found.weekday()])
    return f"{name} {span_words(found, found, year=True)}"


def day_lines(day: Day) -> list[Line]:
    """Return a day's read-out: coverage before counts, the outcome beside them."""
    if day.attention is None:
        waits = tr("hidden while its sessions wait in Review")
        return [Line("", waits if day.sessions else tr("nothing is known of this day"), "")]
    if not day.sessions and not day.attention and not day.new_tokens:
        return [Line("", tr("no sessions"), "")]
    seen = words.DASH if day.looked_at is None else words.percent(day.looked_at)
    if not day.looked_at:
        use = tr("none looked at") if day.attention else words.DASH
    else:
        use = words.percent(day.in_use)
    found = [
        Line("", tr("attention"), words.minutes(day.attention)),
        Line("", tr("of it looked at"), seen),
        Line("", tr("of that in use"), use),
        Line("", tr("sessions"), words.count(day.sessions)),
    ]
    tokens = words.unknown() if day.new_tokens is None else words.count(day.new_tokens)
    return [*found, Line("", tr("new tokens"), tokens)]


def query_of(day: Day, zone: str) -> SessionQuery | None:
    """Return the sessions that began on a local day; zone "" is the system's."""
    if not day.sessions:
        return None
    number = (date.fromisoformat(day.day) - EPOCH).days
    if zone:
        start, end = (day_start(at, ZoneInfo(zone)) for at in (number, number + 1))
    else:
        first, after = (date.fromordinal(EPOCH.toordinal() + number + more) for more in (0, 1))
        start, end = _system_start(first), _system_start(after)
    return SessionQuery(start_ts=start, end_ts=end)


def _system_start(day: date) -> int:
    return round(datetime.combine(day, time()).astimezone().timestamp() * words.MS)


def whole_words(days: Sequence[Day]) -> str:
    """Return what a look at the calendar would tell."""
    if not days:
        return ""
    found = sums_of(days)
    first, last = (date.fromisoformat(one.day) for one in (days[0], days[-1]))
    number = tr("1 day") if len(days) == 1 else tr("{count} days")
    said = [
        tr("Calendar of {count}, {span}.").format(
            count=number.format(count=words.count(len(days))),
            span=span_words(first, last, year=True),
        )
    ]
    if found.unknown:
        told = tr("Of 1 of them nothing is known.")
        if found.unknown > 1:
            told = tr("Of {count} of them nothing is known.")
        said.append(told.format(count=words.count(found.unknown)))
    if found.attention <= 0:
        return " ".join([*said, tr("No attention is recorded.")])
    share = words.percent(found.looked_at / found.attention)
    told = tr("Attention: {minutes}, {share} of it looked at")
    told = told.format(minutes=words.minutes(found.attention), share=share)
    if found.looked_at > 0:
        use = words.percent(found.in_use / found.looked_at)
        told += tr(", and {share} of that in use").format(share=use)
    said.append(f"{told}.")
    said.append(tr("{sessions}.").format(sessions=sessions_words(sum(d.sessions for d in days))))
    most = max(days, key=lambda one: one.attention or 0.0)
    told = tr("The fullest day is {day} with {minutes}.")
    said.append(told.format(day=day_title(most), minutes=words.minutes(most.attention)))
    return " ".join(said)


def table_of(days: Sequence[Day]) -> Table:
    """Return one row a day."""
    heads = (
        tr("day"),
        tr("attention, min"),
        tr("looked at, %"),
        tr("in use of what was looked at, %"),
        tr("sessions"),
        tr("new tokens"),
    )
    return Table(heads, tuple(_row(one) for one in days))


def _row(day: Day) -> tuple[Cell, ...]:
    if day.attention is None:
        return (day.day, None, None, None, None, None)
    seen, use = (None if share is None else share * 100 for share in (day.looked_at, day.in_use))
    return (day.day, day.attention, seen, use, day.sessions, day.new_tokens)
