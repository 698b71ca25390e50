"""The paired chart: tokens a week by what became of them, over what the answers allow to say."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tokenworth.domain.views import Trend, Week
from tokenworth.gui.chart import Table
from tokenworth.gui.charts import figures, sentences
from tokenworth.gui.charts.axes import moved_view
from tokenworth.gui.charts.bars import ESTIMATED, Bar, bar_at, bars_of
from tokenworth.gui.charts.head import Head
from tokenworth.gui.charts.legend import Readout
from tokenworth.gui.charts.plots import Plots
from tokenworth.gui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

FEWEST_SLOTS: Final = 10
"""A chart of one week leaves room for nine, so that its bar is no wall."""
CLOSEST_WEEKS: Final = 3
ZOOM: Final = 0.75
SPACING_PX: Final = 6


class PairedChart(QWidget):
    """Draws a Trend. Arrows select, plus and minus zoom, R resets, Enter opens the week."""

    picked = Signal(str, str)
    """A week's key and an outcome's code (empty: the whole week) that was clicked."""
    pointed = Signal()
    """Another week is pointed at or selected: see ``current``."""
    viewed = Signal()
    """Other weeks are in view: see ``visible``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._trend = Trend((), "")
        self._bars: list[Bar] = []
        self._hovered: int | None = None
        self.selected: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Burned and got, week by week"))
        self.head = Head(theme)
        self.plots = Plots(theme, self.tr("Share of attention now in use, at least and at most"))
        self.readout = Readout(theme, self)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(QGuiApplication.styleHints().mouseDoubleClickInterval())
        self._waiting.timeout.connect(self._open_clicked)
        self._clicked: tuple[str, str] | None = None
        self._lay_out()
        self.plots.upper.sigXRangeChanged.connect(self._on_range)
        scene = self.plots.view.scene()
        scene.sigMouseMoved.connect(self._on_move)
        scene.sigMouseClicked.connect(self._on_click)
        self.plots.view.viewport().installEventFilter(self)

    # What a chart can do -------------------------------------------------------------------------

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks shown, in order."""
        return self._trend.weeks

    def show_series(self, series: Trend) -> None:
        """Draw a trend; the weeks in view and the selected one stay where they were."""
        keys = [week.key for week in series.weeks]
        kept = moved_view([week.key for week in self.weeks], keys, self.view_range())
        was_full = self.is_full()
        chosen = None if self.selected is None else self.weeks[self.selected].key
        self._trend = series
        self._hovered = None
        self.selected = keys.index(chosen) if chosen in keys else None
        self._bars = bars_of(series.weeks)
        beside = any(bar.fate == ESTIMATED for bar in self._bars)
        self.head.legend.set_estimated(shown=beside)
        self.head.fit()
        slots = max(FEWEST_SLOTS, len(series.weeks))
        self.plots.show(series.weeks, self._bars, slots)
        left, right = (-0.5, slots - 0.5) if was_full or kept is None else kept
        self.plots.upper.setXRange(left, right, padding=0)
        self._on_range()
        self._tell(self.words())
        self._point()

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        self.plots.restyle()
        self.head.legend.update()
        self.readout.update()

    def words(self) -> str:
        """Return the chart in words, with its numbers."""
        return figures.words_of(self._trend)

    def table(self) -> Table:
        """Return the numbers of all weeks."""
        return figures.table_of(self._trend)

    def picture_size(self) -> QSizeF:
        """Return the size of legend and plots, in pixels."""
        view = self.plots.view
        return QSizeF(view.width(), view.height() + self.head.height() + SPACING_PX)

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint heading, legend and plots from the target's corner on."""
        self.head.draw(painter, target.topLeft().toPoint())
        view = self.plots.view
        source = QRectF(view.rect())
        below = QPointF(target.left(), target.top() + self.head.height() + SPACING_PX)
        place_of_view = QRectF(below, source.size())
        self.plots.set_cursor(None, None)
        view.scene().render(painter, place_of_view, source)
        self.plots.set_cursor(self.selected, self._hovered)

    # What is in view and pointed at --------------------------------------------------------------

    def segments(self) -> list[Bar]:
        """Return the bars' rectangles in weeks and tokens."""
        return list(self._bars)

    def view_range(self) -> tuple[float, float]:
        """Return the range of weeks in view, as places on the axis."""
        left, right = self.plots.upper.viewRange()[0]
        return float(left), float(right)

    def is_full(self) -> bool:
        """Whether everything is in view."""
        left, right = self.view_range()
        return right - left >= max(FEWEST_SLOTS, len(self.weeks)) - 0.01

    def visible(self) -> tuple[Week, ...]:
        """Return the weeks whose middle is in view."""
        left, right = self.view_range()
        return tuple(week for index, week in enumerate(self.weeks) if left <= index <= right)

    def current(self) -> Week | None:
        """Return the week pointed at, else the selected one, else the last with answers."""
        index = self.selected if self._hovered is None else self._hovered
        if index is not None:
            return self.weeks[index]
        return next((week for week in reversed(self.weeks) if week.coverage.answered), None)

    def reset(self) -> None:
        """Bring everything into view."""
        slots = max(FEWEST_SLOTS, len(self.weeks))
        self.plots.upper.setXRange(-0.5, slots - 0.5, padding=0)

    def zoom(self, factor: float) -> None:
        """Show fewer (below 1) or more weeks around the selected one, else around the middle."""
        left, right = self.view_range()
        middle = (left + right) / 2 if self.selected is None else self.selected
        span = max(CLOSEST_WEEKS, (right - left) * factor)
        start = middle - (middle - left) / (right - left) * span
        self._show_range(start, span)

    def select(self, index: int) -> None:
        """Select a week, bring it into view and read it out."""
        if not self.weeks:
            return
        self.selected = max(0, min(len(self.weeks) - 1, index))
        self._hovered = None
        left, right = self.view_range()
        if self.selected - 0.5 < left:
            self._show_range(self.selected - 0.5, right - left)
        elif self.selected + 0.5 > right:
            self._show_range(self.selected + 0.5 - (right - left), right - left)
        self._point()
        self._tell(self.readout.text())

    def open_week(self) -> None:
        """Ask for the sessions of the week pointed at or selected."""
        index = self.selected if self._hovered is None else self._hovered
        if index is not None and not sentences.is_empty(self.weeks[index]):
            self.picked.emit(self.weeks[index].key, "")

    # Events --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move, zoom, open."""
        last = len(self.weeks) - 1
        at = self._start_from()
        calls: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: self.select(at - 1 if self.selected is not None else at),
            Qt.Key.Key_Right: lambda: self.select(at + 1 if self.selected is not None else at),
            Qt.Key.Key_Home: lambda: self.select(0),
            Qt.Key.Key_End: lambda: self.select(last),
            Qt.Key.Key_Plus: lambda: self.zoom(ZOOM),
            Qt.Key.Key_Equal: lambda: self.zoom(ZOOM),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / ZOOM),
            Qt.Key.Key_R: self.reset,
            Qt.Key.Key_Return: self.open_week,
            Qt.Key.Key_Enter: self.open_week,
            Qt.Key.Key_Escape: self._deselect,
        }
        call = calls.get(event.key())
        if call is None:
            super().keyPressEvent(event)
        else:
            call()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room anew and move the read-out along."""
        super().resizeEvent(event)
        self.plots.fit(self.plots.view.height())
        self._point()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Forget the week pointed at when the mouse leaves."""
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().eventFilter(watched, event)

    def _on_move(self, place: QPointF) -> None:
        inside = self.plots.view.rect().contains(place.toPoint())
        self._hover(self._week_at(place) if inside else None)

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.double():
            self._waiting.stop()
            self.reset()
            return
        index = self._week_at(event.scenePos())
        if index is None or sentences.is_empty(self.weeks[index]):
            return
        bar = None
        if self.plots.upper.sceneBoundingRect().contains(event.scenePos()):
            spot = self.plots.upper.mapSceneToView(event.scenePos())
            bar = bar_at(self._bars, spot.x(), spot.y())
        fate = "" if bar is None or bar.fate == ESTIMATED else bar.fate
        self._clicked = (self.weeks[index].key, fate)
        if self.is_full():
            self._open_clicked()
        else:
            self._waiting.start()  # a second click would mean: reset the zoom

    def _open_clicked(self) -> None:
        if self._clicked is not None:
            self.picked.emit(*self._clicked)
        self._clicked = None

    def _on_range(self) -> None:
        self.plots.tell_view()
        self._point()
        self.viewed.emit()

    # Inside --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX)
        column.addWidget(self.head)
        column.addWidget(self.plots.view, 1)

    def _show_range(self, start: float, span: float) -> None:
        slots = max(FEWEST_SLOTS, len(self.weeks))
        span = min(span, slots)
        start = max(-0.5, min(start, slots - 0.5 - span))
        self.plots.upper.setXRange(start, start + span, padding=0)

    def _week_at(self, place: QPointF) -> int | None:
        """Return the week at a place of the scene; none on the axis at the left."""
        if place.x() < self.plots.upper.sceneBoundingRect().left():
            return None
        index = round(self.plots.upper.mapSceneToView(place).x())
        return index if 0 <= index < len(self.weeks) else None

    def _start_from(self) -> int:
        """Return the week the arrows start from: the selected one, else the current one."""
        if self.selected is not None:
            return self.selected
        now = self.current()
        return self.weeks.index(now) if now is not None else len(self.weeks) - 1

    def _tell(self, text: str) -> None:
        """Say something to screen readers: the whole chart, or the week just selected."""
        self.setAccessibleDescription(text)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )

    def _deselect(self) -> None:
        self.selected = None
        self._tell(self.words())
        self._point()

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self._point()

    def _point(self) -> None:
        """Move band and read-out to the week pointed at, else to the selected one."""
        self.plots.set_cursor(self.selected, self._hovered)
        index = self.selected if self._hovered is None else self._hovered
        left, right = self.view_range()
        if index is None or not left - 0.5 <= index <= right + 0.5:
            self.readout.hide()
        else:
            self.readout.show_week(self.weeks[index], self._trend.zone)
            view = self.plots.view
            middle = self.plots.upper.mapViewToScene(QPointF(index, 0)).x() + view.x()
            self.readout.stand_beside(middle, self.plots.slot_px() / 2, view.y())
        self.pointed.emit()
