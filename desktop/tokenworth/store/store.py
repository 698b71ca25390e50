"""The one door to a store: records go in, questions are answered. Answers have answers.py."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tokenworth.domain.views import Imported, ProblemRow, SessionDetail, SessionQuery, SessionRow
from tokenworth.domain.views import Usage as Sums
from tokenworth.domain.week import day_finder
from tokenworth.store import asking, checking, origins, sums, weeks
from tokenworth.store.connection import open_store, refusals, transaction
from tokenworth.store.door import Asking
from tokenworth.store.origins import Holding, KnownFile
from tokenworth.store.rollups import Prices, refresh
from tokenworth.store.writing import Timing, Writer

ZONE = "zone"
PRICES = "prices"


def now_ms() -> int:
    """Return the present time in ms."""
    return time.time_ns() // 1_000_000


Days = tuple[int, int]
"""The first day, and the first after the last."""


def _where(
    query: SessionQuery, column: str, bounds: tuple[int, int] | None
) -> tuple[str, tuple[Any, ...]]:
    where, values = asking.conditions(query)
    if where:  # the sessions first, then their days: else every day is read
        where = f"WHERE session.id IN (SELECT session.id {asking.FROM} {where})"
    if bounds is None:
        return where, tuple(values)
    within = f"{column} >= ? AND {column} < ?"
    return (f"{where} AND {within}" if where else f"WHERE {within}"), (*values, *bounds)


class Store(Asking):
    """An open store. Use it from one thread at a time. Every method may raise Refusal."""

    def __init__(self, path: Path, *, create: bool = True, key: str | bytes | None = None) -> None:
        """Open, make or migrate the store. Raises Refusal."""
        self.path = path
        self.connection = open_store(path, create=create, key=key)

    def close(self) -> None:
        """Close the store; everything was committed when it was said to be."""
        self.connection.close()

    # what belongs to the store itself ------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """Return a setting kept in the store."""
        with refusals(self.path):
            row = self.connection.execute(
                "SELECT value FROM setting WHERE name = ?", (name,)
            ).fetchone()
            return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with transaction(self.connection, self.path):
            self._set(name, value)

    def _set(self, name: str, value: str) -> None:
        self.connection.execute(
            "INSERT INTO setting VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = ?",
            (name, value, value),
        )

    def data_version(self) -> int:
        """Return a number that moves when another connection has committed."""
        with refusals(self.path):
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def settle(self, zone: ZoneInfo, prices: Prices, price_list: str) -> None:
        """Make the sums those of a zone and a price list: where either has changed, sum anew."""
        if self.setting(ZONE) == zone.key and self.setting(PRICES) == price_list:
            return
        with transaction(self.connection, self.path):
            if self.setting(ZONE) not in (None, zone.key):
                day = day_finder(zone)
                for table in ("message", "act"):
                    self.connection.executemany(
                        f"UPDATE {table} SET day = ? WHERE id = ?",
                        [
                            (day(ts), id_)
                            for id_, ts in self.connection.execute(f"SELECT id, ts FROM {table}")
                        ],
                    )
                self.connection.execute("DELETE FROM week_view")
            ids = [row[0] for row in self.connection.execute("SELECT id FROM session")]
            refresh(self.connection, ids, prices)
            self._set(ZONE, zone.key)
            self._set(PRICES, price_list)

    # what was read -------------------------------------------------------------------------------

    def writer(self, zone: ZoneInfo, timing: Timing) -> Writer:
        """Return what adds records to the store."""
        return Writer(self.connection, self.path, zone, timing, now_ms())

    def known_files(self) -> dict[str, KnownFile]:
        """Return every file read so far, by path."""
        with refusals(self.path):
            return origins.known_files(self.connection)

    def file_of(self, kind: str, key: str) -> str:
        """Return the path of a file that holds a thread; "" where there is none."""
        with refusals(self.path):
            return origins.file_of(self.connection, kind, key)

    def add_runs(self, runs: Sequence[Imported]) -> None:
        """Keep what an import did."""
        with transaction(self.connection, self.path):
            origins.add_runs(self.connection, runs, now_ms())

    def sessions_by_kind(self) -> dict[str, int]:
        """Return how many sessions there are of each kind of source."""
        with refusals(self.path):
            return dict(
                self.connection.execute(
                    "SELECT kind, count(*) FROM session GROUP BY kind"
                ).fetchall()
            )

    # questions -----------------------------------------------------------------------------------

    def count(self) -> int:
        """Return how many sessions there are."""
        with refusals(self.path):
            return asking.count(self.connection)

    def session_ids(self, query: SessionQuery) -> list[int]:
        """Return the ids of the sessions that match, sorted."""
        with refusals(self.path):
            return asking.session_ids(self.connection, query)

    def uids(self, query: SessionQuery) -> set[str]:
        """Return the names of the sessions that match."""
        where, values = _where(query, "start_ts", None)
        text = f"SELECT uid {asking.FROM} {where}"
        with refusals(self.path):
            return {row[0] for row in self.connection.execute(text, values)}

    def rows(self, ids: Sequence[int]) -> list[SessionRow]:
        """Return rows in the order given."""
        with refusals(self.path):
            return asking.rows(self.connection, ids)

    def find(self, prefix: str) -> tuple[int, str]:
        """Return (id, uid) of the session whose name begins with `prefix`."""
        with refusals(self.path):
            return asking.find_uid(self.connection, prefix)

    def detail(self, id_: int) -> SessionDetail:
        """Return everything about one session but its transcript."""
        with refusals(self.path):
            return asking.detail(self.connection, id_)

    def origins(self, id_: int) -> list[tuple[str, str, str]]:
        """Return (path, kind, thread key) of each file that holds a part of a session."""
        with refusals(self.path):
            return asking.origins(self.connection, id_)

    def choices(self) -> dict[str, list[str]]:
        """Return the sources, projects and models there are."""
        with refusals(self.path):
            return asking.choices(self.connection)

    def usage(
        self, by: sums.By, query: SessionQuery | None = None, days: Days | None = None,
        *, queued_only: bool = False,
    ) -> list[Sums]:  # fmt: skip
        """Return exact sums; weeks keyed by the number of the week (see sums.WEEK_OF_DAY)."""
        where, values = _where(query or SessionQuery(), "d.day", days)
        if queued_only and not self.any_queued():
            return []
        if queued_only:
            where = f"{where} AND {asking.QUEUED}" if where else f"WHERE {asking.QUEUED}"
        with refusals(self.path):
            return sums.usage(self.connection, by, where, values)

    def tokens_by_week_and_fate(
        self, query: SessionQuery, days: Days | None = None
    ) -> list[tuple[int, str, int | None, int | None]]:
        """Return (number of the week, fate or "-", recorded new tokens, estimated tokens)."""
        where, values = _where(query, "d.day", days)
        with refusals(self.path):
            return sums.tokens_by_week_and_fate(self.connection, where, values)

    def held_rows(
        self, query: SessionQuery, times: tuple[int, int] | None = None
    ) -> list[weeks.HeldRow]:
        """Return every session, or those that began between two times, as the measures see it."""
        where, values = _where(query, "start_ts", times)
        with refusals(self.path):
            return weeks.held_rows(self.connection, where, values)

    def days_with_records(self, days: Days | None = None) -> list[int]:
        """Return every day on which anything is known."""
        with refusals(self.path):
            return weeks.days_with_records(self.connection, days)

    def holdings(self) -> list[Holding]:
        """Return what the store holds, by kind of source."""
        with refusals(self.path):
            return origins.holdings(self.connection)

    def problems(self, kind: str = "") -> list[ProblemRow]:
        """Return what could not be read."""
        with refusals(self.path):
            return origins.problems(self.connection, kind)

    def doubts(self) -> list[str]:
        """Return what does not hold together, in words; nothing: all is well."""
        with refusals(self.path):
            return checking.doubts(self.connection)
