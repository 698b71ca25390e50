"""Local days, ISO weeks, half-weeks and months of a time, in a person's zone.

A time is in milliseconds since 1970, UTC. A day is the number of days from 1970-01-01 to the
local date. Keys are "2026-W07", "2026-W07a" (Monday to Wednesday), "2026-W07b" and "2026-02".
"""

from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

DAY_MS: Final = 86_400_000
QUARTER_MS: Final = 900_000
WEEK_DAYS: Final = 7
FIRST_HALF_DAYS: Final = 3

QUARTERS_HOLD_FROM: Final = 1_451_606_400_000
"""2016: since then no zone's day has changed within a quarter hour (before, at 00:01 in some)."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_WIDEST_MS: Final = 16 * 3_600_000  # no offset, however old, is wider


def day_of(ts: int, zone: ZoneInfo) -> int:
    """Return the local day of a time. Raises OverflowError outside the years 1 to 9999."""
    local = (_EPOCH + timedelta(milliseconds=ts)).astimezone(zone)
    return local.toordinal() - _EPOCH_DAY


def day_finder(zone: ZoneInfo) -> Callable[[int], int]:
    """Return `day_of` for one zone, quick for the hundred thousand times of an import."""
    known: dict[int, int] = {}

    def find(ts: int) -> int:
        quarter = ts // QUARTER_MS
        day = known.get(quarter)
        if day is None:
            day = day_of(ts, zone)
            if ts >= QUARTERS_HOLD_FROM:
                known[quarter] = day
        return day

    return find


@lru_cache(maxsize=4096)
def day_start(day: int, zone: ZoneInfo) -> int:
    """Return the first moment of a local day.

    A day the zone left out (Samoa, 2011-12-30) starts, and ends, with the next.
    """
    midnight = day * DAY_MS
    moments = range(midnight - _WIDEST_MS, midnight + _WIDEST_MS)
    return moments[bisect_left(moments, day, key=lambda ts: day_of(ts, zone))]


def iso(day: int) -> str:
    """Return a day as "2026-02-14"."""
    return _date(day).isoformat()


def week_of(ts: int, zone: ZoneInfo) -> str:
    """Return the ISO week of a time: "2026-W07"."""
    return week_of_day(day_of(ts, zone))


def week_of_day(day: int) -> str:
    """Return the ISO week of a local day: "2026-W07"."""
    year, week, _ = _date(day).isocalendar()
    return f"{year:04}-W{week:02}"


def week_start(key: str) -> int:
    """Return the day of a week's Monday. Raises ValueError for what is no week."""
    year, mark, week = key.partition("-W")
    if not mark or not (year + week).isascii() or not (year + week).isdigit():
        raise ValueError(f"not a week: {key!r}")
    return date.fromisocalendar(int(year), int(week), 1).toordinal() - _EPOCH_DAY


def week_bounds(key: str, zone: ZoneInfo) -> tuple[int, int]:
    """Return when a week starts and when the next does. Raises ValueError for what is no week."""
    monday = week_start(key)
    return day_start(monday, zone), day_start(monday + WEEK_DAYS, zone)


def weeks_between(first: str, last: str) -> list[str]:
    """Return the weeks from ``first`` to ``last``, both included; none if last is the earlier."""
    days = range(week_start(first), week_start(last) + 1, WEEK_DAYS)
    return [week_of_day(day) for day in days]


def period_of(ts: int, zone: ZoneInfo) -> str:
    """Return the half-week of a time: "2026-W07a" up to Wednesday, "2026-W07b" from Thursday."""
    day = day_of(ts, zone)
    return week_of_day(day) + ("a" if _date(day).weekday() < FIRST_HALF_DAYS else "b")


def period_bounds(key: str, zone: ZoneInfo) -> tuple[int, int]:
    """Return when a half-week starts and when the next does. Raises ValueError for what is none."""
    week, half = key[:-1], key[-1:]
    if half not in ("a", "b"):
        raise ValueError(f"not half a week: {key!r}")
    monday = week_start(week)
    thursday = monday + FIRST_HALF_DAYS
    days = (monday, thursday) if half == "a" else (thursday, monday + WEEK_DAYS)
    return day_start(days[0], zone), day_start(days[1], zone)


def period_before(key: str) -> str:
    """Return the half-week before a half-week. Raises ValueError for what is none."""
    week, half = key[:-1], key[-1:]
    if half == "b":
        return f"{week}a"
    return week_of_day(week_start(week) - WEEK_DAYS) + "b"


def month_of(ts: int, zone: ZoneInfo) -> str:
    """Return the month of a time: "2026-02"."""
    return month_of_day(day_of(ts, zone))


def month_of_day(day: int) -> str:
    """Return the month of a local day: "2026-02"."""
    return iso(day)[:7]


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH_DAY)
