"""Everything that can have the focus says its name."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake import FakeLibrary
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tokenworth.gui.asks import Asks
from tokenworth.gui.pages import PLACES
from tokenworth.gui.single import Stores
from tokenworth.gui.theme import Theme
from tokenworth.gui.window import Window


@pytest.fixture
def window(
    qtbot: QtBot,
    open_asks: Callable[[FakeLibrary], Asks],
    theme: Theme,
    tmp_path: Path,
) -> Iterator[Window]:
    asks = open_asks(FakeLibrary())
    stores = Stores(tmp_path / "store.db", tmp_path / "demo.db", lambda _path: True)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Window(settings)
    made.furnish(asks, theme, stores)
    made.running.since_rescan.start()  # no import by the clock while this is tested
    qtbot.addWidget(made)
    made.show()
    made.load_pages()
    qtbot.waitUntil(lambda: len(made.pages) == len(PLACES))
    made._opened()
    yield made
    made.close()


def nameless(root: QWidget) -> list[str]:
    """Return focusable widgets in sight that a screen reader could not name."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisibleTo(root):
            continue
        if widget.objectName().startswith("qt_") or isinstance(
            widget.parentWidget(), QAbstractScrollArea
        ):
            continue  # inner parts of Qt's own widgets; the whole has the name
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(QAccessible.Text.Name):
            parent = widget.parentWidget()
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {parent}")
    return found


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_focusable_widgets_have_names(qtbot: QtBot, window: Window, place: str) -> None:
    window.go(place)
    answered: list[int] = []
    window.asks.ask(lambda library: library.count(), answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    window.status.run("Importing", 0.5)
    window.banner.show()
    window.messages.say("Words", "Sources", stay=True)
    assert nameless(window) == []


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_tab_reaches_all_that_can_be_seen_of_a_place(
    qtbot: QtBot, window: Window, place: str
) -> None:
    window.go(place)
    answered: list[int] = []
    window.asks.ask(lambda library: library.count(), answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    page, start = window.pages[place], window.rail.buttons[place]
    wanted = {
        part
        for part in page.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not part.focusProxy()  # Qt's own: the tabs stand for the panel
        and not isinstance(part.parentWidget(), (QAbstractScrollArea, QAbstractSpinBox))
        and not (isinstance(part, QAbstractButton) and part.group() and not part.isChecked())
    }  # fmt: skip
    assert wanted
    start.setFocus()
    reached = set()
    for _ in range(60):
        reached.add(window.focusWidget())
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)  # as a key comes: to the window
    assert {nameof(part) for part in wanted - reached} == set()


def nameof(part: QWidget) -> str:
    return f"{type(part).__name__} {part.accessibleName()!r}"


@pytest.mark.parametrize("action", ["palette", "keys", "about"])
def test_dialogs_too(window: Window, action: str) -> None:
    window.actions_list.entry(action).action.trigger()
    dialogs = [
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    ]
    assert len(dialogs) == 1
    assert dialogs[0].windowTitle()
    assert nameless(dialogs[0]) == []
    dialogs[0].close()


def test_actions_have_tips_and_no_key_is_taken_twice(window: Window) -> None:
    keys: list[str] = []
    for entry in window.actions_list.entries():
        assert entry.action.toolTip(), entry.name
        keys += [key.toString() for key in entry.action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_no_label_reads_imported_text_as_html(window: Window) -> None:
    for name in ("sources",):
        for label in window.pages[name].findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


def test_what_is_dropped_on_a_page_is_for_the_window(window: Window) -> None:
    takers = [
        part
        for page in window.pages.values()
        for part in page.findChildren(QWidget)
        if part.acceptDrops()
    ]
    assert not takers
    assert window.acceptDrops()
