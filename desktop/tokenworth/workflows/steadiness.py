"""Has anything changed? XmR over the weeks with an estimate (spec v1, 7.4)."""

from collections.abc import Collection, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from tokenworth.domain.comparison import Steady
from tokenworth.domain.estimate import Estimate
from tokenworth.domain.views import Coverage, SessionQuery, Week
from tokenworth.measures.differences import MINIMUM_WEEKS, xmr
from tokenworth.store.store import Store
from tokenworth.workflows import weeks

SHOWN: Final = (("In use, share of attention", "in_use"), ("Net time, as told", "net"))


def steady(store: Store, zone: ZoneInfo, still_open: Collection[str]) -> tuple[Steady, ...]:
    """Return the charts of the weekly estimates; with fewer than ten weeks only words."""
    found = weeks.trend(store, SessionQuery(), zone, still_open).weeks
    return tuple(_one(name, key, found) for name, key in SHOWN)


def _of(week: Week, key: str) -> Estimate | None:
    return week.in_use if key == "in_use" else week.net


def _one(name: str, key: str, found: tuple[Week, ...]) -> Steady:
    told = [(week, _of(week, key)) for week in found]
    known = [(week, e.value) for week, e in told if e is not None and e.value is not None]
    unit = "share" if key == "in_use" else "min"
    keys, values = tuple(week.key for week, _ in known), tuple(value for _, value in known)
    if len(values) < MINIMUM_WEEKS:
        words = f"Has anything changed? Not enough yet: {len(values)} of {MINIMUM_WEEKS} weeks."
        return Steady(name, unit, keys, values, None, None, None, (), (), words)
    limits = xmr(values)
    return Steady(
        name, unit, keys, values, limits.mean, limits.lower, limits.upper, limits.outside,
        limits.runs,
        f"{_words(len(values), len(limits.outside), len(limits.runs))} "
        f"{_basis([week.coverage for week, _ in known])}",
    )  # fmt: skip


def _basis(found: Sequence[Coverage]) -> str:
    drawn, sessions = sum(one.drawn for one in found), sum(one.sessions for one in found)
    return f"They rest on {drawn:,} answers, drawn by chance, of {sessions:,} sessions."


def _words(number: int, outside: int, runs: int) -> str:
    if not outside and not runs:
        return f"{number} weeks hold within the limits of an unchanged process."
    parts = []
    if outside:
        parts.append(f"{outside} of {number} weeks lie outside the limits")
    if runs:
        parts.append("a run of 8 or more lies on one side of the mean")
    said = " and ".join(parts)
    return f"{said[0].upper()}{said[1:]}: something may have changed."
