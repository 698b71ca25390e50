"""What Trends shows beside the paired chart: M4, M11, M12, M14 to M17, M20, and the calendar."""

from collections.abc import Collection, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from tokenworth.domain.frame import Frame
from tokenworth.domain.trending import (
    Calibration,
    Day,
    Flow,
    MixWeek,
    Relation,
    RelationPoint,
)
from tokenworth.domain.views import SessionQuery
from tokenworth.domain.week import DAY_MS, iso, week_bounds, week_start
from tokenworth.measures import (
    cost_shares,
    durability,
    exploration,
    forecasts,
    others,
    reliability,
    skill,
)
from tokenworth.measures.forecasts import Forecast
from tokenworth.measures.relation import relation as relate
from tokenworth.store.store import Store
from tokenworth.workflows import second_looks, windows
from tokenworth.workflows.reviewing import DECLARED_MS
from tokenworth.workflows.weeks import WEEK_DAYS, Kept, kept_weeks

YEAR_WEEKS: Final = 52
LEDGER_WEEKS: Final = 12
PENDING_DAYS: Final = 28


def relation(kept: Sequence[Kept]) -> Relation:
    """Return tokens against value of the last 52 weeks."""
    points, told = [], []
    for one in kept[-YEAR_WEEKS:]:
        if one.week.net is not None and one.told_min is not None:
            tokens = sum(one.week.tokens.values())
            attention = one.week.coverage.attention_min
            points.append(RelationPoint(one.week.key, tokens, attention, one.week.net))
            told.append(one.told_min)
    return relate(points, told)


def mix(kept: Sequence[Kept]) -> list[MixWeek]:
    """Return attention by purpose and fate, week by week."""
    return [one.mix for one in kept]


def calendar(kept: Sequence[Kept]) -> list[Day]:
    """Return every day from the first week to the last; of some nothing is known."""
    found = []
    for one in kept:
        known = {day.day: day for day in one.days}
        monday = week_start(one.week.key)
        for day in range(monday, monday + WEEK_DAYS):
            key = iso(day)
            found.append(known.get(key) or Day(key, None, None, None, 0, None))
    return found


def flow(  # noqa: PLR0913, PLR0917 -- what is asked for, and when
    store: Store, query: SessionQuery, kept: Sequence[Kept], still_open: Collection[str],
    number: int, view: cost_shares.View, unit: cost_shares.Unit, zone: ZoneInfo,
) -> Flow:  # fmt: skip
    """Return where tokens or money went in the last so many weeks."""
    keys = [one.week.key for one in kept[-number:]]
    frames = _frames(store, query, keys, zone, still_open)
    totals: dict[tuple[str, str], float] = {}
    if keys:
        days = week_start(keys[0]), week_start(keys[-1]) + WEEK_DAYS
        for row in store.usage("model", query, days):
            if unit == "USD":
                if row.cost_usd:
                    totals["output", row.key] = row.cost_usd
                continue
            written = (row.cache_write_5m or 0) + (row.cache_write_1h or 0)
            for name, tokens in (
                ("input", row.input), ("cache_write", written), ("output", row.output),
            ):  # fmt: skip
                if tokens:
                    totals[name, row.key] = float(tokens)
    wanted: cost_shares.View = "looked_at" if any(f.left for f in frames) else view
    return cost_shares.flow(frames, totals, unit, wanted)


def _frames(
    store: Store, query: SessionQuery, weeks: Sequence[str], zone: ZoneInfo,
    still_open: Collection[str],
) -> list[Frame]:  # fmt: skip
    """Return the frames of some weeks that follow each other, in order."""
    if not weeks:
        return []
    loaded = windows.load(store, windows.halves(weeks), still_open)
    times = week_bounds(weeks[0], zone)[0], week_bounds(weeks[-1], zone)[1]
    narrowed = {one.period: one for one in windows.of_query(store, loaded.values(), query)}
    narrowed |= windows.unfrozen(loaded, store.held_rows(query, times), zone)
    return [narrowed[period] for period in windows.halves(weeks) if period in narrowed]


def calibration(
    store: Store, query: SessionQuery, zone: ZoneInfo, now: int, still_open: Collection[str]
) -> Calibration:
    """Return how forecasts, answers and uses held; windows as the specification says."""
    kept = kept_weeks(store, SessionQuery(), zone, still_open)
    keys = [one.week.key for one in kept]
    frames = [
        frame for frame in _frames(store, query, keys[-LEDGER_WEEKS:], zone, still_open)
        if not frame.left
    ]  # fmt: skip
    looks = second_looks.pairs(store)
    told = [
        Forecast(one.low, one.high, one.attention + (one.after_work or 0.0))
        for one in store.forecasts(DECLARED_MS)
    ]
    pending = sum(
        one.answered and one.tag.fate is not None and one.tag.fate.in_use
        for frame in frames
        for one in frame.asked
        if _end(frame) > now - PENDING_DAYS * DAY_MS
    )
    return Calibration(
        forecasts=forecasts.judgement(told),
        reliability=reliability.judgement(looks),
        durability=durability.judgement(looks, pending),
        exploration=exploration.judgement(frames, looks),
        skill=skill.judgement(frames),
        others=others.judgement(looks),
    )


def _end(frame: Frame) -> int:
    """Return about when a half-week ended, in ms."""
    return (week_start(frame.period[:-1]) + WEEK_DAYS) * DAY_MS
