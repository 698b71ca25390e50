"""The app's questions and orders about one store, for the window and the command line alike."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tokenworth.domain.importer import Source
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.review import Card, Queue, Saved, SweepRow
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.domain.views import (
    Found,
    ProblemRow,
    SessionDetail,
    SessionQuery,
    SessionRow,
    SourceRow,
    Turn,
)
from tokenworth.domain.week import period_of
from tokenworth.importers import IMPORTERS
from tokenworth.intake.origins import found_here, open_again
from tokenworth.places import demo_store_path
from tokenworth.prices import price_list
from tokenworth.store.answers_file import Moved
from tokenworth.store.store import Store
from tokenworth.workflows import masks
from tokenworth.workflows.looking import Looking
from tokenworth.workflows.reviewing import Reviewing
from tokenworth.workflows.saving import save
from tokenworth.workflows.timing import zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tokenworth.store.answers import Answers

BLIND = "blind"
CLOCK = "clock"
"""Of the sample data: when it ends, in ms."""


def now_ms() -> int:
    """Return the present time in ms."""
    return time.time_ns() // 1_000_000


class Library(Looking):
    """One open store and what a person can ask of it. Every method may raise Refusal."""

    def __init__(
        self, path: Path, *, create: bool = True, clock: Callable[[], int] | None = None
    ) -> None:
        """Open the store and bring its sums to this machine's zone and this app's price list.

        ``clock`` tells the time in ms; without one it is the machine's.
        """
        self.path = path
        self.demo = path == demo_store_path()
        self._clock = clock
        self._queued: set[str] = set()
        self._queued_at = (-1, -1, -1)
        self.zone: ZoneInfo = zone()
        self._store = Store(path, create=create)
        self._answers_room: Answers | None = None
        self._reviewing = Reviewing(
            self._store, lambda: self._answers, self.zone, self.now, self._store.detail
        )
        try:
            self._store.settle(self.zone, price_list(), price_list().date)
        except BaseException:
            self._store.close()
            raise

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def now(self) -> int:
        """Return the present time in ms; in the sample data it stands still where they end."""
        if self._clock is not None:
            return self._clock()
        told = self._store.setting(CLOCK) if self.demo else None
        return int(told) if told else now_ms()

    # sessions ------------------------------------------------------------------------------------

    def count(self) -> int:
        """Return how many sessions there are."""
        return self._store.count()

    def session_ids(self, query: SessionQuery) -> list[int]:
        """Return the ids of the sessions that match, sorted."""
        self.hide()
        return self._store.session_ids(query)

    def rows(self, ids: Sequence[int]) -> list[SessionRow]:
        """Return rows in the order given."""
        queued = self.hide()
        rows = self._store.rows(ids)
        return [masks.row(row) if row.uid in queued else row for row in rows]

    def find(self, prefix: str) -> tuple[int, str]:
        """Return (id, uid) of the session whose name begins with `prefix`."""
        return self._store.find(prefix)

    def detail(self, id_: int) -> SessionDetail:
        """Return everything about one session but its transcript; less while it is queued."""
        found = self._store.detail(id_)
        return masks.detail(found) if found.row.uid in self.hide() else found

    def hide(self) -> set[str]:
        """Return the sessions in the queue, after telling the store which they are."""
        minute = self.now() // 60_000
        if self._queued_at != (*self._store.stamp(), minute):
            self._queued = self._reviewing.queued()
            self._store.set_queued(self._queued)
            self._queued_at = (*self._store.stamp(), minute)
        return self._queued

    def choices(self) -> dict[str, list[str]]:
        """Return the sources, projects and models there are, by name."""
        return self._store.choices()

    def transcript(self, id_: int) -> list[Turn]:
        """Return what was said in a session, read from its source files, in order of time.

        Raises Refusal where none of them can be read any more.
        """
        row = self.rows([id_])
        if not row:
            raise Refusal("This session is no longer in the store.")
        if row[0].queued:
            raise Refusal(
                "What was said stays hidden while this session waits in Review.",
                "Answer its card there first.",
            )
        turns: list[Turn] = []
        unreadable = []
        for path, kind, key in self._store.origins(id_):
            try:
                turns += _turns(open_again(path), kind, key)
            except (OSError, LookupError, ValueError):
                unreadable.append(path)
        if unreadable and not turns:
            raise Refusal(
                f"Its source file is gone or cannot be read: {unreadable[0]}.",
                "What was kept of it is shown above.",
            )
        inside = [turn for turn in turns if row[0].start_ts <= turn.ts <= row[0].end_ts]
        return sorted(inside or turns, key=lambda turn: turn.ts)

    # what a person says --------------------------------------------------------------------------

    @property
    def _answers(self) -> "Answers":
        if self._answers_room is None:
            # SQLModel takes a third of a second to load, and only answers and notes need it
            from tokenworth.store.answers import Answers  # noqa: PLC0415

            self._answers_room = Answers(self._store.connection, self.path)
        return self._answers_room

    def tag(  # noqa: PLR0913 -- how an answer was given belongs to it
        self, ids: Sequence[int], tag: Tag, *, masked: bool, asked_at: int, form_ms: int,
        answered_at: int | None = None,
    ) -> list[str]:  # fmt: skip
        """Append the same answer for each session, volunteered; return the answers' ids.

        Times in ms; `answered_at` is now unless it is told.
        """
        from tokenworth.store.answers import Form  # noqa: PLC0415 -- as above

        sessions = [(row.uid, period_of(row.start_ts, self.zone)) for row in self._store.rows(ids)]
        if len(sessions) != len(set(ids)):
            raise Refusal("A session to be tagged is no longer in the store.")
        return self._answers.give(
            sessions, tag, Form(masked, asked_at, answered_at or self.now(), form_ms)
        )

    def untag(self, answer_ids: Sequence[str]) -> list[str]:
        """Take answers back by appending withdrawals; return the ids of those."""
        return self._answers.withdraw(answer_ids, self.now())

    def note(self, id_: int, text: str) -> str:
        """Set a session's note; return the one before."""
        row = self.rows([id_])
        if not row:
            raise Refusal("This session is no longer in the store.")
        return self._answers.note(row[0].uid, text, self.now())

    def declare(self, *, explore: bool, forecast: tuple[float, float] | None = None) -> int:
        """Keep what is said before a session starts, the forecast in minutes; return when (ms)."""
        now = self.now()
        self._store.declare(now, explore=explore, forecast=forecast)
        return now

    def withdraw_declaration(self, declared_at: int) -> None:
        """Take back what was said before a session."""
        self._store.withdraw_declaration(declared_at)

    def export_answers(self, path: Path) -> None:
        """Write everything said to a file for another store: whole or not at all."""
        save(path, self._store.answers_text().encode())

    def import_answers(self, path: Path, *, dry_run: bool = False) -> Moved:
        """Take over what a file holds and this store does not; the chain is checked first."""
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(f"{path} cannot be read: {error}.") from error
        return self._store.take_answers(text, dry_run=dry_run)

    # the queue -----------------------------------------------------------------------------------

    def queue(self) -> Queue:
        """Freeze what is due, and return what Review starts from."""
        return self._reviewing.queue()

    def sweep(self, period: str) -> list[SweepRow]:
        """Return the titles of the larger sessions of an undrawn half-week."""
        return self._reviewing.sweep(period)

    def answer_swept(
        self, id_: int, period: str, tag: Tag, *, asked_at: int, form_ms: int
    ) -> Saved:
        """Keep the answer to a session picked in the sweep."""
        return self._reviewing.answer_swept(id_, period, tag, asked_at=asked_at, form_ms=form_ms)

    def draw(self, period: str) -> None:
        """Draw a half-week, once and for all."""
        self._reviewing.draw(period)

    def stop(self, period: str) -> None:
        """Ask no more of a half-week."""
        self._reviewing.stop(period)

    def answer(self, card: Card, tag: Tag, *, asked_at: int, form_ms: int) -> Saved:
        """Keep the answer to a card; return what may be shown now."""
        return self._reviewing.answer(card, tag, asked_at=asked_at, form_ms=form_ms)

    def change(self, uid: str, period: str, tag: Tag, *, asked_at: int, form_ms: int) -> str:
        """Keep a change beside the first answer; return its id."""
        return self._reviewing.change(uid, period, tag, asked_at=asked_at, form_ms=form_ms)

    def practice(self, answers: Sequence[tuple[Purpose, Fate]]) -> int:
        """Keep the answers to the practice set; return in how many both codes agree."""
        return self._reviewing.practice(answers)

    # sources -------------------------------------------------------------------------------------

    def sources(self) -> list[SourceRow]:
        """Return what was imported, by tool."""
        named = {row.kind: row for row in IMPORTERS}
        return [
            SourceRow(
                held.kind, named[held.kind].name, named[held.kind].counting, (), held.files,
                max(0, held.bytes), held.sessions, held.first_ts, held.last_ts,
                held.last_import_ts, held.problems, named[held.kind].retention,
            )
            for held in self._store.holdings()
            if held.kind in named
        ]  # fmt: skip

    def problems(self, kind: str = "") -> list[ProblemRow]:
        """Return what could not be read."""
        return self._store.problems(kind)

    def found(self) -> list[Found]:
        """Return the tools found in their default places; nothing is imported by looking."""
        return found_here()

    # the store itself ----------------------------------------------------------------------------

    def changed_since(self, token: int) -> int:
        """Return a number that moves whenever another program commits to the store."""
        del token
        return self._store.data_version()

    def setting(self, name: str) -> str | None:
        """Return a setting kept in the store."""
        return self._store.setting(name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting in the store."""
        self._store.set_setting(name, value)

    def doubts(self) -> list[str]:
        """Return what does not hold together in the store, in words; nothing: all is well."""
        broken = self._answers.broken_links()
        chain = [f"The chain of answers is broken at {broken[0]}."] if broken else []
        return self._store.doubts() + chain


def _turns(source: Source, kind: str, key: str) -> Iterator[Turn]:
    row = next(row for row in IMPORTERS if row.kind == kind)
    for said in row.transcript(source, key):
        yield Turn(said.ts, said.who, said.text)
