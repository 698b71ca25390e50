from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_frames import frame

from tokenworth.domain.frame import Asked, Frame
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.measures.skill import judgement, opaque, stretch


def one(number: int, could: str | None, can: str | None, fate: str = "u", **more: float) -> Asked:
    tag = Tag(purpose=Purpose.NEEDED, fate=Fate(fate), could_alone=could, can_explain=can)
    inclusion = more.get("inclusion", 0.3)
    return Asked(
        uid=f"{number:012x}", period="2026-W07a", role="drawn", inclusion=inclusion,
        attention_low=1, attention=more.get("attention", 2.0), attention_high=3, cost_usd=None,
        new_tokens=None, tag=tag,
    )  # fmt: skip


def skipped(number: int) -> Asked:
    return Asked(
        uid=f"{number:012x}", period="2026-W07a", role="drawn", inclusion=0.3, attention_low=1,
        attention=2, attention_high=3, cost_usd=None, new_tokens=None, tag=Tag(status="skipped"),
    )  # fmt: skip


def frames(asked: Sequence[Asked]) -> list[Frame]:
    return [frame(asked, 200, 400, cost_usd=None, new_tokens=0)]


def ledger() -> list[Asked]:
    cells = ["yy"] * 6 + ["yn"] * 2 + ["sy"] * 3 + ["ny"] * 1 + ["np"] * 2 + ["nn"] * 4 + ["sn"] * 2
    return [one(k, could, can) for k, (could, can) in enumerate(cells)]


def test_opaque_and_stretch_by_hand() -> None:
    dark, wide = opaque(frames(ledger())), stretch(frames(ledger()))
    assert dark.value == pytest.approx(4 / 20)
    assert wide.value == pytest.approx(4 / 20)
    assert (dark.n, dark.measure, dark.minimum_n) == (20, "M17", 15)
    assert dark.denominator == "40 attention minutes of 20 sessions in use, asked both"


def test_each_stands_for_three_so_that_the_interval_is_never_nothing() -> None:
    sure = [one(k, *pair, inclusion=1) for k, pair in enumerate(["yy"] * 12 + ["nn"] * 4)]
    found = opaque(frames(sure))
    om, n = 2 / 3, 16
    v = n / (n - 1) * om * (12 * 0.25**2 + 4 * 0.75**2) / n**2
    n_eff = min(0.25 * 0.75 / v, 1.5 * n)
    centre = (0.25 + 3.841459 / (2 * n_eff)) / (1 + 3.841459 / n_eff)
    assert found.value == pytest.approx(0.25)
    assert found.low is not None
    assert found.high is not None
    assert (found.low + found.high) / 2 == pytest.approx(centre)
    assert found.interval == "Wilson-eff"


def test_only_sessions_in_use_that_were_asked_both() -> None:
    others = [one(30, "n", "n", "d"), one(31, None, "n"), one(32, "n", None), one(33, None, None)]
    assert opaque(frames([*ledger(), *others])) == opaque(frames(ledger()))


def test_attention_weighs() -> None:
    long = one(99, "n", "n", attention=40.0)
    assert opaque(frames([*ledger(), long])).value == pytest.approx((4 * 2 + 40) / (20 * 2 + 40))


def test_fourteen_are_not_enough_and_nothing_is_named() -> None:
    found = judgement(frames(ledger()[:14]))
    assert found.words == ("not enough yet: 14 of 15",)
    assert judgement([]).words == ("not enough yet: 0 of 15",)


def test_the_words_name_the_sessions() -> None:
    found = judgement(frames(ledger()))
    assert found.words[0].startswith(
        "Of 40 attention minutes of 20 sessions in use, asked both, 20 %"
    )
    assert found.words[2] == (
        "Sessions you could have done alone, if slowly: 9 you can explain, 4 not. "
        "Sessions you could not: 3 you can explain, 4 not."
    )
    named = ", ".join(f"{k:012x}" for k in range(14, 18))
    assert found.words[3] == f"You rely on these and could not explain them: {named}."


def test_too_many_skips_leave_an_interval_without_a_point() -> None:
    found = opaque(frames([*ledger(), *(skipped(k) for k in range(20, 26))]))
    assert found.value is None
    assert found.is_shown
    assert found.reason == "fewer than 80 % of those asked were answered"


@given(
    st.lists(st.tuples(st.sampled_from("ysn"), st.sampled_from("ypn")), min_size=15, max_size=30)
)
def test_no_session_is_both_opaque_and_stretch(cells: list[tuple[str, str]]) -> None:
    held = frames([one(k, could, can) for k, (could, can) in enumerate(cells)])
    dark, wide = opaque(held).value, stretch(held).value
    assert dark is not None
    assert wide is not None
    assert 0 <= dark + wide <= 1 + 1e-12
