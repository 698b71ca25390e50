"""Where attention went: one scale, the unseen hatched, M3's share only with its interval."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import (
    changes_with_theme,
    clicked,
    keeps_pictures,
    move_mouse,
    share,
    spot_of,
    turn_wheel,
)
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from showing import Show

from tokenworth.domain.estimate import not_enough
from tokenworth.domain.trending import MixWeek
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts.mix import FEWEST_SLOTS, MixChart
from tokenworth.gui.charts.mix_layout import PURPOSES, lay_out
from tokenworth.gui.charts.spots import Key
from tokenworth.gui.theme import Theme

Make = Callable[[list[MixWeek]], MixChart]
SHARES = (share("in_use", 0.64, 0.45, 0.80), share("show", 0.12, 0.04, 0.29))
LITTLE = (not_enough("M3", "in_use", "share", 4, 10), not_enough("M3", "show", "share", 4, 10))


def week(number: int, *, enough: bool = True) -> MixWeek:
    """Return 100 minutes used, 40 discarded, 20 kept for show, 530 nobody looked at."""
    minutes = {"needed": {"u": 100.0, "d": 40.0}, "show": {"k": 20.0}}
    return MixWeek(f"2026-W{number:02d}", minutes, 530.0, SHARES if enough else LITTLE)


def weeks(count: int = 26) -> list[MixWeek]:
    return [week(number + 1) for number in range(count)]


@pytest.fixture
def make(show: Show, theme: Theme) -> Make:
    def build(shown: list[MixWeek]) -> MixChart:
        chart = show(MixChart(theme))
        chart.show_data(shown)
        return chart

    return build


def selected_key(chart: MixChart) -> Key | None:
    return None if chart.selected is None else chart.spots[chart.selected].key


# To scale ----------------------------------------------------------------------------------------


def test_a_week_stacks_its_outcomes_with_the_unseen_on_top(make: Make) -> None:
    laid = make(weeks(1))._laid
    assert laid is not None
    parts = [(one.fate, one.minutes, one.rect.height() / laid.scale) for one in laid.segments]
    assert parts == [
        ("u", 100, pytest.approx(100)),
        ("k", 20, pytest.approx(20)),
        ("d", 40, pytest.approx(40)),
        ("-", 530, pytest.approx(530)),
    ]
    feet = [one.rect.bottom() for one in laid.segments]
    assert feet == sorted(feet, reverse=True)


def test_each_purpose_has_a_row_of_the_same_scale(make: Make) -> None:
    chart = make(weeks(3))
    chart.rows.by_name["purposes"].click()
    laid = chart._laid
    assert laid is not None
    assert [row.key for row in laid.rows] == [*PURPOSES, "-"]
    for one in laid.segments:
        assert one.rect.height() == pytest.approx(one.minutes * laid.scale)
    assert {one.row for one in laid.segments if one.fate == "-"} == {"-"}


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(PURPOSES), st.floats(0, 5000)), st.floats(0, 5000)
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["together", "purposes"]),
)
def test_no_minute_is_lost_and_rows_do_not_overlap(
    made: list[tuple[dict[str, float], float]], view: str
) -> None:
    shown = [
        MixWeek(f"2026-W{at:02d}", {key: {"u": value} for key, value in parts.items()}, unseen, ())
        for at, (parts, unseen) in enumerate(made)
    ]
    room = QRectF(0, 0, 600, 300)
    laid = lay_out(shown, "purposes" if view == "purposes" else "together", room, (-0.5, 9.5))
    for at, one in enumerate(shown):
        told = sum(part.minutes for part in laid.segments if part.week == at)
        want = sum(sum(fates.values()) for fates in one.minutes.values()) + one.unseen
        assert told == pytest.approx(want)
    for above, below in pairwise(laid.rows):
        assert above.foot <= below.top
    assert all(part.rect.top() >= room.top() - 1e-6 for part in laid.segments)
    assert laid.rows[-1].foot <= room.bottom() + 1e-6


def test_nobody_looked_is_a_hatch_in_full(make: Make) -> None:
    chart = make([MixWeek("2026-W01", {}, 400.0, LITTLE)])
    laid = chart._laid
    assert laid is not None
    (segment,) = laid.segments
    assert (segment.fate, segment.minutes) == ("-", 400)
    image = chart.grab().toImage().copy(segment.rect.toRect())
    assert len({image.pixelColor(9, y).name() for y in range(20, 60)}) > 1


# Numbers -----------------------------------------------------------------------------------------


def test_a_week_is_read_out_with_the_share_and_its_interval(make: Make) -> None:
    chart = make(weeks(3))
    chart.select_key(("week", "2026-W02"))
    assert chart.readout.text().splitlines() == [
        "2026-W02",
        "looked at: 160 of 690 attention minutes, 23 %",
        "not looked at: 8 h 50 min",
        "discarded: 40 min",
        "kept: 20 min",
        "used: 1 h 40 min",
        "in use: 64 % (45–80 %)",
        "for show: 12 % (4–29 %)",
        "20 answers, drawn by chance, of 690 attention",
        "minutes of 150 sessions",
        "95 % interval, Wilson-eff",
    ]
    assert chart.accessibleDescription() == chart.readout.text()


def test_a_read_out_higher_than_its_chart_is_whole_and_goes_with_it(
    qtbot: QtBot, theme: Theme
) -> None:
    window, chart = QWidget(), MixChart(theme)
    qtbot.addWidget(window)
    window.resize(828, 480)
    chart.setParent(window)
    chart.setGeometry(0, 120, 828, 240)
    chart.show_data(weeks(26))
    window.show()
    chart.select_key(("week", "2026-W20"))
    box = chart.readout
    assert box.isVisible()
    assert box.height() > 180
    corner = box.mapTo(window, QPoint(0, 0))
    assert window.rect().contains(QRect(corner, box.size()))
    assert box.visibleRegion().boundingRect() == box.rect(), "nothing of it is cut off"
    assert box.width() < 400, "long words need no column of values beside them"
    chart.hide()
    assert not box.isVisible()
    chart.show()
    assert box.isVisible()


def test_a_part_is_read_out_with_coverage_and_estimate(make: Make) -> None:
    chart = make(weeks(3))
    chart.rows.by_name["purposes"].click()
    chart.select_key(("part", "2026-W02", "show", "k"))
    lines = chart.readout.text().splitlines()
    assert lines[:5] == [
        "2026-W02 · to be seen using AI",
        "kept: 20 min",
        "of the week’s attention: 3 %",
        "looked at: 160 of 690 attention minutes, 23 %",
        "in use, estimated: 64 % (45–80 %)",
    ]


def test_below_the_least_there_are_only_words(make: Make) -> None:
    chart = make([week(1, enough=False)])
    chart.select_key(("week", "2026-W01"))
    assert "in use: not enough yet: 4 of 10" in chart.readout.text()
    assert "interval" not in chart.readout.text()
    assert "64 %" not in chart.text_alternative()
    (row,) = chart.csv_rows()[1:]
    assert row[-1] == "not enough yet: 4 of 10"
    told = dict(zip(chart.csv_rows()[0], row, strict=True))
    assert told["in use, %"] == told["in use, low %"] == ""


def test_the_words_have_coverage_first_and_the_table_the_same_numbers(make: Make) -> None:
    chart = make(weeks(2))
    said = chart.text_alternative()
    assert said.startswith(
        "Attention, 2 weeks, 2026-W01 to 2026-W02: 320 of 1,380 minutes looked at, 23 %."
    )
    assert "By purpose: needed anyway 4 h 40 min, to be seen using AI 40 min." in said
    assert "By outcome: used 3 h 20 min, kept 40 min, discarded 1 h 20 min." in said
    assert said.endswith(
        "2026-W02: in use 64 % (45–80 %), for show 12 % (4–29 %); 20 answers, drawn by chance, "
        "of 690 attention minutes of 150 sessions; 95 % interval, Wilson-eff."
    )
    heads, first, second = chart.csv_rows()
    told = dict(zip(heads, first, strict=True))
    assert told["needed anyway, discarded, min"] == "40"
    assert told["not looked at, min"] == "530"
    assert told["attention, min"] == "690"
    assert (told["in use, %"], told["in use, low %"], told["in use, high %"]) == ("64", "45", "80")
    assert second[0] == "2026-W02"


# Keys and mouse ----------------------------------------------------------------------------------


def test_arrows_begin_at_the_last_week_with_answers(make: Make) -> None:
    chart = make([*weeks(3), MixWeek("2026-W04", {}, 90.0, ())])
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert selected_key(chart) == ("week", "2026-W03")
    QTest.keyClick(chart, Qt.Key.Key_Up)
    assert selected_key(chart) == ("part", "2026-W03", "all", "u")
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert selected_key(chart) == ("part", "2026-W02", "all", "u")
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert selected_key(chart) == ("week", "2026-W04")
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert selected_key(chart) == ("part", "2026-W01", "all", "-")


def test_plus_zooms_around_the_selected_week_and_r_resets(make: Make) -> None:
    chart = make(weeks())
    chart.select_key(("week", "2026-W11"))
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    left, right = chart.view_range()
    assert right - left == pytest.approx(26 * 0.75)
    assert left < 10 < right
    for _ in range(20):
        QTest.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.view_range()[1] - chart.view_range()[0] == pytest.approx(3)
    QTest.keyClick(chart, Qt.Key.Key_R)
    assert chart.is_full()
    assert selected_key(chart) == ("week", "2026-W11")


def test_a_week_out_of_view_comes_into_view(make: Make) -> None:
    chart = make(weeks())
    for _ in range(20):
        chart.zoom(0.5, 0)
    chart.select_key(("week", "2026-W26"))
    assert chart.view_range() == pytest.approx((22.5, 25.5))


def test_the_wheel_zooms_and_the_mouse_pans(make: Make, qtbot: QtBot) -> None:
    chart = make(weeks())
    place = spot_of(chart, "week", "2026-W13")
    turn_wheel(chart, place)
    assert not chart.is_full()
    left, right = chart.view_range()
    with qtbot.assertNotEmitted(chart.opened):
        QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=place.toPoint())
        for step in (20, 60, 100):
            move_mouse(chart, place + QPointF(step, 0), Qt.MouseButton.LeftButton)
        QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=place.toPoint() + QPoint(100, 0))
    moved_left, moved_right = chart.view_range()
    assert moved_right - moved_left == pytest.approx(right - left)
    assert moved_left < left
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert chart.is_full()


def test_a_click_opens_week_and_outcome(make: Make, qtbot: QtBot) -> None:
    chart = make(weeks(12))
    wanted = SessionQuery(week="2026-W02", fates=("d",))
    assert clicked(chart, qtbot, "part", "2026-W02", "all", "d") == wanted
    wanted = SessionQuery(week="2026-W02", fates=("-",))
    assert clicked(chart, qtbot, "part", "2026-W02", "all", "-") == wanted
    assert clicked(chart, qtbot, "week", "2026-W03") == SessionQuery(week="2026-W03")
    chart.rows.by_name["purposes"].click()
    wanted = SessionQuery(week="2026-W02", fates=("k",), purposes=("show",))
    assert clicked(chart, qtbot, "part", "2026-W02", "show", "k") == wanted
    wanted = SessionQuery(week="2026-W02", fates=("-",))
    assert clicked(chart, qtbot, "part", "2026-W02", "-", "-") == wanted


def test_enter_opens_what_is_selected_and_an_empty_week_opens_nothing(
    make: Make, qtbot: QtBot
) -> None:
    chart = make([week(1), MixWeek("2026-W02", {}, 0.0, ())])
    chart.select_key(("week", "2026-W02"))
    assert "no attention recorded" in chart.readout.text()
    with qtbot.assertNotEmitted(chart.opened):
        QTest.keyClick(chart, Qt.Key.Key_Return)
    chart.select_key(("week", "2026-W01"))
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == [SessionQuery(week="2026-W01")]


def test_new_numbers_keep_zoom_and_selection(make: Make) -> None:
    chart = make(weeks()[5:])
    chart.select_key(("week", "2026-W08"))
    chart.zoom(0.4)
    shown = chart.view_range()
    chart.show_data(weeks())
    assert chart.view_range() == pytest.approx((shown[0] + 5, shown[1] + 5))
    assert selected_key(chart) == ("week", "2026-W08")


# Empty, pictures, colours ------------------------------------------------------------------------


def test_one_week_is_no_wall(make: Make) -> None:
    assert make(weeks(1)).view_range() == pytest.approx((-0.5, FEWEST_SLOTS - 0.5))


def test_nothing_is_said_in_words(make: Make) -> None:
    chart = make([])
    chart.grab()
    assert "Nothing to draw yet" in chart.text_alternative()
    assert "under Sources" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.hovered is None
    assert chart.spot_at(QPointF(200, 200)) is None


def test_pictures_hold_the_chart(make: Make, tmp_path: Path) -> None:
    keeps_pictures(make(weeks(8)), tmp_path, "not looked at")


def test_colours_are_the_theme_s(make: Make, theme: Theme) -> None:
    changes_with_theme(make(weeks(8)), theme)
