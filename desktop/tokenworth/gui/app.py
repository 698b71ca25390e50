"""Starts the window: seen first, everything else after."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

import tokenworth
from tokenworth import places
from tokenworth.gui.asks import later
from tokenworth.gui.single import Single, Stores
from tokenworth.gui.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OWNER_ONLY: Final = 0o077
SMOKE: Final = "TOKENWORTH_SMOKE"
LOOK_MS: Final = 200
CANNOT: Final = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window as the command line asks; return the exit status."""
    import argparse  # noqa: PLC0415 -- the command line has read its own arguments, and calls run
    from pathlib import Path  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="tokenworth", description="Open the window.")
    parser.add_argument("--store", type=Path, help="the store to open; else your own")
    parser.add_argument("--demo", action="store_true", help="look around with sample data")
    asked = parser.parse_args(argv)
    return run(asked.store, demo=asked.demo)


def run(store: Path | None = None, *, demo: bool = False) -> int:
    """Show the window until it is closed; return the exit status."""
    os.umask(OWNER_ONLY)
    app = QApplication(["tokenworth"])
    app.setApplicationName("tokenworth")
    app.setApplicationDisplayName("Tokenworth")
    app.setApplicationVersion(tokenworth.__version__)
    app.setDesktopFileName("tokenworth")
    single = Single(app)
    try:
        own = store.absolute() if store else places.store_path()
        stores = Stores(own, places.demo_store_path(), single.claim)
        if not single.claim(stores.demo if demo else own):
            return 0
        settings = QSettings(str(places.data_dir() / "window.ini"), QSettings.Format.IniFormat)
    except OSError as error:
        sys.stderr.write(f"Tokenworth cannot use its folder: {error}\n")
        return CANNOT
    window = Window(settings)
    single.raised.connect(window.come_forward)
    window.painted.connect(lambda: _furnish(app, window, stores, settings, demo=demo))
    if os.environ.get(SMOKE):
        _leave_when_there(window)
    window.show()
    status = app.exec()
    single.release()
    return status


def _furnish(
    app: QApplication, window: Window, stores: Stores, settings: QSettings, *, demo: bool
) -> None:
    """Furnish the window that is seen; open the store once that is seen too."""
    asks = later("tokenworth.gui.furnishing").furnish(app, window, stores, settings)
    QTimer.singleShot(0, window, window.load_pages)
    QTimer.singleShot(0, window, asks.open_demo if demo else lambda: asks.open(stores.own))


def _leave_when_there(window: Window) -> None:
    """Close the window once every place is painted and the store is open: for a build's check."""
    look = QTimer(window, interval=LOOK_MS)

    def is_there() -> None:
        if window.is_furnished and len(window.pages) == len(window.places) and window.asks.path:
            look.stop()
            window.close()

    look.timeout.connect(is_there)
    look.start()
