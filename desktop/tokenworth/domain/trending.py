"""What the charts of Trends show, but for the paired chart's weeks (views.Trend)."""

from typing import Literal

import msgspec

from tokenworth.domain.estimate import Estimate


class RelationPoint(msgspec.Struct, frozen=True):
    """One week: its tokens and the net time told, with its bar."""

    week: str
    new_tokens: int
    attention: float  # minutes
    net: Estimate  # M5 of that week


class Relation(msgspec.Struct, frozen=True):
    """M11, tokens against value. Only weeks whose net time may be shown are among the points."""

    points: tuple[RelationPoint, ...]
    partial: Estimate  # first
    raw: Estimate
    words: str
    notes: tuple[str, ...]


class Link(msgspec.Struct, frozen=True):
    """A band of the flow: from a node of one stage to a node of the next."""

    stage: int  # 0 token class -> tool or model, 1 -> purpose, 2 -> fate
    start: str  # key of the node
    end: str
    value: float  # tokens or USD
    looked_at: bool
    low: float | None = None  # share of the whole, estimated view only
    high: float | None = None


class Flow(msgspec.Struct, frozen=True):
    """M4, where tokens or money went: token class -> model -> purpose -> fate."""

    view: Literal["looked_at", "estimated"]
    unit: Literal["tokens", "USD"]
    total: float  # exact
    unseen: float  # of it, not looked at
    links: tuple[Link, ...]
    names: dict[str, str]  # of nodes, by key
    shares: tuple[Estimate, ...]  # the estimated view's, by purpose and fate
    coverage_words: str
    reason: str  # why the estimated view is not shown; "" it is


class MixWeek(msgspec.Struct, frozen=True):
    """Attention of one week by purpose and fate of what was looked at; the rest is unseen."""

    week: str
    minutes: dict[str, dict[str, float]]  # by purpose, then fate
    unseen: float
    shares: tuple[Estimate, ...]  # M3's headline rows


class Day(msgspec.Struct, frozen=True):
    """One cell of the calendar."""

    day: str  # ISO
    attention: float | None  # minutes; None: nothing is known of the day
    looked_at: float | None  # share of that attention that was looked at; None without attention
    in_use: float | None  # of what was looked at
    sessions: int
    new_tokens: int | None


class Judgement(msgspec.Struct, frozen=True):
    """M12, M14, M15, M16, M17, M20: one measure, in numbers and words."""

    title: str
    estimates: tuple[Estimate, ...]
    words: tuple[str, ...]
    points: tuple[tuple[float, float], ...] = ()
    """Pairs for a small chart: (forecast, actual) minutes, or (first, second) answers."""


class Calibration(msgspec.Struct, frozen=True):
    """How forecasts and repeated answers held."""

    forecasts: Judgement
    reliability: Judgement
    durability: Judgement
    exploration: Judgement
    skill: Judgement
    others: Judgement
