import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tokenworth.domain.estimate import Estimate, How
from tokenworth.domain.trending import RelationPoint
from tokenworth.measures.relation import (
    bonett_wright,
    partial_spearman,
    ranks,
    relation,
    spearman,
)

Y = (21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19)
X = (67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51)
TOKENS = (12, 30, 25, 44, 18, 60, 52, 38, 71, 20, 90, 47)
NET = (60, 110, 40, 150, 95, 120, 30, 140, 80, 100, 70, 160)
ATTENTION = (520, 300, 410, 640, 380, 500, 360, 710, 620, 290, 660, 750)

columns = st.lists(
    st.tuples(*(st.integers(-50, 50) for _ in range(3))), min_size=3, max_size=30
).map(lambda rows: tuple(tuple(float(row[k]) for row in rows) for k in range(3)))


def point(
    week: int, tokens: int, net: float | None, attention: float, chosen: How = "drawn"
) -> RelationPoint:
    estimate = Estimate(
        measure="M5", key="net", unit="min a week", value=net, low=-900, high=900, n=20,
        minimum_n=12, denominator="150 sessions", chosen=chosen, interval="hull",
    )  # fmt: skip
    return RelationPoint(f"2026-W{week:02}", tokens, attention, estimate)


def weeks(number: int = 12) -> list[RelationPoint]:
    rows = zip(TOKENS, NET, ATTENTION, strict=True)
    return [point(week, *row) for week, row in enumerate(rows, 1)][:number]


def test_those_that_tie_share_the_mean_of_their_ranks() -> None:
    assert ranks([3, 1, 3, 2, 3]).tolist() == [4, 1, 4, 2, 4]
    assert ranks([7]).tolist() == [1]
    assert ranks([]).tolist() == []


def test_the_published_check() -> None:
    rho = spearman(X, Y)
    assert rho == pytest.approx(0.869964, abs=1e-6)
    assert rho is not None
    assert bonett_wright(rho, 15) == pytest.approx((0.584095, 0.963830), abs=1e-6)


def test_the_worked_example_of_the_spec() -> None:
    found = relation(weeks())
    raw, partial = found.raw, found.partial
    assert (raw.value, raw.low, raw.high) == pytest.approx(
        (0.083916, -0.515621, 0.628289), abs=1e-6
    )
    assert (partial.value, partial.low, partial.high) == pytest.approx(
        (-0.119859, -0.672818, 0.519021), abs=1e-6
    )
    assert found.words == (
        "Tokens and net minutes: -0.12 (-0.67 to 0.52) once attention is equal, 12 weeks. "
        "This cannot show cause."
    )
    assert found.notes[0] == "As they stand, attention not held equal: 0.08 (-0.52 to 0.63)."
    assert (partial.n, partial.chosen, partial.interval) == (12, "drawn", "Bonett-Wright")


def test_nine_weeks_are_not_enough() -> None:
    found = relation(weeks(9))
    assert found.words == "not enough yet: 9 of 10"
    assert not found.partial.is_shown
    assert not found.raw.is_shown
    assert found.notes == ()
    assert len(found.points) == 9


def test_a_week_whose_point_is_held_back_is_drawn_but_counts_only_with_its_number() -> None:
    points = [*weeks(11), point(12, 47, None, 750)]
    assert relation(points).partial.n == 11
    assert len(relation(points).points) == 12
    assert relation(points, NET).partial == relation(weeks()).partial


def test_a_week_without_an_interval_never_counts() -> None:
    nothing = Estimate(
        measure="M5", key="net", unit="min a week", value=None, low=None, high=None, n=3,
        minimum_n=12, denominator="", chosen="none", interval="none", reason="not enough yet",
    )  # fmt: skip
    points = [*weeks(11), RelationPoint("2026-W12", 47, 750, nothing)]
    found = relation(points, NET)
    assert found.partial.n == 11
    assert len(found.points) == 11


def test_all_asked_is_said() -> None:
    rows = zip(TOKENS, NET, ATTENTION, strict=True)
    points = [point(week, *row, chosen="everything") for week, row in enumerate(rows)]
    assert relation(points).partial.chosen == "everything"


def test_one_order_has_no_interval_and_so_no_number() -> None:
    points = [point(week, week, 10.0 * week, 5 + week % 3) for week in range(1, 12)]
    found = relation(points)
    assert found.raw.value is None
    assert "all 11 weeks lie in one order" in found.raw.reason
    assert bonett_wright(1.0, 11) is None


def test_equal_weeks_have_no_correlation() -> None:
    found = relation([point(week, 5, 3, 20) for week in range(12)])
    assert found.partial.value is None
    assert found.words.startswith("no correlation")
    assert spearman([1, 2, 3], [4, 4, 4]) is None
    assert spearman([], []) is None


def test_attention_in_the_order_of_tokens_leaves_nothing_to_compare() -> None:
    assert partial_spearman([1, 2, 3, 4], [2, 1, 4, 3], [10, 20, 30, 40]) is None


def test_too_few_pairs_have_no_interval() -> None:
    assert bonett_wright(0.5, 3) is None
    assert bonett_wright(0.5, 4, given=1) is None


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="each pair"):
        spearman([1, 2], [1, 2, 3])


@given(columns)
def test_limits_lie_within_minus_one_and_one_around_the_value(
    rows: tuple[tuple[float, ...], ...],
) -> None:
    x, y, z = rows
    for r in (spearman(x, y), partial_spearman(x, y, z)):
        if r is None:
            continue
        assert -1 <= r <= 1
        limits = bonett_wright(r, len(x) + 3)
        if limits is not None:
            assert -1 <= limits[0] <= r <= limits[1] <= 1


@given(columns)
def test_only_the_order_counts(rows: tuple[tuple[float, ...], ...]) -> None:
    x, y, z = rows
    stretched = [math.exp(value / 10) for value in x]
    assert spearman(stretched, y) == spearman(x, y)
    assert partial_spearman(stretched, y, z) == partial_spearman(x, y, z)


@given(columns)
def test_either_side_may_come_first_and_turning_one_turns_the_sign(
    rows: tuple[tuple[float, ...], ...],
) -> None:
    x, y, _ = rows
    rho = spearman(x, y)
    assume(rho is not None)
    assert rho is not None
    assert spearman(y, x) == pytest.approx(rho)
    assert spearman([-value for value in x], y) == pytest.approx(-rho)


@given(columns)
def test_a_third_column_of_no_relation_changes_nothing(
    rows: tuple[tuple[float, ...], ...],
) -> None:
    x, y, _ = rows
    doubled_x, doubled_y = [*x, *x], [*y, *y]
    apart = [0.0] * len(x) + [1.0] * len(x)
    rho = spearman(x, y)
    partial = partial_spearman(doubled_x, doubled_y, apart)
    assert (partial is None) == (rho is None)
    if rho is not None:
        assert partial == pytest.approx(rho)
