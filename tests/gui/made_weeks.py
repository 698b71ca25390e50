"""Weeks made by hand for the tests of the paired chart."""

from datetime import UTC, date, datetime, timedelta

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
    )


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
