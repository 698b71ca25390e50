"""What is seen first: the window's parts as plain colours, before anything slow is loaded.

Qt's own namespace of names (``Qt``) and its fonts take longer to load than all of this, so neither
is used here; pens, brushes and fillRect would load the former.
"""

import json
from typing import Final

from PySide6.QtCore import QRect, QSettings
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from tokenworth.shipped import shipped

RAIL_PX: Final = 196
TOP_PX: Final = 52
STATUS_PX: Final = 31
MENU_PX: Final = 26
"""The menus' height in most fonts; nothing but this first sight rests on it."""
DARK_BELOW: Final = 128


def paint_ground(window: QWidget, settings: QSettings) -> None:
    """Paint bars, rail and page of a window in the colours of the look that was chosen last."""
    colours = json.loads(shipped(f"themes/{_theme(settings)}.json").read_text(encoding="utf-8"))
    width, height = window.width(), window.height()
    top, foot = MENU_PX + TOP_PX, height - STATUS_PX
    painter, ink = QPainter(window), QPixmap(1, 1)
    for name, place in (
        ("surface", QRect(0, 0, width, height)),
        ("line", QRect(0, top - 1, width, foot - top + 2)),
        ("rail", QRect(0, top, RAIL_PX - 1, foot - top)),
        ("window", QRect(RAIL_PX, top, width - RAIL_PX, foot - top)),
    ):
        ink.fill(QColor(colours[name]))
        painter.drawPixmap(place, ink)
    painter.end()


def _theme(settings: QSettings) -> str:
    look = settings.value("look")
    if look in ("light", "dark"):
        return str(look)
    # the colours the desktop gives its windows tell its scheme, and are there already
    return "dark" if QApplication.palette().window().color().value() < DARK_BELOW else "light"
