import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.measures.differences import (
    adjusted_alpha,
    adjusted_z,
    difference,
    missed_share,
    newcombe,
    xmr,
)
from tokenworth.measures.intervals import wilson
from tokenworth.measures.quantiles import Z

NET = (60, 110, 40, 150, 95, 120, 30, 140, 80, 100, 70, 160)
shares = st.floats(0, 1)
sizes = st.floats(2, 500)


@pytest.mark.parametrize(
    ("comparisons", "low", "high"),
    [(1, -213.493, 593.493), (4, -332.192, 712.192), (112, -580.456, 960.456)],
)
def test_difference_of_the_specification(comparisons: int, low: float, high: float) -> None:
    told = difference((310, 150, 19), (120, 130, 17), comparisons)
    assert (told.value, told.se, told.df) == pytest.approx((190, 198.494332, 33.764848), rel=1e-7)
    assert (told.low, told.high) == pytest.approx((low, high), abs=5e-4)
    assert told.missed == pytest.approx(2.885 * told.se, rel=2e-4)
    assert told.missed == pytest.approx(572.69, abs=0.01)


def test_against_a_complete_week_only_the_other_counts() -> None:
    told = difference((310, 150, 20), (120, 0, 0))
    assert (told.se, told.df) == pytest.approx((150, 19))
    assert told.high - told.value == pytest.approx(2.093024 * 150, rel=1e-6)


def test_between_complete_weeks_nothing_is_unsure() -> None:
    told = difference((310, 0, 0), (120, 0, 0))
    assert (told.low, told.value, told.high, told.missed) == (190, 190, 190, 0)


def test_newcombe_of_the_specification() -> None:
    first, second = (0.65, *wilson(0.65, 22)), (0.45, *wilson(0.45, 18))
    assert newcombe(first, second) == pytest.approx((0.2, -0.100720, 0.458000), abs=5e-7)


@given(shares, sizes, shares, sizes)
def test_a_difference_of_shares_lies_in_its_limits(
    p1: float, n1: float, p2: float, n2: float
) -> None:
    first, second = (p1, *wilson(p1, n1)), (p2, *wilson(p2, n2))
    value, low, high = newcombe(first, second)
    assert -1 - 1e-9 <= low <= value <= high <= 1 + 1e-9
    back, lower, higher = newcombe(second, first)
    assert (back, lower, higher) == pytest.approx((-value, -high, -low), abs=1e-12)


def test_a_share_that_may_be_missed_shrinks_with_the_number() -> None:
    few = missed_share(wilson(0.5, 20), wilson(0.5, 20))
    many = missed_share(wilson(0.5, 200), wilson(0.5, 200))
    assert 0 < many < few < 1


def test_many_comparisons_hold_together() -> None:
    assert adjusted_alpha(1) == pytest.approx(0.05)
    assert adjusted_z(1) == pytest.approx(Z)
    assert (1 - adjusted_alpha(6)) ** 6 == pytest.approx(0.95)
    assert adjusted_z(112) > adjusted_z(6) > Z


# XmR ----------------------------------------------------------------------------------------------


def test_xmr_of_the_specification() -> None:
    told = xmr(NET)
    assert (told.mean, told.moving_range) == pytest.approx((96.25, 64.545455), abs=5e-7)
    assert (told.lower, told.upper) == pytest.approx((-75.440909, 267.940909), abs=5e-7)
    assert (told.outside, told.runs) == ((), ())


def test_one_far_week_is_outside() -> None:
    assert xmr([*NET, 600]).outside == (12,)


def test_eight_on_one_side_are_a_run() -> None:
    assert xmr([0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2]).runs == ()
    assert xmr([0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2]).runs == (11,)
    assert xmr([0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2]).runs == (11, 12)


def test_a_week_on_the_mean_ends_a_run() -> None:
    values = [-4.0, -4, 1, 1, 1, 1, 0, 1, 1, 1, 1]
    assert xmr(values).mean == 0
    assert xmr(values).runs == ()


def test_limits_need_two_values() -> None:
    with pytest.raises(ValueError, match="two"):
        xmr([1])


@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=40), st.floats(-1e3, 1e3))
def test_limits_move_with_the_values(values: list[float], by: float) -> None:
    once, moved = xmr(values), xmr([value + by for value in values])
    assert moved.moving_range == pytest.approx(once.moving_range, abs=1e-8)
    assert (moved.lower, moved.upper) == pytest.approx((once.lower + by, once.upper + by), abs=1e-7)
