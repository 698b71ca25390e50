"""Which answer stands: what sessions show of the append-only answers."""

from collections.abc import Sequence
from typing import Any

from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import Answer
from tokenworth.store.connection import Connection

ANSWERS = (
    "SELECT answer_id, session_uid, status, purpose, fate, c_key, c_lo, c_hi, r_key, r_lo, r_hi, "
    "learned, source, masked, replaces, asked_at, answered_at, form_ms FROM answer "
    "WHERE session_uid = ? ORDER BY seq"
)


def answers_of(connection: Connection, uid: str) -> list[Answer]:
    """Return every answer of a session, oldest first."""
    return [_answer(row) for row in connection.execute(ANSWERS, (uid,))]


def _answer(row: tuple[Any, ...]) -> Answer:
    tag = Tag(
        purpose=Purpose(row[3]) if row[3] else None,
        fate=Fate(row[4]) if row[4] else None,
        by_hand=None if row[5] is None else Minutes(row[5], row[6], row[7]),
        after_work=None if row[8] is None else Minutes(row[8], row[9], row[10]),
        learned=row[11],
        status=row[2],
    )
    return Answer(row[0], row[1], tag, row[12], bool(row[13]), *row[14:])


def held(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers that were not taken back, oldest first; the last one stands."""
    withdrawn = {answer.replaces for answer in answers if answer.tag.status == "withdrawn"}
    return [
        answer
        for answer in answers
        if answer.tag.status != "withdrawn" and answer.answer_id not in withdrawn
    ]


def restand(connection: Connection, uid: str) -> None:
    """Write the standing answer of a session to its row."""
    standing = held(answers_of(connection, uid))
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
