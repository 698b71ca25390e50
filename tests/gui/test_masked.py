"""While a session waits in Review nothing in the window tells what it came to."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from claude_lines import answer, prompt, write
from PySide6.QtCore import QAbstractItemModel, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tokenworth.domain.review import PRACTICE
from tokenworth.gui.asks import Asks
from tokenworth.gui.form import TagForm
from tokenworth.gui.pages import PLACES
from tokenworth.gui.single import Stores
from tokenworth.gui.theme import Theme
from tokenworth.gui.window import Window
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

DAY = 24 * 60
SESSIONS = 20
TURNS = 13
MODEL = "claude-sonnet-4-5"
TELLS = re.compile(r"\b7\.\d+ M\b|\b7[,.]?\d{3}[,.]?\d{3}\b|\$1[01]\d\b")
"""What one of the sessions came to: 7 million tokens and something, over 100 dollars."""
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.StatusTipRole,
)


def now() -> int:
    return int(datetime(2026, 3, 12, 10, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """20 sessions on one Thursday, all of them in the queue; each of 7 million tokens and some."""
    for i in range(SESSIONS):
        at, lines = 3 * DAY + 25 * i, []
        for turn in range(TURNS):
            lines.append(prompt(f"S{i}", turn, at + turn, f"Mend the harbour wall {i}"))
            lines.append(answer(f"S{i}", turn, at + turn + 0.5, 10))
        lines[1]["message"]["usage"]["output_tokens"] = 7_000_000 + 11_111 * i
        write(tmp_path / "history" / f"S{i}.jsonl", lines)
    import_files(tmp_path / "store.db", [tmp_path / "history"])
    library = Library(tmp_path / "store.db", clock=now)
    library.set_setting("asked_per_period", "20")
    library.practice([(one.purpose, one.fate) for one in PRACTICE])
    library.queue()
    library.draw("2026-W10b")
    assert library.queue().left == SESSIONS
    library.close()
    return tmp_path / "store.db"


@pytest.fixture
def window(
    qtbot: QtBot, open_asks: Callable[[Library], Asks], theme: Theme, path: Path, tmp_path: Path
) -> Iterator[Window]:
    asks = open_asks(Library(path, clock=now))
    stores = Stores(path, tmp_path / "demo.db", lambda _path: True)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Window(settings)
    made.furnish(asks, theme, stores)
    made.running.since_rescan.start()  # no import by the clock while this is tested
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    made.load_pages()
    qtbot.waitUntil(lambda: len(made.pages) == len(PLACES))
    made._opened()
    yield made
    made.close()


def settle(qtbot: QtBot, window: Window) -> None:
    """Wait until all that was asked is answered, and what that asks in turn."""
    for _ in range(3):
        with qtbot.waitCallback() as answered:
            window.asks.ask(lambda _library: None, answered)
        QApplication.processEvents()


def texts(root: QWidget) -> Iterator[str]:
    """Yield every text of every widget, shown or only told to a screen reader."""
    for widget in (root, *root.findChildren(QWidget)):
        yield from (
            widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(),
            widget.statusTip(), widget.windowTitle(), widget.whatsThis(),
        )  # fmt: skip
        if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(i) for i in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from cells(widget.model())
        for tell in ("text_alternative", "csv_rows"):
            if hasattr(widget, tell):
                yield str(getattr(widget, tell)())


def cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            for role in ROLES:
                yield str(model.index(row, column).data(role) or "")


def telling(root: QWidget) -> list[str]:
    return [text for text in texts(root) if TELLS.search(text)]


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_no_place_tells_it(qtbot: QtBot, window: Window, place: str) -> None:
    window.go(place)
    settle(qtbot, window)
    assert telling(window) == []


def test_neither_row_nor_panel_nor_transcript_nor_search_nor_copy(
    qtbot: QtBot, window: Window
) -> None:
    window.go("sessions")
    settle(qtbot, window)
    page = window.pages["sessions"]
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "harbour")
    qtbot.waitUntil(lambda: page.table.model().rowCount() == SESSIONS)
    settle(qtbot, window)
    for row in (0, SESSIONS - 1):
        page.table.selectRow(row)
        settle(qtbot, window)
        page.panel.setCurrentIndex(0)
        settle(qtbot, window)
        panel = [text for text in texts(page.panel) if text]
        assert any("waits in Review" in text for text in panel)
        assert not [text for text in panel if MODEL in text or TELLS.search(text)]
        page.panel.setCurrentIndex(1)
        settle(qtbot, window)
        assert "stays hidden" in page.panel.transcript.toPlainText()
    assert telling(page) == []
    page.table.selectAll()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    page.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.count("hidden") >= 4 * SESSIONS  # active, turns, tokens, price
    assert not TELLS.search(copied)


@pytest.mark.parametrize("tab", ["relation", "flow", "mix", "calibration", "calendar"])
def test_no_chart_tells_it(qtbot: QtBot, window: Window, tab: str) -> None:
    window.go("trends")
    settle(qtbot, window)
    window.pages["trends"].show_tab(tab)
    settle(qtbot, window)
    assert telling(window.pages["trends"]) == []


def test_it_is_told_once_it_is_answered(qtbot: QtBot, window: Window) -> None:
    window.go("review")
    settle(qtbot, window)
    forms = window.pages["review"].findChildren(TagForm)
    (form,) = (one for one in forms if one.isVisible())
    for key in "2u40yy":  # the last two are asked of a third only
        QTest.keyClicks(form, key)
    QTest.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(telling(window.pages["review"])))
