"""How forecasts and answers held: six sections, each estimate with its interval or its reason."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from made_charts import changes_with_theme, clicked, keeps_pictures, turn_wheel
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from showing import Show

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.trending import Calibration, Judgement
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts.calibration import CalibrationView
from tokenworth.gui.charts.calibration_layout import Scale, scale_of
from tokenworth.gui.charts.calibration_words import estimate_name
from tokenworth.gui.theme import Theme

Make = Callable[[Calibration], CalibrationView]
PAIRS = ((10.0, 20.0), (10.0, 20.0), (60.0, 45.0), (0.0, 3.274))


def shown(
    measure: str, key: str, unit: str, numbers: tuple[float | None, float, float], n: int = 24
) -> Estimate:
    value, low, high = numbers
    return Estimate(
        measure, key, unit, value, low, high, n, 10, f"{n} pairs of answers", "drawn", "Wilson-eff"
    )


def full() -> Calibration:
    kappa = shown("M14", "fate", "kappa", (0.91, 0.82, 0.96))
    same = shown("M14", "same_fate", "share", (0.65, 0.45, 0.81))
    fold = shown("M14", "by_hand_ratio", "fold", (2.81, 2.1, 3.9))
    bias = shown("M12", "bias_with_ai", "actual / forecast", (1.33, 1.19, 1.49))
    wide = shown("M20", "others", "share", (None, 0.05, 0.4))
    wide = msgspec.structs.replace(wide, reason="fewer than 80 % of those asked were answered")
    return Calibration(
        forecasts=Judgement("Forecasts", (bias,), ("24 took 1.33 times the forecast.",), PAIRS),
        reliability=Judgement(
            "Asked again", (kappa, same, fold), ("The same fate 13 of 20 times.",), PAIRS
        ),
        durability=Judgement(
            "Still in use",
            (
                shown("M15", "still_in_use", "share", (0.78, 0.6, 0.89)),
                not_enough("M15", "kept_then_used", "share", 4, 15),
            ),
            ("78 % is still in use.",),
        ),
        exploration=Judgement(
            "Exploring",
            (not_enough("M16", "learned_declared", "share", 3, 10),),
            tuple(f"Learned: number {at}" for at in range(9)),
        ),
        skill=Judgement(
            "Skill",
            tuple(not_enough("M17", key, "share", 6, 15) for key in ("opaque", "stretch")),
            ("not enough yet: 6 of 15",),
        ),
        others=Judgement("Others' time", (wide,), ()),
    )


def little() -> Calibration:
    def none(title: str, least: int) -> Judgement:
        reason = not_enough("M", "bias", "share", 2, least)
        return Judgement(title, (reason,), (reason.reason,), PAIRS)

    return Calibration(*(none(f"Section {at}", 10 + at) for at in range(6)))


@pytest.fixture
def make(show: Show, theme: Theme) -> Make:
    def build(value: Calibration) -> CalibrationView:
        view = show(CalibrationView(theme))
        view.show_data(value)
        return view

    return build


# What is shown -----------------------------------------------------------------------------------


def test_each_estimate_has_its_interval_answers_and_whole(make: Make) -> None:
    view = make(full())
    view.select_key(("row", "reliability", "fate"))
    assert view.readout.text().splitlines() == [
        "Asked again",
        "outcome, kappa: 0.91 (0.82–0.96)",
        "24 answers, drawn by chance, of 24 pairs of",
        "answers",
        "95 % interval, Wilson-eff",
    ]
    assert view.accessibleDescription() == view.readout.text()


def test_what_an_estimate_rests_on_stands_under_it(make: Make) -> None:
    texts = [text.text for section in make(full())._sections for text in section.texts]
    captions = [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]
    wanted = "24 answers, drawn by chance, of 24 pairs of answers; 95 % intervals."
    assert captions.count(wanted) == 4


def test_where_only_the_interval_may_be_said_there_is_no_point(make: Make) -> None:
    view = make(full())
    view.select_key(("row", "others", "others"))
    told = view.readout.text()
    assert "took others’ time: 5–40 %" in told
    assert "fewer than 80 % of those asked were answered" in told


def test_below_the_least_there_are_only_words(make: Make) -> None:
    view = make(little())
    assert all(not section.rows and not section.dots for section in view._sections)
    assert all(not section.axes for section in view._sections)
    said = view.text_alternative()
    for least in range(10, 16):
        assert said.count(f"ot enough yet: 2 of {least}") == 1
    assert "interval" not in said
    assert not any("10" in row for row in view.csv_rows() if "first answer" in row[1])


def test_one_that_is_missing_beside_others_says_how_many(make: Make) -> None:
    view = make(full())
    view.select_key(("row", "durability", "kept_then_used"))
    assert "kept, then used: not enough yet: 4 of 15" in view.readout.text()
    row = next(
        row
        for section in view._sections
        for row in section.rows
        if row.estimate.key == "kept_then_used"
    )
    assert row.scale is None


def test_all_six_sections_are_told_in_words(make: Make) -> None:
    said = make(full()).text_alternative()
    lines = said.splitlines()
    assert len(lines) == 6
    assert lines[0] == (
        "Forecasts. 24 took 1.33 times the forecast. actual to forecast, with ai: "
        "1.33 (1.19–1.49); 24 answers, drawn by chance, of 24 pairs of answers; "
        "95 % interval, Wilson-eff."
    )
    assert "still in use: 78 % (60–89 %)" in lines[2]
    assert lines[4] == "Skill. Not enough yet: 6 of 15."


def test_the_table_has_every_estimate_sentence_and_pair(make: Make) -> None:
    rows = make(full()).csv_rows()
    assert all(len(row) == len(rows[0]) for row in rows)
    kappa = ["Asked again", "outcome, kappa", "kappa", "0.91", "0.82", "0.96", "24", "10"]
    assert kappa in [row[:8] for row in rows]
    assert sum("Learned" in row[1] for row in rows) == 9
    assert ["Forecasts", "forecast, actual", "min", "", "60", "45"] in [row[:6] for row in rows]


def test_long_lists_are_cut_short_on_screen_only(make: Make) -> None:
    view = make(full())
    texts = [text.text for text in view._sections[3].texts]
    assert texts[-1] == "4 more in the table."
    assert "Learned: number 8." in view.text_alternative()


def test_an_arm_s_name_follows_the_measure_s() -> None:
    estimate = shown("M12", "within_factor_2_without_ai", "share", (0.5, 0.3, 0.7))
    assert estimate_name(estimate) == "within twofold, without ai"


# Geometry ----------------------------------------------------------------------------------------


def test_a_share_s_track_goes_from_none_to_all() -> None:
    scale = scale_of("share", [shown("M15", "x", "share", (0.5, 0.4, 0.6))])
    assert [scale.place(value) for value in (0, 0.25, 1)] == [0, 0.25, 1]


def test_a_factor_s_track_has_one_in_its_middle() -> None:
    scale = scale_of("factor", [shown("M12", "x", "fold", (1.3, 0.6, 1.9))])
    assert scale == Scale("factor", 0.5, 2.0)
    assert scale.place(1.0) == pytest.approx(0.5)
    assert scale.place(2.0) == pytest.approx(1.0)


def test_a_negative_kappa_has_its_place() -> None:
    scale = scale_of("number", [shown("M14", "x", "kappa", (0.1, -0.3, 0.5))])
    assert scale.place(0.0) == pytest.approx(0.5)


def test_equal_pairs_are_one_point_on_or_off_the_diagonal(make: Make) -> None:
    view = make(full())
    (dots,) = view._sections[0].dots
    assert dots.pairs == ((0.0, 3.274, 1), (10.0, 20.0, 2), (60.0, 45.0, 1))
    above, below = dots.place(10, 20), dots.place(60, 45)
    assert dots.rect.bottom() - above.y() > above.x() - dots.rect.left()
    assert dots.rect.bottom() - below.y() < below.x() - dots.rect.left()
    assert dots.place(0, 3).x() == pytest.approx(dots.rect.left())
    view.select_key(("dot", "forecasts", 1))
    assert view.readout.text().splitlines() == [
        "Forecasts",
        "forecast: 10 min",
        "actual: 20 min",
        "so often: 2",
    ]


@pytest.mark.parametrize("size", [(1100, 560), (780, 380), (420, 380)])
def test_sections_do_not_overlap_and_stay_in_their_room(make: Make, size: tuple[int, int]) -> None:
    view = make(full())
    view.resize(*size)
    rects = [section.rect for section in view._sections]
    for at, rect in enumerate(rects):
        assert rect.right() <= view.room.width()
        assert not any(rect.intersects(other) for other in rects[at + 1 :])


# Keys and mouse ----------------------------------------------------------------------------------


def test_arrows_go_down_a_section_and_scroll(make: Make) -> None:
    view = make(full())
    view.resize(780, 380)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.accessibleDescription().startswith("Forecasts")
    assert view.bar.value() == 0
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.bar.value() > 0
    spot = view.current()
    assert spot is not None
    assert view.place().contains(spot.shape.boundingRect().center())
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.current() != spot


def test_the_wheel_scrolls(make: Make) -> None:
    view = make(full())
    view.resize(780, 380)
    place = QPointF(200, 200)
    turn_wheel(view, place, up=False)
    assert view.bar.value() > 0
    view.resize(1400, 2000)
    assert view.bar.value() == 0
    assert not view.bar.isVisible()


def test_a_section_s_title_is_reached_and_its_words_told(make: Make) -> None:
    view = make(little())
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.accessibleDescription() == "Section 0\nNot enough yet: 2 of 10"
    assert not view.readout.isVisible()


def test_marks_open_the_sessions_they_are_about(make: Make, qtbot: QtBot) -> None:
    view = make(full())
    in_use = SessionQuery(fates=("u", "p"))
    assert clicked(view, qtbot, "row", "durability", "still_in_use") == in_use
    answered = SessionQuery(fates=("u", "p", "k", "d", "a"))
    assert clicked(view, qtbot, "row", "reliability", "fate") == answered
    view.select_key(("row", "forecasts", "bias_with_ai"))
    with qtbot.assertNotEmitted(view.opened):
        QTest.keyClick(view, Qt.Key.Key_Return)


def test_new_numbers_keep_the_selection(make: Make) -> None:
    view = make(full())
    view.select_key(("row", "reliability", "fate"))
    view.show_data(full())
    spot = view.current()
    assert spot is not None
    assert spot.key == ("row", "reliability", "fate")


# Empty, pictures, colours ------------------------------------------------------------------------


def test_nothing_is_said_in_words(make: Make) -> None:
    none = Judgement("", (), ())
    view = make(Calibration(none, none, none, none, none, none))
    view.grab()
    assert "First answer some sessions under Review" in view.text_alternative()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.selected is None


def test_a_picture_holds_what_is_scrolled_away_too(make: Make, tmp_path: Path) -> None:
    view = make(full())
    view.resize(780, 380)
    assert view.picture_size().height() > 500
    keeps_pictures(view, tmp_path, "took others’ time")


def test_colours_are_the_theme_s(make: Make, theme: Theme) -> None:
    changes_with_theme(make(full()), theme)
