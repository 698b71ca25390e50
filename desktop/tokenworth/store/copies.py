"""What stands in two threads with one time belongs to the older of them (forks and resumes)."""

from typing import Final

from tokenworth.store.connection import Connection
from tokenworth.store.families import NEVER, Families

Age = tuple[int, int, str]
TABLES: Final = ("message", "act")


def settle(connection: Connection, copies: set[tuple[int, int]], families: Families) -> None:
    """Give records that came in copies, as (record, further thread), to the oldest that holds them.

    Older is whose first record that no other thread holds is earlier; a thread that holds nothing
    of its own was copied from, and of two such the one that ended first.
    """
    connection.executemany("INSERT OR IGNORE INTO copy VALUES (?,?)", copies)
    ages: dict[int, Age] = {}
    for record in {record for record, _ in copies}:
        for table in TABLES:
            row = connection.execute(
                f"SELECT thread, session FROM {table} WHERE id = ?", (record,)
            ).fetchone()
            if row is not None:
                _settle(connection, (table, record, *row), families, ages)


def _settle(
    connection: Connection,
    found: tuple[str, int, int, int],
    families: Families,
    ages: dict[int, Age],
) -> None:
    table, record, owner, session = found
    rows = connection.execute("SELECT thread FROM copy WHERE record = ?", (record,))
    holders = {owner, *(thread for (thread,) in rows)}
    families.learn(holders)
    for thread in holders - ages.keys():
        ages[thread] = _age(connection, thread, families)
    senior = min(holders, key=ages.__getitem__)
    if senior == owner:
        return
    families.touch(session)
    families.home_of(owner)
    connection.execute(
        f"UPDATE {table} SET thread = ?, session = ? WHERE id = ?",
        (senior, families.home_of(senior), record),
    )
    connection.execute(
        "UPDATE OR REPLACE copy SET thread = ? WHERE record = ? AND thread = ?",
        (owner, record, senior),
    )


def _age(connection: Connection, thread: int, families: Families) -> Age:
    """Return what the older of two threads has less of."""
    own: list[int] = []
    end: list[int] = []
    for table in TABLES:
        alone, last = connection.execute(
            f"SELECT min(ts) FILTER (WHERE NOT EXISTS "
            f"(SELECT 1 FROM copy WHERE record = {table}.id)), max(ts) FROM {table} "
            "WHERE session IN (SELECT id FROM session WHERE thread = ?) AND thread = ?",
            (families.root_of(thread), thread),
        ).fetchone()
        (copied,) = connection.execute(
            f"SELECT max(ts) FROM copy JOIN {table} ON {table}.id = copy.record "
            "WHERE copy.thread = ?",
            (thread,),
        ).fetchone()
        own += [ts for ts in (alone,) if ts is not None]
        end += [ts for ts in (last, copied) if ts is not None]
    return min(own, default=NEVER), max(end, default=NEVER), families.key_of(thread)
