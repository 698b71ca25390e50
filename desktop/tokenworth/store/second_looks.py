"""Second looks: who was drawn to be asked again, and the practice set's answers."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from tokenworth.store.connection import Connection

Kind = Literal["second_7", "second_28"]
FATES: Final[dict[Kind, tuple[str, ...]]] = {
    "second_7": ("a", "d", "k", "p", "u"),
    "second_28": ("k", "p", "u"),
}


class SecondRow(msgspec.Struct, frozen=True, gc=False):
    """One session drawn to be asked again; times in ms."""

    kind: Kind
    uid: str
    week: str
    first_answer: str
    u: float
    inclusion: float
    drawn_at: int
    until: int


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """An answer that may be asked for again."""

    uid: str
    answer_id: str


def candidates(connection: Connection, kind: Kind, after: int, before: int) -> list[Candidate]:
    """Return the blind first answers given after one time and until another (ms)."""
    fates = FATES[kind]
    found = connection.execute(
        "SELECT a.session_uid, a.answer_id FROM answer AS a JOIN session "
        "ON session.uid = a.session_uid WHERE a.answered_at > ? AND a.answered_at <= ? "
        "AND a.status = 'answered' AND a.masked = 1 AND a.first_or_changed = 'first' "
        "AND a.source NOT LIKE 'second%' "
        f"AND a.fate IN ({','.join('?' * len(fates))}) "
        "AND NOT EXISTS (SELECT 1 FROM answer AS w WHERE w.replaces = a.answer_id "
        "AND w.status = 'withdrawn') "
        "AND NOT EXISTS (SELECT 1 FROM second_look AS s WHERE s.kind = ? "
        "AND s.session_uid = a.session_uid) GROUP BY a.session_uid ORDER BY a.seq",
        (after, before, *fates, kind),
    )
    return [Candidate(*row) for row in found]


def is_drawn(connection: Connection, kind: Kind, week: str) -> bool:
    """Return whether a week's second looks of a kind were drawn."""
    found = connection.execute(
        "SELECT 1 FROM second_week WHERE kind = ? AND week = ?", (kind, week)
    ).fetchone()
    return found is not None


def keep(
    connection: Connection, kind: Kind, week: str, number: int, rows: Iterable[SecondRow]
) -> None:
    """Keep whom a week's draw chose among a number of candidates."""
    connection.execute("INSERT INTO second_week VALUES (?,?,?)", (kind, week, number))
    connection.executemany(
        "INSERT INTO second_look VALUES (?,?,?,?,?,?,?,?)",
        [
            (r.kind, r.uid, r.week, r.first_answer, r.u, r.inclusion, r.drawn_at, r.until)
            for r in rows
        ],
    )


def second_looks(connection: Connection) -> list[SecondRow]:
    """Return every session drawn to be asked again, in the order of asking."""
    return [
        SecondRow(*row)
        for row in connection.execute(
            "SELECT kind, session_uid, week, first_answer, u, inclusion, drawn_at, until "
            "FROM second_look ORDER BY week, kind DESC, u"
        )
    ]


def keep_practice(
    connection: Connection, now: int, answers: Sequence[tuple[int, str, str]]
) -> None:
    """Keep the answers (number, purpose, fate) to the practice set."""
    connection.executemany(
        "INSERT INTO practice VALUES (?,?,?,?)", [(now, *answer) for answer in answers]
    )


def last_practice(connection: Connection) -> tuple[int | None, list[tuple[int, str, str]]]:
    """Return when the practice set was last taken (ms), and its answers."""
    taken = connection.execute("SELECT max(taken_at) FROM practice").fetchone()[0]
    rows = connection.execute(
        "SELECT number, purpose, fate FROM practice WHERE taken_at = ? ORDER BY number", (taken,)
    ).fetchall()
    return taken, rows


def attention_of(connection: Connection, uids: Sequence[str]) -> dict[str, float]:
    """Return attention minutes by session."""
    return dict(
        connection.execute(
            f"SELECT uid, mid FROM session WHERE uid IN ({','.join('?' * len(uids))})", list(uids)
        ).fetchall()
    )


def weights_of(connection: Connection, answer_ids: Sequence[str]) -> dict[str, float]:
    """Return how many sessions each answer stood for when it was asked for; 1 if by choice."""
    marks = ",".join("?" * len(answer_ids))
    return {
        answer: 1 / chance if chance else 1.0
        for answer, chance in connection.execute(
            f"SELECT answer_id, lambda_n FROM answer WHERE answer_id IN ({marks})",
            list(answer_ids),
        )
    }
