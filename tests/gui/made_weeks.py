"""Weeks made by hand for the tests of the paired chart."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.trending import Relation, RelationPoint
from tokenworth.domain.views import Bounds, Coverage, Trend, Usage, Week

FIRST_DAY = date(2025, 12, 15)  # a Monday: 2025-W51, so that a year turns in the third week
DAY_MS = 86_400_000


def monday(number: int) -> date:
    """Return the Monday of a week, counted from 0."""
    return FIRST_DAY + timedelta(weeks=number)


def _key(number: int) -> str:
    year, week, _ = monday(number).isocalendar()
    return f"{year}-W{week:02d}"


def _usage(key: str, sessions: int, attention_min: float, cost_usd: float | None) -> Usage:
    return Usage(
        key=key,
        input=0,
        cache_write_5m=0,
        cache_write_1h=0,
        cache_read=0,
        output=0,
        reasoning=None,
        estimated_input=None,
        estimated_output=None,
        messages=sessions,
        sessions=sessions,
        cost_usd=cost_usd,
        unpriced_tokens=0,
        attention_min=attention_min,
        tagged_sessions=0,
        tagged_attention_share=None,
        in_use_attention_share=None,
    )


def make_week(
    number: int,
    tokens: dict[str, int] | None = None,
    *,
    estimated: dict[str, int] | None = None,
    sessions: int = 10,
    answered: int = 0,
    bounds: Bounds | None = None,
    gap: bool = False,
    unpriced_share: float = 0.0,
    skipped: int = 0,
    missing_days: tuple[str, ...] = (),
    net: Estimate | None = None,
    in_use: Estimate | None = None,
) -> Week:
    """Return a week of 900 minutes of attention, a fifth of it looked at if any was."""
    start = datetime.combine(monday(number), datetime.min.time(), UTC)
    held = 0 if gap else sessions
    attention = 900.0 if held else 0.0
    days = tuple((monday(number) + timedelta(days=day)).isoformat() for day in range(7))
    return Week(
        key=_key(number),
        start_ts=int(start.timestamp()) * 1000,
        end_ts=int(start.timestamp()) * 1000 + 7 * DAY_MS,
        tokens=tokens or {},
        estimated=estimated or {},
        usage=_usage(_key(number), held, attention, 20.0 if held else None),
        coverage=Coverage(
            sessions=held,
            unattended=0,
            answered=answered,
            skipped=skipped,
            cannot_recall=0,
            volunteered=answered,
            attention_min=attention,
            answered_attention_min=attention / 5 if answered else 0.0,
            cost_usd=20.0 if held else None,
            answered_cost_usd=5.0 if answered else None,
            unpriced_share=unpriced_share if held else None,
            changed=0,
            days_without_import=days if gap else missing_days,
        ),
        bounds=bounds or Bounds(None, None, None, held - answered, None),
        net=net,
        in_use=in_use,
    )


def net_of(
    value: float | None,
    low: float,
    high: float,
    *,
    n: int = 20,
    open_high: bool = False,
    skips: tuple[float, float] | None = None,
) -> Estimate:
    """Return M5 of a week, in minutes; without a value gain cannot be told from loss."""
    return Estimate(
        measure="M5",
        key="net",
        unit="min a week",
        value=value,
        low=low,
        high=high,
        n=n,
        minimum_n=12,
        denominator="900 attention minutes of 150 sessions",
        chosen="drawn",
        interval="hull",
        reason="" if value is not None else "cannot tell gain from loss",
        skips=skips,
        open_high=open_high,
    )


def few(n: int) -> Estimate:
    """Return M5 of a week with too few answers."""
    return not_enough("M5", "net", "min a week", n, 12)


def share_of(value: float, low: float, high: float) -> Estimate:
    """Return M3 of a week: the share of attention in use."""
    return Estimate(
        measure="M3",
        key="in_use",
        unit="share",
        value=value,
        low=low,
        high=high,
        n=20,
        minimum_n=10,
        denominator="900 attention minutes",
        chosen="drawn",
        interval="Wilson-eff",
    )


def with_net(nets: Sequence[Estimate | None]) -> Trend:
    """Return usual weeks with these net times."""
    weeks = zip(usual(len(nets)).weeks, nets, strict=True)
    return trend_of(*(msgspec.structs.replace(week, net=net) for week, net in weeks))


def told(untagged: int, told_min: float) -> Bounds:
    """Return the bounds of 900 minutes, 180 looked at, 130 of them in use (measures 9.7)."""
    tipping = -told_min / untagged if untagged else None
    return Bounds(130 / 900, 850 / 900, told_min, untagged, tipping)


def trend_of(*weeks: Week) -> Trend:
    """Return the trend of these weeks in UTC."""
    return Trend(tuple(weeks), "UTC")


def usual(count: int = 26) -> Trend:
    """Return weeks of 1.0 M used, 0.5 M discarded and 2.5 M nobody looked at."""
    return trend_of(
        *(
            make_week(
                number,
                {"u": 1_000_000, "d": 500_000, "-": 2_500_000},
                sessions=150,
                answered=22,
                bounds=told(128, 310.0),
            )
            for number in range(count)
        )
    )


def correlation(value: float | None, low: float, high: float, n: int) -> Estimate:
    """Return M11 of some weeks; below ten of them it is not told."""
    is_told = n >= 10
    return Estimate(
        measure="M11",
        key="partial",
        unit="rank correlation",
        value=value if is_told else None,
        low=low if is_told else None,
        high=high if is_told else None,
        n=n,
        minimum_n=10,
        denominator=f"{n} weeks",
        chosen="drawn",
        interval="Bonett-Wright" if is_told else "none",
        reason="" if is_told else f"not enough yet: {n} of 10",
    )


def relation_of(trend: Trend) -> Relation:
    """Return the weeks with a net time as points, with the correlations of the measures' page."""
    points = tuple(
        RelationPoint(week.key, sum(week.tokens.values()), week.coverage.attention_min, week.net)
        for week in trend.weeks
        if week.net is not None and week.net.is_shown
    )
    n = len(points)
    partial = correlation(-0.119859, -0.672818, 0.519021, n)
    raw = correlation(0.083916, -0.515621, 0.628289, n)
    if n < partial.minimum_n:
        return Relation(points, partial, raw, partial.reason, ())
    return Relation(
        points,
        partial,
        raw,
        f"Tokens and net minutes: -0.12 (-0.67 to 0.52) once attention is equal, {n} weeks. "
        "This cannot show cause.",
        (
            "As they stand, attention not held equal: 0.08 (-0.52 to 0.63).",
            "Net time is an estimate, and that pulls the correlation towards 0.",
            "No interval here covers wrong by-hand times, wrong attention or missing imports.",
        ),
    )
