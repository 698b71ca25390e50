"""M1, coverage: how much was looked at. Counts and %, of all sessions of a window; exact."""

from collections.abc import Iterable, Sequence

import msgspec

from tokenworth.domain.frame import Asked, Frame
from tokenworth.domain.views import Coverage
from tokenworth.measures.counts import total
from tokenworth.measures.held import Held


def coverage(held: Iterable[Held], days_without_import: Sequence[str] = ()) -> Coverage:
    """Return what is known of how much of these sessions was looked at.

    ``days_without_import`` are ISO days on which nothing is known.
    """
    sessions = list(held)
    answered = [one for one in sessions if one.status == "answered"]
    cost = total(one.cost_usd for one in sessions)
    answered_cost = total(one.cost_usd for one in answered)
    if not answered and cost is not None:
        answered_cost = 0.0
    return Coverage(
        sessions=len(sessions),
        unattended=sum(one.unattended for one in sessions),
        answered=len(answered),
        skipped=sum(one.status == "skipped" for one in sessions),
        cannot_recall=sum(one.status == "cannot_recall" for one in sessions),
        volunteered=sum(one.source == "volunteered" for one in answered),
        attention_min=sum(one.attention_min for one in sessions),
        answered_attention_min=sum(one.attention_min for one in answered),
        cost_usd=cost,
        answered_cost_usd=answered_cost,
        unpriced_share=_unpriced_share(sessions),
        changed=sum(one.changed for one in answered),
        days_without_import=tuple(days_without_import),
    )


def with_draws(known: Coverage, frames: Sequence[Frame]) -> Coverage:
    """Return coverage with what chance drew: asked, answered, swept, late, changed.

    ``frames`` are the half-weeks of the same window; changes are counted in net minutes.
    """
    with_sessions = [frame for frame in frames if frame.sessions]
    asked = [one for frame in frames for one in frame.asked if one.role != "take_all"]
    answered = sum(one.answered for one in asked)
    every = [one for frame in frames for one in frame.asked]
    take_all = sum(one.role == "take_all" for one in every)
    return msgspec.structs.replace(
        known,
        volunteered=max(0, known.volunteered - answered - take_all),
        drawn=answered,
        asked=len(asked),
        take_all=take_all,
        late=sum(frame.late for frame in frames),
        left=sum(frame.left for frame in frames),
        halves=len(with_sessions),
        halves_drawn=sum(frame.drawn_at is not None for frame in with_sessions),
        changed=sum(one.changed is not None for one in every) if every else known.changed,
        changed_min=sum(_moved(one) for one in every),
    )


def answer_rate(known: Coverage) -> float | None:
    """Return the share of those asked that were answered; None where nobody was asked."""
    return known.drawn / known.asked if known.asked else None


def _moved(one: Asked) -> float:
    """Return by how many net minutes a change moved what was first told."""
    if one.changed is None or one.changed.status != "answered" or not one.answered:
        return 0.0
    return one.changed.value_minutes - one.tag.value_minutes


def _unpriced_share(sessions: Iterable[Held]) -> float | None:
    recorded = [one for one in sessions if one.new_tokens]
    tokens = sum(one.new_tokens or 0 for one in recorded)
    unpriced = sum(min(one.unpriced_tokens, one.new_tokens or 0) for one in recorded)
    return unpriced / tokens if tokens else None
