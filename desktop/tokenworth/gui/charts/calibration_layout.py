"""Where the six sections lie: in columns, each section its words, points and interval marks."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.trending import Calibration, Judgement
from tokenworth.gui.charts import calibration_words, estimates
from tokenworth.gui.theme import Theme

COLUMN_GAP_PX: Final = 40
SECTION_GAP_PX: Final = 26
THREE_FROM_PX: Final = 960
TWO_FROM_PX: Final = 600
ROW_GAP_PX: Final = 7
NAME_SHARE: Final = 0.4
TRACK_SHARE: Final = 0.25
DOTS_PX: Final = 156
DOTS_LEFT_PX: Final = 44
DOTS_FOOT_PX: Final = 38
FACTORS: Final = (2.0, 4.0, 10.0, 30.0, 100.0, 1000.0)
LEAST_MINUTES: Final = 0.5  # all below stands at the edge of a log axis
Tone = Literal["title", "text", "small"]


class Scale(msgspec.Struct, frozen=True):
    """From a number to its place on a track, 0 to 1."""

    kind: str
    low: float
    high: float

    def place(self, value: float) -> float:
        """Return where a value is, never outside."""
        if self.kind == "factor":
            value, low, high = (math.log(max(x, 1e-9)) for x in (value, self.low, self.high))
        else:
            low, high = self.low, self.high
        return min(1.0, max(0.0, (value - low) / (high - low)))


class Text(msgspec.Struct, frozen=True):
    """Some words in their place."""

    rect: QRectF
    text: str
    tone: Tone


class Row(msgspec.Struct, frozen=True):
    """One estimate: its name, its mark on a track, its value."""

    section: str
    rect: QRectF
    estimate: Estimate
    scale: Scale | None  # None: nothing may be drawn

    def track(self) -> QRectF:
        """Return where the mark is drawn."""
        wide = self.rect.width()
        left = self.rect.left() + wide * NAME_SHARE
        return QRectF(left, self.rect.top(), wide * TRACK_SHARE, self.rect.height())


class Axis(msgspec.Struct, frozen=True):
    """The ends of the tracks above it."""

    track: QRectF
    scale: Scale


class Dots(msgspec.Struct, frozen=True):
    """Pairs of minutes on log axes."""

    section: str
    rect: QRectF
    scale: Scale
    pairs: tuple[tuple[float, float, int], ...]  # x, y, how often

    def place(self, x: float, y: float) -> QPointF:
        """Return where a pair is."""
        across, up = (self.scale.place(max(value, self.scale.low)) for value in (x, y))
        return QPointF(
            self.rect.left() + across * self.rect.width(),
            self.rect.bottom() - up * self.rect.height(),
        )


class Section(msgspec.Struct, frozen=True):
    """One section's place."""

    name: str
    column: int
    rect: QRectF
    texts: tuple[Text, ...]
    rows: tuple[Row, ...]
    axes: tuple[Axis, ...]
    dots: tuple[Dots, ...]


def kind_of(estimate: Estimate) -> str:
    """Return on which scale an estimate is drawn."""
    if estimate.unit == "share":
        return "share"
    return "factor" if estimate.unit in {"fold", "actual / forecast"} else "number"


def scale_of(kind: str, found: Sequence[Estimate]) -> Scale:
    """Return a scale that holds all of them: shares 0 to 1, factors about 1."""
    ends = [end for one in found for end in (one.low, one.high, one.value) if end is not None]
    if kind == "share":
        return Scale(kind, 0.0, 1.0)
    if kind == "factor":
        far = max([1.0, *(max(end, 1 / max(end, 1e-9)) for end in ends)])
        widest = next((factor for factor in FACTORS if factor >= far), far)
        lowest = 1 / widest if min(ends, default=1.0) < 1 else 1.0
        return Scale(kind, lowest, widest)
    low = -1.0 if min(ends, default=0.0) < 0 else 0.0
    return Scale(kind, min([low, *ends]), max([1.0, *(math.ceil(2 * end) / 2 for end in ends)]))


class Builder:
    """Puts the sections into columns, each into the shortest so far."""

    def __init__(self, theme: Theme, wide: float) -> None:
        self._metrics = {
            "title": QFontMetricsF(theme.font("text", strong=True)),
            "text": QFontMetricsF(theme.font("text")),
            "small": QFontMetricsF(theme.font("small")),
        }
        columns = 3 if wide >= THREE_FROM_PX else 2 if wide >= TWO_FROM_PX else 1
        self._wide = (wide - COLUMN_GAP_PX * (columns - 1)) / columns
        self._heights = [0.0] * columns
        self._top = self._left = 0.0
        self._texts: list[Text] = []
        self._rows: list[Row] = []
        self._axes: list[Axis] = []
        self._dots: list[Dots] = []

    def build(self, calibration: Calibration) -> list[Section]:
        """Return the sections in order, from the corner 0, 0 on."""
        names = calibration_words.SECTIONS
        return [self._section(name, calibration_words.section(calibration, name)) for name in names]

    def _section(self, name: str, judgement: Judgement) -> Section:
        column = min(range(len(self._heights)), key=lambda at: self._heights[at])
        head = self._heights[column]
        self._left, self._top = column * (self._wide + COLUMN_GAP_PX), head
        self._texts, self._rows, self._axes, self._dots = [], [], [], []
        self._add_text(judgement.title, "title", 5)
        for text in calibration_words.brief_words(judgement):
            self._add_text(text, "text", 3)
        if any(one.is_shown for one in judgement.estimates):
            self._top += ROW_GAP_PX
            if name in calibration_words.DOTTED and judgement.points:
                self._add_dots(name, judgement.points)
            self._add_estimates(name, judgement.estimates)
        rect = QRectF(self._left, head, self._wide, self._top - head)
        self._heights[column] = self._top + SECTION_GAP_PX
        return Section(
            name,
            column,
            rect,
            tuple(self._texts),
            tuple(self._rows),
            tuple(self._axes),
            tuple(self._dots),
        )

    def _add_text(self, text: str, tone: Tone, below: float, room: QRectF | None = None) -> None:
        text = text.replace(" %", "\N{NO-BREAK SPACE}%")
        place = room or QRectF(self._left, self._top, self._wide, 100_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        high = self._metrics[tone].boundingRect(place, flags, text).height()
        self._texts.append(Text(QRectF(place.left(), place.top(), place.width(), high), text, tone))
        if room is None:
            self._top += high + below

    def _add_dots(self, name: str, points: Sequence[tuple[float, float]]) -> None:
        side = min(float(DOTS_PX), self._wide / 2)
        rect = QRectF(self._left + DOTS_LEFT_PX, self._top + 4, side, side)
        most = max(max(pair) for pair in points)
        least = min(min(pair) for pair in points)
        low = 1.0 if least >= 1 else LEAST_MINUTES
        scale = Scale("factor", low, max(60.0, most * 1.3))
        pairs = tuple((x, y, number) for (x, y), number in sorted(Counter(points).items()))
        self._dots.append(Dots(name, rect, scale, pairs))
        beside = QRectF(rect.right() + 14, rect.top(), 0, side + DOTS_FOOT_PX)
        beside.setRight(self._left + self._wide)
        told = calibration_words.dots_words(name, len(points))
        self._add_text(told, "small", 0, beside)
        self._top = rect.bottom() + DOTS_FOOT_PX + ROW_GAP_PX

    def _add_estimates(self, name: str, found: Sequence[Estimate]) -> None:
        """Add rows, those that rest on the same together, with what they rest on below them."""
        rests: dict[str, list[Estimate]] = {}
        for one in found:
            if one.is_shown:
                rests.setdefault(estimates.caption_words(one), []).append(one)
        for caption, group in rests.items():
            for kind in dict.fromkeys(kind_of(one) for one in group):
                same = [one for one in group if kind_of(one) == kind]
                scale = scale_of(kind, same)
                for one in same:
                    self._add_row(name, one, scale)
                self._add_axis(scale)
            self._add_text(f"{caption}.", "small", ROW_GAP_PX)
        for one in found:
            if not one.is_shown:
                self._add_row(name, one, None)

    def _add_row(self, name: str, estimate: Estimate, scale: Scale | None) -> None:
        high = self._metrics["small"].height() + ROW_GAP_PX
        row = Row(name, QRectF(self._left, self._top, self._wide, high), estimate, scale)
        self._rows.append(row)
        self._top += high

    def _add_axis(self, scale: Scale) -> None:
        high = self._metrics["small"].height()
        self._axes.append(Axis(self._rows[-1].track().translated(0, self._rows[-1].rect.height()),
                               scale))  # fmt: skip
        self._top += high + 2
