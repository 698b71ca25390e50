"""Where the files shipped with the app stand."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def shipped(name: str = "") -> Traversable:
    """Return a shipped file or folder, from a wheel or from a checkout."""
    inside = files("tokenworth") / "resources"
    root = inside if inside.is_dir() else Path(__file__).parents[2] / "resources"
    return root / name if name else root
