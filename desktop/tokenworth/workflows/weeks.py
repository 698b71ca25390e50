"""Weeks and other spans: sums from the store, measures over them."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, cast
from zoneinfo import ZoneInfo

import msgspec

from tokenworth.domain.tag import Fate, Purpose, Status
from tokenworth.domain.views import SessionQuery, Trend, Usage, Week
from tokenworth.domain.week import iso, week_bounds, week_of, week_of_day, week_start, weeks_between
from tokenworth.measures.bounds import bounds
from tokenworth.measures.coverage import coverage
from tokenworth.measures.held import Held
from tokenworth.store.store import Store
from tokenworth.store.sums import By
from tokenworth.store.weeks import HeldRow

FATES: Final = ("u", "p", "k", "d", "a", "-")
GAP_DAYS: Final = 3
THURSDAY: Final = 3
"""1970-01-01 was a Thursday: the week numbered 0 began three days before it."""


def week_key(number: int) -> str:
    """Return the ISO week of a number of weeks counted from that of 1970-01-01."""
    return week_of_day(number * 7 - THURSDAY)


def usage(store: Store, by: By, query: SessionQuery, *, queued_only: bool = False) -> list[Usage]:
    """Return exact sums with keys as shown."""
    rows = store.usage(by, query, queued_only=queued_only)
    if by != "week":
        return rows
    return [msgspec.structs.replace(row, key=week_key(int(row.key))) for row in rows]


def trend(store: Store, query: SessionQuery, zone: ZoneInfo) -> Trend:
    """Return every ISO week from the first with anything in it to the last."""
    asked = SessionQuery(sources=query.sources, projects=query.projects, model=query.model)
    sums = {row.key: row for row in usage(store, "week", asked)}
    if not sums:
        return Trend((), zone.key)
    tokens: dict[str, dict[str, int]] = defaultdict(dict)
    estimated: dict[str, dict[str, int]] = defaultdict(dict)
    for number, fate, recorded, guessed in store.tokens_by_week_and_fate(asked):
        key = week_key(number)
        tokens[key][fate] = int(recorded or 0)
        estimated[key][fate] = int(guessed or 0)
    held = _by_week(store.held_rows(asked), zone)
    unknown = _unknown_days({day for _, day in store.days_with_records()})
    found = []
    for key in weeks_between(min(sums), max(sums)):
        start, end = week_bounds(key, zone)
        sessions = held.get(key, [])
        gaps = _days_of(key, unknown)
        found.append(
            Week(
                key, start, end,
                {fate: tokens[key].get(fate, 0) for fate in FATES},
                {fate: estimated[key].get(fate, 0) for fate in FATES},
                sums.get(key, Usage.nothing(key)), coverage(sessions, gaps), bounds(sessions),
            )
        )  # fmt: skip
    return Trend(tuple(found), zone.key)


def _by_week(rows: Iterable[HeldRow], zone: ZoneInfo) -> dict[str, list[Held]]:
    held: dict[str, list[Held]] = defaultdict(list)
    for row in rows:
        held[week_of(row.start_ts, zone)].append(_held(row))
    return held


def _held(row: HeldRow) -> Held:
    return Held(
        attention_low=row.low,
        attention_min=row.mid,
        attention_high=row.high,
        unattended=row.unattended,
        status=cast("Status | None", row.status),
        source="volunteered" if row.status else None,
        purpose=Purpose(row.purpose) if row.purpose else None,
        fate=Fate(row.fate) if row.fate else None,
        value_min=row.value_min or 0.0,
        changed=row.changed > 0,
        cost_usd=row.cost_usd,
        new_tokens=row.new_tokens,
        unpriced_tokens=row.unpriced_tokens,
    )


def _unknown_days(known: set[int]) -> set[int]:
    """Return the days of every stretch of three or more on which nothing is known.

    A shorter one is a weekend; of a longer one nobody can tell a holiday from a missing import.
    """
    unknown: set[int] = set()
    for before, after in pairwise(sorted(known)):
        if after - before > GAP_DAYS:
            unknown.update(range(before + 1, after))
    return unknown


def _days_of(key: str, unknown: set[int]) -> tuple[str, ...]:
    monday = week_start(key)
    return tuple(iso(day) for day in range(monday, monday + 7) if day in unknown)
