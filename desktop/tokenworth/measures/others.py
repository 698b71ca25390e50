"""M20, others' time: use that cost somebody else time to fix or untangle.

Attention share of sessions answered in use, of which 28 days later somebody else had some or a lot
to fix; Wilson's interval with the effective n, weights of both draws multiplied; from 15 second
looks (spec v1, 3). It keeps after-work from being passed on unseen.
"""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import SecondLook
from tokenworth.domain.trending import Judgement
from tokenworth.measures.durability import after_28_days, later_share, share_words

TITLE: Final = "Others' time"
MINIMUM: Final = 15
_TOOK: Final = ("s", "l")
_TOLD: Final = ("n", *_TOOK)
_UNKNOWN: Final = "x"


def others_time(looks: Sequence[SecondLook]) -> Estimate:
    """Return the share that took others' time, of those where it is known.

    Where some answers are "don't know", `skips` has the share if none of them did, and if all did.
    """
    asked = [one for one in after_28_days(looks) if one.first.fate and one.first.fate.in_use]
    known = [one for one in asked if one.second.others in _TOLD]
    found = later_share(("M20", "others"), known, _took, MINIMUM, "sessions in use, asked again")
    unknown = sum(one.weight * one.attention for one in asked if one.second.others == _UNKNOWN)
    whole = unknown + sum(one.weight * one.attention for one in known)
    if not unknown or not found.is_shown:
        return found
    took = sum(one.weight * one.attention for one in known if _took(one))
    return replace(found, skips=(took / whole, (took + unknown) / whole))


def judgement(looks: Sequence[SecondLook]) -> Judgement:
    """Return what use cost others."""
    return Judgement(TITLE, (others_time(looks),), tuple(words(looks)))


def words(looks: Sequence[SecondLook]) -> list[str]:
    """Return what may be said, those without knowledge last."""
    sentences = [
        share_words(others_time(looks), "Of {of}, {share} took others' time to fix or untangle.")
    ]
    unknown = sum(
        look.second.others == _UNKNOWN
        for look in after_28_days(looks)
        if look.first.fate and look.first.fate.in_use
    )
    if unknown:
        sentences.append(f"Of {unknown} more you did not know.")
    return sentences


def _took(look: SecondLook) -> bool:
    return look.second.others in _TOOK
