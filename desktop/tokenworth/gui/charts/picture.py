"""A chart as a file: PNG or SVG with the words that belong to it, written whole or not at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from tokenworth.domain.refusal import Refusal
from tokenworth.gui.chart import Drawing
from tokenworth.gui.theme import Theme
from tokenworth.workflows.saving import write_whole

MARGIN_PX: Final = 24
SVG_DPI: Final = 96  # the resolution our sizes in pixels are meant for
SHARPER: Final = 2  # pixels of a PNG a pixel on screen


class Picture:
    """A chart between its title and its sentences, as it is now on screen."""

    def __init__(
        self, chart: Drawing, theme: Theme, above: Sequence[str], below: Sequence[str]
    ) -> None:
        self._chart = chart
        self._theme = theme
        self._above = above
        self._below = below
        width = round(chart.picture_size().width()) + 2 * MARGIN_PX
        self.size = QSize(width, self._layout(None, width))

    def png(self) -> bytes:
        """Return the picture as PNG."""
        image = QImage(self.size * SHARPER, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(SHARPER)
        image.fill(self._theme.colour("surface"))
        painter = QPainter(image)
        self._layout(painter, self.size.width())
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt wants text
        return bytes(data.data())

    def svg(self) -> bytes:
        """Return the picture as SVG; letters stay letters."""
        data = QByteArray()
        buffer = QBuffer(data)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(SVG_DPI)
        generator.setSize(self.size)
        generator.setViewBox(QRectF(0, 0, self.size.width(), self.size.height()))
        generator.setTitle(self._above[0])
        generator.setDescription(self._chart.text_alternative())
        painter = QPainter(generator)
        background = QRectF(0, 0, self.size.width(), self.size.height())
        painter.fillRect(background, self._theme.colour("surface"))
        self._layout(painter, self.size.width())
        painter.end()
        return bytes(data.data())

    def _layout(self, painter: QPainter | None, width: int) -> int:
        """Paint from top to bottom, or only measure. Returns the height."""
        top = MARGIN_PX
        inner = width - 2 * MARGIN_PX
        for index, text in enumerate(self._above):
            top += self._paint_words(
                painter, text, QRectF(MARGIN_PX, top, inner, 1), first=not index
            )
        top += MARGIN_PX // 2
        size = self._chart.picture_size()
        if painter is not None:
            painter.save()
            self._chart.draw(painter, QRectF(MARGIN_PX, top, size.width(), size.height()))
            painter.restore()
        top += round(size.height()) + MARGIN_PX // 2
        for text in self._below:
            top += self._paint_words(painter, text, QRectF(MARGIN_PX, top, inner, 1), first=False)
        return top + MARGIN_PX

    def _paint_words(
        self, painter: QPainter | None, text: str, place: QRectF, *, first: bool
    ) -> int:
        font = self._theme.font("title" if first else "text", strong=first)
        flags = Qt.TextFlag.TextWordWrap
        room = QRectF(0, 0, place.width(), 10_000).toRect()
        high = QFontMetrics(font).boundingRect(room, flags, text).height() + 4
        if painter is not None:
            colour: QColor = self._theme.colour("text" if first else "muted")
            painter.setFont(font)
            painter.setPen(colour)
            place.setHeight(high)
            painter.drawText(place, int(flags), text)
        return high


def save_picture(picture: Picture, path: Path) -> Path:
    """Write a picture as its suffix says (.svg, else .png is added). Returns the path written.

    Raises Refusal if the file cannot be written; what stood there before then stays.
    """
    if path.suffix.lower() not in {".png", ".svg"}:
        path = path.with_name(path.name + ".png")
    data = picture.svg() if path.suffix.lower() == ".svg" else picture.png()
    try:
        write_whole(path, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal(f"The picture was not saved to {path}: {reason}.", "") from error
    return path
