"""Starts the window: painted first, everything else after."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import tokenworth
from tokenworth import places
from tokenworth.gui.asks import Asks
from tokenworth.gui.icons import app_icon
from tokenworth.gui.messages import Faults
from tokenworth.gui.single import Single, Stores
from tokenworth.gui.theme import Look, Theme
from tokenworth.gui.window import Window
from tokenworth.gui.worker import Worker

OWNER_ONLY: Final = 0o077
SMOKE: Final = "TOKENWORTH_SMOKE"
LOOK_MS: Final = 200
CANNOT: Final = 3
LOOKS: Final[tuple[Look, ...]] = ("light", "dark", "system")


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; return the exit status."""
    asked = _arguments(sys.argv[1:] if argv is None else argv)
    os.umask(OWNER_ONLY)
    app = QApplication(["tokenworth"])
    app.setApplicationName("tokenworth")
    app.setApplicationDisplayName("Tokenworth")
    app.setApplicationVersion(tokenworth.__version__)
    app.setDesktopFileName("tokenworth")
    single = Single(app)
    try:
        own: Path = asked.store.absolute() if asked.store else places.store_path()
        demo = places.demo_store_path()
        if not single.claim(demo if asked.demo else own):
            return 0
    except OSError as error:
        sys.stderr.write(f"Tokenworth cannot use its folder: {error}\n")
        return CANNOT
    window = make_window(app, Stores(own, demo, single.claim))
    single.raised.connect(window.come_forward)
    window.painted.connect(window.load_pages)
    window.painted.connect(window.asks.open_demo if asked.demo else lambda: window.asks.open(own))
    if os.environ.get(SMOKE):
        _leave_when_there(window)
    window.show()
    status = app.exec()
    single.release()
    return status


def _leave_when_there(window: Window) -> None:
    """Close the window once every place is painted and the store is open: for a build's check."""
    look = QTimer(window, interval=LOOK_MS)

    def is_there() -> None:
        if len(window.pages) == len(window.places) and window.asks.path is not None:
            look.stop()
            window.close()

    look.timeout.connect(is_there)
    look.start()


def make_window(app: QApplication, stores: Stores) -> Window:
    """Put the window together; nothing is opened yet."""
    settings = QSettings(str(places.data_dir() / "window.ini"), QSettings.Format.IniFormat)
    look = settings.value("look", "system")
    theme = Theme(app)
    theme.apply(app, look if look in LOOKS else "system")
    app.setWindowIcon(QIcon(app_icon()))
    asks = Asks(Worker(app), parent=app)
    window = Window(asks, theme, stores, settings)
    faults = Faults(places.log_path(), window)
    faults.install()
    asks.failed.connect(faults.report)
    return window


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tokenworth", description="Open the window.")
    parser.add_argument("--store", type=Path, help="the store to open; else your own")
    parser.add_argument("--demo", action="store_true", help="look around with sample data")
    return parser.parse_args(argv)
