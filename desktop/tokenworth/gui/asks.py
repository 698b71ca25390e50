"""Questions and orders to the store, asked from the window and answered by the worker."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from tokenworth.domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from tokenworth.gui.worker import Ticket, Worker
    from tokenworth.workflows.library import Library

T = TypeVar("T")


def later(module: str) -> ModuleType:
    """Import a module now that the window is painted.

    The store, numpy and pyqtgraph take most of a second to load, and the first paint waits for
    none of them: so they are not imported at the top of any file the window needs.
    """
    return importlib.import_module(module)


def open_library(path: Path) -> Library:
    """Open the store at a path, on the worker. Raises Refusal in words."""
    library: Library = later("tokenworth.workflows.library").Library(path)
    return library


class NotOpenError(Exception):
    """A question came while no store is open."""


class Asks(QObject):
    """The one way from the window to the store."""

    changed = Signal()
    """The store has changed: pages ask again."""
    opened = Signal()
    """A store is open; ``path``, ``demo`` and ``count`` tell which."""
    not_opened = Signal()
    """Opening failed; the store that was open before, if any, still is."""
    preparing = Signal(int, int)
    """How much of the sample data is made: done, all."""
    refused = Signal(object)
    """A Refusal nobody else deals with."""
    failed = Signal(object)
    """Any other failure: a fault of ours."""

    def __init__(
        self,
        worker: Worker,
        opener: Callable[[Path], Library] = open_library,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.worker = worker
        self.path: Path | None = None
        self.demo = False
        self.count = 0
        """Sessions in the store when it was opened."""
        self._opener = opener
        self._library: Library | None = None
        self._token = 0
        self._looking = False
        worker.failed.connect(self._sort_out)

    def open(self, path: Path) -> None:
        """Close the store that is open and open this one."""
        self.worker.run(lambda: self._swap(path), self._swapped, self._not_swapped, order=True)

    def open_demo(self) -> None:
        """Make the store of sample data if it is missing, and open it; ``preparing`` tells."""

        def prepare() -> tuple[Path, bool, int]:
            path: Path = later("tokenworth.workflows.demo").prepare(self.preparing.emit)
            return self._swap(path)

        self.worker.run(prepare, self._swapped, self._not_swapped, order=True)

    def ask(
        self,
        question: Callable[[Library], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Ticket:
        """Ask the store something; a dropped question that has not begun is not asked."""
        return self.worker.run(lambda: question(self._now()), done, failed)

    def tell(
        self,
        order: Callable[[Library], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Ticket:
        """Change the store; ``changed`` follows. Orders are carried out even while closing."""

        def carry_out() -> T:
            library = self._now()
            result = order(library)
            self._token = library.changed_since(self._token)
            return result

        def carried_out(result: T) -> None:
            if done is not None:
                done(result)
            self.changed.emit()

        return self.worker.run(carry_out, carried_out, failed, order=True)

    def keep(self, name: str, value: str) -> None:
        """Keep a setting in the store without a word to the pages."""

        def put(library: Library) -> None:
            library.set_setting(name, value)
            self._token = library.changed_since(self._token)

        self.worker.run(lambda: put(self._now()), None, order=True)

    def look(self) -> None:
        """Notice what others wrote to the store since the last look."""
        if self._looking:
            return

        def moved() -> bool:
            before, self._token = self._token, self._now().changed_since(self._token)
            return before != self._token

        def looked(has_moved: bool) -> None:  # noqa: FBT001 - a job's result
            self._looking = False
            if has_moved:
                self.changed.emit()

        def missed(error: Exception) -> None:
            self._looking = False
            self._sort_out(error)

        self._looking = True
        self.worker.run(moved, looked, missed)

    def close(self) -> None:
        """Close the store after the orders before; nothing is asked after this."""
        self.worker.run(self._shut, None, order=True)
        self.worker.close()

    def _now(self) -> Library:
        if self._library is None:
            raise NotOpenError
        return self._library

    def _shut(self) -> None:
        if self._library is not None:
            self._library.close()
        self._library = None

    def _swap(self, path: Path) -> tuple[Path, bool, int]:
        opened = self._opener(path)
        self._shut()
        self._library = opened
        self._token = opened.changed_since(0)
        return opened.path, opened.demo, opened.count()

    def _swapped(self, told: tuple[Path, bool, int]) -> None:
        self.path, self.demo, self.count = told
        self.opened.emit()
        self.changed.emit()

    def _not_swapped(self, error: Exception) -> None:
        self.not_opened.emit()
        self._sort_out(error)

    def _sort_out(self, error: Any) -> None:
        if isinstance(error, Refusal):
            self.refused.emit(error)
        elif not isinstance(error, NotOpenError):
            self.failed.emit(error)
