"""Which answer stands: what sessions show of the append-only answers."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import Answer
from tokenworth.store.connection import Connection

ANSWERS: Final = (
    "SELECT answer_id, session_uid, status, purpose, fate, c_key, c_lo, c_hi, r_key, r_lo, r_hi, "
    "learned, k1, k2, others, world_changed, source, masked, replaces, asked_at, answered_at, "
    "form_ms, period, declared_explore FROM answer"
)


def answers_of(connection: Connection, uid: str) -> list[Answer]:
    """Return every answer of a session, oldest first."""
    found = connection.execute(f"{ANSWERS} WHERE session_uid = ? ORDER BY seq", (uid,))
    return [_answer(row) for row in found]


def answers_in(connection: Connection, periods: Sequence[str]) -> list[Answer]:
    """Return every answer of some half-weeks, oldest first."""
    marks = ",".join("?" * len(periods))
    found = connection.execute(f"{ANSWERS} WHERE period IN ({marks}) ORDER BY seq", list(periods))
    return [_answer(row) for row in found]


def answers_called(connection: Connection, answer_ids: Sequence[str]) -> list[Answer]:
    """Return answers by their ids, oldest first."""
    found: list[Answer] = []
    for start in range(0, len(answer_ids), 500):
        part = list(answer_ids[start : start + 500])
        marks = ",".join("?" * len(part))
        rows = connection.execute(f"{ANSWERS} WHERE answer_id IN ({marks}) ORDER BY seq", part)
        found += [_answer(row) for row in rows]
    return found


def second_answers(connection: Connection) -> list[Answer]:
    """Return every answer of a second look, oldest first."""
    found = connection.execute(f"{ANSWERS} WHERE source LIKE 'second%' ORDER BY seq")
    return [_answer(row) for row in found]


def last_hash(connection: Connection) -> str:
    """Return the SHA-256 of the last record of the chain; "" where there is none.

    The same as answers.fingerprint, without SQLModel: the record's columns but the running number.
    """
    cursor = connection.execute("SELECT * FROM answer ORDER BY seq DESC LIMIT 1")
    row = cursor.fetchone()
    if row is None:
        return ""
    names = [column[0] for column in cursor.description]
    values = {name: value for name, value in zip(names, row, strict=True) if name != "seq"}
    text = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def form_times(connection: Connection, number: int) -> list[int]:
    """Return how long the last forms of the queue took, in ms."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT form_ms FROM answer WHERE masked = 1 AND status = 'answered' "
            "AND source NOT IN ('volunteered') ORDER BY seq DESC LIMIT ?",
            (number,),
        )
    ]


def _answer(row: tuple[Any, ...]) -> Answer:
    tag = Tag(
        purpose=Purpose(row[3]) if row[3] else None,
        fate=Fate(row[4]) if row[4] else None,
        by_hand=None if row[5] is None else Minutes(row[5], row[6], row[7]),
        after_work=None if row[8] is None else Minutes(row[8], row[9], row[10]),
        learned=row[11],
        status=row[2],
        could_alone=row[12],
        can_explain=row[13],
        others=row[14],
        world_changed=None if row[15] is None else bool(row[15]),
    )
    declared = None if row[23] is None else bool(row[23])
    return Answer(
        answer_id=row[0], session_uid=row[1], tag=tag, source=row[16], masked=bool(row[17]),
        replaces=row[18], asked_at=row[19], answered_at=row[20], form_ms=row[21], period=row[22],
        declared_explore=declared,
    )  # fmt: skip


def held(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers that were not taken back, oldest first; the last one stands."""
    withdrawn = {answer.replaces for answer in answers if answer.tag.status == "withdrawn"}
    return [
        answer
        for answer in answers
        if answer.tag.status != "withdrawn" and answer.answer_id not in withdrawn
    ]


def restand(connection: Connection, uid: str) -> None:
    """Write the standing answer of a session to its row; a second look changes nothing there."""
    standing = [
        answer
        for answer in held(answers_of(connection, uid))
        if not answer.source.startswith("second")
    ]
    values: tuple[Any, ...] = (None, None, None, None)
    if standing:
        tag = standing[-1].tag
        values = (tag.status, None, None, None)
        if tag.status == "answered":
            values = (tag.status, tag.purpose, tag.fate, tag.value_minutes)
    connection.execute(
        "UPDATE session SET status = ?, purpose = ?, fate = ?, value_min = ?, changed = ? "
        "WHERE uid = ?",
        (*values, max(0, len(standing) - 1), uid),
    )
