"""Frames: half-weeks frozen, drawn and stopped; and what was answered of them (spec v1, 4)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from tokenworth.store.connection import Connection
from tokenworth.store.week_views import forget_frame

QUEUE: Final = ("certainty", "drawn", "census", "swept")
"""How an answer of a frame was chosen; volunteered ones are none."""


class FrameRow(msgspec.Struct, frozen=True, gc=False):
    """One frozen half-week; times in ms."""

    period: str
    start_ts: int
    end_ts: int
    frozen_at: int
    drawn_at: int | None
    stopped_at: int | None
    planned: int


class MemberRow(msgspec.Struct, frozen=True, gc=False):
    """One session of a frame, sized as it was frozen; minutes, US dollars, tokens."""

    period: str
    uid: str
    sort: str  # own, late, grown
    low: float
    mid: float
    high: float
    cost: float | None
    new_tokens: int | None
    estimated_tokens: int | None
    role: str | None
    u: float | None
    inclusion: float | None
    position: int | None
    answer_id: str | None
    id: int | None  # the session's row; None where it is gone
    source: str | None
    project: str | None


class Place(msgspec.Struct, frozen=True, gc=False):
    """What a draw says of one session."""

    uid: str
    role: str
    u: float | None = None
    inclusion: float | None = None
    position: int | None = None
    answer_id: str | None = None


class TakeAllRow(msgspec.Struct, frozen=True, gc=False):
    """A session of a frame that was tagged before the draw, by its standing answer."""

    uid: str
    answer_id: str


MEMBERS: Final = (
    "SELECT m.period, m.session_uid, m.sort, m.low, m.mid, m.high, m.cost, m.new_tokens, "
    "m.estimated_tokens, m.role, m.u, m.inclusion, m.position, m.answer_id, session.id, "
    "session.kind, project.name FROM frame_session AS m "
    "LEFT JOIN session ON session.uid = m.session_uid "
    "LEFT JOIN project ON project.id = session.project "
)
FREEZE: Final = """
INSERT INTO frame_session (period, session_uid, sort, end_ts, low, mid, high, cost, new_tokens,
 estimated_tokens)
SELECT :period, uid, CASE WHEN start_ts >= :start THEN 'own' ELSE 'late' END, session.end_ts,
 session.low, session.mid, session.high, session.cost, session.new_tokens,
 session.estimated_tokens
FROM session WHERE start_ts >= :since AND start_ts < :end
 AND NOT EXISTS (SELECT 1 FROM frame_session AS f WHERE f.session_uid = session.uid)"""
GROWN: Final = """
INSERT INTO frame_session (period, session_uid, sort, end_ts, low, mid, high, cost, new_tokens,
 estimated_tokens)
SELECT :period, uid, 'grown', session.end_ts, max(0, session.low - sum(f.low)),
 max(0, session.mid - sum(f.mid)), max(0, session.high - sum(f.high)),
 session.cost - total(f.cost), session.new_tokens - total(f.new_tokens),
 session.estimated_tokens - total(f.estimated_tokens)
FROM frame_session AS f JOIN session ON session.uid = f.session_uid
WHERE f.period <> :period AND session.end_ts < :end
GROUP BY session.uid HAVING session.end_ts > max(f.end_ts)"""


def frames(connection: Connection) -> list[FrameRow]:
    """Return every frozen half-week, the oldest first."""
    return [
        FrameRow(*row)
        for row in connection.execute(
            "SELECT period, start_ts, end_ts, frozen_at, drawn_at, stopped_at, planned FROM frame "
            "ORDER BY start_ts"
        )
    ]


def freeze(connection: Connection, row: FrameRow) -> None:
    """Keep which sessions a half-week holds, and how large they are now.

    Late ones, of half-weeks frozen before, and what sessions grew since theirs, are among them.
    """
    since = connection.execute("SELECT min(start_ts) FROM frame").fetchone()[0]
    bounds = {
        "period": row.period,
        "start": row.start_ts,
        "end": row.end_ts,
        "since": row.start_ts if since is None else min(since, row.start_ts),
    }
    connection.execute(
        "INSERT INTO frame VALUES (?,?,?,?,NULL,NULL,?)",
        (row.period, row.start_ts, row.end_ts, row.frozen_at, row.planned),
    )
    connection.execute(FREEZE, bounds)
    connection.execute(GROWN, bounds)
    forget_frame(connection, row.period)


def members(connection: Connection, periods: Sequence[str]) -> list[MemberRow]:
    """Return the sessions of some frames: in queue order, those outside the queue first."""
    marks = ",".join("?" * len(periods))
    text = f"{MEMBERS} WHERE m.period IN ({marks}) ORDER BY m.period, m.position, m.session_uid"
    return [_member(row) for row in connection.execute(text, list(periods))]


def _member(row: tuple[Any, ...]) -> MemberRow:
    values = list(row)
    values[7:9] = [None if number is None else int(number) for number in row[7:9]]
    return MemberRow(*values)


def taken(connection: Connection, period: str) -> list[TakeAllRow]:
    """Return the sessions of a frame that have an answer before its draw: its take-all."""
    found = connection.execute(
        "SELECT m.session_uid, a.answer_id FROM frame_session AS m JOIN answer AS a "
        "ON a.session_uid = m.session_uid AND (m.sort <> 'grown' OR a.period = m.period) "
        "WHERE m.period = ? AND a.status = 'answered' AND a.source NOT LIKE 'second%' "
        "AND NOT EXISTS (SELECT 1 FROM answer AS w WHERE w.replaces = a.answer_id) "
        "ORDER BY a.seq",
        (period,),
    ).fetchall()
    return [TakeAllRow(uid, answer) for uid, answer in dict(found).items()]


def keep_draw(
    connection: Connection, period: str, places: Iterable[Place], planned: int, now: int
) -> None:
    """Keep a draw: who is asked, in which order. It is never made again."""
    connection.executemany(
        "UPDATE frame_session SET role = ?, u = ?, inclusion = ?, position = ?, answer_id = ? "
        "WHERE period = ? AND session_uid = ?",
        [
            (p.role, p.u, p.inclusion, p.position, p.answer_id, period, p.uid)
            for p in places
        ],
    )  # fmt: skip
    connection.execute(
        "UPDATE frame SET drawn_at = ?, planned = ? WHERE period = ? AND drawn_at IS NULL",
        (now, planned, period),
    )
    forget_frame(connection, period)


def stop(connection: Connection, period: str, now: int) -> None:
    """Ask no more of a half-week."""
    connection.execute(
        "UPDATE frame SET stopped_at = ? WHERE period = ? AND stopped_at IS NULL", (now, period)
    )
    forget_frame(connection, period)


def classes(
    connection: Connection, uids: Sequence[str]
) -> dict[str, tuple[str, tuple[int, int, int] | None]]:
    """Return each session's model of most new tokens, and its (fresh input, cache write, output).

    Recorded tokens only; None where none are.
    """
    found: dict[str, tuple[str, tuple[int, int, int] | None]] = {}
    sums: dict[str, list[int]] = {}
    best: dict[str, tuple[int, str]] = {}
    for start in range(0, len(uids), 500):
        part = list(uids[start : start + 500])
        rows = connection.execute(
            "SELECT session.uid, model.name, sum(d.input), "
            "sum(coalesce(d.cache_write_5m, 0) + coalesce(d.cache_write_1h, 0)), sum(d.output) "
            "FROM session JOIN session_day AS d ON d.session = session.id "
            f"JOIN model ON model.id = d.model WHERE session.uid IN ({','.join('?' * len(part))}) "
            "GROUP BY session.uid, model.name",
            part,
        )
        for uid, model, fresh, written, output in rows:
            number = (fresh or 0) + (written or 0) + (output or 0)
            best[uid] = max(best.get(uid, (-1, "")), (number, model))
            if fresh is not None or output is not None:
                held = sums.setdefault(uid, [0, 0, 0])
                for i, value in enumerate((fresh, written, output)):
                    held[i] += value or 0
    for uid, (_, model) in best.items():
        kept = sums.get(uid)
        found[uid] = model, (kept[0], kept[1], kept[2]) if kept else None
    return found
