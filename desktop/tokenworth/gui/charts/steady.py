"""Has anything changed? Weekly points between the limits that their own ups and downs draw."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from tokenworth.domain.comparison import Steady
from tokenworth.domain.week import weeks_between
from tokenworth.gui.chart import Table
from tokenworth.gui.charts.numbers import NumbersDialog
from tokenworth.gui.charts.spots import plain_label
from tokenworth.gui.charts.steady_plot import NOTHING, SteadyPlot, limits_of
from tokenworth.gui.charts.widget import ChartWidget, Keys
from tokenworth.gui.theme import Theme
from tokenworth.gui.units import CONTEXT, Unit, unit_for
from tokenworth.gui.words import translate

FEWEST_WEEKS: Final = 10


def is_drawn(steady: Steady) -> bool:
    """Whether there are weeks enough for limits."""
    limits = (steady.mean, steady.lower, steady.upper)
    return len(steady.values) >= FEWEST_WEEKS and all(limit is not None for limit in limits)


class SteadyChart(ChartWidget):
    """One measure over the weeks. Arrows select a week, Enter opens it."""

    picked = Signal(str)
    """A week's key that was clicked or opened."""
    picture_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Has anything changed?"))
        self._steady = NOTHING
        self._unit = Unit("")
        self._hovered: int | None = None
        self.selected: int | None = None
        self.title, self.value = plain_label("heading"), plain_label("small")
        self.told, self.key = plain_label("muted"), plain_label("small")
        self.told.setWordWrap(True)
        self.plot = SteadyPlot(theme)
        self.view = self.plot.view
        self.view.viewport().installEventFilter(self)
        self._lay_out()
        self.view.scene().sigMouseMoved.connect(self._on_move)
        self.view.scene().sigMouseClicked.connect(self._on_click)
        self.restyle()

    # What a chart can do --------------------------------------------------------------------------

    @property
    def steady(self) -> Steady:
        """What is shown."""
        return self._steady

    def show_series(self, series: Steady) -> None:
        """Draw a series; the selected week stays selected if it is still there."""
        chosen = None if self.selected is None else self._steady.keys[self.selected]
        self._steady = series
        self._hovered = None
        self.selected = series.keys.index(chosen) if chosen in series.keys else None
        numbers = [*series.values, *limits_of(series).values()]
        signed = any(number < 0 for number in numbers)
        self._unit = unit_for(series.unit, numbers, signed=signed)
        self.title.setText(series.name)
        self.told.setText(series.words)
        self.set_caption((series.name,), ())
        self._say_key()
        self.setAccessibleName(self.tr("Has anything changed: {name}").format(name=series.name))
        self.tell(self.text_alternative())
        weeks = weeks_between(series.keys[0], series.keys[-1])
        self.plot.show(series, weeks, self._unit)
        self.point()

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""
        self.plot.restyle()

    def text_alternative(self) -> str:
        """Return the chart in words, with its numbers."""
        limits = limits_of(self._steady)
        told = translate(CONTEXT, "{name}, {count} weeks, {first} to {last}: mean {mean}, ")
        told += translate(CONTEXT, "limits {lower} and {upper}. {words}")
        return told.format(
            name=self._steady.name,
            count=len(self._steady.keys),
            first=self._steady.keys[0],
            last=self._steady.keys[-1],
            words=self._steady.words,
            **{name: self._unit.whole(value) for name, value in limits.items()},
        )

    def table(self) -> Table:
        """Return one row a week, and which are flagged."""
        heads = (self.tr("week"), f"{self._steady.name}, {self._steady.unit}", self.tr("flag"))
        return Table(
            heads,
            tuple(
                (key, float(value), self._flag(at))
                for at, (key, value) in enumerate(
                    zip(self._steady.keys, self._steady.values, strict=True)
                )
            ),
        )

    def picture_size(self) -> QSizeF:
        """Return the size of the plot, in pixels."""
        return QSizeF(self.view.width(), self.view.height())

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint the plot from the target's corner on."""
        source = QRectF(self.view.rect())
        self.view.scene().render(painter, QRectF(target.topLeft(), source.size()), source)

    def own_words(self) -> tuple[Sequence[str], Sequence[str]]:
        """Return what stands under the plot, for a picture."""
        return (), [label.text() for label in (self.key, self.told) if label.text()]

    def show_table(self) -> None:
        """Open the numbers in a dialog."""
        dialog = NumbersDialog(self._steady.name, (self._steady.words,), self.table(), self)
        dialog.open()

    # Pointing and choosing ------------------------------------------------------------------------

    def select(self, at: int) -> None:
        """Select a week by its place among those with a value, and read it out."""
        if self._steady.keys:
            self.selected = max(0, min(len(self._steady.keys) - 1, at))
            self._hovered = None
            self.point()
            self.tell(self.value.text())

    def open_week(self) -> None:
        """Ask for the sessions of the week pointed at or selected."""
        at = self.selected if self._hovered is None else self._hovered
        if at is not None:
            self.picked.emit(self._steady.keys[at])

    def keys(self) -> Keys:
        """Move and open; up and down scroll the page."""
        last = len(self._steady.keys) - 1
        at = last + 1 if self.selected is None else self.selected
        return {
            Qt.Key.Key_Left: lambda: self.select(at - 1),
            Qt.Key.Key_Right: lambda: self.select(at + 1),
            Qt.Key.Key_Home: lambda: self.select(0),
            Qt.Key.Key_End: lambda: self.select(last),
            Qt.Key.Key_Return: self.open_week,
            Qt.Key.Key_Enter: self.open_week,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the wheel scroll the page; forget the week pointed at when the mouse leaves."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the week, the numbers and the picture."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open this week's sessions"), self.open_week)
        menu.addAction(self.tr("Data as table"), self.show_table)
        menu.addAction(self.tr("Save picture…"), self.picture_asked.emit)
        menu.popup(event.globalPos())

    # Inside ---------------------------------------------------------------------------------------

    def _flag(self, at: int) -> str:
        if at in self._steady.outside:
            return self.tr("outside the limits")
        ends_run = at in self._steady.runs
        return self.tr("ends a run of 8 on one side of the mean") if ends_run else ""

    def _say_key(self) -> None:
        parts = []
        if self._steady.outside:
            parts.append("\N{WHITE DIAMOND} " + self.tr("outside the limits"))
        if self._steady.runs:
            parts.append("\N{EM DASH} " + self.tr("8 weeks on one side of the mean"))
        self.key.setText("   ".join(parts))
        self.key.setVisible(bool(parts))

    def _say_value(self) -> None:
        at = self.selected if self._hovered is None else self._hovered
        if at is None:
            self.value.setText("")
            return
        said = f"{self._steady.keys[at]}: {self._unit.whole(self._steady.values[at])}"
        self.value.setText(", ".join(part for part in (said, self._flag(at)) if part))

    def _on_move(self, place: QPointF) -> None:
        self._hover(self.plot.place_at(place))

    def _on_click(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._hover(self.plot.place_at(event.scenePos()))
            self.open_week()

    def _hover(self, at: int | None) -> None:
        if at != self._hovered:
            self._hovered = at
            self.point()

    def point(self) -> None:
        """Move the band to the week pointed at, else to the selected one, and say its value."""
        at = self.selected if self._hovered is None else self._hovered
        self.plot.set_cursor(at)
        self._say_value()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.view)
        column.addWidget(self.key)
        column.addWidget(self.told)
        column.addStretch(1)
