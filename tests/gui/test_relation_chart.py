"""Tokens against value: marks, words first given attention, keys, mouse, and too few weeks."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pyqtgraph
import pytest
from made_weeks import correlation, net_of, relation_of, trend_of, with_net
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from showing import Show

from tokenworth.domain.trending import Relation
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts import relation_words
from tokenworth.gui.charts.net import NetBar
from tokenworth.gui.charts.relation import RelationChart
from tokenworth.gui.theme import Theme

Make = Callable[[Relation], RelationChart]


@pytest.fixture
def make(show: Show, theme: Theme) -> Make:
    """Show a relation in a chart of 1000 x 560."""
    pyqtgraph.setConfigOption("mouseRateLimit", 0)  # a test's mouse is faster than a hand

    def build(relation: Relation) -> RelationChart:
        chart = RelationChart(theme)
        chart.show_data(relation)
        return show(chart, 1000, 560)

    return build


def twelve() -> Relation:
    """Return twelve weeks whose tokens fall while time goes on; the fourth has no point."""
    nets = [net_of(60.0 * number, -200, 900) for number in range(12)]
    nets[3] = net_of(None, -400, 2000)
    weeks = [
        msgspec.structs.replace(week, tokens={"u": 1_000_000 * (12 - number)})
        for number, week in enumerate(with_net(nets).weeks)
    ]
    return relation_of(trend_of(*weeks))


def spot(chart: RelationChart, tokens: float, minutes: float) -> QPoint:
    """Return where tokens and minutes are on the view."""
    place = chart.plot.box.mapViewToScene(QPointF(tokens, minutes))
    return QPoint(round(place.x()), round(place.y()))


def test_the_correlation_given_attention_comes_first_then_the_raw_one_then_notes(
    make: Make,
) -> None:
    chart = make(twelve())
    assert chart.headline.text() == (
        "Tokens and net minutes: −0.12 (−0.67 to 0.52) once attention is equal, 12 weeks. "
        "This cannot show cause."
    )
    assert chart.raw.text() == "As they stand, attention not held equal: 0.08 (−0.52 to 0.63)."
    assert chart.notes.text().splitlines()[-1] == (
        "No interval here covers wrong by-hand times, wrong attention or missing imports."
    )
    heights = [label.mapTo(chart, QPoint(0, 0)).y() for label in (chart.headline, chart.raw)]
    assert heights == sorted(heights)
    assert chart.plot.view.mapTo(chart, QPoint(0, 0)).y() > heights[-1]


def test_every_week_has_its_bar_and_a_point_only_where_one_may_be_told(make: Make) -> None:
    chart = make(twelve())
    bars = list(chart.plot.net.bars)
    assert [bar.x for bar in bars] == [1_000_000.0 * number for number in range(1, 13)]
    assert bars[0] == NetBar(1_000_000, -200, 900, 660, open_high=False)
    assert bars[8] == NetBar(9_000_000, -400, 2000, None, open_high=False)


def test_fewer_than_ten_weeks_are_words_and_no_plot(make: Make) -> None:
    relation = twelve()
    seven = msgspec.structs.replace(
        relation,
        points=relation.points[:7],
        partial=correlation(None, 0, 0, 7),
        raw=correlation(None, 0, 0, 7),
        words="not enough yet: 7 of 10",
        notes=(),
    )
    chart = make(seven)
    assert chart.missing.isVisible()
    assert chart.missing.text() == "not enough yet: 7 of 10 weeks"
    assert not chart.plot.view.isVisible()
    assert not chart.headline.isVisible()
    assert chart.text_alternative() == ("Tokens against value: not enough yet: 7 of 10 weeks.")
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.selected is None
    chart.show_data(relation)
    assert chart.plot.view.isVisible()
    assert not chart.missing.isVisible()


def test_where_no_correlation_can_be_told_the_reason_stands_over_the_marks(make: Make) -> None:
    reason = "all 12 weeks lie in one order; how sure that is cannot be told"
    relation = twelve()
    untold = msgspec.structs.replace(
        relation.partial, value=None, low=None, high=None, reason=reason
    )
    chart = make(msgspec.structs.replace(relation, partial=untold, words=reason))
    assert chart.headline.text() == reason
    assert chart.plot.view.isVisible()
    assert len(chart.plot.net.bars) == 12


def test_right_and_left_go_from_mark_to_mark_by_tokens(make: Make) -> None:
    chart = make(twelve())
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    point = chart.current()
    assert point is not None
    assert point.new_tokens == 2_000_000
    assert chart.readout.isVisible()
    lines = chart.readout.text().splitlines()
    assert lines == [
        "W9 · 23 Feb–1 Mar 2026",
        "new tokens: 2,000,000",
        "attention: 15.0 h",
        "net time, as told: +10 h",
        "its 95 % interval: −3.3 h to +15 h",
        "from: 20 answers, drawn by chance",
    ]
    assert chart.accessibleDescription() == chart.readout.text()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.selected == 0
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.selected == 11
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.selected is None
    assert not chart.readout.isVisible()
    assert chart.accessibleDescription() == chart.text_alternative()


def test_enter_and_a_click_open_the_week_s_sessions(make: Make, qtbot: QtBot) -> None:
    chart = make(twelve())
    chart.select(0)
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == [SessionQuery(week="2026-W10")]
    viewport = chart.plot.view.viewport()
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot(chart, 12_000_000, 0))
    assert opened.args == [SessionQuery(week="2025-W51")]
    with qtbot.assertNotEmitted(chart.opened):
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot(chart, 5_500_000, 1900))


def test_pointing_at_a_bar_reads_it_out_and_leaving_stops(make: Make) -> None:
    chart = make(twelve())
    QTest.mouseMove(chart.plot.view.viewport(), spot(chart, 9_000_000, 1500))
    assert "net time, as told: cannot tell gain from loss" in chart.readout.text()
    assert chart.plot.net.marked == 8
    chart._hover(None)
    assert not chart.readout.isVisible()
    assert chart.plot.net.marked is None


def test_zoom_goes_both_ways_around_the_selected_mark_and_r_resets(make: Make) -> None:
    chart = make(twelve())
    assert chart.is_full()
    chart.select(5)
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    (left, right), (low, high) = chart.plot.box.viewRange()
    assert left < 6_000_000 < right
    assert low < chart.plot.net.bars[5].low + 1000 < high
    assert not chart.is_full()
    QTest.keyClick(chart, Qt.Key.Key_R)
    assert chart.is_full()


def test_a_mark_selected_out_of_view_comes_into_view(make: Make) -> None:
    chart = make(twelve())
    chart.plot.box.setRange(xRange=(0, 3_000_000), padding=0)
    QTest.keyClick(chart, Qt.Key.Key_End)
    left, right = chart.plot.box.viewRange()[0]
    assert left <= 12_000_000 <= right * 1.001
    assert chart.readout.isVisible()


def test_the_same_weeks_again_keep_zoom_and_selection(make: Make) -> None:
    chart = make(twelve())
    chart.select(4)
    chart.plot.box.setRange(xRange=(2_000_000, 8_000_000), padding=0)
    chart.show_data(twelve())
    assert chart.selected == 4
    assert chart.plot.box.viewRange()[0] == pytest.approx([2_000_000, 8_000_000])


def test_the_table_goes_by_time_and_csv_has_plain_numbers(make: Make) -> None:
    chart = make(twelve())
    rows = chart.csv_rows()
    assert rows[0][:3] == ["week", "new tokens", "attention, min"]
    assert rows[1][:6] == ["2025-W51", "12000000", "900", "0", "-200", "900"]
    assert rows[4][3:] == [
        "",
        "-400",
        "2000",
        "no",
        "20",
        "drawn by chance",
        "cannot tell gain from loss",
    ]
    assert len(rows) == 13


def test_the_plot_is_told_in_words_with_its_numbers(make: Make) -> None:
    said = make(twelve()).text_alternative()
    assert said.startswith("Tokens and net minutes: −0.12 (−0.67 to 0.52) once attention is equal")
    assert (
        "12 weeks are drawn, from 1.00 M new tokens in 2026-W10 to 12.0 M in 2025-W51; "
        "a point stands where one may be told, in 11 of them."
    ) in said


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_a_picture_holds_the_words_and_the_marks(make: Make, tmp_path: Path, suffix: str) -> None:
    chart = make(twelve())
    chart.set_caption(["Tokens against value", "12 weeks"], [])
    path = tmp_path / f"relation.{suffix}"
    chart.save(path)
    if suffix == "svg":
        text = path.read_text(encoding="utf-8")
        assert "once attention is equal" in text
        assert "wrong by-hand times" in text
        assert "new tokens a week" in text
    else:
        image = QImage(str(path))
        assert image.width() > 2 * chart.width()


def test_too_few_weeks_are_a_picture_of_words(make: Make, tmp_path: Path) -> None:
    chart = make(Relation((), correlation(None, 0, 0, 3), correlation(None, 0, 0, 3), "", ()))
    chart.save(tmp_path / "few.svg")
    assert "not enough yet: 3 of 10 weeks" in (tmp_path / "few.svg").read_text(encoding="utf-8")


def test_hyphens_become_minus_signs_only_before_numbers() -> None:
    assert relation_words.dressed("by-hand -0.5 (-1 to 2) of 2026-07") == (
        "by-hand −0.5 (−1 to 2) of 2026-07"
    )


def test_marks_change_with_the_theme(make: Make, theme: Theme) -> None:
    chart = make(twelve())
    theme.changed.connect(chart.restyle)

    def ink() -> str:
        place = spot(chart, 1_000_000, 660)
        return chart.plot.view.grab().toImage().pixelColor(place).name()

    assert ink() == theme.colour("text").name()
    theme.set_look("dark")
    assert ink() == theme.colour("text").name()
    theme.set_look("light")
