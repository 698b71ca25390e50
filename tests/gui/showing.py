"""Widgets and pages shown as the window would, for the tests of each."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.theme import Theme

Shown = TypeVar("Shown", bound=QWidget)


class Show(Protocol):
    """Shows a widget in a size of its own, and keeps it."""

    def __call__(self, widget: Shown, width: int = 1100, height: int = 560) -> Shown: ...


class ShownPage:
    """A page over a made store, already shown and answered."""

    rounds = 1
    """How often an answer leads to the next question."""

    def __init__(self, qtbot: QtBot, asks: Asks, theme: Theme, page: Callable[..., Any]) -> None:
        self.qtbot = qtbot
        self.asks = asks
        owner = QWidget()
        qtbot.addWidget(owner)
        self.actions = Actions(owner)
        self.page = page(asks, theme, self.actions, QUndoStack(owner))
        qtbot.addWidget(self.page)
        self.page.resize(1164, 748)
        self.page.show()
        self.page.shown()
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has answered what was asked, and what that asked in its turn."""
        for _ in range(self.rounds):
            with self.qtbot.waitCallback() as answered:
                self.asks.ask(lambda _library: None, answered)
        QApplication.processEvents()
