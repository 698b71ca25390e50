"""The marks charts of an export are made of: text, lines, bars, hatches, scales; plain SVG."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import escape
from math import ceil, floor, hypot, isfinite, log10
from typing import Final

from tokenworth.reports.inert import inert
from tokenworth.reports.text import NAMES
from tokenworth.shipped import shipped

FATES: Final = ("u", "p", "k", "d", "a")
UNSEEN: Final = "-"
ESTIMATED: Final = "~"
COLOURS: Final = {
    "u": "used", "p": "part", "k": "kept", "d": "discarded", "a": "abandoned", UNSEEN: "unseen",
}  # fmt: skip
"""What the light theme calls the colour of an outcome."""
WORDS: Final = {**NAMES, UNSEEN: "not looked at", ESTIMATED: "estimated, kept apart"}
SMALL: Final = 7.5
TEXT: Final = 8.5
HATCH: Final = 4.0
BEYOND: Final = 1e15
DASHED_FROM: Final = 4.0
PATTERNS: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "u": (), "p": ((1, -1),), "k": ((1, 0),), "d": ((0, 1),), "a": ((1, 1), (1, -1)),
    UNSEEN: ((1, -1),),
}  # fmt: skip
"""Directions of the lines over an outcome's colour, so that it is told without colour too."""
WIDE: Final = frozenset("mwMWGOQ%—≈")
NARROW: Final = frozenset("iljtfrI.,:;'|()[] -/!")
MINUTES_AN_HOUR: Final = 60
MINUTE_STEPS: Final = (1, 2, 5, 10, 30, 60, 120, 180, 360, 720, 1440)
UNITS: Final = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
Point = tuple[float, float]


@cache
def colours() -> dict[str, str]:
    """Return the light theme's colours by name: paper is white, whatever the screen is."""
    found: dict[str, str] = json.loads(shipped("themes/light.json").read_text("utf-8"))
    return {name: value for name, value in found.items() if isinstance(value, str)}


def known(value: float | None) -> float | None:
    """Return a number that can be drawn; None for what is unknown, endless or beyond all sense."""
    return value if value is not None and isfinite(value) and abs(value) < BEYOND else None


def number(value: float) -> str:
    """Return a place in points in a tenth: "12.5", "12", never "-0"."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def text_width(text: str, size: float = TEXT) -> float:
    """Return how wide a text may be at most, in points, in the usual sans serif letters."""
    parts = (0.95 if c in WIDE or ord(c) > 0x2E80 else 0.40 if c in NARROW else 0.64 for c in text)  # noqa: PLR2004 -- from there on letters fill a square
    return size * sum(parts)


def wrapped(text: str, width: float, size: float = TEXT) -> list[str]:
    """Return the lines of a text that is to be so wide; a longer word is cut with an ellipsis."""
    lines: list[str] = []
    for word in inert(text).split():
        part = shortened(word, width, size)
        if lines and text_width(f"{lines[-1]} {part}", size) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def shortened(text: str, width: float, size: float = TEXT) -> str:
    """Return a text that is no wider than so many points."""
    plain = inert(text)
    if text_width(plain, size) <= width:
        return plain
    room, end = width - text_width("…", size), 0
    while end < len(plain) and (room := room - text_width(plain[end], size)) >= 0:
        end += 1
    return f"{plain[:end].rstrip()}…"


class Canvas:
    """Collects the shapes of one drawing, in points from its upper left corner."""

    def __init__(self, width: int, title: str) -> None:
        self.width = width
        self._title = title
        self._shapes: list[str] = []

    def line(self, start: Point, end: Point, colour: str, width: float = 1) -> None:
        """Draw a straight line in a colour of the theme."""
        (x1, y1), (x2, y2) = start, end
        self._shapes.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
            f'stroke="{colours()[colour]}" stroke-width="{width:g}"/>'
        )

    def rect(self, at: Point, width: float, height: float, colour: str) -> None:
        """Fill a rectangle with a colour of the theme."""
        self._shapes.append(
            f'<rect x="{number(at[0])}" y="{number(at[1])}" width="{number(max(0.0, width))}" '
            f'height="{number(max(0.0, height))}" fill="{colours()[colour]}"/>'
        )

    def frame(self, at: Point, width: float, height: float) -> None:
        """Draw an outline: an amount that is only estimated."""
        dashed = ' stroke-dasharray="2 1.5"' if width >= DASHED_FROM else ""
        pen = 0.8 if width >= DASHED_FROM else 0.4
        self._shapes.append(
            f'<rect x="{number(at[0] + pen / 2)}" y="{number(at[1] + pen / 2)}" '
            f'width="{number(max(0.0, width - pen))}" height="{number(max(0.0, height - pen))}" '
            f'fill="none" stroke="{colours()["muted"]}" stroke-width="{pen}"{dashed}/>'
        )

    def path(self, lines: Iterable[tuple[Point, Point]], colour: str, width: float) -> None:
        """Draw many straight lines as one shape."""
        told = "".join(
            f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" for (x1, y1), (x2, y2) in lines
        )
        if told:
            self._shapes.append(
                f'<path d="{told}" fill="none" stroke="{colours()[colour]}" '
                f'stroke-width="{width:g}"/>'
            )

    def fate(self, key: str, at: Point, width: float, height: float, *, lined: bool) -> None:
        """Fill a rectangle with an outcome's mark; ``lined`` draws its pattern over the colour."""
        if key == ESTIMATED:
            self.frame(at, width, height)
            return
        unseen = key == UNSEEN
        self.plain(key, at, width, height)
        for direction in PATTERNS.get(key, ()) if lined or unseen else ():
            strokes = hatch(at, width, height, direction)
            self.path(strokes, "unseen" if unseen else "surface", 0.8 if unseen else 0.6)

    def plain(self, key: str, at: Point, width: float, height: float) -> None:
        """Fill a rectangle with an outcome's colour alone: the ground of a number."""
        self.rect(at, width, height, "soft" if key == UNSEEN else COLOURS.get(key, "muted"))

    def text(  # noqa: PLR0913 -- a place, words and a hand
        self, at: Point, words: str, *, anchor: str = "start", size: float = TEXT,
        colour: str = "muted", bold: bool = False, on_end: bool = False,
    ) -> None:  # fmt: skip
        """Write words as text: from their start, around their middle or up to their end."""
        x, y = number(at[0]), number(at[1])
        turned = f' transform="rotate(-90 {x} {y})"' if on_end else ""
        weight = ' font-weight="bold"' if bold else ""
        self._shapes.append(
            f'<text x="{x}" y="{y}" font-family="sans-serif" font-size="{size:g}"{weight} '
            f'text-anchor="{anchor}" fill="{colours()[colour]}"{turned}>{escape(inert(words))}'
            "</text>"
        )

    def dot(self, at: Point, radius: float = 2.4) -> None:
        """Draw a point estimate."""
        x, y, r = (number(part) for part in (at[0] - radius, at[1], radius))
        across = number(2 * radius)
        self._shapes.append(
            f'<path d="M{x} {y}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z" '
            f'fill="{colours()["text"]}"/>'
        )

    def arrow(self, at: Point, along: Point, size: float = 3.5) -> None:
        """Draw the head of an open interval; ``along`` points where it goes on, one unit long."""
        (x, y), (dx, dy) = at, along
        ends = [
            (x - size * dx + side * size * 0.7 * dy, y - size * dy + side * size * 0.7 * dx)
            for side in (1, -1)
        ]
        self.path([(end, at) for end in ends], "text", 1.4)

    def legend(self, at: Point, keys: Iterable[str], *, lined: bool) -> None:
        """Write what the marks stand for, in one row."""
        x, y = at
        for key in keys:
            self.fate(key, (x, y - 7), 9, 8, lined=lined)
            self.text((x + 12, y), WORDS[key], size=SMALL)
            x += 22 + text_width(WORDS[key], SMALL)

    def svg(self, height: int) -> str:
        """Return the drawing."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{height}" '
            f'viewBox="0 0 {self.width} {height}"><title>{escape(inert(self._title))}</title>'
            f"{''.join(self._shapes)}</svg>"
        )


def hatch(at: Point, width: float, height: float, along: Point) -> list[tuple[Point, Point]]:
    """Return parallel lines that end at a rectangle's edges: paper knows no clipping or pattern."""
    if width <= 0 or height <= 0:
        return []
    (left, top), (dx, dy) = at, along
    right, foot = left + width, top + height
    if not dy:
        return [((left, y), (right, y)) for y in _every(top, foot, HATCH)]
    if not dx:
        return [((x, top), (x, foot)) for x in _every(left, right, HATCH)]
    slope, found = dy / dx, []
    crossings = [y - slope * x for x in (left, right) for y in (top, foot)]
    for cut in _every(min(crossings), max(crossings), HATCH * hypot(1, slope)):
        ends = sorted((x, slope * x + cut) for x in (
            max(left, min(right, (top - cut) / slope)), max(left, min(right, (foot - cut) / slope))
        ))  # fmt: skip
        found.append((ends[0], ends[1]))
    return found


def _every(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a step between two numbers, so that lines of neighbours meet."""
    return [i * step for i in range(ceil(low / step + 0.01), floor(high / step - 0.01) + 1)]


# scales -------------------------------------------------------------------------------------------


def scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Return where a value stands between two places; what is beyond stands at the edge."""
    span = high - low or 1.0

    def place(value: float) -> float:
        part = (value - low) / span
        return start + max(0.0, min(1.0, part)) * (end - start)

    return place


def round_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that fits in a span at most so often."""
    rough = max(span, 1e-12) / max(1, most)
    ten = 10.0 ** floor(log10(rough))
    return next(ten * factor for factor in (1, 2, 5, 10) if ten * factor >= rough * (1 - 1e-9))


def count_ticks(top: float, most: int = 4) -> list[tuple[float, str]]:
    """Return whole counts from 0 up to ``top`` with their words, all in one unit."""
    step = max(1.0, round_step(top, most))
    values = [i * step for i in range(floor(top / step + 1e-9) + 1)]
    size, unit = next(((s, u) for s, u in UNITS if values[-1] >= s), (1.0, ""))
    return [(v, f"{v / size:.10g} {unit}".strip() if v else "0") for v in values]


def minute_ticks(low: float, high: float, most: int = 4) -> list[tuple[float, str]]:
    """Return round minutes or hours between two numbers with their words, 0 among them."""
    rough = (high - low) / most
    step: float = next((s for s in MINUTE_STEPS if s >= rough), 0)
    step = step or 1440 * round_step(rough / 1440, 1)
    if step > max(high, -low):  # else there would be no tick but 0
        step = max((s for s in MINUTE_STEPS if s <= max(high, -low)), default=1)
    numbers = range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)
    return [(i * step, clock(i * step)) for i in numbers]


def clock(minutes: float) -> str:
    """Return signed minutes: "+95 min", "−5.3 h", "0"."""
    if abs(minutes) < 0.5:  # noqa: PLR2004 -- rounds to none
        return "0"
    sign, size = "−" if minutes < 0 else "+", abs(minutes)
    if round(size) < 2 * MINUTES_AN_HOUR and round(size) % MINUTES_AN_HOUR:
        return f"{sign}{size:.0f} min"
    hours = f"{size / MINUTES_AN_HOUR:,.{0 if size >= 10 * MINUTES_AN_HOUR else 1}f}"
    return f"{sign}{hours.removesuffix('.0')} h"


def percent(share: float) -> str:
    """Return a share of 1 in whole percent; never 0 or 100 for what is not all or nothing."""
    whole = round(100 * share)
    if whole <= 0 < share:
        return "under 1 %"
    return "over 99 %" if whole == 100 and share < 1 else f"{whole} %"  # noqa: PLR2004 -- all of it


def runs(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the stretches of equal words: first place, last place, words; not the empty ones."""
    found: list[tuple[int, int, str]] = []
    for i, text in enumerate(words):
        if found and found[-1][1:] == (i - 1, text):
            found[-1] = (found[-1][0], i, text)
        elif text:
            found.append((i, i, text))
    return found
