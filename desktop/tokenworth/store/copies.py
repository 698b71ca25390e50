"""What stands in two threads with one time belongs to the older of them (forks and resumes)."""

from typing import Final

from tokenworth.domain.records import Flag
from tokenworth.store.connection import Connection
from tokenworth.store.families import NEVER, Families

Held = dict[int, int]
"""Records of a thread's own conversation that a thread holds, its own or copied: id -> time."""
SIDECHAIN: Final = int(Flag.SIDECHAIN)


def settle(connection: Connection, copies: set[tuple[int, int]], families: Families) -> None:
    """Give records that came in copies, as (record, further thread), to the oldest that holds them.

    Of two threads the older is the one whose first record that the other does not hold is earlier;
    one that holds nothing the other does not was copied from. Sub-agents' records are never copied
    and say nothing here.
    """
    connection.executemany("INSERT OR IGNORE INTO copy VALUES (?,?)", copies)
    held: dict[int, Held] = {}
    for record in {record for record, _ in copies}:
        for table in ("message", "act"):
            row = connection.execute(
                f"SELECT thread, session FROM {table} WHERE id = ?", (record,)
            ).fetchone()
            if row is not None:
                _settle(connection, (table, record, *row), families, held)


def _settle(
    connection: Connection,
    found: tuple[str, int, int, int],
    families: Families,
    held: dict[int, Held],
) -> None:
    table, record, owner, session = found
    rows = connection.execute("SELECT thread FROM copy WHERE record = ?", (record,))
    holders = sorted({owner, *(thread for (thread,) in rows)})
    families.learn(holders)
    for thread in holders:
        if thread not in held:
            held[thread] = _held(connection, thread, families)
    senior = holders[0]
    for thread in holders[1:]:
        if _is_older(thread, senior, held, families):
            senior = thread
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


def _is_older(one: int, other: int, held: dict[int, Held], families: Families) -> bool:
    first = _first_alone(held[one], held[other])
    second = _first_alone(held[other], held[one])
    if first == second:
        return families.key_of(one) < families.key_of(other)
    return first < second


def _first_alone(one: Held, other: Held) -> int:
    return min((ts for id_, ts in one.items() if id_ not in other), default=NEVER)


def _held(connection: Connection, thread: int, families: Families) -> Held:
    sessions = "session IN (SELECT id FROM session WHERE thread = ?) AND thread = ?"
    own = (families.root_of(thread), thread)
    texts = (
        (f"SELECT id, ts FROM message WHERE {sessions} AND flags & {SIDECHAIN} = 0", own),
        (f"SELECT id, ts FROM act WHERE {sessions}", own),
        (
            (
                "SELECT message.id, ts FROM copy JOIN message ON message.id = record "
                f"WHERE copy.thread = ? AND flags & {SIDECHAIN} = 0"
            ),
            (thread,),
        ),
        (
            "SELECT act.id, ts FROM copy JOIN act ON act.id = record WHERE copy.thread = ?",
            (thread,),
        ),
    )
    return {id_: ts for text, values in texts for id_, ts in connection.execute(text, values)}
