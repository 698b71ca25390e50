"""The Goodhart plot: tokens against value, one mark a week, its interval always drawn."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.trending import Relation, RelationPoint
from tokenworth.domain.views import SessionQuery
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts import net_words, relation_words
from tokenworth.gui.charts.net import NetBar, net_bar
from tokenworth.gui.charts.relation_plot import RelationPlot
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.charts.walked import WalkedChart
from tokenworth.gui.charts.widget import Keys
from tokenworth.gui.labels import label
from tokenworth.gui.theme import Theme

NOTHING: Final = Relation(
    (),
    Estimate("M11", "partial", "", None, None, None, 0, 10, "", "none", "none"),
    Estimate("M11", "raw", "", None, None, None, 0, 10, "", "none", "none"),
    "",
    (),
)


class RelationChart(WalkedChart):
    """Draws a Relation. Arrows go from mark to mark, by tokens; Enter opens the week's sessions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Tokens against value, week by week"))
        self._relation = NOTHING
        self._points: tuple[RelationPoint, ...] = ()
        self.plot = RelationPlot(theme)
        self.headline = label(role="heading")
        self.raw = label()
        self.notes = label(role="small")
        self.missing = label(role="heading")
        self.missing_more = label(role="muted")
        self.stack = QStackedWidget()
        self._lay_out()
        self.watch(self.plot.view)
        self.plot.box.sigRangeChanged.connect(lambda *_: self.point())

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
        for said, text in ((self.headline, head), (self.raw, raw), (self.notes, notes)):
            said.setText(text)
            said.setVisible(bool(text))
        self.missing.setText(relation_words.missing(value))
        self.stack.setCurrentIndex(0 if self.is_enough() else 1)
        self.tell(self.text_alternative())
        self.point()

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
        self.point()

    def own_words(self) -> tuple[list[str], list[str]]:
        """Return headline and correlation for above the plot, the notes for below."""
        head, raw, notes = relation_words.parts(self._relation)
        return [text for text in (head, raw) if text], notes.splitlines()

    # What is pointed at --------------------------------------------------------------------------

    def current(self) -> RelationPoint | None:
        """Return the week pointed at, else the selected one."""
        index = self.at()
        return None if index is None else self._points[index]

    def last(self) -> int:
        """Return the place of the last mark in the order of tokens."""
        return len(self._points) - 1

    def mark_at(self, place: QPointF) -> int | None:
        """Return the mark that is nearest to a place of the scene, if one is near."""
        return self.plot.mark_at(place)

    def query_at(self, index: int, place: QPointF) -> SessionQuery:
        """Return the sessions of a mark's week."""
        del place
        return SessionQuery(week=self._points[index].week)

    def select(self, index: int) -> None:
        """Select a mark, by its place in the order of tokens, and read it out."""
        if not self._points:
            return
        self.selected = max(0, min(len(self._points) - 1, index))
        self._hovered = None
        self.plot.bring_into_view(self.selected)
        self.point()
        self.tell(self.readout.text())

    def reset(self) -> None:
        """Bring everything into view."""
        self.plot.reset()

    def zoom(self, factor: float) -> None:
        """Show less (below 1) or more around the selected mark, else around the middle."""
        self.plot.zoom(factor, self.selected)

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
        return super().keys() if self.is_enough() else {}

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Move the read-out along."""
        super().resizeEvent(event)
        self.point()

    def point(self) -> None:
        """Move mark and read-out to the week pointed at, else to the selected one."""
        index = self.at()
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
        for said in (self.missing, self.missing_more):
            said.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(said)
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
