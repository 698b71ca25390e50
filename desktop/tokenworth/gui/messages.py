"""Where the window says something: a bar at its foot, and one dialog for faults of ours."""

import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.refusal import Refusal
from tokenworth.gui.icons import icon
from tokenworth.gui.theme import Theme

STAYS_MS: Final = 9000
MARGIN_PX: Final = 16
WIDEST_PX: Final = 620
LOG_BYTES: Final = 1_000_000


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Messages(QFrame):
    """Words at the foot of a widget; they go by themselves unless something is to be mended."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._over = over
        self._theme = theme
        self._call: Callable[[], object] | None = None
        self.setProperty("role", "toast")
        self.setAccessibleName(self.tr("Message"))
        self.words = QLabel(wordWrap=True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.link = QPushButton()
        self.link.setProperty("role", "link")
        self.link.clicked.connect(self._follow)
        self._close = QPushButton()
        self._close.setProperty("role", "link")
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.setToolTip(self.tr("Close the message"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(self.words, 1)
        row.addWidget(self.link)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self._leave)
        theme.changed.connect(self._restyle)
        self._restyle()
        over.installEventFilter(self)
        self.hide()

    def say(
        self,
        words: str,
        link: str = "",
        call: Callable[[], object] | None = None,
        *,
        stay: bool = False,
    ) -> None:
        """Say something, with one thing to do about it. ``stay``: until it is closed."""
        self._call = call
        self.words.setText(words)
        self.link.setText(link)
        self.link.setAccessibleName(link)
        self.link.setVisible(bool(link))
        self._place()
        self.show()
        self.raise_()
        announce(self, words)
        self._timer.stop()
        if not stay:
            self._timer.start()

    def refuse(self, refusal: Refusal) -> None:
        """Say what could not be done and what would mend it."""
        self.say(str(refusal), stay=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep to the foot when the widget under it changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()

    def _leave(self) -> None:
        if self.underMouse() or self.link.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        under = self._over
        width = min(WIDEST_PX, under.width() - 2 * MARGIN_PX)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry(
            (under.width() - width) // 2, under.height() - height - MARGIN_PX, width, height
        )

    def _restyle(self) -> None:
        self._close.setIcon(icon("close", self._theme))


class FaultDialog(QDialog):
    """A fault of ours: what happened, to copy. Nothing is sent anywhere."""

    def __init__(self, parent: QWidget | None, log: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A fault in Tokenworth"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 420)
        words = QLabel(
            self.tr(
                "Something in Tokenworth went wrong. You can go on; what you have saved is kept. "
                "Nothing was sent anywhere. The text below is also in {log}."
            ).format(log=log),
            wordWrap=True,
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.details = QPlainTextEdit(readOnly=True)
        self.details.setAccessibleName(self.tr("What went wrong"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.details.toPlainText())
        )
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.details, 1)
        column.addWidget(buttons)


class Faults(QObject):
    """Catches what no one else caught: the log gets it, one dialog shows it, the app goes on."""

    def __init__(self, log: Path, window: QWidget) -> None:
        super().__init__(window)
        self._log = log
        self._window = window
        self.dialog: FaultDialog | None = None

    def install(self) -> None:
        """Catch every exception that leaves a slot."""
        sys.excepthook = self.caught

    def caught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log and show an exception."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        self.show("".join(traceback.format_exception(kind, error, trace)))

    def report(self, error: Exception) -> None:
        """Log and show an exception of the worker."""
        self.caught(type(error), error, error.__traceback__)

    def show(self, details: str) -> None:
        """Log and show what went wrong; the home folder's name is left out."""
        details = details.replace(str(Path.home()), "~")
        self.write(details)
        if self.dialog is None:
            self.dialog = FaultDialog(self._window, self._log)
            self.dialog.destroyed.connect(self._gone)
            self.dialog.show()
        self.dialog.details.appendPlainText(details)

    def write(self, details: str) -> None:
        """Add to the log, which only its owner can read; a long log begins anew."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        try:
            self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._log.exists() and self._log.stat().st_size > LOG_BYTES:
                flags |= os.O_TRUNC
            with os.fdopen(os.open(self._log, flags, 0o600), "a", encoding="utf-8") as log:
                log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{details}\n")
        except OSError:
            sys.stderr.write(details)  # a full disk must not hide the fault itself

    def _gone(self) -> None:
        self.dialog = None
