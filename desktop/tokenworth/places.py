"""Where the app keeps what is the person's own."""

import os
from pathlib import Path

from platformdirs import user_data_path

OVERRIDE = "TOKENWORTH_HOME"


def data_dir() -> Path:
    """Return the one folder with all that the app keeps; made, for its owner only, if missing.

    The variable TOKENWORTH_HOME names another. Raises OSError.
    """
    chosen = os.environ.get(OVERRIDE)
    folder = Path(chosen).absolute() if chosen else user_data_path("Tokenworth", appauthor=False)
    _make(folder)
    if not chosen and os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)  # a folder that the person named keeps the mode that they gave it
    return folder


def store_path() -> Path:
    """Return where the person's own store is, or will be. Raises OSError."""
    return data_dir() / "tokenworth.db"


def demo_store_path() -> Path:
    """Return where the store of sample data is, or will be; in a folder of its own."""
    folder = data_dir() / "demo"
    _make(folder)
    return folder / "tokenworth.db"


def log_path() -> Path:
    """Return where the log is, or will be. Raises OSError."""
    return data_dir() / "tokenworth.log"


def _make(folder: Path) -> None:
    """Make a folder and the missing ones above it, each for its owner only."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
