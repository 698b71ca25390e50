"""Items of a chart that know data but paint in pixels: lines, hatches, words stay crisp."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from tokenworth.gui.theme import Theme


class Scale(msgspec.Struct, frozen=True):
    """From data to pixels: weeks to the right, values upwards."""

    slot: float  # pixels a week
    unit: float  # pixels a unit of y, negative: up is less
    left: float
    foot: float

    def x(self, week: float) -> float:
        """Return the pixel of a week's middle, or of a place between."""
        return self.left + self.slot * week

    def y(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.foot + self.unit * value


class ScreenItem(QGraphicsObject):
    """An item laid out in data, painted in pixels. Subclasses say how in ``paint_screen``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.area = QRectF(0, 0, 1, 1)

    def set_area(self, area: QRectF) -> None:
        """Set the rectangle of data that the item may paint on."""
        self.prepareGeometryChange()
        self.area = area
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return what Qt has to repaint for this item."""
        return self.area

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Undo the view's transform and paint with a scale instead."""
        view = painter.worldTransform()
        painter.save()
        painter.setWorldTransform(QTransform())
        self.paint_screen(painter, Scale(view.m11(), view.m22(), view.dx(), view.dy()))
        painter.restore()

    def paint_screen(self, painter: QPainter, scale: Scale) -> None:
        """Paint in pixels."""
