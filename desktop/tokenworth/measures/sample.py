"""What was drawn, as numbers: weights, skips, and whether there is enough to say anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tokenworth.domain.estimate import How
from tokenworth.domain.frame import Asked, Frame
from tokenworth.measures.arrays import Floats, np

Skips = Literal["as answered", "came to nothing"]
ANSWERED_ENOUGH = 0.8
WEEK_HALVES = 2


@dataclass(frozen=True)
class Sample:
    """The half-weeks of a window that have a draw, and what was answered of them."""

    frames: tuple[Frame, ...]
    window: int  # half-weeks with sessions in the window
    factors: tuple[float, ...]  # g of each frame: what skipped ones make of the answered
    empty: tuple[str, ...] = ()  # half-weeks without a session: nothing is missing of them

    @cached_property
    def asked(self) -> list[Asked]:
        """Everyone asked by chance, not recalled and skipped ones too."""
        return [
            one
            for frame in self.frames
            for one in frame.asked
            if one.role != "take_all" and not one.outside
        ]

    @cached_property
    def outside(self) -> list[Asked]:
        """Drawn, but not of what is asked about: how many were could have been otherwise."""
        return [one for frame in self.frames for one in frame.asked if one.outside]

    @cached_property
    def answered(self) -> list[Asked]:
        """Every answer, take-all too."""
        return [one for frame in self.frames for one in frame.asked if one.answered]

    @cached_property
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
        """Whether all sessions of these half-weeks were asked: nobody stands for another."""
        return all(_is_complete(frame) for frame in self.frames)

    @property
    def chosen(self) -> How:
        """How the answers came."""
        if not self.answered:
            return "none"
        return "everything" if self.complete else "drawn"

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
        periods = {frame.period for frame in self.frames} | set(self.empty)
        several = len({period[:-1] for period in periods}) > 1
        return max(1.0, len(periods) / WEEK_HALVES) if several else 1.0

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
        return self._factor_of.get(one.period, 1.0) * one.weight

    @cached_property
    def _factor_of(self) -> dict[str, float]:
        return {f.period: g for f, g in zip(self.frames, self.factors, strict=True)}


def sample(frames: Sequence[Frame]) -> Sample:
    """Return the half-weeks with sessions whose draw was answered, if only in part."""
    held = [frame for frame in frames if frame.sessions]
    drawn = [frame for frame in held if frame.drawn_at is not None and _has_asked(frame)]
    empty = tuple(frame.period for frame in frames if not frame.sessions)
    return Sample(tuple(drawn), len(held), _factors(drawn), empty)


def _has_asked(frame: Frame) -> bool:
    """Return whether the draw has begun; what was picked before it stands for nobody."""
    return _is_complete(frame) or any(one.role != "take_all" for one in frame.asked)


def _is_complete(frame: Frame) -> bool:
    asked = [one for one in frame.asked if not one.outside]
    return frame.census or (len(asked) == frame.sessions and all(a.inclusion >= 1 for a in asked))


def _factors(frames: Sequence[Frame]) -> tuple[float, ...]:
    """Return g of each half-week: weighted attention of those asked over that of the answered.

    One in which nobody answered is told by its neighbours: they share one factor (spec v1, 4.6).
    """
    groups: list[list[Asked]] = []
    place: list[int] = []
    waiting = False
    for frame in frames:
        asked = [one for one in frame.asked if one.role != "take_all" and not one.outside]
        if waiting:
            groups[-1] += asked
        else:
            groups.append(asked)
        place.append(len(groups) - 1)
        waiting = bool(groups[-1]) and not any(one.answered for one in groups[-1])
    if waiting and len(groups) > 1:
        groups[-2] += groups[-1]
        place = [min(i, len(groups) - 2) for i in place]
    found = [_factor(group) for group in groups]
    return tuple(found[i] for i in place)


def _factor(asked: Sequence[Asked]) -> float:
    every = sum(one.weight * one.attention for one in asked)
    answered = sum(one.weight * one.attention for one in asked if one.answered)
    if answered > 0:
        return every / answered
    number = sum(one.weight for one in asked if one.answered)
    return sum(one.weight for one in asked) / number if number else 1.0


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
        g = factor if skips == "as answered" else 1.0
        z, om = [], []
        for one in frame.asked:
            if one.outside:
                z.append(0.0)
                om.append(1 - one.inclusion)
                continue
            if not one.answered and (skips == "as answered" or not one.drawn):
                continue
            told = value(one) if one.answered else 0.0
            if one.drawn:
                z.append(g * one.weight * told)
                om.append(1 - one.inclusion)
            else:
                fixed += told if one.role == "take_all" else g * told
        parts.append(np.array(z, dtype=float))
        chances.append(np.array(om, dtype=float))
    return Points(fixed, tuple(parts), tuple(chances))
