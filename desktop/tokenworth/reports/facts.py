"""Everything a report may say, gathered before a word of it is written."""

import msgspec

from tokenworth.domain.comparison import Comparison, Row, Span
from tokenworth.domain.report import ReportRequest
from tokenworth.domain.trending import Calibration, Relation
from tokenworth.domain.views import Coverage, SessionRow, Usage, Week

PER_COST = ("per_million", "per_usd")
MONEY = ("cost", "per_usd")


class Quoted(msgspec.Struct, frozen=True):
    """One session chosen to be quoted; its texts as stored, not redacted yet."""

    row: SessionRow
    evidence: str
    branch: str
    files: tuple[str, ...]
    learned: str
    note: str


class Part(msgspec.Struct, frozen=True):
    """Attention, tokens and outcomes of one project, tool or model."""

    name: str
    usage: Usage


class Drawing(msgspec.Struct, frozen=True):
    """How sessions were chosen in a window: counts."""

    halves: int  # half-weeks with sessions
    halves_drawn: int
    drawn: int  # answered, of those drawn by chance
    skipped: int
    swept: int
    take_all: int
    volunteered: int
    late: int
    changed: int
    changed_min: float
    late_edits: int  # changes made more than 7 days after the answer
    answers: int


class Facts(msgspec.Struct, frozen=True):
    """What is known of the period, and of the one it is set beside."""

    request: ReportRequest
    span: Span
    is_quarter: bool
    weeks: tuple[Week, ...]
    coverage: Coverage
    coverage_words: str
    usage: Usage
    comparison: Comparison  # of one span, or of two
    told_range: tuple[float, float] | None
    relation: Relation
    judgements: Calibration
    drawing: Drawing
    seed_fingerprint: str  # "" there is no seed yet
    last_hash: str  # "" there are no answers
    projects: tuple[Part, ...]
    sources: tuple[Part, ...]
    models: tuple[Part, ...]
    quoted: tuple[Quoted, ...]
    prices_date: str
    made_on: str
    zone: str

    def may_show(self, row: Row) -> bool:
        """Return whether neither usage nor money was left out that a row would tell."""
        if not self.request.usage and (row.group == "Burned" or row.key in PER_COST):
            return False
        return not (self.request.redaction.money and row.key in MONEY)
