"""A window's surroundings without a display, and a store that is made up."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without it Qt aborts the whole run

from fake import FakeLibrary
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from showing import Show, Shown

from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.theme import Theme
from tokenworth.gui.worker import Worker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the offscreen platform says whenever a window has a smallest size."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    dressed = Theme()
    dressed.apply(qapp, "light")
    return dressed


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Show a widget, closed after the test."""
    kept: list[QWidget] = []  # else it may be collected while it is being painted

    def build(widget: Shown, width: int = 1100, height: int = 560) -> Shown:
        qtbot.addWidget(widget)
        kept.append(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        QApplication.processEvents()
        return widget

    yield build
    kept.clear()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def open_asks(qtbot: QtBot) -> Iterator[Callable[[FakeLibrary], Asks]]:
    """Open a made-up store as the window would; closed after the test."""
    made: list[Asks] = []

    def build(library: FakeLibrary) -> Asks:
        asks = Asks(Worker(), opener=lambda _path: library)  # type: ignore[arg-type,return-value]
        made.append(asks)
        with qtbot.waitSignal(asks.opened, timeout=5000):
            asks.open(library.path)
        return asks

    yield build
    for asks in made:
        asks.close()


@pytest.fixture
def asks(open_asks: Callable[[FakeLibrary], Asks], library: FakeLibrary) -> Asks:
    """Questions over a store of 60 made-up sessions."""
    return open_asks(library)


@pytest.fixture
def page_args(qtbot: QtBot, asks: Asks, theme: Theme) -> tuple[Asks, Theme, Actions, QUndoStack]:
    """What every page is made with."""
    owner = QWidget()
    qtbot.addWidget(owner)
    undo = QUndoStack(owner)
    return asks, theme, Actions(owner), undo
