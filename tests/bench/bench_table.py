"""Does the table of 50,000 sessions scroll and sort without a stutter? Milliseconds, offscreen.

    python tests/bench/bench_table.py [SESSIONS]

Medians: a wheel step of three rows, a jump of a page, and a click on a head until the new order is
painted (the store's answer, the model's reset and the first paint).
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from bench_store import fill
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QWidget

from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.models.sessions import COLUMNS
from tokenworth.gui.pages.sessions import SessionsPage
from tokenworth.gui.theme import Theme
from tokenworth.gui.worker import Worker
from tokenworth.prices import price_list
from tokenworth.store.store import Store


def until(is_so: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    while not is_so():
        QApplication.processEvents()


def timed(run: Callable[[], None], times: int) -> float:
    """Return the median milliseconds of a run."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - began))
        QApplication.processEvents()
    return statistics.median(taken)


def main() -> None:
    """Print the medians."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        store = Store(path)
        store.settle(ZoneInfo("UTC"), price_list(), price_list().date)
        fill(store, sessions, 1)
        store.close()
        app = QApplication([])
        theme = Theme()
        theme.apply(app, "light")
        owner = QWidget()
        asks = Asks(Worker())
        asks.open(path)
        page = SessionsPage(asks, theme, Actions(owner), QUndoStack(owner))
        page.resize(1164, 780)
        page.show()
        until(lambda: len(page.model.ids()) == sessions and page.model.session(0) is not None)
        bar, view = page.table.verticalScrollBar(), page.table.viewport()

        def scroll(pixels: int) -> None:
            bar.setValue((bar.value() + pixels) % max(1, bar.maximum()))
            view.repaint()

        step, jump = timed(lambda: scroll(96), 200), timed(lambda: scroll(640), 100)
        head = page.table.horizontalHeader()
        turn = [0]

        def sort() -> None:
            turn[0] += 1
            before = page.model.ids()
            column = COLUMNS.index("title" if turn[0] % 2 else "when")
            head.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
            until(lambda: page.model.ids() is not before)
            view.repaint()

        order = timed(sort, 9)
        sys.stdout.write(
            f"{sessions} sessions: wheel step {step:.1f} ms, page jump {jump:.1f} ms (goal 16), "
            f"sort {order:.0f} ms (goal 100)\n"
        )
        page.close()
        asks.close()


if __name__ == "__main__":
    main()
