"""What a person says of sessions, done and undone."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from tokenworth.domain.tag import Tag
from tokenworth.gui.asks import Asks

if TYPE_CHECKING:
    from tokenworth.workflows.library import Library

translate = QCoreApplication.translate


class TagCommand(QUndoCommand):
    """One answer for some sessions. Undone it is taken back; the history keeps both."""

    def __init__(
        self,
        asks: Asks,
        ids: Sequence[int],
        tag: Tag,
        asked: tuple[bool, int, int],
        done: Callable[[Sequence[int]], None],
    ) -> None:
        if len(ids) == 1:
            text = translate("undo", "outcome of a session")
        else:
            text = translate("undo", "outcome of {count} sessions").format(count=len(ids))
        super().__init__(text)
        self._asks = asks
        self._ids = list(ids)
        self._tag = tag
        self._masked, self._asked_at, self._form_ms = asked
        self._done = done
        self._given: list[str] = []

    def redo(self) -> None:
        """Give the answer."""
        self._asks.tell(self._give, lambda _: self._done(self._ids))

    def undo(self) -> None:
        """Take the answer back."""
        self._asks.tell(lambda library: library.untag(self._given), lambda _: self._done(self._ids))

    def _give(self, library: "Library") -> None:
        """Run on the worker, so that an undo that follows at once finds what was given."""
        self._given = library.tag(
            self._ids, self._tag, masked=self._masked, asked_at=self._asked_at,
            form_ms=self._form_ms,
        )  # fmt: skip


class NoteCommand(QUndoCommand):
    """A note on a session."""

    def __init__(self, asks: Asks, id_: int, before: str, after: str) -> None:
        super().__init__(translate("undo", "note"))
        self._asks = asks
        self._id = id_
        self._texts = before, after

    def redo(self) -> None:
        """Put the note as it was written."""
        self._put(self._texts[1])

    def undo(self) -> None:
        """Put the note as it was before."""
        self._put(self._texts[0])

    def _put(self, text: str) -> None:
        self._asks.tell(lambda library: library.note(self._id, text))
