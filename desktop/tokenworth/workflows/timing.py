"""What the store is told from outside: zone, list prices, attention minutes, projects."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from tokenworth.intake.projects import project_of
from tokenworth.measures.attention import credits as attention_credits
from tokenworth.prices import price_list
from tokenworth.store.writing import Timing


def timing() -> Timing:
    """Return the shipped prices, the spec's attention and this disk's projects."""
    return Timing(price_list(), attention_credits, project_of)


def zone() -> ZoneInfo:
    """Return the zone of this machine, or UTC where it cannot be told by name."""
    try:
        return ZoneInfo(tzlocal.get_localzone_name())
    except (ZoneInfoNotFoundError, ValueError, LookupError):
        return ZoneInfo("UTC")
