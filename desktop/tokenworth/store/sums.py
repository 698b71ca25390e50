"""Exact sums over the rollups, by anything, beside what was said of the same sessions."""

from typing import Any, Final, Literal

from tokenworth.domain.views import Usage
from tokenworth.store.connection import Connection

By = Literal["total", "day", "week", "month", "session", "project", "model", "source"]
WEEK_OF_DAY: Final = "(d.day + 3) / 7"
"""Number of the ISO week a day is in, counted from the week of 1970-01-01, a Thursday."""
KEYS: Final[dict[By, str]] = {
    "total": "'total'",
    "day": "date(d.day * 86400, 'unixepoch')",
    "week": WEEK_OF_DAY,
    "month": "strftime('%Y-%m', d.day * 86400, 'unixepoch')",
    "session": "session.uid",
    "project": "coalesce(project.name, '')",
    "model": "model.name",
    "source": "session.kind",
}
TOKENS: Final = (
    "sum(d.input), sum(d.cache_write_5m), sum(d.cache_write_1h), sum(d.cache_read), "
    "sum(d.output), sum(d.reasoning), sum(d.estimated_input), sum(d.estimated_output), "
    "sum(d.messages), sum(d.cost), sum(d.unpriced)"
)
ATTENTION: Final = (
    "sum(d.mid), sum(CASE WHEN session.status = 'answered' THEN d.mid END), "
    "sum(CASE WHEN session.fate IN ('p', 'u') THEN d.mid END)"
)
NO_TOKENS: Final = (*[None] * 8, 0, None, 0)
JOINS: Final = (
    "JOIN session ON session.id = d.session LEFT JOIN project ON project.id = session.project"
)


def usage(
    connection: Connection, by: By, where: str = "", values: tuple[Any, ...] = ()
) -> list[Usage]:
    """Return exact sums by `by`, in the order of their keys; weeks as numbers of weeks.

    Attention by model is that of the sessions the model took part in: rows may then overlap, as
    numbers of sessions do. `where` is a condition over d.day, session, project.
    """
    found: dict[Any, Any] = {row[0]: row[1:] for row in _tokens(connection, by, where, values)}
    minutes = {row[0]: row[1:] for row in _attention(connection, by, where, values)}
    sessions = {row[0]: row[1:] for row in _sessions(connection, by, where, values)}
    result: list[Usage] = []
    for key in sorted(found.keys() | minutes.keys(), key=str if by != "week" else int):
        tokens = found.get(key, NO_TOKENS)
        total, tagged, used = minutes.get(key, (0.0, None, None))
        number, answered = sessions.get(key, (0, 0))
        columns: list[Any] = [str(key), *tokens[:9], number, tokens[9], tokens[10] or 0]
        columns += [total or 0.0, answered, (tagged or 0.0) / total if total else None]
        columns.append((used or 0.0) / tagged if tagged else None)
        result.append(Usage(*columns))
    return result


def _tokens(connection: Connection, by: By, where: str, values: tuple[Any, ...]) -> Any:
    return connection.execute(
        f"SELECT {KEYS[by]} AS bucket, {TOKENS} FROM session_day AS d "
        f"JOIN model ON model.id = d.model {JOINS} {where} GROUP BY bucket",
        values,
    )


def _attention(connection: Connection, by: By, where: str, values: tuple[Any, ...]) -> Any:
    if by == "model":
        return connection.execute(
            "SELECT used.name, sum(session.mid), "
            "sum(CASE WHEN session.status = 'answered' THEN session.mid END), "
            "sum(CASE WHEN session.fate IN ('p', 'u') THEN session.mid END) "
            "FROM (SELECT DISTINCT model.name, d.session FROM session_day AS d "
            f"JOIN model ON model.id = d.model {JOINS} {where}) AS used "
            "JOIN session ON session.id = used.session GROUP BY used.name",
            values,
        )
    return connection.execute(
        f"SELECT {KEYS[by]} AS bucket, {ATTENTION} FROM attention_day AS d {JOINS} {where} "
        "GROUP BY bucket",
        values,
    )


def _sessions(connection: Connection, by: By, where: str, values: tuple[Any, ...]) -> Any:
    """Sessions with a message or an act in the row, and how many of them are tagged."""
    model = "JOIN model ON model.id = d.model" if by == "model" else ""
    days = f"SELECT {KEYS[by]} AS bucket, d.session, session.status FROM session_day AS d {model}"
    acts = f"SELECT {KEYS[by]}, d.session, session.status FROM attention_day AS d {JOINS} {where}"
    parts = f"{days} {JOINS} {where}"
    if by != "model":
        parts += f" UNION {acts}"
        values += values
    return connection.execute(
        "SELECT bucket, count(DISTINCT session), "
        "count(DISTINCT CASE WHEN status = 'answered' THEN session END) "
        f"FROM ({parts}) GROUP BY bucket",
        values,
    )


def usage_of(connection: Connection, session: int) -> Usage:
    """Return the exact sums of one session."""
    found = usage(connection, "session", "WHERE session.id = ?", (session,))
    if found:
        return found[0]
    return Usage.nothing("", 1)


def tokens_by_week_and_fate(
    connection: Connection, where: str = "", values: tuple[Any, ...] = ()
) -> list[tuple[int, str, int | None, int | None]]:
    """Return (number of the week, fate or "-", recorded new tokens, estimated tokens)."""
    rows: list[tuple[int, str, int | None, int | None]] = connection.execute(
        f"SELECT {WEEK_OF_DAY} AS week, coalesce(session.fate, '-') AS what, "
        "sum(coalesce(d.input, 0) + coalesce(d.cache_write_5m, 0) "
        "+ coalesce(d.cache_write_1h, 0) + coalesce(d.output, 0)), "
        "sum(coalesce(d.estimated_input, 0) + coalesce(d.estimated_output, 0)) "
        f"FROM session_day AS d JOIN model ON model.id = d.model {JOINS} {where} "
        "GROUP BY week, what",
        values,
    ).fetchall()
    return rows
