"""What every plot on a scene begins with: a view of its own, items in order, axes of the theme."""

from collections.abc import Iterable
from typing import Any

import pyqtgraph
from PySide6.QtCore import Qt

from tokenworth.gui.charts.screen import ScreenItem
from tokenworth.gui.theme import Theme


def new_view() -> Any:
    """Return a view that takes neither keys, which are the chart's, nor asks for a menu."""
    view: Any = pyqtgraph.GraphicsLayoutWidget()
    for widget in (view, view.viewport()):
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    return view


def fill(box: Any, *items: ScreenItem) -> None:
    """Put items into a box, later ones over earlier ones."""
    for depth, item in enumerate(items):
        item.setZValue(depth)
        box.addItem(item, ignoreBounds=True)


def dress(view: Any, axes: Iterable[Any], theme: Theme) -> None:
    """Give a view and its axes the theme's colours and letters."""
    view.setBackground(theme.colour("surface"))
    for axis in axes:
        axis.setPen(pyqtgraph.mkPen(None))
        axis.setTickPen(theme.colour("surface"))  # a tick of no length is a dot
        axis.setTextPen(theme.colour("muted"))
        axis.setTickFont(theme.font("small"))
