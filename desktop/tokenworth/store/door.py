"""The part of the store's one door that leads to frames, second looks and what was declared."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenworth.domain.views import Answer
from tokenworth.store import answers_file, declarations, frames, second_looks, standing, week_views
from tokenworth.store.connection import Connection, refusals, transaction
from tokenworth.store.frames import FrameRow, MemberRow, Place, TakeAllRow
from tokenworth.store.second_looks import Candidate, Kind, SecondRow


class Asking:
    """Who is asked, and what was answered. Every method may raise Refusal."""

    path: Path
    connection: Connection

    def last_import(self) -> int | None:
        """Return when the last import ended, in ms; None before the first."""
        with refusals(self.path):
            found = self.connection.execute("SELECT max(finished_at) FROM import_run").fetchone()
            return None if found[0] is None else int(found[0])

    def set_queued(self, uids: Iterable[str]) -> None:
        """Say which sessions wait to be asked about; of this connection only."""
        with refusals(self.path):
            self.connection.execute("DELETE FROM temp.queued")
            self.connection.executemany(
                "INSERT INTO temp.queued VALUES (?)", [(uid,) for uid in uids]
            )

    def any_queued(self) -> bool:
        """Return whether any session was said to wait."""
        with refusals(self.path):
            found = self.connection.execute("SELECT EXISTS (SELECT 1 FROM temp.queued)").fetchone()
            return bool(found[0])

    def stamp(self) -> tuple[int, int]:
        """Return what moves whenever anybody, this connection too, writes to the store."""
        with refusals(self.path):
            version = self.connection.execute("PRAGMA data_version").fetchone()[0]
            return int(version), self.connection.total_changes

    # frames --------------------------------------------------------------------------------------

    def frames(self) -> list[FrameRow]:
        """Return every frozen half-week, the oldest first."""
        with refusals(self.path):
            return frames.frames(self.connection)

    def freeze(self, row: FrameRow) -> None:
        """Keep which sessions a half-week holds; one frozen meanwhile is left as it is."""
        with transaction(self.connection, self.path):
            if all(held.period != row.period for held in frames.frames(self.connection)):
                frames.freeze(self.connection, row)

    def members(self, periods: Sequence[str]) -> list[MemberRow]:
        """Return the sessions of some frames, in queue order."""
        with refusals(self.path):
            return frames.members(self.connection, periods)

    def taken(self, period: str) -> list[TakeAllRow]:
        """Return the sessions of a frame that were tagged before its draw."""
        with refusals(self.path):
            return frames.taken(self.connection, period)

    def keep_draw(self, period: str, places: Iterable[Place], planned: int, now: int) -> None:
        """Keep a draw."""
        with transaction(self.connection, self.path):
            frames.keep_draw(self.connection, period, places, planned, now)

    def stop_frame(self, period: str, now: int) -> None:
        """Ask no more of a half-week."""
        with transaction(self.connection, self.path):
            frames.stop(self.connection, period, now)

    def classes(self, uids: Sequence[str]) -> dict[str, tuple[str, tuple[int, int, int] | None]]:
        """Return each session's chief model and its recorded new tokens by class."""
        with refusals(self.path):
            return frames.classes(self.connection, uids)

    # answers -------------------------------------------------------------------------------------

    def answers_in(self, periods: Sequence[str]) -> list[Answer]:
        """Return every answer of some half-weeks, oldest first."""
        with refusals(self.path):
            return standing.answers_in(self.connection, periods)

    def answers_called(self, answer_ids: Sequence[str]) -> list[Answer]:
        """Return answers by their ids, oldest first."""
        with refusals(self.path):
            return standing.answers_called(self.connection, answer_ids)

    def second_answers(self) -> list[Answer]:
        """Return every answer of a second look, oldest first."""
        with refusals(self.path):
            return standing.second_answers(self.connection)

    def last_hash(self) -> str:
        """Return the link the next answer would hold: the last one's; "" without answers."""
        with refusals(self.path):
            return standing.last_hash(self.connection)

    def form_times(self, number: int) -> list[int]:
        """Return how long the last forms of the queue took, in ms."""
        with refusals(self.path):
            return standing.form_times(self.connection, number)

    def answers_text(self) -> str:
        """Return everything a person said as lines of JSON, for another store."""
        with refusals(self.path):
            found = answers_file.lines(self.connection)
            return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)

    def take_answers(self, text: str, *, dry_run: bool = False) -> answers_file.Moved:
        """Take over what another store's file holds and this one does not, all or nothing."""
        found = answers_file.read(text)
        with refusals(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                moved = answers_file.take(self.connection, found)
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("ROLLBACK" if dry_run else "COMMIT")
        return moved

    # second looks, practice ----------------------------------------------------------------------

    def second_drawn(self, kind: Kind, week: str) -> bool:
        """Return whether a week's second looks of a kind were drawn."""
        with refusals(self.path):
            return second_looks.is_drawn(self.connection, kind, week)

    def second_candidates(self, kind: Kind, after: int, before: int) -> list[Candidate]:
        """Return the answers between two times that may be asked for again."""
        with refusals(self.path):
            return second_looks.candidates(self.connection, kind, after, before)

    def keep_second(self, kind: Kind, week: str, number: int, rows: Iterable[SecondRow]) -> None:
        """Keep whom a week's draw chose."""
        with transaction(self.connection, self.path):
            second_looks.keep(self.connection, kind, week, number, rows)

    def second_looks(self) -> list[SecondRow]:
        """Return every session drawn to be asked again."""
        with refusals(self.path):
            return second_looks.second_looks(self.connection)

    def keep_practice(self, now: int, answers: Sequence[tuple[int, str, str]]) -> None:
        """Keep the answers to the practice set."""
        with transaction(self.connection, self.path):
            second_looks.keep_practice(self.connection, now, answers)

    def last_practice(self) -> tuple[int | None, list[tuple[int, str, str]]]:
        """Return when the practice set was last taken, and its answers."""
        with refusals(self.path):
            return second_looks.last_practice(self.connection)

    # weeks as last computed ----------------------------------------------------------------------

    def kept_weeks(self) -> dict[int, bytes]:
        """Return the weeks of Trends that still hold."""
        with refusals(self.path):
            return week_views.kept(self.connection)

    def keep_weeks(self, weeks: Iterable[tuple[int, bytes]]) -> None:
        """Keep weeks as computed."""
        with transaction(self.connection, self.path):
            week_views.keep(self.connection, weeks)

    def week_span(self) -> tuple[int, int] | None:
        """Return the first and the last number of a week with anything in it."""
        with refusals(self.path):
            return week_views.span(self.connection)

    # sessions by name ----------------------------------------------------------------------------

    def id_of(self, uid: str) -> int | None:
        """Return the row of a session; None where it is gone."""
        with refusals(self.path):
            found = self.connection.execute(
                "SELECT id FROM session WHERE uid = ?", (uid,)
            ).fetchone()
            return None if found is None else int(found[0])

    def attention_of(self, uids: Sequence[str]) -> dict[str, float]:
        """Return attention minutes by session."""
        with refusals(self.path):
            return second_looks.attention_of(self.connection, uids)

    def weights_of(self, answer_ids: Sequence[str]) -> dict[str, float]:
        """Return how many sessions each answer stood for when it was asked for."""
        with refusals(self.path):
            return second_looks.weights_of(self.connection, answer_ids)

    # declarations --------------------------------------------------------------------------------

    def declare(
        self, now: int, *, explore: bool, forecast: tuple[float, float] | None = None
    ) -> None:
        """Keep what was said before starting; the forecast in minutes."""
        with transaction(self.connection, self.path):
            declarations.declare(self.connection, now, explore=explore, forecast=forecast)

    def withdraw_declaration(self, declared_at: int) -> None:
        """Take back what was said at that moment."""
        with transaction(self.connection, self.path):
            self.connection.execute(
                "UPDATE declaration SET withdrawn = 1 WHERE declared_at = ?", (declared_at,)
            )

    def declared(self, after: int, until: int) -> bool | None:
        """Return whether an exploration was declared in that time; None: nothing was."""
        with refusals(self.path):
            return declarations.declared(self.connection, after, until)

    def forecasts(self, within_ms: int) -> list[declarations.Forecast]:
        """Return each forecast with the session that began within that time after it."""
        with refusals(self.path):
            return declarations.forecasts(self.connection, within_ms)
