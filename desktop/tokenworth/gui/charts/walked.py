"""A chart of weeks on a scene: pointed at by mouse, walked through by key, read out beside it."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt

from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts.widget import ChartWidget, Keys
from tokenworth.gui.theme import Theme

ZOOM: Final = 0.75


class WalkedChart(ChartWidget):
    """Arrows, Home and End select, plus and minus zoom, R resets, Enter opens the week."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._hovered: int | None = None
        self.selected: int | None = None

    def watch(self, view: Any) -> None:
        """Follow the mouse over a view of the scene."""
        scene = view.scene()
        scene.sigMouseMoved.connect(self._on_move)
        scene.sigMouseClicked.connect(self._on_click)
        view.viewport().installEventFilter(self)

    # What subclasses say -------------------------------------------------------------------------

    def last(self) -> int:
        """Return the place of the last mark; -1 where there is none."""
        return -1

    def begin(self, step: int) -> int:
        """Return the mark at which the arrows begin, going left (-1) or right (1)."""
        return 0 if step > 0 else self.last()

    def mark_at(self, place: QPointF) -> int | None:
        """Return the mark at a place of the scene."""
        del place
        return None

    def query_at(self, index: int, place: QPointF) -> SessionQuery | None:
        """Return the sessions a click on a mark opens; None where it opens nothing."""
        del index, place
        return None

    def is_full(self) -> bool:
        """Whether everything is in view."""
        return True

    def reset(self) -> None:
        """Bring everything into view."""

    def zoom(self, factor: float) -> None:
        """Show less (below 1) or more around the selected mark, else around the middle."""

    def select(self, index: int) -> None:
        """Select a mark, bring it into view and read it out."""

    def open_week(self) -> None:
        """Ask for the sessions of the week pointed at or selected."""

    # What they share -----------------------------------------------------------------------------

    def at(self) -> int | None:
        """Return the place of the mark pointed at, else of the selected one."""
        return self.selected if self._hovered is None else self._hovered

    def keys(self) -> Keys:
        """Move, zoom, open."""
        return {
            Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Right: lambda: self._step(1),
            Qt.Key.Key_Home: lambda: self.select(0),
            Qt.Key.Key_End: lambda: self.select(self.last()),
            Qt.Key.Key_Plus: lambda: self.zoom(ZOOM),
            Qt.Key.Key_Equal: lambda: self.zoom(ZOOM),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / ZOOM),
            Qt.Key.Key_R: self.reset,
            Qt.Key.Key_Return: self.open_week,
            Qt.Key.Key_Enter: self.open_week,
            Qt.Key.Key_Escape: self._deselect,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Forget the week pointed at when the mouse leaves."""
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().eventFilter(watched, event)

    def _on_move(self, place: QPointF) -> None:
        self._hover(self.mark_at(place))

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.double():
            self.waiting.stop()
            self.reset()
            return
        place = event.scenePos()
        index = self.mark_at(place)
        query = None if index is None else self.query_at(index, place)
        if query is not None:
            self.click(query, at_once=self.is_full())

    def _step(self, step: int) -> None:
        self.select(self.begin(step) if self.selected is None else self.selected + step)

    def _deselect(self) -> None:
        self.selected = None
        self.tell(self.text_alternative())
        self.point()

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.point()
