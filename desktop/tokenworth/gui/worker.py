"""One thread beside the window: jobs run on it in order, answers come back to the window."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Ticket:
    """A job that was handed in; its answer can be dropped."""

    def __init__(
        self, done: Callable[[Any], None] | None, failed: Callable[[Exception], None] | None
    ) -> None:
        self._done = done
        self._failed = failed
        self.dropped = False

    def drop(self) -> None:
        """Forget the answer; a question that has not begun is not asked at all."""
        self.dropped = True

    def answer(self, result: Any) -> None:
        """Hand over the result."""
        if self._done is not None:
            self._done(result)

    def refuse(self, error: Exception) -> bool:
        """Hand over the failure. Returns False if nobody here waits for it."""
        if self._failed is None:
            return False
        self._failed(error)
        return True


class Worker(QObject):
    """Runs jobs in order on one thread. Jobs touch no widget."""

    failed = Signal(object)
    """A failure (an Exception) that the job's owner does not deal with."""

    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="worker")
        self._closing = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        order: bool = False,
    ) -> Ticket:
        """Run a job after those before it. An ``order`` runs even if dropped or while closing."""
        ticket = Ticket(done, failed)
        if not self._closing:
            self._pool.submit(self._work, ticket, job, order=order)
        return ticket

    def close(self) -> None:
        """Wait for the running job and for orders; questions not begun are not asked."""
        self._closing = True
        self._pool.shutdown(wait=True)

    def _work(self, ticket: Ticket, job: Callable[[], object], *, order: bool) -> None:
        if not order and (ticket.dropped or self._closing):
            return
        result: object = None
        error: Exception | None = None
        try:
            result = job()
        except Exception as raised:  # noqa: BLE001 - handed over to the window's thread
            error = raised
        self._finished.emit(ticket, result, error)

    def _deliver(self, ticket: Ticket, result: object, error: Exception | None) -> None:
        if error is None:
            if not ticket.dropped:
                ticket.answer(result)
        elif ticket.dropped or not ticket.refuse(error):
            self.failed.emit(error)
