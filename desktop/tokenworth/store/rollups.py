"""Sums of sessions, days and attention, kept in the same transaction as what they sum."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from tokenworth.domain.records import Act, Flag
from tokenworth.store.connection import Connection
from tokenworth.store.standing import restand
from tokenworth.store.week_views import forget_touched

Credits = Callable[[int | None, Sequence[int], int | None], list[tuple[float, float, float]]]
"""(act before, times, act after) -> attention minutes (low, mid, high) of each; times in ms."""


class Prices(Protocol):
    """List prices of a day, per request."""

    def tier_start(self, model: str, day: int) -> int | None:
        """Tokens of a request's whole input above which other rates hold; None: never."""

    def cost_of(  # noqa: PLR0913 -- the five classes have five prices
        self, model: str, day: int, *, upper: bool, input: int, cache_write_5m: int,  # noqa: A002
        cache_write_1h: int, cache_read: int, output: int,
    ) -> tuple[float | None, int]:  # fmt: skip
        """Return (US dollars, tokens without a known price)."""


SESSION_DAY = f"""
INSERT INTO session_day SELECT session, day, model, upper, sum(flags & {int(Flag.PROMPT)} = 0),
 sum(CASE WHEN flags & {int(Flag.ESTIMATED)} = 0 THEN input END), sum(cache_write_5m),
 sum(cache_write_1h), sum(cache_read),
 sum(CASE WHEN flags & {int(Flag.ESTIMATED)} = 0 THEN output END), sum(reasoning),
 sum(CASE WHEN flags & {int(Flag.ESTIMATED)} THEN input END),
 sum(CASE WHEN flags & {int(Flag.ESTIMATED)} THEN output END), NULL, 0
FROM message WHERE session IN (SELECT id FROM touched) GROUP BY 1, 2, 3, 4"""

ATTENTION_DAY = f"""
INSERT INTO attention_day SELECT session, day, sum(act = {int(Act.MESSAGE)}),
 sum(low), sum(mid), sum(high)
FROM act WHERE session IN (SELECT id FROM touched) GROUP BY 1, 2"""

SESSION = """
UPDATE session SET
 start_ts = coalesce(acts.human, span.first, acts.first, 0),
 end_ts = max(coalesce(span.last, 0), coalesce(acts.last, 0)),
 unattended = acts.human IS NULL,
 turns = coalesce(minutes.turns, 0), low = coalesce(minutes.low, 0),
 mid = coalesce(minutes.mid, 0), high = coalesce(minutes.high, 0),
 messages = coalesce(sums.messages, 0), new_tokens = sums.new_tokens,
 estimated_tokens = sums.estimated, cost = sums.cost, unpriced = coalesce(sums.unpriced, 0),
 project = thread.project, automated = thread.automated,
 title = CASE WHEN thread.title <> '' THEN thread.title
   ELSE substr(replace(replace(thread.first_request, char(10), ' '), char(13), ' '), 1, 120) END
FROM touched
 JOIN session AS own ON own.id = touched.id
 JOIN thread ON thread.id = own.thread
 LEFT JOIN (SELECT session, min(ts) AS first, max(ts) AS last FROM message
            WHERE session IN (SELECT id FROM touched) GROUP BY session) AS span
   ON span.session = own.id
 LEFT JOIN (SELECT session, min(ts) FILTER (WHERE human) AS human, min(ts) AS first,
                   max(ts) AS last FROM act
            WHERE session IN (SELECT id FROM touched) GROUP BY session) AS acts
   ON acts.session = own.id
 LEFT JOIN (SELECT session, sum(turns) AS turns, sum(low) AS low, sum(mid) AS mid,
                   sum(high) AS high FROM attention_day
            WHERE session IN (SELECT id FROM touched) GROUP BY session) AS minutes
   ON minutes.session = own.id
 LEFT JOIN (SELECT session, sum(messages) AS messages,
                   CASE WHEN count(input) + count(cache_write_5m) + count(cache_write_1h)
                             + count(output) > 0
                        THEN total(input) + total(cache_write_5m) + total(cache_write_1h)
                             + total(output) END AS new_tokens,
                   CASE WHEN count(estimated_input) + count(estimated_output) > 0
                        THEN total(estimated_input) + total(estimated_output) END AS estimated,
                   sum(cost) AS cost, sum(unpriced) AS unpriced
            FROM session_day WHERE session IN (SELECT id FROM touched) GROUP BY session) AS sums
   ON sums.session = own.id
WHERE session.id = own.id"""

TEXT = """
INSERT INTO session_text (rowid, title, request, project)
SELECT session.id, session.title, thread.first_request, coalesce(project.name, '')
FROM touched JOIN session ON session.id = touched.id JOIN thread ON thread.id = session.thread
LEFT JOIN project ON project.id = session.project"""

GONE = """
SELECT id FROM session WHERE id IN (SELECT id FROM touched)
 AND NOT EXISTS (SELECT 1 FROM message WHERE session = session.id)
 AND NOT EXISTS (SELECT 1 FROM act WHERE session = session.id)"""


def refresh(connection: Connection, sessions: Iterable[int], prices: Prices) -> None:
    """Sum the sessions anew; drop those that hold nothing."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM touched")
    connection.executemany("INSERT INTO touched VALUES (?)", [(id_,) for id_ in sessions])
    forget_touched(connection)
    gone = connection.execute(GONE).fetchall()
    for table, column in (
        ("session_day", "session"),
        ("attention_day", "session"),
        ("session_text", "rowid"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM touched)")
    connection.executemany("DELETE FROM touched WHERE id = ?", gone)
    connection.executemany("DELETE FROM session WHERE id = ?", gone)
    connection.execute(SESSION_DAY)
    _price(connection, prices)
    connection.execute(ATTENTION_DAY)
    connection.execute(SESSION)
    connection.execute(TEXT)
    forget_touched(connection)
    answered = connection.execute(
        "SELECT DISTINCT session_uid FROM answer WHERE session_uid IN "
        "(SELECT uid FROM session WHERE id IN (SELECT id FROM touched))"
    ).fetchall()
    for (uid,) in answered:
        restand(connection, uid)


def _price(connection: Connection, prices: Prices) -> None:
    rows = connection.execute(
        "SELECT session, day, model, upper, model.name, coalesce(input, 0), "
        "coalesce(cache_write_5m, 0), coalesce(cache_write_1h, 0), coalesce(cache_read, 0), "
        "coalesce(output, 0) FROM session_day JOIN model ON model.id = session_day.model "
        "WHERE session IN (SELECT id FROM touched)"
    ).fetchall()
    priced = []
    for session, day, model, upper, name, fresh, short, long, read, output in rows:
        if not (fresh or short or long or read or output):
            continue
        cost, unpriced = prices.cost_of(
            name, day, upper=bool(upper), input=fresh, cache_write_5m=short,
            cache_write_1h=long, cache_read=read, output=output,
        )  # fmt: skip
        priced.append((cost, unpriced, session, day, model, upper))
    connection.executemany(
        "UPDATE session_day SET cost = ?, unpriced = ? "
        "WHERE session = ? AND day = ? AND model = ? AND upper = ?",
        priced,
    )


def refresh_attention(connection: Connection, times: Sequence[int], credit: Credits) -> set[int]:
    """Credit the acts anew whose neighbours changed: those at `times` and one on either side.

    Returns the sessions whose minutes changed.
    """
    if not times:
        return set()
    before, low = _neighbours(connection, "<", "DESC", min(times))
    after, high = _neighbours(connection, ">", "ASC", max(times))
    rows = connection.execute(
        "SELECT id, ts, session, low, mid, high FROM act WHERE human AND ts BETWEEN ? AND ? "
        "ORDER BY ts, id",
        (low, high),
    ).fetchall()
    minutes = credit(before, [row[1] for row in rows], after)
    changed = [
        (credit, row) for credit, row in zip(minutes, rows, strict=True) if tuple(credit) != row[3:]
    ]
    connection.executemany(
        "UPDATE act SET low = ?, mid = ?, high = ? WHERE id = ?",
        [(*credit, row[0]) for credit, row in changed],
    )
    return {row[2] for _, row in changed}


def _neighbours(connection: Connection, sign: str, order: str, ts: int) -> tuple[int | None, int]:
    """Return (the second act beyond ts, or None; the time of the first act beyond it, or ts)."""
    beyond = connection.execute(
        f"SELECT DISTINCT ts FROM act WHERE human AND ts {sign} ? ORDER BY ts {order} LIMIT 2",
        (ts,),
    ).fetchall()
    near = beyond[0][0] if beyond else ts
    far = beyond[1][0] if len(beyond) > 1 else None
    return far, near
