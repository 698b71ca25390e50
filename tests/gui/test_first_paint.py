"""The first paint waits for no data, and nothing slow is loaded by then."""

import os
import subprocess
import sys
from pathlib import Path

DESKTOP = Path(__file__).parents[2] / "desktop"
SLOW = ("pyqtgraph", "numpy", "sqlmodel", "sqlalchemy", "sqlcipher3", "splintr", "pydantic")
QT = {"QtCore", "QtGui", "QtWidgets"}

CHILD = """
import sys
from tokenworth.gui import app, asks
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
raise SystemExit(app.main([]))
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
