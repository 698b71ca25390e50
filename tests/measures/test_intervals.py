import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tokenworth.measures.intervals import (
    DROPPED_MOST,
    RESAMPLES,
    Floats,
    hull,
    korn_graubard,
    korn_n,
    pooled,
    resamples,
    seed_of,
    share,
    tails,
    variance,
    wilson,
    wilson_eff,
)
from tokenworth.measures.quantiles import Z

EQUAL = np.full(20, 5.0)
YES = np.array([1.0] * 13 + [0.0] * 7)
TENTH = np.full(20, 0.1)

values = st.floats(-500, 500)
answers = st.lists(
    st.tuples(st.floats(0.1, 500), st.booleans(), st.floats(0.02, 1)), min_size=2, max_size=40
)


def columns(rows: list[tuple[float, bool, float]]) -> tuple[Floats, Floats, Floats]:
    sizes, yes, inclusion = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return sizes / inclusion, yes, inclusion


# V ------------------------------------------------------------------------------------------------


def test_variance_counted_by_hand() -> None:
    """Om .5 .5 1, e 2 4 9: centre 12/2 = 6, sum .5·16 + .5·4 + 9 = 19, times 3/2."""
    v = variance([np.array([2.0, 4, 9])], [np.array([0.5, 0.5, 1])])
    assert v == pytest.approx(28.5)


def test_variances_of_half_weeks_are_added() -> None:
    first, second = np.array([1.0, 3]), np.array([10.0, 30])
    om = np.ones(2)
    apart = variance([first], [om]) + variance([second], [om])
    assert variance([first, second], [om, om]) == pytest.approx(apart)
    assert apart == pytest.approx(4 + 400)


def test_a_lone_answer_is_pooled_with_the_next_half_week() -> None:
    z = [np.array([5.0]), np.array([1.0, 3]), np.array([9.0, 11])]
    om = [np.ones(len(part)) for part in z]
    assert [list(part) for part, _ in pooled(z, om)] == [[5, 1, 3], [9, 11]]
    joined = [np.array([5.0, 1, 3]), z[2]]
    assert variance(z, om) == pytest.approx(variance(joined, [np.ones(3), np.ones(2)]))


def test_the_last_lone_answer_is_pooled_with_the_half_week_before() -> None:
    z = [np.array([1.0, 3]), np.zeros(0), np.array([9.0])]
    om = [np.ones(len(part)) for part in z]
    assert [list(part) for part, _ in pooled(z, om)] == [[1, 3, 9]]


def test_of_one_answer_no_spread_is_known() -> None:
    assert variance([np.array([5.0])], [np.ones(1)]) == np.inf
    assert variance([], []) == 0


def test_variance_of_the_small_draw() -> None:
    """9.5: A was sure to be drawn and has none; C -6, B 0 and D 9.1 minutes."""
    inclusion = np.array([0.997540, 0.694940, 0.358792])
    z = np.array([-6, 0, 9.1]) / inclusion
    assert 45 + z.sum() == pytest.approx(64.348067, abs=5e-5)
    assert variance([z], [1 - inclusion]) == pytest.approx(201.442253, rel=1e-5)


# hull ---------------------------------------------------------------------------------------------


def test_resamples_are_the_same_for_the_same_measure_and_window() -> None:
    seed = seed_of("M5", "2026-W07")
    assert seed == 0x81D6EBED  # the first 8 digits of `printf M52026-W07 | sha256sum`
    assert seed != seed_of("M5", "2026-W08")
    assert (resamples(seed, 12) == resamples(seed, 12)).all()
    assert resamples(seed, 12).shape == (RESAMPLES, 12)


@given(st.lists(values, min_size=2, max_size=30), st.integers(0, 2**32 - 1))
def test_the_hull_holds_both_intervals_and_the_total(z: list[float], seed: int) -> None:
    om = np.linspace(0.5, 0.95, len(z))
    found = hull([np.array(z)], [om], resamples(seed, len(z)))
    assert found.low == min(found.t_low, found.b_low)
    assert found.high == max(found.t_high, found.b_high)
    assert found.low <= found.theta <= found.high
    assert found.theta == pytest.approx(sum(z), abs=1e-9)


@given(st.lists(st.integers(-500, 500), min_size=3, max_size=20), st.floats(0.1, 50))
def test_the_hull_grows_with_its_unit(z: list[int], factor: float) -> None:
    assume(np.ptp(z) > 0)
    om, places = [np.full(len(z), 0.8)], resamples(7, len(z))
    once, more = (hull([np.array(z) * by], om, places) for by in (1.0, factor))
    assert more.low == pytest.approx(once.low * factor, rel=1e-6, abs=1e-6)
    assert more.high == pytest.approx(once.high * factor, rel=1e-6, abs=1e-6)


def test_equal_answers_have_no_usable_hull() -> None:
    found = hull([np.full(12, 3.0)], [np.full(12, 0.9)], resamples(1, 12))
    assert found.dropped_share == 1
    assert not found.is_usable
    assert (found.low, found.high) == (36, 36)


def test_one_that_differs_among_twelve_is_left_out_of_too_many_resamples() -> None:
    """(11/12)^12 = 35 % of the resamples are flat."""
    z = np.array([0.0] * 11 + [40])
    found = hull([z], [np.full(12, 0.9)], resamples(1, 12))
    assert found.dropped_share == pytest.approx((11 / 12) ** 12, abs=0.04)
    assert found.dropped_share > DROPPED_MOST
    assert not found.is_usable


def test_a_hull_needs_two_drawn_answers() -> None:
    with pytest.raises(ValueError, match="two"):
        hull([np.array([1.0])], [np.ones(1)], resamples(0, 1))


@given(st.lists(st.lists(values, min_size=25, max_size=25), min_size=1, max_size=4))
def test_tails_are_numpys_quantiles(rows: list[list[float]]) -> None:
    table = np.array(rows)
    expected = np.quantile(table, (0.025, 0.975), axis=1).T
    assert tails(table) == pytest.approx(expected, abs=1e-9)


def test_tails_leave_out_what_is_no_number() -> None:
    table = np.array([[np.nan, 3.0, 1.0, np.nan, 2.0]])
    assert tails(table)[0] == pytest.approx(np.quantile([1, 2, 3], (0.025, 0.975)))


# shares -------------------------------------------------------------------------------------------


def test_wilson_eff_of_the_specification() -> None:
    found = share(EQUAL, YES, TENTH)
    assert (found.p, found.v) == pytest.approx((0.65, 0.0107763), abs=5e-8)
    assert found.n_eff == pytest.approx(21.1111, abs=5e-5)
    assert wilson_eff(found) == pytest.approx((0.438342, 0.815473), abs=5e-7)


def test_korn_graubard_of_the_specification() -> None:
    found = share(EQUAL, YES, TENTH)
    assert korn_n(found) == pytest.approx(18.512234, abs=5e-7)
    assert korn_graubard(found) == pytest.approx((0.397673, 0.852614), abs=5e-7)


def test_none_of_20_is_not_surely_none() -> None:
    found = share(EQUAL, np.zeros(20), TENTH)
    assert wilson_eff(found) == pytest.approx((0, 0.161125), abs=5e-7)


def test_four_of_the_small_draw() -> None:
    """9.5: attention 30 8 12 5 over their chances; the third came to nothing."""
    inclusion = np.array([1.0, 0.997540, 0.694940, 0.358792])
    found = share(np.array([30.0, 8, 12, 5]) / inclusion, np.array([1.0, 1, 0, 1]), inclusion)
    assert found.p == pytest.approx(0.750550, abs=5e-6)
    assert found.n_eff == 6  # 1.5 times the answers
    assert wilson_eff(found) == pytest.approx((0.365272, 0.940232), abs=5e-6)


def test_a_share_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="nothing"):
        share(np.zeros(3), np.ones(3), np.full(3, 0.5))


def test_from_one_drawn_answer_next_to_nothing_is_known() -> None:
    found = share(np.array([4.0, 4]), np.array([1.0, 0]), np.array([0.5, 1.0]))
    assert found.n_eff == 2


@given(answers)
def test_limits_lie_in_0_to_1_about_the_share(rows: list[tuple[float, bool, float]]) -> None:
    found = share(*columns(rows))
    for low, high in (wilson_eff(found), korn_graubard(found)):
        assert 0 <= low <= found.p <= high <= 1
    assert found.n_eff <= 1.5 * len(rows) + 1e-9


@given(answers)
def test_no_and_yes_are_mirrored(rows: list[tuple[float, bool, float]]) -> None:
    weights, yes, inclusion = columns(rows)
    there, back = share(weights, yes, inclusion), share(weights, 1 - yes, inclusion)
    assert there.p + back.p == pytest.approx(1)
    for limits in (wilson_eff, korn_graubard):
        low, high = limits(there)
        assert limits(back) == pytest.approx((1 - high, 1 - low), abs=1e-7)


@given(answers, st.floats(0.001, 1000))
def test_the_unit_of_the_weights_does_not_matter(
    rows: list[tuple[float, bool, float]], factor: float
) -> None:
    weights, yes, inclusion = columns(rows)
    once, more = (share(weights * by, yes, inclusion) for by in (1, factor))
    assert (more.p, more.n_eff) == pytest.approx((once.p, once.n_eff), rel=1e-6)


@given(answers)
def test_more_comparisons_are_wider(rows: list[tuple[float, bool, float]]) -> None:
    found = share(*columns(rows))
    for limits in (wilson_eff, korn_graubard):
        (low, high), (lower, higher) = limits(found), limits(found, 1.3 * Z)
        assert lower <= low + 1e-12
        assert higher >= high - 1e-12


def test_wilson_narrows_with_the_number() -> None:
    few, many = wilson(0.4, 10), wilson(0.4, 1000)
    assert few[0] < many[0] < 0.4 < many[1] < few[1]
