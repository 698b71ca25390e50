"""Periods side by side: what Weeks shows and `compare` prints."""

from typing import Literal

import msgspec

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.views import Coverage, Usage

Group = Literal["How sure", "Got", "Burned", "How"]


class Span(msgspec.Struct, frozen=True):
    """A stretch of days in the person's zone."""

    key: str  # "2026-W09", "2026-W09a", "2026-02", "2026-02-20..2026-03-05"
    name: str  # "Week 9", "Mon–Wed of week 9", "February 2026", …
    first_day: str  # ISO, included
    last_day: str  # ISO, included
    whole: bool  # False: still going on, or cut to an equally elapsed part


class Cell(msgspec.Struct, frozen=True):
    """One measure of one span: an estimate, an exact number, or words why there is none."""

    estimate: Estimate | None = None
    exact: float | None = None  # in the row's unit
    low: float | None = None  # of an exact number read in several ways (attention)
    high: float | None = None
    words: str = ""  # beside the number ("+ 3 % unpriced"), or in its place
    parts: tuple[tuple[str, float], ...] = ()
    """Shares by fate, for the bar of where attention went; "-" not looked at."""


class Difference(msgspec.Struct, frozen=True):
    """The last span against the first."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    exact: bool = False  # a difference of exact numbers
    open_high: bool = False
    outside_zero: bool = False
    words: str = ""  # "no difference we could see; smaller than about …", "not comparable: …"


class Row(msgspec.Struct, frozen=True):
    """One measure across the spans."""

    group: Group
    key: str  # "in_use", stable, in --json
    name: str
    more: str  # in grey behind the name
    unit: str  # "share", "min", "min per attention h", "tokens", "USD", "sessions"
    cells: tuple[Cell, ...]
    difference: Difference | None = None  # None: not a thing to be subtracted


class Steady(msgspec.Struct, frozen=True):
    """XmR over ten or more weeks: has anything changed? None where there are too few."""

    name: str  # "Net time, as told"
    unit: str
    keys: tuple[str, ...]  # weeks with a value
    values: tuple[float, ...]
    mean: float | None
    lower: float | None
    upper: float | None
    outside: tuple[int, ...]  # places outside the limits
    runs: tuple[int, ...]  # places that end a run of 8 on one side
    words: str


class Comparison(msgspec.Struct, frozen=True):
    """Two to four spans side by side."""

    spans: tuple[Span, ...]
    coverage: tuple[Coverage, ...]
    coverage_words: tuple[str, ...]
    usage: tuple[Usage, ...]
    sentence: str  # on top; "**" around what is set bold
    rows: tuple[Row, ...]
    comparisons: int  # m
    adjusted: str  # "adjusted for 6 comparisons"
    steady: tuple[Steady, ...]
    notes: tuple[str, ...]
