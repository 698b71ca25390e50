"""Questions about files: which were read and how far, and what could not be read."""

from collections.abc import Sequence
from typing import Final

import msgspec

from tokenworth.domain.records import identity
from tokenworth.domain.views import Imported, ProblemRow
from tokenworth.store.connection import Connection


class KnownFile(msgspec.Struct, frozen=True):
    """A file as it was when it was last read, and where to go on."""

    path: str
    kind: str
    size: int
    mtime_ns: int
    inode: int
    offset: int
    line: int
    state: bytes
    fingerprint: bytes


class Holding(msgspec.Struct, frozen=True):
    """What the store holds of one kind of source."""

    kind: str
    files: int
    bytes: int
    sessions: int
    first_ts: int | None
    last_ts: int | None
    last_import_ts: int | None
    problems: int


def known_files(connection: Connection) -> dict[str, KnownFile]:
    """Return every file read so far, by path."""
    return {
        row[0]: KnownFile(*row)
        for row in connection.execute(
            "SELECT path, kind, size, mtime_ns, inode, offset, line, state, fingerprint "
            "FROM source_file"
        )
    }


def file_of(connection: Connection, kind: str, key: str) -> str:
    """Return the path of a file that holds a thread; "" where there is none."""
    row = connection.execute(
        "SELECT path FROM thread JOIN thread_file ON thread_file.thread = thread.id "
        "JOIN source_file ON source_file.id = thread_file.file "
        "WHERE thread.id = ? ORDER BY path LIMIT 1",
        (identity(kind, key),),
    ).fetchone()
    return row[0] if row else ""


def holdings(connection: Connection) -> list[Holding]:
    """Return what the store holds, by kind of source."""
    return [
        Holding(*row)
        for row in connection.execute(
            "SELECT files.kind, files.n, files.size, coalesce(held.n, 0), held.first, held.last, "
            "files.at, coalesce(wrong.n, 0) FROM "
            "(SELECT kind, count(*) AS n, sum(size) AS size, max(imported_at) AS at "
            " FROM source_file GROUP BY kind) AS files "
            "LEFT JOIN (SELECT kind, count(*) AS n, min(start_ts) AS first, max(end_ts) AS last "
            " FROM session GROUP BY kind) AS held ON held.kind = files.kind "
            "LEFT JOIN (SELECT source_file.kind, count(*) AS n FROM problem "
            " JOIN source_file ON source_file.id = problem.file GROUP BY source_file.kind) "
            " AS wrong ON wrong.kind = files.kind ORDER BY files.kind"
        )
    ]


PROBLEM_LIMIT: Final = 10_000


def problems(connection: Connection, kind: str = "") -> list[ProblemRow]:
    """Return what could not be read, by file and line; at most 10,000."""
    where, values = ("WHERE source_file.kind = ?", (kind,)) if kind else ("", ())
    return [
        ProblemRow(*row)
        for row in connection.execute(
            "SELECT path, problem.line, problem.kind, words FROM problem "
            f"JOIN source_file ON source_file.id = problem.file {where} "
            f"ORDER BY path, problem.line LIMIT {PROBLEM_LIMIT}",
            values,
        )
    ]


def add_runs(connection: Connection, runs: Sequence[Imported], now: int) -> None:
    """Keep what an import did."""
    connection.executemany(
        "INSERT INTO import_run (finished_at, kind, files, sessions, messages, duplicates, "
        "problems) VALUES (?,?,?,?,?,?,?)",
        [
            (now, run.kind, run.files, run.sessions, run.messages, run.duplicates, run.problems)
            for run in runs
        ],
    )
