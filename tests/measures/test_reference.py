"""The reference numbers of spec v1, 9.5 to 9.7, through the frames the measures are given."""

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest

from tokenworth.domain.frame import Asked, Frame, Role
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.measures import intervals, net
from tokenworth.measures.after_work import after_work_ratio
from tokenworth.measures.differences import difference, newcombe, xmr
from tokenworth.measures.intervals import hull, korn_graubard, share, wilson, wilson_eff
from tokenworth.measures.quantiles import student
from tokenworth.measures.sample import points, sample
from tokenworth.measures.shares import headline

BY_HAND = "0 0 0 5 3 0 6 0 3 4 0 7 0 3 5 0 0 4 4 5"
AFTER_WORK = "0 0 1 2 1 0 3 2 0 2 0 3 1 1 2 0 1 0 2 0"
USED = Tag(Purpose.NEEDED, Fate.USED)
DROPPED = Tag(Purpose.NEEDED, Fate.DISCARDED)
SKIPPED = Tag(status="skipped")


def asked(
    tag: Tag, inclusion: float = 1.0, attention: float = 5.0, role: Role = "drawn", number: int = 0
) -> Asked:
    return Asked(
        f"s{number}", "2026-W07a", role, inclusion, attention, attention, attention, 1.0, 1000, tag
    )


def frame(
    seen: Sequence[Asked],
    sessions: int = 150,
    attention: tuple[float, float, float] = (450, 620, 800),
) -> Frame:
    low, mid, high = attention
    return Frame("2026-W07a", sessions, low, mid, high, 10.0, 1_000_000, tuple(seen), drawn_at=1)


@pytest.fixture
def week(monkeypatch: pytest.MonkeyPatch) -> Frame:
    """20 drawn, chances in equal steps from .05 to .40; the resamples of the reference."""
    chances = np.linspace(0.05, 0.40, 20)
    seen = [
        asked(
            Tag(Purpose.NEEDED, Fate.USED, Minutes.of(int(c)), Minutes.of(int(r))),
            float(chance), number=i,
        )
        for i, (chance, c, r) in enumerate(
            zip(chances, BY_HAND.split(), AFTER_WORK.split(), strict=True)
        )
    ]  # fmt: skip
    picked = np.random.default_rng(12345).integers(0, 20, (1999, 20))
    for module in (net, intervals):
        monkeypatch.setattr(module, "resamples", lambda _seed, _m: picked)
    return frame(seen)


def test_quantiles_of_student() -> None:
    found = [student(0.975, df) for df in (9, 11, 15, 19)]
    assert found == pytest.approx([2.262157, 2.200985, 2.131450, 2.093024], abs=5e-7)


def test_sums_of_the_reference(week: Frame) -> None:
    held = sample([week])
    assert points(held, net.by_hand).total == pytest.approx(2252.2020, abs=5e-5)
    assert points(held, net.after_work).total == pytest.approx(206.1651, abs=5e-5)


@pytest.mark.parametrize(
    ("k", "value", "low", "high"),
    [
        (1.0, 1426.0369, -104.957, 6161.611),
        (0.835, 1054.424, -206.045, 4925.854),
        (0.673, 689.567, -305.437, 3709.246),
    ],
)
def test_net_minutes_of_the_reference(
    week: Frame, k: float, value: float, low: float, high: float
) -> None:
    told = net.net([week], "2026-W07", k)
    assert (told.low, told.high) == pytest.approx((low, high), rel=2e-2)
    # the interval holds 0 and is wide: no point is printed, and the upper limit is none
    assert told.value is None
    assert told.reason == "cannot tell gain from loss"
    assert told.open_high
    assert net.total(points(sample([week]), net.value_at(k)), "M5", "").value == pytest.approx(
        value + 620, abs=5e-4
    )


def test_the_hull_of_the_reference(week: Frame) -> None:
    given = points(sample([week]), net.value_at(1.0))
    found = hull(given.z, given.om, net.resamples(0, 20))
    assert found.theta - 620 == pytest.approx(1426.0369, abs=5e-5)
    assert found.se == pytest.approx(731.4748, abs=5e-5)
    assert (found.t_low - 620, found.t_high - 620) == pytest.approx((-104.957, 2957.031), abs=5e-4)
    assert (found.b_low - 620, found.b_high - 620) == pytest.approx((272.680, 6161.611), rel=2e-2)


def test_break_even_and_told_range_of_the_reference(week: Frame) -> None:
    told = net.break_even([week], "2026-W07")
    assert told.value == pytest.approx(0.366825, abs=5e-7)
    assert (told.low, told.high) == pytest.approx((0.19, 1.17))
    assert net.told_range([week]) == pytest.approx((399.303, 2609.640), abs=5e-4)


def test_the_small_draw_of_the_reference() -> None:
    """9.5: A to D of eight, by-hand told as typed minutes; below the minimum, so not shown."""
    chances = (1.0, 0.997540, 0.694940, 0.358792)
    minutes = (30.0, 8.0, 12.0, 5.0)
    fates = (Fate.USED, Fate.USED, Fate.DISCARDED, Fate.USED)
    tags = [Tag(Purpose.NEEDED, fate) for fate in fates]
    roles: tuple[Role, ...] = ("certainty", "drawn", "drawn", "drawn")
    seen = [
        asked(tag, chance, attention, role, i)
        for i, (tag, chance, attention, role) in enumerate(
            zip(tags, chances, minutes, roles, strict=True)
        )
    ]
    weights = np.array([one.weight * one.attention for one in seen])
    found = share(weights, np.array([1.0, 1, 0, 1]), np.array(chances), ["2026-W07a"] * 4)
    assert found.p == pytest.approx(0.750550, abs=5e-6)
    assert found.n_eff == 6
    assert wilson_eff(found) == pytest.approx((0.365272, 0.940232), abs=5e-6)
    held = frame(seen, 8, (65, 65, 65))
    told = net.net([held], "2026-W07")
    assert (told.value, told.low, told.reason) == (None, None, "not enough yet: 4 of 12")
    values = dict(zip("ACBD", (45.0, -6.0, 0.0, 9.1), strict=True))
    total = points(sample([held]), lambda one: list(values.values())[int(one.uid[1:])])
    assert total.total == pytest.approx(64.348067, abs=5e-5)
    assert intervals.variance(total.z, total.om) == pytest.approx(201.442253, rel=1e-4)


def test_shares_of_the_reference() -> None:
    found = share(np.full(20, 5.0), np.array([1.0] * 13 + [0] * 7), np.full(20, 0.1), ["a"] * 20)
    assert found.v == pytest.approx(0.0107763, abs=5e-8)
    assert found.n_eff == pytest.approx(21.1111, abs=5e-5)
    assert wilson_eff(found) == pytest.approx((0.438342, 0.815473), abs=5e-7)
    assert korn_graubard(found) == pytest.approx((0.397673, 0.852614), abs=5e-7)
    assert wilson(0, 20) == pytest.approx((0, 0.161125), abs=5e-7)


@pytest.mark.parametrize(
    ("comparisons", "low", "high"),
    [(1, -213.493, 593.493), (4, -332.192, 712.192), (112, -580.456, 960.456)],
)
def test_differences_of_the_reference(comparisons: int, low: float, high: float) -> None:
    told = difference((310, 150, 19), (120, 130, 17), comparisons)
    assert (told.value, told.se, told.df) == pytest.approx((190, 198.494332, 33.764848), rel=1e-6)
    assert (told.low, told.high) == pytest.approx((low, high), abs=5e-4)
    assert told.missed == pytest.approx(572.69, rel=1e-3)


def test_newcombe_of_the_reference() -> None:
    first, second = (0.65, *wilson(0.65, 22)), (0.45, *wilson(0.45, 18))
    assert newcombe(first, second) == pytest.approx((0.2, -0.100720, 0.458000), abs=5e-7)


def test_xmr_of_the_reference() -> None:
    told = xmr([60, 110, 40, 150, 95, 120, 30, 140, 80, 100, 70, 160])
    assert (told.mean, told.moving_range) == pytest.approx((96.25, 64.545455), abs=5e-7)
    assert (told.lower, told.upper) == pytest.approx((-75.440909, 267.940909), abs=5e-5)
    assert (told.outside, told.runs) == ((), ())
    assert xmr([1, 2] * 5 + [60]).outside == (10,)
    assert xmr([1.0] * 3 + [5.0] * 8).runs == (10,)


# skips, and what may not move anything -----------------------------------------------------------


def mixed(skips: int) -> Frame:
    """20 asked, chances of a half; the first ones skipped; of the rest every other one in use."""
    seen = [
        asked(SKIPPED if i < skips else (USED, DROPPED)[i % 2], 0.5, 5.0, number=i)
        for i in range(20)
    ]
    return frame(seen, 40, (200, 200, 200))


def test_skips_give_two_readings_of_a_share() -> None:
    told = headline([mixed(2)], "w")[0]
    assert told.value == pytest.approx(0.5)
    assert told.skips == pytest.approx((0.45, 0.55))
    assert told.chosen == "drawn"


def test_below_80_percent_answered_there_is_no_point() -> None:
    told = headline([mixed(5)], "w")[0]
    assert told.value is None
    assert told.reason == "fewer than 80 % of those asked were answered"
    assert told.low is not None
    assert told.high is not None
    assert told.low <= 7 / 20
    assert told.high >= 12 / 20


def test_skips_in_net_minutes() -> None:
    tag = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(4), Minutes.of(0))
    seen = [asked(SKIPPED if i < 2 else tag, 0.5, 5.0, number=i) for i in range(20)]
    told = net.net([frame(seen, 40, (200, 200, 200))], "w")
    value = Minutes.of(4).value
    # as answered the 18 stand for all 40; if skips came to nothing, for 36
    assert told.skips == pytest.approx((40 * value - 200, 36 * value - 200))


def test_all_answered_has_no_interval() -> None:
    tag = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(4), Minutes.of(1))
    seen = [asked(tag, 1.0, 5.0, "census", i) for i in range(4)]
    held = frame(seen, 4, (20, 20, 20))
    told = net.net([held], "w")
    assert told.value == pytest.approx(4 * (Minutes.of(4).value - 1) - 20)
    assert (told.low, told.high, told.interval) == (told.value, told.value, "complete")
    assert headline([held], "w")[0].value == 1.0
    assert after_work_ratio([held], "w").value == pytest.approx(0.2)


def test_a_half_week_without_a_draw_leaves_a_week_without_an_estimate() -> None:
    other = Frame("2026-W07b", 30, 100, 100, 100, 1.0, 10, ())
    told = net.net([mixed(0), other], "w")
    assert told.reason == "only 1 of 2 half-weeks were drawn"


def test_doubling_tokens_moves_no_share_and_no_minutes() -> None:
    once = mixed(0)
    twice = Frame(**{**{f: getattr(once, f) for f in once.__struct_fields__},
                     "new_tokens": 2 * once.new_tokens})  # fmt: skip
    assert headline([once], "w") == headline([twice], "w")
    assert net.net([once], "w") == net.net([twice], "w")


def test_splitting_every_session_in_two_moves_no_share() -> None:
    """9.8 a, on fully tagged data."""
    tags = [USED, DROPPED, Tag(Purpose.SHOW, Fate.KEPT), USED]
    whole = [asked(tag, 1.0, 6.0 + i, "census", i) for i, tag in enumerate(tags)]
    halves = [
        asked(tag, 1.0, (6.0 + i) / 2, "census", 2 * i + half)
        for i, tag in enumerate(tags) for half in (0, 1)
    ]  # fmt: skip
    total = (30.0, 30.0, 30.0)
    first = [e.value for e in headline([frame(whole, 4, total)], "w")]
    assert [e.value for e in headline([frame(halves, 8, total)], "w")] == pytest.approx(first)


def test_sessions_for_show_lower_what_came_into_use() -> None:
    """9.8 b, on fully tagged data: their attention is all that net minutes lose."""
    seen = [asked(USED, 1.0, 6.0, "census", i) for i in range(10)]
    show = [asked(Tag(Purpose.SHOW, Fate.KEPT), 1.0, 2.0, "census", 10 + i) for i in range(50)]
    before, after = frame(seen, 10, (60, 60, 60)), frame(seen + show, 60, (160, 160, 160))
    in_use = [headline([one], "w")[0].value for one in (before, after)]
    assert in_use == pytest.approx([1.0, 60 / 160])
    told = [net.net([one], "w").value for one in (before, after)]
    assert told == pytest.approx([-60.0, -160.0])


def test_that_it_was_chance_how_many_fell_inside_a_filter_is_in_the_interval() -> None:
    tags = [Tag(Purpose.NEEDED, Fate.USED, Minutes.of(key), Minutes.of(0)) for key in (4, 5)]
    inside = [asked(tags[i % 2], 0.5, 5.0, number=i) for i in range(14)]
    outside = [
        msgspec.structs.replace(asked(tags[0], 0.5, 5.0, number=20 + i), outside=True)
        for i in range(14)
    ]
    alone = net.net([frame(inside, 28, (140, 140, 140))], "w")
    among = net.net([frame(inside + outside, 28, (140, 140, 140))], "w")
    assert (among.n, among.denominator) == (alone.n, alone.denominator)
    assert None not in (alone.low, alone.high, among.low, among.high)
    assert (among.high or 0) - (among.low or 0) > (alone.high or 0) - (alone.low or 0)
