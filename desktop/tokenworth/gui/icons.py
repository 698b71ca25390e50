"""Own icons: simple strokes, drawn in the colours of the theme."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QIcon, QImageReader, QPixmap

from tokenworth.gui.theme import Theme
from tokenworth.shipped import shipped

SIZE_PX: Final = 16
SCALES: Final = (1, 2, 3)
INK: Final = "currentColor"


def icon(name: str, theme: Theme, colour: str = "muted") -> QIcon:
    """Return a shipped icon in a colour of the theme, sharp up to three times its size."""
    drawing = shipped(f"icons/{name}.svg").read_text(encoding="utf-8")
    data = QByteArray(drawing.replace(INK, theme.colour(colour).name()).encode())
    made = QIcon()
    for scale in SCALES:
        buffer = QBuffer(data)
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer, b"svg")
        reader.setScaledSize(QSize(SIZE_PX * scale, SIZE_PX * scale))
        made.addPixmap(QPixmap.fromImage(reader.read()))
    return made


def app_icon() -> QPixmap:
    """Return the app's own picture, which keeps its colours."""
    picture = QPixmap()
    picture.loadFromData(QByteArray(shipped("icons/tokenworth.svg").read_bytes()), "SVG")
    return picture
