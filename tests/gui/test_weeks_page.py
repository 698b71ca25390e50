"""The place Weeks: periods side by side, coverage first, by mouse and by keyboard."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from fake import FakeLibrary
from made_comparisons import make_comparison, make_span, make_steady
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolTip, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from showing import ShownPage

from tokenworth.domain.comparison import Cell, Comparison, Row, Span
from tokenworth.domain.estimate import not_enough
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.pages.weeks import WeeksPage
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.cells import SHOWN_ROLE

OpenAsks = Callable[[FakeLibrary], Asks]
WEEKS = [make_span(number) for number in range(10, 0, -1)]
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class WeeksLibrary(FakeLibrary):
    """A store with the weeks and the comparison a test gives it; remembers what was asked."""

    zone = ZoneInfo("Europe/Berlin")

    def __init__(self, told: Comparison | Exception, weeks: Sequence[Span]) -> None:
        super().__init__()
        self.told = told
        self.weeks = weeks
        self.compared: list[tuple[tuple[str, ...], bool, int]] = []
        self.may_answer = threading.Event()
        self.may_answer.set()

    def spans(self) -> list[Span]:
        """Return the test's weeks."""
        return list(self.weeks)

    def compare(
        self, keys: Sequence[str], *, elapsed: bool = False, picked_from: int = 1
    ) -> Comparison:
        """Return the test's comparison, or fail as it says."""
        self.compared.append((tuple(keys), elapsed, picked_from))
        self.may_answer.wait(5)
        if isinstance(self.told, Exception):
            raise self.told
        return self.told


class Place(ShownPage):
    """The page over a made store."""

    page: WeeksPage
    rounds = 2

    def __init__(
        self,
        qtbot: QtBot,
        open_asks: OpenAsks,
        theme: Theme,
        told: Comparison | Exception,
        weeks: Sequence[Span],
    ) -> None:
        self.library = WeeksLibrary(told, weeks)
        asks = open_asks(self.library)
        self.faults: list[object] = []
        asks.failed.connect(self.faults.append)
        super().__init__(qtbot, asks, theme, WeeksPage)

    def column(self, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[str]:
        """Return what a column of the table says."""
        model = self.page.table.weeks
        return [str(model.index(row, column).data(role) or "") for row in range(model.rowCount())]


Make = Callable[..., Place]


@pytest.fixture
def place(
    qtbot: QtBot, open_asks: OpenAsks, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Make]:
    kept: list[Place] = []  # else the page may be collected while it is being painted
    for module in ("weeks.choice", "pages.weeks"):
        monkeypatch.setattr(f"tokenworth.gui.{module}.today", lambda: date(2025, 3, 9))

    def build(
        told: Comparison | Exception | None = None, weeks: Sequence[Span] = tuple(WEEKS)
    ) -> Place:
        kept.append(Place(qtbot, open_asks, theme, told or make_comparison(), weeks))
        return kept[-1]

    yield build
    for one in kept:
        one.library.may_answer.set()
    kept.clear()


def test_it_begins_with_this_and_last_week_picked_from_nothing(place: Make) -> None:
    here = place()
    assert here.library.compared == [(("2025-W09", "2025-W10"), False, 1)]
    assert [button.text() for button in here.page.choice.buttons] == [
        "Week 9 · 24 Feb–2 Mar", "Week 10 · 3–9 Mar",
    ]  # fmt: skip


def test_rows_stand_in_the_order_of_their_groups(place: Make) -> None:
    here = place()
    assert here.column(0) == [
        "Burned", "New tokens (input, cache write, output)", "At list price (not a bill)",
        "Got", "Where attention went", "In use, share of attention",
        "For show, share of attention", "Net time, as told", "After-work per hour of attention",
        "How", "Attention", "How sure", "Looked at",
    ]  # fmt: skip
    assert here.column(2)[5:8] == [
        "58 % (36–77)", "not enough yet: 7 of 10", "−6 h to over +30 h",
    ]  # fmt: skip


def test_coverage_stands_above_every_number(place: Make) -> None:
    page = place().page
    assert page.body.coverage.text() == (
        "Looked at: week 9 <b>20 of 112</b> sessions.<br>"
        "Looked at: week 10 <b>20 of 112</b> sessions."
    )
    coverage, table = (
        widget.mapTo(page, QPoint(0, 0)).y() for widget in (page.body.coverage, page.table)
    )
    assert coverage < table


def test_the_sentence_is_bold_where_it_says_so_and_plain_to_a_screen_reader(place: Make) -> None:
    sentence = place().page.body.sentence
    assert sentence.text() == "You used <b>2.4 times the tokens</b> in &lt;week&gt; 10."
    assert sentence.accessibleName() == "You used 2.4 times the tokens in <week> 10."


def test_no_word_judges_and_no_arrow_points_up_or_down(place: Make) -> None:
    here = place()
    said = " ".join(
        text
        for column in range(4)
        for role in (Qt.ItemDataRole.DisplayRole, ACCESSIBLE)
        for text in here.column(column, role)
    ).lower()
    assert not any(word in said for word in ("better", "worse", "↑", "↓", "▲", "▼", "improve"))


def test_every_cell_says_a_sentence_and_the_model_is_sound(
    place: Make, qtmodeltester: ModelTester
) -> None:
    here = place()
    model = here.page.table.weeks
    qtmodeltester.check(model)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            assert model.is_group(row) or index.data(ACCESSIBLE)
    assert model.index(5, 1).data(Qt.ItemDataRole.ToolTipRole).startswith("<qt>In use, share")


def test_no_cell_prints_a_value_its_estimate_does_not_have(place: Make) -> None:
    here = place()
    model, rows = here.page.table.weeks, {row.key: row for row in make_comparison().rows}
    for at in range(model.rowCount()):
        row = rows.get(model.key_at(at))
        for column, cell in enumerate(row.cells if row else (), 1):
            if cell.estimate is not None and cell.estimate.value is None:
                shown = model.index(at, column).data(SHOWN_ROLE)
                assert not any(run.is_value for run in shown.runs)


def test_a_screen_reader_finds_table_cells_and_heads(place: Make) -> None:
    table = place().page.table
    spoken = QAccessible.queryAccessibleInterface(table)
    assert spoken.role() is QAccessible.Role.Table
    names = [spoken.child(at).text(QAccessible.Text.Name) for at in range(spoken.childCount())]
    assert "Week 9" in names
    assert any(name.startswith("In use, share of attention, Week 9: 65 %") for name in names)
    assert "Got: In use, share of attention" in names


def test_arrow_keys_go_over_cells_and_pass_over_the_names_of_groups(place: Make) -> None:
    here = place()
    table = here.page.table
    table.setFocus()
    table.setCurrentIndex(table.weeks.index(2, 1))
    here.qtbot.keyClick(table, Qt.Key.Key_Down)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (4, 1)
    here.qtbot.keyClick(table, Qt.Key.Key_Right)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (4, 2)


def test_the_page_scrolls_with_the_keys_and_the_head_stays_in_sight(place: Make) -> None:
    here = place()
    page, table = here.page, here.page.table
    page.resize(828, 360)
    QApplication.processEvents()
    page.activateWindow()
    table.setFocus()
    here.qtbot.waitUntil(table.hasFocus)
    table.setCurrentIndex(table.weeks.index(1, 1))
    for _ in range(8):
        here.qtbot.keyClick(table, Qt.Key.Key_Down)
    head = table.head.mapTo(page.area.viewport(), QPoint(0, 0)).y()
    cell = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(page.area.viewport(), cell.topLeft()).y()
    assert head == 0
    assert head + table.head.height() <= top + 1
    assert top + cell.height() <= page.area.viewport().height()
    for _ in range(6):
        here.qtbot.keyClick(table, Qt.Key.Key_Up)
    cell = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(page.area.viewport(), cell.topLeft()).y()
    head = table.head.mapTo(page.area.viewport(), QPoint(0, 0)).y()
    assert head + table.head.height() <= top + 1


def test_the_head_stays_on_top_when_what_is_above_grows(place: Make) -> None:
    here = place()
    here.page.resize(828, 360)
    QApplication.processEvents()
    here.page.area.verticalScrollBar().setValue(200)
    here.library.told = make_comparison(sentence="One **more** word. " * 40)
    here.asks.changed.emit()
    here.settle()
    table, area = here.page.table, here.page.area
    assert table.y() > 200
    head = table.head.mapTo(table, QPoint(0, 0)).y()
    assert head == max(0, area.verticalScrollBar().value() - table.y())


def test_space_tells_the_whole_sentence(place: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    here = place()
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: told.append(text))
    here.page.table.setCurrentIndex(here.page.table.weeks.index(5, 1))
    here.qtbot.keyClick(here.page.table, Qt.Key.Key_Space)
    assert told[0].startswith("<qt>In use, share of attention, Week 9: 65 % (44–81).")


def test_copied_cells_have_their_heads_and_coverage(place: Make) -> None:
    here = place()
    table = here.page.table
    here.qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Looked at: week 9 20 of 112 sessions."
    assert lines[2].split("\t") == [
        "Measure", "Week 9", "Week 10", "Difference, 95 %, adjusted for 6 comparisons",
    ]  # fmt: skip
    assert lines[6].startswith("In use, share of attention\t65 % (44–81)\t58 % (36–77)\t−7 (")
    assert len(lines) == 3 + 9


def test_counts_are_never_copied_alone(place: Make) -> None:
    here = place()
    table = here.page.table
    for row in (1, 2):
        table.selectionModel().select(
            table.weeks.index(row, 2), table.selectionModel().SelectionFlag.Select
        )
    table.copy()
    assert QGuiApplication.clipboard().text().splitlines()[2:] == [
        "Measure\tWeek 10",
        "New tokens (input, cache write, output)\t43.9 M",
        "At list price (not a bill)\t$352 + 3 % unpriced",
        "In use, share of attention\t58 % (36–77)",
    ]


def test_enter_and_a_click_on_the_head_open_the_periods_sessions(place: Make) -> None:
    here = place()
    table, page = here.page.table, here.page
    table.setCurrentIndex(table.weeks.index(2, 2))
    expected = SessionQuery(start_ts=1_740_956_400_000, end_ts=1_741_561_200_000)
    with here.qtbot.waitSignal(page.show_sessions) as shown:
        here.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert shown.args == [expected]  # Mon 3 Mar 2025 00:00 in Berlin, and seven days on
    with here.qtbot.waitSignal(page.show_sessions) as shown:
        place_ = QPoint(table.head.sectionViewportPosition(2) + 40, 12)
        here.qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=place_)
    assert shown.args == [expected]
    with here.qtbot.assertNotEmitted(page.show_sessions):
        table.setCurrentIndex(table.weeks.index(2, 3))
        here.qtbot.keyClick(table, Qt.Key.Key_Return)


def test_the_menus_open_sessions_too(place: Make) -> None:
    here = place()
    menu = here.page.menu()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Copy", "Show the sessions of Week 9", "Show the sessions of Week 10"]
    with here.qtbot.waitSignal(here.page.show_sessions):
        menu.actions()[1].trigger()
    with here.qtbot.waitSignal(here.page.show_sessions):
        here.page.choice.opened.emit("2025-W09")
    menu.deleteLater()


def test_a_free_choice_tells_how_many_weeks_were_on_view(place: Make) -> None:
    here = place()
    here.library.told = make_comparison(4)
    here.page.choice.choose(["2025-W09", "2025-W10", "2025-W03", "2025-W05"])
    here.settle()
    assert here.library.compared[-1] == (
        ("2025-W03", "2025-W05", "2025-W09", "2025-W10"),
        False,
        10,
    )
    model = here.page.table.weeks
    assert model.columnCount() == 6
    assert model.head(5)[0].startswith("Difference, week 12 against week 9, 95 %, ")


def test_an_equal_part_is_offered_where_a_week_is_not_over(place: Make) -> None:
    going = make_comparison(spans=(make_span(9), make_span(10, days=3)))
    here = place(going)
    assert here.page.elapsed.isVisible()
    assert here.page.table.weeks.head(2) == ("Week 10", "3–5 Mar, not over yet")
    here.library.told = make_comparison(spans=(make_span(9, days=3), make_span(10, days=3)))
    here.page.elapsed.setFocus()
    here.qtbot.keyClick(here.page.elapsed, Qt.Key.Key_Space)
    here.settle()
    assert here.library.compared[-1] == (("2025-W09", "2025-W10"), True, 1)
    assert here.page.table.weeks.head(1) == ("Week 9", "24–26 Feb only")
    here.library.told = make_comparison()
    here.page.choice.choose(["2025-W07", "2025-W08"])
    here.settle()
    assert not here.page.elapsed.isVisible()
    assert not here.page.elapsed.isChecked()


def test_the_old_table_stays_dimmed_until_the_new_one_is_there(place: Make) -> None:
    here = place()
    here.library.may_answer.clear()
    table = here.page.table
    table.setCurrentIndex(table.weeks.index(7, 2))
    here.page.area.verticalScrollBar().setValue(60)
    here.asks.changed.emit()
    here.qtbot.waitUntil(here.page.veil.isVisible)
    assert here.column(1)[5] == "65 % (44–81)"
    here.library.may_answer.set()
    here.settle()
    assert not here.page.veil.isVisible()
    assert (table.currentIndex().row(), table.currentIndex().column()) == (7, 2)
    assert here.page.area.verticalScrollBar().value() == 60


def test_a_refusal_is_said_and_can_be_tried_again(place: Make) -> None:
    here = place(Refusal("Week 9 cannot be read.", "Import again."))
    empty = here.page.empty
    assert empty.isVisible()
    assert empty.words.text() == "Week 9 cannot be read. Import again."
    assert here.faults == []
    here.library.told = make_comparison()
    empty.again.click()
    here.settle()
    assert here.page.table.isVisible()


def test_a_fault_is_said_and_reported(place: Make) -> None:
    here = place(ValueError("one of ours"))
    assert here.page.empty.words.text().startswith("Something went wrong.")
    assert [str(fault) for fault in here.faults] == ["one of ours"]


def test_an_empty_store_says_what_will_be_here(place: Make) -> None:
    here = place(weeks=())
    assert here.page.empty.heading.text() == "Nothing to compare yet"
    assert not here.page.choice.add.isVisible()
    assert here.library.compared == []


def test_one_week_offers_its_halves(place: Make) -> None:
    here = place(weeks=[make_span(10)])
    assert here.page.empty.words.text().startswith("Week 10 is the only week")
    here.page.empty.halves.click()
    here.settle()
    assert here.library.compared == [(("2025-W10a", "2025-W10b"), False, 2)]


def test_where_nothing_was_looked_at_the_counts_stand_under_what_says_so(place: Make) -> None:
    nothing = not_enough("M3", "in_use", "share", 0, 10)
    rows = (
        Row("Got", "in_use", "In use", "", "share", (Cell(estimate=nothing),) * 2),
        Row("Burned", "new_tokens", "New tokens", "", "tokens", (Cell(exact=5), Cell(exact=6))),
    )
    here = place(make_comparison(rows=rows, coverage_words=("Looked at: 0 of 112.",) * 2))
    assert here.column(1) == ["", "5", "", "not enough yet: 0 of 10"]
    assert here.page.body.coverage.text().startswith("<b>Week 9</b>: Looked at: 0 of 112.")


def test_steady_measures_are_drawn_and_the_others_said(place: Make) -> None:
    here = place(make_comparison(steady=(make_steady(12), make_steady(6))))
    section = here.page.body.steady
    assert [chart.title.text() for chart in section.charts] == ["Net time, as told"]
    assert section.told.text() == "Net time, as told: not enough yet: 6 of 10 weeks"
    with here.qtbot.waitSignal(here.page.show_sessions):
        section.charts[0].select(2)
        section.charts[0].open_week()
    here.library.told = make_comparison(steady=())
    here.asks.changed.emit()
    here.settle()
    assert not section.isVisible()


def test_tab_goes_over_the_periods_as_they_stand(place: Make) -> None:
    here = place()
    choice = here.page.choice
    choice.buttons[0].setFocus()
    for expected in (choice.buttons[1], choice.add, here.page.table):
        QTest.keyClick(choice.window().windowHandle(), Qt.Key.Key_Tab)
        assert choice.window().focusWidget() is expected


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_steady_chart_is_saved_from_its_menu(place: Make, tmp_path: Path) -> None:
    here = place(make_comparison(steady=(make_steady(12),)))
    (chart,) = here.page.body.steady.charts
    chart.contextMenuEvent(
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(9, 9), QPoint(9, 9))
    )
    (menu,) = chart.findChildren(QMenu)
    next(a for a in menu.actions() if a.text() == "Save picture…").trigger()
    menu.close()
    (dialog,) = here.page.findChildren(QFileDialog)
    with here.qtbot.waitSignal(here.page.message) as said:
        dialog.fileSelected.emit(str(tmp_path / "steady.png"))
    assert said.args == [f"Picture saved to {tmp_path / 'steady.png'}"]
    assert (tmp_path / "steady.png").stat().st_mode & 0o077 == 0
    dialog.close()


def test_another_store_begins_with_its_own_weeks(place: Make) -> None:
    here = place()
    here.page.choice.choose(["2025-W03", "2025-W05"])
    here.settle()
    here.asks.opened.emit()
    here.asks.changed.emit()
    here.settle()
    assert here.library.compared[-1] == (("2025-W09", "2025-W10"), False, 1)


def test_nothing_is_asked_before_the_page_is_shown(
    qtbot: QtBot, open_asks: OpenAsks, theme: Theme
) -> None:
    library = WeeksLibrary(make_comparison(), WEEKS)
    asks = open_asks(library)
    owner = QWidget()
    qtbot.addWidget(owner)
    page = WeeksPage(asks, theme, Actions(owner), QUndoStack(owner))
    qtbot.addWidget(page)
    asks.changed.emit()
    with qtbot.waitCallback() as answered:
        asks.ask(lambda _library: None, answered)
    assert library.compared == []


def test_out_of_sight_nothing_is_asked_until_it_is_shown_again(place: Make) -> None:
    here = place()
    here.page.hide()
    here.asks.changed.emit()
    here.settle()
    assert len(here.library.compared) == 1
    here.page.show()
    here.page.shown()
    here.settle()
    assert len(here.library.compared) == 2
    here.page.shown()
    here.settle()
    assert len(here.library.compared) == 2


def test_actions_are_possible_only_where_there_is_a_table(place: Make) -> None:
    here = place()
    entries = [here.actions.entry(name) for name in ("weeks_usual", "weeks_copy")]
    assert all(entry.possible() for entry in entries)
    here.page.hide()
    assert not any(entry.possible() for entry in entries)


def test_whatever_takes_the_focus_has_a_name(place: Make) -> None:
    page = place(make_comparison(spans=(make_span(9), make_span(10, days=3)))).page
    takers = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert page.table in takers
    for widget in takers:
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("size", [(1164, 748), (828, 528)])
@pytest.mark.parametrize("periods", [2, 3, 4])
def test_the_page_fits_both_sizes_of_the_window(
    place: Make, size: tuple[int, int], periods: int
) -> None:
    here = place(make_comparison(periods))
    page = here.page
    page.choice.choose([f"2025-W{number:02d}" for number in range(1, 1 + periods)])
    here.settle()
    page.resize(*size)
    QApplication.processEvents()
    assert (page.width(), page.height()) == size
    assert page.table.width() <= size[0] - 64
    widths = sum(page.table.columnWidth(at) for at in range(page.table.weeks.columnCount()))
    assert widths == page.table.width()
    assert all(button.geometry().right() < page.width() for button in page.choice.buttons)


def test_other_colours_are_put_on_at_once(place: Make, theme: Theme) -> None:
    page = place().page
    light = page.grab().toImage()
    theme.set_look("dark")
    QApplication.processEvents()
    dark = page.grab().toImage()
    theme.set_look("light")
    QApplication.processEvents()
    spot = page.table.mapTo(page, QPoint(3, page.table.height() // 3))
    assert light.pixelColor(spot).lightness() > 200
    assert dark.pixelColor(spot).lightness() < 60
    assert page.grab().toImage() == light


def test_the_bar_shows_outcomes_in_the_themes_colours(place: Make, theme: Theme) -> None:
    page = place().page
    table = page.table
    cell = table.visualRect(table.weeks.index(4, 1))
    image = table.viewport().grab(cell).toImage()
    middle = image.height() // 2
    seen = {image.pixelColor(x, middle).name() for x in range(image.width())}
    assert {theme.fate_colour(fate).name() for fate in "upkda"} <= seen


def test_a_mirrored_layout_has_the_numbers_on_the_other_side(place: Make) -> None:
    page = place().page
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    table = page.table
    table.restyle()
    name = table.visualRect(table.weeks.index(2, 0))
    assert name.right() == table.viewport().width() - 1
    image = table.viewport().grab(name).toImage()
    ground = image.pixelColor(1, 5)
    marked = [x for x in range(image.width()) if image.pixelColor(x, name.height() // 2) != ground]
    assert min(marked) > image.width() // 4


def test_a_comparison_with_odd_rows_is_shown_as_it_is(place: Make) -> None:
    odd = Row("How", "odd", "<b>Tools</b>", "", "", (Cell(words="<i>a</i>"), Cell()))
    told = make_comparison()
    here = place(msgspec.structs.replace(told, rows=(*told.rows, odd)))
    at = here.page.table.weeks.row_of("odd")
    assert at is not None
    assert here.column(1)[at] == "<i>a</i>"
    assert here.column(2)[at] == "unknown"
    tip = here.page.table.weeks.index(at, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;i&gt;a&lt;/i&gt;" in tip
