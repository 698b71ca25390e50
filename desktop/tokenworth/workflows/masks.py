"""What is hidden of sessions in the queue: all that would bias the answer (spec v1, 2)."""

from collections.abc import Sequence
from typing import Final

import msgspec

from tokenworth.domain.views import Coverage, SessionDetail, SessionRow, Usage

EXCERPT: Final = 160
SMALL_GROUP: Final = 5


def row(session: SessionRow) -> SessionRow:
    """Return a row of the table with what would bias left out."""
    return msgspec.structs.replace(
        session, end_ts=session.start_ts, active_min=None, turns=None, purpose=None, fate=None,
        value_min=None, status=None, new_tokens=None, estimated_tokens=None, cost_usd=None,
        unpriced_tokens=0, automated=None, unattended=False, queued=True,
    )  # fmt: skip


def detail(found: SessionDetail) -> SessionDetail:
    """Return everything about a session that its card shows too."""
    return msgspec.structs.replace(
        found, row=row(found.row), usage=Usage.nothing(found.row.uid, 1), models=(),
        attention_low=None, attention_high=None, answers=(), branch="",
        first_request=found.first_request[:EXCERPT], last_answer=found.last_answer[:EXCERPT],
    )  # fmt: skip


def sums(rows: Sequence[Usage], hidden: set[str]) -> list[Usage]:
    """Return sums, but nothing of those of a few sessions of which one waits in the queue."""
    return [
        Usage.nothing(one.key, one.sessions) if one.key in hidden and is_few(one.sessions) else one
        for one in rows
    ]


def is_few(sessions: int) -> bool:
    """Return whether a sum over so many sessions would tell what one of them came to."""
    return 0 < sessions < SMALL_GROUP


def coverage(found: Coverage) -> Coverage:
    """Return M1 of a few sessions of which one waits: without what they cost."""
    return msgspec.structs.replace(found, cost_usd=None, answered_cost_usd=None)
