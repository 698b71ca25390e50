"""M2, raw counts: tokens by class, USD at list price, minutes. Exact; never drawn alone (R2)."""

from collections.abc import Iterable
from typing import TypeVar

from tokenworth.domain.views import Usage

Number = TypeVar("Number", int, float)


def total(values: Iterable[Number | None]) -> Number | None:
    """Return the sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known else None


def summed(key: str, parts: Iterable[Usage]) -> Usage:
    """Return the counts of several groups of sessions together, which must have none in common."""
    usages = list(parts)
    attention = sum(usage.attention_min for usage in usages)
    tagged = [(usage.tagged_attention_share or 0.0) * usage.attention_min for usage in usages]
    in_use = [
        (usage.in_use_attention_share or 0.0) * minutes
        for usage, minutes in zip(usages, tagged, strict=True)
    ]
    return Usage(
        key=key,
        input=total(usage.input for usage in usages),
        cache_write_5m=total(usage.cache_write_5m for usage in usages),
        cache_write_1h=total(usage.cache_write_1h for usage in usages),
        cache_read=total(usage.cache_read for usage in usages),
        output=total(usage.output for usage in usages),
        reasoning=total(usage.reasoning for usage in usages),
        estimated_input=total(usage.estimated_input for usage in usages),
        estimated_output=total(usage.estimated_output for usage in usages),
        messages=sum(usage.messages for usage in usages),
        sessions=sum(usage.sessions for usage in usages),
        cost_usd=total(usage.cost_usd for usage in usages),
        unpriced_tokens=sum(usage.unpriced_tokens for usage in usages),
        attention_min=attention,
        tagged_sessions=sum(usage.tagged_sessions for usage in usages),
        tagged_attention_share=sum(tagged) / attention if attention else None,
        in_use_attention_share=sum(in_use) / sum(tagged) if sum(tagged) else None,
    )
