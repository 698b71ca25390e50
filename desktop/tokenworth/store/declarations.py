"""What a person said before starting a session: an exploration, a forecast."""

import msgspec

from tokenworth.store.connection import Connection


class Forecast(msgspec.Struct, frozen=True, gc=False):
    """A forecast given before starting, with what the session came to; minutes."""

    low: float
    high: float
    uid: str
    attention: float
    after_work: float | None  # of the standing answer; None: not asked or not answered


def declare(
    connection: Connection, now: int, *, explore: bool, forecast: tuple[float, float] | None
) -> None:
    """Keep what was said at a time (ms); said again at the same moment, the later counts."""
    low, high = forecast or (None, None)
    connection.execute(
        "INSERT OR REPLACE INTO declaration VALUES (?,?,?,?,0)", (now, int(explore), low, high)
    )


def declared(connection: Connection, after: int, until: int) -> bool | None:
    """Return whether an exploration was declared in that time; None: nothing was declared."""
    found = connection.execute(
        "SELECT explore FROM declaration WHERE declared_at >= ? AND declared_at <= ? "
        "AND withdrawn = 0 ORDER BY declared_at DESC LIMIT 1",
        (after, until),
    ).fetchone()
    return None if found is None else bool(found[0])


def forecasts(connection: Connection, within_ms: int) -> list[Forecast]:
    """Return each forecast with the first session that began within that time after it."""
    rows = connection.execute(
        "SELECT d.forecast_low, d.forecast_high, s.uid, s.mid, "
        "(SELECT a.r_val FROM answer AS a WHERE a.session_uid = s.uid AND a.status = 'answered' "
        "ORDER BY a.seq DESC LIMIT 1) FROM declaration AS d JOIN session AS s ON s.id = "
        "(SELECT id FROM session WHERE start_ts >= d.declared_at "
        "AND start_ts <= d.declared_at + ? ORDER BY start_ts LIMIT 1) "
        "WHERE d.withdrawn = 0 AND d.forecast_high > 0 AND s.status = 'answered' "
        "ORDER BY d.declared_at",
        (within_ms,),
    )
    return [Forecast(*row) for row in rows]
