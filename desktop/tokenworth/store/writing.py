"""Records go in: each once, whatever copies of it are read, in whatever order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tokenworth.domain.records import Flag, Piece
from tokenworth.domain.week import day_finder
from tokenworth.store.connection import Connection, transaction
from tokenworth.store.copies import settle
from tokenworth.store.families import Families
from tokenworth.store.rollups import Credits, Prices, refresh, refresh_attention

SOURCE_COLUMNS = "path, kind, size, mtime_ns, inode, offset, line, state, fingerprint, imported_at"


@dataclass(frozen=True)
class FilePiece:
    """A piece and the file it came from, as the file was when it was read."""

    path: str
    kind: str
    size: int
    mtime_ns: int
    inode: int
    fingerprint: bytes
    piece: Piece
    first: bool = True  # the file was read from its start: its old problems are gone


@dataclass
class Added:
    """What one batch brought for one kind of source."""

    messages: int = 0
    duplicates: int = 0
    problems: int = 0


@dataclass(frozen=True)
class Timing:
    """What the store must be told from outside: money and minutes are not its business."""

    prices: Prices
    credits: Credits
    project_of: Callable[[str], tuple[str, str]]
    """Working folder -> (path of the project, shown name); ("", "") for none."""


@dataclass
class Batch:
    """What a batch has touched so far."""

    calls: dict[int, list[Any]] = field(default_factory=dict)  # id -> row of message
    acts: dict[int, list[Any]] = field(default_factory=dict)
    changed_calls: set[int] = field(default_factory=set)
    changed_acts: set[int] = field(default_factory=set)
    copies: set[tuple[int, int]] = field(default_factory=set)
    stored: set[int] = field(default_factory=set)  # ids of rows that were there before


# positions in a row of message and of act
M_THREAD, M_SESSION, M_TS, M_DAY, M_FLAGS, M_WEIGHT, M_FILE = 1, 2, 3, 4, 13, 14, 16
A_THREAD, A_SESSION, A_TS, A_DAY, A_FILE = 1, 2, 3, 4, 10
MESSAGE_COLUMNS = 18
ACT_COLUMNS = 12
CHUNK = 500
PROMPT = int(Flag.PROMPT)


class Writer:
    """Adds what importers read to one store, a batch a transaction."""

    def __init__(
        self, connection: Connection, path: Path, zone: ZoneInfo, timing: Timing, now: int
    ) -> None:
        self._connection = connection
        self._path = path
        self._timing = timing
        self._now = now
        self._day = day_finder(zone)
        self._models: dict[str, int] = dict(connection.execute("SELECT name, id FROM model"))
        self._upper: dict[tuple[int, int], int | None] = {}

    def add(self, pieces: Sequence[FilePiece]) -> dict[str, Added]:
        """Store pieces and move their files' offsets, in one transaction.

        Returns what was new, by kind. Raises Refusal, with nothing of the batch stored.
        """
        added: dict[str, Added] = {}
        try:
            with transaction(self._connection, self._path):
                self._add(pieces, added)
        except BaseException:
            self._models = dict(self._connection.execute("SELECT name, id FROM model"))
            raise
        return added

    def _add(self, pieces: Sequence[FilePiece], added: dict[str, Added]) -> None:
        connection = self._connection
        families = Families(connection, self._timing.project_of)
        families.merge([(item.kind, thread) for item in pieces for thread in item.piece.threads])
        files = self._files(pieces)
        self._problems(pieces, files)
        batch = self._known(pieces)
        for item, file in zip(pieces, files, strict=True):
            counts = added.setdefault(item.kind, Added())
            counts.problems += len(item.piece.problems)
            counts.duplicates += item.piece.duplicates
            families.told_in(item.piece.threads, file)
            self._calls(item, file, families, batch, counts)
            self._acts(item, file, families, batch)
        families.keep_files()
        new_acts = [batch.acts[id_][A_TS] for id_ in batch.changed_acts]
        self._write(batch)
        if batch.copies:
            settle(connection, batch.copies, families)
        families.segment()
        families.touched |= refresh_attention(
            connection, new_acts + families.recredit, self._timing.credits
        )
        refresh(connection, families.touched, self._timing.prices)

    def _files(self, pieces: Sequence[FilePiece]) -> list[int]:
        """Store how far each file was read; return the files' ids."""
        self._connection.executemany(
            f"INSERT INTO source_file ({SOURCE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?) "
            "ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, size = excluded.size, "
            "mtime_ns = excluded.mtime_ns, inode = excluded.inode, offset = excluded.offset, "
            "line = excluded.line, state = excluded.state, fingerprint = excluded.fingerprint, "
            "imported_at = excluded.imported_at",
            [
                (
                    item.path, item.kind, item.size, item.mtime_ns, item.inode, item.piece.offset,
                    item.piece.line, item.piece.state, item.fingerprint, self._now,
                )
                for item in pieces
            ],
        )  # fmt: skip
        paths = (item.path for item in pieces)
        ids = {row[1]: row[0] for row in _rows_of(self._connection, "source_file", paths, "path")}
        return [ids[item.path] for item in pieces]

    def _problems(self, pieces: Sequence[FilePiece], files: Sequence[int]) -> None:
        """Keep what could not be read; a file read from its start tells all of it anew."""
        told = list(zip(pieces, files, strict=True))
        self._connection.executemany(
            "DELETE FROM problem WHERE file = ?", [(file,) for item, file in told if item.first]
        )
        self._connection.executemany(
            "INSERT INTO problem (file, line, kind, words) VALUES (?,?,?,?)",
            [
                (file, problem.line, problem.kind, problem.words)
                for item, file in told
                for problem in item.piece.problems
            ],
        )

    def _known(self, pieces: Sequence[FilePiece]) -> Batch:
        """Return a batch that holds the rows already stored of what the pieces bring."""
        batch = Batch()
        calls = (call.id for item in pieces for call in item.piece.calls)
        acts = (event.id for item in pieces for event in item.piece.events)
        for row in _rows_of(self._connection, "message", calls):
            batch.calls[row[0]] = list(row)
        for row in _rows_of(self._connection, "act", acts):
            batch.acts[row[0]] = list(row)
        batch.stored = batch.calls.keys() | batch.acts.keys()
        return batch

    def _model(self, name: str) -> int:
        known = self._models.get(name)
        if known is None:
            known = self._models[name] = max(self._models.values(), default=0) + 1
            self._connection.execute("INSERT INTO model (id, name) VALUES (?,?)", (known, name))
        return known

    def _upper_from(self, model: int, name: str, day: int) -> int | None:
        """Return the size of request above which the list has higher rates; None: it has none."""
        key = (model, day)
        if key not in self._upper:
            self._upper[key] = self._timing.prices.tier_start(name, day)
        return self._upper[key]

    def _calls(
        self, item: FilePiece, file: int, families: Families, batch: Batch, counts: Added
    ) -> None:
        known, changed, day_of = batch.calls, batch.changed_calls, self._day
        thread, session, span = 0, 0, [0, 0]
        name, day = None, 0  # what hangs on them is looked up where they change, not each time
        model, upper_from = 0, None
        for c in item.piece.calls:
            old = known.get(c.id)
            if old is not None and old[M_WEIGHT] >= c.weight and old[M_THREAD] == c.thread:
                counts.duplicates += self._is_copy(old, file)
                if c.ts >= old[M_TS]:
                    continue
            if c.thread != thread:
                thread = c.thread
                session, span = families.receive(item.kind, thread, file)
            ts, fresh, short, long, read = (
                c.ts, c.input, c.cache_write_5m, c.cache_write_1h, c.cache_read
            )  # fmt: skip
            span[0] = min(span[0], ts)
            span[1] = max(span[1], ts)
            at = day_of(ts)
            if at != day or c.model != name:
                name, day = c.model, at
                model = self._model(name)
                upper_from = self._upper_from(model, name, day)
            size = (fresh or 0) + (read or 0) + (short or 0) + (long or 0)
            row: list[Any] = [
                c.id, thread, session, ts, day, model,
                int(upper_from is not None and size > upper_from), fresh, short, long, read,
                c.output, c.reasoning, c.flags, c.weight, c.tools, file, c.line,
            ]  # fmt: skip
            if old is None:
                counts.messages += not c.flags & PROMPT
                known[c.id] = row
            else:
                if old[M_WEIGHT] < c.weight or old[M_THREAD] != c.thread:
                    counts.duplicates += self._is_copy(old, file)
                self._settle(old, row, families, batch)
            changed.add(c.id)

    @staticmethod
    def _is_copy(old: list[Any], file: int) -> int:
        return int(old[M_FILE] != file)

    def _settle(self, old: list[Any], new: list[Any], families: Families, batch: Batch) -> None:
        """Make one row of two copies: the fuller one's numbers, the earlier one's owner."""
        owner = new if new[M_TS] < old[M_TS] else old
        if old[M_TS] == new[M_TS] and old[M_THREAD] != new[M_THREAD]:
            batch.copies.add((new[0], new[M_THREAD]))
        kept = [owner[M_THREAD], owner[M_SESSION], owner[M_TS], owner[M_DAY]]
        families.touch(old[M_SESSION])
        families.touch(owner[M_SESSION])
        if new[M_WEIGHT] > old[M_WEIGHT]:
            old[:] = new
        old[M_THREAD : M_DAY + 1] = kept

    def _acts(self, item: FilePiece, file: int, families: Families, batch: Batch) -> None:
        for e in item.piece.events:
            old = batch.acts.get(e.id)
            if old is not None:
                if e.thread != old[A_THREAD] and e.ts == old[A_TS]:
                    batch.copies.add((e.id, e.thread))
                if e.ts >= old[A_TS]:
                    continue
                families.touch(old[A_SESSION])
                families.recredit.append(old[A_TS])
            session, span = families.receive(item.kind, e.thread, file)
            span[:] = min(span[0], e.ts), max(span[1], e.ts)
            batch.acts[e.id] = [
                e.id, e.thread, session, e.ts, self._day(e.ts), e.act,
                families.is_human(e.thread), 0.0, 0.0, 0.0, file, e.line,
            ]  # fmt: skip
            batch.changed_acts.add(e.id)

    def _write(self, batch: Batch) -> None:
        for table, columns, rows, changed in (
            ("message", MESSAGE_COLUMNS, batch.calls, batch.changed_calls),
            ("act", ACT_COLUMNS, batch.acts, batch.changed_acts),
        ):
            old = changed & batch.stored
            for word, ids in (("INSERT", changed - old), ("REPLACE", old)):
                self._connection.executemany(
                    f"{word} INTO {table} VALUES ({_marks(columns)})",
                    [rows[id_] for id_ in sorted(ids)],  # the table's own order
                )


def _marks(number: int) -> str:
    return ",".join("?" * number)


def _rows_of(
    connection: Connection, table: str, keys: Iterable[int | str], column: str = "id"
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table by a key, those that exist."""
    wanted = list(keys)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        yield from connection.execute(
            f"SELECT * FROM {table} WHERE {column} IN ({_marks(len(part))})", part
        )
