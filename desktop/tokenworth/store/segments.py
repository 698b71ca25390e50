"""A thread is cut into sessions at long silences that a person's message ended (spec v1, 1)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tokenworth.domain.records import Act, identity
from tokenworth.store.connection import Connection

SILENCE_MS: Final = 8 * 3600 * 1000
"""A person's message after a longer silence opens a new session."""
UID_DIGITS: Final = 12


class Record(NamedTuple):
    """A message or an act, in the order in which they are sorted."""

    ts: int
    opens_none: bool  # only a person's message opens a session, and goes first of its time
    id: int
    table: str


def session_uid(kind: str, key: str, opening: int | None = None) -> str:
    """Return a session's name: 12 hex digits, the same on every machine.

    ``opening`` is the act that opened it after a silence; None for a thread's first.
    """
    parts = (kind, key) if opening is None else (kind, key, str(opening))
    return f"{identity('session', *parts):016x}"[-UID_DIGITS:]


def cut(connection: Connection, sessions: Sequence[int]) -> list[list[Record]]:
    """Return what sessions of one family hold, cut where a session ends and another begins."""
    marks = ",".join("?" * len(sessions))
    messages = connection.execute(
        f"SELECT ts, id FROM message WHERE session IN ({marks})", sessions
    )
    acts = connection.execute(f"SELECT ts, id, act FROM act WHERE session IN ({marks})", sessions)
    records = [Record(ts, True, id_, "message") for ts, id_ in messages]  # noqa: FBT003 -- a field
    records += [Record(ts, act != Act.MESSAGE, id_, "act") for ts, id_, act in acts]
    parts: list[list[Record]] = [[]]
    last: int | None = None
    for record in sorted(records):
        if last is not None and not record.opens_none and record.ts - last > SILENCE_MS:
            parts.append([])
        parts[-1].append(record)
        last = record.ts
    return parts
