"""The half of the app's questions that is about weeks: sums, trends, comparisons."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tokenworth.domain.comparison import Comparison, Span
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import Report, ReportRequest
from tokenworth.domain.trending import Calibration, Day, Flow, MixWeek, Relation
from tokenworth.domain.views import SessionQuery, Trend, Usage
from tokenworth.domain.week import day_of
from tokenworth.measures.cost_shares import Unit, View
from tokenworth.store.store import Store
from tokenworth.store.sums import By
from tokenworth.workflows import comparing, spans, trending, weeks
from tokenworth.workflows.reviewing import Reviewing

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Looking:
    """Questions about weeks of one open store. Every method may raise Refusal."""

    zone: "ZoneInfo"
    _store: Store
    _reviewing: Reviewing
    _at_hand: tuple[tuple[SessionQuery, set[str], tuple[int, int]], list[weeks.Kept]] | None = None

    @abstractmethod
    def now(self) -> int:
        """Return the present time in ms."""

    @abstractmethod
    def hide(self) -> set[str]:
        """Return the sessions in the queue, after telling the store which they are."""

    def usage(self, by: By, query: SessionQuery | None = None) -> list[Usage]:
        """Return exact sums by day, week, …, with keys as shown ("2026-W07")."""
        self.hide()
        return weeks.usage(self._store, by, query or SessionQuery())

    def trend(self, query: SessionQuery | None = None) -> Trend:
        """Return the paired chart's data; of the query only source, project and model are used."""
        return Trend(tuple(one.week for one in self._kept(query)), self.zone.key)

    def _kept(self, query: SessionQuery | None) -> list[weeks.Kept]:
        """Return every week; those last asked for stay at hand, for each chart asks for them."""
        asked, still_open = query or SessionQuery(), self._open()
        others, _ = stamp = self._store.stamp()
        if self._at_hand is None or self._at_hand[0] != (asked, still_open, stamp):
            found = weeks.kept_weeks(self._store, asked, self.zone, still_open)
            _, own = self._store.stamp()  # keeping the weeks has moved it
            self._at_hand = (asked, still_open, (others, own)), found
        return self._at_hand[1]

    def _open(self) -> set[str]:
        return self._reviewing.open_periods()

    def relation(self, query: SessionQuery | None = None) -> Relation:
        """Return tokens against value, week by week."""
        return trending.relation(self._kept(query))

    def mix(self, query: SessionQuery | None = None) -> list[MixWeek]:
        """Return attention by purpose and fate, week by week."""
        return trending.mix(self._kept(query))

    def calendar(self, query: SessionQuery | None = None) -> list[Day]:
        """Return every day, also those of which nothing is known."""
        return trending.calendar(self._kept(query))

    def flow(
        self, query: SessionQuery | None = None, *, weeks: int = 4, view: View = "looked_at",
        unit: Unit = "tokens",
    ) -> Flow:  # fmt: skip
        """Return where tokens or money went in the last so many weeks."""
        asked, kept = query or SessionQuery(), self._kept(query)
        return trending.flow(self._store, asked, kept, self._open(), weeks, view, unit, self.zone)

    def calibration(self, query: SessionQuery | None = None) -> Calibration:
        """Return how forecasts, answers and uses held."""
        asked = query or SessionQuery()
        return trending.calibration(self._store, asked, self.zone, self.now(), self._open())

    def report_periods(self) -> list[Span]:
        """Return the periods a report may be of: quarters first."""
        from tokenworth.workflows import reporting  # noqa: PLC0415 -- rare, and loads much

        return reporting.periods(self._store, self.zone, self.now())

    def report(self, request: ReportRequest) -> Report:
        """Return the report of a period, redacted: every format writes down the same."""
        from tokenworth.workflows import reporting  # noqa: PLC0415 -- as above

        if self.hide() & set(request.quoted):
            raise Refusal(
                "A session to be quoted waits in Review: what came of it is hidden until its card "
                "is answered.",
                "Answer it first, or do not quote it.",
            )
        return reporting.report(
            self._store, request, self._kept(None), self._open(), self.zone, self.now()
        )

    def spans(self) -> list[Span]:
        """Return the ISO weeks with anything in them, the newest first."""
        today = day_of(self.now(), self.zone)
        found = self.trend().weeks
        return [spans.span(week.key, today) for week in reversed(found) if week.usage.sessions]

    def compare(
        self, keys: Sequence[str], *, elapsed: bool = False, picked_from: int = 1
    ) -> Comparison:
        """Return one to four spans side by side, by their keys."""
        self.hide()
        return comparing.compare(
            self._store, keys, self.zone, self.now(), self._open(),
            elapsed=elapsed, picked_from=picked_from,
        )  # fmt: skip
