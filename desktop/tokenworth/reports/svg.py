"""Charts of an export, drawn as SVG of our own: the same picture in HTML, PDF and PNG."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from math import floor, log10
from typing import Final

from tokenworth.domain.comparison import Comparison
from tokenworth.domain.report import Picture, Table
from tokenworth.domain.views import Week
from tokenworth.reports.inert import inert
from tokenworth.reports.text import NAMES, tokens
from tokenworth.shipped import shipped

WIDTH: Final = 520
FATES: Final = "upkda"
UNSEEN: Final = "-"
HOUR: Final = 60
LEFT: Final = 56
RIGHT: Final = 12
HATCH: Final = 6
MOST_LABELS: Final = 14
WORDS: Final = {**NAMES, UNSEEN: "not looked at"}
COLOURS: Final = {
    "u": "used", "p": "part", "k": "kept", "d": "discarded", "a": "abandoned", UNSEEN: "unseen",
}  # fmt: skip


@cache
def colours() -> dict[str, str]:
    """Return the light theme's colours by name."""
    found: dict[str, str] = json.loads(shipped("themes/light.json").read_text("utf-8"))
    return {name: value for name, value in found.items() if isinstance(value, str)}


class Canvas:
    """Collects shapes."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._shapes: list[str] = []

    def line(  # noqa: PLR0913, PLR0917 -- two ends and a pen
        self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1
    ) -> None:
        """Draw a line."""
        self._shapes.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{colour}" stroke-width="{width:g}"/>'
        )

    def rect(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle."""
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0.0, width):.1f}" '
            f'height="{max(0.0, height):.1f}" fill="{colour}"/>'
        )

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle with lines: what nobody looked at. Each line ends at its edge."""
        self.rect(x, y, width, height, "#f4f4f0")
        step = 0.0
        while step < width + height:
            x1, y1 = x + min(step, width), y + max(0.0, step - width)
            x2, y2 = x + max(0.0, step - height), y + min(step, height)
            self.line(x1, y1, x2, y2, "#c9ccc8", 0.7)
            step += HATCH

    def text(  # noqa: PLR0913 -- a place, words and a hand
        self, x: float, y: float, words: str, *, anchor: str = "start", size: float = 8.5,
        colour: str = "", weight: str = "normal",
    ) -> None:  # fmt: skip
        """Write words."""
        self._shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="DejaVu Sans, Arial, sans-serif" '
            f'font-size="{size:g}" font-weight="{weight}" text-anchor="{anchor}" '
            f'fill="{colour or colours()["muted"]}">{escape(inert(words))}</text>'
        )

    def dot(self, x: float, y: float) -> None:
        """Draw a point."""
        self._shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="#1c1f24"/>')

    def arrow(self, x: float, y: float, dx: float, dy: float) -> None:
        """Draw the head of an open interval, pointing along (dx, dy)."""
        for side in (1, -1):
            self.line(
                x, y, x - 4 * dx + 2.5 * side * dy, y - 4 * dy + 2.5 * side * dx, "#1c1f24", 1.4
            )

    def svg(self) -> str:
        """Return the drawing."""
        shapes = "".join(self._shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}">{shapes}</svg>'
        )


def nice_step(span: float, number: int = 3) -> float:
    """Return a round step of which about so many fill a span."""
    if span <= 0:
        return 1.0
    rough = span / number
    size = 10.0 ** floor(log10(rough))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)


# the paired chart ---------------------------------------------------------------------------------


def paired(weeks: Sequence[Week], *, money: bool) -> Picture:
    """Return new tokens a week by outcome, over net time with its interval and coverage."""
    del money  # tokens are drawn, not what they cost
    canvas = Canvas(WIDTH, 300)
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(weeks))
    _legend(canvas, FATES + UNSEEN)
    canvas.text(0, 24, "New tokens a week, by what became of them", weight="bold", colour="#1c1f24")
    most = max([sum(week.tokens.values()) for week in weeks] + [1])
    _grid(canvas, 34, 150, 0, most, lambda value: tokens(round(value)))
    for i, week in enumerate(weeks):
        _stack(canvas, LEFT + i * slot + 0.15 * slot, 0.7 * slot, week, most)
    canvas.text(0, 172, "Net time a week, as told, with its 95 % interval", weight="bold",
                colour="#1c1f24")  # fmt: skip
    _net(canvas, weeks, slot)
    _coverage(canvas, weeks, slot)
    return Picture(
        "paired", "Burned and got, week by week", canvas.svg(), canvas.width, canvas.height,
        _paired_words(weeks), _paired_table(weeks),
    )  # fmt: skip


def _legend(canvas: Canvas, keys: Iterable[str]) -> None:
    x = 8.0
    for key in keys:
        if key == UNSEEN:
            canvas.hatch(x, 3, 8, 8)
        else:
            canvas.rect(x, 3, 8, 8, colours()[COLOURS[key]])
        canvas.text(x + 11, 10, WORDS[key])
        x += 26 + 5 * len(WORDS[key])


def _grid(  # noqa: PLR0913, PLR0917 -- a scale in a place
    canvas: Canvas, top: float, bottom: float, low: float, high: float, words: object
) -> None:
    step = nice_step(high - low, 4 if low < 0 else 3)
    value = step * floor(low / step)
    while value <= high:
        if value >= low:
            y = bottom - (value - low) / (high - low) * (bottom - top)
            canvas.line(LEFT, y, WIDTH - RIGHT, y, "#9aa0a6" if value == 0 else "#e3e5e7", 0.7)
            canvas.text(LEFT - 5, y + 3, words(value), anchor="end")  # type: ignore[operator]
        value += step


def _stack(canvas: Canvas, x: float, width: float, week: Week, most: float) -> None:
    y, room = 150.0, 116.0
    for key in FATES + UNSEEN:
        height = room * week.tokens.get(key, 0) / most
        if height <= 0:
            continue
        y -= height
        if key == UNSEEN:
            canvas.hatch(x, y, width, height)
        else:
            canvas.rect(x, y, width, height, colours()[COLOURS[key]])


def _net(canvas: Canvas, weeks: Sequence[Week], slot: float) -> None:
    shown = [w.net for w in weeks if w.net is not None and w.net.is_shown]
    limit = max([min(abs(e.low or 0), 1e6) for e in shown] + [HOUR])
    limit = max([limit, *(e.high or 0 for e in shown if not e.open_high)])
    top, bottom = 180.0, 258.0
    hours = limit / HOUR
    _grid(canvas, top, bottom, -hours, hours, lambda value: f"{value:+.0f} h" if value else "0")

    def place(value: float) -> float:
        return bottom - (min(limit, max(-limit, value)) + limit) / (2 * limit) * (bottom - top)

    for i, week in enumerate(weeks):
        x, told = LEFT + (i + 0.5) * slot, week.net
        if told is None:
            continue
        if told.low is None or told.high is None:
            canvas.text(x, place(0) - 3, _few(told.reason), anchor="middle", size=6)
            continue
        canvas.line(x, place(told.low), x, place(told.high), "#1c1f24", 1.4)
        if told.open_high or told.high > limit:
            canvas.arrow(x, top, 0, -1)
        if told.value is not None:
            canvas.dot(x, place(told.value))


def _few(reason: str) -> str:
    return reason.removeprefix("not enough yet: ") if reason.startswith("not enough") else "\u2013"


def _coverage(canvas: Canvas, weeks: Sequence[Week], slot: float) -> None:
    canvas.text(LEFT - 5, 273, "looked at", anchor="end")
    every = -(-len(weeks) // MOST_LABELS) or 1
    for i, week in enumerate(weeks):
        told, x = week.coverage, LEFT + i * slot + 0.15 * slot
        canvas.rect(x, 268, 0.7 * slot, 5, "#e3e5e7")
        if told.attention_min:
            part = told.answered_attention_min / told.attention_min
            canvas.rect(x, 268, 0.7 * slot * part, 5, colours()["accent"])
        if i % every == 0:
            canvas.text(x + 0.35 * slot, 285, week.key[5:], anchor="middle", size=7.5)


def _paired_words(weeks: Sequence[Week]) -> str:
    if not weeks:
        return "No weeks."
    new = sum(sum(week.tokens.values()) for week in weeks)
    seen = sum(week.coverage.answered for week in weeks)
    every = sum(week.coverage.sessions for week in weeks)
    told = sum(week.net is not None and week.net.is_shown for week in weeks)
    return (
        f"{len(weeks)} weeks, {weeks[0].key} to {weeks[-1].key}: {tokens(new)} new tokens; "
        f"{seen} of {every} sessions looked at; net time can be told of {told} weeks."
    )


def _paired_table(weeks: Sequence[Week]) -> Table:
    heads = ("Week", "New tokens", "Not looked at", "Looked at", "Net time, as told")
    rows = tuple(
        (
            week.key, tokens(sum(week.tokens.values())), tokens(week.tokens.get(UNSEEN, 0)),
            f"{week.coverage.answered} of {week.coverage.sessions}", _net_cell(week),
        )
        for week in weeks
    )  # fmt: skip
    return Table("Burned and got, week by week", heads, rows, numeric=(1, 2, 3, 4))


def _net_cell(week: Week) -> str:
    told = week.net
    if told is None:
        return "none drawn"
    if told.low is None or told.high is None:
        return told.reason
    high = (
        f"more than {told.high / HOUR:+.1f} h" if told.open_high else f"{told.high / HOUR:+.1f} h"
    )
    limits = f"{told.low / HOUR:+.1f} to {high}"
    return limits if told.value is None else f"{told.value / HOUR:+.1f} h ({limits})"


# where attention went, and differences ------------------------------------------------------------


def attention(shares: Sequence[tuple[str, tuple[tuple[str, float], ...]]]) -> Picture:
    """Return a bar a period of where attention went, by outcome; shares are 0 to 1."""
    height = 34 + 34 * len(shares)
    canvas = Canvas(WIDTH, height)
    _legend(canvas, FATES + UNSEEN)
    rows, said = [], []
    for i, (name, parts) in enumerate(shares):
        y = 28 + 34 * i
        canvas.text(0, y + 3, name, colour="#1c1f24")
        x = 0.0
        for key, share in parts:
            width = share * WIDTH
            if key == UNSEEN:
                canvas.hatch(x, y + 7, width, 13)
            else:
                canvas.rect(x, y + 7, width, 13, colours()[COLOURS[key]])
            if width > 30:  # noqa: PLR2004 -- room for the number
                ink = "#ffffff" if key in "ua" else "#1c1f24"
                canvas.text(
                    x + width / 2, y + 17, f"{100 * share:.0f} %", anchor="middle", colour=ink
                )
            x += width
        told = [f"{WORDS[key]} {100 * share:.0f} %" for key, share in parts]
        said.append(f"{name}: {', '.join(told)}.")
        rows += [(name, WORDS[key], f"{100 * share:.1f} %") for key, share in parts]
    table = Table("Where attention went", ("Period", "Outcome", "Share"), tuple(rows), numeric=(2,))
    return Picture(
        "attention", "Where attention went", canvas.svg(), WIDTH, height, " ".join(said), table
    )


def differences(comparison: Comparison) -> Picture:
    """Return the intervals of the differences, each kind on a scale of its own."""
    told = [
        row for row in comparison.rows
        if row.difference is not None and not row.difference.exact
    ]  # fmt: skip
    height = 20 + 24 * max(1, len(told))
    canvas = Canvas(WIDTH, height)
    middle, half = 330.0, 110.0
    ends = [
        abs(end) for row in told if row.unit == "share" and row.difference is not None
        for end in (row.difference.low, row.difference.high) if end is not None
    ]  # fmt: skip
    for i, row in enumerate(told):
        apart, y = row.difference, 22 + 24 * i
        canvas.text(0, y + 3, row.name, colour="#1c1f24")
        if apart is None or apart.low is None or apart.high is None or apart.value is None:
            canvas.text(middle, y + 3, apart.words if apart else "", anchor="middle")
            continue
        own = [abs(apart.low), abs(apart.high)]
        scale = half / max([*(ends if row.unit == "share" else own), 1e-9])
        canvas.line(middle, y - 8, middle, y + 8, "#9aa0a6", 0.7)
        canvas.line(middle + scale * apart.low, y, middle + scale * apart.high, y, "#1c1f24", 1.4)
        if apart.open_high:
            canvas.arrow(middle + scale * apart.high, y, 1, 0)
        canvas.dot(middle + scale * apart.value, y)
    rows = tuple((row.name, _apart(row.difference.words if row.difference else "")) for row in told)
    words = " ".join(f"{name}: {said}." for name, said in rows)
    table = Table("Differences", ("Measure", "Difference"), rows)
    return Picture("comparison", "Did it differ?", canvas.svg(), WIDTH, height, words, table)


def _apart(words: str) -> str:
    return words or "not told"
