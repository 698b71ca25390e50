"""Which periods can be put side by side: weeks, their halves, months, any days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from tokenworth.domain.comparison import Span
from tokenworth.domain.week import day_start
from tokenworth.workflows import spans

MOST_HALVES: Final = 16
QUARTER_WEEKS: Final = 13
SEPARATOR: Final = ".."
TWO: Final = 2
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


class Offer(msgspec.Struct, frozen=True):
    """What can be chosen, each list newest first."""

    weeks: tuple[Span, ...] = ()
    halves: tuple[Span, ...] = ()
    months: tuple[Span, ...] = ()

    def find(self, key: str, today: date) -> Span:
        """Return a period by its key; one that is in no list is a stretch of days."""
        for span in (*self.weeks, *self.halves, *self.months):
            if span.key == key:
                return span
        return spans.span(key, _day(today))

    def holds(self, key: str) -> bool:
        """Whether a period can still be shown."""
        return SEPARATOR in key or any(
            span.key == key for span in (*self.weeks, *self.halves, *self.months)
        )

    def usual(self) -> tuple[str, ...]:
        """Return this and last week, the earlier first; empty where there are not two."""
        return tuple(span.key for span in reversed(self.weeks[:TWO])) if self.weeks[1:] else ()

    def quarter_ago(self) -> tuple[str, ...]:
        """Return the same week a quarter ago and this one; empty where that one is not there."""
        if not self.weeks:
            return ()
        newest = self.weeks[0]
        then = date.fromisoformat(newest.first_day) - timedelta(weeks=QUARTER_WEEKS)
        for span in self.weeks:
            if span.first_day == then.isoformat():
                return span.key, newest.key
        return ()

    def picked_from(self, keys: Sequence[str]) -> int:
        """Return of how many periods on view these were picked; 1 for a choice made beforehand.

        Days are counted as if they had been picked from the weeks.
        """
        if tuple(keys) in {self.usual(), self.quarter_ago()}:
            return 1
        sizes = [TWO]
        for key in keys:
            lists = (self.weeks, self.halves, self.months)
            own = next((each for each in lists if key in {span.key for span in each}), self.weeks)
            sizes.append(len(own))
        return max(sizes)


def offer_of(weeks: Sequence[Span], today: date) -> Offer:
    """Return what can be chosen where these weeks have anything in them."""
    halves = [half for span in weeks for half in _halves(span, today)]
    months: dict[str, Span] = {}
    for span in weeks:
        for day in (span.last_day, span.first_day):
            if day <= today.isoformat():
                months.setdefault(day[:7], spans.span(day[:7], _day(today)))
    return Offer(tuple(weeks), tuple(halves[:MOST_HALVES]), tuple(months.values()))


def days_span(first: date, last: date, today: date) -> Span:
    """Return the days from first to last, both included."""
    return spans.span(f"{first.isoformat()}{SEPARATOR}{last.isoformat()}", _day(today))


def around(day: date, days: int, today: date) -> tuple[Span, Span]:
    """Return as many days before a day as from it on."""
    before = days_span(day - timedelta(days=days), day - timedelta(days=1), today)
    return before, days_span(day, day + timedelta(days=days - 1), today)


def bounds_of(span: Span, zone: ZoneInfo) -> tuple[int, int]:
    """Return when a period starts and when the day after it does, in ms."""
    first, last = date.fromisoformat(span.first_day), date.fromisoformat(span.last_day)
    starts, ends = _day(first), _day(last + timedelta(days=1))
    return day_start(starts, zone), day_start(ends, zone)


def in_order(spans: Sequence[Span]) -> tuple[str, ...]:
    """Return keys, the earlier first: the difference is of the last against the first."""
    ordered = sorted(spans, key=lambda span: (span.first_day, span.last_day))
    return tuple(span.key for span in ordered)


def _halves(week: Span, today: date) -> list[Span]:
    """Return a week's halves that have begun, the later first."""
    made = [spans.span(f"{week.key}{letter}", _day(today)) for letter in ("b", "a")]
    return [half for half in made if half.first_day <= today.isoformat()]


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH_DAY
