"""What was drawn, as numbers: weights, skips, and whether there is enough to say anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tokenworth.domain.estimate import How
from tokenworth.domain.frame import Asked, Frame

Floats = NDArray[np.float64]
Skips = Literal["as answered", "came to nothing"]
ANSWERED_ENOUGH = 0.8
WEEK_HALVES = 2


@dataclass(frozen=True)
class Sample:
    """The half-weeks of a window that have a draw, and what was answered of them."""

    frames: tuple[Frame, ...]
    window: int  # half-weeks with sessions in the window
    factors: tuple[float, ...]  # g of each frame: what skipped ones make of the answered

    @property
    def asked(self) -> list[Asked]:
        """Everyone asked by chance, not recalled and skipped ones too."""
        return [one for frame in self.frames for one in frame.asked if one.role != "take_all"]

    @property
    def answered(self) -> list[Asked]:
        """Every answer, take-all too."""
        return [one for frame in self.frames for one in frame.asked if one.answered]

    @property
    def drawn_answers(self) -> int:
        """Answers of those whom chance chose, certainty among them."""
        return sum(one.answered for one in self.asked)

    @property
    def skipped(self) -> int:
        """Asked, and not answered."""
        return len(self.asked) - self.drawn_answers

    @property
    def rate(self) -> float:
        """Share of those asked that were answered; 1 where nobody was asked."""
        return self.drawn_answers / len(self.asked) if self.asked else 1.0

    @property
    def complete(self) -> bool:
        """Whether every session of these half-weeks was asked about and answered."""
        return all(len([a for a in f.asked if a.answered]) == f.sessions for f in self.frames)

    @property
    def all_asked(self) -> bool:
        """Whether there is nobody that others stand for."""
        return all(len(f.asked) == f.sessions for f in self.frames)

    @property
    def chosen(self) -> How:
        """How the answers came."""
        if not self.answered:
            return "none"
        return "everything" if self.all_asked else "drawn"

    @property
    def attention(self) -> float:
        """Attention minutes of these half-weeks, mid."""
        return sum(frame.attention for frame in self.frames)

    @property
    def sessions(self) -> int:
        """Sessions of these half-weeks."""
        return sum(frame.sessions for frame in self.frames)

    @property
    def weeks(self) -> float:
        """How many weeks these half-weeks are; a lone half counts as the whole it is shown as."""
        weeks = {frame.period[:-1] for frame in self.frames}
        return max(1.0, len(self.frames) / WEEK_HALVES) if len(weeks) > 1 else 1.0

    def denominator(self) -> str:
        """Return what estimates are of, in words."""
        words = f"{self.attention:.0f} attention minutes of {self.sessions} sessions"
        if len(self.frames) < self.window:
            words += f", in the {len(self.frames)} of {self.window} half-weeks with a draw"
        return words

    def missing(self, n: int, minimum: int) -> str:
        """Return why there is no estimate from n answers; "" where there may be one."""
        if self.window and not self.frames:
            return f"not enough yet: 0 of {minimum}"
        if len(self.frames) < self.window <= WEEK_HALVES:
            return f"only {len(self.frames)} of {self.window} half-weeks were drawn"
        if n < minimum and not self.complete:
            return f"not enough yet: {n} of {minimum}"
        return "" if self.answered else f"not enough yet: 0 of {minimum}"

    def weight(self, one: Asked) -> float:
        """Return how many sessions an answer stands for, those skipped among them."""
        if one.role == "take_all":
            return 1.0
        for frame, factor in zip(self.frames, self.factors, strict=True):
            if frame.period == one.period:
                return factor * one.weight
        return one.weight


def sample(frames: Sequence[Frame]) -> Sample:
    """Return the half-weeks with sessions whose draw was answered, if only in part."""
    held = [frame for frame in frames if frame.sessions]
    drawn = [frame for frame in held if frame.drawn_at is not None and frame.asked]
    return Sample(tuple(drawn), len(held), tuple(_factor(frame) for frame in drawn))


def _factor(frame: Frame) -> float:
    """Return g: weighted attention of those asked over that of those answered (spec v1, 4.6)."""
    asked = [one for one in frame.asked if one.role != "take_all"]
    every = sum(one.weight * one.attention for one in asked)
    answered = sum(one.weight * one.attention for one in asked if one.answered)
    if answered > 0:
        return every / answered
    number = sum(one.answered for one in asked)
    return len(asked) / number if number else 1.0


@dataclass(frozen=True)
class Points:
    """Weighted values: a fixed part nobody else stands behind, and the drawn ones by period."""

    fixed: float
    z: tuple[Floats, ...]  # y / lambda of the drawn, by half-week
    om: tuple[Floats, ...]  # 1 - lambda of the same

    @property
    def m(self) -> int:
        """How many were drawn with a chance under 1."""
        return sum(len(part) for part in self.z)

    @property
    def total(self) -> float:
        """The estimated total."""
        return self.fixed + float(sum(part.sum() for part in self.z))


def points(held: Sample, value: Callable[[Asked], float], skips: Skips = "as answered") -> Points:
    """Return the weighted values of all answers, under one reading of those skipped.

    As answered: they are like the others (each weight times g). Came to nothing: their value is 0.
    """
    fixed, parts, chances = 0.0, [], []
    for frame, factor in zip(held.frames, held.factors, strict=True):
        z, om = [], []
        g = factor if skips == "as answered" else 1.0
        for one in frame.asked:
            if one.role == "take_all":
                fixed += value(one) if one.answered else 0.0
            elif one.drawn:
                if one.answered or skips == "came to nothing":
                    z.append(g * one.weight * (value(one) if one.answered else 0.0))
                    om.append(1 - one.inclusion)
            elif one.answered:
                fixed += g * value(one)
        parts.append(np.array(z, dtype=float))
        chances.append(np.array(om, dtype=float))
    return Points(fixed, tuple(parts), tuple(chances))
