"""How soon is the window there, and does it stay smooth? Ratios in one run, offscreen.

    python tests/bench/bench_window.py [FOLDER] [RUNS]

First paint: whole processes in turn, a bare QMainWindow against the app as its command starts it,
from the process's start to the first paint, and to the paint of the furnished window.
With FOLDER: a 4 ms timer in the window's thread while a child imports FOLDER.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DESKTOP = Path(__file__).parents[2] / "desktop"
STARTED = "import os, sys, time\nBEGAN = float(os.environ['BEGAN'])\n"
PAINT = """
def told(*_):
    heavy = sorted({'pyqtgraph', 'numpy', 'sqlmodel', 'sqlalchemy'} & sys.modules.keys())
    print((time.clock_gettime(time.CLOCK_MONOTONIC) - BEGAN) * 1000, ','.join(heavy) or '-')
    sys.stdout.flush()
    os._exit(0)
"""
BARE = (
    STARTED
    + PAINT
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        told()
app = QApplication([])
window = Window()
window.resize(1360, 860)
window.show()
app.exec()
"""
)
APP = (
    STARTED
    + PAINT
    + """
import tokenworth.cli
from tokenworth.gui import window
seen = window.Window.paintEvent
def paint(self, event):
    seen(self, event)
    told()
if sys.argv[2] == 'seen':
    window.Window.paintEvent = paint
else:
    window.Window.load_pages = told  # begins once what it is furnished with is painted
tokenworth.cli.main(['--store', sys.argv[1]])
"""
)
SMOOTH = """
import statistics, subprocess, sys, time
from PySide6.QtCore import QElapsedTimer, QProcess, QTimer, Qt
from tokenworth.gui import app, window
gaps, clock = [], QElapsedTimer()
def tick():
    gaps.append(clock.nsecsElapsed() / 1e6)
    clock.restart()
def begin(self):
    made(self)
    self.timer = QTimer(self, interval=4)
    self.timer.setTimerType(Qt.TimerType.PreciseTimer)
    self.timer.timeout.connect(tick)
    QTimer.singleShot(4000, lambda: start(self))  # the pages are there by then
def start(self):
    clock.start()
    self.timer.start()
    QTimer.singleShot(1500, lambda: importing(self))
def importing(self):
    idle.extend(gaps)
    gaps.clear()
    self.child = QProcess(self)
    self.child.finished.connect(done)
    self.child.start(sys.executable, ['-m', 'tokenworth', 'import', '--store', store, sys.argv[2]])
def done(*_):
    for name, found in (('idle', idle), ('importing', gaps)):
        found.sort()
        print(name, len(found), 'p50', round(found[len(found) // 2], 1),
              'p99', round(found[int(len(found) * .99)], 1), 'longest', round(found[-1], 1))
    sys.stdout.flush()
    import os
    os._exit(0)
idle = []
made = window.Window.load_pages
window.Window.load_pages = begin
store = sys.argv[1]
app.main(['--store', store])
"""


def environment(home: str) -> dict[str, str]:
    """Return an environment without a screen, in a home of its own."""
    import time  # noqa: PLC0415 -- read as late as can be

    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,  # modules are compiled once, as wherever the app is installed
        "QT_QPA_PLATFORM": "offscreen",
        "TOKENWORTH_HOME": home,
        "PYTHONPATH": str(DESKTOP),
        "BEGAN": repr(time.clock_gettime(time.CLOCK_MONOTONIC)),
    }


def paint(code: str, home: str, what: str = "seen") -> tuple[float, str]:
    """Return (ms to the paint, slow modules loaded by then)."""
    command = [sys.executable, "-c", code, str(Path(home) / "store.db"), what]
    done = subprocess.run(
        command, env=environment(home), capture_output=True, text=True, check=True
    )
    ms, heavy = done.stdout.split()
    return float(ms), heavy


def main() -> None:
    """Print medians, ratios and percentiles."""
    folder = sys.argv[1] if len(sys.argv) > 1 else ""
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    with tempfile.TemporaryDirectory() as home:
        taken = [
            (paint(BARE, home), paint(APP, home), paint(APP, home, "furnished"))
            for _ in range(runs + 1)
        ][1:]
        bare, own, whole = (statistics.median(run[part][0] for run in taken) for part in range(3))
        ratios = [statistics.median(run[part][0] / run[0][0] for run in taken) for part in (1, 2)]
        sys.stdout.write(
            f"bare {bare:.0f} ms; first paint {own:.0f} ms, ratio {ratios[0]:.2f} (goal 1.3); "
            f"furnished {whole:.0f} ms, ratio {ratios[1]:.2f}; slow modules loaded: "
            f"{taken[0][1][1]}, {taken[0][2][1]}\n"
        )
        if folder:
            command = [sys.executable, "-c", SMOOTH, str(Path(home) / "store.db"), folder]
            done = subprocess.run(
                command, env=environment(home), capture_output=True, text=True, check=False
            )
            sys.stdout.write(done.stdout + done.stderr)


if __name__ == "__main__":
    main()
