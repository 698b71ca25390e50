"""The Goodhart plot: tokens against value, one mark a week, its interval always drawn."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.trending import Relation, RelationPoint
from tokenworth.domain.views import SessionQuery
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts import net_words, relation_words
from tokenworth.gui.charts.legend import Readout
from tokenworth.gui.charts.net import NetBar, net_bar
from tokenworth.gui.charts.relation_plot import RelationPlot
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.charts.widget import ChartWidget, Keys
from tokenworth.gui.theme import Theme

ZOOM: Final = 0.75
NOTHING: Final = Relation(
    (),
    Estimate("M11", "partial", "", None, None, None, 0, 10, "", "none", "none"),
    Estimate("M11", "raw", "", None, None, None, 0, 10, "", "none", "none"),
    "",
    (),
)


class RelationChart(ChartWidget):
    """Draws a Relation. Arrows go from mark to mark, by tokens; Enter opens the week's sessions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Tokens against value, week by week"))
        self._relation = NOTHING
        self._points: tuple[RelationPoint, ...] = ()
        self._hovered: int | None = None
        self.selected: int | None = None
        self.plot = RelationPlot(theme)
        self.readout = Readout(theme, self)
        self.headline = _label("heading")
        self.raw = _label("")
        self.notes = _label("small")
        self.missing = _label("heading")
        self.missing_more = _label("muted")
        self.stack = QStackedWidget()
        self._lay_out()
        scene = self.plot.view.scene()
        scene.sigMouseMoved.connect(self._on_move)
        scene.sigMouseClicked.connect(self._on_click)
        self.plot.view.viewport().installEventFilter(self)
        self.plot.box.sigRangeChanged.connect(lambda *_: self._point())

    # What a chart can do -------------------------------------------------------------------------

    def show_data(self, value: Relation) -> None:
        """Draw a relation; the selected week and the zoom stay where they were."""
        ordered = sorted(value.points, key=lambda point: point.new_tokens)
        drawn = [(point, _bar(point)) for point in ordered]
        points = tuple(point for point, bar in drawn if bar is not None)
        keys = [point.week for point in points]
        chosen = None if self.selected is None else self._points[self.selected].week
        same = keys == [point.week for point in self._points]
        self._relation, self._points = value, points
        self._hovered = None
        self.selected = keys.index(chosen) if chosen in keys else None
        self.plot.show([bar for _, bar in drawn if bar is not None], keep_view=same)
        head, raw, notes = relation_words.parts(value)
        for label, text in ((self.headline, head), (self.raw, raw), (self.notes, notes)):
            label.setText(text)
            label.setVisible(bool(text))
        self.missing.setText(relation_words.missing(value))
        self.stack.setCurrentIndex(0 if self.is_enough() else 1)
        self.tell(self.text_alternative())
        self._point()

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        self.plot.restyle()
        self.readout.update()

    def is_enough(self) -> bool:
        """Whether there are weeks enough for the plot."""
        return not relation_words.missing(self._relation)

    def text_alternative(self) -> str:
        """Return the chart in words, with its numbers."""
        return relation_words.whole(self._relation)

    def table(self) -> Table:
        """Return the numbers of all weeks, in the order of time."""
        heads = (
            tr("week"),
            tr("new tokens"),
            tr("attention, min"),
            tr("net time as told, min"),
            tr("its 95 % interval from, min"),
            tr("its 95 % interval to, min"),
            tr("upper limit is open"),
            tr("answers it rests on"),
            tr("how chosen"),
            tr("why not more is said"),
        )
        points = sorted(self._points, key=lambda point: point.week)
        return Table(heads, tuple(_row(point) for point in points))

    def picture_size(self) -> QSizeF:
        """Return the size of the plot, in pixels."""
        return QSizeF(self.stack.size())

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint the plot, or what is missing, from the target's corner on."""
        if not self.is_enough():
            painter.setFont(self.theme.font("text", strong=True))
            painter.setPen(self.theme.colour("text"))
            painter.drawText(target, Qt.AlignmentFlag.AlignCenter, self.missing.text())
            return
        view = self.plot.view
        self.plot.net.mark(None)
        source = QRectF(view.rect())
        view.scene().render(painter, QRectF(target.topLeft(), source.size()), source)
        self._point()

    def own_words(self) -> tuple[list[str], list[str]]:
        """Return headline and correlation for above the plot, the notes for below."""
        head, raw, notes = relation_words.parts(self._relation)
        return [text for text in (head, raw) if text], notes.splitlines()

    # What is pointed at --------------------------------------------------------------------------

    def current(self) -> RelationPoint | None:
        """Return the week pointed at, else the selected one."""
        index = self.selected if self._hovered is None else self._hovered
        return None if index is None else self._points[index]

    def select(self, index: int) -> None:
        """Select a mark, by its place in the order of tokens, and read it out."""
        if not self._points:
            return
        self.selected = max(0, min(len(self._points) - 1, index))
        self._hovered = None
        self.plot.bring_into_view(self.selected)
        self._point()
        self.tell(self.readout.text())

    def reset(self) -> None:
        """Bring everything into view."""
        self.plot.reset()

    def is_full(self) -> bool:
        """Whether everything is in view."""
        return self.plot.is_full()

    def open_week(self) -> None:
        """Ask for the sessions of the week pointed at or selected."""
        point = self.current()
        if point is not None:
            self.opened.emit(SessionQuery(week=point.week))

    # Events --------------------------------------------------------------------------------------

    def keys(self) -> Keys:
        """Go from mark to mark, zoom, open."""
        if not self.is_enough():
            return {}
        at = self.selected
        last = len(self._points) - 1
        return {
            Qt.Key.Key_Left: lambda: self.select(last if at is None else at - 1),
            Qt.Key.Key_Right: lambda: self.select(0 if at is None else at + 1),
            Qt.Key.Key_Home: lambda: self.select(0),
            Qt.Key.Key_End: lambda: self.select(last),
            Qt.Key.Key_Plus: lambda: self.plot.zoom(ZOOM, at),
            Qt.Key.Key_Equal: lambda: self.plot.zoom(ZOOM, at),
            Qt.Key.Key_Minus: lambda: self.plot.zoom(1 / ZOOM, at),
            Qt.Key.Key_R: self.reset,
            Qt.Key.Key_Return: self.open_week,
            Qt.Key.Key_Enter: self.open_week,
            Qt.Key.Key_Escape: self._deselect,
        }

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Move the read-out along."""
        super().resizeEvent(event)
        self._point()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take the read-out away with the chart."""
        super().hideEvent(event)
        self.readout.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Bring the read-out back with the chart."""
        super().showEvent(event)
        self._point()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Forget the week pointed at when the mouse leaves."""
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().eventFilter(watched, event)

    def _on_move(self, place: QPointF) -> None:
        self._hover(self.plot.mark_at(place))

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.double():
            self.waiting.stop()
            self.reset()
            return
        index = self.plot.mark_at(event.scenePos())
        if index is not None:
            self.click(SessionQuery(week=self._points[index].week), at_once=self.is_full())

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self._point()

    def _deselect(self) -> None:
        self.selected = None
        self.tell(self.text_alternative())
        self._point()

    def _point(self) -> None:
        """Move mark and read-out to the week pointed at, else to the selected one."""
        index = self.selected if self._hovered is None else self._hovered
        self.plot.net.mark(index)
        place = None if index is None else self.plot.place_of(index)
        if index is None or place is None or not self.is_enough():
            self.readout.hide()
        else:
            self.readout.show_lines(*relation_words.read_out(self._points[index]))
            corner = self.plot.view.mapTo(self, place)
            self.readout.stand_beside(corner.x(), 8, self.stack.y())
        self.pointed.emit()

    # Inside --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.missing_more.setText(
            self.tr(
                "Here each week will be a mark: how many new tokens it took, and the net time told "
                "of it. A week counts as soon as enough of its sessions were looked at by chance."
            )
        )
        empty = QWidget()
        inside = QVBoxLayout(empty)
        inside.addStretch(2)
        for label in (self.missing, self.missing_more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addStretch(3)
        self.stack.addWidget(self.plot.view)
        self.stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.headline)
        column.addWidget(self.raw)
        column.addSpacing(4)
        column.addWidget(self.stack, 1)
        column.addWidget(self.notes)


def _bar(point: RelationPoint) -> NetBar | None:
    return net_bar(point.new_tokens, point.net, point.attention)


def _row(point: RelationPoint) -> tuple[Cell, ...]:
    net = point.net
    return (
        point.week,
        point.new_tokens,
        point.attention,
        net.value,
        net.low,
        net.high,
        tr("yes") if net.open_high else tr("no"),
        net.n,
        net_words.how_words(net),
        words.signed(net.reason),
    )


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
