"""The draw, against the reference numbers of spec v1, 9.5, and what must hold of any draw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.sampling.draw import (
    draw,
    inclusion,
    is_census,
    pareto_order,
    random_number,
    sizes,
)

SEED = "0" * 32
PERIOD = "2026-W07a"
IDS = "ABCDEFGH"
ATTENTION = [30.0, 12, 8, 5, 4, 3, 2, 1]
COST = [4, 0.5, 6, 0.2, 0.1, 0.1, 0.05, 0.05]
CHANCES_OF_4 = [1, 0.694940, 0.997540, 0.358792, 0.305787, 0.261504, 0.212860, 0.168577]
CHANCES_OF_3 = [1, 0.463293, 0.665027, 0.239195, 0.203858, 0.174336, 0.141907, 0.112385]
positive = st.floats(0.01, 1e6)


def test_sizes_mix_minutes_money_and_number() -> None:
    expected = [0.374650, 0.144860, 0.207937, 0.074790, 0.063741, 0.054510, 0.044371, 0.035140]
    assert sizes(ATTENTION, COST) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(("asked", "expected"), [(4, CHANCES_OF_4), (3, CHANCES_OF_3)])
def test_chances_of_the_reference(asked: int, expected: list[float]) -> None:
    assert inclusion(sizes(ATTENTION, COST), asked) == pytest.approx(expected, abs=5e-7)


def test_random_numbers_and_order_of_the_reference() -> None:
    expected = [0.843278, 0.065238, 0.213901, 0.246829, 0.554419, 0.587938, 0.258921, 0.930369]
    assert [random_number(SEED, PERIOD, id_) for id_ in IDS] == pytest.approx(expected, abs=5e-7)
    queue = draw(SEED, PERIOD, list(IDS), sizes(ATTENTION, COST), 4)
    assert "".join(IDS[one.place] for one in queue) == "ACBDGEFH"


def test_without_money_its_part_goes_to_attention() -> None:
    assert sizes([3.0, 1.0], [0.0, 0.0]) == pytest.approx([0.7, 0.3])


def test_without_attention_its_part_goes_to_the_number() -> None:
    assert sizes([0.0, 0.0], [1.0, 3.0]) == pytest.approx([0.45, 0.55])
    assert sizes([0.0, 0.0], [0.0, 0.0]) == pytest.approx([0.5, 0.5])


def test_few_sessions_are_all_asked() -> None:
    assert is_census(12, 10)
    assert not is_census(13, 10)
    queue = draw(SEED, PERIOD, list(IDS), sizes(ATTENTION, COST), 6)
    assert [one.inclusion for one in queue] == [1.0] * 8


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=60), st.integers(1, 60))
def test_chances_sum_to_the_number_asked(sessions: list[tuple[float, float]], asked: int) -> None:
    attention, cost = zip(*sessions, strict=True)
    chances = inclusion(sizes(attention, cost), asked)
    assert all(0 < chance <= 1 for chance in chances)
    assert sum(chances) == pytest.approx(min(asked, len(sessions)))


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=60), st.integers(1, 20))
def test_a_second_request_returns_the_same_queue(
    sessions: list[tuple[float, float]], planned: int
) -> None:
    attention, cost = zip(*sessions, strict=True)
    ids = [f"s{i}" for i in range(len(sessions))]
    queues = [draw(SEED, PERIOD, ids, sizes(attention, cost), planned) for _ in range(2)]
    assert queues[0] == queues[1]
    assert sorted(one.place for one in queues[0]) == list(range(len(ids)))


@given(st.lists(st.floats(0.001, 0.999), min_size=2, max_size=30))
def test_at_equal_chances_the_order_is_that_of_the_random_numbers(u: list[float]) -> None:
    order = pareto_order(u, [0.5] * len(u))
    assert [u[i] for i in order] == sorted(u)
