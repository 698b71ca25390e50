"""A comparison in words: what differs, and what could not be seen (spec v1, 7.5)."""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.comparison import Difference, Row, Span
from tokenworth.domain.frame import Frame

ABOUT_AS_MANY: Final = 0.05
HUNDRED: Final = 100
HOUR: Final = 60
LONG_MINUTES: Final = 120
NOT_COVERED: Final = (
    "Intervals are of chance alone: wrong by-hand times, wrong attention and missing imports are "
    "in none of them."
)
WHAT_NET_IS: Final = (
    "Net time is by-hand time, as told, less after-work and attention. The line at 0.673 takes "
    "by-hand times as others' were too high (METR 2025)."
)
NOT_COMPARABLE: Final = "not comparable: "
MINUS: Final = "\N{MINUS SIGN}"


def adjusted(comparisons: int) -> str:
    """Return for how many comparisons the limits were widened."""
    return f"adjusted for {comparisons} comparisons" if comparisons > 1 else ""


def on_top(spans: Sequence[Span], rows: Sequence[Row]) -> str:
    """Return the one sentence above a comparison; ** around what is set bold."""
    found = {row.key: row for row in rows}
    return f"{_tokens(spans, found['new_tokens'])} {_came_of_it(found['in_use'])}".strip()


def _tokens(spans: Sequence[Span], row: Row) -> str:
    first, last = row.cells[0].exact, row.cells[-1].exact
    where = _in(spans[-1])
    if not first or last is None:
        return ""
    ratio = last / first
    if abs(ratio - 1) <= ABOUT_AS_MANY:
        return f"You used **about as many tokens** {where}."
    said = f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"
    return f"You used **{said} times the tokens** {where}."


def _in(span: Span) -> str:
    name = span.name
    return f"in {name[0].lower()}{name[1:]}" if name.startswith("Week") else f"in {name}"


def _came_of_it(row: Row) -> str:
    told = row.difference
    if told is None or told.value is None:
        why = told.words.removeprefix(NOT_COMPARABLE) if told else ""
        return f"What came into use **cannot be compared**: {why}." if why else ""
    if not told.outside_zero:
        rest = told.words.partition("; ")[2]
        return f"We see **no difference in what came into use**; one {rest}."
    value, low, high = (points(x) for x in (told.value, told.low or 0.0, told.high or 0.0))
    return f"What came into use **differs by {value} points** ({low} to {high})."


def points(share: float) -> str:
    """Return a difference of shares in whole points, with a true minus sign."""
    whole = round(HUNDRED * share)
    return f"{MINUS}{-whole}" if whole < 0 else str(whole)


def missed(size: float, unit: str) -> str:
    """Return what is said where no difference is seen."""
    return f"no difference we could see; smaller than about {_size(size, unit)} would be missed"


def _size(size: float, unit: str) -> str:
    if unit == "share":
        return f"{round(HUNDRED * size)} points"
    if unit.startswith("min per"):
        return f"{HOUR * size:.0f} min per attention hour"
    if size >= LONG_MINUTES:
        return f"{size / HOUR:.0f} h"
    return f"{size:.0f} min"


def not_comparable(reason: str) -> Difference:
    """Return what stands where two numbers must not be subtracted."""
    return Difference(words=NOT_COMPARABLE + reason)


def notes(spans: Sequence[Span], frames: Sequence[Sequence[Frame]]) -> tuple[str, ...]:
    """Return what no interval covers, and which half-weeks estimates are of."""
    said = [NOT_COVERED, WHAT_NET_IS]
    for span, held in zip(spans, frames, strict=True):
        drawn = [f for f in held if f.drawn_at is not None and f.sessions]
        every = [f for f in held if f.sessions]
        if drawn and len(drawn) < len(every):
            said.append(
                f"{span.name}: {len(drawn)} of {len(every)} half-weeks with sessions were drawn; "
                "estimates are of those."
            )
        if not span.whole:
            said.append(f"{span.name} is not over, or is shown only in part.")
    return tuple(said)
