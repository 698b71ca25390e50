"""M7, bounds and tipping mean: what answers given by choice alone can say (spec v1, 3).

The bounds hold whatever the untagged sessions were; nothing is assumed of them. Share of attention
minutes, and minutes per session; of all sessions of a window. After Manski's bounds (1989).
"""

from collections.abc import Iterable

from tokenworth.domain.views import Bounds
from tokenworth.measures.held import Held


def bounds(held: Iterable[Held]) -> Bounds:
    """Return the least and the most attention in use, and the tipping mean of the untagged."""
    sessions = list(held)
    tagged = [one for one in sessions if one.tagged]
    untagged = len(sessions) - len(tagged)
    if not tagged:
        return Bounds(low=None, high=None, told_min=None, untagged=untagged, tipping_min=None)
    attention = sum(one.attention_min for one in sessions)
    in_use = sum(one.attention_min for one in tagged if one.in_use)
    unknown = sum(one.attention_min for one in sessions if not one.tagged)
    told = sum(one.value_min - one.attention_min for one in tagged)
    return Bounds(
        low=in_use / attention if attention else None,
        high=min(1.0, (in_use + unknown) / attention) if attention else None,
        told_min=told,
        untagged=untagged,
        tipping_min=0.0 - told / untagged if untagged else None,
    )
