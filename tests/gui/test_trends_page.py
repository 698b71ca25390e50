"""The place Trends: filters, coverage, words, table, picture, and the way to the sessions."""

import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from fake import FakeLibrary
from made_weeks import few, make_week, net_of, relation_of, trend_of, usual, with_net
from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QUndoStack
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from showing import ShownPage

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.trending import Flow, Relation
from tokenworth.domain.views import SessionQuery, Trend
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.charts.numbers import NumbersDialog
from tokenworth.gui.charts.widget import ChartWidget
from tokenworth.gui.pages.trend_tabs import TABS, Tab, Unit, View
from tokenworth.gui.pages.trends import TrendsPage
from tokenworth.gui.theme import Theme
from tokenworth.workflows.saving import write_whole

OpenAsks = Callable[[FakeLibrary], Asks]


class TrendLibrary(FakeLibrary):
    """A store with the weeks a test gives it; remembers what was asked."""

    def __init__(self, trend: Trend) -> None:
        super().__init__()
        self.told = trend
        self.queries: list[SessionQuery] = []
        self.charts: list[tuple[str, SessionQuery]] = []
        """What was asked for the charts, with the filters."""
        self.seen: list[tuple[str, str]] = []

    def trend(self, query: SessionQuery | None = None) -> Trend:
        """Return the test's weeks."""
        self.queries.append(query or SessionQuery())
        self.charts.append(("trend", query or SessionQuery()))
        return self.told

    def relation(self, query: SessionQuery) -> Relation:
        """Return the weeks that have a net time."""
        self.charts.append(("relation", query))
        return relation_of(self.told)

    def flow(self, query: SessionQuery, *, weeks: int = 4, view: View, unit: Unit) -> Flow:
        """Return a flow of nothing."""
        self.charts.append(("flow", query))
        self.seen.append((view, unit))
        assert weeks == 4
        return Flow(view, unit, 0.0, 0.0, (), {}, (), "Looked at: nothing.", "")

    def names(self) -> list[str]:
        """Return what was asked for the charts since the last time."""
        found = [name for name, _ in self.charts]
        self.charts.clear()
        return found


class Place(ShownPage):
    """The page over a store of made weeks."""

    page: TrendsPage

    def __init__(self, qtbot: QtBot, open_asks: OpenAsks, theme: Theme, trend: Trend) -> None:
        self.library = TrendLibrary(trend)
        super().__init__(qtbot, open_asks(self.library), theme, TrendsPage)


Make = Callable[[Trend], Place]


@pytest.fixture
def place(qtbot: QtBot, open_asks: OpenAsks, theme: Theme) -> Iterator[Make]:
    kept: list[Place] = []  # else the page may be collected while it is being painted

    def build(trend: Trend) -> Place:
        kept.append(Place(qtbot, open_asks, theme, trend))
        return kept[-1]

    yield build
    kept.clear()


def test_the_page_says_how_much_was_looked_at_before_it_draws(place: Make) -> None:
    page = place(usual()).page
    assert page.under_title.text() == (
        "26 weeks · all sources · all projects · 572 of 3,900 sessions looked at, chosen by you"
    )
    assert page.coverage.text() == (
        "Looked at: 572 of 3,900 sessions, 20 % of attention, 25 % of cost at list price."
    )
    assert (
        page.coverage.mapTo(page, page.coverage.rect().topLeft()).y()
        < page.chart.mapTo(page, page.chart.rect().topLeft()).y()
    )


def test_coverage_speaks_of_the_weeks_in_view(place: Make) -> None:
    page = place(usual()).page
    page.chart.plots.upper.setXRange(-0.5, 3.5, padding=0)
    assert page.under_title.text().startswith("4 weeks · ")
    assert "88 of 600 sessions" in page.coverage.text()
    assert page.foot.reset_link.isVisible()
    page.foot.reset_link.click()
    assert page.under_title.text().startswith("26 weeks · ")
    assert not page.foot.reset_link.isVisible()


def test_the_words_below_are_of_the_last_week_with_answers_or_the_selected_one(
    place: Make,
) -> None:
    page = place(trend_of(*usual(3).weeks, make_week(3, {"-": 9}, sessions=4))).page
    assert page.foot.told.text().startswith("W1: Between 14 % and 94 % of attention")
    assert "You picked 22 sessions yourself" in page.foot.told.text()
    page.chart.select(3)
    assert page.foot.told.text() == (
        "W2: None of its 4 sessions looked at: nothing can be said of them."
    )


def test_nothing_looked_at_offers_the_next_step(place: Make) -> None:
    page = place(trend_of(make_week(0, {"-": 9}))).page
    assert page.foot.told.text().startswith("None looked at so far.")
    assert "none of 10 sessions" in page.coverage.text()


def test_an_empty_store_says_what_will_be_here(place: Make) -> None:
    page = place(trend_of()).page
    assert page.empty.isVisible()
    assert page.empty.heading.text() == "Nothing to draw yet"
    assert not page.coverage.isVisible()
    assert not page.foot.isVisible()
    assert not page.empty.everything.isVisible()


def test_filters_are_asked_of_the_store_and_can_be_taken_off(place: Make) -> None:
    here = place(usual(2))
    page = here.page
    page.filters.project.setCurrentIndex(page.filters.project.findData("tide-tables"))
    here.library.told = trend_of()
    page.filters.source.setCurrentIndex(page.filters.source.findData("codex"))
    here.settle()
    assert here.library.queries[-1] == SessionQuery(sources=("codex",), projects=("tide-tables",))
    assert page.empty.heading.text() == "No sessions here"
    here.library.told = usual(2)
    page.empty.everything.click()
    here.settle()
    assert here.library.queries[-1] == SessionQuery()
    assert page.chart.isVisible()


def test_the_sub_line_names_what_is_filtered(place: Make) -> None:
    here = place(usual(2))
    here.page.filters.model.setCurrentIndex(1)
    here.page.filters.source.setCurrentIndex(here.page.filters.source.findData("codex"))
    here.settle()
    model = here.page.filters.model.itemText(1)
    start = f"2 weeks · Codex CLI · all projects · {model} · "
    assert here.page.under_title.text().startswith(start)


def test_it_asks_again_when_the_store_changes_and_keeps_the_view(place: Make) -> None:
    here = place(usual())
    chart = here.page.chart
    chart.select(8)
    chart.plots.upper.setXRange(4.5, 12.5, padding=0)
    before = len(here.library.queries)
    here.asks.changed.emit()
    here.settle()
    assert len(here.library.queries) == before + 1
    assert chart.selected == 8
    assert chart.view_range() == pytest.approx((4.5, 12.5))


def test_nothing_is_asked_before_the_page_is_shown(
    qtbot: QtBot, page_args: tuple[Asks, Theme, Actions, QUndoStack], library: FakeLibrary
) -> None:
    page = TrendsPage(*page_args)
    qtbot.addWidget(page)
    before = list(library.asked)
    page_args[0].changed.emit()
    with qtbot.waitCallback() as answered:
        page_args[0].ask(lambda _library: None, answered)
    assert library.asked == before


def test_a_segment_leads_to_its_sessions_under_the_same_filters(place: Make) -> None:
    here = place(usual(3))
    page = here.page
    with here.qtbot.waitSignal(page.show_sessions) as shown:
        page.chart.opened.emit(SessionQuery(week="2026-W01", fates=("d",)))
    assert shown.args == [SessionQuery(week="2026-W01", fates=("d",))]
    page.filters.source.setCurrentIndex(page.filters.source.findData("codex"))
    with here.qtbot.waitSignal(page.show_sessions) as shown:
        page.chart.opened.emit(SessionQuery(week="2026-W01"))
    assert shown.args == [SessionQuery(week="2026-W01", sources=("codex",))]


def test_the_table_can_be_copied_as_csv(place: Make) -> None:
    page = place(usual(2)).page
    page.foot.table_link.click()
    dialog = page.findChild(NumbersDialog)
    assert dialog is not None
    dialog.copy_all.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("week,from,tokens used,tokens in part,")
    assert lines[1].startswith("2025-W51,2025-12-15,1000000,0,0,500000,0,2500000,4000000,0,0,20,")
    dialog.view.selectionModel().select(
        dialog.view.model().index(1, 2), dialog.view.selectionModel().SelectionFlag.Select
    )
    dialog.copy_selection()
    assert QGuiApplication.clipboard().text() == "tokens used\n1000000\n"
    dialog.close()


def test_a_picture_is_written_for_the_owner_alone(place: Make, tmp_path: Path) -> None:
    here = place(usual())
    with here.qtbot.waitSignal(here.page.message) as said:
        here.page.save(tmp_path / "trend.png")
    path = tmp_path / "trend.png"
    assert said.args == [f"Picture saved to {path}"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    image = QImage(str(path))
    assert image.width() > 2 * here.page.chart.width()
    used = here.page.theme.fate_colour("u").name()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    }
    assert used in colours
    assert [entry.name for entry in tmp_path.iterdir()] == ["trend.png"]


def test_an_svg_carries_the_words_that_belong_to_the_numbers(place: Make, tmp_path: Path) -> None:
    page = place(usual()).page
    page.save(tmp_path / "trend.svg")
    text = (tmp_path / "trend.svg").read_bytes()
    assert QSvgRenderer(QByteArray(text)).isValid()
    assert b"Looked at: 572 of 3,900 sessions" in text
    assert b"Between 14 % and 94 % of attention" in text
    assert b"not looked at" in text


def test_a_name_without_suffix_becomes_a_png(place: Make, tmp_path: Path) -> None:
    place(usual(1)).page.save(tmp_path / "trend")
    assert QImage(str(tmp_path / "trend.png")).isNull() is False


def test_a_picture_that_cannot_be_written_is_said_in_words(place: Make, tmp_path: Path) -> None:
    here = place(usual(1))
    with here.qtbot.waitSignal(here.page.message) as said:
        here.page.save(tmp_path / "nowhere" / "trend.png")
    assert said.args[0].startswith("The picture was not saved to ")
    assert isinstance(Refusal(said.args[0]), Exception)


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.png"
    path.write_bytes(b"before")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.png"]


def test_the_chart_has_our_menu_and_no_other(place: Make) -> None:
    page = place(usual(2)).page
    menu = page.menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Open this week's sessions",
        "Show all weeks",
        "Data as table",
        "Save picture…",
    ]
    assert not page.chart.plots.upper.menuEnabled()
    menu.deleteLater()


def test_actions_are_possible_only_where_there_is_a_chart(place: Make) -> None:
    here = place(usual(2))
    entries = [here.actions.entry(name) for name in ("trend_table", "trend_picture", "trend_all")]
    assert all(entry.possible() for entry in entries)
    here.page.hide()
    assert not any(entry.possible() for entry in entries)


def test_whatever_takes_the_focus_has_a_name(place: Make) -> None:
    page = place(usual(2)).page
    takers = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert page.chart in takers
    unnamed = [
        widget
        for widget in takers
        if not widget.accessibleName() and not (isinstance(widget, QPushButton) and widget.text())
    ]
    assert unnamed == []


@pytest.mark.parametrize("size", [(1164, 748), (828, 528)])
def test_the_page_fits_both_sizes_of_the_window(place: Make, size: tuple[int, int]) -> None:
    page = place(usual()).page
    page.resize(*size)
    QApplication.processEvents()
    assert (page.width(), page.height()) == size
    page.grab()


# Tabs --------------------------------------------------------------------------------------------


class PlainFlow(ChartWidget):
    """Stands for the chart of where tokens went; keeps what it was given."""

    wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Where tokens went")
        self.given: list[Flow] = []

    def show_data(self, value: Flow) -> None:
        self.given.append(value)

    def restyle(self) -> None:
        pass


@pytest.fixture
def plain_flow(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("tokenworth.gui.charts.flow")
    module.FlowChart = PlainFlow  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tokenworth.gui.charts.flow", module)


def told_weeks(count: int = 12) -> Trend:
    """Return weeks of growing tokens with a net time each."""
    weeks = with_net([net_of(60.0 * number, -200, 900) for number in range(count)]).weeks
    return trend_of(
        *(
            msgspec.structs.replace(week, tokens={"u": 1_000_000 * (number + 1)})
            for number, week in enumerate(weeks)
        )
    )


def test_only_what_the_shown_tab_needs_is_asked(place: Make, plain_flow: None) -> None:
    del plain_flow
    here = place(usual(3))
    assert here.library.names() == ["trend"]
    here.page.head.tabs.buttons["relation"].click()
    here.settle()
    assert here.library.names() == ["relation"]
    assert here.page.title.text() == "Tokens against value"
    here.page.head.tabs.buttons["flow"].click()
    here.settle()
    assert here.library.names() == ["flow"]
    here.page.head.tabs.buttons["relation"].click()
    here.page.head.tabs.buttons["burned"].click()
    here.settle()
    assert here.library.names() == []


def test_filters_are_those_of_all_tabs(place: Make) -> None:
    here = place(told_weeks())
    here.page.show_tab("relation")
    here.settle()
    here.library.charts.clear()
    box = here.page.filters.source
    box.setCurrentIndex(box.findData("codex"))
    here.settle()
    codex = SessionQuery(sources=("codex",))
    assert here.library.charts == [("trend", codex), ("relation", codex)]
    assert "Codex CLI" in here.page.under_title.text()
    here.library.told = trend_of()
    box = here.page.filters.project
    box.setCurrentIndex(box.findData("tide-tables"))
    here.settle()
    assert here.page.empty.heading.text() == "No sessions here"
    assert here.page.empty.isVisible()


def test_a_change_of_the_store_is_asked_for_the_shown_tab_only(place: Make) -> None:
    here = place(told_weeks())
    here.page.show_tab("relation")
    here.settle()
    here.library.names()
    here.asks.changed.emit()
    here.settle()
    assert here.library.names() == ["trend", "relation"]


def test_an_answer_that_comes_too_late_is_dropped(place: Make, plain_flow: None) -> None:
    del plain_flow
    here = place(usual(2))
    here.page.show_tab("flow")
    here.page.show_tab("burned")
    here.settle()
    assert "flow" not in here.page.cards.charts
    assert here.page.chart.isVisible()


def test_arrows_go_from_tab_to_tab_and_tab_reaches_only_the_one_that_is_on(place: Make) -> None:
    here = place(told_weeks())
    buttons = here.page.head.tabs.buttons
    buttons["burned"].setFocus()
    QTest.keyClick(buttons["burned"], Qt.Key.Key_Right)
    here.settle()
    assert here.page.tab == "relation"
    assert [name for name, one in buttons.items() if one.isChecked()] == ["relation"]
    by_key = [
        name
        for name, one in buttons.items()
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]
    assert by_key == ["relation"]
    assert here.page.focusWidget() is buttons["relation"]
    QTest.keyClick(buttons["relation"], Qt.Key.Key_Left)
    assert here.page.tab == "burned"


def test_every_tab_is_an_action_by_name(place: Make) -> None:
    here = place(told_weeks())
    assert here.actions.entry("trend_tab_relation").text == "Trends: Tokens against value"
    here.actions.entry("trend_tab_relation").run()
    here.settle()
    assert here.page.cards.charts["relation"].isVisible()


def test_coverage_stands_over_every_tab(place: Make) -> None:
    here = place(told_weeks())
    here.page.show_tab("relation")
    here.settle()
    assert here.page.strip.isVisible()
    assert here.page.coverage.text().startswith("Looked at: 264 of 1,800 sessions")


def test_the_flow_is_asked_for_as_its_buttons_say(place: Make, plain_flow: None) -> None:
    del plain_flow
    here = place(usual(2))
    here.page.show_tab("flow")
    here.settle()
    chart = here.page.cards.charts["flow"]
    chart.wanted.emit("estimated", "USD")
    here.settle()
    assert here.library.seen == [("looked_at", "tokens"), ("estimated", "USD")]
    assert [(flow.view, flow.unit) for flow in chart.given] == here.library.seen
    assert not here.page.strip.isVisible()


def test_below_ten_weeks_of_net_time_the_correlation_is_not_asked(place: Make) -> None:
    here = place(with_net([*[net_of(30, -60, 90)] * 9, few(4)]))
    assert here.library.names() == ["trend"]
    assert here.page.foot.told.text().startswith("W8: ")
    assert "No estimate: not enough yet: 4 of 12." in here.page.foot.told.text()


def test_the_sentence_below_tells_how_tokens_and_net_time_go_together(place: Make) -> None:
    here = place(told_weeks())
    page = here.page
    assert here.library.names() == ["trend", "relation"]
    assert page.foot.told.text() == (
        "Tokens and net minutes: −0.12 (−0.67 to 0.52) once attention is equal, 12 weeks. "
        "This cannot show cause."
    )
    page.chart.select(2)
    assert page.foot.told.text().startswith("W1: Net time +2 h (−3.3 h to +15 h), as told; ")
    QTest.keyClick(page.chart, Qt.Key.Key_Escape)
    assert page.foot.told.text().startswith("Tokens and net minutes: ")


def test_the_chart_keeps_its_height_whatever_is_said_below(place: Make) -> None:
    page = place(told_weeks()).page
    page.resize(828, 560)
    QApplication.processEvents()
    height = page.chart.height()
    for week in range(12):
        page.chart.select(week)
        QApplication.processEvents()
        assert page.chart.height() == height
    told = page.foot.told
    assert told.text().endswith("…")
    assert told.toolTip() == told.accessibleName() == told.whole
    assert told.whole.startswith(told.text().removesuffix("…"))
    page.resize(1400, 748)
    QApplication.processEvents()
    assert (told.text(), told.toolTip()) == (told.whole, "")


def test_a_mark_of_another_tab_leads_to_its_sessions_under_the_same_filters(place: Make) -> None:
    here = place(told_weeks())
    page = here.page
    page.filters.source.setCurrentIndex(page.filters.source.findData("codex"))
    page.show_tab("relation")
    here.qtbot.waitUntil(lambda: page.cards.is_drawn("relation"))  # asked after the trend
    chart = page.cards.charts["relation"]
    chart.select(0)
    with here.qtbot.waitSignal(page.show_sessions) as shown:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert shown.args == [SessionQuery(week="2025-W51", sources=("codex",))]


def test_the_table_is_that_of_the_shown_tab(place: Make) -> None:
    here = place(told_weeks())
    here.page.show_tab("relation")
    here.settle()
    here.page.foot.table_link.click()
    dialog = here.page.findChild(NumbersDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Tokens against value: data"
    dialog.copy_all.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1].startswith("2025-W51,1000000,900,0,-200,900,no,20,drawn by chance,")
    dialog.close()


def test_a_picture_of_another_tab_has_its_words(place: Make, tmp_path: Path) -> None:
    here = place(told_weeks())
    here.page.show_tab("relation")
    here.settle()
    here.page.save(tmp_path / "relation.svg")
    text = (tmp_path / "relation.svg").read_text(encoding="utf-8")
    for words in (
        "Tokens against value",
        "Looked at: 264 of 1,800 sessions",
        "once attention is equal",
        "No interval here covers",
    ):
        assert words in text
    with here.qtbot.waitSignal(here.page.message) as said:
        here.page.save(tmp_path / "nowhere" / "x.png")
    assert said.args[0].startswith("The picture was not saved to ")


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_every_tab_has_a_chart_that_does_what_the_page_needs(
    qtbot: QtBot, theme: Theme, tab: Tab
) -> None:
    chart = tab.make(theme)
    qtbot.addWidget(chart)
    for name in ("show_data", "restyle", "text_alternative", "csv_rows", "save"):
        assert callable(getattr(chart, name))
    chart.opened.connect(lambda _query: None)
    assert chart.accessibleName()
