"""Answers on their way to another store: lines of JSON, the chain of hashes in them."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from tokenworth.domain.refusal import Refusal
from tokenworth.store.connection import Connection
from tokenworth.store.standing import restand

FORMAT: Final = "tokenworth answers"
VERSION: Final = 1
FIRST_HASH: Final = "0" * 64
SEED: Final = "seed"
BESIDE: Final = (
    "frame", "frame_session", "second_look", "second_week", "practice", "declaration",
)  # fmt: skip
"""Tables that say who was asked: taken over only by a store that asked nobody yet."""
Line = dict[str, Any]


class Moved(msgspec.Struct, frozen=True):
    """What an import of answers did, or would do."""

    answers: int  # new
    known: int  # were there already
    unknown_sessions: int  # of sessions this store does not hold; kept all the same
    notes: int
    draws: bool  # whether who was asked came along
    continued: bool  # the chain was continued behind own answers, not copied


def lines(connection: Connection) -> Iterator[Line]:
    """Yield everything a person said, in the order of the chain; last, its count and hash."""
    seed = connection.execute("SELECT value FROM setting WHERE name = ?", (SEED,)).fetchone()
    yield {"format": FORMAT, "version": VERSION}
    link, count = FIRST_HASH, 0
    for row in _rows(connection, "answer", "seq"):
        del row["seq"]
        link, count = fingerprint(row), count + 1
        yield {"kind": "answer", "row": row}
    for row in _rows(connection, "note", "session_uid"):
        yield {"kind": "note", "row": row}
    for table in BESIDE:
        for row in _rows(connection, table, "rowid"):
            yield {"kind": table, "row": row}
    if seed is not None:
        yield {"kind": SEED, "row": {"value": seed[0]}}
    yield {"kind": "end", "row": {"answers": count, "last_hash": link}}


def _rows(connection: Connection, table: str, order: str) -> Iterator[Line]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY {order}")
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def fingerprint(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record without its running number, as answers.fingerprint does."""
    text = json.dumps(dict(row), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> dict[str, list[Line]]:
    """Return the rows by kind. Raises Refusal, with the line, for what is broken or not ours."""
    found: dict[str, list[Line]] = {}
    link = FIRST_HASH
    numbered = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in numbered:
        one = _decoded(line, number)
        if number == 1:
            _check_head(one)
            continue
        kind, row = one.get("kind"), one.get("row")
        if kind not in ("answer", "note", SEED, "end", *BESIDE) or not isinstance(row, dict):
            raise Refusal(f"Line {number} of this file is none of its kinds.")
        if kind == "answer":
            if row.get("prev_hash") != link:
                raise Refusal(
                    f"The chain of answers is broken at line {number}.",
                    "The file was changed after it was written; nothing was taken from it.",
                )
            link = fingerprint(row)
        found.setdefault(str(kind), []).append(row)
    ends = found.get("end", [])
    if len(ends) != 1 or ends[0] != {
        "answers": len(found.get("answer", [])), "last_hash": link,
    }:  # fmt: skip
        raise Refusal("This file ends too early.", "Write it again; nothing was taken from it.")
    return found


def _decoded(line: str, number: int) -> Line:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise Refusal(f"Line {number} of this file cannot be read.") from error


def _check_head(one: Line) -> None:
    if one.get("format") != FORMAT:
        raise Refusal("This file holds no answers of this app.")
    if not isinstance(one.get("version"), int) or one["version"] > VERSION:
        raise Refusal(
            "This file was written by a newer version of the app.", "Update the app to read it."
        )


def take(connection: Connection, found: Mapping[str, Sequence[Line]]) -> Moved:
    """Take over what is not there yet, inside the caller's transaction."""
    answers = found.get("answer", [])
    known = {row[0] for row in connection.execute("SELECT answer_id FROM answer")}
    new = [row for row in answers if row["answer_id"] not in known]
    if known:
        new = _linked(connection, sorted(new, key=lambda row: row["answered_at"]))
    _insert(connection, "answer", new)
    notes = _count(connection, "note")
    _insert(connection, "note", found.get("note", []), "OR IGNORE")
    draws = bool(found.get("frame")) and not _count(connection, "frame")
    if draws:
        for table in BESIDE:
            _insert(connection, table, found.get(table, []), "OR IGNORE")
        for row in found.get(SEED, []):
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?,?)", (SEED, row["value"]))
    uids = {row["session_uid"] for row in new}
    held = {row[0] for row in connection.execute("SELECT uid FROM session")}
    for uid in uids & held:
        restand(connection, uid)
    connection.execute("DELETE FROM week_view")
    return Moved(
        len(new), len(answers) - len(new), len(uids - held), _count(connection, "note") - notes,
        draws, continued=bool(known and new),
    )  # fmt: skip


def _linked(connection: Connection, rows: Iterable[Line]) -> list[Line]:
    """Return rows linked behind the store's own last answer."""
    last = list(_rows(connection, "answer", "seq"))[-1]
    del last["seq"]
    link = fingerprint(last)
    made = []
    for row in rows:
        made.append({**row, "prev_hash": link})
        link = fingerprint(made[-1])
    return made


def _insert(connection: Connection, table: str, rows: Sequence[Line], otherwise: str = "") -> None:
    if not rows:
        return
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    names = [name for name in columns if name != "seq"]
    for row in rows:
        if set(row) != set(names):
            raise Refusal(f"A row of {table} in this file has other columns than this app's.")
    marks = ",".join("?" * len(names))
    quoted = ",".join(f'"{name}"' for name in names)
    connection.executemany(
        f"INSERT {otherwise} INTO {table} ({quoted}) VALUES ({marks})",
        [tuple(row[name] for name in names) for row in rows],
    )


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
