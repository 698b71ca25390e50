"""A chart painted by hand whose marks can be pointed at, walked through by key, and opened."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)

from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts.sentences import Line
from tokenworth.gui.charts.spots import Key, Room, Spot, nearest
from tokenworth.gui.charts.widget import ChartWidget, Keys
from tokenworth.gui.theme import Theme

BESIDE_PX: Final = 12
HALO_PX: Final = 4
OUTLINE_PX: Final = 2
TABS: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class MarkedChart(ChartWidget):
    """Arrows, Home and End choose a mark, Enter opens it, Escape lets it go."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.spots: list[Spot] = []
        self.selected: int | None = None
        self.hovered: int | None = None
        self._by_key = False
        self.setMouseTracking(True)
        self.room = Room(self)
        self.room.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.room.placed.connect(self.lay_again)

    # What subclasses say -------------------------------------------------------------------------

    def lay_out(self, room: QRectF) -> list[Spot]:
        """Work out where everything is painted; return the marks, upper ones last."""
        del room
        return []

    def paint_marks(self, painter: QPainter, room: QRectF) -> None:
        """Paint what was laid out."""

    def read_out(self, spot: Spot) -> tuple[str, Sequence[Line]]:
        """Return a mark's title and its values."""
        return str(spot.key), ()

    def query_of(self, spot: Spot) -> SessionQuery | None:
        """Return the sessions of a mark; None where they cannot be told."""
        del spot
        return None

    def whole_words(self) -> str:
        """Return what is drawn in words, with its numbers."""
        return ""

    def empty_words(self) -> tuple[str, str] | None:
        """Return a heading and the next step where there is nothing to draw."""
        return None

    def bring_into_view(self, spot: Spot) -> None:
        """Scroll or pan to a mark."""

    # What they share -----------------------------------------------------------------------------

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        self.lay_again()
        self.readout.update()

    def lay_again(self) -> None:
        """Lay the same numbers out anew; what was selected stays so."""
        kept = None if self.selected is None else self.spots[self.selected].key
        self.hovered = None
        self.spots = [] if self.empty_words() else self.lay_out(self.place())
        self.selected = next((at for at, one in enumerate(self.spots) if one.key == kept), None)
        self.point()
        self.update()

    def text_alternative(self) -> str:
        """Return the chart in words, or what will be here."""
        empty = self.empty_words()
        return " ".join(empty) if empty else self.whole_words()

    def place(self) -> QRectF:
        """Return where the chart is painted."""
        return QRectF(self.room.geometry())

    def picture_size(self) -> QSizeF:
        """Return the size of what is painted, in pixels."""
        return self.place().size()

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint what is on screen for a picture."""
        painter.translate(target.topLeft() - self.place().topLeft())
        self._paint_all(painter)

    def current(self) -> Spot | None:
        """Return the mark pointed at, else the selected one."""
        at = self.selected if self.hovered is None else self.hovered
        return None if at is None else self.spots[at]

    def select(self, at: int) -> None:
        """Select a mark, bring it into view and read it out."""
        if not self.spots:
            return
        self.selected = max(0, min(len(self.spots) - 1, at))
        self.hovered = None
        self.bring_into_view(self.spots[self.selected])
        self.point()
        self.update()
        self.tell(self.readout.text())

    def select_key(self, key: Key) -> None:
        """Select the mark of that key, if there is one."""
        at = next((at for at, one in enumerate(self.spots) if one.key == key), None)
        if at is not None:
            self.select(at)

    def open_current(self, *, at_once: bool = True) -> None:
        """Ask for the sessions of the mark pointed at or selected."""
        spot = self.current()
        query = None if spot is None else self.query_of(spot)
        if query is not None:
            self.click(query, at_once=at_once)

    def opens_at_once(self) -> bool:
        """Whether a click cannot be the first of two that mean something else."""
        return True

    def keys(self) -> Keys:
        """Return what each key does."""
        return {
            Qt.Key.Key_Left: lambda: self._step(-1, 0),
            Qt.Key.Key_Right: lambda: self._step(1, 0),
            Qt.Key.Key_Up: lambda: self._step(0, -1),
            Qt.Key.Key_Down: lambda: self._step(0, 1),
            Qt.Key.Key_Home: lambda: self._jump(0),
            Qt.Key.Key_End: lambda: self._jump(-1),
            Qt.Key.Key_Return: self.open_current,
            Qt.Key.Key_Enter: self.open_current,
            Qt.Key.Key_Escape: self._deselect,
        }

    def first(self) -> Key | None:
        """Return the key of the mark where the arrows begin; None: the first of all."""
        return None

    def spot_at(self, place: QPointF) -> int | None:
        """Return the uppermost mark at a place."""
        for at in range(len(self.spots) - 1, -1, -1):
            if self.spots[at].shape.contains(place):
                return at
        return None

    # Events --------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chart, and the outline of the mark that is selected."""
        painter = QPainter(self)
        self._paint_all(painter)
        if self.selected is not None:
            self._outline(painter, self.spots[self.selected].shape)
        elif self.hasFocus() and self._by_key:
            painter.setPen(QPen(self.theme.colour("accent"), 1))
            painter.drawRoundedRect(self.place().adjusted(0.5, 0.5, -1.5, -1.5), 6, 6)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Read out what is pointed at."""
        self.hover(self.spot_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.hover(self.spot_at(event.position()))
            if self.hovered is not None:
                self.open_current(at_once=self.opens_at_once())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Forget what was pointed at."""
        super().leaveEvent(event)
        self.hover(None)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the focus where it came by key."""
        super().focusInEvent(event)
        self._by_key = event.reason() in TABS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the focus's mark away."""
        super().focusOutEvent(event)
        self.update()

    def hover(self, at: int | None) -> None:
        """Point at a mark, or at none."""
        if at != self.hovered:
            self.hovered = at
            self.point()

    def point(self) -> None:
        """Move the read-out to the mark pointed at, else to the selected one."""
        spot = self.current()
        room, seen = self.place(), QRectF()
        if spot is not None:
            seen = spot.shape.boundingRect().intersected(room)
        if spot is None or seen.isNull():
            self.readout.hide()
        else:
            self.readout.show_lines(*self.read_out(spot))
            self._stand_beside(seen)
        self.pointed.emit()

    # Inside --------------------------------------------------------------------------------------

    def _paint_all(self, painter: QPainter) -> None:
        room = self.place()
        words = self.empty_words()
        painter.save()
        painter.setClipRect(room)
        if words:
            self._paint_empty(painter, room, words)
        else:
            self.paint_marks(painter, room)
        painter.restore()

    def _paint_empty(self, painter: QPainter, room: QRectF, words: tuple[str, str]) -> None:
        strong, plain = self.theme.font("heading", strong=True), self.theme.font("text")
        high = QFontMetricsF(strong).height() + 8
        wide = min(room.width() - 2 * BESIDE_PX, 560.0)
        left, middle = room.center().x() - wide / 2, room.top() + room.height() * 0.4
        painter.setFont(strong)
        painter.setPen(self.theme.colour("text"))
        centre = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(left, middle - high, wide, high), centre, words[0])
        painter.setFont(plain)
        painter.setPen(self.theme.colour("muted"))
        below = QRectF(left, middle + 4, wide, room.bottom() - middle - 4)
        painter.drawText(below, int(centre) | int(Qt.TextFlag.TextWordWrap), words[1])

    def _outline(self, painter: QPainter, shape: QPainterPath) -> None:
        painter.setClipRect(self.place())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        join = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
        painter.setPen(QPen(self.theme.colour("surface"), HALO_PX, *join))
        painter.drawPath(shape)
        painter.setPen(QPen(self.theme.colour("text"), OUTLINE_PX, *join))
        painter.drawPath(shape)

    def _stand_beside(self, seen: QRectF) -> None:
        """Put the read-out right of a mark, left of it, or where there is room over it."""
        wide, high = self.readout.width(), self.readout.height()
        left = seen.right() + BESIDE_PX
        if left + wide > self.width():
            left = seen.left() - BESIDE_PX - wide
        top = seen.top()
        if left < 0:
            left = min(max(0.0, seen.center().x() - wide / 2), max(0.0, self.width() - wide))
            top = seen.bottom() + BESIDE_PX
            if top + high > self.height():
                top = seen.top() - BESIDE_PX - high
        top = max(0.0, min(top, self.height() - high))
        self.readout.stand_at(QPoint(round(left), round(top)))

    def _step(self, across: int, down: int) -> None:
        """Go to the next mark of a direction; the first arrow only begins."""
        if self.selected is None:
            key = self.first()
            at = next((at for at, one in enumerate(self.spots) if one.key == key), 0)
            self.select(at)
            return
        found = nearest(self.spots, self.spots[self.selected], across, down)
        self.select(self.selected if found is None else found)

    def _jump(self, end: int) -> None:
        """Go to the first mark of the first column, or the last of the last."""
        if self.spots:
            order = sorted(
                range(len(self.spots)), key=lambda at: (self.spots[at].column, self.spots[at].row)
            )
            self.select(order[end])

    def _deselect(self) -> None:
        self.selected = None
        self.tell(self.text_alternative())
        self.point()
        self.update()
