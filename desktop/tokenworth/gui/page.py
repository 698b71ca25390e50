"""What every place of the window has."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.theme import Theme


class Page(QWidget):
    """One place of the window."""

    show_sessions = Signal(object)
    """A SessionQuery: the window goes to Sessions with it."""
    message = Signal(str)
    """Words for the bar at the window's foot."""
    badge_changed = Signal()
    """``badge`` says something else now."""

    name = ""
    """Shown on the rail."""
    begin_at: QWidget | None = None
    """What takes the keys when the window goes to the page; None: the rail keeps them.

    It is no focus proxy: Tab would pass over all that stands before that on the page.
    """

    def __init__(self, asks: Asks, theme: Theme, actions: Actions, undo: QUndoStack) -> None:
        super().__init__()
        self.asks = asks
        self.theme = theme
        self.window_actions = actions
        self.undo = undo

    def shown(self) -> None:
        """Begin or refresh: the page has become visible."""

    def badge(self) -> str:
        """Return the few signs beside the page's name on the rail, or nothing."""
        return ""
