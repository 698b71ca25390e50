"""What the measures are given of each session: minutes, money, and what was said of it."""

from typing import Any

import msgspec

from tokenworth.store.connection import Connection


class HeldRow(msgspec.Struct, frozen=True, gc=False):
    """One session as the measures see it; minutes, US dollars, tokens."""

    start_ts: int
    kind: str
    low: float
    mid: float
    high: float
    status: str | None
    purpose: str | None
    fate: str | None
    value_min: float | None
    cost_usd: float | None
    unpriced_tokens: int
    new_tokens: int | None
    unattended: bool
    changed: int
    uid: str


def held_rows(
    connection: Connection, where: str = "", values: tuple[Any, ...] = ()
) -> list[HeldRow]:
    """Return every session as the measures see it, in the order of their starts."""
    return [
        _held(row)
        for row in connection.execute(
            "SELECT start_ts, session.kind, low, mid, high, status, purpose, fate, value_min, "
            "cost, unpriced, new_tokens, unattended, changed, uid FROM session "
            f"LEFT JOIN project ON project.id = session.project {where} ORDER BY start_ts",
            values,
        )
    ]


def _held(row: tuple[Any, ...]) -> HeldRow:
    values: list[Any] = list(row)
    values[11] = None if row[11] is None else int(row[11])
    values[12] = bool(row[12])
    return HeldRow(*values)


def days_with_records(connection: Connection, days: tuple[int, int] | None = None) -> list[int]:
    """Return every day, or those between two, on which anything is known."""
    within = "WHERE day >= :first AND day < :end" if days else ""
    bounds = {"first": days[0], "end": days[1]} if days else {}
    found = connection.execute(
        f"SELECT DISTINCT day FROM session_day {within} "
        f"UNION SELECT DISTINCT day FROM attention_day {within}",
        bounds,
    )
    return [row[0] for row in found]
