"""The parts of Weeks: what cells say, periods on offer, marks, the chart of steadiness."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_comparisons import estimate, make_comparison, make_span, make_steady
from PySide6.QtCore import QDate, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.domain.comparison import Cell, Comparison, Difference, Row, Span
from tokenworth.domain.estimate import not_enough
from tokenworth.gui.charts.numbers import NumbersDialog
from tokenworth.gui.charts.steady import SteadyChart, is_drawn
from tokenworth.gui.charts.steady_plot import run_ends
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.choice import PeriodChoice
from tokenworth.gui.weeks.days import AroundDialog, DaysDialog
from tokenworth.gui.weeks.marks import draw_bar, draw_interval
from tokenworth.gui.weeks.model import lines_of
from tokenworth.gui.weeks.periods import Offer, around, bounds_of, in_order, offer_of
from tokenworth.gui.weeks.words import (
    Mark,
    cell_of,
    coverage_words,
    difference_of,
    difference_words,
    head_words,
    html_of,
    period_words,
    reaches,
)

TODAY = date(2025, 3, 12)  # a Wednesday, of week 11


def cell(row_key: str, at: int, comparison: Comparison | None = None) -> str:
    told = comparison or make_comparison()
    row = next(row for row in told.rows if row.key == row_key)
    return cell_of(row, at, told).text()


def difference(row_key: str, comparison: Comparison | None = None) -> str:
    told = comparison or make_comparison()
    row = next(row for row in told.rows if row.key == row_key)
    return difference_of(row, told, reaches(told.rows)).text()


def one_cell(made: Cell, unit: str, key: str = "x") -> str:
    row = Row("Got", key, "X", "", unit, (made,))
    return cell_of(row, 0, make_comparison(rows=(row,))).text()


@pytest.mark.parametrize(
    ("key", "first", "last", "apart"),
    [
        ("in_use", "65 % (44–81)", "58 % (36–77)", "−7 (−33 to 19) points"),
        ("show", "4 % (1–17)", "not enough yet: 7 of 10",
         "not comparable: too few answers in week 10"),
        ("net", "−1 h to +9 h", "−6 h to over +30 h", "cannot tell gain from loss"),
        ("after_work", "9 min (4–15)", "16 min (8–27)", "differs by 7 (1 to 19) min"),
        ("new_tokens", "18.2 M", "43.9 M", "+25.7 M exact"),
        ("cost", "$141", "$352 + 3 % unpriced", "+$211"),
        ("attention", "11.4 h (8.9–14.0)", "13.1 h (10.2–16.3)", "+1.7 h"),
        ("looked_at", "20 of 112", "18 of 148", ""),
    ],
)  # fmt: skip
def test_cells_say_value_interval_or_why_not(key: str, first: str, last: str, apart: str) -> None:
    assert (cell(key, 0), cell(key, 1), difference(key)) == (first, last, apart)


def test_the_value_is_dark_and_the_interval_is_not() -> None:
    told = make_comparison()
    row = next(row for row in told.rows if row.key == "in_use")
    runs = cell_of(row, 0, told).runs
    assert [(run.text, run.is_value) for run in runs] == [("65 %", True), (" (44–81)", False)]


def test_the_sentence_tells_all_that_stands_beside_an_estimate() -> None:
    told = make_comparison()
    row = next(row for row in told.rows if row.key == "in_use")
    assert cell_of(row, 0, told).sentence == (
        "In use, share of attention, Week 9: 65 % (44–81). 95 % interval, Wilson-eff. "
        "20 answers, drawn by chance. Of 690 attention minutes of 112 sessions."
    )
    assert difference_of(row, told, reaches(told.rows)).sentence == (
        "In use, share of attention, difference of Week 10 against Week 9: −7 (−33 to 19) points. "
        "95 % interval, adjusted for 6 comparisons. No difference we could see; smaller than "
        "about 22 points would be missed."
    )


def test_an_interval_without_a_value_says_why() -> None:
    told = make_comparison()
    row = next(row for row in told.rows if row.key == "net")
    assert "Cannot tell gain from loss." in cell_of(row, 1, told).sentence
    assert "−7 to over 32 h." in difference_of(row, told, reaches(told.rows)).sentence


def test_skipped_sessions_are_told_below_and_hatched_where_there_is_no_value() -> None:
    skipped = estimate(None, 0.3, 0.7, skips=(0.6, 0.2), reason="below 80 % answered")
    row = Row("Got", "x", "X", "", "share", (Cell(estimate=skipped),))
    shown = cell_of(row, 0, make_comparison(rows=(row,)))
    assert (shown.text(), shown.under) == ("30–70 %", "skipped ones: 20–60 %")
    assert shown.is_doubtful
    assert "By how skipped sessions are read: 60 % or 20 %." in shown.sentence


def test_where_all_were_asked_there_is_no_interval_to_show() -> None:
    whole = estimate(0.5, 0.5, 0.5, chosen="everything", interval="complete")
    assert one_cell(Cell(estimate=whole), "share") == "50 % all asked"


@pytest.mark.parametrize(
    ("made", "unit", "text"),
    [
        (Cell(), "tokens", "unknown"),
        (Cell(exact=0), "tokens", "0"),
        (Cell(low=2, high=40), "kWh", "between 2 and 40 kWh"),
        (Cell(exact=112, words="9 without a message"), "sessions", "112 · 9 without a message"),
        (Cell(exact=14, words="of 20 asked"), "sessions", "14 of 20 asked"),
        (Cell(estimate=estimate(0.004, 0.0, 0.03)), "share", "under 1 % (0–3)"),
        (Cell(estimate=estimate(30.0, 10.0, 50.0, "min")), "min", "30 min (10–50)"),
        (Cell(estimate=estimate(-0.2, -0.4, 0.1, "min")), "min", "−0.2 min (−0.4 to +0.1)"),
        (Cell(estimate=estimate(0.15, 0.05, 0.25)), "min per attention min", "9 min/h (3–15)"),
        (Cell(estimate=estimate(0.3668, 0.19, 1.17)), "factor", "0.37 × (0.19–1.17)"),
        (Cell(estimate=estimate(0.5, None, None)), "share", "not enough yet: 20 of 10"),
        (Cell(estimate=estimate(30.0, 10.0, 50.0, "min", open_high=True)), "min",
         "30 min (10 to over 50)"),
    ],
)  # fmt: skip
def test_odd_cells(made: Cell, unit: str, text: str) -> None:
    assert one_cell(made, unit) == text


@given(low=st.floats(0, 1), high=st.floats(0, 1), n=st.integers(0, 9))
def test_no_cell_prints_a_value_its_estimate_does_not_have(low: float, high: float, n: int) -> None:
    for made in (
        estimate(None, min(low, high), max(low, high)),
        not_enough("M3", "x", "share", n, 10),
    ):
        row = Row("Got", "x", "X", "", "share", (Cell(estimate=made),))
        shown = cell_of(row, 0, make_comparison(rows=(row,)))
        assert not any(run.is_value for run in shown.runs)
        assert shown.text()


def test_estimated_tokens_are_marked_as_such() -> None:
    row = Row(
        "Burned", "estimated_tokens", "Estimated tokens", "", "tokens",
        (Cell(exact=1_000_000, words="estimated"), Cell(exact=2_000_000, words="estimated")),
        Difference(1_000_000, exact=True),
    )  # fmt: skip
    told = make_comparison(rows=(row,))
    assert cell_of(row, 0, told).text() == "≈ 1.00 M estimated"
    assert difference_of(row, told, {}).text() == "≈ +1.00 M"


def test_a_bar_of_what_was_looked_at_says_so() -> None:
    bar = Cell(parts=(("u", 0.2), ("-", 0.8)), words="of what was looked at")
    row = Row("Got", "fates", "Where attention went", "", "share", (bar,))
    shown = cell_of(row, 0, make_comparison(rows=(row,)))
    assert shown.under == "of what was looked at"
    assert shown.sentence == (
        "Where attention went, Week 9: used 20 %, not looked at 80 %. Of what was looked at."
    )


def test_a_difference_outside_0_says_that_it_differs() -> None:
    row = Row("Got", "x", "X", "", "share", (), Difference(0.15, 0.03, 0.36, words="differs"))
    told = make_comparison(rows=(row,))
    assert difference_of(row, told, reaches((row,))).text() == "differs by 15 (3 to 36) points"


def test_coverage_names_its_period() -> None:
    told = make_comparison(coverage_words=("3 of 9 looked at.", "Week 10: none looked at."))
    assert coverage_words(told) == ["**Week 9**: 3 of 9 looked at.", "Week 10: none looked at."]


def test_a_run_that_goes_on_is_one_run() -> None:
    assert run_ends((7, 8, 9, 20)) == [(7, 9), (20, 20)]


def test_marks_of_one_unit_share_a_scale_and_an_open_end_does_not_stretch_it() -> None:
    share = (Row("Got", "a", "A", "", "share", (), Difference(-0.07, -0.33, 0.19)),
             Row("Got", "b", "B", "", "share", (), Difference(0.15, -0.03, 0.36)))  # fmt: skip
    open_ = Row("Got", "n", "N", "", "min", (), Difference(None, -400, 9e9, open_high=True))
    exact = Row("Burned", "t", "T", "", "tokens", (), Difference(5.0, exact=True))
    assert reaches((*share, open_, exact)) == {"share": 0.36, "min": 400}


def test_the_head_of_the_difference_says_which_against_which() -> None:
    assert difference_words(make_comparison(2)) == "Difference, 95 %, adjusted for 6 comparisons"
    assert difference_words(make_comparison(4)) == (
        "Difference, week 12 against week 9, 95 %, adjusted for 6 comparisons"
    )


def test_the_head_of_a_cut_period_says_so() -> None:
    span = make_span(11, days=3)
    assert head_words(make_span(10), TODAY, elapsed=False) == ("Week 10", "")
    assert head_words(span, TODAY, elapsed=False) == ("Week 11", "10–12 Mar, not over yet")
    assert head_words(span, TODAY, elapsed=True) == ("Week 11", "10–12 Mar only")


def test_only_our_own_marks_make_bold() -> None:
    assert html_of("**2** <b>x</b> & y") == "<b>2</b> &lt;b&gt;x&lt;/b&gt; &amp; y"


def test_what_was_burned_needs_coverage_and_an_outcome() -> None:
    told = make_comparison()
    groups = [line.group for line in lines_of(told) if line.row is None]
    assert groups == ["Burned", "Got", "How", "How sure"]
    without = tuple(row for row in told.rows if row.group != "Got")
    for bare in (
        msgspec.structs.replace(told, coverage_words=()),
        msgspec.structs.replace(told, rows=without),
    ):
        assert "Burned" not in {line.group for line in lines_of(bare)}


# Periods ------------------------------------------------------------------------------------------


def weeks(*numbers: int) -> tuple[Span, ...]:
    return tuple(make_span(number) for number in numbers)


def test_halves_and_months_come_from_the_weeks_there_are() -> None:
    offer = offer_of(weeks(11, 10, 9), TODAY)
    assert [half.key for half in offer.halves] == [
        "2025-W11a", "2025-W10b", "2025-W10a", "2025-W09b", "2025-W09a",
    ]  # fmt: skip
    assert offer.halves[1].name == "Thu–Sun of week 10"
    assert not offer.halves[0].whole
    assert [(month.key, month.name) for month in offer.months] == [
        ("2025-03", "March 2025"), ("2025-02", "February 2025"),
    ]  # fmt: skip
    assert offer.months[1].last_day == "2025-02-28"


def test_how_many_were_on_view_is_counted_honestly() -> None:
    offer = offer_of(tuple(make_span(number) for number in range(20, 0, -1)), date(2025, 5, 18))
    assert offer.picked_from(("2025-W19", "2025-W20")) == 1
    assert offer.picked_from(("2025-W07", "2025-W20")) == 1  # the same week a quarter ago
    assert offer.picked_from(("2025-W03", "2025-W20")) == 20
    assert offer.picked_from(("2025-03", "2025-04")) == len(offer.months)
    assert offer.picked_from(("2025-03-01..2025-03-09", "2025-04")) == 20
    few = offer_of(weeks(9), date(2025, 3, 2))
    assert few.picked_from(("2025-W09a", "2025-W09b")) == 2


def test_days_around_a_day_and_their_order() -> None:
    before, after = around(date(2025, 3, 1), 14, TODAY)
    assert (before.first_day, before.last_day) == ("2025-02-15", "2025-02-28")
    assert (after.first_day, after.last_day) == ("2025-03-01", "2025-03-14")
    assert (before.whole, after.whole) == (True, False)
    assert in_order((after, before)) == (before.key, after.key)
    assert period_words(before, TODAY) == "15–28 Feb"
    assert Offer().find(after.key, TODAY) == after


def test_a_period_ends_where_the_next_day_starts_in_the_persons_zone() -> None:
    zone = ZoneInfo("Europe/Berlin")
    start, end = bounds_of(make_span(13), zone)  # clocks go forward on its Sunday
    assert end - start == (7 * 24 - 1) * 3_600_000


# Choosing -----------------------------------------------------------------------------------------


@pytest.fixture
def choice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> PeriodChoice:
    monkeypatch.setattr("tokenworth.gui.weeks.choice.today", lambda: date(2025, 5, 18))
    made = PeriodChoice()
    qtbot.addWidget(made)
    made.offer([make_span(number) for number in range(20, 0, -1)])
    made.show()
    return made


def choose(choice: PeriodChoice, at: int | None, *texts: str) -> None:
    """Choose from a button's menu, menus in menus included."""
    menu = (choice.add if at is None else choice.buttons[at]).menu()
    choice.fill(menu, at)
    for text in texts:
        action = next(action for action in menu.actions() if action.text().startswith(text))
        menu = action.menu()
    assert action.isEnabled()
    action.trigger()


def test_it_begins_with_this_and_last_week(choice: PeriodChoice) -> None:
    assert choice.keys() == ("2025-W19", "2025-W20")
    assert [button.text() for button in choice.buttons] == [
        "Week 19 · 5–11 May", "Week 20 · 12–18 May",
    ]  # fmt: skip
    assert choice.picked_from() == 1


def test_a_newer_week_moves_the_usual_choice_and_no_other(choice: PeriodChoice) -> None:
    choice.offer([make_span(number) for number in range(21, 0, -1)])
    assert choice.keys() == ("2025-W20", "2025-W21")
    choice.choose(["2025-W03", "2025-W05"])
    choice.offer([make_span(number) for number in range(22, 0, -1)])
    assert choice.keys() == ("2025-W03", "2025-W05")
    choice.forget()
    choice.offer([make_span(2), make_span(1)])
    assert choice.keys() == ("2025-W01", "2025-W02")


def test_others_are_chosen_from_the_menus(qtbot: QtBot, choice: PeriodChoice) -> None:
    with qtbot.waitSignal(choice.changed):
        choose(choice, 0, "Week 12")
    assert choice.keys() == ("2025-W12", "2025-W20")
    choose(choice, 1, "Older weeks of 2025", "Week 3 ")
    assert choice.keys() == ("2025-W03", "2025-W12")
    choose(choice, None, "Half-weeks", "Mon–Wed of week 20")
    choose(choice, None, "Months", "February 2025")
    assert choice.keys() == ("2025-W03", "2025-02", "2025-W12", "2025-W20a")
    assert not choice.add.isVisible()
    choose(choice, 1, "Take it away")
    assert choice.keys() == ("2025-W03", "2025-W12", "2025-W20a")
    assert choice.add.isVisible()
    choose(choice, 0, "This and last week")
    assert choice.picked_from() == 1


def test_what_is_chosen_cannot_be_chosen_again_and_two_stay(choice: PeriodChoice) -> None:
    menu = choice.buttons[0].menu()
    choice.fill(menu, 0)
    by_text = {action.text(): action for action in menu.actions()}
    assert by_text["Week 19 · 5–11 May"].isChecked()
    assert not by_text["Week 20 · 12–18 May"].isEnabled()
    assert "Take it away" not in by_text
    choice.choose(["2025-W20", "2025-W20"])
    assert choice.keys() == ("2025-W19", "2025-W20")


def test_days_are_asked_for(qtbot: QtBot, choice: PeriodChoice) -> None:
    choose(choice, 1, "Any days")
    dialog = choice.findChild(DaysDialog)
    assert dialog is not None
    dialog.last.setDate(QDate(2025, 5, 1))
    assert not dialog.ok.isEnabled()
    assert dialog.told.text() == "The last day is before the first."
    dialog.first.setDate(QDate(2025, 4, 2))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert choice.keys() == ("2025-04-02..2025-05-01", "2025-W19")
    assert choice.buttons[0].text() == "2 Apr–1 May"


def test_before_and_after_a_day(choice: PeriodChoice) -> None:
    choose(choice, 0, "Before and after a day")
    dialog = choice.findChild(AroundDialog)
    assert dialog is not None
    dialog.day.setDate(QDate(2025, 4, 1))
    dialog.days.setValue(7)
    assert dialog.told.text() == "7 days before 2025-04-01, and 7 from that day on."
    dialog.ok.click()
    assert choice.keys() == ("2025-03-25..2025-03-31", "2025-04-01..2025-04-07")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_opens_and_chooses_by_keyboard(qtbot: QtBot, choice: PeriodChoice) -> None:
    choice.buttons[0].setFocus()
    qtbot.keyClick(choice.buttons[0], Qt.Key.Key_Space)
    menu = choice.buttons[0].menu()
    qtbot.waitUntil(menu.isVisible)
    for _ in range(4):  # newest first: week 20 is taken, so 19, 18, 17 and then 16
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert choice.keys() == ("2025-W16", "2025-W20")
    assert choice.buttons[0].text() == "Week 16 · 14–20 Apr"


def test_names_are_shortened_where_room_is_short(choice: PeriodChoice) -> None:
    assert choice.fit(2000) <= 2000
    assert choice.fit(choice.width_needed() - 1) > 0
    assert [button.text() for button in choice.buttons] == ["Week 19", "Week 20"]
    choice.fit(2000)
    assert choice.buttons[0].text() == "Week 19 · 5–11 May"


# Marks --------------------------------------------------------------------------------------------

Paint = Callable[[QPainter], None]


def painted(theme: Theme, size: tuple[int, int], paint: Paint) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(theme.colour("window"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def test_the_bar_has_its_outcomes_in_order_and_a_hatch_for_the_unseen(theme: Theme) -> None:
    parts = (("-", 0.5), ("a", 0.1), ("u", 0.4))
    image = painted(
        theme, (100, 15), lambda painter: draw_bar(painter, theme, QRect(0, 0, 100, 15), parts)
    )
    assert image.pixelColor(2, 2) == theme.fate_colour("u")
    assert image.pixelColor(43, 1) == theme.fate_colour("a")
    seen = {image.pixelColor(x, 7).name() for x in range(55, 99)}
    assert seen == {theme.colour("soft").name(), theme.fate_colour("-").name()}


def dark_columns(theme: Theme, image: QImage, row: int) -> list[int]:
    ink: QColor = theme.colour("text")
    return [x for x in range(image.width()) if image.pixelColor(x, row) == ink]


def test_the_interval_lies_on_its_scale_with_its_point(theme: Theme) -> None:
    mark = Mark(low=-0.25, high=0.5, value=0.25, open_high=False, reach=0.5)
    image = painted(
        theme,
        (121, 20),
        lambda painter: draw_interval(painter, theme, QRectF(10, 0, 100, 20), mark),
    )
    across = dark_columns(theme, image, 9)
    assert (across[0], across[-1]) == (35, 109)
    assert dark_columns(theme, image, 7)[0] == pytest.approx(84, abs=3)  # the dot alone is so high


def test_an_open_end_has_an_arrow_at_the_edge(theme: Theme) -> None:
    mark = Mark(low=-400, high=9e9, value=None, open_high=True, reach=400)
    image = painted(
        theme,
        (121, 20),
        lambda painter: draw_interval(painter, theme, QRectF(10, 0, 100, 20), mark),
    )
    across = dark_columns(theme, image, 9)
    assert across[0] == 10
    barbs = [x for x in range(121) if image.pixelColor(x, 6) != theme.colour("window")]
    assert min(x for x in barbs if x > 65) >= 103


# Steady -------------------------------------------------------------------------------------------


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> SteadyChart:
    made = SteadyChart(theme)
    qtbot.addWidget(made)
    made.resize(520, 240)
    made.show_series(make_steady())
    made.show()
    QApplication.processEvents()
    return made


def test_ten_weeks_are_needed_for_limits() -> None:
    assert is_drawn(make_steady(10))
    assert not is_drawn(make_steady(9))


def test_the_chart_reads_as_words_and_as_a_table(chart: SteadyChart) -> None:
    assert chart.text_alternative() == (
        "Net time, as told, 12 weeks, 2025-W10 to 2025-W21: mean +1.6 h, limits −1.3 h and +4.5 h. "
        "Nothing stands out."
    )
    assert chart.accessibleDescription() == chart.text_alternative()
    assert chart.table().rows[0] == ("2025-W10", 60.0, "")


def test_flags_have_words_and_a_shape(chart: SteadyChart) -> None:
    flagged = msgspec.structs.replace(make_steady(), outside=(3,), runs=(11,))
    before = chart.grab().toImage()
    chart.show_series(flagged)
    QApplication.processEvents()
    assert chart.grab().toImage() != before
    assert chart.key.text() == "\u25c7 outside the limits   \u2014 8 weeks on one side of the mean"
    assert [row[2] for row in chart.table().rows if row[2]] == [
        "outside the limits", "ends a run of 8 on one side of the mean",
    ]  # fmt: skip
    chart.select(3)
    assert chart.value.text() == "2025-W13: +2.5 h, outside the limits"


def test_weeks_are_reached_and_opened_by_keyboard(qtbot: QtBot, chart: SteadyChart) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.value.text() == "2025-W21: +2.7 h"
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription() == "2025-W20: +1.2 h"
    with qtbot.waitSignal(chart.picked) as picked:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert picked.args == ["2025-W20"]
    chart.show_series(make_steady())
    assert chart.selected == 10


def test_a_click_opens_the_nearest_week(qtbot: QtBot, chart: SteadyChart) -> None:
    place = chart.plot.upper.mapViewToScene(QPoint(0, 96))
    with qtbot.waitSignal(chart.picked) as picked:
        qtbot.mouseClick(
            chart.view.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint() + QPoint(1, 0)
        )
    assert picked.args == ["2025-W10"]


def test_the_chart_is_saved_with_its_words(chart: SteadyChart, tmp_path: Path) -> None:
    assert chart.save(tmp_path / "net") == tmp_path / "net.png"
    image = QImage(str(tmp_path / "net.png"))
    assert image.width() > chart.view.width()
    chart.save(tmp_path / "net.svg")
    drawing = (tmp_path / "net.svg").read_text("utf-8")
    assert chart.title.text() in drawing
    assert chart.told.text() in drawing
    assert "limits −1.3 h and +4.5 h" in drawing, "told to screen readers"


def test_the_numbers_open_in_a_dialog(chart: SteadyChart) -> None:
    chart.show_table()
    dialog = chart.findChild(NumbersDialog)
    assert isinstance(dialog, QWidget)
    dialog.close()
