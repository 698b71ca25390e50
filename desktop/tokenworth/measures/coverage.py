"""M1, coverage: how much was looked at. Counts and %, of all sessions of a window; exact."""

from collections.abc import Iterable, Sequence

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


def _unpriced_share(sessions: Iterable[Held]) -> float | None:
    recorded = [one for one in sessions if one.new_tokens]
    tokens = sum(one.new_tokens or 0 for one in recorded)
    unpriced = sum(min(one.unpriced_tokens, one.new_tokens or 0) for one in recorded)
    return unpriced / tokens if tokens else None
