"""Where the files shipped with the app stand."""

from pathlib import Path


def shipped(name: str = "") -> Path:
    """Return a shipped file or folder, from a wheel or from a checkout.

    importlib.resources would bring zipfile and tempfile before the first paint, and a wheel with
    libraries like ours is never run out of a zip.
    """
    inside = Path(__file__).parent / "resources"  # a wheel
    root = inside if inside.is_dir() else Path(__file__).parents[2] / "resources"  # a checkout
    return root / name if name else root
