"""Questions about sessions: which, in which order, and everything about one."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import Column, SessionDetail, SessionQuery, SessionRow
from tokenworth.store.connection import Connection
from tokenworth.store.standing import answers_of
from tokenworth.store.sums import usage_of

ROW: Final = (
    "session.id, uid, start_ts, end_ts, session.kind, coalesce(project.name, ''), title, mid, "
    "turns, purpose, fate, value_min, status, new_tokens, estimated_tokens, cost, unpriced, "
    "session.automated, unattended"
)
FROM: Final = "FROM session LEFT JOIN project ON project.id = session.project"
ORDER: Final[dict[Column, str]] = {
    "when": "start_ts",
    "source": "session.kind",
    "project": "coalesce(project.name, '') COLLATE NOCASE",
    "title": "title COLLATE NOCASE",
    "active": "mid",
    "turns": "turns",
    "outcome": "CASE fate WHEN 'u' THEN 5 WHEN 'p' THEN 4 WHEN 'k' THEN 3 WHEN 'd' THEN 2 "
    "WHEN 'a' THEN 1 END",
    "value": "value_min",
    "tokens": "coalesce(new_tokens, estimated_tokens)",
    "cost": "session.cost",
}
HIDDEN: Final = ("tokens", "cost")
ALWAYS_SHOWN: Final = ("when", "source", "project", "title")
QUEUED: Final = "session.uid IN (SELECT uid FROM temp.queued)"
"""Sessions that wait to be asked about: nothing about them may sort or filter by what is hidden."""
WITH_WORDS: Final = "session.id IN (SELECT rowid FROM session_text WHERE session_text MATCH ?)"
WITH_MODEL: Final = (
    "session.id IN (SELECT session FROM session_day JOIN model "
    "ON model.id = session_day.model WHERE model.name = ?)"
)
WITH_DAYS: Final = (
    "session.id IN (SELECT session FROM session_day WHERE day >= ? AND day < ? "
    "UNION SELECT session FROM attention_day WHERE day >= ? AND day < ?)"
)
EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


def count(connection: Connection) -> int:
    """Return how many sessions there are."""
    return int(connection.execute("SELECT count(*) FROM session").fetchone()[0])


def session_ids(connection: Connection, query: SessionQuery) -> list[int]:
    """Return the ids of the sessions that match, sorted; unknown values last either way."""
    where, values = conditions(query)
    order = ORDER[query.sort]
    if query.masked and query.sort in HIDDEN:
        order = f"CASE WHEN status = 'answered' THEN {order} END"
    if query.sort not in ALWAYS_SHOWN:
        order = f"CASE WHEN NOT {QUEUED} THEN {order} END"
    way = "DESC" if query.descending else "ASC"
    source = FROM if "project." in where + order else "FROM session"  # the join costs a third
    last = "" if query.sort in ALWAYS_SHOWN else "NULLS LAST"
    text = f"SELECT session.id {source} {where} ORDER BY {order} {way} {last}, start_ts DESC"
    return [row[0] for row in connection.execute(text, values)]


def conditions(query: SessionQuery) -> tuple[str, list[Any]]:
    """Return the WHERE of a query over session and project, and its values."""
    words = _match(query.text)
    days = week_days(query.week) if query.week else ()
    asked: tuple[tuple[bool, str, Sequence[Any]], ...] = (
        (bool(words), WITH_WORDS, (words,)),
        (query.start_ts is not None, "start_ts >= ?", (query.start_ts,)),
        (query.end_ts is not None, "start_ts < ?", (query.end_ts,)),
        (bool(query.sources), f"session.kind IN ({_marks(query.sources)})", query.sources),
        (
            bool(query.projects),
            f"coalesce(project.name, '') IN ({_marks(query.projects)})",
            query.projects,
        ),
        (bool(query.model), f"{WITH_MODEL} AND NOT {QUEUED}", (query.model,)),
        (
            bool(query.fates),
            f"CASE WHEN {QUEUED} THEN '-' ELSE coalesce(fate, '-') END IN ({_marks(query.fates)})",
            query.fates,
        ),
        (
            bool(query.purposes),
            f"purpose IN ({_marks(query.purposes)}) AND NOT {QUEUED}",
            query.purposes,
        ),
        (query.untagged, f"(status IS NULL OR {QUEUED})", ()),
        (bool(days), WITH_DAYS, (*days, *days)),
    )
    parts = [part for is_asked, part, _ in asked if is_asked]
    values = [value for is_asked, _, bound in asked if is_asked for value in bound]
    return ("WHERE " + " AND ".join(parts)) if parts else "", values


def week_days(week: str) -> tuple[int, int]:
    """Return the first day of an ISO week ("2026-W07") and the first after it."""
    year, number = week.split("-W")
    first = date.fromisocalendar(int(year), int(number), 1).toordinal() - EPOCH_ORDINAL
    return first, first + 7


def _match(text: str) -> str:
    """Return an FTS5 expression: every word, each as a prefix, none as an operator."""
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return " ".join(f'"{word}"*' for word in words)


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


def rows(connection: Connection, ids: Sequence[int]) -> list[SessionRow]:
    """Return the rows of some sessions in the order given; those gone meanwhile are left out."""
    found: dict[int, SessionRow] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        text = f"SELECT {ROW} {FROM} WHERE session.id IN ({_marks(part)})"
        for row in connection.execute(text, part):
            found[row[0]] = _row(row)
    return [found[id_] for id_ in ids if id_ in found]


def _row(row: Sequence[Any]) -> SessionRow:
    values = list(row)
    values[13:15] = _whole(row[13]), _whole(row[14])
    values[17:] = None if row[17] is None else bool(row[17]), bool(row[18])
    return SessionRow(*values)


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def find_uid(connection: Connection, prefix: str) -> tuple[int, str]:
    """Return (id, uid) of the session whose name begins with `prefix`. Raises Refusal."""
    found = connection.execute(
        "SELECT id, uid FROM session WHERE uid >= ? AND uid < ? LIMIT 2", (prefix, prefix + "g")
    ).fetchall()
    if len(found) == 1:
        return found[0][0], found[0][1]
    if found:
        raise Refusal(f"More than one session is called {prefix}….", "Give more of its digits.")
    raise Refusal(f"There is no session called {prefix}.", "`sessions` lists them.")


def detail(connection: Connection, id_: int) -> SessionDetail:
    """Return everything about one session but its transcript. Raises Refusal if it is gone."""
    found = rows(connection, [id_])
    if not found:
        raise Refusal("This session is no longer in the store.")
    row = found[0]
    thread, low, high = connection.execute(
        "SELECT thread, low, high FROM session WHERE id = ?", (id_,)
    ).fetchone()
    request, answer, branch, folder, files = connection.execute(
        "SELECT first_request, last_answer, branch, folder, files FROM thread WHERE id = ?",
        (thread,),
    ).fetchone()
    models = connection.execute(
        "SELECT DISTINCT name FROM session_day JOIN model ON model.id = session_day.model "
        "WHERE session = ? AND name <> '' ORDER BY name",
        (id_,),
    ).fetchall()
    note = connection.execute("SELECT text FROM note WHERE session_uid = ?", (row.uid,)).fetchone()
    return SessionDetail(
        row=row,
        first_request=request,
        last_answer=answer,
        branch=branch,
        folder=folder,
        files=tuple(name for name in files.split("\n") if name),
        usage=usage_of(connection, id_),
        models=tuple(name for (name,) in models),
        attention_low=low,
        attention_high=high,
        answers=tuple(answers_of(connection, row.uid)),
        note=note[0] if note else "",
        origins=tuple(path for path, _, _ in origins(connection, id_)),
    )


def origins(connection: Connection, id_: int) -> list[tuple[str, str, str]]:
    """Return (path, kind of source, thread key) of every file that holds a part of a session."""
    found: list[tuple[str, str, str]] = connection.execute(
        "SELECT DISTINCT source_file.path, source_file.kind, root.key "
        "FROM session JOIN thread AS root ON root.id = session.thread "
        "JOIN thread_file ON thread_file.thread = root.id "
        "JOIN source_file ON source_file.id = thread_file.file WHERE session.id = ? "
        "ORDER BY source_file.path",
        (id_,),
    ).fetchall()
    return found


def choices(connection: Connection) -> dict[str, list[str]]:
    """Return the sources, projects and models there are, by name, for filters."""
    texts = {
        "sources": "SELECT DISTINCT kind FROM session ORDER BY kind",
        "projects": "SELECT DISTINCT name FROM project WHERE id IN "
        "(SELECT project FROM session) ORDER BY name COLLATE NOCASE",
        "models": "SELECT DISTINCT name FROM model WHERE id IN (SELECT model FROM session_day) "
        "AND name <> '' ORDER BY name",
    }
    return {name: [row[0] for row in connection.execute(text)] for name, text in texts.items()}
