"""The window's frame: top bar, rail of places, status line, and the banner of sample data."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tokenworth.gui.ground import RAIL_PX, STATUS_PX, TOP_PX

SEARCH_PX: Final = 484
PLACE_PX: Final = 36


def key_label(text: str) -> QLabel:
    """Return a key as it is drawn beside what it does."""
    made = QLabel(text)
    made.setProperty("role", "key")
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class ElidedLabel(QLabel):
    """A line of plain text that is shortened in its middle where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_whole(self, text: str) -> None:
        """Show a text, whole where there is room."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shorten anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        measure = QFontMetrics(self.font())
        self.setText(
            measure.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, max(self.width(), 1))
        )


class SearchField(QLineEdit):
    """The search field, with its key drawn in it."""

    emptied = Signal()
    """Escape has emptied the field."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("Search titles, requests, projects"))
        self.setAccessibleName(self.tr("Search titles, requests, projects"))
        self.setAcceptDrops(False)  # a file dropped here is for the window
        self.setMaximumWidth(SEARCH_PX)
        self.setMinimumHeight(35)
        self._key = key_label("Ctrl F")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(self._key)
        self.textChanged.connect(lambda text: self._key.setVisible(not text))

    def begin(self) -> None:
        """Be ready to take other words."""
        self.setFocus()
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape empties the field."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """The app's name, the search field, and the way to any action."""

    palette_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top")
        self.setFixedHeight(TOP_PX)
        name = QLabel("Tokenworth")
        name.setObjectName("brand")
        name.setFixedWidth(RAIL_PX - 22)
        self.search = SearchField()
        any_action = QPushButton(self.tr("Any action"))
        any_action.setProperty("role", "bare")
        any_action.setToolTip(self.tr("Find any action by its name"))
        any_action.clicked.connect(self.palette_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 0, 20, 0)
        row.setSpacing(0)
        row.addWidget(name)
        row.addWidget(self.search, 1)
        row.addStretch(0)
        row.addSpacing(16)
        row.addWidget(any_action)
        row.addSpacing(2)
        row.addWidget(key_label("Ctrl K"))


class PlaceButton(QPushButton):
    """One place on the rail, with a few signs at its right."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__(title)
        self.setObjectName("place")
        self.setCheckable(True)
        self.setFixedHeight(PLACE_PX)
        self.setToolTip(f"{title} ({key})")
        self._title = title
        self.badge = QLabel()
        self.badge.setObjectName("badge")
        self.badge.setTextFormat(Qt.TextFormat.PlainText)
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(self.badge)
        self.set_badge("")

    def set_badge(self, signs: str) -> None:
        """Show signs beside the name."""
        self.badge.setText(signs)
        self.setAccessibleName(f"{self._title}, {signs}" if signs else self._title)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Fill the rail's width."""
        return QSize(RAIL_PX - 21, PLACE_PX)


class Rail(QFrame):
    """The places, one of which is shown."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[tuple[str, str, str]]) -> None:
        """Take (name, title, key) of each place."""
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_PX)
        self.buttons: dict[str, PlaceButton] = {}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 14, 10, 14)
        column.setSpacing(0)
        for name, title, key in places:
            button = PlaceButton(title, key)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            group.addButton(button)
            column.addWidget(button)
            self.buttons[name] = button
        column.addStretch(1)

    def mark(self, name: str) -> None:
        """Show which place is shown."""
        self.buttons[name].setChecked(True)


class StatusLine(QFrame):
    """What is going on, where the data lies, and that nothing leaves."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(STATUS_PX)
        self.doing = QLabel()
        self.doing.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("role", "link")
        self.cancel.setToolTip(self.tr("Stop the import; what was read is kept"))
        self.cancel.clicked.connect(self.cancelled)
        self.store = ElidedLabel()
        network = QLabel(self.tr("No network"))
        network.setToolTip(self.tr("Tokenworth opens no network connection, ever"))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        row.addWidget(self.doing)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        row.addSpacing(14)
        row.addWidget(self.store, 1)
        row.addWidget(network)
        self.rest("")

    def rest(self, words: str) -> None:
        """Show that nothing runs, and what was last."""
        self.doing.setText(words)
        self.bar.hide()
        self.cancel.hide()

    def run(self, words: str, share: float | None = None, *, cancellable: bool = True) -> None:
        """Show what runs and how far it is: a share of 1, or None where that is not known."""
        self.doing.setText(words)
        self.bar.setRange(0, 0 if share is None else 1000)
        self.bar.setValue(0 if share is None else round(share * 1000))
        self.bar.show()
        self.cancel.setVisible(cancellable)


class Banner(QFrame):
    """Says above all that what is shown is sample data."""

    leave_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.leave = QPushButton(self.tr("Leave sample data"))
        self.leave.clicked.connect(self.leave_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 4, 20, 4)
        row.addWidget(QLabel(self.tr("Sample data: nothing here is yours.")))
        row.addStretch(1)
        row.addWidget(self.leave)


def blank(words: str) -> QWidget:
    """Return what stands in a place until its page is made."""
    page = QWidget()
    told = QLabel(words)
    told.setProperty("role", "muted")
    column = QVBoxLayout(page)
    column.setContentsMargins(32, 28, 32, 24)
    column.addWidget(told)
    column.addStretch(1)
    return page
