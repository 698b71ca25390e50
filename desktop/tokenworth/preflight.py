"""What Qt needs of the system, looked at before Qt is loaded.

Where a library or the display is missing Qt ends the whole process, which Python cannot catch.
The libraries are those that the wheels of PySide6 6.11 are linked with and do not bring along.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

LIBRARY_MISSING: Final = 3
NO_DISPLAY: Final = 4

DRAWING: Final = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""Needed to draw anything: library -> Debian's package."""
X11: Final = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Needed for a window under X11."""
WAYLAND: Final = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""Needed for a window under Wayland."""
VIRTUAL_DISPLAY: Final = ("xvfb", "xauth")
WITHOUT_SCREEN: Final = ("offscreen", "minimal", "vnc")


class Missing(NamedTuple):
    """Why there can be no window (or no drawing) on this machine."""

    words: str  # one sentence, and the one command that mends it
    exit_status: int
    libraries: tuple[str, ...] = ()


def check(*, window: bool) -> Missing | None:
    """Return what is missing for a window, or only for drawing; None where all is there."""
    if not sys.platform.startswith("linux"):
        return None
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in WITHOUT_SCREEN:
        window = False
    needed = dict(DRAWING)
    if window:
        needed |= WAYLAND if _has_wayland(os.environ) and all(map(loads, WAYLAND)) else X11
    libraries = tuple(name for name in needed if not loads(name))
    packages = [needed[name] for name in libraries]
    if window and not has_display(os.environ):
        return Missing(_no_display(libraries, packages), NO_DISPLAY, libraries)
    if not libraries:
        return None
    thing = "The window" if window else "Drawing"
    return Missing(f"{thing} needs {_install(libraries, packages)}", LIBRARY_MISSING, libraries)


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a display is named and answers."""
    return _has_wayland(environment) or (bool(environment.get("DISPLAY")) and _x11_answers())


def loads(library: str) -> bool:
    """Whether a library is there, and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _no_display(libraries: tuple[str, ...], packages: list[str]) -> str:
    words = "There is no display here for the window"
    if libraries:
        extra = [] if shutil.which("xvfb-run") else list(VIRTUAL_DISPLAY)
        return f"{words}, and it needs {_install(libraries, [*packages, *extra])}"
    if shutil.which("xvfb-run"):
        return f"{words}; put `xvfb-run -a` before the command to draw it on none."
    return f"{words}; one in memory comes with: sudo apt install {' '.join(VIRTUAL_DISPLAY)}"


def _install(libraries: tuple[str, ...], packages: Iterable[str]) -> str:
    missing = "system libraries that are not installed"
    if shutil.which("apt-get"):
        return f"{missing}; run: sudo apt install {' '.join(packages)}"
    return f"{missing}: {', '.join(libraries)} (Debian's packages: {' '.join(packages)})"


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    return bool(name) and Path(environment.get("XDG_RUNTIME_DIR", "/"), str(name)).exists()


def _x11_answers() -> bool:
    """Whether the display that DISPLAY names takes a connection, as Qt's own would be."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # cannot be asked; the libraries are what is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_disconnect.argtypes = xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return not int(xcb.xcb_connection_has_error(connection))
    finally:
        xcb.xcb_disconnect(connection)
