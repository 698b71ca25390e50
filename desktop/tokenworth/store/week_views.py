"""Weeks of Trends as last computed: forgotten in the transaction that changes what they are of."""

from collections.abc import Iterable
from typing import Final

from tokenworth.domain.week import DAY_MS
from tokenworth.store.connection import Connection

DAYS_OF: Final = (
    "SELECT (day + 3) / 7 FROM session_day WHERE session IN ({ids}) "
    "UNION SELECT (day + 3) / 7 FROM attention_day WHERE session IN ({ids})"
)
TOUCHED: Final = "SELECT id FROM touched"
NAMED: Final = "SELECT id FROM session WHERE uid = ?"


def kept(connection: Connection) -> dict[int, bytes]:
    """Return the weeks that still hold, by the number of the week."""
    return dict(connection.execute("SELECT week, made FROM week_view").fetchall())


def keep(connection: Connection, weeks: Iterable[tuple[int, bytes]]) -> None:
    """Keep weeks as computed."""
    connection.executemany("INSERT OR REPLACE INTO week_view VALUES (?,?)", weeks)


def forget_touched(connection: Connection) -> None:
    """Forget the weeks of the sessions that are being summed anew."""
    if _is_any(connection):
        connection.execute(f"DELETE FROM week_view WHERE week IN ({DAYS_OF.format(ids=TOUCHED)})")


def forget_session(connection: Connection, uid: str) -> None:
    """Forget the weeks of one session, which was told about."""
    if _is_any(connection):
        connection.execute(
            f"DELETE FROM week_view WHERE week IN ({DAYS_OF.format(ids=NAMED)})", (uid, uid)
        )


def forget_frame(connection: Connection, period: str) -> None:
    """Forget the week of a half-week that is frozen, drawn, stopped or answered."""
    row = connection.execute(
        "SELECT start_ts, end_ts FROM frame WHERE period = ?", (period,)
    ).fetchone()
    if row is not None:
        middle = (row[0] + row[1]) // 2 // DAY_MS  # whatever the zone, it is in the week
        connection.execute("DELETE FROM week_view WHERE week = ?", ((middle + 3) // 7,))


def _is_any(connection: Connection) -> bool:
    return connection.execute("SELECT 1 FROM week_view LIMIT 1").fetchone() is not None


def span(connection: Connection) -> tuple[int, int] | None:
    """Return the first and the last number of a week with anything in it."""
    days = [
        connection.execute(f"SELECT {end}(day) FROM {table}").fetchone()[0]
        for table in ("session_day", "attention_day")
        for end in ("min", "max")
    ]
    known = [day for day in days if day is not None]
    return ((min(known) + 3) // 7, (max(known) + 3) // 7) if known else None
