"""What the places of the app show: rows, details, series. Made below, read above."""

from typing import Literal

import msgspec

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.tag import Tag

Column = Literal[
    "when", "source", "project", "title", "active", "turns", "outcome", "value", "tokens", "cost"
]


class SessionRow(msgspec.Struct, frozen=True, gc=False):
    """One row of the table of sessions. None is unknown (or, for the tag's fields, not tagged)."""

    id: int
    uid: str  # 12 hex digits: the session's name on the command line and in answers
    start_ts: int
    end_ts: int
    source: str  # kind
    project: str  # shown name; "" none
    title: str
    active_min: float | None  # attention, mid; None while it is in the queue
    turns: int | None
    purpose: str | None
    fate: str | None
    value_min: float | None  # y, minutes
    status: str | None  # of the latest answer: answered, skipped, cannot_recall; None never asked
    new_tokens: int | None  # recorded: fresh input + cache write + output
    estimated_tokens: int | None  # estimated, never added to the recorded
    cost_usd: float | None  # at list price; None where nothing could be priced
    unpriced_tokens: int
    automated: bool | None
    unattended: bool
    queued: bool = False  # to be asked about: what would bias the answer is None


class SessionQuery(msgspec.Struct, frozen=True):
    """Which sessions, in which order. Empty means all."""

    text: str = ""  # full text over titles, requests, projects; every word a prefix
    start_ts: int | None = None  # session starts at or after
    end_ts: int | None = None  # session starts before
    sources: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()  # project names as shown
    model: str = ""
    fates: tuple[str, ...] = ()  # codes a d k p u; "-" not looked at
    purposes: tuple[str, ...] = ()  # codes of why they were held: show, needed, explore, optional
    untagged: bool = False
    week: str = ""  # "2026-W07": sessions with tokens in that week (click through from a chart)
    sort: Column = "when"
    descending: bool = True
    masked: bool = True  # sort untagged sessions as if their hidden columns were unknown


class Usage(msgspec.Struct, frozen=True):
    """Exact counts of some sessions, beside what was said of them.

    Recorded classes are disjoint, but ``reasoning`` is a part of ``output``. None is unknown.
    """

    key: str
    input: int | None
    cache_write_5m: int | None
    cache_write_1h: int | None
    cache_read: int | None
    output: int | None
    reasoning: int | None
    estimated_input: int | None
    estimated_output: int | None
    messages: int | None
    sessions: int
    cost_usd: float | None  # list price on the day
    unpriced_tokens: int | None  # recorded tokens of models without a known price
    attention_min: float | None
    tagged_sessions: int | None
    tagged_attention_share: float | None  # 0 to 1; None where there was no attention
    in_use_attention_share: float | None  # of the tagged attention; None where nothing was tagged

    @classmethod
    def nothing(cls, key: str, sessions: int = 0) -> "Usage":
        """Return the counts where there are no sessions, or none of which anything may be told."""
        none, zero = None, None if sessions else 0
        return cls(
            key, none, none, none, none, none, none, none, none, zero, sessions, none, zero, zero,
            zero, none, none,
        )  # fmt: skip

    @property
    def is_hidden(self) -> bool:
        """Return whether all is left out, for what it would tell of a session in the queue."""
        return self.attention_min is None


class Answer(msgspec.Struct, frozen=True):
    """One stored answer."""

    answer_id: str
    session_uid: str
    tag: Tag
    source: str  # how it was chosen: volunteered, drawn, …
    masked: bool
    replaces: str | None
    asked_at: int
    answered_at: int
    form_ms: int
    period: str = ""  # "2026-W07a"
    declared_explore: bool | None = None


class SessionDetail(msgspec.Struct, frozen=True):
    """Everything the side panel shows of a session but its transcript."""

    row: SessionRow
    first_request: str
    last_answer: str
    branch: str
    folder: str
    files: tuple[str, ...]  # names of files it worked on, at most 3
    usage: Usage
    models: tuple[str, ...]
    attention_low: float | None  # None while it is in the queue
    attention_high: float | None
    answers: tuple[Answer, ...]  # oldest first
    note: str
    origins: tuple[str, ...]  # source files


class Turn(msgspec.Struct, frozen=True):
    """One turn of a transcript."""

    ts: int
    who: str  # person, assistant, tool, note
    text: str


class Coverage(msgspec.Struct, frozen=True):
    """M1: what is known of how much was looked at. Exact; no interval."""

    sessions: int
    unattended: int
    answered: int
    skipped: int
    cannot_recall: int
    volunteered: int
    attention_min: float
    answered_attention_min: float
    cost_usd: float | None
    answered_cost_usd: float | None
    unpriced_share: float | None  # of recorded new tokens; None where there are none
    changed: int  # answers with a later change
    days_without_import: tuple[str, ...]  # ISO days on which nothing is known
    drawn: int = 0  # answered among those drawn by chance, certainty included
    asked: int = 0  # of those drawn, swept or all: answered, skipped or not recalled
    take_all: int = 0  # tagged or swept before the draw
    late: int = 0  # came after their half-week was frozen
    left: int = 0  # still in the queue
    halves: int = 0  # half-weeks with sessions
    halves_drawn: int = 0  # of them, those with a draw
    changed_min: float = 0.0  # by how much changes moved net minutes


class Bounds(msgspec.Struct, frozen=True):
    """M7: what answers given by choice alone can say. None where there is nothing to say."""

    low: float | None  # share of attention in use, at least
    high: float | None  # at most
    told_min: float | None  # net minutes of the tagged sessions, S
    untagged: int
    tipping_min: float | None  # if the untagged average worse than this, the week is a loss


class Week(msgspec.Struct, frozen=True):
    """One ISO week of the paired chart."""

    key: str  # "2026-W07"
    start_ts: int  # Monday 00:00 in the person's zone
    end_ts: int
    tokens: dict[str, int]  # recorded new tokens by fate a d k p u and "-" (not looked at)
    estimated: dict[str, int]  # estimated tokens, the same keys; never added to the recorded
    usage: Usage
    coverage: Coverage
    bounds: Bounds
    net: Estimate | None = None  # M5 of the week; None where nothing was drawn
    in_use: Estimate | None = None  # M3, attention in use


class Trend(msgspec.Struct, frozen=True):
    """The paired chart's data: every week from the first to the last, gaps included."""

    weeks: tuple[Week, ...]
    zone: str


class SourceRow(msgspec.Struct, frozen=True):
    """One tool or export that was imported, or found on this machine."""

    kind: str
    name: str
    counting: str  # recorded, estimated, absent
    places: tuple[str, ...]
    files: int
    bytes: int
    sessions: int
    first_ts: int | None
    last_ts: int | None
    last_import_ts: int | None
    problems: int
    retention: str


class ProblemRow(msgspec.Struct, frozen=True):
    """One thing that could not be read."""

    file: str
    line: int
    kind: str
    words: str


class Imported(msgspec.Struct, frozen=True):
    """The summary of one kind of source in one import."""

    kind: str
    files: int
    sessions: int  # new
    messages: int  # new
    duplicates: int  # copies left out
    problems: int


class ImportSummary(msgspec.Struct, frozen=True):
    """What an import did."""

    sources: tuple[Imported, ...]
    problems: tuple[ProblemRow, ...]
    seconds: float
    cancelled: bool = False


class Progress(msgspec.Struct, frozen=True):
    """How far an import is."""

    files_done: int
    files: int
    bytes_done: int
    bytes: int
    words: str = ""


class Found(msgspec.Struct, frozen=True):
    """Files of a tool found on this machine, not imported by finding them."""

    kind: str
    name: str
    place: str
    files: int
    bytes: int
    retention: str
