"""Charts of periods side by side: where attention went, and what differs."""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.comparison import Comparison, Difference, Row
from tokenworth.domain.report import Picture, Table
from tokenworth.reports import weeks
from tokenworth.reports.amounts import KEPT_SPACE
from tokenworth.reports.svg_marks import (
    FATES,
    SMALL,
    TEXT,
    UNSEEN,
    WORDS,
    Canvas,
    known,
    percent,
    scale,
    shortened,
    text_width,
    wrapped,
)

WIDTH: Final = 500
FIRST_BAR: Final = 24
BAR_ROW: Final = 46
BAR_HEIGHT: Final = 14.0
SPLIT_FROM: Final = 4.0
ON_DARK: Final = frozenset("ua")
SHARES_TITLE: Final = "Where attention went"
NAME_WIDTH: Final = 138.0
TRACK: Final = (150.0, 290.0)
TEXT_LEFT: Final = 304.0
HEAD: Final = 30.0
LINE: Final = 10.0
APART_TITLE: Final = "Did it differ?"
SCALES: Final = "Shares are on one scale; each of the other rows is on its own."
NONE: Final = "There is no estimated difference to show."
UNFINISHED: Final = "The grey part was not looked at: nothing is known of it."
DRAWN: Final = (
    "A bar without a grey part is estimated from the sessions drawn; the intervals stand beside "
    "the measures."
)


# where attention went -----------------------------------------------------------------------------


def attention(shares: Sequence[tuple[str, tuple[tuple[str, float], ...]]]) -> Picture:
    """Return a bar a period of where attention went, by outcome; shares are 0 to 1."""
    canvas = Canvas(WIDTH, SHARES_TITLE)
    height = FIRST_BAR + BAR_ROW * max(1, len(shares))
    told = [(name, _drawable(parts)) for name, parts in shares]
    unfinished = [any(key == UNSEEN for key, _ in parts) for _, parts in told]
    keys = (*FATES, UNSEEN) if any(unfinished) else FATES
    canvas.legend((0, 10), keys, lined=True)
    if not told:
        canvas.text((0, FIRST_BAR + 12), "There is nothing to show yet.")
    for i, (name, parts) in enumerate(told):
        _bar(canvas, FIRST_BAR + BAR_ROW * i, name, parts)
    said = [f"{name}: {_listed(parts)}." for name, parts in told if parts]
    notes = ((any(unfinished), UNFINISHED), (not all(unfinished), DRAWN))
    note = " ".join(words for holds, words in notes if holds)
    rows = [(name, WORDS.get(key, key), percent(part)) for name, parts in told
            for key, part in parts]  # fmt: skip
    table = Table(
        SHARES_TITLE, ("Period", "Outcome", "Share of attention"), tuple(rows), (2,), note
    )  # fmt: skip
    words = " ".join([*said, note]) if said else "There is nothing to show yet."
    return Picture("attention", SHARES_TITLE, canvas.svg(height), WIDTH, height, words, table)


def _drawable(parts: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    found = [(key, known(part)) for key, part in parts]
    return [(key, part) for key, part in found if part is not None and part >= 0]


def _bar(canvas: Canvas, top: float, name: str, parts: Sequence[tuple[str, float]]) -> None:
    canvas.text((0, top + 8), shortened(name, WIDTH), colour="text", bold=True)
    x, y = 0.0, top + 12
    for key, part in parts:
        width = min(part * WIDTH, WIDTH - x)
        if width <= 0:
            continue
        gap = 0.8 if width > SPLIT_FROM else 0.0
        canvas.fate(key, (x, y), width - gap, BAR_HEIGHT, lined=True)
        _inside(canvas, key, part, (x, y), width - gap)
        x += width
    canvas.text((0, y + BAR_HEIGHT + 9), shortened(_listed(parts), WIDTH, SMALL), size=SMALL)


def _inside(canvas: Canvas, key: str, part: float, at: tuple[float, float], width: float) -> None:
    """Write a share into its part of the bar where there is room, on its plain colour."""
    words = percent(part)
    long = text_width(words, SMALL) + 4
    if long > width:
        return
    middle = at[0] + width / 2
    ground = (middle - long / 2, at[1] + 2)
    canvas.plain(key, ground, long, BAR_HEIGHT - 4)
    ink = "surface" if key in ON_DARK else "text"
    canvas.text((middle, at[1] + 9.8), words, anchor="middle", size=SMALL, colour=ink)


def _listed(parts: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{WORDS.get(key, key)} {percent(part)}" for key, part in parts if part > 0)


# differences --------------------------------------------------------------------------------------


def differences(comparison: Comparison) -> Picture:
    """Return the interval of every estimated difference, the last period against the first."""
    told = [
        (row, row.difference) for row in comparison.rows
        if row.difference is not None and not row.difference.exact
    ]  # fmt: skip
    drawn = [(row, apart) for row, apart in told if _is_drawn(apart)]
    canvas = Canvas(WIDTH, APART_TITLE)
    _head(canvas, comparison, is_drawn=bool(drawn))
    limit = max((_reach(apart) for row, apart in drawn if row.unit == "share"), default=0.0)
    y = HEAD if drawn else HEAD - LINE
    for row, apart in drawn:
        own = limit if row.unit == "share" else _reach(apart)
        y = _mark(canvas, y, row, apart, own)
    if drawn:
        middle = sum(TRACK) / 2
        canvas.line((middle, HEAD - 4), (middle, y - 2), "faint", 0.7)
        canvas.text((0, y + 8), SCALES, size=SMALL)
        y += 16
    others = _gathered([row for row, apart in told if not _is_drawn(apart)])
    below = others if drawn else [NONE]
    for line in [line for said in below for line in wrapped(said, WIDTH)]:
        canvas.text((0, y + 8), line, colour="text")
        y += LINE + 1
    height = round(y + 4)
    rows = tuple((row.name, row.more, _said(row)) for row, _ in told)
    table = Table(APART_TITLE, ("Measure", "Of what", "Difference, 95 %"), rows, (),
                  comparison.adjusted)  # fmt: skip
    words = [f"{row.name}: {_said(row)}." for row, _ in drawn]
    return Picture(
        "comparison", APART_TITLE, canvas.svg(height), WIDTH, height,
        " ".join([*words, *others]) or NONE, table,
    )  # fmt: skip


def _is_drawn(apart: Difference) -> bool:
    high = known(apart.high)
    return known(apart.low) is not None and (high is not None or apart.open_high)


def _gathered(rows: Sequence[Row]) -> list[str]:
    """Return a sentence for each reason why there is no difference to draw, with its measures."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        by_reason.setdefault(_said(row), []).append(row.name)
    return [f"{'; '.join(names)}: {reason}." for reason, names in by_reason.items()]


def _head(canvas: Canvas, comparison: Comparison, *, is_drawn: bool) -> None:
    spans = comparison.spans
    against = f"{spans[-1].name} against {spans[0].name}" if len(spans) > 1 else ""
    adjusted = f", {comparison.adjusted}" if comparison.adjusted else ""
    canvas.text((0, 9), shortened(against, WIDTH), colour="text", bold=True)
    if not is_drawn:
        return
    head = shortened(f"95 %{adjusted}", WIDTH - TEXT_LEFT, SMALL)
    canvas.text((TEXT_LEFT, 21), head, size=SMALL)
    canvas.text((sum(TRACK) / 2 - 6, 21), "less", anchor="end", size=SMALL)
    canvas.text((sum(TRACK) / 2 + 6, 21), "more", size=SMALL)


def _reach(apart: Difference) -> float:
    """Return how far from 0 a mark goes; an open end asks for no room."""
    ends = [apart.value, apart.low, *(() if apart.open_high else (apart.high,))]
    reach = max((abs(end) for end in map(known, ends) if end is not None), default=0.0)
    return reach * 1.3 if apart.open_high else reach


def _mark(canvas: Canvas, top: float, row: Row, apart: Difference, limit: float) -> float:
    """Draw one row; return where the next one begins."""
    names = [(line, "text", TEXT) for line in wrapped(row.name, NAME_WIDTH)]
    names += [(line, "muted", SMALL) for line in wrapped(row.more, NAME_WIDTH, SMALL)]
    said = wrapped(_said(row), WIDTH - TEXT_LEFT, SMALL)
    for i, (line, colour, size) in enumerate(names):
        canvas.text((0, top + 8 + i * LINE), line, colour=colour, size=size)
    for i, line in enumerate(said):
        canvas.text((TEXT_LEFT, top + 8 + i * LINE), line, size=SMALL, colour="text")
    low, high, value = known(apart.low), known(apart.high), known(apart.value)
    y = top + 5.5
    place = scale(-(limit or 1.0), limit or 1.0, *TRACK)
    end = TRACK[1] if apart.open_high else place(high or 0.0)
    canvas.line((place(low or 0.0), y), (end, y), "text", 1.5)
    if apart.open_high:
        canvas.arrow((end, y), (1, 0))
    if value is not None:
        canvas.dot((place(value), y))
    foot = top + max(1, len(names), len(said)) * LINE + 5
    canvas.line((0, foot - 2), (WIDTH, foot - 2), "hair", 0.7)
    return foot


def _said(row: Row) -> str:
    return weeks.difference(row).replace("\n", "; ").replace(KEPT_SPACE, " ")
