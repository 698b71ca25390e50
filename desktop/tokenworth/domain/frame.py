"""Half-weeks as the measures see them: exact totals, and the sessions that were asked about."""

from typing import Literal

import msgspec

from tokenworth.domain.tag import Tag

Role = Literal["take_all", "certainty", "drawn", "census"]
"""How a session came to be asked: tagged or swept before the draw; sure to be drawn; drawn by
chance; or all of its period were asked."""


class Asked(msgspec.Struct, frozen=True):
    """One session that was asked about, with the first answer; sizes as frozen with the frame."""

    uid: str
    period: str  # "2026-W07a"
    role: Role
    inclusion: float  # chance to be asked at the number asked so far; 1 but for those drawn
    attention_low: float  # minutes
    attention: float  # minutes, mid
    attention_high: float  # minutes
    cost_usd: float | None
    new_tokens: int | None
    tag: Tag  # the first answer; its status may say skipped or cannot_recall
    changed: Tag | None = None  # what it was changed to once all was shown
    source: str = ""  # kind of tool
    project: str = ""
    model: str = ""  # the one of most new tokens
    token_classes: tuple[int, int, int] | None = None  # fresh input, cache write, output
    declared_explore: bool | None = None
    outside: bool = False  # drawn, but not of the sources or projects that are asked for

    @property
    def answered(self) -> bool:
        """Whether the person said what became of it."""
        return self.tag.status == "answered" and self.tag.fate is not None and not self.outside

    @property
    def drawn(self) -> bool:
        """Whether chance decided that it was asked: it stands for others."""
        return self.role == "drawn" and self.inclusion < 1

    @property
    def weight(self) -> float:
        """How many sessions it stands for."""
        return 1 / self.inclusion


class Frame(msgspec.Struct, frozen=True):
    """All sessions of one half-week known when it was frozen: exact totals, and who was asked."""

    period: str
    sessions: int
    attention_low: float  # minutes
    attention: float
    attention_high: float
    cost_usd: float | None
    new_tokens: int
    asked: tuple[Asked, ...]  # take-all first, then in the order of the queue
    census: bool = False  # all were asked: no sampling interval
    drawn_at: int | None = None  # None: nothing was drawn
    planned: int = 0  # n
    left: int = 0  # still in the queue, hidden
    late: int = 0
    swept: int = 0
    volunteered: int = 0  # tagged after the draw: counted, never used


class SecondLook(msgspec.Struct, frozen=True):
    """Two answers to the same session, the later one given blind."""

    uid: str
    kind: Literal["second_7", "second_28"]
    first: Tag
    second: Tag
    days: float  # between the two
    attention: float  # minutes
    weight: float  # of both draws, multiplied
    world_changed: bool | None = None
