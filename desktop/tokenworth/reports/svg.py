"""Charts of an export, drawn as SVG of our own: the same picture in HTML, PDF and PNG.

Only rectangles, lines, paths and text: what QtSvg paints, a browser shows, and nothing can run.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from tokenworth.domain.report import Picture
from tokenworth.domain.views import Week
from tokenworth.reports.svg_compared import attention, differences
from tokenworth.reports.svg_marks import (
    ESTIMATED,
    FATES,
    MINUTES_AN_HOUR,
    SMALL,
    TEXT,
    UNSEEN,
    Canvas,
    count_ticks,
    known,
    minute_ticks,
    percent,
    runs,
    scale,
    text_width,
)
from tokenworth.reports.svg_words import NOTHING, TITLE, count, is_gap, table_of, why_none, words_of

__all__ = ["attention", "differences", "paired"]

WIDTH: Final = 500
HEIGHT: Final = 258
LEFT: Final = 46
RIGHT: Final = 494
UPPER: Final = (34.0, 122.0)
LOWER: Final = (153.0, 216.0)
STRIP: Final = (227.0, 5.0)
NAMES_AT: Final = 243.0
YEARS_AT: Final = 253.0
FEWEST_SLOTS: Final = 10
"""A chart of one week leaves room for nine, so that its bar is no wall."""
HALF_BAR: Final = 0.34
STACK_RIGHT: Final = 0.14  # where an estimated bar stands beside the stack
ESTIMATED_LEFT: Final = 0.19
NARROW: Final = 8.0  # a week narrower than this has thin marks, and no words on end
TINY: Final = 6.5
OPEN_FROM: Final = 3.0
"""An upper limit above so many times the attention is no limit: an arrow ends there."""
ROOM: Final = 0.07
NAME_STEPS: Final = (1, 2, 4, 13, 26, 52)
NET_TITLE: Final = "Net time a week, as told, with its 95 % interval"
BOUNDS_TITLE: Final = "Share of attention now in use, at least and at most"


class Bar(NamedTuple):
    """An upright line in the lower plot: minutes, or shares where there is no net time."""

    low: float
    high: float
    value: float | None = None
    open_high: bool = False
    readings: tuple[float, ...] = ()  # two values by how skipped sessions are read


class Slots(NamedTuple):
    """Where weeks stand from left to right."""

    number: int

    @property
    def width(self) -> float:
        """How wide one is, in points."""
        return (RIGHT - LEFT) / max(FEWEST_SLOTS, self.number)

    def x(self, place: float) -> float:
        """Return where a week (or a part of one: 2.34) has its middle."""
        return LEFT + (place + 0.5) * self.width


def paired(weeks: Sequence[Week], *, money: bool) -> Picture:
    """Return new tokens a week by outcome over net time with its interval, and coverage.

    ``money`` puts what the tokens would cost at list price into the table; the chart has none.
    """
    canvas = Canvas(WIDTH, TITLE)
    slots = Slots(len(weeks))
    if not weeks:
        canvas.text((0, 9), NOTHING)
        return Picture(
            "paired", TITLE, canvas.svg(14), WIDTH, 14, NOTHING, table_of(weeks, money=money)
        )
    _burned(canvas, weeks, slots)
    bars = [_net_bar(week) for week in weeks]
    if any(bars):
        _net(canvas, weeks, bars, slots)
    elif any(bounds := [_bounds_bar(week) for week in weeks]):
        _bounds(canvas, bounds, slots)
    else:
        _net(canvas, weeks, bars, slots)
    _looked_at(canvas, weeks, slots)
    _names(canvas, weeks, slots)
    told, numbers = words_of(weeks), table_of(weeks, money=money)
    return Picture("paired", TITLE, canvas.svg(HEIGHT), WIDTH, HEIGHT, told, numbers)


# new tokens by outcome ----------------------------------------------------------------------------


def _burned(canvas: Canvas, weeks: Sequence[Week], slots: Slots) -> None:
    beside = any(count(week.estimated) for week in weeks)
    title = "New tokens a week, by what became of them"
    canvas.text((0, 9), title, size=TEXT, colour="text", bold=True)
    canvas.legend(
        (0, 24), (*FATES, UNSEEN, *((ESTIMATED,) if beside else ())), lined=False
    )  # fmt: skip
    top, foot = UPPER
    most = max([max(count(week.tokens), count(week.estimated)) for week in weeks] + [1])
    height = scale(0, most, 0, foot - top)
    _grid(canvas, count_ticks(most), lambda value: foot - height(value))
    right = STACK_RIGHT if beside else HALF_BAR
    for i, week in enumerate(weeks):
        y = foot
        for key in (*FATES, UNSEEN):
            part = height(week.tokens.get(key, 0))
            if part > 0:
                left, gap = slots.x(i - HALF_BAR), 0.5 if part > 2 else 0.0  # noqa: PLR2004 -- thin ones touch
                place = (left, y - part + gap)
                canvas.fate(key, place, slots.x(i + right) - left, part - gap, lined=False)
                y -= part
        if guessed := height(count(week.estimated)):
            left = slots.x(i + ESTIMATED_LEFT)
            canvas.frame((left, foot - guessed), slots.x(i + HALF_BAR) - left, guessed)
    gaps = ["not known" if is_gap(week) else "" for week in weeks]
    _stretches(canvas, gaps, slots, foot, foot)


def _grid(
    canvas: Canvas, ticks: Sequence[tuple[float, str]], place: Callable[[float], float]
) -> None:
    for value, words in ticks:
        y = place(value)
        canvas.line((LEFT, y), (RIGHT, y), "line" if value else "faint", 0.7)
        canvas.text((LEFT - 5, y + 2.7), words, anchor="end", size=SMALL)


def _stretches(
    canvas: Canvas, said: Sequence[str], slots: Slots, above: float, foot: float
) -> None:
    """Write words above a line, one for neighbouring weeks; on end from the foot if narrow."""
    for first, last, words in runs(said):
        middle, long = (slots.x(first) + slots.x(last)) / 2, text_width(words, TINY)
        if long <= (last - first + 1) * slots.width + 1:
            canvas.text((middle, above - 3), words, anchor="middle", size=TINY)
        elif slots.width >= NARROW:
            if above < foot:  # it crosses the line of 0
                canvas.rect((middle - 4, foot - 2 - long), 8, long, "surface")
            canvas.text((middle + 2.3, foot - 2), words, size=TINY, on_end=True)


# net time, or the bounds of what was chosen -------------------------------------------------------


def _net_bar(week: Week) -> Bar | None:
    """Return how a week's net time is drawn; None where nothing may be shown."""
    told = week.net
    if told is None:
        return None
    value, low, high = known(told.value), known(told.low), known(told.high)
    if low is None or (high is None and not told.open_high):
        return None if value is None else Bar(value, value, value)
    skips = () if told.skips is None or value is not None else told.skips
    readings = tuple(one for one in skips if known(one) is not None)
    ends = low if high is None else high
    if told.open_high and week.coverage.attention_min:
        ends = max(low, value or low, min(ends, OPEN_FROM * week.coverage.attention_min))
    return Bar(low, ends, value, told.open_high, readings)


def _bounds_bar(week: Week) -> Bar | None:
    low, high = known(week.bounds.low), known(week.bounds.high)
    if not week.coverage.answered or low is None or high is None:
        return None
    return Bar(low, high)


def _ends(bars: Sequence[Bar | None]) -> Iterator[float]:
    """Return what the scale has to hold; an open end is no limit and asks for no room."""
    told = [bar for bar in bars if bar is not None]
    all_open = all(bar.open_high for bar in told)
    for bar in told:
        yield from (bar.low, *bar.readings)
        if bar.value is not None:
            yield bar.value
        if all_open or not bar.open_high:
            yield bar.high


def _net(canvas: Canvas, weeks: Sequence[Week], bars: Sequence[Bar | None], slots: Slots) -> None:
    canvas.text((0, LOWER[0] - 12), NET_TITLE, colour="text", bold=True)
    low, high = min([0.0, *_ends(bars)]), max([0.0, *_ends(bars)])
    if low == high:
        low, high = -float(MINUTES_AN_HOUR), float(MINUTES_AN_HOUR)
    room = (high - low) * ROOM
    place = scale(low - room, high + room, LOWER[1], LOWER[0])
    ticks = minute_ticks(low - room, high + room)
    _grid(canvas, ticks, place)
    for i, bar in enumerate(bars):
        if bar is not None:
            _upright(canvas, bar, slots.x(i), place, thin=slots.width < NARROW)
    said = ["" if bar else why_none(week) for week, bar in zip(weeks, bars, strict=True)]
    _stretches(canvas, said, slots, place(0), LOWER[1])


def _bounds(canvas: Canvas, bars: Sequence[Bar | None], slots: Slots) -> None:
    canvas.text((0, LOWER[0] - 12), BOUNDS_TITLE, colour="text", bold=True)
    place = scale(0, 1, LOWER[1] - 2, LOWER[0])
    _grid(canvas, [(part, percent(part) if part else "0") for part in (0, 0.5, 1)], place)
    for i, bar in enumerate(bars):
        if bar is not None:
            _upright(canvas, bar, slots.x(i), place, thin=slots.width < NARROW, capped=True)


def _upright(  # noqa: PLR0913 -- where it stands, and how it looks
    canvas: Canvas, bar: Bar, x: float, place: Callable[[float], float], *, thin: bool,
    capped: bool = False,
) -> None:  # fmt: skip
    top, foot = place(bar.high), place(bar.low)
    width, half = (0.8, 1.4) if thin else (1.5, 2.4)
    canvas.line((x, foot), (x, top), "text", width)
    if bar.open_high:
        canvas.arrow((x, top), (0, -1), 2.2 if thin else 3.5)
    for reading in (*bar.readings, *((bar.low, bar.high) if capped else ())):
        canvas.line((x - half, place(reading)), (x + half, place(reading)), "text", width)
    if bar.value is not None:
        canvas.dot((x, place(bar.value)), half)


# how much was looked at, and the weeks ------------------------------------------------------------


def _looked_at(canvas: Canvas, weeks: Sequence[Week], slots: Slots) -> None:
    top, high = STRIP
    canvas.text((LEFT - 5, top + 5), "looked at", anchor="end", size=SMALL)
    for i, week in enumerate(weeks):
        told, left = week.coverage, slots.x(i - HALF_BAR)
        if not told.attention_min:
            continue
        long = slots.x(i + HALF_BAR) - left
        part = max(0.0, min(1.0, told.answered_attention_min / told.attention_min))
        canvas.rect((left, top), long, high, "line")
        if part:
            canvas.rect((left, top), long * part, high, "accent")


def _names(canvas: Canvas, weeks: Sequence[Week], slots: Slots) -> None:
    need = text_width("W52", SMALL) + 3
    every = next((step for step in NAME_STEPS if step * slots.width >= need), 104)
    year = ""
    for i, week in enumerate(weeks):
        if i % every:
            continue
        name, x = f"W{week.key[6:].lstrip('0')}", slots.x(i)
        canvas.text((x, NAMES_AT), name, anchor="middle", size=SMALL)
        if week.key[:4] != year:
            year = week.key[:4]
            canvas.text((x, YEARS_AT), year, anchor="middle", size=SMALL)
