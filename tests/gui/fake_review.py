"""The made-up store's answers about the queue, weeks side by side, and the charts of Trends."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from made_comparisons import make_comparison, make_span

from tokenworth.domain.comparison import Comparison, Span
from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.review import Queue, SweepRow
from tokenworth.domain.trending import (
    Calibration,
    Day,
    Flow,
    Judgement,
    MixWeek,
    Relation,
)
from tokenworth.domain.views import SessionQuery

WEEKS = 12


def nothing(measure: str, key: str, minimum: int) -> Estimate:
    return not_enough(measure, key, "share", 0, minimum)


class FakeReview:
    """Nothing is drawn, so little can be told; two weeks can be set side by side."""

    zone = ZoneInfo("UTC")

    def queue(self) -> Queue:
        return Queue((), 0, None, "", ("There is nothing to ask about.",), False, False, None, None)

    def sweep(self, period: str) -> list[SweepRow]:
        del period
        return []

    def spans(self) -> list[Span]:
        return [make_span(week) for week in range(WEEKS, 0, -1)]

    def compare(
        self, keys: Sequence[str], *, elapsed: bool = False, picked_from: int = 1
    ) -> Comparison:
        del elapsed, picked_from
        return make_comparison(max(2, len(keys)))

    def relation(self, query: SessionQuery | None = None) -> Relation:
        del query
        few = not_enough("M11", "partial", "rank correlation", 0, 10)
        return Relation((), few, few, "not enough yet: 0 of 10", ())

    def flow(
        self, query: SessionQuery | None = None, *, weeks: int = 4, view: str = "looked_at",
        unit: str = "tokens",
    ) -> Flow:  # fmt: skip
        del query, weeks, view
        return Flow("looked_at", unit, 0, 0, (), {}, (), "No sessions.", "not enough yet: 0 of 15")  # type: ignore[arg-type]

    def mix(self, query: SessionQuery | None = None) -> list[MixWeek]:
        del query
        return []

    def calendar(self, query: SessionQuery | None = None) -> list[Day]:
        del query
        return []

    def calibration(self, query: SessionQuery | None = None) -> Calibration:
        del query
        few = [
            Judgement(title, (nothing(id_, "share", 15),), ("not enough yet: 0 of 15",))
            for id_, title in (
                ("M12", "Forecasts"), ("M14", "Asked again"), ("M15", "Still in use"),
                ("M16", "Exploring"), ("M17", "Skill"), ("M20", "Others' time"),
            )
        ]  # fmt: skip
        return Calibration(*few)
