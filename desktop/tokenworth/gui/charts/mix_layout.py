"""Where the bars of attention lie: stacked by outcome, all in one row or a row for each purpose."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QRectF

from tokenworth.domain.tag import Purpose
from tokenworth.domain.trending import MixWeek
from tokenworth.gui.charts.bars import HALF_BAR, ORDER

View = Literal["together", "purposes"]
PURPOSES: Final = (
    Purpose.NEEDED.value,
    Purpose.EXPLORE.value,
    Purpose.OPTIONAL.value,
    Purpose.SHOW.value,
)
ALL: Final = "all"
UNSEEN: Final = "-"
STRIP_PX: Final = 7
ROW_GAP_PX: Final = 12
LEAST_ROW_PX: Final = 26
WIDEST_BAR_PX: Final = 46


class Segment(msgspec.Struct, frozen=True):
    """One rectangle: of a week, a row and an outcome."""

    week: int
    row: str  # a purpose, ALL or UNSEEN
    fate: str
    minutes: float
    rect: QRectF


class Row(msgspec.Struct, frozen=True):
    """One row of bars on its own ground line; all rows have one scale."""

    key: str
    top: float
    foot: float
    most: float  # minutes of its tallest bar


class Laid(msgspec.Struct, frozen=True):
    """All rows, their bars, and each week's column."""

    rows: tuple[Row, ...]
    segments: tuple[Segment, ...]
    columns: tuple[QRectF, ...]
    strips: tuple[QRectF, ...]  # under each column: how much was looked at
    scale: float  # pixels a minute, the same in every row
    slot: float


def seen_minutes(week: MixWeek) -> float:
    """Return the minutes of a week that were looked at."""
    return sum(sum(fates.values()) for fates in week.minutes.values())


def all_minutes(week: MixWeek) -> float:
    """Return the attention of a week."""
    return seen_minutes(week) + week.unseen


def fate_minutes(week: MixWeek, fate: str) -> float:
    """Return the minutes of one outcome, whatever the purpose."""
    return sum(fates.get(fate, 0.0) for fates in week.minutes.values())


def purposes_of(weeks: Sequence[MixWeek]) -> tuple[str, ...]:
    """Return the four purposes, and whatever else the weeks have."""
    known = dict.fromkeys(PURPOSES)
    known |= dict.fromkeys(key for week in weeks for key in week.minutes)
    return tuple(known)


def stacks(week: MixWeek, view: View, purposes: Sequence[str]) -> list[tuple[str, str, float]]:
    """Return a week's parts as (row, outcome, minutes), each row from its foot up."""
    if view == "together":
        parts = [(ALL, fate, fate_minutes(week, fate)) for fate in ORDER if fate != UNSEEN]
        return [*parts, (ALL, UNSEEN, week.unseen)]
    parts = [
        (key, fate, week.minutes.get(key, {}).get(fate, 0.0))
        for key in purposes
        for fate in ORDER
        if fate != UNSEEN
    ]
    return [*parts, (UNSEEN, UNSEEN, week.unseen)]


def lay_out(weeks: Sequence[MixWeek], view: View, room: QRectF, seen: tuple[float, float]) -> Laid:
    """Return where everything lies; ``seen`` is the range of weeks in view."""
    purposes = purposes_of(weeks)
    keys = (ALL,) if view == "together" else (*purposes, UNSEEN)
    parts = [stacks(week, view, purposes) for week in weeks]
    most = dict.fromkeys(keys, 0.0)
    for stack in parts:
        sums = dict.fromkeys(keys, 0.0)
        for key, _, minutes in stack:
            sums[key] += minutes
        most = {key: max(most[key], sums[key]) for key in keys}
    scale, rows = _rows(most, room)
    feet = {row.key: row.foot for row in rows}
    first, last = seen
    slot = room.width() / max(last - first, 1e-9)
    half = min(HALF_BAR * slot, WIDEST_BAR_PX / 2)
    segments, columns, strips = [], [], []
    for at, stack in enumerate(parts):
        middle = room.left() + (at - first) * slot
        columns.append(QRectF(middle - slot / 2, room.top(), slot, room.height() + STRIP_PX))
        strips.append(QRectF(middle - half, room.bottom() + 1, 2 * half, STRIP_PX))
        heads = dict(feet)
        for key, fate, minutes in stack:
            if minutes > 0:
                high = minutes * scale
                rect = QRectF(middle - half, heads[key] - high, 2 * half, high)
                segments.append(Segment(at, key, fate, minutes, rect))
                heads[key] -= high
    return Laid(tuple(rows), tuple(segments), tuple(columns), tuple(strips), scale, slot)


def _rows(most: dict[str, float], room: QRectF) -> tuple[float, list[Row]]:
    """Return the one scale, and rows as high as their tallest bar needs."""
    height = room.height() - ROW_GAP_PX * len(most)
    least = min(LEAST_ROW_PX, height / max(1, len(most)))
    whole = sum(most.values())
    low, high = 0.0, height / whole if whole else 0.0
    for _ in range(50):
        middle = (low + high) / 2
        fits = sum(max(value * middle, least) for value in most.values()) <= height
        low, high = (middle, high) if fits else (low, middle)
    rows, top = [], room.top()
    for key, value in most.items():
        foot = top + max(value * low, least)
        rows.append(Row(key, top, foot, value))
        top = foot + ROW_GAP_PX
    if len(rows) == 1:
        rows = [Row(rows[0].key, room.top(), room.bottom() - ROW_GAP_PX, rows[0].most)]
    return low, rows
