"""Keys: buttons that show the key that does the same, and keys that are typed ahead."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

CAP_PX: Final = 22
GAP_PX: Final = 8
PAD_PX: Final = {"answer": (9, 7), "bare": (2, 4)}
SLOW_MS: Final = 300
"""Only a wait that is longer is told: words that flash by are noise."""
SMALLER: Final = 0.9
PLAIN: Final = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def is_typed(event: QKeyEvent) -> bool:
    """Whether a key stands for a letter or figure, and so for an answer and not for an action."""
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & ~PLAIN


def is_enter(event: QKeyEvent) -> bool:
    """Whether a key is Enter, pressed and not held down."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()


class KeyButton(QPushButton):
    """A button with its key drawn before its words.

    The role "answer" is framed, and stays pressed where it is checkable; "bare" is a hint.
    """

    def __init__(self, key: str, words: str, role: str = "answer") -> None:
        super().__init__(words)
        self.key = key
        self._role = role
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setAccessibleName(f"{key}, {words}")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the key and for the words as they are when chosen."""
        self.ensurePolished()
        across, down = PAD_PX[self._role]
        metrics = QFontMetrics(self._font(strong=self.isCheckable()))
        wide = self._cap_px() + GAP_PX + metrics.horizontalAdvance(self.text()) + 2 * across + 2
        return QSize(wide, max(CAP_PX, metrics.height()) + 2 * down)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the frame, the key, the words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        across, _ = PAD_PX[self._role]
        cap = QRect(across, (self.height() - CAP_PX) // 2 + 1, self._cap_px(), CAP_PX - 2)
        self._draw_cap(painter, self._placed(cap))
        words = QRect(cap.right() + GAP_PX, 0, self.width(), self.height())
        painter.setFont(self._font(strong=self.isChecked()))
        painter.setPen(self._ink())
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(
            self._placed(words), QStyle.visualAlignment(self.layoutDirection(), align), self.text()
        )

    def _draw_cap(self, painter: QPainter, cap: QRect) -> None:
        palette = QApplication.palette()  # the style sheet alters the widget's own
        edge = QPalette.ColorRole.Dark if self.isEnabled() else QPalette.ColorRole.Mid
        painter.setPen(palette.color(edge))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._key_font())
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(muted if self.isEnabled() and not self.isChecked() else self._ink())
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)

    def _ink(self) -> QColor:
        palette = QApplication.palette()
        role = QPalette.ColorRole.ButtonText
        if not self.isEnabled():
            return palette.color(QPalette.ColorGroup.Disabled, role)
        if self.isChecked():
            role = QPalette.ColorRole.Link
        elif self._role == "bare":
            role = QPalette.ColorRole.PlaceholderText
        return palette.color(role)

    def _font(self, *, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        if self._role == "answer":
            font.setPointSizeF(font.pointSizeF() * SMALLER)
        return font

    def _cap_px(self) -> int:
        return max(CAP_PX, QFontMetrics(self._key_font()).horizontalAdvance(self.key) + 12)

    def _placed(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)


class EnterButton(QPushButton):
    """A button that Enter presses too; held down it presses once."""

    def __init__(self, words: str, role: str = "") -> None:
        super().__init__(words)
        self.setAutoDefault(False)
        if role:
            self.setProperty("role", role)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter is a click."""
        if is_enter(event):
            self.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # for what scrolls
        else:
            super().keyPressEvent(event)


class TypedAhead(QLabel):
    """Has the focus while an answer is being kept, and keeps the keys that come meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it takes the focus itself; Tab passes it
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "small")
        self.setAccessibleName(QCoreApplication.translate("TypedAhead", "The answer is being kept"))
        self.is_waiting = False
        self._keys: list[QKeyEvent] = []
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._say_so)

    def begin(self) -> None:
        """Take the focus and the keys from now on."""
        self.is_waiting = True
        self.setFocus()
        self._slow.start()

    def end(self) -> None:
        """The keys are others' again."""
        self.is_waiting = False
        self._slow.stop()
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Remember a key; one that is held down is one key."""
        if not event.isAutoRepeat():
            self._keys.append(event.clone())

    def forget(self) -> None:
        """Drop what was typed."""
        self._keys.clear()

    def _say_so(self) -> None:
        self.setText(QCoreApplication.translate("TypedAhead", "Keeping the answer…"))

    def replay(self, to: QWidget) -> None:
        """Type what was typed ahead, wherever the focus of a widget's window goes meanwhile."""
        keys, self._keys = self._keys, []
        for key in keys:
            target = to.window().focusWidget() or to
            if target is self:
                self._keys.append(key)
            else:
                QCoreApplication.sendEvent(target, key)


def takes_letters(event: QEvent) -> bool:
    """Whether this asks if a letter is an action's key: here letters are answers."""
    if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
        return is_typed(event)
    return False
