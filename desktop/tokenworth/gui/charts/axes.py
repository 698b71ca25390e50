"""Where ticks and labels stand: round numbers, thinned week names, runs of equal words."""

import math
from collections.abc import Sequence
from typing import Final

import msgspec

from tokenworth.gui import words

STEPS: Final = (1.0, 2.0, 5.0, 10.0)
UNITS: Final = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
A_DAY: Final = 1440.0
TIME_STEPS: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 180.0, 360.0, 720.0, A_DAY)
LABEL_STEPS: Final = (1, 2, 4, 13, 26, 52)


class Tick(msgspec.Struct, frozen=True):
    """One labelled value of an axis."""

    value: float
    text: str


class Run(msgspec.Struct, frozen=True):
    """Neighbouring weeks of which the same words are true."""

    first: int
    last: int
    text: str


def step_for(top: float, most: int) -> float:
    """Return the round step that needs at most ``most`` steps from 0 to ``top``."""
    rough = top / max(1, most)
    ten = 10.0 ** math.floor(math.log10(rough))
    return next((step * ten for step in STEPS if step * ten >= rough * (1 - 1e-9)), 10 * ten)


def count_ticks(top: float, most: int) -> list[Tick]:
    """Return ticks from 0 up to ``top`` in whole counts, with one unit for all (k, M, G, T)."""
    if top <= 0:
        return [Tick(0, "0")]
    step = max(1.0, step_for(top, most))
    while 1 < top < step:  # a round step above everything would leave no tick but 0
        most += 1
        step = max(1.0, step_for(top, most))
    scale, unit = next(((s, u) for s, u in UNITS if step * (top // step) >= s), (1.0, ""))
    ticks = [Tick(0, "0")]
    for number in range(1, math.floor(top / step * (1 + 1e-9)) + 1):
        value = number * step
        shown = f"{value / scale:.10g}"
        ticks.append(Tick(value, f"{shown} {unit}" if unit else shown))
    return ticks


def time_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return ticks of minutes, 0 among them, in round hours or minutes: "+6 h", "−6 h"."""
    rough = max(high - low, 1e-9) / max(1, most)
    step = next((step for step in TIME_STEPS if step >= rough), 0.0)
    if not step:
        step = A_DAY * step_for(rough / A_DAY, 1)
    if step > max(high, -low):  # a round step beyond everything would leave no tick but 0
        step = max((one for one in TIME_STEPS if one <= max(high, -low)), default=TIME_STEPS[0])
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [Tick(number * step, time_text(number * step)) for number in range(first, last + 1)]


def time_text(minutes: float) -> str:
    """Return round minutes with their sign: "+6 h", "+30 min", "0"."""
    if not minutes:
        return "0"
    if minutes % words.MINUTES_AN_HOUR:
        text = words.signed(f"{minutes:+,.10g}")
        return words.translate("Trends", "{minutes} min").format(minutes=text)
    text = words.signed(f"{minutes / words.MINUTES_AN_HOUR:+,.10g}")
    return words.translate("Trends", "{hours} h").format(hours=text)


def share_ticks() -> list[Tick]:
    """Return the ticks of a share, 0 to 100 %."""
    return [Tick(part / 100, f"{part} %" if part else "0") for part in (0, 25, 50, 75, 100)]


def label_step(slot_px: float, label_px: float) -> int:
    """Return of how many weeks one gets its name, so that names do not touch."""
    need = (label_px + 8) / max(slot_px, 1e-6)
    return next((step for step in LABEL_STEPS if step >= need), 52 * math.ceil(need / 52))


def runs(words: Sequence[str]) -> list[Run]:
    """Return the stretches of equal words, leaving out the empty ones."""
    found: list[Run] = []
    for index, text in enumerate(words):
        if not text:
            continue
        last = found[-1] if found else None
        if last is not None and last.text == text and last.last == index - 1:
            found[-1] = Run(last.first, index, text)
        else:
            found.append(Run(index, index, text))
    return found


def moved_view(
    before: Sequence[str], after: Sequence[str], view: tuple[float, float]
) -> tuple[float, float] | None:
    """Return the range of places that shows the same weeks in another series, if it has them."""
    places = {key: place for place, key in enumerate(after)}
    left, right = view
    for place, key in enumerate(before):
        if place >= left and key in places:
            moved = places[key] - place
            return left + moved, right + moved
    return None
