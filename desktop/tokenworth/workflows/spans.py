"""Stretches of days that can be set side by side, by their keys."""

from datetime import date, timedelta
from typing import Final

import msgspec

from tokenworth.domain.comparison import Span
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.week import iso, week_of_day, week_start

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
EPOCH: Final = date(1970, 1, 1)
WEEK_DAYS: Final = 7
HALF_DAYS: Final = 3
QUARTER_MONTHS: Final = 3
RANGE: Final = ".."


def span(key: str, today: int) -> Span:
    """Return the days of a key.

    "2026-W09", "2026-W09a", "2026-02", "2026-Q1", "2026-02-20..2026-03-05".

    ``today`` is a day since 1970-01-01.
    Raises Refusal for what is no such key.
    """
    try:
        first, end, name = _days(key)
    except ValueError as error:
        raise Refusal(
            f"{key} is no period.",
            "Weeks are like 2026-W09, half-weeks 2026-W09a, months 2026-02, other stretches "
            "2026-02-20..2026-03-05.",
        ) from error
    return Span(key, name, iso(first), iso(end - 1), whole=end <= today)


def _days(key: str) -> tuple[int, int, str]:
    """Return the first day, the first after the last, and the name. Raises ValueError."""
    if RANGE in key:
        start, _, end = key.partition(RANGE)
        first, last = day_of(start), day_of(end)
        if last < first:
            raise ValueError("it ends before it begins")
        return first, last + 1, f"{_short(first)} – {_short(last)}"
    if "-W" in key:
        half = key[-1] if key[-1] in "ab" else ""
        monday = week_start(key[:-1] if half else key)
        week = f"{int(week_of_day(monday)[-2:])}"
        if half == "a":
            return monday, monday + HALF_DAYS, f"Mon–Wed of week {week}"
        if half == "b":
            return monday + HALF_DAYS, monday + WEEK_DAYS, f"Thu–Sun of week {week}"
        return monday, monday + WEEK_DAYS, f"Week {week}"
    year, _, month = key.partition("-")
    if month[:1] == "Q":
        return _quarter(int(year), int(month[1:]))
    begins = date(int(year), int(month), 1)
    ends = (begins + timedelta(days=31)).replace(day=1)
    first, end_ = ((day - EPOCH).days for day in (begins, ends))
    return first, end_, f"{MONTHS[begins.month - 1]} {begins.year}"


def _quarter(year: int, quarter: int) -> tuple[int, int, str]:
    """Return a quarter's days and name. Raises ValueError for what is none."""
    begins = date(year, QUARTER_MONTHS * quarter - 2, 1)
    ends = (begins + timedelta(days=95)).replace(day=1)
    last = MONTHS[begins.month + 1]
    name = f"Quarter {quarter} of {year} ({MONTHS[begins.month - 1]} to {last})"
    return (begins - EPOCH).days, (ends - EPOCH).days, name


def quarter_of(day: int) -> str:
    """Return the quarter of a day since 1970-01-01: "2026-Q3"."""
    when = EPOCH + timedelta(days=day)
    return f"{when.year}-Q{(when.month + 2) // QUARTER_MONTHS}"


def month_key(day: int) -> str:
    """Return the month of a day since 1970-01-01: "2026-02"."""
    return iso(day)[:7]


def day_of(text: str) -> int:
    """Return a day since 1970-01-01 of "2026-02-20". Raises ValueError."""
    return (date.fromisoformat(text) - EPOCH).days


def bounds(one: Span) -> tuple[int, int]:
    """Return the first day of a span, and the first after it."""
    return day_of(one.first_day), day_of(one.last_day) + 1


def cut(one: Span, days: int) -> Span:
    """Return the first so many days of a span."""
    first, end = bounds(one)
    if end - first <= days:
        return one
    return msgspec.structs.replace(
        one,
        name=f"{one.name}, first {days} days" if days > 1 else f"{one.name}, first day",
        last_day=iso(first + days - 1),
        whole=False,
    )


def halves(one: Span) -> list[str]:
    """Return the half-weeks that begin in a span and end in it."""
    first, end = bounds(one)
    found = []
    monday = week_start(week_of_day(first))
    while monday < end:
        week = week_of_day(monday)
        for half, start, length in (("a", 0, HALF_DAYS), ("b", HALF_DAYS, WEEK_DAYS - HALF_DAYS)):
            if first <= monday + start and monday + start + length <= end:
                found.append(week + half)
        monday += WEEK_DAYS
    return found


def _short(day: int) -> str:
    when = EPOCH + timedelta(days=day)
    return f"{when.day} {MONTHS[when.month - 1][:3]}"
