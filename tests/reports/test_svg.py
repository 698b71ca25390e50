"""Charts of an export: the numbers drawn are the numbers given, and nothing in them acts."""

import math
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.comparison import Comparison, Difference, Row, Span
from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.report import Picture
from tokenworth.domain.views import Bounds, Coverage, Usage, Week
from tokenworth.reports import svg
from tokenworth.reports.html import checked
from tokenworth.reports.svg_marks import (
    FATES,
    clock,
    colours,
    count_ticks,
    hatch,
    minute_ticks,
    runs,
    shortened,
    text_width,
    wrapped,
)

SPACE = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "rect", "line", "path", "text"}
PLACES = ("x", "y", "x1", "y1", "x2", "y2", "width", "height")
NUMBER = re.compile(r"(?!-0$)-?\d+(?:\.\d)?")
BASELINE = 122.0
FULL = 88.0
NO_BOUNDS = Bounds(None, None, None, 0, None)
TOKENS = {"u": 400_000, "p": 100_000, "k": 50_000, "d": 150_000, "a": 100_000, "-": 200_000}


def net(value: float | None = 120.0, low: float = -60.0, high: float = 300.0,
        **more: Any) -> Estimate:  # fmt: skip
    fields = {"denominator": "112 sessions", "chosen": "drawn", "interval": "hull", **more}
    return Estimate("M5", "net", "min a week", value, low, high, 20, 12, **fields)


def make_week(number: int = 7, told: Estimate | None = None, **more: Any) -> Week:
    fields = {"tokens": TOKENS, "estimated": {}, "bounds": NO_BOUNDS, **more}
    attention = fields.pop("attention", 600.0)
    coverage = Coverage(
        sessions=fields.pop("sessions", 112), unattended=0, answered=fields.pop("answered", 28),
        skipped=0, cannot_recall=0, volunteered=0, attention_min=attention,
        answered_attention_min=attention / 4, cost_usd=None, answered_cost_usd=None,
        unpriced_share=None, changed=0, days_without_import=fields.pop("without", ()),
    )  # fmt: skip
    usage = Usage.nothing("")
    return Week(f"2026-W{number:02}", 0, 0, usage=usage, coverage=coverage, net=told, **fields)


def compared(*rows: Row) -> Comparison:
    spans = tuple(Span(f"2026-W0{i}", f"Week {i}", "", "", whole=True) for i in (9, 10))
    return Comparison(spans, (), (), (), "", rows, 6, "adjusted for 6 comparisons", (), ())


def row(name: str, apart: Difference | None, unit: str = "share") -> Row:
    return Row("Got", name, name, "share of attention", unit, (), apart)


def shapes(picture: Picture, kind: str) -> list[dict[str, str]]:
    return [one.attrib for one in checked(picture.svg).iter(SPACE + kind)]


def words(picture: Picture) -> list[str]:
    return [one.text or "" for one in checked(picture.svg).iter(SPACE + "text")]


def rects(picture: Picture, colour: str) -> list[dict[str, float]]:
    """Return the rectangles of a colour of the theme under the legend."""
    found = [one for one in shapes(picture, "rect") if one["fill"] == colours()[colour]]
    return [
        {name: float(one[name]) for name in ("x", "y", "width", "height")}
        for one in found
        if float(one["y"]) > 25
    ]


def uprights(picture: Picture) -> list[dict[str, float]]:
    """Return the intervals: upright lines in ink."""
    return [
        {name: float(one[name]) for name in ("x1", "y1", "y2")}
        for one in shapes(picture, "line")
        if one["stroke"] == colours()["text"] and one["x1"] == one["x2"]
    ]


def dots(picture: Picture) -> int:
    return sum("fill" in one and one["fill"] != "none" for one in shapes(picture, "path"))


def arrows(picture: Picture) -> int:
    return sum(one.get("stroke") == colours()["text"] for one in shapes(picture, "path"))


# the paired chart ---------------------------------------------------------------------------------


def test_heights_are_the_tokens_and_stand_on_each_other() -> None:
    picture = svg.paired([make_week()], money=False)
    foot = BASELINE
    for key, name in zip(FATES, ("used", "part", "kept", "discarded", "abandoned"), strict=True):
        (part,) = rects(picture, name)
        high = FULL * TOKENS[key] / 1_000_000
        assert part["y"] + part["height"] == pytest.approx(foot, abs=0.2)
        assert foot - part["y"] == pytest.approx(high, abs=0.7), name
        foot -= high
    (unseen,) = rects(picture, "soft")
    assert unseen["y"] == pytest.approx(BASELINE - FULL, abs=0.7)


def test_what_nobody_looked_at_is_hatched_and_the_rest_is_not() -> None:
    hatched = svg.paired([make_week(tokens={"-": 5})], money=False)
    plain = svg.paired([make_week(tokens={"u": 5})], money=False)
    grey = [one for one in shapes(hatched, "path") if one["stroke"] == colours()["unseen"]]
    assert len(grey) == 2, "the bar and its legend"
    assert len(shapes(plain, "path")) == 1, "the legend alone"


def test_intervals_points_and_arrows_are_drawn_as_given() -> None:
    weeks = [
        make_week(1, net()),
        make_week(2, net(None)),
        make_week(3, net(None, open_high=True, high=9000.0)),
        make_week(4, net(-60.0, -60.0, -60.0, interval="complete")),
    ]
    picture = svg.paired(weeks, money=False)
    bars = uprights(picture)
    assert len(bars) == 4
    first, second, opened, complete = bars
    assert dots(picture) == 2
    assert arrows(picture) == 1
    assert (first["y1"], first["y2"]) == (second["y1"], second["y2"])
    assert opened["y2"] < first["y2"], "an open end goes on above the others"
    assert complete["y1"] == complete["y2"] == first["y1"], "−60 is the low end of the first"
    ticks = {one.text: float(one.attrib["y"]) - 2.7 for one in
             checked(picture.svg).iter(SPACE + "text")}  # fmt: skip
    minute = (ticks["0"] - ticks["+2 h"]) / 120
    assert first["y1"] - first["y2"] == pytest.approx(360 * minute, abs=0.5)


def test_too_few_answers_are_words_only() -> None:
    few = not_enough("M5", "net", "min a week", 5, 12)
    picture = svg.paired([make_week(1, few), make_week(2, few), make_week(3)], money=False)
    assert uprights(picture) == []
    assert dots(picture) == 0
    assert Counter(words(picture))["5 of 12"] == 1, "neighbours share their words"
    assert "none drawn" in words(picture)
    assert picture.table.rows[0][-1] == "not enough yet: 5 of 12"


def test_a_week_of_which_nothing_is_known_is_a_gap_and_no_zero() -> None:
    gap = make_week(2, tokens={}, sessions=0, answered=0, attention=0.0, without=("d",) * 7)
    picture = svg.paired([make_week(1), gap], money=False)
    assert "not known" in words(picture)
    assert picture.table.rows[1][:2] == ("2026-W02", "not known")
    assert not any("0" in cell for cell in picture.table.rows[1][2:])
    assert "Nothing is known of 1 week." in picture.words


def test_without_a_draw_the_bounds_are_drawn_and_no_point() -> None:
    bounds = Bounds(0.25, 0.75, 30.0, 84, -1.0)
    picture = svg.paired([make_week(bounds=bounds)], money=False)
    assert "Share of attention now in use, at least and at most" in words(picture)
    (bar,) = uprights(picture)
    assert bar["y1"] - bar["y2"] == pytest.approx(61 / 2, abs=0.2)
    assert dots(picture) == 0


def test_estimated_tokens_stand_beside_and_are_added_to_nothing() -> None:
    week = make_week(tokens={"u": 1_000_000}, estimated={"u": 500_000})
    picture = svg.paired([week], money=False)
    framed = [one for one in shapes(picture, "rect") if one["fill"] == "none"]
    assert float(framed[-1]["height"]) == pytest.approx(FULL / 2, abs=1)
    assert "New tokens: 1.0 M (in use 1.0 M)." in picture.words
    assert "≈ 500.0 k" in picture.words


def test_the_strip_is_the_share_of_attention_looked_at() -> None:
    (part,) = rects(svg.paired([make_week()], money=False), "accent")
    (whole,) = rects(svg.paired([make_week()], money=False), "line")
    assert part["width"] == pytest.approx(whole["width"] / 4, abs=0.1)


def test_money_is_in_the_table_only_where_it_may_be() -> None:
    assert "At list price" in svg.paired([make_week()], money=True).table.heads
    without = svg.paired([make_week()], money=False)
    assert "price" not in f"{without}".lower()


def test_numbers_are_in_the_words_and_the_table() -> None:
    picture = svg.paired([make_week(7, net()), make_week(8, net(None))], money=False)
    assert picture.words == (
        "2 weeks, 2026-W07 to 2026-W08. New tokens: 2.0 M (in use 800.0 k, in part 200.0 k, "
        "kept 100.0 k, discarded 300.0 k, abandoned 200.0 k, not looked at 400.0 k). "
        "56 of 224 sessions were looked at. Net time, as told, may be shown for 2 of 2 weeks; "
        "for 1 of them only its interval."
    )
    assert picture.table.rows[0] == (
        "2026-W07", "1.0 M", "400.0 k", "100.0 k", "50.0 k", "150.0 k", "100.0 k", "200.0 k",
        "28 of 112", "+2 h 00 (−60 min to +5 h 00)",
    )  # fmt: skip
    assert len({len(one) for one in (picture.table.heads, *picture.table.rows)}) == 1


def test_no_weeks_are_said() -> None:
    assert svg.paired([], money=True).words == "There are no weeks to show."


# shares and differences ---------------------------------------------------------------------------


def test_shares_are_widths_and_every_one_is_written() -> None:
    parts = (("u", 0.5), ("p", 0.2), ("k", 0.1), ("d", 0.15), ("a", 0.004), ("-", 0.046))
    picture = svg.attention([("Quarter 3", parts)])
    widths = [one["width"] for one in rects(picture, "used")]
    assert max(widths) == pytest.approx(250, abs=1)
    listed = (
        "in use 50 %, in part 20 %, kept 10 %, discarded 15 %, abandoned under 1 %, "
        "not looked at 5 %"
    )
    assert listed in words(picture)
    assert listed in picture.words
    assert [one[2] for one in picture.table.rows][:3] == ["50 %", "20 %", "10 %"]


def test_outcomes_are_told_without_colour() -> None:
    def lines(key: str) -> str:
        picture = svg.attention([("Now", ((key, 1.0),))])
        drawn = [one["d"] for one in shapes(picture, "path")][-2:]
        at = [re.findall(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", one) for one in drawn]
        steep = {
            (x1 == x2, y1 == y2, (float(x2) - float(x1)) * (float(y2) - float(y1)) > 0)
            for one in at
            for x1, y1, x2, y2 in one
        }
        return f"{sorted(steep)}"

    assert len({lines(key) for key in "pkd"}) == 3


def test_differences_are_intervals_around_zero() -> None:
    picture = svg.differences(
        compared(
            row("In use", Difference(-0.1, -0.3, 0.1, words="no difference we could see")),
            row("For show", Difference(0.15, 0.05, 0.25, outside_zero=True, words="differs")),
            row("Net time", Difference(None, -400.0, 1900.0, open_high=True, words="x"), "min"),
            row("Kept", Difference(words="not comparable: too few")),
            row("Tokens", Difference(5.0, exact=True), "tokens"),
            row("Sessions", None, "sessions"),
        )
    )
    bars = [
        (float(one["x1"]), float(one["x2"]))
        for one in shapes(picture, "line")
        if one["stroke"] == colours()["text"]
    ]
    middle, half = 220.0, 70.0
    assert bars[0] == pytest.approx((middle - half, middle + half / 3), abs=0.2)
    assert bars[1] == pytest.approx((middle + half / 6, middle + half * 5 / 6), abs=0.2)
    assert bars[2][1] == middle + half, "an open end goes to the edge"
    assert (dots(picture), arrows(picture)) == (2, 1)
    assert "Kept: not comparable: too few." in words(picture)
    assert [one[0] for one in picture.table.rows] == ["In use", "For show", "Net time", "Kept"]
    assert "For show: differs by +15 points (+5 to +25)." in picture.words


def test_nothing_to_compare_is_said() -> None:
    picture = svg.differences(compared())
    assert picture.words == "There is no estimated difference to show."
    assert "less" not in words(picture)


# all of them --------------------------------------------------------------------------------------

NUMBERS = st.none() | st.floats() | st.sampled_from([0.0, -1e300, 1e300, math.nan, math.inf])
ESTIMATES = st.none() | st.builds(
    net, NUMBERS, NUMBERS, NUMBERS, open_high=st.booleans(), reason=st.text(max_size=20),
)  # fmt: skip
WEEKS = st.lists(
    st.builds(
        make_week, st.integers(1, 53), ESTIMATES, attention=st.floats(0, 1e9),
        tokens=st.dictionaries(st.sampled_from([*FATES, "-"]), st.integers(0, 2**62)),
        estimated=st.dictionaries(st.just("u"), st.integers(0, 2**62)),
    ),
    max_size=14,
)  # fmt: skip


def holds(picture: Picture) -> None:
    root = checked(picture.svg)
    assert {str(one.tag).removeprefix(SPACE) for one in root.iter()} <= ALLOWED
    places = [one.attrib.get(name, "0") for one in root.iter() for name in PLACES]
    assert all(NUMBER.fullmatch(place) for place in places)
    lines = [one.attrib["d"] for one in root.iter(SPACE + "path")]
    assert all(re.fullmatch(r"[-MLaZ\d. ]+", line) for line in lines)
    assert root.attrib["viewBox"] == f"0 0 {picture.width} {picture.height}"
    assert root.attrib["height"] == str(picture.height)


@given(WEEKS, st.booleans())
def test_any_weeks_make_an_inert_drawing_and_the_same_one(weeks: list[Week], money: bool) -> None:
    picture = svg.paired(weeks, money=money)
    holds(picture)
    assert picture == svg.paired(weeks, money=money)


@given(st.text(), NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_any_text_stays_text(
    text: str, value: float | None, low: float | None, high: float | None, is_open: bool
) -> None:
    apart = Difference(value, low, high, open_high=is_open, words=text)
    finite = all(one is None or math.isfinite(one) for one in (value, low, high))
    if finite:
        holds(svg.differences(compared(row(text or "x", apart))))
    holds(svg.attention([(text, (("u", 0.5), (text, value if value is not None else 0.5)))]))


def test_markup_is_written_as_text() -> None:
    evil = '</text><script>alert(1)</script>"&<!--\u202e'
    picture = svg.attention([(evil, (("u", 1.0),))])
    holds(picture)
    assert '</text><script>alert(1)</script>"&<!--' in words(picture)


# the marks ----------------------------------------------------------------------------------------


@given(
    st.tuples(st.floats(0, 500), st.floats(0, 500)), st.floats(0, 100), st.floats(0, 100),
    st.sampled_from([(1, -1), (1, 1), (1, 0), (0, 1)]),
)  # fmt: skip
def test_a_hatch_ends_at_the_edges(
    at: tuple[float, float], width: float, height: float, along: tuple[float, float]
) -> None:
    for end in (end for line in hatch(at, width, height, along) for end in line):
        assert at[0] - 1e-6 <= end[0] <= at[0] + width + 1e-6
        assert at[1] - 1e-6 <= end[1] <= at[1] + height + 1e-6


def test_a_hatch_covers_the_whole_of_it() -> None:
    lines = hatch((10, 20), 40, 30, (1, -1))
    assert len(lines) == pytest.approx((40 + 30) / (4 * math.sqrt(2)), abs=1.5)


def test_ticks_are_round() -> None:
    assert count_ticks(38_000_000) == [
        (0, "0"), (1e7, "10 M"), (2e7, "20 M"), (3e7, "30 M"),
    ]  # fmt: skip
    assert count_ticks(1) == [(0, "0"), (1, "1")]
    assert minute_ticks(-400, 800) == [(-360, "−6 h"), (0, "0"), (360, "+6 h"), (720, "+12 h")]
    assert minute_ticks(0, 7)[-1] == (6, "+6 min")
    assert [clock(one) for one in (0, -95, 318, 90_000, 60)] == [
        "0", "−95 min", "+5.3 h", "+1,500 h", "+1 h",
    ]  # fmt: skip


def test_words_keep_to_their_width() -> None:
    assert runs(["a", "a", "", "b", "a"]) == [(0, 1, "a"), (3, 3, "b"), (4, 4, "a")]
    assert wrapped("one two three", text_width("one two")) == ["one two", "three"]
    cut = shortened("m" * 100_000, 60)
    assert cut.endswith("m…")
    assert text_width(cut) <= 60
