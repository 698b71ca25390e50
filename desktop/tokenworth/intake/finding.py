"""Which files there are to read, whose they are, and where to go on in them."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from tokenworth.domain.importer import Importer, Source, Spot
from tokenworth.domain.records import Problem
from tokenworth.importers import IMPORTERS
from tokenworth.reading.archives import FileSource, MemberSource, is_zip, members

HEAD = 4096
FINGERPRINT = 64
FAILED_SIZE = -1
"""Kept as the size of a file that could not be opened, so that it is tried again next time."""


@dataclass(frozen=True)
class Candidate:
    """A file of a known tool that is to be read."""

    source: Source
    kind: str
    size: int  # bytes to read, for progress
    full_size: int
    mtime_ns: int
    inode: int
    spot: Spot = field(default_factory=Spot)


@dataclass(frozen=True)
class Failure:
    """A file or folder that could not be looked at."""

    path: str
    kind: str
    problem: Problem


@dataclass(frozen=True)
class State:
    """What is known of a file read before."""

    size: int
    mtime_ns: int
    inode: int
    spot: Spot
    fingerprint: bytes


Item = Candidate | Failure


class Finder:
    """Looks through paths for what is new since the last time."""

    def __init__(
        self,
        known: Mapping[str, State],
        kinds: Iterable[str] = (),
        importers: Sequence[Importer] = IMPORTERS,
    ) -> None:
        self._known = known
        wanted = set(kinds)
        self._importers = [row for row in importers if not wanted or row.kind in wanted]
        self._seen: set[tuple[int, int]] = set()
        self.unchanged = 0
        self.heads: dict[str, bytes] = {}  # path -> first bytes, of files read for the first time

    def places(self, environment: Mapping[str, str], home: Path) -> Iterator[Item]:
        """Look where the tools keep their files by default."""
        for row in self._importers:
            for place in row.places(environment, home, sys.platform):
                if place.is_dir():
                    yield from self._folder(str(place), (row,))

    def paths(self, paths: Iterable[Path]) -> Iterator[Item]:
        """Look through files, folders and zips given by a person."""
        for path in paths:
            absolute = str(path.absolute())
            if path.is_dir():
                yield from self._folder(absolute, self._importers)
            else:
                yield from self._file(absolute, self._importers, named=True)

    def _folder(self, folder: str, rows: Sequence[Importer]) -> Iterator[Item]:
        waiting = [folder]
        while waiting:
            at = waiting.pop()
            try:
                status = os.stat(at)
                if (status.st_dev, status.st_ino) in self._seen:
                    continue  # links in a circle
                self._seen.add((status.st_dev, status.st_ino))
                with os.scandir(at) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                yield _failure(at, "", error)
                continue
            for entry in found:
                if _is_folder(entry):
                    waiting.append(entry.path)
                elif entry.name.lower().endswith(".zip") or any(r.wants(entry.name) for r in rows):
                    yield from self._file(entry.path, rows, named=False)

    def _file(self, path: str, rows: Sequence[Importer], *, named: bool) -> Iterator[Item]:
        try:
            status = os.stat(path)
        except OSError as error:
            yield _failure(path, "", error)
            return
        state = self._known.get(path)
        if self._is_unchanged(path, status):
            return
        try:
            head = _part(path, 0, HEAD)
        except OSError as error:
            yield _failure(path, _kind_by_name(path, rows), error)
            return
        if is_zip(head):
            yield from self._zip(path, status, rows, named=named)
        elif head:
            row = _recognise(path, head, rows)
            if row is not None:
                self.heads[path] = head
                yield _candidate(FileSource(path), row, status, state)
            elif named:
                yield Failure(path, "", Problem(0, "unknown file", "no format this app reads"))

    def _is_unchanged(self, path: str, status: os.stat_result) -> bool:
        state = self._known.get(path)
        same = state is not None and (state.size, state.mtime_ns) == (
            status.st_size,
            status.st_mtime_ns,
        )
        self.unchanged += same
        return same

    def _zip(
        self, path: str, status: os.stat_result, rows: Sequence[Importer], *, named: bool
    ) -> Iterator[Item]:
        found = 0
        for member in members(Path(path)):
            if isinstance(member, Problem):
                yield Failure(path, "", member)
                continue
            if self._is_unchanged(member.name, status):
                found += 1
                continue
            try:
                with member.open() as file:
                    head = file.read(HEAD)
            except OSError as error:
                yield _failure(member.name, "", error)
                continue
            row = _recognise(member.name, head, rows)
            if row is not None:
                found += 1
                self.heads[member.name] = head
                yield _candidate(member, row, status, None)
        if named and not found:
            yield Failure(path, "", Problem(0, "unknown file", "nothing in it that this app reads"))


def _candidate(
    source: FileSource | MemberSource, row: Importer, status: os.stat_result, state: State | None
) -> Candidate:
    spot = Spot()
    if state and _has_only_grown(source.name, status, state):
        spot = state.spot
    return Candidate(
        source, row.kind, max(0, status.st_size - spot.offset), status.st_size,
        status.st_mtime_ns, status.st_ino, spot,
    )  # fmt: skip


def _has_only_grown(path: str, status: os.stat_result, state: State) -> bool:
    if not state.spot.offset or status.st_ino != state.inode or status.st_size < state.spot.offset:
        return False
    return fingerprint(path, state.spot.offset) == state.fingerprint


def fingerprint(path: str, offset: int) -> bytes:
    """Return a hash of the bytes just before an offset; b"" where there are none or it fails."""
    if not offset:
        return b""
    try:
        end = _part(path, max(0, offset - FINGERPRINT), min(offset, FINGERPRINT))
    except OSError:
        return b""
    return blake2b(end, digest_size=8).digest()


def _part(path: str, offset: int, size: int) -> bytes:
    """Return some bytes of a file, at half the price of a file object. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        if offset:
            os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, size)
    finally:
        os.close(handle)


def _recognise(name: str, head: bytes, rows: Sequence[Importer]) -> Importer | None:
    return next((row for row in rows if row.recognises(name, head)), None)


def _kind_by_name(path: str, rows: Sequence[Importer]) -> str:
    name = os.path.basename(path)
    return next((row.kind for row in rows if row.wants(name)), "")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _failure(path: str, kind: str, error: OSError) -> Failure:
    words = f"cannot be read: {error.strerror or error}; nothing of it was imported"
    return Failure(path, kind, Problem(0, "cannot be read", words))
