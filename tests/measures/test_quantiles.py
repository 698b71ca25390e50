import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.measures.quantiles import (
    Z,
    beta,
    beta_cdf,
    normal,
    normal_cdf,
    student,
    student_cdf,
)

chances = st.floats(1e-6, 1 - 1e-6)
freedoms = st.floats(0.5, 1e7)
sizes = st.floats(0.05, 1e4)


@pytest.mark.parametrize(
    ("df", "expected"), [(9, 2.262157), (11, 2.200985), (15, 2.131450), (19, 2.093024)]
)
def test_student_of_the_specification(df: int, expected: float) -> None:
    assert student(0.975, df) == pytest.approx(expected, abs=5e-7)


def test_z_holds_95_percent() -> None:
    assert pytest.approx(1.959964, abs=5e-7) == Z
    assert normal_cdf(Z) == pytest.approx(0.975, abs=1e-15)


@pytest.mark.parametrize("p", [0.001, 0.3, 0.5, 0.9, 0.99999])
def test_student_has_closed_forms_for_one_and_two(p: float) -> None:
    one = math.tan(math.pi * (p - 0.5))
    two = (2 * p - 1) / math.sqrt(2 * p * (1 - p))
    assert student(p, 1) == pytest.approx(one, rel=1e-10, abs=1e-12)
    assert student(p, 2) == pytest.approx(two, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("p", [0.0001, 0.025, 0.5, 0.975, 0.9999])
@pytest.mark.parametrize("a", [0.3, 1.0, 7.5, 400.0])
def test_beta_has_closed_forms_where_one_parameter_is_1(p: float, a: float) -> None:
    assert beta(p, a, 1) == pytest.approx(p ** (1 / a), rel=1e-10)
    assert beta(p, 1, a) == pytest.approx(-math.expm1(math.log1p(-p) / a), rel=1e-10)


def test_beta_counts_successes() -> None:
    """Of 5 tosses, at least 2 heads at .3: a sum of binomial chances."""
    expected = sum(math.comb(5, k) * 0.3**k * 0.7 ** (5 - k) for k in range(2, 6))
    assert beta_cdf(0.3, 2, 4) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize(("a", "b", "end"), [(0.0, 3.0, 0.0), (3.0, 0.0, 1.0)])
def test_beta_without_one_side_is_its_end(a: float, b: float, end: float) -> None:
    assert beta(0.5, a, b) == end


@given(chances, freedoms)
def test_student_is_the_inverse_of_its_chance(p: float, df: float) -> None:
    assert student_cdf(student(p, df), df) == pytest.approx(p, rel=1e-8)


@given(chances, freedoms)
def test_student_is_even(p: float, df: float) -> None:
    assert student(p, df) == pytest.approx(-student(1 - p, df), rel=1e-6, abs=1e-9)


@given(st.floats(0.51, 0.999), st.floats(0.5, 1e6))
def test_fewer_degrees_of_freedom_are_wider(p: float, df: float) -> None:
    assert student(p, df) >= student(p, 2 * df) >= normal(p)


@given(chances, sizes, sizes)
def test_beta_is_the_inverse_of_its_chance(p: float, a: float, b: float) -> None:
    x = beta(p, a, b)
    assert 0 <= x <= 1
    if 1e-12 < x < 1 - 1e-9:  # nearer to an end a float cannot tell two chances apart
        assert beta_cdf(x, a, b) == pytest.approx(p, abs=1e-9)


def test_student_goes_over_into_the_normal_without_a_step() -> None:
    assert student(0.975, 99_999) == pytest.approx(student(0.975, 100_001), rel=1e-8)
    assert student(0.975, 1e12) == pytest.approx(Z, rel=1e-11)
    assert student_cdf(2.0, 99_999) == pytest.approx(student_cdf(2.0, 100_001), rel=1e-8)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, math.nan])
def test_what_is_no_chance_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="chance"):
        normal(p)
    with pytest.raises(ValueError, match="chance"):
        student(p, 3)


def test_what_has_no_freedom_is_refused() -> None:
    for df in (0, -1, math.nan):
        with pytest.raises(ValueError, match="freedom"):
            student(0.9, df)
        with pytest.raises(ValueError, match="freedom"):
            student_cdf(0.9, df)
    with pytest.raises(ValueError, match="parameters"):
        beta(0.5, -1, 2)
