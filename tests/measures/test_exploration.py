from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_frames import frame

from tokenworth.domain.frame import Asked, Frame, SecondLook
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.measures.exploration import judgement, learned, used


def one(
    number: int,
    text: str | None = None,
    *,
    declared: bool | None = True,
    purpose: Purpose = Purpose.EXPLORE,
    inclusion: float = 0.2,
) -> Asked:
    return Asked(
        uid=f"{number:012x}", period="2026-W07a", role="drawn", inclusion=inclusion,
        attention_low=1, attention=2, attention_high=3, cost_usd=None, new_tokens=None,
        tag=Tag(purpose=purpose, fate=Fate.DISCARDED, learned=text), declared_explore=declared,
    )  # fmt: skip


def frames(asked: Sequence[Asked]) -> list[Frame]:
    return [frame(asked, 200, 400, cost_usd=None, new_tokens=0)]


def look(number: int, second: str, purpose: Purpose = Purpose.EXPLORE) -> SecondLook:
    return SecondLook(
        uid=f"{number:012x}", kind="second_28", first=Tag(purpose=purpose, fate=Fate.KEPT),
        second=Tag(purpose=purpose, fate=Fate(second)), days=28, attention=9, weight=6,
    )  # fmt: skip


def test_a_share_of_sessions_not_of_minutes() -> None:
    held = frames([one(k, "it fails on generics" if k < 4 else None) for k in range(10)])
    found = learned(held, declared=True)
    assert found.value == pytest.approx(4 / 10)
    assert found.denominator == "10 explore sessions, declared at the start"
    assert (found.measure, found.key, found.minimum_n) == ("M16", "learned_declared", 10)


def test_a_session_stands_for_as_many_as_its_draw_says() -> None:
    some = [one(k, "a", inclusion=0.5) for k in range(5)]
    others = [one(k, inclusion=0.25) for k in range(5, 10)]
    assert learned(frames([*some, *others]), declared=True).value == pytest.approx(10 / 30)


def test_declared_and_undeclared_stand_apart() -> None:
    asked = [one(k, "a") for k in range(12)]
    asked += [one(k, declared=None if k % 2 else False) for k in range(12, 23)]
    held = frames(asked)
    assert (learned(held, declared=True).value, learned(held, declared=True).n) == (1, 12)
    assert (learned(held, declared=False).value, learned(held, declared=False).n) == (0, 11)
    assert "12 of 23 were declared when they started." in judgement(held).words


def test_blank_is_no_sentence() -> None:
    held = frames([one(k, "  ") for k in range(10)])
    assert learned(held, declared=True).value == 0
    assert not any(word.startswith("Learned") for word in judgement(held).words)


def test_nine_are_not_enough_but_their_sentences_are_listed() -> None:
    found = judgement(frames([one(k, f"fact {k}") for k in range(9)]))
    assert found.words[0] == "declared, learned: not enough yet: 9 of 10"
    assert found.words[2] == "undeclared, learned: not enough yet: 0 of 10"
    assert found.words[-1] == "Learned: fact 8"
    assert not any(one.is_shown for one in found.estimates)


def test_what_is_in_use_after_28_days() -> None:
    held = frames([one(k) for k in range(12)])
    looks = [look(k, "u" if k < 9 else "k") for k in range(12)]
    looks += [look(k, "u") for k in range(12, 14)]
    looks += [look(20, "u", Purpose.NEEDED)]
    found = used(held, looks, declared=True)
    assert (found.value, found.n) == (pytest.approx(9 / 12), 12)
    assert used(held, looks, declared=False).reason == "not enough yet: 2 of 10"
    assert "75 %" in judgement(held, looks).words[1]


def test_only_exploring_counts() -> None:
    held = frames([one(k, "a", purpose=Purpose.NEEDED) for k in range(12)])
    assert learned(held, declared=True).n == 0
    assert [estimate.key for estimate in judgement(held).estimates] == [
        "learned_declared", "learned_undeclared", "used_declared", "used_undeclared",
    ]  # fmt: skip


@given(st.lists(st.booleans(), min_size=10, max_size=30))
def test_the_share_lies_within_its_limits(told: list[bool]) -> None:
    found = learned(
        frames([one(k, "a" if yes else None) for k, yes in enumerate(told)]), declared=True
    )
    assert found.low is not None
    assert found.high is not None
    assert found.value == pytest.approx(sum(told) / len(told))
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1
