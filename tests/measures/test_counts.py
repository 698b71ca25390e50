from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.tag import Fate, Purpose
from tokenworth.domain.views import Bounds, Coverage
from tokenworth.measures import (
    MEASURES,
    cost_shares,
    durability,
    exploration,
    forecasts,
    net,
    others,
    shares,
    skill,
    slower,
)
from tokenworth.measures.bounds import bounds
from tokenworth.measures.counts import total
from tokenworth.measures.coverage import coverage
from tokenworth.measures.held import Held
from tokenworth.measures.words import bounds_words, coverage_words, in_use_words, net_words


def held(minutes: float, fate: Fate | None = None, value: float = 0, **more: object) -> Held:
    status = "answered" if fate else None
    source = "volunteered" if fate else None
    one = Held(minutes / 2, minutes, minutes * 2, status=status, source=source, fate=fate,
               purpose=Purpose.NEEDED if fate else None, value_min=value)  # fmt: skip
    return replace(one, **more)


minutes = st.one_of(st.just(0.0), st.floats(0.5, 600))
answers = st.sampled_from([*Fate, None])
sessions = st.builds(
    lambda m, fate, value, cost, tokens, share, unattended, status: replace(
        held(m, fate, value, cost_usd=cost, new_tokens=tokens, unattended=unattended),
        unpriced_tokens=round((tokens or 0) * share),
        **({} if fate else {"status": status}),
    ),
    minutes,
    answers,
    st.floats(-200, 500),
    st.none() | st.floats(0, 50),
    st.none() | st.integers(0, 10**7),
    st.floats(0, 1),
    st.booleans(),
    st.sampled_from([None, "skipped", "cannot_recall", "withdrawn"]),
)
weeks = st.lists(sessions, max_size=30)


def near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == pytest.approx(other, rel=1e-9, abs=1e-9)


# the reference numbers of the spec ---------------------------------------------------------------


def test_the_bounds_of_the_spec() -> None:
    week = [held(130, Fate.USED), held(50, Fate.DISCARDED), held(720)]
    found = bounds(week)
    assert found.low == pytest.approx(0.144444, abs=5e-7)
    assert found.high == pytest.approx(0.944444, abs=5e-7)


def test_the_tipping_mean_of_the_spec() -> None:
    tagged = [held(10, Fate.USED, 10 + 310 / 22) for _ in range(22)]
    found = bounds([*tagged, *[held(5) for _ in range(128)]])
    assert found.told_min == pytest.approx(310)
    assert found.untagged == 128
    assert found.tipping_min == pytest.approx(-2.421875)


def test_without_tags_there_is_nothing_to_say() -> None:
    assert bounds([]) == Bounds(None, None, None, 0, None)
    assert bounds([held(5), held(0, status="skipped")]) == Bounds(None, None, None, 2, None)


def test_withdrawn_and_skipped_sessions_are_untagged() -> None:
    week = [held(10, Fate.USED, 30), held(30, Fate.USED, 99, status="withdrawn")]
    assert bounds(week) == Bounds(low=0.25, high=1, told_min=20, untagged=1, tipping_min=-20)


def test_a_week_without_attention_has_no_shares_but_told_minutes() -> None:
    assert bounds([held(0, Fate.USED, 12)]) == Bounds(None, None, 12, 0, None)


def test_coverage_counted_by_hand() -> None:
    week = [
        held(20, Fate.USED, 40, cost_usd=2.0, new_tokens=600, unpriced_tokens=0, changed=True),
        held(10, Fate.DISCARDED, 0, cost_usd=None, new_tokens=300, unpriced_tokens=300),
        held(5, Fate.KEPT, source="drawn", cost_usd=0.5),
        held(40, status="skipped", cost_usd=1.0, new_tokens=100, unpriced_tokens=5000),
        held(3, status="cannot_recall"),
        held(0, unattended=True, cost_usd=4.0),
        held(22),
    ]
    assert coverage(week, ["2026-02-11"]) == Coverage(
        sessions=7, unattended=1, answered=3, skipped=1, cannot_recall=1, volunteered=2,
        attention_min=100, answered_attention_min=35, cost_usd=7.5, answered_cost_usd=2.5,
        unpriced_share=0.4, changed=1, days_without_import=("2026-02-11",),
    )  # fmt: skip


def test_unknown_cost_is_unknown_and_nothing_answered_is_nothing() -> None:
    assert coverage([held(5), held(5, Fate.USED)]).cost_usd is None
    assert coverage([held(5, cost_usd=3.0)]).answered_cost_usd == 0
    unknown = coverage([held(5, cost_usd=3.0), held(5, Fate.USED)])
    assert (unknown.cost_usd, unknown.answered_cost_usd) == (3, None)
    nothing = coverage([])
    assert (nothing.sessions, nothing.cost_usd, nothing.answered_cost_usd) == (0, None, None)
    assert nothing.unpriced_share is None


def test_a_total_of_nothing_known_is_none() -> None:
    assert total([None, None]) is None
    assert total([None, 0]) == 0
    assert total(iter([1, None, 2])) == 3


# what must not move (9.8) ------------------------------------------------------------------------


@given(weeks)
def test_splitting_every_session_in_two_moves_no_share(week: list[Held]) -> None:
    halves = [
        replace(
            one, attention_low=one.attention_low / 2, attention_min=one.attention_min / 2,
            attention_high=one.attention_high / 2, value_min=one.value_min / 2,
            cost_usd=None if one.cost_usd is None else one.cost_usd / 2,
        )
        for one in week for _ in range(2)
    ]  # fmt: skip
    before, after = bounds(week), bounds(halves)
    assert near(before.low, after.low)
    assert near(before.high, after.high)
    assert near(before.told_min, after.told_min)
    one, two = coverage(week), coverage(halves)
    assert near(one.attention_min, two.attention_min)
    assert near(one.answered_attention_min, two.answered_attention_min)
    assert near(one.unpriced_share, two.unpriced_share)
    assert (two.sessions, two.answered) == (2 * one.sessions, 2 * one.answered)


@given(weeks)
def test_doubling_sessions_moves_no_share_and_no_tipping_mean(week: list[Held]) -> None:
    before, after = bounds(week), bounds([*week, *week])
    assert near(before.low, after.low)
    assert near(before.high, after.high)
    assert near(before.tipping_min, after.tipping_min)


@given(weeks)
def test_doubling_tokens_moves_no_bound_and_no_share(week: list[Held]) -> None:
    doubled = [
        replace(one, new_tokens=None if one.new_tokens is None else 2 * one.new_tokens,
                unpriced_tokens=2 * one.unpriced_tokens)
        for one in week
    ]  # fmt: skip
    assert bounds(doubled) == bounds(week)
    assert near(coverage(doubled).unpriced_share, coverage(week).unpriced_share)


@given(weeks, st.data())
def test_one_more_tag_narrows_the_bounds_and_moves_nothing_else(
    week: list[Held], data: st.DataObject
) -> None:
    before = bounds(week)
    open_ = [k for k, one in enumerate(week) if not one.tagged]
    if not open_ or before.low is None or before.high is None:
        return
    k = data.draw(st.sampled_from(open_))
    fate = data.draw(st.sampled_from(list(Fate)))
    more = [*week]
    more[k] = replace(week[k], status="answered", fate=fate, source="volunteered")
    after = bounds(more)
    assert after.low is not None
    assert after.high is not None
    assert before.low - 1e-9 <= after.low <= after.high + 1e-9 <= before.high + 2e-9
    assert coverage(more).attention_min == coverage(week).attention_min


@given(weeks, st.data())
def test_the_truth_lies_within_the_bounds_whatever_the_others_were(
    week: list[Held], data: st.DataObject
) -> None:
    found = bounds(week)
    if found.low is None or found.high is None:
        return
    truth = [
        one if one.tagged else replace(one, status="answered", fate=data.draw(answers.filter(bool)))
        for one in week
    ]
    share = bounds(truth)
    assert share.low is not None
    assert found.low - 1e-9 <= share.low <= found.high + 1e-9
    assert near(share.low, share.high)  # all tagged: no room is left


@given(weeks)
def test_at_the_tipping_mean_the_week_sums_to_nothing(week: list[Held]) -> None:
    found = bounds(week)
    if found.tipping_min is None or found.told_min is None:
        return
    assert found.told_min + found.untagged * found.tipping_min == pytest.approx(0, abs=1e-6)


@given(st.lists(weeks, max_size=4))
def test_no_count_of_a_whole_is_less_than_that_of_a_part(parts: list[list[Held]]) -> None:
    whole = coverage([one for part in parts for one in part])
    assert whole.answered + whole.skipped + whole.cannot_recall <= whole.sessions
    assert whole.sessions == sum(coverage(part).sessions for part in parts)
    assert whole.answered_attention_min <= whole.attention_min + 1e-6
    assert whole.unpriced_share is None or 0 <= whole.unpriced_share <= 1


# words -------------------------------------------------------------------------------------------


def test_the_words_of_the_bounds() -> None:
    found = Bounds(0.144444, 0.944444, 310, 128, -2.421875)
    assert bounds_words(found, 22) == (
        "You picked 22 sessions yourself; they sum to +310 min. "
        "If the 128 others average less than -2.4 min each, the week is a loss. "
        "Between 14 % and 94 % of attention went into work now in use; "
        "nearer than that is not known. No estimate: none were drawn by chance."
    )
    assert bounds_words(Bounds(None, None, None, 3, None), 0) == "Not enough yet: 0 of 1."
    assert bounds_words(Bounds(1, 1, -4.4, 0, None), 2, "month") == (
        "You tagged every session (2); they sum to -4 min. "
        "100 % of attention went into work now in use."
    )
    assert bounds_words(Bounds(0, 0.999, 0.2, 1, -0.2), 1).startswith(
        "You picked 1 session yourself; it comes to 0 min. "
        "If the other one comes to less than -0.2 min, the week is a loss. "
        "Between 0 % and over 99 % of attention"
    )


def test_the_words_of_coverage() -> None:
    full = Coverage(
        sessions=150, unattended=14, answered=20, skipped=3, cannot_recall=2, volunteered=12,
        attention_min=690.4, answered_attention_min=310, cost_usd=12.3, answered_cost_usd=4.1,
        unpriced_share=0.004, changed=1,
        days_without_import=("2026-02-11", "2026-02-12", "2026-02-13", "2026-02-14", "2026-02-15"),
    )  # fmt: skip
    assert coverage_words(full) == (
        "20 of 150 sessions looked at, 12 of them by your own choice: "
        "310 of 690 attention minutes, 4.10 of 12.30 USD at list price. 3 skipped. "
        "2 not recalled. 14 ran without a person. 1 answer changed later. "
        "No price is known for under 1 % of new tokens. "
        "Nothing is known of 2026-02-11, 2026-02-12, 2026-02-13 and 2 more days."
    )
    assert (
        coverage_words(coverage([held(8.4)]))
        == "0 of 1 session looked at: 0 of 8 attention minutes."
    )
    assert coverage_words(coverage([])) == "No sessions."


@given(weeks)
def test_no_words_judge(week: list[Held]) -> None:
    tagged = sum(one.tagged for one in week)
    words = f"{coverage_words(coverage(week))} {bounds_words(bounds(week), tagged)}".lower()
    for banned in ("better", "worse", "good", "bad", "↑", "↓", "nan", "none of", "-0 min"):
        assert banned not in words


# the table ---------------------------------------------------------------------------------------


def test_the_table_of_measures_is_whole() -> None:
    numbers = [*range(1, 13), *range(14, 18), 20]
    assert [row.id for row in MEASURES] == [f"M{number}" for number in numbers]
    minimums = {row.id: row.minimum_n for row in MEASURES}
    built = {
        "M3": shares, "M4": cost_shares, "M5": net, "M9": slower, "M12": forecasts,
        "M15": durability, "M16": exploration, "M17": skill, "M20": others,
    }  # fmt: skip
    for id_, module in built.items():
        assert minimums[id_] == module.MINIMUM, id_
    for row in MEASURES:
        assert all((row.name, row.unit, row.denominator, row.interval, row.window))
        assert row.minimum_n >= 0


def test_the_words_of_a_week_with_few_drawn() -> None:
    told = Bounds(low=0.2, high=0.9, told_min=310, untagged=128, tipping_min=-2.421875)
    said = bounds_words(told, 22, drawn=7)
    assert said.startswith("You looked at 22 sessions; they sum to +310 min.")
    assert said.endswith("No estimate: only 7 were drawn by chance.")


def test_the_words_of_an_estimate() -> None:
    share = Estimate(
        "M3", "in_use", "share", 0.64, 0.45, 0.80, 20, 10,
        "690 attention minutes of 150 sessions", "drawn", "Wilson-eff",
    )  # fmt: skip
    assert in_use_words(share) == (
        "Of 690 attention minutes of 150 sessions, 64 % (45 % to 80 %) went into work now in use."
    )
    wide = Estimate(
        "M5", "net", "min", None, -360, 1800, 20, 12, "690 attention minutes of 150 sessions",
        "drawn", "hull", "cannot tell gain from loss", None, open_high=True,
    )  # fmt: skip
    assert net_words(wide) == (
        "From 20 sessions: cannot tell gain from loss (-6 h to more than +30 h)."
    )
    few = not_enough("M5", "net", "min", 7, 12)
    assert net_words(few) == "Net time, as told: not enough yet: 7 of 12."
    assert in_use_words(not_enough("M3", "in_use", "share", 7, 10)) == ""
