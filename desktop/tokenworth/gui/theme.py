"""Colours and sizes: two palettes of our own, the same on every desktop.

Other widgets take part by a ``role`` property that ``app.qss`` knows:
labels "title", "heading", "muted", "small", "warning", "key"; frames "card", "strip", "banner";
buttons "primary", "link", "segment" (checkable); tables "plain".
"""

import json
import re
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tokenworth.shipped import shipped

Look = Literal["light", "dark", "system"]

FATE_COLOURS: Final = {
    "u": "used",
    "p": "part",
    "k": "kept",
    "d": "discarded",
    "a": "abandoned",
    "-": "unseen",
}
SMALLEST_POINTS: Final = 10.0
SIZES: Final = {"title": 1.4, "heading": 1.1, "text": 1.0, "small": 0.9}
PICTURES: Final = ("tick", "down")
TABULAR: Final = "tnum"
_PLACE = re.compile(r"@([a-z_]+)")
_ROLES: Final = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "soft",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent_soft",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hair",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}
_FADED: Final = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def read_colours(name: str) -> dict[str, QColor]:
    """Return the colours of a shipped theme by name."""
    named = json.loads(shipped(f"themes/{name}.json").read_text(encoding="utf-8"))
    return {key: QColor(value) for key, value in named.items()}


class Theme(QObject):
    """The colours in force; ``changed`` when others are."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look: Look = "system"
        self.dark = False
        self._colours = read_colours("light")
        self._template = shipped("themes/app.qss").read_text(encoding="utf-8")
        self._base_points = SMALLEST_POINTS

    def apply(self, app: QApplication, look: Look = "system") -> None:
        """Dress the app and follow the system's scheme from now on."""
        app.setStyle("Fusion")
        font = app.font()
        self._base_points = max(font.pointSizeF(), SMALLEST_POINTS)
        font.setPointSizeF(self._base_points)
        font.setFeature(QFont.Tag(TABULAR), 1)
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Put on the light or dark colours, or those the system has."""
        self.look = look
        self.dark = look == "dark" or (look == "system" and _system_is_dark())
        self._colours = read_colours("dark" if self.dark else "light")
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(self._palette())
            app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def colour(self, name: str) -> QColor:
        """Return a colour by name. Raises KeyError for a name no theme has."""
        return QColor(self._colours[name])

    def fate_colour(self, fate: str | None) -> QColor:
        """Return the colour of what became of a session; grey where nobody looked."""
        return self.colour(FATE_COLOURS.get(fate or "-", "unseen"))

    def points(self, size: str) -> float:
        """Return a size of letters in points: title, heading, text, small."""
        return round(self._base_points * SIZES[size], 1)

    def font(self, size: str = "text", *, strong: bool = False) -> QFont:
        """Return the system's font in one of our sizes, with tabular figures."""
        font = QApplication.font()
        font.setPointSizeF(self.points(size))
        font.setFeature(QFont.Tag(TABULAR), 1)
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def style_sheet(self) -> str:
        """Return app.qss with our colours and sizes filled in."""
        values = {name: colour.name() for name, colour in self._colours.items()}
        values |= {f"size_{name}": f"{self.points(name)}pt" for name in SIZES}
        tone = "dark" if self.dark else "light"
        for name in PICTURES:
            values[f"picture_{name}"] = Path(str(shipped(f"icons/{name}_{tone}.svg"))).as_posix()
        return _PLACE.sub(lambda found: values[found.group(1)], self._template)

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in _FADED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("faint"))
        return palette

    def _follow(self) -> None:
        if self.look == "system":
            self.set_look("system")


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
