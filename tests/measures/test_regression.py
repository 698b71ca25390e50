import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tokenworth.measures.regression import fit, t_interval

FORECAST = (30, 60, 45, 90, 20, 120, 60, 30, 40, 75, 50, 100)
ARM = (1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1)
MINUTES = (25, 66, 40, 110, 18, 95, 80, 41, 30, 70, 62, 85)

points = st.lists(st.tuples(st.floats(-100, 100), st.floats(-1000, 1000)), min_size=4, max_size=25)


def test_the_trial_of_the_spec() -> None:
    line = fit([ARM, np.log(FORECAST)], np.log(MINUTES))
    b, classical, hc3 = line.coefficients[1], line.classical()[1], line.hc3()[1]
    assert b == pytest.approx(-0.216832, abs=1e-6)
    assert math.exp(b) == pytest.approx(0.805065, abs=1e-6)
    assert classical == pytest.approx(0.115692, abs=1e-6)
    assert hc3 == pytest.approx(0.142280, abs=1e-6)
    assert line.s == pytest.approx(0.200255, abs=1e-6)
    assert line.df == 9
    ordinary, robust = t_interval(b, classical, line.df), t_interval(b, hc3, line.df)
    assert [math.exp(limit) for limit in ordinary] == pytest.approx([0.619684, 1.045904], rel=1e-5)
    assert [math.exp(limit) for limit in robust] == pytest.approx([0.583511, 1.110742], rel=1e-5)


def test_an_exact_line_has_no_error() -> None:
    line = fit([(0, 1, 2, 5)], (3, 5, 7, 13))
    assert line.coefficients == pytest.approx([3, 2])
    assert line.s == pytest.approx(0, abs=1e-12)
    assert line.classical() == pytest.approx([0, 0], abs=1e-12)
    assert line.hc3() == pytest.approx([0, 0], abs=1e-12)


def test_two_groups_give_the_difference_of_their_means() -> None:
    line = fit([(0, 0, 1, 1)], (1, 3, 4, 8))
    assert line.coefficients == pytest.approx([2, 4])
    assert line.leverage == pytest.approx([0.5] * 4)
    assert line.s**2 == pytest.approx(5)  # (1 + 1 + 4 + 4) / 2
    assert line.classical() ** 2 == pytest.approx([5 / 2, 5 * (1 / 2 + 1 / 2)])
    assert line.hc3() ** 2 == pytest.approx([2, 2 + 8])  # residuals doubled: (4 + 4)/4, (16 + 16)/4


def test_three_points_by_hand() -> None:
    line = fit([(0, 1, 2)], (0, 0, 3))
    assert line.coefficients == pytest.approx([-0.5, 1.5])
    assert line.residuals == pytest.approx([0.5, -1, 0.5])
    assert line.leverage == pytest.approx([5 / 6, 1 / 3, 5 / 6])
    assert line.classical()[1] ** 2 == pytest.approx(1.5 / 2)
    assert line.hc3()[1] ** 2 == pytest.approx((9 + 9) / 4)  # residuals become 3, -1.5, 3


def test_each_row_its_own_cluster_scales_the_plain_robust_error() -> None:
    line = fit([(0, 0, 1, 1)], (1, 3, 4, 8))
    plain = np.array([(1 + 1) / 4, (1 + 1) / 4 + (4 + 4) / 4])
    scale = 4 / 3 * 3 / 2
    assert line.clustered("abcd") ** 2 == pytest.approx(scale * plain)


def test_two_clusters_by_hand() -> None:
    line = fit([], (1, 2, 3, 6))  # the mean, 3; residuals -2 -1 0 3
    assert line.coefficients == pytest.approx([3])
    expected = 2 / 1 * 3 / 3 * ((-3) ** 2 + 3**2) / 16
    assert line.clustered(["x", "x", "y", "y"])[0] ** 2 == pytest.approx(expected)


def test_a_cluster_is_named_by_anything() -> None:
    line = fit([(0, 1, 2, 4)], (1, 0, 3, 2))
    assert line.clustered([1, 2, 1, 2]) == pytest.approx(line.clustered(["b", "a", "b", "a"]))


def test_what_cannot_be_fitted_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 2 rows"):
        fit([(0, 1)], (1, 2))
    with pytest.raises(ValueError, match="says nothing"):
        fit([(4, 4, 4)], (1, 2, 3))
    with pytest.raises(ValueError, match="says nothing"):
        fit([(1, 2, 3, 5), (2, 4, 6, 10)], (1, 2, 3, 4))
    with pytest.raises(ValueError, match="as many rows"):
        fit([(1, 2)], (1, 2, 3))


def test_a_row_that_stands_alone_has_no_robust_error() -> None:
    line = fit([(1, 0, 0, 0)], (5, 1, 2, 3))
    with pytest.raises(ValueError, match="stands alone"):
        line.hc3()


def test_clusters_must_fit_the_rows() -> None:
    line = fit([(0, 1, 2)], (0, 0, 3))
    with pytest.raises(ValueError, match="each row"):
        line.clustered("ab")
    with pytest.raises(ValueError, match="two groups"):
        line.clustered("aaa")


@given(points)
def test_residuals_are_what_the_columns_cannot_tell(rows: list[tuple[float, float]]) -> None:
    x, y = ([row[k] for row in rows] for k in range(2))
    assume(max(x) - min(x) > 1)
    line = fit([x], y)
    size = 1 + max(abs(value) for value in y) * len(x) * (1 + max(abs(value) for value in x))
    assert np.abs(line.design.T @ line.residuals).max() < 1e-9 * size
    assert line.leverage.sum() == pytest.approx(2)
    assert (line.leverage >= 1 / len(x) - 1e-9).all()


@given(points, st.floats(0.1, 10), st.floats(-50, 50))
def test_another_unit_changes_the_numbers_likewise(
    rows: list[tuple[float, float]], unit: float, shift: float
) -> None:
    x, y = ([row[k] for row in rows] for k in range(2))
    assume(max(x) - min(x) > 1)
    line = fit([x], y)
    assume(line.leverage.max() < 0.999)
    other = fit([x], [unit * value + shift for value in y])
    size = 1 + max(abs(value) for value in y)
    assert other.coefficients[1] == pytest.approx(unit * line.coefficients[1], abs=1e-7 * size)
    assert other.classical()[1] == pytest.approx(unit * line.classical()[1], abs=1e-6 * size)
    assert other.hc3()[1] == pytest.approx(unit * line.hc3()[1], abs=1e-5 * size)
