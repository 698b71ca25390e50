"""The first paint waits for no data, and nothing slow is loaded by then."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fake import FakeLibrary
from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tokenworth.gui.asks import Asks
from tokenworth.gui.single import Stores
from tokenworth.gui.theme import Theme, read_colours
from tokenworth.gui.window import Window

DESKTOP = Path(__file__).parents[2] / "desktop"
SLOW = (
    "pyqtgraph",
    "numpy",
    "sqlmodel",
    "sqlalchemy",
    "sqlcipher3",
    "splintr",
    "pydantic",
    "msgspec",
)
QT = {"QtCore", "QtGui", "QtWidgets"}

CHILD = """
import sys
from tokenworth import cli
from tokenworth.gui import app
from tokenworth.gui.window import Window

shown = Window.show

def show(window):
    shown(window)
    window.painted.disconnect()
    def told():
        print(*sorted(sys.modules))
        app.QApplication.exit(7)
    window.painted.connect(told)

Window.show = show
raise SystemExit(cli.main([]))
"""


def test_nothing_slow_is_loaded_by_the_first_paint(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(DESKTOP),
        "QT_QPA_PLATFORM": "offscreen",
        "TOKENWORTH_HOME": str(tmp_path / "home"),
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    loaded = done.stdout.split()
    roots = {name.partition(".")[0] for name in loaded}
    assert roots.isdisjoint(SLOW)
    assert {name.removeprefix("PySide6.") for name in loaded if name.startswith("PySide6.")} & {
        "QtNetwork", "QtSvg", "QtOpenGL",
    } == set()  # fmt: skip
    assert {f"PySide6.{name}" for name in QT} <= set(loaded)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.stat().st_mode & 0o077 == 0 for path in written)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def colours(window: Window) -> list[QColor]:
    """Top bar, rail, page and status line, where nothing stands in them."""
    seen = window.grab().toImage()
    places = ((400, 60), (100, 500), (700, 500), (600, seen.height() - 10))
    return [seen.pixelColor(*place) for place in places]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_what_is_seen_first_has_the_colours_of_what_follows(
    qtbot: QtBot, settings: QSettings, open_asks: Callable[[FakeLibrary], Asks], theme: Theme,
    look: str,
) -> None:  # fmt: skip
    settings.setValue("look", look)
    window = Window(settings)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    first = colours(window)
    named = read_colours(look)
    assert first == [named[name] for name in ("surface", "rail", "window", "surface")]
    theme.set_look(look)  # type: ignore[arg-type]
    stores = Stores(Path("store.db"), Path("demo.db"), lambda _path: True)
    window.furnish(open_asks(FakeLibrary()), theme, stores)
    qtbot.waitUntil(lambda: colours(window)[1:] == first[1:])  # the search field is in the first
    window.close()


def test_a_window_can_be_closed_before_it_is_furnished(qtbot: QtBot, settings: QSettings) -> None:
    window = Window(settings)
    qtbot.addWidget(window)
    window.show()
    assert window.close()
    assert not window.is_furnished
