"""The places of the window, in the order of the rail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from tokenworth.gui.asks import later
from tokenworth.gui.page import Page


@dataclass(frozen=True)
class Place:
    """One place: where its page is written, and what it must wait for."""

    name: str
    title: str
    key: str
    module: str
    page: str
    needs: str = ""
    """A module that takes long to import: the worker does it first."""

    def kind(self) -> Callable[..., Page]:
        """Import the page's class."""
        made: Callable[..., Page] = getattr(later(self.module), self.page)
        return made


PLACES: Final = (
    Place(
        "review",
        str(QT_TRANSLATE_NOOP("Window", "Review")),
        "Ctrl+1",
        "tokenworth.gui.pages.review",
        "ReviewPage",
    ),
    Place(
        "sessions",
        str(QT_TRANSLATE_NOOP("Window", "Sessions")),
        "Ctrl+2",
        "tokenworth.gui.pages.sessions",
        "SessionsPage",
    ),
    Place(
        "weeks",
        str(QT_TRANSLATE_NOOP("Window", "Weeks")),
        "Ctrl+3",
        "tokenworth.gui.pages.weeks",
        "WeeksPage",
        needs="pyqtgraph",
    ),
    Place(
        "trends",
        str(QT_TRANSLATE_NOOP("Window", "Trends")),
        "Ctrl+4",
        "tokenworth.gui.pages.trends",
        "TrendsPage",
        needs="pyqtgraph",
    ),
    Place(
        "sources",
        str(QT_TRANSLATE_NOOP("Window", "Sources")),
        "Ctrl+6",
        "tokenworth.gui.pages.sources",
        "SourcesPage",
    ),
)
