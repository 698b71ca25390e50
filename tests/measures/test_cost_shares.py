from collections.abc import Sequence
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tokenworth.domain.frame import Asked, Frame
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.domain.trending import Flow
from tokenworth.measures.cost_shares import UNSEEN, flow, shares

USED = Tag(purpose=Purpose.NEEDED, fate=Fate.USED)
SHOWN = Tag(purpose=Purpose.SHOW, fate=Fate.DISCARDED)
SKIPPED = Tag(status="skipped")


def one(number: int, tag: Tag, *, inclusion: float = 0.1, **more: Any) -> Asked:
    values: dict[str, Any] = {
        "cost_usd": 0.5, "new_tokens": 1000, "model": "alpha", "token_classes": (600, 300, 100),
        "role": "drawn" if inclusion < 1 else "certainty", **more,
    }  # fmt: skip
    return Asked(
        uid=f"{number:012x}", period="2026-W07a", inclusion=inclusion,
        attention_low=1, attention=2, attention_high=3, tag=tag, **values,
    )  # fmt: skip


def frame(asked: Sequence[Asked], sessions: int = 200, **more: Any) -> Frame:
    values: dict[str, Any] = {"cost_usd": 100.0, "new_tokens": 200_000, "drawn_at": 1, **more}
    return Frame(
        period="2026-W07a", sessions=sessions, attention_low=200, attention=400,
        attention_high=600, asked=tuple(asked), planned=len(asked), **values,
    )  # fmt: skip


def twenty() -> Frame:
    return frame([one(k, USED if k < 13 else SHOWN) for k in range(20)])


TOTALS = {
    ("input", "alpha"): 120_000.0,
    ("cache_write", "alpha"): 50_000.0,
    ("output", "alpha"): 20_000.0,
    ("output", "beta"): 10_000.0,
}


def stage(found: Flow, number: int, *, looked_at: bool) -> dict[tuple[str, str], float]:
    return {
        (link.start, link.end): link.value
        for link in found.links
        if link.stage == number and link.looked_at is looked_at
    }


@pytest.mark.parametrize("unit", ["USD", "tokens"])
def test_the_shares_of_the_spec(unit: Literal["USD", "tokens"]) -> None:
    found = {share.key: share for share in shares([twenty()], unit)}
    needed, show = found["purpose_needed"], found["purpose_show"]
    assert (needed.value, needed.low, needed.high) == pytest.approx(
        (0.65, 0.397673, 0.852614), abs=1e-6
    )
    assert show.value == pytest.approx(0.35)
    assert (found["fate_used"].low, found["fate_used"].high) == (needed.low, needed.high)
    assert found["fate_kept"].value == 0
    assert found["fate_kept"].high == pytest.approx(0.2, abs=0.05)
    assert (needed.n, needed.chosen, needed.interval) == (20, "drawn", "Korn-Graubard")
    words = "100.00 USD at list price" if unit == "USD" else "200,000 new tokens"
    assert needed.denominator == f"{words} of 200 sessions"
    assert list(found) == [
        "purpose_show", "purpose_needed", "purpose_explore", "purpose_optional", "fate_abandoned",
        "fate_discarded", "fate_kept", "fate_part", "fate_used",
    ]  # fmt: skip


def test_fourteen_answers_are_not_enough() -> None:
    few = [frame([one(k, USED) for k in range(14)])]
    assert {share.reason for share in shares(few, "USD")} == {"not enough yet: 14 of 15"}
    found = flow(few, TOTALS, "tokens", "estimated")
    assert found.view == "looked_at"
    assert found.reason == "not enough yet: 14 of 15"
    assert found.shares == ()
    assert found.links


def test_a_session_without_a_price_is_unknown_not_free() -> None:
    asked = [one(k, USED if k < 13 else SHOWN) for k in range(20)]
    unpriced = [one(k, SHOWN, cost_usd=None) for k in range(20, 24)]
    found = shares([frame([*asked, *unpriced])], "USD")[1]
    assert (found.value, found.n) == (pytest.approx(0.65), 20)
    words = flow([frame([*asked, *unpriced])], {}, "USD").coverage_words
    assert words.endswith("Of 4 of them no price is known.")
    nothing = shares([frame([one(k, USED, cost_usd=0.0) for k in range(20)])], "USD")[0]
    assert nothing.reason == "no price is known of those looked at"


def test_everything_looked_at_needs_no_interval() -> None:
    asked = [one(k, USED if k < 12 else SHOWN, inclusion=1) for k in range(16)]
    found = shares([frame(asked, sessions=16, census=True)], "USD")[1]
    assert (found.value, found.low, found.high) == (0.75, 0.75, 0.75)
    assert (found.interval, found.chosen) == ("complete", "everything")


def test_skips_are_read_two_ways_and_too_many_leave_no_point() -> None:
    asked = [one(k, USED if k < 9 else SHOWN) for k in range(18)]
    some = shares([frame([*asked, one(18, SKIPPED), one(19, SKIPPED)])], "USD")[1]
    assert some.skips == pytest.approx((9 / 20, 11 / 20))
    assert some.value == pytest.approx(0.5)
    many = frame([*asked, *(one(k, SKIPPED) for k in range(18, 26))])
    found = shares([many], "USD")[1]
    assert found.value is None
    assert found.is_shown
    assert found.low is not None
    assert found.low <= 9 / 26
    assert flow([many], TOTALS, "tokens", "estimated").view == "looked_at"


def test_the_flow_shows_what_was_looked_at_and_all_else_as_grey() -> None:
    found = flow([twenty()], TOTALS, "tokens")
    assert (found.view, found.total, found.unseen) == ("looked_at", 200_000, 180_000)
    assert stage(found, 0, looked_at=True) == pytest.approx({
        ("class:input", "model:alpha"): 12_000,
        ("class:cache_write", "model:alpha"): 6_000,
        ("class:output", "model:alpha"): 2_000,
    })  # fmt: skip
    assert stage(found, 0, looked_at=False) == pytest.approx({
        ("class:input", "model:alpha"): 108_000,
        ("class:cache_write", "model:alpha"): 44_000,
        ("class:output", "model:alpha"): 18_000,
        ("class:output", "model:beta"): 10_000,
    })  # fmt: skip
    assert stage(found, 1, looked_at=True) == pytest.approx({
        ("model:alpha", "purpose:needed"): 13_000, ("model:alpha", "purpose:show"): 7_000,
    })  # fmt: skip
    assert stage(found, 1, looked_at=False) == pytest.approx({
        ("model:alpha", UNSEEN): 170_000, ("model:beta", UNSEEN): 10_000,
    })  # fmt: skip
    assert stage(found, 2, looked_at=True) == pytest.approx({
        ("purpose:needed", "fate:u"): 13_000, ("purpose:show", "fate:d"): 7_000,
    })  # fmt: skip
    assert stage(found, 2, looked_at=False) == pytest.approx({(UNSEEN, UNSEEN): 180_000})
    assert found.coverage_words == ("20 of 200 sessions looked at: 20,000 of 200,000 new tokens.")
    assert {link.low for link in found.links} == {None}
    assert {end for link in found.links for end in (link.start, link.end)} <= set(found.names)
    assert found.names["purpose:needed"] == "needed anyway"


def test_money_of_a_session_has_the_mix_of_its_model() -> None:
    totals = {("input", "alpha"): 60.0, ("output", "alpha"): 30.0, ("output", "beta"): 10.0}
    found = flow([twenty()], totals, "USD")
    assert found.unseen == 90
    assert stage(found, 0, looked_at=True) == pytest.approx({
        ("class:input", "model:alpha"): 10 * 2 / 3, ("class:output", "model:alpha"): 10 / 3,
    })  # fmt: skip
    assert found.coverage_words == (
        "20 of 200 sessions looked at: 10.00 of 100.00 USD at list price."
    )


def test_the_estimated_view_spreads_the_exact_total() -> None:
    found = flow([twenty()], TOTALS, "tokens", "estimated")
    assert (found.view, found.reason, found.unseen) == ("estimated", "", 180_000)
    assert stage(found, 0, looked_at=True) == pytest.approx({
        (f"class:{kind}", f"model:{model}"): value for (kind, model), value in TOTALS.items()
    })  # fmt: skip
    assert stage(found, 2, looked_at=True) == pytest.approx({
        ("purpose:needed", "fate:u"): 130_000, ("purpose:show", "fate:d"): 70_000,
    })  # fmt: skip
    assert not any(stage(found, number, looked_at=False) for number in range(3))
    used = next(link for link in found.links if link.end == "fate:u")
    assert (used.low, used.high) == pytest.approx((0.397673, 0.852614), abs=1e-6)
    assert len(found.shares) == 9


def test_half_weeks_without_a_draw_stay_grey_in_the_estimated_view() -> None:
    drawn = twenty()
    asked = tuple(replace(a, period="2026-W06a") for a in drawn.asked)
    others = [
        replace(drawn, period="2026-W06a", asked=asked),
        replace(drawn, period="2026-W06b", asked=(), drawn_at=None),
    ]
    totals = {pair: 3 * value for pair, value in TOTALS.items()}
    found = flow([drawn, *others], totals, "tokens", "estimated")
    assert found.view == "estimated"
    assert sum(stage(found, 2, looked_at=True).values()) == pytest.approx(400_000)
    assert stage(found, 2, looked_at=False) == pytest.approx({(UNSEEN, UNSEEN): 200_000})
    assert "in the 2 of 3 half-weeks with a draw" in found.shares[0].denominator


def test_a_chief_model_with_more_than_its_total_takes_from_the_others_rest() -> None:
    asked = [one(k, USED, model="beta", token_classes=(0, 0, 1000)) for k in range(20)]
    found = flow([frame(asked)], TOTALS, "tokens")
    assert stage(found, 0, looked_at=True) == {("class:output", "model:beta"): 20_000}
    grey = stage(found, 0, looked_at=False)
    assert sum(grey.values()) == pytest.approx(180_000)
    assert ("class:output", "model:beta") not in grey


def test_nothing_at_all() -> None:
    found = flow([], {}, "USD", "estimated")
    assert (found.total, found.unseen, found.links, found.view) == (0, 0, (), "looked_at")
    assert found.coverage_words.startswith("0 of 0 sessions looked at")


def test_tagged_before_the_draw_stands_for_itself_alone() -> None:
    asked = [one(k, USED) for k in range(20)]
    own = one(20, SHOWN, inclusion=1, role="take_all")
    share = {s.key: s for s in shares([frame([*asked, own])], "USD")}["purpose_show"]
    assert share.value == pytest.approx(1 / 201)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(list(Fate))), min_size=15, max_size=25),
    st.sampled_from((2, 5)),
)
def test_doubling_all_amounts_leaves_every_share(told: list[tuple[int, Fate]], times: int) -> None:
    def made(factor: int) -> list[Frame]:
        return [
            frame(
                [
                    one(k, Tag(purpose=Purpose.NEEDED, fate=fate), cost_usd=float(factor * cost))
                    for k, (cost, fate) in enumerate(told)
                ]
            )
        ]

    first, second = (shares(made(factor), "USD") for factor in (1, times))
    for before, after in zip(first, second, strict=True):
        assert after.value == pytest.approx(before.value)
        assert (after.low, after.high) == pytest.approx((before.low, before.high))
        assert before.low is not None
        assert before.high is not None
        assert before.value is not None
        assert 0 <= before.low <= before.value <= before.high <= 1
    assert sum(share.value or 0 for share in first[4:]) == pytest.approx(1)


def test_splitting_every_session_in_two_leaves_every_share() -> None:
    asked = [one(k, USED if k % 3 else SHOWN, inclusion=1, cost_usd=k + 1.0) for k in range(15)]
    halves = [
        replace(a, uid=f"{a.uid}{half}", cost_usd=(a.cost_usd or 0) / 2)
        for a in asked
        for half in "ab"
    ]
    before = shares([frame(asked, sessions=15, census=True)], "USD")
    after = shares([frame(halves, sessions=30, census=True)], "USD")
    assert [share.value for share in after] == pytest.approx([share.value for share in before])
