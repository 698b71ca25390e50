"""The paired chart: geometry, words, keys and mouse, with numbers counted by hand."""

from collections.abc import Callable

import msgspec
import pyqtgraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import turn_wheel
from made_weeks import few, make_week, net_of, share_of, told, trend_of, usual, with_net
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from showing import Show

from tokenworth.domain.estimate import hidden
from tokenworth.domain.views import SessionQuery, Trend
from tokenworth.gui.charts import net_words, sentences
from tokenworth.gui.charts.axes import (
    Run,
    count_ticks,
    label_step,
    moved_view,
    runs,
    time_ticks,
)
from tokenworth.gui.charts.bars import ESTIMATED, ORDER, bars_of, pixel_rects
from tokenworth.gui.charts.marks import Span
from tokenworth.gui.charts.net import NetBar, net_bar, net_range
from tokenworth.gui.charts.paired import FEWEST_SLOTS, PairedChart
from tokenworth.gui.charts.screen import Scale
from tokenworth.gui.theme import Theme

Make = Callable[[Trend], PairedChart]


@pytest.fixture
def make(show: Show, theme: Theme) -> Make:
    """Show a trend in a chart of 1100 x 560."""
    pyqtgraph.setConfigOption("mouseRateLimit", 0)  # a test's mouse is faster than a hand

    def build(trend: Trend) -> PairedChart:
        chart = PairedChart(theme)
        chart.show_data(trend)
        return show(chart)

    return build


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
    chart.show_data(trend_of(make_week(0, {"u": 9}, estimated={"-": 3})))
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
    assert chart.text_alternative() == "Nothing to draw yet."


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
    assert list(chart.plots.lane.unseen._runs) == [Run(0, 1, "none looked at")]
    assert list(chart.plots.lane.bounds._spans) == [Span(2, 130 / 900, 850 / 900)]


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
    turn_wheel(view.viewport(), place)
    assert not chart.is_full()
    assert chart.plots.upper.viewRange()[1] == heights


def test_a_click_on_a_segment_picks_week_and_outcome(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    with qtbot.waitSignal(chart.opened) as picked:
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 2, 1_200_000)
        )
    assert picked.args == [SessionQuery(week="2026-W01", fates=("d",))]


def test_a_click_beside_the_bar_picks_the_whole_week(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    with qtbot.waitSignal(chart.opened) as picked:
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 2.42, 4_100_000)
        )
    assert picked.args == [SessionQuery(week="2026-W01")]


def test_a_click_into_a_gap_picks_nothing(make: Make, qtbot: QtBot) -> None:
    chart = make(trend_of(make_week(0, {"u": 9}), make_week(1, gap=True)))
    with qtbot.assertNotEmitted(chart.opened):
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 1, 3)
        )


def test_a_double_click_shows_all_weeks_again_and_opens_none(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    chart.plots.upper.setXRange(2, 8, padding=0)
    QApplication.processEvents()
    place = spot(chart, 5, 1_000_000)
    viewport = chart.plots.view.viewport()
    with qtbot.assertNotEmitted(chart.opened):
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
    assert not chart.waiting.isActive()


def test_a_click_while_zoomed_opens_when_no_second_one_came(make: Make, qtbot: QtBot) -> None:
    chart = make(usual())
    chart.plots.upper.setXRange(2, 8, padding=0)
    chart.waiting.setInterval(1)
    QApplication.processEvents()
    with qtbot.waitSignal(chart.opened) as picked:
        QTest.mouseClick(
            chart.plots.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(chart, 5, 500_000)
        )
    assert picked.args == [SessionQuery(week="2026-W04", fates=("u",))]


def test_enter_opens_the_selected_week(make: Make, qtbot: QtBot) -> None:
    chart = make(usual(3))
    with qtbot.assertNotEmitted(chart.opened):
        QTest.keyClick(chart, Qt.Key.Key_Return)
    chart.select(1)
    with qtbot.waitSignal(chart.opened) as picked:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert picked.args == [SessionQuery(week="2025-W52")]


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
    chart.show_data(usual())
    assert [week.key for week in chart.visible()] == before
    assert chart.selected is not None
    assert chart.weeks[chart.selected].key == kept


def test_everything_in_view_stays_everything(make: Make) -> None:
    chart = make(usual(20))
    chart.show_data(usual(26))
    assert len(chart.visible()) == 26


# Net time ----------------------------------------------------------------------------------------


def test_net_time_has_a_bar_a_week_and_a_point_only_where_one_may_be_told(make: Make) -> None:
    nets = [net_of(318, 42, 606), net_of(None, -360, 1200), few(5), None]
    chart = make(with_net(nets))
    lane = chart.plots.lane
    assert list(lane.net.bars) == [
        NetBar(0, 42, 606, 318, open_high=False),
        NetBar(1, -360, 1200, None, open_high=False),
    ]
    assert list(lane.few._runs) == [Run(2, 2, "5 of 12")]
    assert list(lane.undrawn._runs) == [Run(3, 3, "none drawn")]
    assert list(lane.bounds._spans) == []


def test_a_week_whose_queue_is_open_is_not_shown_and_says_why_when_read_out(make: Make) -> None:
    chart = make(with_net([net_of(318, 42, 606), hidden(net_of(100, 20, 300), 3)]))
    assert list(chart.plots.lane.few._runs) == [Run(1, 1, "not shown")]
    chart.select(1)
    said = chart.readout.text()
    assert "net time, as told: hidden while its queue is open: 3 to go" in said
    assert "+5 h" not in said


def test_while_no_net_time_may_be_shown_the_bounds_stay(make: Make) -> None:
    chart = make(with_net([None, few(5)]))
    lane = chart.plots.lane
    assert [span.week for span in lane.bounds._spans] == [0, 1]
    assert lane.titles()[0][0] == "Share of attention now in use, at least and at most"
    assert list(lane.net.bars) == []
    assert list(lane.few._runs) == []


def test_an_open_upper_limit_takes_no_room_on_the_axis_and_ends_at_three_times_attention() -> None:
    opened = net_bar(0, net_of(None, -300, 9000, open_high=True), 900)
    assert opened == NetBar(0, -300, 2700, None, open_high=True)
    closed = NetBar(1, -100, 500, 200, open_high=False)
    low, high = net_range([opened, closed])
    assert (low, high) == pytest.approx((-300 - 56, 500 + 56))
    assert net_range([]) == (-60, 60)
    assert net_range([opened])[1] > 2700


def test_all_asked_is_a_point_without_a_bar() -> None:
    asked = msgspec.structs.replace(net_of(120, 120, 120), chosen="everything", interval="complete")
    assert net_bar(0, asked, 900) == NetBar(0, 120, 120, 120, open_high=False)
    said = net_words.net_sentence(asked, 900)
    assert said == (
        "Net time +2 h, as told; 20 answers, all were asked, "
        "for 900 attention minutes of 150 sessions."
    )


def _ink(chart: PairedChart, week: int, minutes: float) -> bool:
    """Return whether something dark is painted three pixels beside a bar's middle."""
    place = chart.plots.lower.mapViewToScene(QPointF(week, minutes))
    image = chart.plots.view.grab().toImage()
    beside = image.pixelColor(round(place.x()) + 3, round(place.y()))
    return beside.lightness() < 128


def test_the_point_is_painted_at_its_value_and_none_where_there_is_no_value(make: Make) -> None:
    chart = make(with_net([net_of(300, -100, 700), net_of(None, -100, 700)] * 5))
    assert _ink(chart, 0, 300)
    assert not _ink(chart, 0, 500)
    assert not _ink(chart, 1, 300)


def test_net_time_and_tokens_share_one_time_axis(make: Make) -> None:
    chart = make(with_net([net_of(300, -100, 700)] * 20))
    chart.plots.lower.setXRange(3, 9, padding=0)
    assert chart.view_range() == pytest.approx((3, 9), abs=0.05)
    assert chart.plots.lower.viewRange()[1][0] < -100
    assert chart.plots.lower.viewRange()[1][1] > 700


def test_ticks_of_time_are_round_hours_with_their_sign() -> None:
    assert [tick.text for tick in time_ticks(-400, 760, 4)] == ["−6 h", "0", "+6 h", "+12 h"]
    assert [tick.text for tick in time_ticks(-12, 25, 4)] == ["−10 min", "0", "+10 min", "+20 min"]
    assert [tick.text for tick in time_ticks(-200, 20_000, 4)] == ["0", "+120 h", "+240 h"]


@given(st.floats(-1e6, -1), st.floats(1, 1e6), st.integers(1, 12))
def test_there_is_always_a_tick_of_time_besides_zero(low: float, high: float, most: int) -> None:
    ticks = time_ticks(low, high, most)
    assert 0 in {tick.value for tick in ticks}
    assert len(ticks) >= 2
    assert all(low - 1e-6 <= tick.value <= high + 1e-6 for tick in ticks)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (-0.4, "0 min"), (95, "+95 min"), (-318, "−5.3 h"), (660, "+11 h")],
)
def test_net_time_is_said_in_minutes_or_hours(minutes: float, text: str) -> None:
    assert net_words.net_minutes(minutes) == text


def test_a_week_of_net_time_is_read_out_with_all_it_rests_on(make: Make) -> None:
    trend = with_net([net_of(318, 42, 606), net_of(None, -360, 2800, open_high=True), few(5)])
    weeks = [
        msgspec.structs.replace(trend.weeks[0], in_use=share_of(0.64, 0.45, 0.8)),
        *trend.weeks[1:],
    ]
    chart = make(trend_of(*weeks))
    chart.select(0)
    lines = chart.readout.text().splitlines()
    assert "of it in use: 64 % (45 to 80 %)" in lines
    assert lines[-3:] == [
        "net time, as told: +5.3 h",
        "its 95 % interval: +42 min to +10 h",
        "from: 20 answers, drawn by chance",
    ]
    chart.select(1)
    assert "net time, as told: cannot tell gain from loss" in chart.readout.text()
    assert "its 95 % interval: −6 h to more than +45 h" in chart.readout.text()
    chart.select(2)
    assert "net time, as told: not enough yet: 5 of 12" in chart.readout.text()
    assert "a loss if the others average under: −2.4 min" in chart.readout.text()


def test_a_week_is_told_with_its_interval_or_as_the_bounds_allow() -> None:
    known = make_week(
        0,
        {"u": 9},
        answered=20,
        net=net_of(318, 42, 606),
        in_use=share_of(0.64, 0.45, 0.8),
    )
    assert sentences.week_words(known) == [
        (
            "Net time +5.3 h (+42 min to +10 h), as told; 20 answers, drawn by chance, "
            "for 900 attention minutes of 150 sessions."
        ),
        "64 % (45 to 80 %) of attention went into work now in use; 20 answers, drawn by chance.",
    ]
    wide = msgspec.structs.replace(known, net=net_of(None, -360, 1800), in_use=None)
    assert sentences.week_words(wide)[0].startswith(
        "Net time −6 h to +30 h, as told: cannot tell gain from loss; 20 answers, "
    )
    five = msgspec.structs.replace(usual(1).weeks[0], net=few(5))
    assert sentences.week_words(five)[1].endswith("No estimate: not enough yet: 5 of 12.")


def test_skipped_sessions_leave_two_readings_and_no_point() -> None:
    skipped = net_of(None, -60, 400, skips=(196, -58))
    bar = net_bar(0, skipped, 900)
    assert bar is not None
    assert bar.skips == (196, -58)
    assert net_words.skips_words(skipped) == (
        "By how skipped sessions are read: +3.3 h or −58 min."
    )


def test_the_table_holds_net_time_and_why_there_is_none(make: Make) -> None:
    chart = make(with_net([net_of(318, 42, 606), few(5), None]))
    table = chart.table()
    first, second, third = (dict(zip(table.heads, row, strict=True)) for row in table.rows)
    assert (first["net time as told, min"], first["its 95 % interval to, min"]) == (318, 606)
    assert first["upper limit is open"] == "no"
    assert first["answers it rests on"] == 20
    assert second["net time as told, min"] is None
    assert second["why not more is said"] == "not enough yet: 5 of 12"
    assert third["answers it rests on"] is None
    rows = chart.csv_rows()
    assert [len(row) for row in rows] == [len(table.heads)] * 4
    assert "Net time as told, with its interval, is shown for 1 of 3 weeks." in (
        chart.text_alternative()
    )


def test_how_many_were_drawn_stands_in_the_coverage() -> None:
    week = make_week(0, {"u": 9}, sessions=40, answered=10)
    drawn = msgspec.structs.replace(
        week, coverage=msgspec.structs.replace(week.coverage, drawn=8, left=3, late=2)
    )
    assert sentences.coverage_words([drawn]) == (
        "Looked at: 10 of 40 sessions, 8 of them drawn by chance, 20 % of attention, "
        "25 % of cost at list price; 3 still in the queue, 2 came late."
    )


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
    assert said == chart.text_alternative()
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
