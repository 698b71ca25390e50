"""The tabs of Trends: what each is called, who draws it, and what is asked of the store for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from tokenworth.domain.views import SessionQuery
from tokenworth.gui.asks import later
from tokenworth.gui.flow import FlowLayout
from tokenworth.gui.theme import Theme

if TYPE_CHECKING:
    from tokenworth.workflows.library import Library

View = Literal["looked_at", "estimated"]
Unit = Literal["tokens", "USD"]

BURNED: Final = "burned"
RELATION: Final = "relation"
FLOW: Final = "flow"
SIDES_PX: Final = 30
NARROW_SIDES_PX: Final = 16
GAP_PX: Final = 8
NARROW_GAP_PX: Final = 4
STEPS: Final[dict[int, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


@dataclass(frozen=True)
class Tab:
    """One tab: its chart is imported by name when it is first shown."""

    name: str
    title: str
    module: str
    chart: str

    def words(self) -> str:
        """Return the title in the person's language."""
        return QCoreApplication.translate("Trends", self.title)

    def make(self, theme: Theme) -> Any:
        """Import and make the chart."""
        return getattr(later(self.module), self.chart)(theme)


TABS: Final = (
    Tab(
        BURNED,
        str(QT_TRANSLATE_NOOP("Trends", "Burned and got")),
        "tokenworth.gui.charts.paired",
        "PairedChart",
    ),
    Tab(
        RELATION,
        str(QT_TRANSLATE_NOOP("Trends", "Tokens against value")),
        "tokenworth.gui.charts.relation",
        "RelationChart",
    ),
    Tab(
        FLOW,
        str(QT_TRANSLATE_NOOP("Trends", "Where tokens went")),
        "tokenworth.gui.charts.flow",
        "FlowChart",
    ),
    Tab(
        "mix",
        str(QT_TRANSLATE_NOOP("Trends", "Attention over time")),
        "tokenworth.gui.charts.mix",
        "MixChart",
    ),
    Tab(
        "calibration",
        str(QT_TRANSLATE_NOOP("Trends", "Calibration")),
        "tokenworth.gui.charts.calibration",
        "CalibrationView",
    ),
    Tab(
        "calendar",
        str(QT_TRANSLATE_NOOP("Trends", "Calendar")),
        "tokenworth.gui.charts.calendar",
        "CalendarChart",
    ),
)


@dataclass(frozen=True)
class Asked:
    """What the page shows: the filters, and how the flow is looked at."""

    query: SessionQuery
    view: View = "looked_at"
    unit: Unit = "tokens"


def question(name: str, asked: Asked) -> Callable[["Library"], Any]:
    """Return what is asked of the store for a tab."""
    query = asked.query
    questions: dict[str, Callable[[Library], Any]] = {
        BURNED: lambda library: library.trend(query),
        RELATION: lambda library: library.relation(query),
        FLOW: lambda library: library.flow(query, view=asked.view, unit=asked.unit),
        "mix": lambda library: library.mix(query),
        "calibration": lambda library: library.calibration(query),
        "calendar": lambda library: library.calendar(query),
    }
    return questions[name]


class TabButton(QPushButton):
    """One tab; the arrows are the row's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the arrows to the row: Qt would only move the focus."""
        if event.key() in STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TabButtons(QWidget):
    """The tabs as a row of buttons: Tab reaches the one that is on, arrows go to the others."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(self.tr("What Trends shows"))
        self.buttons: dict[str, TabButton] = {}
        group = QButtonGroup(self)
        self._row = FlowLayout(GAP_PX)
        self.setLayout(self._row)
        for tab in tabs:
            button = TabButton(tab.words())
            button.setCheckable(True)
            button.setAccessibleName(tab.words())
            button.clicked.connect(lambda _=False, name=tab.name: self.chosen.emit(name))
            group.addButton(button)
            self._row.addWidget(button)
            self.buttons[tab.name] = button
        self.set_narrow(narrow=False)

    def mark(self, name: str) -> None:
        """Show which tab is on; it has the focus if one of them has it."""
        has_focus = any(button.hasFocus() for button in self.buttons.values())
        for key, button in self.buttons.items():
            button.setChecked(key == name)
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if key == name else Qt.FocusPolicy.ClickFocus
            )
        if has_focus:
            self.buttons[name].setFocus(Qt.FocusReason.TabFocusReason)

    def wide(self) -> int:
        """Return the width of all tabs in one line, in pixels, where there is room."""
        return sum(self._widths("text", SIDES_PX)) + GAP_PX * (len(self.buttons) - 1)

    def set_narrow(self, *, narrow: bool) -> None:
        """Take one line, or be small and go on in the next line where even that is too wide."""
        size, sides = ("small", NARROW_SIDES_PX) if narrow else ("text", SIDES_PX)
        self._row.setSpacing(NARROW_GAP_PX if narrow else GAP_PX)
        inside = sides // 2 - 2
        points = self._theme.points(size)
        for button, width in zip(self.buttons.values(), self._widths(size, sides), strict=True):
            button.setStyleSheet(f"padding: 6px {inside}px; font-size: {points}pt;")
            button.setFixedWidth(width)  # bold letters, where it is on, have room too
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of one line."""
        return QSize(self.wide(), self._row.heightForWidth(self.wide()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the tab beside, with the arrows."""
        step = STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self.buttons)
        at = next(index for index, name in enumerate(names) if self.buttons[name].isChecked())
        self.chosen.emit(names[(at + step) % len(names)])

    def _widths(self, size: str, sides: int) -> list[int]:
        metrics = QFontMetrics(self._theme.font(size, strong=True))
        return [metrics.horizontalAdvance(each.text()) + sides for each in self.buttons.values()]
