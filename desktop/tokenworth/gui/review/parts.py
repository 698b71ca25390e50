"""Small parts Review is put together from: plain labels, scrolled rooms, quotes, simple views."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tokenworth.gui.keys import EnterButton
from tokenworth.gui.labels import label
from tokenworth.gui.review.words import say
from tokenworth.gui.words import breakable

TEXT_PX: Final = 680
"""A line of text is no longer: longer ones are hard to read."""
BAR_PX: Final = 3
MOST: Final = 100
"""The stretch of what takes its room before anything else does."""
SCROLL_KEYS: Final = (
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down,
)  # fmt: skip


class Paragraph(QLabel):
    """Plain text in lines that are not too long to read."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text, wordWrap=True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMaximumWidth(TEXT_PX)
        if role:
            self.setProperty("role", role)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height in the width it will have: layouts ask for any."""
        return super().heightForWidth(min(width, self.maximumWidth()))


def line(text: str = "", role: str = "") -> QLabel:
    """Return a label of plain text in one line."""
    made = label(text, role)
    made.setWordWrap(False)
    return made


def card() -> tuple[QFrame, QVBoxLayout]:
    """Return a card and its column."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(24, 18, 24, 20)
    column.setSpacing(8)
    return frame, column


class Scrolled(QScrollArea):
    """Room that scrolls where the window is small; the keys of the widgets in it scroll it."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._followed: tuple[QWidget, int] | None = None
        self._outer = QWidget()
        self._column = QVBoxLayout(self._outer)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(inside)
        self._column.addStretch(1)
        self.setWidget(self._outer)
        self._outer.setAutoFillBackground(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take no more room than what is inside needs, and keep what is followed in sight."""
        done = super().eventFilter(watched, event)
        if watched is self._outer and event.type() in (
            QEvent.Type.LayoutRequest,
            QEvent.Type.Resize,
        ):
            wide = self.viewport().width()
            grows = self._column.hasHeightForWidth()
            hint = self._column.sizeHint().height()
            tall = self._column.totalHeightForWidth(wide) if grows else hint
            self.setMaximumHeight(max(0, tall))
            QTimer.singleShot(0, self, self._keep_in_sight)  # when everything has its place
        return done

    def follow(self, widget: QWidget, under: int) -> None:
        """Keep a widget inside in sight, and so many pixels under it, once it has its place.

        With none under it, also as much as can be of what stands above it.
        """
        self._followed = widget, under
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self._followed is not None:
            widget, under = self._followed
            if not under:
                self.to_top()
            self.ensureWidgetVisible(widget, 0, under)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll, and let every other key go on to whom it belongs."""
        if event.key() in SCROLL_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def to_top(self) -> None:
        """Show the beginning."""
        self.verticalScrollBar().setValue(0)


class Quote(QFrame):
    """Words of a session, with a bar before them."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label()
        row = QHBoxLayout(self)
        row.setContentsMargins(BAR_PX + 12, 2, 0, 2)
        row.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def say(self, text: str) -> None:
        """Quote a text; an empty one is not shown."""
        self.words.setText(f"“{breakable(text)}”" if text else "")
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bar."""
        super().paintEvent(event)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - BAR_PX if rtl else 0
        painter = QPainter(self)
        bar = self.palette().color(QPalette.ColorRole.Dark)
        painter.fillRect(left, 0, BAR_PX, self.height(), bar)


class Telling(QWidget):
    """A view of a few sentences and the next step."""

    def __init__(self) -> None:
        super().__init__()
        frame, self._column = card()
        self.heading = label("", "heading")
        self._column.addWidget(self.heading)
        self._texts: list[QLabel] = []
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(8)
        self._column.addLayout(self._sentences)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self.buttons: list[EnterButton] = []
        self._told: object = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self._area = Scrolled(frame)
        outer.addWidget(self._area, MOST)
        outer.addLayout(self._row)
        outer.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll, from the buttons too."""
        self._area.keyPressEvent(event)

    def tell(
        self,
        heading: str,
        sentences: Sequence[str],
        steps: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        """Show a heading, sentences, and a button for each step; the first is the next one."""
        told = (heading, tuple(sentences), tuple(steps))
        if told == self._told:
            return  # a button that has the focus keeps it
        self._told = told
        self.heading.setText(heading)
        _clear(self._texts)
        for text in sentences:
            made = Paragraph(text, "muted")
            self._sentences.addWidget(made)
            self._texts.append(made)
        _clear(self.buttons)
        while self._row.takeAt(0) is not None:
            pass
        for number, (words, call) in enumerate(steps):
            button = EnterButton(words, "" if number else "primary")
            button.setAccessibleName(words)
            button.clicked.connect(lambda _=False, call=call: call())
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch(1)
        self._area.to_top()

    @property
    def text(self) -> str:
        """Everything it says."""
        return "\n".join([self.heading.text(), *(made.text() for made in self._texts)])

    def target(self) -> QWidget:
        """Return what takes the keys."""
        return self.buttons[0] if self.buttons else self


class Confirm(QFrame):
    """One plain question in the page, answered by a button; Esc is no."""

    yes = Signal()
    no = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(8)
        self.words = label()
        row.addWidget(self.words, 1)
        self.accept = EnterButton("")
        self.accept.clicked.connect(self.yes)
        self.decline = EnterButton(say("Go on asking"))
        self.decline.setAccessibleName(say("Go on asking"))
        self.decline.clicked.connect(self.no)
        row.addWidget(self.accept)
        row.addWidget(self.decline)
        self.hide()

    def ask(self, words: str, yes: str) -> None:
        """Ask; the safe answer has the focus."""
        self.words.setText(words)
        self.accept.setText(yes)
        self.accept.setAccessibleName(yes)
        self.decline.setAccessibleDescription(words)
        self.show()
        self.decline.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc is no; letters are nobody's here."""
        if event.key() == Qt.Key.Key_Escape:
            self.no.emit()


def _clear(widgets: list[EnterButton] | list[QLabel]) -> None:
    for widget in widgets:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
    widgets.clear()
