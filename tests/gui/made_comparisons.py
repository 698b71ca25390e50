"""Comparisons made up for tests of Weeks: small, with every kind of cell."""

from datetime import date, timedelta

from tokenworth.domain.comparison import Cell, Comparison, Difference, Row, Span, Steady
from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.views import Coverage

NO_DIFFERENCE = "no difference we could see; smaller than about 22 points would be missed"
SHOWN_WEEKS = 2


def make_span(week: int, *, days: int = 7, year: int = 2025) -> Span:
    """Return an ISO week, or its first days."""
    monday = date.fromisocalendar(year, week, 1)
    last = monday + timedelta(days=days - 1)
    key = f"{year}-W{week:02d}"
    return Span(key, f"Week {week}", monday.isoformat(), last.isoformat(), whole=days == 7)


def make_coverage(sessions: int = 112, answered: int = 20) -> Coverage:
    """Return how much was looked at."""
    return Coverage(
        sessions=sessions, unattended=9, answered=answered, skipped=2, cannot_recall=0,
        volunteered=0, attention_min=690.0, answered_attention_min=180.0, cost_usd=141.0,
        answered_cost_usd=40.0, unpriced_share=0.03, changed=0, days_without_import=(),
        drawn=answered, asked=answered + 2,
    )  # fmt: skip


def estimate(
    value: float | None, low: float | None, high: float | None, unit: str = "share", **more: object
) -> Estimate:
    """Return an estimate drawn by chance from 20 answers."""
    fields: dict[str, object] = {
        "measure": "M3", "key": "in_use", "unit": unit, "value": value, "low": low, "high": high,
        "n": 20, "minimum_n": 10, "denominator": "690 attention minutes of 112 sessions",
        "chosen": "drawn", "interval": "Wilson-eff",
    }  # fmt: skip
    return Estimate(**(fields | more))  # type: ignore[arg-type]


def twice(first: Cell, last: Cell, periods: int) -> tuple[Cell, ...]:
    """Return cells: the first of them for all periods but the last."""
    return (*[first] * (periods - 1), last)


def make_rows(periods: int = SHOWN_WEEKS) -> tuple[Row, ...]:
    """Return rows of every group, out of order."""
    parts = (("u", 0.44), ("p", 0.21), ("k", 0.12), ("d", 0.16), ("a", 0.07))
    net = estimate(None, -360.0, 1800.0, "min", open_high=True, reason="cannot tell gain from loss")
    return (
        Row(
            "Burned", "new_tokens", "New tokens", "input, cache write, output", "tokens",
            twice(Cell(exact=18_200_000), Cell(exact=43_900_000), periods),
            Difference(25_700_000, exact=True),
        ),
        Row(
            "Burned", "cost", "At list price", "not a bill", "USD",
            twice(Cell(exact=141.0), Cell(exact=352.0, words="+ 3 % unpriced"), periods),
            Difference(211.0, exact=True),
        ),
        Row(
            "How", "attention", "Attention", "", "min",
            twice(
                Cell(exact=684.0, low=534.0, high=840.0), Cell(exact=786.0, low=612.0, high=978.0),
                periods,
            ),
            Difference(102.0, exact=True),
        ),
        Row(
            "Got", "fates", "Where attention went", "", "share",
            twice(Cell(parts=parts), Cell(parts=parts), periods),
        ),
        Row(
            "Got", "in_use", "In use, share of attention", "", "share",
            twice(
                Cell(estimate=estimate(0.65, 0.44, 0.81)),
                Cell(estimate=estimate(0.58, 0.36, 0.77)), periods,
            ),
            Difference(-0.07, -0.33, 0.19, words=NO_DIFFERENCE),
        ),
        Row(
            "Got", "show", "For show, share of attention", "", "share",
            twice(
                Cell(estimate=estimate(0.04, 0.01, 0.17)),
                Cell(estimate=not_enough("M3", "show", "share", 7, 10)), periods,
            ),
            Difference(words="not comparable: too few answers in week 10"),
        ),
        Row(
            "Got", "net", "Net time, as told", "", "min",
            twice(
                Cell(estimate=estimate(None, -60.0, 540.0, "min", reason="cannot tell")),
                Cell(estimate=net), periods,
            ),
            Difference(None, -400.0, 1900.0, open_high=True, words="cannot tell gain from loss"),
        ),
        Row(
            "Got", "after_work", "After-work per hour of attention", "", "min per attention h",
            twice(
                Cell(estimate=estimate(0.15, 4 / 60, 0.25, "min per attention min")),
                Cell(estimate=estimate(16 / 60, 8 / 60, 0.45, "min per attention min")), periods,
            ),
            Difference(7.0, 1.0, 19.0, outside_zero=True, words="differs by"),
        ),
        Row(
            "How sure", "looked_at", "Looked at", "", "",
            twice(Cell(words="20 of 112"), Cell(words="18 of 148"), periods),
        ),
    )  # fmt: skip


def make_steady(weeks: int = 12) -> Steady:
    """Return the net values of the specification's own example, as many as are wanted."""
    values = (60.0, 110.0, 40.0, 150.0, 95.0, 120.0, 30.0, 140.0, 80.0, 100.0, 70.0, 160.0)[:weeks]
    keys = tuple(f"2025-W{week:02d}" for week in range(10, 10 + weeks))
    if weeks < 10:
        return Steady(
            "Net time, as told", "min", keys, values, None, None, None, (), (),
            f"not enough yet: {weeks} of 10 weeks",
        )  # fmt: skip
    return Steady(
        "Net time, as told", "min", keys, values, 96.25, -75.440909, 267.940909, (), (),
        "Nothing stands out.",
    )  # fmt: skip


def make_comparison(periods: int = SHOWN_WEEKS, **more: object) -> Comparison:
    """Return weeks 9, 10, ... of 2025 side by side."""
    spans = tuple(make_span(9 + at) for at in range(periods))
    told = tuple(f"Looked at: {span.name.lower()} **20 of 112** sessions." for span in spans)
    fields: dict[str, object] = {
        "spans": spans, "coverage": tuple(make_coverage() for _ in spans), "coverage_words": told,
        "usage": (), "sentence": "You used **2.4 times the tokens** in <week> 10.",
        "rows": make_rows(periods), "comparisons": 6, "adjusted": "adjusted for 6 comparisons",
        "steady": (make_steady(),), "notes": ("Nothing here covers wrong by-hand times.",),
    }  # fmt: skip
    return Comparison(**(fields | more))  # type: ignore[arg-type]
