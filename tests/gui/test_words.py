"""How numbers and times are said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.gui import words

TUE_3_MAR = 1_772_546_700_000  # 2026-03-03 14:05 UTC


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (None, "unknown"),
        (0, "0"),
        (812, "812"),
        (999, "999"),
        (1000, "1.00 k"),
        (4812, "4.81 k"),
        (999_499, "999 k"),
        (999_500, "1.00 M"),
        (18_200_000, "18.2 M"),
        (311_000_000, "311 M"),
        (-5_200_000, "\u22125.20 M"),
    ],
)
def test_tokens(number: int | None, said: str) -> None:
    assert words.tokens(number) == said


@given(st.integers(0, 10**15))
def test_tokens_are_within_half_a_percent_of_what_is_said(number: int) -> None:
    figures, _, letter = words.tokens(number).partition(" ")
    scale = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}[letter]
    assert float(figures) * scale == pytest.approx(number, rel=0.005)
    assert len(figures.replace(".", "")) <= 4


def test_estimated_tokens_are_marked_and_unknown_ones_are_not_zero() -> None:
    assert words.tokens(1_500_000, estimated=True) == "≈ 1.50 M"
    assert words.tokens(None, estimated=True) == "unknown"
    assert words.size(48_200_000) == "48.2 MB"
    assert words.size(312) == "312 B"
    assert words.bytes_of(0, 48_200_000) == "0 B of 48.2 MB"
    assert words.count(-4812) == "\u22124,812"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, "unknown"),
        (0, "0 min"),
        (0.3, "under 1 min"),
        (35, "35 min"),
        (-35, "\u221235 min"),
        (59.7, "1 h"),
        (95, "1 h 35 min"),
        (684, "11.4 h"),
        (-684, "\u221211.4 h"),
    ],
)
def test_minutes(minutes: float | None, said: str) -> None:
    assert words.minutes(minutes) == said


@pytest.mark.parametrize(
    ("usd", "said"),
    [
        (None, "unknown"),
        (0, "$0.00"),
        (0.001, "under $0.01"),
        (3.456, "$3.46"),
        (99.996, "$100"),
        (141.2, "$141"),
        (12_345.6, "$12,346"),
        (-7, "\u2212$7.00"),
    ],
)
def test_money(usd: float | None, said: str) -> None:
    assert words.money(usd) == said


def test_shares() -> None:
    assert words.percent(0.26) == "26 %"
    assert words.percent(0.001) == "under 1 %"
    assert words.percent(None) == "unknown"


def test_times_are_in_the_persons_zone() -> None:
    march = date(2026, 3, 5)
    assert words.when(TUE_3_MAR, "UTC", today=march) == "Tue 3 Mar 14:05"
    assert words.when(TUE_3_MAR, "Asia/Tokyo", today=march) == "Tue 3 Mar 23:05"
    assert words.when(TUE_3_MAR, "UTC", today=date(2027, 1, 1)) == "Tue 3 Mar 2026 14:05"
    assert words.when(None) == "unknown"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 3, 3), "today 14:05"),
        (date(2026, 3, 4), "yesterday 14:05"),
        (date(2026, 3, 5), "Tue 3 Mar 14:05"),
    ],
)
def test_lately(today: date, said: str) -> None:
    assert words.lately(TUE_3_MAR, "UTC", today=today) == said
    assert words.lately(None) == "never"


def test_imported_text_in_a_tip_stays_text() -> None:
    assert words.tip("<img src=x>&") == "<qt>&lt;img src=x&gt;&amp;</qt>"
