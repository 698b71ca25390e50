"""One import, from paths to sums."""

import contextlib
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from tokenworth.domain.importer import Spot
from tokenworth.domain.records import Piece
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import Imported, ImportSummary, ProblemRow, Progress
from tokenworth.importers import IMPORTERS
from tokenworth.intake.finding import (
    FAILED_SIZE,
    Candidate,
    Failure,
    Finder,
    Item,
    State,
)
from tokenworth.intake.reading import Delivery, deliver
from tokenworth.store.store import Store
from tokenworth.store.writing import Added, FilePiece, Timing

BATCH_RECORDS = 30_000
BATCH_SECONDS = 1.0


@dataclass(frozen=True)
class Wish:
    """What is to be imported: these paths, or with none what is found in the default places."""

    paths: Sequence[Path] = ()
    kinds: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    home: Path = Path()


@dataclass
class _Count:
    files: set[str] = field(default_factory=set)
    added: Added = field(default_factory=Added)


class Intake:
    """One import into one store."""

    def __init__(
        self,
        store: Store,
        zone: ZoneInfo,
        timing: Timing,
        progress: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._writer = store.writer(zone, timing)
        self._progress = progress
        self._cancelled = cancelled
        self._counts: dict[str, _Count] = {}
        self._problems: list[ProblemRow] = []

    def run(self, wish: Wish) -> ImportSummary:
        """Import; what is stored when it is cancelled stays. Raises Refusal."""
        began = time.monotonic()
        with _only_one(self._store.path), _no_collector():
            before = self._store.sessions_by_kind()
            candidates, failures = self._find(wish)
            stopped = self._read(candidates)
            self._fail(failures)
            summary = self._summary(before, time.monotonic() - began, cancelled=stopped)
            if candidates:
                self._store.add_runs(summary.sources)
        return summary

    def _find(self, wish: Wish) -> tuple[list[Candidate], list[Failure]]:
        finder = Finder(known_states(self._store), wish.kinds)
        found: Iterator[Item]
        if wish.paths:
            found = finder.paths(wish.paths)
        else:
            found = finder.places(wish.environment, wish.home)
        candidates: list[Candidate] = []
        failures: list[Failure] = []
        for item in found:
            if isinstance(item, Failure):
                failures.append(item)
            else:
                candidates.append(item)
        return self._with_roots(candidates, finder.heads), failures

    def _with_roots(
        self, candidates: Sequence[Candidate], heads: Mapping[str, bytes]
    ) -> list[Candidate]:
        """Tell each file whose tool replays forks the oldest ancestor that is known."""
        parents: dict[str, dict[str, str]] = {}
        for row in IMPORTERS:
            if row.lineage is not None:
                known = parents.setdefault(row.kind, {})
                for candidate in candidates:
                    head = heads.get(candidate.source.name, b"")
                    if candidate.kind == row.kind and (link := row.lineage(head)):
                        known[link[0]] = link[1]
                known.update(
                    (key, parent)
                    for key, parent in self._stored_lineage(row.kind, known).items()
                    if key not in known
                )
        return [
            self._with_root(candidate, heads.get(candidate.source.name, b""), parents)
            for candidate in candidates
        ]

    def _stored_lineage(self, kind: str, known: Mapping[str, str]) -> dict[str, str]:
        """Return the links of ancestors that are not among the files at hand."""
        row = next(row for row in IMPORTERS if row.kind == kind)
        found: dict[str, str] = {}
        wanted = [parent for parent in known.values() if parent and parent not in known]
        while wanted:
            key = wanted.pop()
            path = self._store.file_of(kind, key)
            if not path or key in found or row.lineage is None:
                continue
            with contextlib.suppress(OSError), open(path, "rb") as file:
                if link := row.lineage(file.read(4096)):
                    found[link[0]] = link[1]
                    wanted.append(link[1])
        return found

    @staticmethod
    def _with_root(
        candidate: Candidate, head: bytes, parents: Mapping[str, Mapping[str, str]]
    ) -> Candidate:
        row = next(row for row in IMPORTERS if row.kind == candidate.kind)
        link = row.lineage(head) if row.lineage else None
        if link is None or not link[1] or candidate.spot.offset:
            return candidate
        known, at, seen = parents[row.kind], link[0], {""}
        while at not in seen and (parent := known.get(at, "")):
            seen.add(at)
            at = parent
        spot = Spot(0, 0, b"", at)
        return Candidate(
            candidate.source, candidate.kind, candidate.size, candidate.full_size,
            candidate.mtime_ns, candidate.inode, spot,
        )  # fmt: skip

    def _read(self, candidates: Sequence[Candidate]) -> bool:
        """Read and store; return whether it was stopped early."""
        total = sum(candidate.size for candidate in candidates)
        done_files = done_bytes = records = 0
        batch: list[FilePiece] = []
        last = time.monotonic()
        deliveries = deliver(candidates)
        with contextlib.closing(deliveries):  # type: ignore[type-var]
            for parcel in deliveries:
                for delivery in parcel:
                    candidate = candidates[delivery.job]
                    batch.append(_file_piece(candidate, delivery))
                    if delivery.last:
                        done_files += 1
                        done_bytes += candidate.size
                    records += len(delivery.piece.calls) + len(delivery.piece.events)
                if records >= BATCH_RECORDS or time.monotonic() - last > BATCH_SECONDS:
                    self._store_batch(batch)
                    batch, records, last = [], 0, time.monotonic()
                    self._progress(Progress(done_files, len(candidates), done_bytes, total))
                    if self._cancelled():
                        return True
            self._store_batch(batch)
        self._progress(Progress(done_files, len(candidates), done_bytes, total))
        return False

    def _store_batch(self, batch: Sequence[FilePiece]) -> None:
        if not batch:
            return
        for kind, added in self._writer.add(batch).items():
            total = self._counts.setdefault(kind, _Count()).added
            total.messages += added.messages
            total.duplicates += added.duplicates
            total.problems += added.problems
        for item in batch:
            self._counts.setdefault(item.kind, _Count()).files.add(item.path)
            self._problems.extend(
                ProblemRow(item.path, problem.line, problem.kind, problem.words)
                for problem in item.piece.problems
            )

    def _fail(self, failures: Sequence[Failure]) -> None:
        self._store_batch(
            [
                FilePiece(
                    failure.path, failure.kind, FAILED_SIZE, 0, 0, b"",
                    Piece([], [], [], [failure.problem], 0, 0),
                )
                for failure in failures
            ]
        )  # fmt: skip

    def _summary(
        self, before: Mapping[str, int], seconds: float, *, cancelled: bool
    ) -> ImportSummary:
        after = self._store.sessions_by_kind()
        sources = tuple(
            Imported(
                kind, len(count.files), max(0, after.get(kind, 0) - before.get(kind, 0)),
                count.added.messages,
                count.added.duplicates, count.added.problems,
            )
            for kind, count in sorted(self._counts.items())
        )  # fmt: skip
        return ImportSummary(sources, tuple(self._problems), round(seconds, 3), cancelled)


def known_states(store: Store) -> dict[str, State]:
    """Return what is known of every file read before, by path."""
    return {
        path: State(
            file.size, file.mtime_ns, file.inode,
            Spot(file.offset, file.line, file.state), file.fingerprint,
        )
        for path, file in store.known_files().items()
    }  # fmt: skip


def _file_piece(candidate: Candidate, delivery: Delivery) -> FilePiece:
    """Until a file's last piece is stored it is kept as failed: a kill in between is made good."""
    return FilePiece(
        candidate.source.name, candidate.kind,
        candidate.full_size if delivery.last else FAILED_SIZE, candidate.mtime_ns,
        candidate.inode, delivery.fingerprint, delivery.piece, delivery.first,
    )  # fmt: skip


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Records hold no cycles; looking for them costs a fifth of an import."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Hold the import lock of a store; another import of it is refused."""
    lock = path.with_name(path.name + ".import-lock")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        if not _lock(file):
            raise Refusal("Another import into this store is going on.", "Wait for its end.")
        yield


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 -- exists on Windows only

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 -- exists elsewhere only

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
