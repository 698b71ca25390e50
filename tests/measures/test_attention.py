from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.measures.attention import HIGH, LOW, MID, MINUTE_MS, credits  # noqa: A004

timelines = st.lists(st.integers(0, 90 * MINUTE_MS), min_size=1, max_size=60).map(sorted)


def test_the_worked_example_of_the_spec() -> None:
    acts = ((0, "a"), (1, "a"), (3, "b"), (4, "a"), (12, "b"), (13, "b"), (40, "c"), (46, "c"))
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    minutes = credits(None, [minute * MINUTE_MS for minute, _ in acts], None)
    for (_, session), credit in zip(acts, minutes, strict=True):
        for k in range(3):
            sums[session][k] += credit[k]
    assert sums == {"a": [2.5, 4.5, 5], "b": [3.5, 5.5, 14], "c": [1, 5, 12]}


def test_no_acts_no_minutes() -> None:
    assert credits(None, [], None) == []
    assert credits(5, [], 9) == []


def test_one_act_alone_is_credited_with_lead_and_tail() -> None:
    assert credits(None, [7], None) == [(0.5, 2.5, 6)]


def test_a_gap_as_long_as_the_cap_still_counts() -> None:
    start, end = credits(None, [0, 5 * MINUTE_MS], None)
    assert (start[1], end[1]) == (1.5, 6)
    start, end = credits(None, [0, 5 * MINUTE_MS + 1], None)
    assert (start[1], end[1]) == (2.5, 2.5)


@given(timelines)
def test_the_sum_never_exceeds_the_clock(times: list[int]) -> None:
    minutes = credits(None, times, None)
    span = (times[-1] - times[0]) / MINUTE_MS
    totals = [sum(credit[k] for credit in minutes) for k in range(3)]
    for total, reading in zip(totals, (LOW, MID, HIGH), strict=True):
        assert 0 <= total <= span + reading.lead + reading.tail + 1e-9
    assert totals == sorted(totals)  # of one act alone the order need not hold


@given(timelines, st.data())
def test_a_window_of_the_timeline_gives_the_same_credits(
    times: list[int], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(times)))
    last = data.draw(st.integers(first, len(times)))
    before = times[first - 1] if first else None
    after = times[last] if last < len(times) else None
    assert credits(before, times[first:last], after) == credits(None, times, None)[first:last]


@given(timelines)
def test_two_acts_at_one_moment_take_no_more_than_one(times: list[int]) -> None:
    total = sum(credit[2] for credit in credits(None, times, None))
    twice = sum(credit[2] for credit in credits(None, [*times, times[-1]], None))
    assert twice == pytest.approx(total)
