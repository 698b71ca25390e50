"""What our charts share: saving with their words, telling screen readers, waiting out a click."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from tokenworth.domain.views import SessionQuery
from tokenworth.gui.chart import Table, rows_of
from tokenworth.gui.charts.legend import Readout
from tokenworth.gui.charts.picture import Picture, save_picture
from tokenworth.gui.theme import Theme

Keys = dict[int, Callable[[], object]]


class ChartWidget(QWidget):
    """A chart with keys of its own. Subclasses draw, and say what they drew."""

    opened = Signal(object)
    """A SessionQuery: the sessions of a mark that was chosen."""
    pointed = Signal()
    """Something else is pointed at or selected."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self._above: Sequence[str] = (name,)
        self._below: Sequence[str] = ()
        self._clicked: SessionQuery | None = None
        self.waiting = QTimer(self)
        self.waiting.setSingleShot(True)
        self.waiting.setInterval(QGuiApplication.styleHints().mouseDoubleClickInterval())
        self.waiting.timeout.connect(self._open_clicked)
        self.readout = Readout(theme, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    # What subclasses say -------------------------------------------------------------------------

    def table(self) -> Table:
        """Return the chart's numbers."""
        return Table((), ())

    def text_alternative(self) -> str:
        """Return the chart in words, with its numbers."""
        return ""

    def picture_size(self) -> QSizeF:
        """Return the size of the picture as it is on screen, in pixels."""
        return QSizeF(self.size())

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint what is on screen for a picture."""

    def own_words(self) -> tuple[Sequence[str], Sequence[str]]:
        """Return the chart's own lines for a picture: over it and under it."""
        return (), ()

    def keys(self) -> Keys:
        """Return what each key does."""
        return {}

    def point(self) -> None:
        """Move the read-out to the mark pointed at, else to the selected one."""

    # What they share -----------------------------------------------------------------------------

    def set_caption(self, above: Sequence[str], below: Sequence[str]) -> None:
        """Set the words that go with a saved picture: a title and more above, and below."""
        self._above, self._below = above, below

    def csv_rows(self) -> list[list[str]]:
        """Return the numbers as text, heads first."""
        return rows_of(self.table())

    def save(self, path: Path) -> Path:
        """Save chart and words, as PNG or SVG by the suffix; return where. Raises Refusal."""
        above, below = self.own_words()
        lines = ([*self._above, *above], [*below, *self._below])
        return save_picture(Picture(self, self.theme, *lines), path)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take the read-out away with the chart: it may stand in the window."""
        super().hideEvent(event)
        self.readout.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Bring the read-out back with the chart."""
        super().showEvent(event)
        self.point()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the key says."""
        call = self.keys().get(event.key())
        if call is None:
            super().keyPressEvent(event)
        else:
            call()

    def tell(self, text: str) -> None:
        """Say something to screen readers: the whole chart, or what was just selected."""
        self.setAccessibleDescription(text)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )

    def click(self, query: SessionQuery, *, at_once: bool) -> None:
        """Open sessions, now or when no second click has come: that would reset the zoom."""
        self._clicked = query
        if at_once:
            self._open_clicked()
        else:
            self.waiting.start()

    def _open_clicked(self) -> None:
        if self._clicked is not None:
            self.opened.emit(self._clicked)
        self._clicked = None
