"""Does the store hold together? Each doubt in a sentence; none means all is well."""

from tokenworth.store.connection import Connection

SUMS = """
SELECT count(*) FROM (
 SELECT session, total(messages) AS messages, total(input) AS input,
        total(cache_read) AS cache_read, total(output) AS output,
        total(estimated_output) AS estimated
 FROM session_day GROUP BY session) AS rolled
JOIN (SELECT session, total(flags & 8 = 0) AS messages,
             total(CASE WHEN flags & 2 = 0 THEN input END) AS input,
             total(cache_read) AS cache_read,
             total(CASE WHEN flags & 2 = 0 THEN output END) AS output,
             total(CASE WHEN flags & 2 THEN output END) AS estimated
      FROM message GROUP BY session) AS counted ON counted.session = rolled.session
WHERE rolled.messages <> counted.messages OR rolled.input <> counted.input
 OR rolled.cache_read <> counted.cache_read OR rolled.output <> counted.output
 OR rolled.estimated <> counted.estimated"""

LOST = (
    ("messages", "message"),
    ("acts", "act"),
    ("day sums", "session_day"),
    ("attention sums", "attention_day"),
)


def doubts(connection: Connection) -> list[str]:
    """Return what does not hold together in the file, the sums and the references."""
    found = []
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    for (line,) in connection.execute("PRAGMA quick_check(20)"):
        if line != "ok":
            found.append(f"The file itself: {line}.")
    if wrong := _one(connection, SUMS):
        found.append(f"The day sums of {wrong} sessions differ from their messages.")
    if wrong := _one(
        connection,
        "SELECT count(*) FROM (SELECT DISTINCT session FROM message) AS m "
        "WHERE NOT EXISTS (SELECT 1 FROM session_day WHERE session = m.session)",
    ):
        found.append(f"{wrong} sessions have messages and no day sums.")
    for words, table in LOST:
        if lost := _one(
            connection,
            f"SELECT count(*) FROM {table} "
            f"WHERE NOT EXISTS (SELECT 1 FROM session WHERE session.id = {table}.session)",
        ):
            found.append(f"{lost} {words} belong to no session.")
    return found


def _one(connection: Connection, text: str) -> int:
    return int(connection.execute(text).fetchone()[0])
