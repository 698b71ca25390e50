import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.frame import SecondLook
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.measures.reliability import (
    ATANH,
    LOG,
    agreement_icc,
    by_hand_icc,
    by_hand_ratio,
    error_of_measurement,
    fate_kappa,
    jackknife,
    judgement,
    kappa,
    purpose_kappa,
    ratio_between,
    same_fate,
    squared,
    unlike,
    usable,
)

FIRST = (4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 1, 1, 1, 1, 0, 0, 4)
SECOND = (4, 4, 4, 4, 4, 3, 4, 3, 4, 3, 2, 2, 1, 1, 1, 0, 2, 0, 1, 4)
BY_HAND = (
    (3.27, 3.27), (9.1, 9.1), (9.1, 21.64), (0, 0), (43.28, 21.64), (21.64, 21.64),
    (86.56, 43.28), (3.27, 9.1), (9.1, 9.1), (173.12, 86.56),
)  # fmt: skip

codes = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)
minutes = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=20)


def tag(rank: int, purpose: Purpose = Purpose.NEEDED, by_hand: float | None = None) -> Tag:
    told = None if by_hand is None else Minutes(9, by_hand, by_hand)
    return Tag(purpose=purpose, fate=Fate("adkpu"[rank]), by_hand=told)


def look(first: Tag, second: Tag, *, changed: bool | None = False, kind: str = "7") -> SecondLook:
    return SecondLook(
        uid="x", kind="second_7" if kind == "7" else "second_28", first=first, second=second,
        days=6, attention=5, weight=3, world_changed=changed,
    )  # fmt: skip


def looks(by_hand: Sequence[tuple[float, float]] = ()) -> list[SecondLook]:
    told = [*by_hand, *((None, None),) * (len(FIRST) - len(by_hand))]
    return [
        look(tag(first, by_hand=pair[0]), tag(second, by_hand=pair[1]))
        for first, second, pair in zip(FIRST, SECOND, told, strict=True)
    ]


def test_the_kappa_of_the_spec() -> None:
    found = fate_kappa(looks())
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.914425, 0.819435, 0.962026), abs=1e-6
    )
    assert (found.n, found.chosen, found.unit) == (20, "drawn", "kappa")
    same = same_fate(looks())
    assert same.value == 13 / 20
    assert same.is_shown


def test_the_intraclass_correlation_of_the_spec() -> None:
    logs = [(math.log1p(first), math.log1p(second)) for first, second in BY_HAND]
    assert agreement_icc(logs) == pytest.approx(0.928861, abs=1e-6)
    sem = error_of_measurement(logs)
    assert sem is not None
    assert sem == pytest.approx(0.372834, abs=1e-6)
    assert ratio_between(sem) == pytest.approx(2.8107, abs=1e-4)


def test_an_unweighted_kappa_by_hand() -> None:
    first, second = (0, 0, 0, 1, 1, 2), (0, 0, 1, 1, 1, 0)
    expected = 3 / 6 * 3 / 6 + 2 / 6 * 3 / 6  # chance: the same code twice
    assert kappa(first, second, unlike(3)) == pytest.approx((4 / 6 - expected) / (1 - expected))


def test_the_jackknife_of_a_mean_is_the_t_interval() -> None:
    values = [1.0, 2.0, 4.0, 9.0]
    low_high = jackknife(values, lambda some: math.exp(sum(some) / len(some)), LOG)
    assert low_high is not None
    spread = math.sqrt(sum((value - 4) ** 2 for value in values) / 3)
    half = 3.182446 * spread / 2  # t of 3 degrees of freedom
    assert [math.log(limit) for limit in low_high] == pytest.approx([4 - half, 4 + half], rel=1e-6)


def test_the_words_of_twenty_pairs() -> None:
    twice = [*BY_HAND, *BY_HAND]
    found = judgement(looks(twice))
    assert found.words[0] == (
        "Asked twice, you gave the same fate 13 of 20 times (kappa 0.91, 0.82–0.96); "
        "by-hand times typically differ up to 2.8 fold."
    )
    assert found.points == tuple(twice)
    assert [one.key for one in found.estimates] == [
        "fate", "same_fate", "purpose", "by_hand", "by_hand_ratio",
    ]  # fmt: skip


def test_by_hand_times_need_twenty_pairs_of_their_own() -> None:
    found = judgement(looks(BY_HAND))
    assert found.words[0].endswith("by-hand times: not enough yet: 10 of 20.")
    assert not by_hand_icc(looks(BY_HAND)).is_shown
    assert by_hand_ratio(looks(BY_HAND)).value is None


def test_nineteen_pairs_are_not_enough() -> None:
    found = judgement(looks()[:19])
    assert found.words == ("not enough yet: 19 of 20",)
    assert not any(one.is_shown for one in found.estimates)
    assert judgement([]).words == ("not enough yet: 0 of 20",)


def test_only_answered_pairs_of_an_unchanged_world_a_week_apart_count() -> None:
    good = looks()
    others = [
        look(tag(4), tag(0), changed=True),
        look(tag(4), tag(0), kind="28"),
        look(tag(4), Tag(status="cannot_recall")),
        look(Tag(), tag(4)),
    ]
    assert usable([*good, *others]) == good
    assert fate_kappa([*good, *others]) == fate_kappa(good)
    assert usable([look(tag(1), tag(1), changed=None)])
    assert judgement([*good, *others]).words[-1] == (
        "In 1 of 23 something had changed in the world since; they are left out."
    )


def test_answers_that_never_differ_have_no_interval_and_say_so() -> None:
    same = [look(tag(rank % 5), tag(rank % 5)) for rank in range(20)]
    found = fate_kappa(same)
    assert found.value is None
    assert found.reason == "the answers differ too little, or too unevenly, for an interval"
    assert purpose_kappa(same).value is None
    assert judgement(same).words[0].startswith("Asked twice, you gave the same fate 20 of 20 times")
    assert same_fate(same).value == 1


def test_purposes_have_no_order() -> None:
    purposes = tuple(Purpose)
    pairs = [
        look(tag(4, purposes[k % 4]), tag(4, purposes[(k + (k % 5 == 0)) % 4])) for k in range(24)
    ]
    turned = [
        look(tag(4, purposes[3 - k % 4]), tag(4, purposes[3 - (k + (k % 5 == 0)) % 4]))
        for k in range(24)
    ]
    found = purpose_kappa(pairs)
    assert found.is_shown
    assert purpose_kappa(turned).value == pytest.approx(found.value)


def test_nothing_known_of_one_pair() -> None:
    assert agreement_icc([(1, 2)]) is None
    assert kappa([], [], unlike(2)) is None
    assert kappa([1, 1], [1, 1], squared(5)) is None
    assert jackknife([1.0], sum, ATANH) is None


@given(st.lists(st.integers(0, 4), min_size=2, max_size=30))
def test_kappa_of_the_same_answers_is_one(ranks: list[int]) -> None:
    for distances in (squared(5), unlike(5)):
        expected = None if len(set(ranks)) == 1 else 1
        assert kappa(ranks, ranks, distances) == expected


@given(codes)
def test_kappa_lies_within_minus_one_and_one_whoever_is_first(pairs: list[tuple[int, int]]) -> None:
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    for distances in (squared(5), unlike(5)):
        found = kappa(first, second, distances)
        if found is not None:
            assert -1 - 1e-9 <= found <= 1
            assert kappa(second, first, distances) == pytest.approx(found)


@given(codes)
def test_the_order_of_fates_may_be_turned(pairs: list[tuple[int, int]]) -> None:
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = kappa(first, second, squared(5))
    turned = kappa([4 - code for code in first], [4 - code for code in second], squared(5))
    assert turned == (None if found is None else pytest.approx(found))


@given(minutes)
def test_icc_lies_within_minus_one_and_one(pairs: list[tuple[int, int]]) -> None:
    found = agreement_icc(pairs)
    if found is not None:
        assert -1 <= found <= 1 + 1e-9
    limits = jackknife(pairs, agreement_icc, ATANH)
    if limits is not None:
        assert -1 <= limits[0] <= limits[1] <= 1


@given(st.lists(st.integers(0, 300), min_size=2, max_size=30))
def test_icc_of_the_same_answers_is_one(values: list[int]) -> None:
    found = agreement_icc([(value, value) for value in values])
    assert found == (None if len(set(values)) == 1 else pytest.approx(1))
