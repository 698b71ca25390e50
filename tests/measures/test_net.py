"""M5, M6, M8 and M10 on half-weeks counted by hand."""

import random
from collections.abc import Sequence

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_frames import SKIPPED, asked, drawn, everything, frame, tag

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import Frame
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.measures import net as room
from tokenworth.measures.after_work import after_work_ratio
from tokenworth.measures.after_work import spread as after_work_spread
from tokenworth.measures.net import break_even, net, spread, stress, told_range
from tokenworth.measures.per_token import per_tokens, usd_per_net_hour
from tokenworth.measures.sample import points, sample

BY_HAND = (0, 0, 0, 5, 3, 0, 6, 0, 3, 4, 0, 7, 0, 3, 5, 0, 0, 4, 4, 5)
AFTER_WORK = (0, 0, 1, 2, 1, 0, 3, 2, 0, 2, 0, 3, 1, 1, 2, 0, 1, 0, 2, 0)
PERIODS = tuple(f"2026-W{week:02}{half}" for week in range(7, 11) for half in "ab")
GAIN = tag(by_hand=6)
SOME = tag(by_hand=5)
LOSS = tag(fate=Fate.DISCARDED, by_hand=None, after_work=3)
MIXED = (GAIN, LOSS, SOME, LOSS, tag(by_hand=4, after_work=2)) * 4


@pytest.fixture
def week(monkeypatch: pytest.MonkeyPatch) -> Frame:
    """9.6: 20 drawn, chances in equal steps from .05 to .40, and the resamples of the reference."""
    seen = [
        asked(i, tag(by_hand=c, after_work=r), float(chance))
        for i, (chance, c, r) in enumerate(
            zip(np.linspace(0.05, 0.40, 20), BY_HAND, AFTER_WORK, strict=True)
        )
    ]
    places = np.random.default_rng(12345).integers(0, 20, (1999, 20))
    monkeypatch.setattr(room, "resamples", lambda _seed, _m: places)
    return msgspec.structs.replace(frame(seen, 150, 620), attention_low=450, attention_high=800)


def four_weeks(tags: Sequence[Tag] = MIXED, inclusion: float = 0.25) -> list[Frame]:
    return [drawn(tags, inclusion, period=period) for period in PERIODS]


def ends(told: Estimate) -> tuple[float, float, float]:
    """Return low, value and high of an estimate that shows all three."""
    assert told.value is not None
    assert told.low is not None
    assert told.high is not None
    return told.low, told.value, told.high


# the numbers of the specification -----------------------------------------------------------------


def test_stress_lines_of_the_specification(week: Frame) -> None:
    lines = stress([week], "2026-W07")
    limits = [(line.low, line.high) for line in lines]
    assert limits[0] == pytest.approx((-104.957, 6161.611), abs=5e-4)
    assert limits[1] == pytest.approx((-206.045, 4925.854), abs=5e-4)
    assert limits[2] == pytest.approx((-305.437, 3709.246), abs=5e-4)
    assert all(line.open_high and line.value is None for line in lines)
    assert {line.reason for line in lines} == {"cannot tell gain from loss"}


def test_break_even_of_the_specification(week: Frame) -> None:
    told = break_even([week], "2026-W07")
    assert told.value == pytest.approx(0.366825, abs=5e-7)
    assert (told.low, told.high) == pytest.approx((0.19, 1.17), abs=1e-9)
    assert not told.open_high


def test_told_range_of_the_specification(week: Frame) -> None:
    assert told_range([week]) == pytest.approx((399.303, 2609.640), abs=5e-4)


# what is shown, and what is not -------------------------------------------------------------------


def test_below_twelve_drawn_there_is_nothing() -> None:
    seen = [asked(i, GAIN, 0.5) for i in range(9)]
    seen += [asked(9, GAIN), asked(10, GAIN)]  # certainty counts as drawn
    seen += [asked(i, GAIN, role="take_all") for i in range(11, 20)]  # taken for themselves: not
    told = [measure([frame(seen, 50, 250)], "w") for measure in (net, break_even, after_work_ratio)]
    assert [one.reason for one in told] == ["not enough yet: 11 of 12"] * 3
    assert not any(one.is_shown for one in told)
    assert told_range([frame(seen, 50, 250)]) is None
    assert spread([frame(seen, 50, 250)], "w") is None
    assert after_work_spread([frame(seen, 50, 250)], "w") is None


def test_everything_asked_is_complete_from_one_answer_on() -> None:
    told = net([everything([GAIN], 30)], "w")
    assert told.value == pytest.approx(Minutes.of(6).value - 30)
    assert told.low == told.high == told.value
    assert (told.interval, told.chosen) == ("complete", "everything")
    assert told.denominator == "30 attention minutes of 1 sessions"


def test_everything_asked_and_one_skipped_is_no_sample_either() -> None:
    told = net([everything([GAIN] * 9 + [SKIPPED], 5)], "w")
    value = Minutes.of(6).value
    assert told.interval == "complete"
    assert told.value == pytest.approx(10 * value - 50)
    assert told.skips == pytest.approx((10 * value - 50, 9 * value - 50))


def test_a_sure_gain_is_printed() -> None:
    told = net(four_weeks([GAIN, SOME] * 10), "w")
    assert told.value is not None
    assert told.low is not None
    assert told.low > 0
    assert told.unit == "min a week"
    # 8 half-weeks of 80 sessions, half of each kind; 4 weeks
    each = (Minutes.of(6).value + Minutes.of(5).value) / 2 - 5
    assert told.value == pytest.approx(8 * 80 * each / 4)


def test_a_gain_too_wide_to_tell_is_not_printed() -> None:
    told = net([drawn([LOSS] * 17 + [GAIN] * 3, 0.05, 1.0)], "w")
    assert told.is_shown
    assert told.value is None
    assert told.reason == "cannot tell gain from loss"
    assert told.open_high


def test_answers_that_do_not_differ_have_no_interval() -> None:
    told = net([drawn([LOSS] * 19 + [GAIN], 0.1)], "w")
    assert (told.value, told.low, told.high) == (None, None, None)
    assert "too few different answers" in told.reason
    assert break_even([drawn([LOSS] * 19 + [GAIN], 0.1)], "w").low is None
    assert spread([drawn([LOSS] * 19 + [GAIN], 0.1)], "w") is None


def test_of_a_part_whose_like_was_not_drawn_nothing_is_sure() -> None:
    """All that was asked of it was sure to be asked: the rest of it nobody stands for."""
    seen = [asked(i, GAIN) for i in range(12)]
    told = net([frame(seen, 40, 200)], "w")
    assert not told.is_shown


def test_taken_for_themselves_they_stand_for_no_one() -> None:
    seen = [asked(i, GAIN, 0.5) for i in range(12)] + [asked(12, GAIN, role="take_all")]
    held = frame(seen, 25, 125)
    given = points(sample([held]), room.by_hand)
    assert given.total == pytest.approx(25 * Minutes.of(6).value)
    assert given.m == 12


# skips --------------------------------------------------------------------------------------------


def test_skips_are_read_two_ways() -> None:
    """The factor is (16·10·5 + 4·10·5)/(16·10·5) = 1.25."""
    tags = [SKIPPED] * 4 + [GAIN, SOME] * 8
    told = net([drawn(tags)], "w")
    c = 10 * 8 * (Minutes.of(6).value + Minutes.of(5).value)
    assert told.skips == pytest.approx((1.25 * c - 1000, c - 1000))
    assert told.value == pytest.approx(1.25 * c - 1000)


def test_below_80_percent_only_what_both_readings_hold() -> None:
    tags = [SKIPPED] * 5 + [GAIN, tag(by_hand=5, after_work=2), tag(by_hand=4, after_work=1)] * 5
    held = drawn(tags)
    for measure in (net, after_work_ratio, break_even):
        told = measure([held], "w")
        assert told.value is None
        assert told.is_shown
        assert told.reason == "fewer than 80 % of those asked were answered"
    told = net([held], "w")
    assert told.skips is not None
    assert told.low is not None
    assert told.high is not None
    assert told.low <= min(told.skips) <= max(told.skips) <= told.high
    assert spread([held], "w") is None


def test_a_half_week_in_which_nobody_answered_is_told_by_its_neighbour() -> None:
    first, second = drawn([GAIN, SOME] * 10), drawn([SKIPPED] * 4, period="2026-W07b")
    held = sample([first, second])
    assert held.factors == pytest.approx((1.2, 1.2))
    assert held.rate == pytest.approx(20 / 24)


# weeks --------------------------------------------------------------------------------------------


def test_a_half_week_without_sessions_counts_as_time() -> None:
    empty = frame([], 0, 0, period="2026-W08b", drawn_at=None)
    full = [drawn([GAIN, SOME] * 10, period=period) for period in ("2026-W07a", "2026-W07b")]
    full.append(drawn([GAIN, SOME] * 10, period="2026-W08a"))
    once, twice = net(full, "w"), net([*full, empty], "w")
    assert once.value is not None
    assert twice.value == pytest.approx(once.value * 1.5 / 2)


def test_a_half_week_only_picked_from_stands_for_nobody() -> None:
    """Its queue was stopped before the first: what was picked before the draw is no sample."""
    picked = frame(
        [asked(90, GAIN, role="take_all", period="2026-W07b")], 40, 200, period="2026-W07b"
    )
    told = net([drawn(MIXED), picked], "w")
    assert told.reason == "only 1 of 2 half-weeks were drawn"


def test_what_was_not_drawn_is_named_among_several_weeks() -> None:
    frames = four_weeks()
    frames[3] = frame([], 40, 200, period=PERIODS[3], drawn_at=None)
    assert "7 of 8 half-weeks" in net(frames, "w").denominator


# break-even ---------------------------------------------------------------------------------------


@settings(max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), min_size=14, max_size=30))
def test_break_even_is_where_the_hull_touches_0(keys: list[tuple[int, int]]) -> None:
    """The moments give what the hull of every single factor gives."""
    tags = [tag(by_hand=c, after_work=r) for c, r in keys]
    seen = [asked(i, one, 0.1 + 0.02 * i) for i, one in enumerate(tags)]
    held = frame(seen, 150, 620)
    told = break_even([held], "w")
    if told.low is None or told.high is None:
        return
    sums = sample([held])
    inside = []
    for k in room.steps():
        found = room.total(points(sums, room.value_at(float(k))), "M6", "w")
        if found.low <= 620 <= found.high:
            inside.append(float(k))
    if inside and told.value is not None:
        assert told.low == pytest.approx(min(inside[0], told.value), abs=1e-9)
        assert told.high == pytest.approx(max(inside[-1], told.value), abs=1e-9)


def test_break_even_of_everything_asked_is_exact() -> None:
    told = break_even([everything([GAIN, tag(by_hand=5, after_work=2)], 20)], "w")
    k = (40 + Minutes.of(2).value) / (Minutes.of(6).value + Minutes.of(5).value)
    assert told.low == told.value == told.high == pytest.approx(k)


def test_without_by_hand_time_there_is_no_break_even() -> None:
    assert break_even([drawn([LOSS] * 20)], "w").reason == "no by-hand time was told"


def test_a_break_even_past_the_last_factor_is_open() -> None:
    told = break_even([drawn([tag(by_hand=1), tag(by_hand=2)] * 10, attention=30)], "w")
    assert told.open_high
    assert told.value is not None
    assert told.low is not None
    assert told.low >= 3 or told.low < told.value


# after-work ---------------------------------------------------------------------------------------


def test_after_work_over_attention() -> None:
    tags = [tag(after_work=key) for key in (0, 1, 2, 3)] * 5
    told = after_work_ratio([drawn(tags)], "w")
    mean = sum(Minutes.of(key).value for key in (0, 1, 2, 3)) / 4
    assert told.value == pytest.approx(mean / 5)
    low, value, high = ends(told)
    assert 0 <= low < value < high


def test_after_work_of_no_attention_is_none() -> None:
    assert after_work_ratio([drawn(MIXED, attention=0)], "w").reason == "no attention minutes"


# per token ----------------------------------------------------------------------------------------


def test_net_minutes_over_exact_totals() -> None:
    frames = four_weeks([GAIN, SOME] * 10)
    told = net(frames, "w")
    tokens, money = per_tokens(frames, "w")
    assert told.value is not None
    assert told.low is not None
    assert tokens.value == pytest.approx(told.value * 4 / 8)  # 8 million
    assert tokens.low == pytest.approx(told.low * 4 / 8)
    assert money.value == pytest.approx(told.value * 4 / 80)  # 80 dollars
    hour = usd_per_net_hour(frames, "w")
    assert hour.value == pytest.approx(80 / (told.value * 4 / 60))
    low, value, high = ends(hour)
    assert low < value < high


def test_a_net_hour_costs_nothing_that_can_be_told_where_it_may_be_a_loss() -> None:
    hour = usd_per_net_hour(four_weeks([LOSS] * 14 + [tag(by_hand=4)] * 6), "w")
    assert not hour.is_shown
    assert "surely gained" in hour.reason


def test_per_token_wants_four_weeks() -> None:
    tokens, money = per_tokens(four_weeks()[:6], "w")
    assert tokens.reason == money.reason == "shown for four weeks or more"
    assert not tokens.is_shown


def test_an_unknown_price_is_not_free() -> None:
    frames = four_weeks([GAIN, SOME] * 10)
    frames[0] = msgspec.structs.replace(frames[0], cost_usd=None)
    tokens, money = per_tokens(frames, "w")
    assert tokens.is_shown
    assert not money.is_shown
    assert "price" in money.reason
    assert not usd_per_net_hour(frames, "w").is_shown


def test_a_point_that_may_not_be_said_is_not_said_per_token() -> None:
    frames = four_weeks([LOSS] * 17 + [GAIN] * 3, 0.05)
    assert net(frames, "w").value is None
    assert [one.value for one in per_tokens(frames, "w")] == [None, None]


# invariances (9.8) --------------------------------------------------------------------------------


def test_sessions_for_show_cost_their_attention() -> None:
    """9.8 b."""
    real = [GAIN, SOME, LOSS] * 4
    show = tag(Purpose.SHOW, Fate.KEPT, by_hand=None)
    before, after = net([everything(real)], "w"), net([everything([*real, *[show] * 50])], "w")
    assert before.value is not None
    assert after.value == pytest.approx(before.value - 50 * 5)


def test_twice_the_tokens_halve_what_each_brought() -> None:
    """9.8 c."""
    once = four_weeks([GAIN, SOME] * 10)
    twice = [msgspec.structs.replace(one, new_tokens=2 * one.new_tokens) for one in once]
    assert net(once, "w") == net(twice, "w")
    few, many = per_tokens(once, "w"), per_tokens(twice, "w")
    assert few[1] == many[1]
    assert few[0].value is not None
    assert few[0].low is not None
    assert many[0].value == pytest.approx(few[0].value / 2)
    assert many[0].low == pytest.approx(few[0].low / 2)


def test_volunteered_answers_move_nothing() -> None:
    """9.8 d."""
    before = drawn(MIXED)
    after = msgspec.structs.replace(before, volunteered=30)
    for measure in (net, break_even, after_work_ratio):
        assert measure([before], "w") == measure([after], "w")
    assert told_range([before]) == told_range([after])


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_asked_moves_only_the_resampling(chance: random.Random) -> None:
    seen = [asked(i, one, 0.1 + 0.02 * i) for i, one in enumerate(MIXED)]
    shuffled = seen[:]
    chance.shuffle(shuffled)
    one, other = ([frame(row, 150, 620)] for row in (seen, shuffled))
    assert told_range(other) == pytest.approx(told_range(one))
    assert break_even(other, "w").value == pytest.approx(break_even(one, "w").value)
    assert spread(other, "w") == pytest.approx(spread(one, "w"))


def test_figures_do_not_flicker() -> None:
    assert net([drawn(MIXED)], "2026-W07") == net([drawn(MIXED)], "2026-W07")
