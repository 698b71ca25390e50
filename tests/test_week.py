from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.week import (
    DAY_MS,
    QUARTER_MS,
    QUARTERS_HOLD_FROM,
    day_finder,
    day_of,
    day_start,
    iso,
    month_of,
    period_bounds,
    period_of,
    week_bounds,
    week_of,
    week_of_day,
    week_start,
    weeks_between,
)

HOUR_MS = 3_600_000
ROME = ZoneInfo("Europe/Rome")
ODD = (
    "Europe/Rome",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",  # clocks change at midnight
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kathmandu",  # +5:45
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Pacific/Apia",
    "Pacific/Kiritimati",  # +14
    "Pacific/Chatham",
    "Pacific/Pago_Pago",
    "UTC",
)
zones = st.sampled_from([ZoneInfo(name) for name in ODD])
times = st.integers(QUARTERS_HOLD_FROM, 2_050_000_000_000)
days = st.integers(QUARTERS_HOLD_FROM // DAY_MS, 2_050_000_000_000 // DAY_MS)


def ms(text: str, zone: ZoneInfo = ROME) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


def number(text: str) -> int:
    return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()


def test_a_day_is_the_local_date() -> None:
    late = ms("2026-02-14T23:30:00", ZoneInfo("UTC"))
    assert iso(day_of(late, ZoneInfo("UTC"))) == "2026-02-14"
    assert iso(day_of(late, ROME)) == "2026-02-15"
    assert iso(day_of(late, ZoneInfo("America/New_York"))) == "2026-02-14"
    assert day_of(0, ZoneInfo("UTC")) == 0
    assert day_of(-1, ZoneInfo("UTC")) == -1


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-03-29", "Europe/Rome", 23),
        ("2026-10-25", "Europe/Rome", 25),
        ("2026-02-14", "Europe/Rome", 24),
        ("2026-03-08", "America/Havana", 23),  # midnight does not exist
        ("2026-11-01", "America/Havana", 25),
        ("2026-04-05", "Australia/Lord_Howe", 24.5),
        ("2011-12-30", "Pacific/Apia", 0),  # left out
        ("2011-12-29", "Pacific/Apia", 24),
    ],
)
def test_days_have_the_hours_their_zone_gave_them(day: str, zone: str, hours: float) -> None:
    start, end = (day_start(number(day) + k, ZoneInfo(zone)) for k in (0, 1))
    assert end - start == hours * HOUR_MS


def test_weeks_at_new_year_and_week_53() -> None:
    assert week_of(ms("2026-12-31T12:00:00"), ROME) == "2026-W53"
    assert week_of(ms("2027-01-03T23:59:59"), ROME) == "2026-W53"
    assert week_of(ms("2027-01-04T00:00:00"), ROME) == "2027-W01"
    assert week_of(ms("2024-12-30T00:00:00"), ROME) == "2025-W01"
    assert week_of(ms("2026-02-14T10:00:00"), ROME) == "2026-W07"
    assert weeks_between("2026-W51", "2027-W02") == [
        "2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02",
    ]  # fmt: skip
    assert weeks_between("2026-W02", "2026-W02") == ["2026-W02"]
    assert weeks_between("2026-W02", "2026-W01") == []


def test_the_week_clocks_go_forward_is_an_hour_short() -> None:
    start, end = week_bounds("2026-W13", ROME)
    assert (start, end) == (ms("2026-03-23T00:00:00"), ms("2026-03-30T00:00:00"))
    assert end - start == 7 * DAY_MS - HOUR_MS


def test_half_weeks_and_months() -> None:
    assert period_of(ms("2026-02-11T23:59:59"), ROME) == "2026-W07a"
    assert period_of(ms("2026-02-12T00:00:00"), ROME) == "2026-W07b"
    assert period_of(ms("2026-02-15T23:59:59"), ROME) == "2026-W07b"
    a, b = (period_bounds(f"2026-W07{half}", ROME) for half in "ab")
    assert (a[0], a[1], b[1]) == (week_bounds("2026-W07", ROME)[0], b[0],
                                  week_bounds("2026-W07", ROME)[1])  # fmt: skip
    assert month_of(ms("2026-01-31T23:59:59"), ROME) == "2026-01"


@pytest.mark.parametrize(
    "key", ["2026-W54", "2025-W53", "2026-W00", "2026", "2026-07", "-W", "²-W1"]
)
def test_what_is_no_week_is_refused(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- two places word it
        week_bounds(key, ROME)


def test_what_is_no_half_week_is_refused() -> None:
    with pytest.raises(ValueError, match="not half a week"):
        period_bounds("2026-W07", ROME)


@given(times, zones)
def test_a_time_lies_within_its_day_its_week_and_its_half(ts: int, zone: ZoneInfo) -> None:
    day = day_of(ts, zone)
    assert day_start(day, zone) <= ts < day_start(day + 1, zone)
    start, end = week_bounds(week_of(ts, zone), zone)
    assert start <= ts < end
    start, end = period_bounds(period_of(ts, zone), zone)
    assert start <= ts < end


@given(days, zones)
def test_days_add_up_to_their_week(day: int, zone: ZoneInfo) -> None:
    key = week_of_day(day)
    monday = week_start(key)
    assert monday <= day < monday + 7
    starts = [day_start(monday + k, zone) for k in range(8)]
    assert all(earlier < later for earlier, later in pairwise(starts))
    assert (starts[0], starts[-1]) == week_bounds(key, zone)
    assert sum(later - earlier for earlier, later in pairwise(starts)) == starts[-1] - starts[0]


@given(days, st.integers(0, 120), zones)
def test_weeks_between_leave_no_gap(day: int, count: int, zone: ZoneInfo) -> None:
    keys = weeks_between(week_of_day(day), week_of_day(day + 7 * count))
    assert len(keys) == count + 1
    bounds = [week_bounds(key, zone) for key in keys]
    assert all(left[1] == right[0] for left, right in pairwise(bounds))


@given(st.lists(st.integers(-(10**12), 2_050_000_000_000), max_size=40), zones)
def test_the_quick_finder_agrees_with_day_of(found: list[int], zone: ZoneInfo) -> None:
    find = day_finder(zone)
    around = [ts + shift for ts in found for shift in (0, 1, QUARTER_MS - 1)]
    assert [find(ts) for ts in around] == [day_of(ts, zone) for ts in around]


def test_the_quick_finder_agrees_at_each_midnight() -> None:
    for name in ODD:
        zone = ZoneInfo(name)
        find = day_finder(zone)
        for day in range(number("2026-01-01"), number("2027-01-01")):
            start = day_start(day, zone)
            assert (find(start - 1), find(start)) == (day - 1, day)


@pytest.mark.slow
def test_since_2016_no_zone_changes_day_within_a_quarter_hour() -> None:
    first = datetime.fromtimestamp(QUARTERS_HOLD_FROM / 1000, UTC)
    halves = [first + timedelta(hours=12 * k) for k in range(2 * 366 * 14)]
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offsets = [moment.astimezone(zone).utcoffset() for moment in halves]
        for k, (old, new) in enumerate(pairwise(offsets)):
            assert new is not None
            assert new % timedelta(minutes=15) == timedelta(0), name
            if old == new:
                continue
            minutes = [halves[k] + timedelta(minutes=m) for m in range(721)]
            dates = [moment.astimezone(zone).date() for moment in minutes]
            for m, (left, right) in enumerate(pairwise(dates)):
                assert left == right or minutes[m + 1].minute % 15 == 0, (name, minutes[m + 1])
