"""The Sessions place over a real store: keys and clicks as a person gives them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from claude_lines import answer, prompt, write
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.domain.views import SessionQuery
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.models.sessions import COLUMNS
from tokenworth.gui.pages.sessions import SessionsPage
from tokenworth.gui.theme import Theme
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

TITLES = ("Fix the tide table", "Draw a map <img src='file:///x'>", "Read the log")
DAY = 24 * 60


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Library]:
    """A second look at the page's store: three sessions on three days, newest last.

    They hold 140, 150 and 160 new tokens. The page has a connection of its own, for its worker.
    """
    for number, title in enumerate(TITLES):
        lines = [prompt(f"S{number}", 1, number * DAY, title)]
        lines.append(answer(f"S{number}", 1, number * DAY + 1, 100 + 10 * number))
        write(tmp_path / "history" / f"S{number}.jsonl", lines)
    import_files(tmp_path / "store.db", [tmp_path / "history"])
    library = Library(tmp_path / "store.db")
    yield library
    library.close()


@pytest.fixture
def undo() -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def page(
    qtbot: QtBot,
    open_asks: Callable[[Library], Asks],
    real: Library,
    theme: Theme,
    undo: QUndoStack,
) -> Iterator[SessionsPage]:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner)
    made = SessionsPage(open_asks(Library(real.path)), theme, actions, undo)
    made.setParent(owner)
    owner.resize(1200, 760)
    made.resize(1200, 760)
    owner.show()
    qtbot.waitExposed(owner)
    qtbot.waitUntil(lambda: cells(made, "title")[:1] == ["Read the log"])
    made.table.setFocus()
    yield made
    owner.close()


def cells(page: SessionsPage, column: str) -> list[str]:
    at = COLUMNS.index(column)  # type: ignore[arg-type]
    model = page.table.model()
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def type_keys(qtbot: QtBot, page: SessionsPage, keys: str) -> None:
    """Answer the form with keys and Enter."""
    qtbot.waitUntil(page.form.isVisible)
    for key in keys:
        qtbot.keyClicks(page.form, key)
    qtbot.keyClick(page.form, Qt.Key.Key_Return)


def test_sessions_stand_newest_first_and_blind(page: SessionsPage) -> None:
    assert cells(page, "title") == list(TITLES[::-1])
    assert cells(page, "tokens") == ["hidden"] * 3
    assert cells(page, "cost") == ["hidden"] * 3
    assert cells(page, "outcome") == ["not looked at"] * 3
    QAbstractItemModelTester(
        page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )


def test_a_session_is_tagged_by_keys_and_its_numbers_are_shown(
    qtbot: QtBot, page: SessionsPage, real: Library
) -> None:
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    type_keys(qtbot, page, "2u50")
    qtbot.waitUntil(lambda: cells(page, "outcome")[0] == "used")
    assert cells(page, "tokens") == ["160", "hidden", "hidden"]
    assert cells(page, "value")[0] == "43 min"
    assert page.table.isVisible()
    (kept,) = real.detail(page.chosen()[0]).answers
    assert (kept.masked, kept.source, kept.tag.fate) == (True, "volunteered", "u")
    qtbot.waitUntil(lambda: "160" in panel_text(page) or "fresh input" in panel_text(page))


def panel_text(page: SessionsPage) -> str:
    from PySide6.QtWidgets import QLabel  # noqa: PLC0415 -- this helper's own

    return "\n".join(label.text() for label in page.panel.findChildren(QLabel))


def test_undo_and_redo(qtbot: QtBot, page: SessionsPage, undo: QUndoStack, real: Library) -> None:
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    type_keys(qtbot, page, "1k0")
    qtbot.waitUntil(lambda: cells(page, "outcome") == ["kept"] * 3)
    assert undo.undoText() == "outcome of 3 sessions"
    undo.undo()
    qtbot.waitUntil(lambda: cells(page, "outcome") == ["not looked at"] * 3)
    undo.redo()
    qtbot.waitUntil(lambda: cells(page, "outcome") == ["kept"] * 3)
    undo.undo()
    undo.redo()
    undo.undo()
    qtbot.waitUntil(lambda: cells(page, "outcome") == ["not looked at"] * 3)
    statuses = [one.tag.status for one in real.detail(page.chosen()[0]).answers]
    assert statuses == ["answered", "withdrawn"] * 3
    assert cells(page, "tokens") == ["hidden"] * 3


def test_nothing_hidden_is_shown_anywhere(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: "stay hidden" in panel_text(page))
    page.copy()
    model = page.table.model()
    roles = (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole,
        Qt.ItemDataRole.EditRole, Qt.ItemDataRole.UserRole,
    )  # fmt: skip
    told = [
        str(model.index(row, at).data(role))
        for row in range(3)
        for at in range(len(COLUMNS))
        for role in roles
    ]
    told += [panel_text(page), QApplication.clipboard().text()]
    for secret in ("160", "sonnet", "$"):
        assert not any(secret in text for text in told), secret


def test_the_panel_shows_imported_text_as_text(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectRow(1)
    qtbot.waitUntil(lambda: TITLES[1] in panel_text(page))
    page.panel.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "Done." in page.panel.transcript.toPlainText())
    assert TITLES[1] in page.panel.transcript.toPlainText()


def test_filters_and_search(qtbot: QtBot, page: SessionsPage) -> None:
    page.set_text("tide")
    qtbot.waitUntil(lambda: cells(page, "title") == [TITLES[0]])
    page.set_text("no such words")
    qtbot.waitUntil(page.empty_button.isVisible)
    assert page.empty_words.text() == "No session matches."
    qtbot.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(cells(page, "title")) == 3)
    page.set_query(SessionQuery(week="2026-W10", fates=("-",)))
    qtbot.waitUntil(lambda: page.filters.outcome.currentData() == "-")
    assert len(cells(page, "title")) == 3
    page.set_query(SessionQuery(week="2026-W11"))
    qtbot.waitUntil(lambda: cells(page, "title") == [])
    qtbot.mouseClick(page.filters.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(cells(page, "title")) == 3)


def test_what_a_chart_asks_for_is_said_and_can_be_taken_off(
    qtbot: QtBot, page: SessionsPage
) -> None:
    chips = page.filters.chips
    assert not any(chip.isVisible() for chip in chips.values())
    page.set_query(
        SessionQuery(week="2026-W11", fates=("u", "p"), purposes=("needed",), sources=("codex",))
    )
    qtbot.waitUntil(lambda: cells(page, "title") == [])
    assert {name: chip.text() for name, chip in chips.items()} == {
        "week": "9\u201315 Mar 2026  \u00d7",
        "fates": "used or in part  \u00d7",
        "purposes": "needed anyway  \u00d7",
    }
    assert chips["week"].accessibleName() == "Take off: 9\u201315 Mar 2026"
    for name in ("purposes", "fates", "week"):
        assert chips[name].isVisible()
        qtbot.keyClick(chips[name], Qt.Key.Key_Space)
        assert not chips[name].isVisible()
    assert page.filters.query(lambda _: 0) == SessionQuery(sources=("codex",))
    page.set_query(SessionQuery(fates=("u", "p"), week="2026-W10"))
    page.filters.outcome.setCurrentIndex(page.filters.outcome.findData("d"))
    assert not chips["fates"].isVisible()
    assert page.filters.query(lambda _: 0).fates == ("d",)
    qtbot.mouseClick(page.filters.clear, Qt.MouseButton.LeftButton)
    assert not any(chip.isVisible() for chip in chips.values())


def test_tab_goes_through_all_filters_and_out(page: SessionsPage) -> None:
    filters, seen = page.filters, []
    filters.source.setFocus()
    for _ in range(8):
        at = QApplication.focusWidget()
        seen.append(at)
        QTest.keyClick(at.window().windowHandle(), Qt.Key.Key_Tab)  # as a key comes: to the window
    assert seen == [
        filters.source, filters.project, filters.model, filters.outcome, filters.first,
        filters.last, filters.untagged, filters.clear,
    ]  # fmt: skip
    assert QApplication.focusWidget() is not filters.clear


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_day_begins_at_today_and_not_at_the_least_there_is(
    qtbot: QtBot, page: SessionsPage
) -> None:
    today = QDate.currentDate()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_2):
        page.filters.show_everything()
        qtbot.keyClick(page.filters.first, key)
        assert page.filters.first.date() == today
    page.filters.show_everything()
    field, calendar = page.filters.last, page.filters.last.calendarWidget()
    QTest.mousePress(
        field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() - 8, field.height() // 2)
    )
    assert calendar.isVisible()
    assert (calendar.yearShown(), calendar.monthShown()) == (today.year(), today.month())
    calendar.window().close()
    assert page.filters.query(lambda _: 0) == SessionQuery()


def test_a_click_on_a_head_sorts(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectRow(0)
    chosen = page.chosen()
    page.table.horizontalHeader().setSortIndicator(
        COLUMNS.index("title"), Qt.SortOrder.AscendingOrder
    )
    qtbot.waitUntil(lambda: cells(page, "title") == [TITLES[1], TITLES[0], TITLES[2]])
    assert page.chosen() == chosen


def test_escape_leaves_the_form_and_says_nothing(
    qtbot: QtBot, page: SessionsPage, real: Library
) -> None:
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.isVisible)
    qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert real.detail(page.chosen()[0]).answers == ()


def test_a_note_is_kept_when_its_field_is_left(
    qtbot: QtBot, page: SessionsPage, real: Library, undo: QUndoStack
) -> None:
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: page.panel.session is not None)
    (id_,) = page.chosen()
    page.panel.note.setFocus()
    qtbot.keyClicks(page.panel.note, "a good day")
    page.table.setFocus()
    qtbot.waitUntil(lambda: real.detail(id_).note == "a good day")
    undo.undo()
    qtbot.waitUntil(lambda: real.detail(id_).note == "")


def test_next_goes_to_what_nobody_looked_at(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    type_keys(qtbot, page, "2a")
    qtbot.waitUntil(lambda: cells(page, "outcome")[1] == "abandoned")
    page.table.selectRow(0)
    page.go_next()
    assert page.table.currentIndex().row() == 2


def test_without_blind_mode_everything_is_open(
    qtbot: QtBot, page: SessionsPage, real: Library
) -> None:
    page.asks.tell(lambda library: library.set_setting("blind", "0"))
    qtbot.waitUntil(lambda: cells(page, "tokens") == ["160", "150", "140"])
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    type_keys(qtbot, page, "2a")
    qtbot.waitUntil(lambda: cells(page, "outcome")[0] == "abandoned")
    assert real.detail(page.chosen()[0]).answers[0].masked is False


def test_new_sessions_appear_and_the_choice_stays(
    qtbot: QtBot, page: SessionsPage, real: Library, tmp_path: Path
) -> None:
    page.table.selectRow(1)
    chosen = page.chosen()
    lines = [prompt("S9", 1, 9 * DAY, "A new one"), answer("S9", 1, 9 * DAY + 1, 5)]
    write(tmp_path / "history" / "S9.jsonl", lines)
    import_files(real.path, [tmp_path / "history"])
    page.asks.look()
    qtbot.waitUntil(lambda: cells(page, "title")[:1] == ["A new one"])
    assert page.chosen() == chosen


def test_an_empty_store_offers_the_one_next_step(
    qtbot: QtBot, open_asks: Callable[[Library], Asks], theme: Theme, tmp_path: Path
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner)
    asked: list[str] = []
    actions.add("go_sources", "Sources", "Ctrl+6", "", lambda: asked.append("sources"), "view")
    page = SessionsPage(open_asks(Library(tmp_path / "new.db")), theme, actions, QUndoStack(owner))
    page.setParent(owner)
    owner.show()
    qtbot.waitUntil(page.empty_button.isVisible)
    assert page.filters.isHidden()
    assert page.panel.isHidden()
    qtbot.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    assert asked == ["sources"]
    owner.close()
