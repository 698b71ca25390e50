"""Stretches of days by their keys."""

import pytest

from tokenworth.domain.refusal import Refusal
from tokenworth.workflows.spans import cut, day_of, halves, span

TODAY = day_of("2026-03-12")


@pytest.mark.parametrize(
    ("key", "name", "first", "last"),
    [
        ("2026-W09", "Week 9", "2026-02-23", "2026-03-01"),
        ("2026-W09a", "Mon–Wed of week 9", "2026-02-23", "2026-02-25"),
        ("2026-W09b", "Thu–Sun of week 9", "2026-02-26", "2026-03-01"),
        ("2026-02", "February 2026", "2026-02-01", "2026-02-28"),
        ("2026-Q1", "Quarter 1 of 2026 (January to March)", "2026-01-01", "2026-03-31"),
        ("2025-Q4", "Quarter 4 of 2025 (October to December)", "2025-10-01", "2025-12-31"),
        ("2025-12", "December 2025", "2025-12-01", "2025-12-31"),
        ("2026-02-20..2026-03-05", "20 Feb – 5 Mar", "2026-02-20", "2026-03-05"),
    ],
)
def test_keys(key: str, name: str, first: str, last: str) -> None:
    found = span(key, TODAY)
    assert (found.name, found.first_day, found.last_day) == (name, first, last)
    assert found.whole == (last < "2026-03-12")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "2026",
        "2026-W54",
        "2026-13",
        "2026-Q5",
        "2026-Q",
        "2026-03-05..2026-03-01",
        "last week",
        "2026-W1c",
    ],
)
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(Refusal):
        span(key, TODAY)


def test_a_week_still_going_on_is_not_whole() -> None:
    assert not span("2026-W11", TODAY).whole
    assert span("2026-W11a", TODAY).whole


def test_equally_elapsed_parts() -> None:
    found = cut(span("2026-W10", TODAY), 3)
    assert (found.last_day, found.name) == ("2026-03-04", "Week 10, first 3 days")
    assert not found.whole
    assert halves(found) == ["2026-W10a"]


def test_half_weeks_lie_wholly_in_a_span() -> None:
    assert halves(span("2026-W10", TODAY)) == ["2026-W10a", "2026-W10b"]
    # February 2026 begins on a Sunday and ends on a Saturday
    assert halves(span("2026-02", TODAY))[0] == "2026-W06a"
    assert halves(span("2026-02", TODAY))[-1] == "2026-W09a"
