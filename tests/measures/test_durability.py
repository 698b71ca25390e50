import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.frame import SecondLook
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.measures.durability import (
    Row,
    after_28_days,
    judgement,
    kept_then_used,
    still_in_use,
    weighted_share,
)

fates = st.sampled_from(list(Fate))


def look(
    first: str = "u", second: str = "u", *, weight: float = 10, attention: float = 0.5
) -> SecondLook:
    return SecondLook(
        uid="x", kind="second_28", first=Tag(purpose=Purpose.NEEDED, fate=Fate(first)),
        second=Tag(purpose=Purpose.NEEDED, fate=Fate(second)), days=28, attention=attention,
        weight=weight,
    )  # fmt: skip


def test_the_interval_of_the_spec() -> None:
    looks = [look(second="p") for _ in range(13)] + [look(second="d") for _ in range(7)]
    found = still_in_use(looks)
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.65, 0.438342, 0.815473), abs=1e-6
    )
    assert (found.n, found.chosen, found.interval) == (20, "drawn", "Wilson-eff")
    assert found.denominator == "10 attention minutes of 20 sessions in use at first, asked again"


def test_none_of_twenty() -> None:
    found = still_in_use([look(second="k") for _ in range(20)])
    assert (found.value, found.low, found.high) == pytest.approx((0, 0, 0.161125), abs=1e-6)


def test_attention_and_both_draws_weigh() -> None:
    looks = [look(attention=1, weight=2) for _ in range(10)]
    looks += [look(second="d", attention=3, weight=4) for _ in range(10)]
    assert still_in_use(looks).value == pytest.approx(20 / (20 + 120))


def test_kept_ones_stand_apart() -> None:
    looks = [look("k", "u") for _ in range(3)] + [look("k", "k") for _ in range(12)]
    assert kept_then_used(looks).value == pytest.approx(0.2)
    assert still_in_use(looks).reason == "not enough yet: 0 of 15"


def test_only_looks_at_28_days_that_were_answered_count() -> None:
    good = look()
    week = SecondLook("x", "second_7", good.first, good.second, 6, 5, 3)
    unanswered = SecondLook("x", "second_28", good.first, Tag(status="skipped"), 28, 5, 3)
    assert after_28_days([good, week, unanswered]) == [good]


def test_fourteen_looks_are_not_enough_and_those_that_wait_are_counted() -> None:
    found = judgement([look() for _ in range(14)], pending=4)
    assert found.words == (
        "not enough yet: 14 of 15",
        "kept, then used: not enough yet: 0 of 15",
        "4 more wait for a second look; nothing is put in their place.",
    )
    assert len(found.points) == 14
    assert "1 more waits" in judgement([], pending=1).words[-1]


def test_the_words_have_the_share_and_its_interval() -> None:
    looks = [look(second="p") for _ in range(13)] + [look(second="d") for _ in range(7)]
    found = judgement(looks)
    assert found.words[0] == (
        "Of 10 attention minutes of 20 sessions in use at first, asked again, 65 % (44–82) is "
        "still in use 28 days on."
    )
    assert found.points[0] == (4, 3)


def test_a_share_of_no_minutes_is_none() -> None:
    found = still_in_use([look(attention=0) for _ in range(15)])
    assert found.value is None
    assert found.reason == "no attention minutes"


@given(st.lists(st.tuples(fates, st.integers(1, 60), st.integers(1, 30)), min_size=15, max_size=40))
def test_the_share_lies_within_its_limits(told: list[tuple[Fate, int, int]]) -> None:
    looks = [look("u", fate, weight=weight, attention=size) for fate, size, weight in told]
    found = still_in_use(looks)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(st.lists(st.booleans(), min_size=15, max_size=30), st.sampled_from((2.0, 8.0)))
def test_more_attention_of_all_changes_nothing(answers: list[bool], times: float) -> None:
    def made(size: float) -> list[Row]:
        return [Row(5 * size, yes, 0.2) for yes in answers]

    first, second = (
        weighted_share(("M15", "x"), made(size), 15, "sessions") for size in (1, times)
    )
    assert second.value == pytest.approx(first.value)
    assert (second.low, second.high) == pytest.approx((first.low, first.high))
