"""M9, slower than by hand: attention of needed work in use that surely took longer (spec v1, 3).

A session counts where even the upper end of its by-hand time is less than the least attention and
after-work together. Share of the attention of needed sessions in use; from 10 of them.
"""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import Asked, Frame
from tokenworth.domain.tag import Purpose
from tokenworth.measures.sample import sample
from tokenworth.measures.shares import attention_share

MINIMUM: Final = 10


def slower(frames: Sequence[Frame]) -> Estimate:
    """Return the share of attention of needed sessions in use that were slower than by hand."""
    return attention_share(
        sample(frames), "M9", "slower", _is_slower, minimum=MINIMUM, among=_is_needed
    )


def _is_needed(one: Asked) -> bool:
    tag = one.tag
    in_use = tag.fate is not None and tag.fate.in_use
    return tag.purpose is Purpose.NEEDED and in_use and tag.by_hand is not None


def _is_slower(one: Asked) -> bool:
    by_hand = one.tag.by_hand
    after = one.tag.after_work
    return by_hand is not None and by_hand.high < one.attention_low + (after.low if after else 0.0)
