"""The calendar: attention as height, what was looked at as fill, what is not known left open."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from made_charts import changes_with_theme, clicked, keeps_pictures, spot_of, turn_wheel
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from showing import Show

from tokenworth.domain.trending import Day
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts.calendar import CalendarChart
from tokenworth.gui.charts.calendar_words import day_lines
from tokenworth.gui.theme import Theme

Make = Callable[[list[Day]], CalendarChart]
MONDAY = date(2026, 1, 5)


def day(number: int, attention: float | None = 60.0, looked_at: float | None = 0.5) -> Day:
    """Return a day of 12 sessions, three quarters of what was looked at in use."""
    name = (MONDAY + timedelta(days=number)).isoformat()
    if attention is None:
        return Day(name, None, None, None, 0, None)
    return Day(name, attention, looked_at, 0.75 if looked_at else None, 12, 1_234_567)


@pytest.fixture
def make(show: Show, theme: Theme) -> Make:
    def build(days: list[Day]) -> CalendarChart:
        chart = show(CalendarChart(theme))
        chart.show_data(days, "UTC")
        return chart

    return build


def column_colours(chart: CalendarChart, number: int) -> list[str]:
    """Return the colours down the middle of a day's cell."""
    name = (MONDAY + timedelta(days=number)).isoformat()
    cell = next(cell for cell in chart._cells if cell.day.day == name)
    image = chart.grab().toImage()
    rect = cell.rect.toRect()
    return [
        image.pixelColor(rect.center().x(), y).name()
        for y in range(rect.top() + 2, rect.bottom() - 4)
    ]


# Cells -------------------------------------------------------------------------------------------


def test_height_is_attention_and_fill_is_what_was_looked_at(make: Make, theme: Theme) -> None:
    chart = make([day(0, 120, 1.0), day(1, 120, 0.5), day(2, 60, 1.0), day(3, 120, 0.0)])
    accent = theme.colour("accent").name()
    full, half, low, none = (column_colours(chart, at).count(accent) for at in range(4))
    assert half == pytest.approx(full / 2, abs=3)
    assert low == pytest.approx(full / 2, abs=3)
    assert none == 0
    hatch = theme.colour("unseen")
    assert hatch.name() in column_colours(chart, 3)
    assert hatch.name() not in column_colours(chart, 2)


def test_no_attention_and_nothing_known_look_different(make: Make, theme: Theme) -> None:
    chart = make([day(0, 0.0, None), day(1, None), day(2)])
    assert set(column_colours(chart, 0)) == {theme.colour("hair").name()}
    assert set(column_colours(chart, 1)) <= {
        theme.colour("window").name(),
        theme.colour("surface").name(),
        QColor(chart.palette().window().color()).name(),
    }


def test_tokens_change_no_colour(make: Make) -> None:
    few, many = (Day("2026-01-05", 60.0, 0.5, 0.5, 12, tokens) for tokens in (10, 10_000_000_000))
    first = make([few]).grab().toImage()
    assert make([many]).grab().toImage() == first


def test_days_stand_in_the_column_of_their_week(make: Make) -> None:
    chart = make([day(3), day(6), day(7)])
    assert [(spot.column, spot.row) for spot in chart.spots] == [(0, 3), (0, 6), (1, 0)]


# Words and numbers -------------------------------------------------------------------------------


def test_a_day_is_read_out_coverage_before_counts(make: Make) -> None:
    chart = make([day(0), day(1, None), day(2, 30, 0.0), day(3, 0.0, None)])
    chart.select(0)
    assert chart.readout.text().splitlines() == [
        "Mon 5 Jan 2026",
        "attention: 1 h",
        "of it looked at: 50 %",
        "of that in use: 75 %",
        "sessions: 12",
        "new tokens: 1,234,567",
    ]
    assert chart.accessibleDescription() == chart.readout.text()
    chart.select(1)
    assert chart.readout.text() == "Tue 6 Jan 2026\nnothing is known of this day"
    chart.select(2)
    assert "of that in use: none looked at" in chart.readout.text()


def test_the_words_sum_up_and_the_table_has_every_day(make: Make) -> None:
    chart = make([day(0), day(1, None), day(2, 120, 0.0)])
    assert chart.text_alternative() == (
        "Calendar of 3 days, 5–7 Jan 2026. Of 1 of them nothing is known. "
        "Attention: 3 h, 17 % of it looked at, and 75 % of that in use. 24 sessions. "
        "The fullest day is Wed 7 Jan 2026 with 2 h."
    )
    assert chart.csv_rows()[1:] == [
        ["2026-01-05", "60", "50", "75", "12", "1234567"],
        ["2026-01-06", "", "", "", "", ""],
        ["2026-01-07", "120", "0", "", "12", "1234567"],
    ]


def test_nothing_is_said_in_words(make: Make) -> None:
    for days in ([], [day(0, None), day(1, None)]):
        chart = make(days)
        chart.grab()
        assert "Nothing to draw yet" in chart.text_alternative()
        QTest.keyClick(chart, Qt.Key.Key_Right)
        assert chart.selected is None


# Keys and mouse ----------------------------------------------------------------------------------


def test_arrows_go_from_day_to_day(make: Make) -> None:
    chart = make([day(at) for at in range(21)])
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("Sun 25 Jan")
    QTest.keyClick(chart, Qt.Key.Key_Up)
    assert chart.accessibleDescription().startswith("Sat 24 Jan")
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("Sat 17 Jan")
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.accessibleDescription().startswith("Mon 5 Jan")
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription().startswith("Sun 25 Jan")


def test_a_day_opens_its_sessions_in_its_zone(make: Make, qtbot: QtBot) -> None:
    chart = make([day(0), day(1, None), day(2)])
    start = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp() * 1000)
    wanted = SessionQuery(start_ts=start, end_ts=start + 86_400_000)
    assert clicked(chart, qtbot, "day", "2026-01-05") == wanted
    chart.show_data([day(0)], "Europe/Vilnius")
    chart.select(0)
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    earlier = start - 2 * 3_600_000
    assert opened.args == [SessionQuery(start_ts=earlier, end_ts=earlier + 86_400_000)]


def test_a_day_of_which_nothing_is_known_opens_nothing(make: Make, qtbot: QtBot) -> None:
    chart = make([day(0), day(1, None)])
    with qtbot.assertNotEmitted(chart.opened):
        place = spot_of(chart, "day", "2026-01-06").toPoint()
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)


def test_the_system_s_zone_is_used_where_none_is_told(make: Make, qtbot: QtBot) -> None:
    chart = make([day(0)])
    chart.show_data([day(0)])
    query = clicked(chart, qtbot, "day", "2026-01-05")
    assert query.start_ts is not None
    assert query.end_ts is not None
    local = datetime.fromtimestamp(query.start_ts / 1000, UTC).astimezone()
    assert (local.day, local.hour, local.minute) == (5, 0, 0)


def test_many_weeks_are_scrolled_from_the_latest(make: Make) -> None:
    chart = make([day(at) for at in range(7 * 300)])
    shown, whole = chart.weeks_in_view()
    assert whole == 300
    assert shown < 70
    assert chart.range.text().startswith(f"{shown} of 300 weeks in view")
    assert chart._first == 300 - shown
    place = QPointF(chart._plot.center())
    turn_wheel(chart, place)
    assert chart._first == 299 - shown
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart._first == 0
    QTest.keyClick(chart, Qt.Key.Key_R)
    assert chart._first == 300 - shown


# Pictures, colours -------------------------------------------------------------------------------


def test_pictures_hold_the_chart(make: Make, tmp_path: Path) -> None:
    chart = make([day(at, 10.0 * (at % 9), at % 5 / 4) for at in range(60)])
    keeps_pictures(chart, tmp_path, "nothing known")


def test_colours_are_the_theme_s(make: Make, theme: Theme) -> None:
    changes_with_theme(make([day(at) for at in range(60)]), theme)


def test_a_day_that_waits_in_review_says_so() -> None:
    waiting = Day("2026-03-03", None, None, None, 3, None)
    assert [line.words for line in day_lines(waiting)] == [
        "hidden while its sessions wait in Review"
    ]  # fmt: skip
    unknown = Day("2026-03-03", None, None, None, 0, None)
    assert [line.words for line in day_lines(unknown)] == ["nothing is known of this day"]
