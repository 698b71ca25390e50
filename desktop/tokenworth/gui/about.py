"""What this is: versions, licences, where the data lies; and the same to copy."""

import platform
from importlib import metadata
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import tokenworth

PARTS: Final = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("pyqtgraph", "MIT"),
    ("numpy", "BSD-3-Clause"),
    ("sqlmodel", "MIT"),
    ("SQLAlchemy", "MIT"),
    ("sqlcipher3", "zlib; SQLCipher: BSD-3-Clause"),
    ("msgspec", "BSD-3-Clause"),
    ("splintr-rs", "MIT"),
    ("zstandard", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("tzlocal", "MIT"),
)


def version_of(part: str) -> str:
    """Return the version of an installed part."""
    try:
        return metadata.version(part)
    except metadata.PackageNotFoundError:
        return QCoreApplication.translate("about", "not installed")


def diagnostics(store: Path | None, sessions: int) -> str:
    """Return versions and sizes for a report: no titles, no names, no home folder."""
    lines = [
        f"Tokenworth {tokenworth.__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {QGuiApplication.platformName()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"{sessions} sessions in {str(store).replace(str(Path.home()), '~')}",
        *(f"{part} {version_of(part)}" for part, _ in PARTS),
    ]
    return "\n".join(lines)


class About(QDialog):
    """About Tokenworth."""

    def __init__(self, store: Path | None, sessions: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Tokenworth"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 440)
        title = QLabel(f"Tokenworth {tokenworth.__version__}")
        title.setProperty("role", "title")
        told = QLabel(
            self.tr(
                "What came of your AI sessions, beside what they burned. Private: it opens no "
                "network connection. MIT licence.\n\nYour data: {folder}"
            ).format(folder=store.parent if store else self.tr("no store is open")),
            wordWrap=True,
        )
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        parts = QPlainTextEdit(readOnly=True)
        parts.setAccessibleName(self.tr("Parts and their licences"))
        parts.setPlainText(
            "\n".join(f"{part} {version_of(part)}  ({licence})" for part, licence in PARTS)
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(
            self.tr("&Copy diagnostics"), QDialogButtonBox.ButtonRole.ActionRole
        )
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(diagnostics(store, sessions))
        )
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(title)
        column.addWidget(told)
        column.addWidget(parts, 1)
        column.addWidget(buttons)
