"""M3 and M9 on half-weeks counted by hand."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_frames import SKIPPED, asked, drawn, everything, frame, tag

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import Frame
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.measures.quantiles import Z
from tokenworth.measures.shares import cells, headline
from tokenworth.measures.slower import slower

USED = tag()
SHOW = tag(Purpose.SHOW, Fate.USED, by_hand=None)
KINDS = (
    USED,
    tag(fate=Fate.KEPT, by_hand=None),
    tag(fate=Fate.DISCARDED, by_hand=None),
    tag(Purpose.EXPLORE, Fate.ABANDONED, by_hand=0, after_work=None),
    SHOW,
)
tags = st.lists(
    st.builds(tag, st.sampled_from(Purpose), st.sampled_from(Fate)), min_size=10, max_size=30
)


def rows(*frames: Frame, z: float = Z) -> dict[str, Estimate]:
    return {one.key: one for one in headline(frames, "2026-W07", z)}


def values(*frames: Frame) -> list[float | None]:
    return [one.value for one in headline(frames, "2026-W07")]


def test_the_headline_rows_are_minutes_over_minutes() -> None:
    """Of each kind 20 sessions of 5 minutes; those for show count as in use and as for show."""
    found = rows(everything(KINDS * 20))
    assert {key: one.value for key, one in found.items()} == pytest.approx(
        {
            "in_use": 0.4,
            "kept": 0.2,
            "thrown_away": 0.4,
            "explore": 0.2,
            "show": 0.2,
            "show_in_use": 0.2,
        }
    )
    assert all(one.low == one.high == one.value for one in found.values())
    assert {one.interval for one in found.values()} == {"complete"}
    assert {one.chosen for one in found.values()} == {"everything"}


def test_longer_sessions_weigh_more() -> None:
    seen = [asked(i, USED, 0.5, 30) for i in range(5)]
    seen += [asked(i, KINDS[1], 0.5, 10) for i in range(5, 10)]
    assert rows(frame(seen, 20, 400))["in_use"].value == pytest.approx(0.75)


def test_rarely_drawn_sessions_stand_for_more() -> None:
    seen = [asked(i, USED, 0.1) for i in range(5)]
    seen += [asked(i, KINDS[1], 0.3) for i in range(5, 10)]
    found = rows(frame(seen, 67, 335))["in_use"]
    assert found.value == pytest.approx(0.75)
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 0.75 < found.high < 1
    assert found.denominator == "335 attention minutes of 67 sessions"


def test_what_was_taken_for_itself_weighs_1() -> None:
    seen = [asked(i, USED, 0.1) for i in range(9)] + [asked(9, KINDS[1], role="take_all")]
    assert rows(frame(seen, 91, 455))["kept"].value == pytest.approx(1 / 91)


def test_nine_answers_are_not_enough() -> None:
    found = rows(drawn([USED] * 9))["in_use"]
    assert found.reason == "not enough yet: 9 of 10"
    assert not found.is_shown
    assert cells([drawn([USED] * 9)]) == {}


def test_all_the_same_is_not_sure() -> None:
    found = rows(drawn([USED] * 20))["thrown_away"]
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(0.161125, abs=5e-7)


def test_skips_give_two_readings() -> None:
    found = rows(drawn([SKIPPED] * 2 + [USED] * 9 + [KINDS[1]] * 9))["in_use"]
    assert found.value == pytest.approx(0.5)
    assert found.skips == pytest.approx((0.45, 0.55))


def test_below_80_percent_both_readings_intervals_are_held() -> None:
    found = rows(drawn([SKIPPED] * 5 + [USED] * 8 + [KINDS[1]] * 7))["in_use"]
    assert found.value is None
    assert found.reason == "fewer than 80 % of those asked were answered"
    # of 20 equal answers 8 and 13 in use: 13 is 9.7's own line
    assert found.skips == pytest.approx((0.4, 0.65))
    assert found.high == pytest.approx(0.815473, abs=5e-7)
    none = rows(drawn([USED] * 8 + [KINDS[1]] * 12))["in_use"]
    assert none.value == pytest.approx(0.4)
    assert found.low == pytest.approx(none.low)


def test_sessions_without_attention_have_no_share() -> None:
    found = rows(drawn([USED] * 12, attention=0))["in_use"]
    assert found.reason == "no attention minutes"
    assert not found.is_shown


def test_a_half_week_without_a_draw_leaves_no_share() -> None:
    other = frame([], 40, 200, period="2026-W07b", drawn_at=None)
    found = rows(drawn(KINDS * 4), other)["in_use"]
    assert "1 of 2 half-weeks" in found.reason
    assert not found.is_shown


def test_more_comparisons_are_wider() -> None:
    once, wide = rows(drawn(KINDS * 4))["in_use"], rows(drawn(KINDS * 4), z=3.0)["in_use"]
    assert once.low is not None
    assert once.high is not None
    assert wide.low is not None
    assert wide.high is not None
    assert wide.low < once.low < once.high < wide.high


def test_cells_are_shares_of_what_was_answered() -> None:
    found = cells([drawn([*KINDS * 3, SKIPPED])])
    assert found[Purpose.NEEDED, Fate.USED] == pytest.approx(0.2)
    assert found[Purpose.EXPLORE, Fate.ABANDONED] == pytest.approx(0.2)
    assert sum(found.values()) == pytest.approx(1)
    assert len(found) == 5


# slower than by hand ------------------------------------------------------------------------------


def test_slower_where_even_the_upper_end_is_less_than_the_least_spent() -> None:
    """Attention at least 10 of 20 minutes; by hand 2-5 min is slower, 5-15 is not surely."""
    quick, slow = tag(by_hand=3), tag(by_hand=2)
    checked = tag(by_hand=3, after_work=3)  # 15 is not less than 10 + 5, nor is it more
    seen = [asked(i, one, 0.1, 20) for i, one in enumerate([quick, slow, checked, slow] * 5)]
    seen += [asked(i, KINDS[2], 0.1, 20) for i in range(20, 25)]  # not in use: not among them
    found = slower([frame(seen, 250, 5000)])
    assert found.value == pytest.approx(0.5)
    assert found.n == 20
    assert (found.measure, found.interval) == ("M9", "Wilson-eff")


def test_slower_wants_ten_needed_sessions_in_use() -> None:
    found = slower([drawn([USED] * 9 + [SHOW] * 11)])
    assert found.reason == "not enough yet: 9 of 10"
    assert slower([drawn([SHOW] * 20)]).reason == "not enough yet: 0 of 10"


# invariances (9.8) and properties -----------------------------------------------------------------


def test_splitting_every_session_in_two_moves_nothing() -> None:
    """9.8 a, on fully tagged data."""
    sizes = (3.0, 8, 12, 5, 20) * 4
    whole = [asked(i, KINDS[i % 5], 1, size, role="census") for i, size in enumerate(sizes)]
    parts = [
        asked(2 * i + half, KINDS[i % 5], 1, size / 2, role="census")
        for i, size in enumerate(sizes)
        for half in (0, 1)
    ]
    before, after = values(frame(whole, 20, 192)), values(frame(parts, 40, 192))
    assert after == pytest.approx(before)


def test_sessions_for_show_lower_what_is_in_use() -> None:
    """9.8 b: 8 of 20 equal ones in use become 8 of 70."""
    real = KINDS * 4
    kept = tag(Purpose.SHOW, Fate.KEPT, by_hand=None)
    before, after = rows(everything(real)), rows(everything([*real, *[kept] * 50]))
    assert before["in_use"].value == pytest.approx(8 / 20)
    assert after["in_use"].value == pytest.approx(8 / 70)


def test_twice_the_tokens_move_nothing() -> None:
    """9.8 c."""
    once = drawn(KINDS * 4)
    assert rows(once) == rows(msgspec.structs.replace(once, new_tokens=2 * once.new_tokens))


def test_volunteered_answers_move_nothing() -> None:
    """9.8 d."""
    once = drawn(KINDS * 4)
    assert rows(once) == rows(msgspec.structs.replace(once, volunteered=30))


@given(tags, st.randoms(use_true_random=False))
def test_the_order_of_the_asked_does_not_matter(given_tags: list[Tag], r: random.Random) -> None:
    seen = [asked(i, one, 0.1 + 0.02 * i, 1 + i) for i, one in enumerate(given_tags)]
    shuffled = seen[:]
    r.shuffle(shuffled)
    for one, other in zip(
        rows(frame(seen, 150, 700)).values(),
        rows(frame(shuffled, 150, 700)).values(),
        strict=True,
    ):
        assert (other.value, other.low, other.high) == pytest.approx((one.value, one.low, one.high))


@given(tags)
def test_shares_are_shares(given_tags: list[Tag]) -> None:
    found = rows(drawn(given_tags))
    for one in found.values():
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert 0 <= one.low <= one.value <= one.high <= 1
    whole = [found[key].value or 0 for key in ("in_use", "kept", "thrown_away")]
    assert sum(whole) == pytest.approx(1)


@given(tags)
def test_everything_asked_has_no_width(given_tags: list[Tag]) -> None:
    assert all(one.low == one.high == one.value for one in rows(everything(given_tags)).values())
