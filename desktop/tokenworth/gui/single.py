"""One window a store: a second start brings the first one to the front.

A lock file and a touched file do this without a socket, so no network module is loaded.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

WATCH_MS: Final = 300


class Stores(NamedTuple):
    """The person's own store, that of sample data, and how to be the one window of a store."""

    own: Path
    demo: Path
    claim: Callable[[Path], bool]


class Single(QObject):
    """Holds the place of the one window of a store."""

    raised = Signal()
    """Another start asked for this window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: QLockFile | None = None
        self._call: Path | None = None
        self._store: Path | None = None
        self._seen_ns = 0
        self._timer = QTimer(self, interval=WATCH_MS)
        self._timer.timeout.connect(self.look)

    def claim(self, store: Path) -> bool:
        """Take the place, and leave the one held before; if it is taken, call its window."""
        if store == self._store:
            return True
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not named after the store alone: what clears away a store clears away "store.db*".
        lock = QLockFile(str(store.with_name(f"window-{store.name}.lock")))
        lock.setStaleLockTime(0)  # a dead window's lock falls by its process, never by its age
        call = store.with_name(f"window-{store.name}.raise")
        if not lock.tryLock(0):
            call.touch(mode=0o600)
            return False
        self.release()
        self._lock, self._call, self._store = lock, call, store
        self._seen_ns = self._touched_ns()
        self._timer.start()
        return True

    def release(self) -> None:
        """Leave the place."""
        self._timer.stop()
        if self._lock is not None and self._call is not None:
            self._call.unlink(missing_ok=True)
            self._lock.unlock()
        self._lock = self._store = None

    def look(self) -> None:
        """See whether another start has called."""
        touched_ns = self._touched_ns()
        if touched_ns > self._seen_ns:
            self._seen_ns = touched_ns
            self.raised.emit()

    def _touched_ns(self) -> int:
        try:
            return self._call.stat().st_mtime_ns if self._call else 0
        except OSError:
            return 0
