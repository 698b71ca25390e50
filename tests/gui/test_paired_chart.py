"""The paired chart: geometry, words, keys and mouse, with numbers counted by hand."""

from collections.abc import Callable, Iterator

import pyqtgraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_weeks import make_week, told, trend_of, usual
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tokenworth.domain.views import Trend
from tokenworth.gui.charts import sentences
from tokenworth.gui.charts.axes import (
    Run,
    count_ticks,
    label_step,
    moved_view,
    runs,
)
from tokenworth.gui.charts.bars import ESTIMATED, ORDER, bars_of, pixel_rects
from tokenworth.gui.charts.marks import Span
from tokenworth.gui.charts.paired import FEWEST_SLOTS, PairedChart
from tokenworth.gui.charts.screen import Scale
from tokenworth.gui.theme import Theme

Make = Callable[[Trend], PairedChart]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Iterator[Make]:
    """Show a trend in a chart of 1100 x 560."""
    kept: list[PairedChart] = []  # else the chart may be collected while it is being painted
    pyqtgraph.setConfigOption("mouseRateLimit", 0)  # a test's mouse is faster than a hand

    def build(trend: Trend) -> PairedChart:
        chart = PairedChart(theme)
        qtbot.addWidget(chart)
        kept.append(chart)
        chart.resize(1100, 560)
        chart.show_series(trend)
        chart.show()
        qtbot.waitExposed(chart)
        QApplication.processEvents()
        return chart

    yield build
    kept.clear()


def spot(chart: PairedChart, week: float, tokens: float) -> QPoint:
    """Return where a week and a count are on the view."""
    place = chart.plots.upper.mapViewToScene(QPointF(week, tokens))
    return QPoint(round(place.x()), round(place.y()))


# Geometry ----------------------------------------------------------------------------------------


def test_segments_stand_on_each_other_in_the_legend_s_order(make: Make) -> None:
    week = make_week(0, {"-": 40, "a": 3, "d": 5, "k": 2, "p": 7, "u": 11})
    chart = make(trend_of(week))
    told_bars = [(bar.fate, bar.bottom, bar.top) for bar in chart.segments()]
    assert told_bars == [
        ("u", 0, 11),
        ("p", 11, 18),
        ("k", 18, 20),
        ("d", 20, 25),
        ("a", 25, 28),
        ("-", 28, 68),
    ]


def test_bars_are_centred_on_their_week_and_do_not_touch() -> None:
    bars = bars_of(usual(3).weeks)
    assert [(bar.left + bar.right) / 2 for bar in bars if bar.fate == "u"] == [0, 1, 2]
    assert all(bar.right - bar.left < 1 for bar in bars)


def test_estimated_tokens_stand_beside_the_stack_and_are_added_to_nothing() -> None:
    week = make_week(0, {"u": 100}, estimated={"u": 30, "-": 20})
    stack, beside = bars_of([week])
    assert (stack.bottom, stack.top) == (0, 100)
    assert (beside.fate, beside.bottom, beside.top) == (ESTIMATED, 0, 50)
    assert beside.left > stack.right


def test_without_estimates_the_legend_leaves_them_out(make: Make) -> None:
    chart = make(usual(2))
    assert "estimated" not in chart.head.legend.accessibleDescription()
    chart.show_series(trend_of(make_week(0, {"u": 9}, estimated={"-": 3})))
    assert "≈ estimated" in chart.head.legend.accessibleDescription()


@given(
    st.lists(
        st.dictionaries(st.sampled_from(ORDER), st.integers(0, 10**12)), min_size=1, max_size=20
    )
)
def test_stacks_sum_up_to_what_was_recorded(counts: list[dict[str, int]]) -> None:
    weeks = [make_week(number, tokens) for number, tokens in enumerate(counts)]
    bars = bars_of(weeks)
    for number, tokens in enumerate(counts):
        mine = [bar for bar in bars if bar.week == number]
        assert max((bar.top for bar in mine), default=0) == sum(tokens.values())
        assert sum(bar.top - bar.bottom for bar in mine) == sum(tokens.values())


def test_pixels_are_whole_and_a_hairline_parts_tall_segments() -> None:
    bars = bars_of([make_week(0, {"u": 20, "d": 30})])
    rects = pixel_rects(bars, Scale(slot=50, unit=-1, left=100, foot=200))
    (used,), (discarded,) = rects["u"], rects["d"]
    assert (used.left(), used.width()) == (83, 34)
    assert (used.top(), used.height()) == (180, 20)
    assert (discarded.top(), discarded.height()) == (150, 29)


def test_a_week_that_burned_little_is_still_seen() -> None:
    bars = bars_of([make_week(0, {"u": 1}), make_week(1, {"u": 10**9})])
    rects = pixel_rects(bars, Scale(slot=50, unit=-1e-7, left=0, foot=200))
    assert [rect.height() for rect in rects["u"]] == [1, 100]


# Axes --------------------------------------------------------------------------------------------


def test_ticks_are_round_in_one_unit_from_zero() -> None:
    texts = [tick.text for tick in count_ticks(47_000_000, 3)]
    assert texts == ["0", "20 M", "40 M"]
    assert [tick.text for tick in count_ticks(1_200, 3)] == ["0", "0.5 k", "1 k"]
    assert [tick.text for tick in count_ticks(0, 3)] == ["0"]


@given(st.integers(2, 10**14), st.integers(1, 8))
def test_there_is_always_a_tick_besides_zero_and_none_above_the_data(top: int, most: int) -> None:
    ticks = count_ticks(top, most)
    assert len(ticks) >= 2
    assert ticks[-1].value <= top * (1 + 1e-9)
    assert len({tick.text for tick in ticks}) == len(ticks)


def test_week_names_are_thinned_until_they_fit() -> None:
    assert [label_step(slot, 24) for slot in (40, 20, 9, 3)] == [1, 2, 4, 13]


def test_equal_words_in_a_row_are_one_run() -> None:
    assert runs(["", "x", "x", "", "x", "y"]) == [Run(1, 2, "x"), Run(4, 4, "x"), Run(5, 5, "y")]


def test_the_view_follows_its_weeks() -> None:
    assert moved_view(["b", "c"], ["a", "b", "c"], (0.5, 1.5)) == (1.5, 2.5)
    assert moved_view(["b"], ["x"], (-0.5, 0.5)) is None


def test_the_three_plots_share_one_time_axis(make: Make) -> None:
    chart = make(usual())
    chart.plots.upper.setXRange(3, 9, padding=0)
    for box in (chart.plots.lower, chart.plots.strip):
        assert box.viewRange()[0] == pytest.approx([3, 9], abs=0.05)
    chart.plots.lower.setXRange(10, 20, padding=0)
    assert chart.view_range() == pytest.approx((10, 20), abs=0.05)


# Empty, one, gaps --------------------------------------------------------------------------------


def test_no_weeks_draw_nothing(make: Make) -> None:
    chart = make(trend_of())
    chart.grab()
    assert chart.segments() == []
    assert chart.current() is None
    chart.select(0)
    assert chart.selected is None
    assert chart.words() == "Nothing to draw yet."


def test_one_week_is_no_wall(make: Make) -> None:
    chart = make(usual(1))
    chart.grab()
    assert chart.view_range() == pytest.approx((-0.5, FEWEST_SLOTS - 0.5))
    assert len(chart.visible()) == 1


def test_a_gap_is_nothing_but_a_faint_word(make: Make) -> None:
    full = {"u": 5}
    chart = make(trend_of(make_week(0, full), make_week(1, gap=True), make_week(2, full)))
    chart.grab()
    assert {bar.week for bar in chart.segments()} == {0, 2}
    assert list(chart.plots.gaps._runs) == [Run(1, 1, "not known")]
    assert [week.looked_at for week in chart.plots.weeks._weeks] == [0.0, None, 0.0]


def test_weeks_nobody_looked_at_say_so_and_have_no_bounds(make: Make) -> None:
    chart = make(
        trend_of(
            make_week(0, {"-": 5}),
            make_week(1, {"-": 5}),
            make_week(2, {"u": 5}, answered=22, bounds=told(128, 310)),
            make_week(3, gap=True),
        )
    )
    assert list(chart.plots.unseen._runs) == [Run(0, 1, "none looked at")]
    assert list(chart.plots.bounds._spans) == [Span(2, 130 / 900, 850 / 900)]


def test_three_hundred_weeks_can_be_drawn(make: Make) -> None:
    chart = make(usual(300))
    chart.grab()
    assert len(chart.segments()) == 900


# Keys and mouse ----------------------------------------------------------------------------------


def test_arrows_move_the_selected_week(make: Make) -> None:
    chart = make(usual(5))
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.selected == 4
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.selected == 4
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.selected == 3
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.selected == 0
    assert [cursor.week for cursor in chart.plots.cursors] == [0, 0, 0]


def test_the_first_arrow_begins_at_the_last_week_with_answers(make: Make) -> None:
    weeks = usual(3).weeks
    chart = make(trend_of(*weeks, make_week(3, {"-": 9})))
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.selected == 2


def test_a_selected_week_is_read_out_in_exact_numbers(make: Make) -> None:
    chart = make(usual(3))
    chart.select(1)
    assert chart.readout.isVisible()
    lines = chart.readout.text().splitlines()
    assert lines[0] == "W52 · 22–28 Dec 2025"
    assert lines[1:5] == [
        "not looked at: 2,500,000",
        "discarded: 500,000",
        "used: 1,000,000",
        "new tokens: 4,000,000",
    ]
    assert "at list price, not a bill: $20.00" in lines
    assert "of it looked at: 20 %" in lines
    assert "of it in use: 14 % to 94 %" in lines
    assert chart.accessibleDescription() == chart.readout.text()


def test_plus_and_minus_zoom_around_the_selected_week_and_r_resets(
    make: Make,
) -> None:
    chart = make(usual())
    chart.select(10)
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    left, right = chart.view_range()
    assert right - left == pytest.approx(26 * 0.75)
    assert left < 10 < right
    QTest.keyClick(chart, Qt.Key.Key_Minus)
    assert chart.is_full()
    for _ in range(20):
        QTest.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.view_range()[1] - chart.view_range()[0] == pytest.approx(3)
    QTest.keyClick(chart, Qt.Key.Key_R)
    assert chart.view_range() == pytest.approx((-0.5, 25.5))


def test_the_view_never_leaves_the_data(make: Make) -> None:
    chart = make(usual())
    chart.plots.upper.setXRange(0, 5, padding=0)
    chart.plots.upper.translateBy(x=-50)
    assert chart.view_range() == pytest.approx((-0.5, 4.5))
    chart.plots.upper.scaleBy((100, 1))
    assert chart.is_full()


def test_a_week_selected_out_of_view_comes_into_view(make: Make) -> None:
    chart = make(usual())
    chart.plots.upper.setXRange(-0.5, 4.5, padding=0)
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.view_range() == pytest.approx((20.5, 25.5))


def test_the_wheel_zooms_time_only(make: Make) -> None:
    chart = make(usual())
    view = chart.plots.view
    heights = chart.plots.upper.viewRange()[1]
    place = QPointF(spot(chart, 12, 1_000_000))
    wheel = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert not chart.is_full()
    assert chart.plots.upper.viewRange()[1] == heights


def test_a_click_on_a_segment_picks_week_and_outcome(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    with qtbot.waitSignal(chart.picked) as picked:
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 2, 1_200_000)
        )
    assert picked.args == ["2026-W01", "d"]


def test_a_click_beside_the_bar_picks_the_whole_week(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    with qtbot.waitSignal(chart.picked) as picked:
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 2.42, 4_100_000)
        )
    assert picked.args == ["2026-W01", ""]


def test_a_click_into_a_gap_picks_nothing(make: Make, qtbot: QtBot) -> None:
    chart = make(trend_of(make_week(0, {"u": 9}), make_week(1, gap=True)))
    with qtbot.assertNotEmitted(chart.picked):
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 1, 3)
        )


def test_a_double_click_shows_all_weeks_again_and_opens_none(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    chart.plots.upper.setXRange(2, 8, padding=0)
    QApplication.processEvents()
    place = spot(chart, 5, 1_000_000)
    viewport = chart.plots.view.viewport()
    with qtbot.assertNotEmitted(chart.picked):
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
        left = Qt.MouseButton.LeftButton
        second = QMouseEvent(
            QEvent.Type.MouseButtonDblClick,
            QPointF(place),
            QPointF(viewport.mapToGlobal(place)),
            left,
            left,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, second)
        QTest.mouseRelease(viewport, left, pos=place)
    assert chart.is_full()
    assert not chart._waiting.isActive()


def test_a_click_while_zoomed_opens_when_no_second_one_came(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    chart.plots.upper.setXRange(2, 8, padding=0)
    chart._waiting.setInterval(1)
    QApplication.processEvents()
    with qtbot.waitSignal(chart.picked) as picked:
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 5, 500_000)
        )
    assert picked.args == ["2026-W04", "u"]


def test_enter_opens_the_selected_week(make: Make, qtbot: QtBot) -> None:
    chart = make(usual(3))
    with qtbot.assertNotEmitted(chart.picked):
        QTest.keyClick(chart, Qt.Key.Key_Return)
    chart.select(1)
    with qtbot.waitSignal(chart.picked) as picked:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert picked.args == ["2025-W52", ""]


def test_pointing_reads_out_and_leaving_stops(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    viewport = chart.plots.view.viewport()
    with qtbot.waitSignal(chart.pointed):
        QTest.mouseMove(viewport, spot(chart, 4, 1_000_000))
    week = chart.current()
    assert week is not None
    assert week.key == "2026-W03"
    assert chart.readout.text().startswith("W3 · 12–18 Jan 2026")
    chart._hover(None)
    assert not chart.readout.isVisible()


def test_new_numbers_keep_zoom_and_selection(make: Make) -> None:
    chart = make(trend_of(*usual().weeks[5:]))
    chart.select(3)
    kept = chart.weeks[3].key
    chart.plots.upper.setXRange(1.5, 7.5, padding=0)
    before = [week.key for week in chart.visible()]
    chart.show_series(usual())
    assert [week.key for week in chart.visible()] == before
    assert chart.selected is not None
    assert chart.weeks[chart.selected].key == kept


def test_everything_in_view_stays_everything(make: Make) -> None:
    chart = make(usual(20))
    chart.show_series(usual(26))
    assert len(chart.visible()) == 26


# Colours -----------------------------------------------------------------------------------------


def _colours(chart: PairedChart) -> set[str]:
    image: QImage = chart.grab().toImage()
    places = [spot(chart, 2, height) for height in (500_000, 1_250_000)]
    offset = chart.plots.view.pos()
    return {image.pixelColor(place + offset).name() for place in places}


def test_bars_change_with_the_theme(make: Make, theme: Theme) -> None:
    chart = make(usual())
    theme.changed.connect(chart.restyle)
    light = {theme.fate_colour("u").name(), theme.fate_colour("d").name()}
    assert _colours(chart) == light
    theme.set_look("dark")
    dark = {theme.fate_colour("u").name(), theme.fate_colour("d").name()}
    assert _colours(chart) == dark
    assert dark != light
    corner = chart.grab().toImage().pixelColor(chart.plots.view.pos() + QPoint(2, 2))
    assert corner.name() == theme.colour("surface").name()
    theme.set_look("light")


# Words and numbers -------------------------------------------------------------------------------


def test_the_tipping_mean_is_said_as_the_measures_say_it() -> None:
    week = usual(1).weeks[0]
    assert sentences.tipping_words(week) == (
        "You picked 22 sessions yourself; they sum to +310 min. If the 128 others average worse "
        "than −2.4 min each, the week is a loss. No estimate: none were drawn by chance."
    )
    assert sentences.bounds_words(week) == (
        "Between 14 % and 94 % of attention went into work now in use; the rest was not looked at."
    )


def test_nothing_has_no_sign() -> None:
    assert [sentences.signed_minutes(value, 1) for value in (0.0, -0.04, 0.25)] == [
        "0 min",
        "0 min",
        "+0.2 min",
    ]


def test_a_week_looked_at_in_full_has_no_others() -> None:
    week = make_week(0, {"u": 5}, sessions=1, answered=1, bounds=told(0, -12.0))
    said = sentences.tipping_words(week)
    assert said == "You looked at its 1 session; it sums to −12 min."


def test_a_week_without_answers_says_what_is_missing() -> None:
    week = make_week(0, {"-": 5}, sessions=7)
    assert sentences.bounds_words(week) == ""
    assert "None of its 7 sessions looked at" in sentences.tipping_words(week)


def test_coverage_is_counted_over_the_weeks_in_view() -> None:
    weeks = [
        make_week(0, {"u": 300}, sessions=40, answered=10, skipped=3, unpriced_share=0.1),
        make_week(1, {"-": 700}, sessions=60, missing_days=("2025-12-27", "2025-12-28")),
        make_week(2, gap=True),
    ]
    assert sentences.coverage_words(weeks) == (
        "Looked at: 10 of 100 sessions, 10 % of attention, 12 % of cost at list price; 3 skipped; "
        "3 % of tokens have no known price; nothing is known of 27 Dec–4 Jan."
    )


def test_many_gaps_are_named_from_the_latest() -> None:
    days = ("2026-01-03", "2026-01-05", "2026-01-09", "2026-02-01", "2026-02-02", "2026-02-10")
    assert sentences.gaps_words(days) == "9 Jan, 1–2 Feb, 10 Feb and 2 earlier days"


def test_the_chart_is_told_in_words_with_its_numbers(make: Make) -> None:
    chart = make(usual(4))
    said = chart.accessibleDescription()
    assert said == chart.words()
    assert "4 weeks, 2025-W51 to 2026-W02." in said
    assert "used 25 %, discarded 12 %, not looked at 62 %" in said
    assert "Looked at: 88 of 600 sessions" in said


def test_the_table_has_a_row_a_week_and_leaves_gaps_empty(make: Make) -> None:
    chart = make(trend_of(*usual(1).weeks, make_week(1, gap=True)))
    table = chart.table()
    assert all(len(row) == len(table.heads) for row in table.rows)
    first = dict(zip(table.heads, table.rows[0], strict=True))
    assert first["week"] == "2025-W51"
    assert first["from"] == "2025-12-15"
    assert first["new tokens"] == 4_000_000
    assert first["in use at least, %"] == pytest.approx(14.4444, abs=1e-3)
    assert first["tipping mean, min"] == pytest.approx(-2.421875)
    assert table.rows[1][:2] == ("2025-W52", "2025-12-22")
    assert set(table.rows[1][2:]) == {None}
