"""The place Sources and the first-run page."""

from collections.abc import Callable

import pytest
from fake import MONDAY_MS, WEEK_MS, FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QUndoStack
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.domain.views import Found, ProblemRow, SourceRow
from tokenworth.gui import words
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.pages.sources import SourcesPage
from tokenworth.gui.theme import Theme

Given = tuple[Asks, Theme, Actions, QUndoStack]


def cells(page: SourcesPage, row: int) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, column).data()) for column in range(7)]


@pytest.fixture
def page(qtbot: QtBot, page_args: Given) -> SourcesPage:
    made = SourcesPage(*page_args)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def empty_page(qtbot: QtBot, open_asks: Callable[[FakeLibrary], Asks], theme: Theme) -> SourcesPage:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = SourcesPage(open_asks(FakeLibrary(0)), theme, Actions(owner), QUndoStack(owner))
    qtbot.addWidget(made)
    made.show()
    made.shown()
    qtbot.waitUntil(lambda: len(made.first_run.boxes) == 2)
    return made


def test_a_row_a_tool(qtbot: QtBot, page: SourcesPage) -> None:
    page.shown()
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    assert not page.empty
    last = words.lately(MONDAY_MS + 12 * WEEK_MS)
    assert cells(page, 0) == [
        "ChatGPT export", "20", words.day(page_first(page)), words.day(page_last(page)),
        "≈ estimated", last, "0",
    ]  # fmt: skip
    assert cells(page, 2)[0] == "Codex CLI"
    assert cells(page, 2)[-1] == "2"
    assert "3 tools and exports" in page.summary.text()


def page_first(page: SourcesPage) -> int:
    return min(row.start_ts for row in _chatgpt(page))


def page_last(page: SourcesPage) -> int:
    return max(row.start_ts for row in _chatgpt(page))


def _chatgpt(page: SourcesPage) -> list:
    assert page
    return [row for row in FakeLibrary().by_id.values() if row.source == "chatgpt"]


def test_unknown_days_are_not_days(page: SourcesPage) -> None:
    page.show_sources(
        [SourceRow("x", "X", "absent", ("/x",), 1, 1, 0, None, None, MONDAY_MS, 0, "")]
    )
    assert cells(page, 0)[2:5] == [words.DASH, words.DASH, "not recorded"]


def test_numbers_stand_at_the_right(page: SourcesPage) -> None:
    page.show_sources([SourceRow("x", "X", "recorded", (), 1, 1, 5, 1, 2, 3, 0, "")])
    alignment = page.table.model().index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight


def test_problems_are_listed_and_can_be_copied(qtbot: QtBot, page: SourcesPage) -> None:
    page.shown()
    qtbot.waitUntil(lambda: page.problems.rowCount() == 2)
    assert page.problems_title.text() == "Problems: 2"
    page.problems.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0] == (
        "/home/robin/.codex/r-a.jsonl\t412\tNot JSON; one line left out."
    )
    page.problems.selectRow(1)
    page.problems.copy()
    assert QGuiApplication.clipboard().text().startswith("/home/robin/.codex/r-b.jsonl\t9\t")


def test_imported_words_stay_words(page: SourcesPage) -> None:
    page.show_problems([ProblemRow("<b>f</b>", 1, "json", "<img src='file:///etc/passwd'>")])
    tip = page.problems.model().index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    page.show_problems([])
    assert page.problems.isHidden()
    assert "Nothing was left out" in page.problems_title.text()


def test_first_run_lists_what_was_found(empty_page: SourcesPage) -> None:
    assert empty_page.empty
    shown = [label.text() for label in empty_page.first_run.findChildren(QLabel)]
    assert "214 files, 48.2 MB" in shown
    assert "Claude Code deletes its logs after 30 days." in shown
    assert any("It is not encrypted." in text for text in shown)
    assert all(box.isChecked() for _, box in empty_page.first_run.boxes)


def test_nothing_is_imported_before_the_click(qtbot: QtBot, empty_page: SourcesPage) -> None:
    first_run = empty_page.first_run
    with qtbot.assertNotEmitted(empty_page.import_asked):
        first_run.boxes[1][1].click()
    with qtbot.waitSignal(empty_page.import_asked) as asked:
        first_run.go.click()
    assert asked.args == [["claude_code"]]
    first_run.boxes[0][1].click()
    assert not first_run.go.isEnabled()


def test_nothing_found_is_said(empty_page: SourcesPage) -> None:
    empty_page.show_found([])
    assert "No tool known here" in empty_page.first_run.state.text()
    assert empty_page.first_run.go.isHidden()


def test_one_file_is_not_files(empty_page: SourcesPage) -> None:
    empty_page.show_found([Found("x", "Tom & Co <i>", "/x", 1, 10, "")])
    shown = [label.text() for label in empty_page.first_run.findChildren(QLabel)]
    assert "1 file, 10 B" in shown
    assert empty_page.first_run.boxes[0][1].text() == "Tom && Co <i>"


def test_page_turns_when_something_is_imported(qtbot: QtBot, empty_page: SourcesPage) -> None:
    filled = FakeLibrary()
    empty_page.asks._opener = lambda _path: filled  # type: ignore[assignment,return-value]
    empty_page.asks.open(filled.path)
    qtbot.waitUntil(lambda: not empty_page.empty)
    assert empty_page.table.rowCount() == 3


def test_hidden_page_asks_nothing(qtbot: QtBot, page: SourcesPage, library: FakeLibrary) -> None:
    library.asked.clear()
    page.asks.changed.emit()
    got: list[int] = []
    page.asks.ask(lambda opened: opened.count(), got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert library.asked == []
