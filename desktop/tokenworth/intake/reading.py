"""Files are read, here or in processes of their own, and delivered in pieces."""

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, cast

import msgspec

from tokenworth.domain.importer import Importer, Source, Spot
from tokenworth.domain.records import Piece, Problem
from tokenworth.importers import IMPORTERS
from tokenworth.intake.finding import Candidate, fingerprint
from tokenworth.reading.archives import FileSource, MemberSource

IN_PROCESS_BYTES = 32 * 1024 * 1024
"""Less than this is read quicker in this process than others start."""
SEND_BYTES = 1024 * 1024


class Delivery(msgspec.Struct, array_like=True, gc=False):
    """A piece of a file; `last` where the file was read to its end."""

    job: int
    fingerprint: bytes
    piece: Piece
    first: bool = False
    last: bool = False


class Job(msgspec.Struct, array_like=True):
    """A file to read, as sent to a process."""

    number: int
    kind: str
    archive: str  # "" for a file
    name: str
    spot: Spot


def deliver(candidates: Sequence[Candidate]) -> Iterator[list[Delivery]]:
    """Read files and yield what is in them; close the iterator to stop early.

    Many bytes are read by as many processes as there are cores, dealt by size.
    """
    jobs = [_job(number, candidate) for number, candidate in enumerate(candidates)]
    cores = os.cpu_count() or 1
    if cores < 2 or sum(candidate.size for candidate in candidates) < IN_PROCESS_BYTES:  # noqa: PLR2004 -- one core
        for job in jobs:
            yield list(_read(job))
        return
    yield from _deal(jobs, [candidate.size for candidate in candidates], cores)


def _job(number: int, candidate: Candidate) -> Job:
    source = candidate.source
    if isinstance(source, MemberSource):
        return Job(number, candidate.kind, str(source.archive), source.member, candidate.spot)
    return Job(number, candidate.kind, "", source.name, candidate.spot)


def _source(job: Job) -> Source:
    return MemberSource(Path(job.archive), job.name) if job.archive else FileSource(job.name)


def _importer(kind: str) -> Importer:
    return next(row for row in IMPORTERS if row.kind == kind)


def _read(job: Job) -> Iterator[Delivery]:
    """Yield what is in a file; the last delivery says that the file was read to its end."""
    source = _source(job)
    first = not job.spot.offset
    waiting = Piece([], [], [], [], job.spot.offset, job.spot.line, job.spot.state)
    try:
        for number, piece in enumerate(_importer(job.kind).read(source, job.spot)):
            if number:
                yield Delivery(job.number, _mark(job, waiting), waiting, first=first)
                first = False
            waiting = piece
    except OSError as error:
        words = f"cannot be read: {error.strerror or error}; what was read before is kept"
        waiting.problems.append(Problem(0, "cannot be read", words))
        yield Delivery(job.number, _mark(job, waiting), waiting, first=first)
        return
    yield Delivery(job.number, _mark(job, waiting), waiting, first=first, last=True)


def _mark(job: Job, piece: Piece) -> bytes:
    return b"" if job.archive else fingerprint(job.name, piece.offset)


def _deal(jobs: Sequence[Job], sizes: Sequence[int], cores: int) -> Iterator[list[Delivery]]:
    hands: list[list[Job]] = [[] for _ in range(cores)]
    loads = [0] * cores
    for job in sorted(jobs, key=lambda job: -sizes[job.number]):
        hand = loads.index(min(loads))
        hands[hand].append(job)
        loads[hand] += sizes[job.number] + 4096
    method = "fork" if sys.platform == "linux" else "spawn"
    context: Any = multiprocessing.get_context(method)
    decode = msgspec.msgpack.Decoder(list[Delivery]).decode
    processes = []
    ends: list[Connection] = []
    try:
        for hand_of in hands:
            mine, theirs = context.Pipe(duplex=False)
            process = context.Process(
                target=_work, args=(msgspec.msgpack.encode(hand_of), theirs), daemon=True
            )
            process.start()
            theirs.close()
            processes.append(process)
            ends.append(mine)
        while ends:
            for end in cast("list[Connection]", wait(ends)):
                try:
                    yield decode(end.recv_bytes())
                except EOFError:
                    ends.remove(end)
        for process in processes:
            process.join()
            if process.exitcode:
                raise ChildProcessError(f"a reading process ended with {process.exitcode}")
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _work(hand: bytes, end: Connection) -> None:
    """Read a hand of files in a process of its own."""
    gc.disable()  # records hold no cycles; the process is short
    encoder = msgspec.msgpack.Encoder()
    waiting: list[Delivery] = []
    weight = 0
    for job in msgspec.msgpack.decode(hand, type=list[Job]):
        for delivery in _read(job):
            waiting.append(delivery)
            weight += 200 + 120 * (len(delivery.piece.calls) + len(delivery.piece.events))
            if weight > SEND_BYTES:
                end.send_bytes(encoder.encode(waiting))
                waiting.clear()
                weight = 0
    if waiting:
        end.send_bytes(encoder.encode(waiting))
    end.close()
