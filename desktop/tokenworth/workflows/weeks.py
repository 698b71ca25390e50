"""Weeks and other spans: sums from the store, measures over them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Final, cast
from zoneinfo import ZoneInfo

import msgspec

from tokenworth import __version__
from tokenworth.domain.estimate import Estimate, hidden
from tokenworth.domain.frame import Frame
from tokenworth.domain.tag import Fate, Purpose, Status
from tokenworth.domain.trending import Day, MixWeek
from tokenworth.domain.views import Coverage, SessionQuery, Trend, Usage, Week
from tokenworth.domain.week import iso, week_bounds, week_of, week_of_day, week_start
from tokenworth.measures.bounds import bounds
from tokenworth.measures.coverage import coverage, with_draws
from tokenworth.measures.held import Held
from tokenworth.measures.net import net, spread
from tokenworth.measures.shares import headline
from tokenworth.store.store import Store
from tokenworth.store.sums import By
from tokenworth.store.weeks import HeldRow
from tokenworth.workflows import masks, spans, windows

FATES: Final = ("u", "p", "k", "d", "a", "-")
GAP_DAYS: Final = 3
THURSDAY: Final = 3
"""1970-01-01 was a Thursday: the week numbered 0 began three days before it."""
WEEK_DAYS: Final = 7


class Kept(msgspec.Struct, frozen=True):
    """One week as it is kept: what every weekly chart shows of it."""

    week: Week
    days: tuple[Day, ...]  # those on which anything is known
    mix: MixWeek
    told_min: float | None  # net minutes that M5 may hold back, for M11 alone
    made_by: str = __version__  # another version may compute otherwise


def week_key(number: int) -> str:
    """Return the ISO week of a number of weeks counted from that of 1970-01-01."""
    return week_of_day(number * WEEK_DAYS - THURSDAY)


def week_number(key: str) -> int:
    """Return the number of an ISO week, counted from that of 1970-01-01."""
    return (week_start(key) + THURSDAY) // WEEK_DAYS


def usage(
    store: Store, by: By, query: SessionQuery, days: tuple[int, int] | None = None
) -> list[Usage]:
    """Return exact sums with keys as shown; nothing of a few sessions of which one is queued."""
    waiting = {row.key for row in store.usage(by, query, days, queued_only=True)}
    rows = masks.sums(store.usage(by, query, days), waiting)
    if by != "week":
        return rows
    return [msgspec.structs.replace(row, key=week_key(int(row.key))) for row in rows]


def trend(
    store: Store, query: SessionQuery, zone: ZoneInfo, still_open: Collection[str] = ()
) -> Trend:
    """Return every ISO week from the first with anything in it to the last."""
    found = kept_weeks(store, query, zone, still_open)
    return Trend(tuple(one.week for one in found), zone.key)


def kept_weeks(
    store: Store, query: SessionQuery, zone: ZoneInfo, still_open: Collection[str] = ()
) -> list[Kept]:
    """Return every ISO week with all that is shown of it.

    Weeks of all sessions are kept as computed; those whose queue is open are made anew each time,
    for what they show depends on the clock.
    """
    asked = SessionQuery(sources=query.sources, projects=query.projects, model=query.model)
    span = store.week_span()
    if span is None:
        return []
    numbers = range(span[0], span[1] + 1)
    if asked != SessionQuery():
        made = _make(store, asked, zone, numbers, still_open)
        used = [n for n in numbers if made[n].week.usage.sessions]
        return _with_gaps([made[n] for n in range(used[0], used[-1] + 1)]) if used else []
    open_weeks = {period[:-1] for period in still_open}
    kept = _decoded(store)
    stale = [n for n in numbers if n not in kept or kept[n].week.key in open_weeks]
    if stale:
        fresh = _make(store, asked, zone, range(stale[0], stale[-1] + 1), still_open)
        kept |= fresh
        encode = msgspec.msgpack.Encoder().encode
        store.keep_weeks(
            [(n, encode(one)) for n, one in fresh.items() if one.week.key not in open_weeks]
        )
    return _with_gaps([kept[n] for n in numbers])


def _decoded(store: Store) -> dict[int, Kept]:
    """Return the weeks kept by this version."""
    decode = msgspec.msgpack.Decoder(Kept).decode
    found = {}
    for number, made in store.kept_weeks().items():
        try:
            one = decode(made)
        except msgspec.MsgspecError:
            continue
        if one.made_by == __version__:
            found[number] = one
    return found


def _with_gaps(kept: Sequence[Kept]) -> list[Kept]:
    """Return weeks with the days named of which nothing is known."""
    unknown = _unknown_days({spans.day_of(day.day) for one in kept for day in one.days})
    found = []
    for one in kept:
        gaps = _days_of(one.week.key, unknown) if unknown else ()
        if gaps:
            told = msgspec.structs.replace(one.week.coverage, days_without_import=gaps)
            week = msgspec.structs.replace(one.week, coverage=told)
            found.append(msgspec.structs.replace(one, week=week))
        else:
            found.append(one)
    return found


def _make(
    store: Store, query: SessionQuery, zone: ZoneInfo, numbers: range, still_open: Collection[str]
) -> dict[int, Kept]:
    """Return some weeks, all between the first and the last."""
    keys = {number: week_key(number) for number in numbers}
    days = (week_start(keys[numbers[0]]), week_start(keys[numbers[-1]]) + WEEK_DAYS)
    times = (week_bounds(keys[numbers[0]], zone)[0], week_bounds(keys[numbers[-1]], zone)[1])
    sums = {int(row.key): row for row in store.usage("week", query, days)}
    tokens: dict[int, dict[str, int]] = defaultdict(dict)
    estimated: dict[int, dict[str, int]] = defaultdict(dict)
    for number, fate, recorded, guessed in store.tokens_by_week_and_fate(query, days):
        tokens[number][fate] = int(recorded or 0)
        estimated[number][fate] = int(guessed or 0)
    rows = store.held_rows(query, times)
    held = by_week(rows, zone)
    known: dict[int, list[Day]] = defaultdict(list)
    for row in store.usage("day", query, days):
        known[(spans.day_of(row.key) + THURSDAY) // WEEK_DAYS].append(_day(row))
    frames = windows.load(store, windows.halves(keys.values()), still_open)
    narrowed = {f.period: f for f in windows.of_query(store, frames.values(), query)}
    narrowed |= windows.unfrozen(frames, rows, zone)
    found = {}
    for number, key in keys.items():
        start, end = week_bounds(key, zone)
        sessions = held.get(key, [])
        drawn = [narrowed[p] for p in windows.halves([key]) if p in narrowed]
        week = Week(
            key, start, end,
            {fate: tokens[number].get(fate, 0) for fate in FATES},
            {fate: estimated[number].get(fate, 0) for fate in FATES},
            msgspec.structs.replace(sums.get(number, Usage.nothing(key)), key=key),
            with_draws(coverage(sessions), drawn), bounds(sessions), *_estimates(drawn, key),
        )  # fmt: skip
        told = None if any(one.left for one in drawn) else spread(drawn, key)
        one = Kept(week, tuple(known[number]), _mix(sessions, drawn, key), told and told[0])
        found[number] = _masked(one) if any(f.left for f in drawn) else one
    return found


def _day(row: Usage) -> Day:
    tokens = [row.input, row.cache_write_5m, row.cache_write_1h, row.output]
    known = [number for number in tokens if number is not None]
    return Day(
        row.key, row.attention_min, row.tagged_attention_share, row.in_use_attention_share,
        row.sessions, sum(known) if known else None,
    )  # fmt: skip


def _mix(sessions: Sequence[Held], frames: Sequence[Frame], key: str) -> MixWeek:
    minutes: dict[str, dict[str, float]] = {}
    unseen = 0.0
    for one in sessions:
        if one.tagged and one.purpose is not None and one.fate is not None:
            fates = minutes.setdefault(one.purpose.value, {})
            fates[one.fate.value] = fates.get(one.fate.value, 0.0) + one.attention_min
        else:
            unseen += one.attention_min
    shown = headline(frames, key)
    if left := sum(one.left for one in frames):
        shown = tuple(hidden(one, left) for one in shown)
    return MixWeek(key, minutes, unseen, shown)


def _masked(one: Kept) -> Kept:
    """Return a week whose queue is open without sums that are of a few sessions only."""
    days = tuple(
        msgspec.structs.replace(day, attention=None, looked_at=None, in_use=None, new_tokens=None)
        if masks.is_few(day.sessions)
        else day
        for day in one.days
    )
    week = one.week
    if masks.is_few(week.usage.sessions):
        nothing = dict.fromkeys(FATES, 0)
        usage_ = Usage.nothing(week.key, week.usage.sessions)
        week = msgspec.structs.replace(
            week,
            tokens=nothing,
            estimated=nothing,
            usage=usage_,
            coverage=masks.coverage(week.coverage),
        )
    return msgspec.structs.replace(one, week=week, days=days)


def _estimates(frames: Sequence[Frame], key: str) -> tuple[Estimate | None, Estimate | None]:
    if not any(one.drawn_at is not None for one in frames):
        return None, None
    told, in_use = net(frames, key), headline(frames, key)[0]
    if left := sum(one.left for one in frames):
        return hidden(told, left), hidden(in_use, left)
    return told, in_use


def coverage_of(
    rows: Iterable[HeldRow], frames: Sequence[Frame], gaps: Sequence[str] = ()
) -> Coverage:
    """Return M1 of some sessions and the half-weeks they are of."""
    return with_draws(coverage([held_of(row) for row in rows], gaps), frames)


def by_week(rows: Iterable[HeldRow], zone: ZoneInfo) -> dict[str, list[Held]]:
    """Return the sessions of each ISO week."""
    held: dict[str, list[Held]] = defaultdict(list)
    for row in rows:
        held[week_of(row.start_ts, zone)].append(held_of(row))
    return held


def held_of(row: HeldRow) -> Held:
    """Return a session as the measures see it."""
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
    return tuple(iso(day) for day in range(monday, monday + WEEK_DAYS) if day in unknown)
