"""M17, skill ledger: what is in use that one could not have done, or could not explain.

Attention share of sessions in use of which both questions were asked, at random for a third, so
each stands for three; Wilson's interval with the effective n; from 15 (spec v1, 3). No verdict: the
sessions are named, so that the person can look.
"""

from collections.abc import Callable, Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import Asked, Frame
from tokenworth.domain.trending import Judgement
from tokenworth.measures.durability import (
    Row,
    share_words,
    weighted_share,
    without_point,
)
from tokenworth.measures.sample import Sample, sample

TITLE: Final = "Things you rely on and could not explain"
MINIMUM: Final = 15
ASKED: Final = 1 / 3
"""Chance that a session's answer came with the two questions."""


def is_opaque(one: Asked) -> bool:
    """Return whether one could neither have done it alone nor explain it."""
    return one.tag.could_alone == "n" and one.tag.can_explain == "n"


def is_stretch(one: Asked) -> bool:
    """Return whether one could not have done it so, and can explain it now."""
    return one.tag.could_alone in ("s", "n") and one.tag.can_explain == "y"


def opaque(frames: Sequence[Frame]) -> Estimate:
    """Return the share one relies on and could neither do alone nor explain."""
    return _share(sample(frames), "opaque", is_opaque)


def stretch(frames: Sequence[Frame]) -> Estimate:
    """Return the share that went past what one could do, and that one can explain."""
    return _share(sample(frames), "stretch", is_stretch)


def judgement(frames: Sequence[Frame]) -> Judgement:
    """Return the ledger of a window."""
    return Judgement(TITLE, (opaque(frames), stretch(frames)), tuple(words(frames)))


def words(frames: Sequence[Frame]) -> list[str]:
    """Return what may be said, the four cells in numbers, and the sessions named."""
    dark, wide = opaque(frames), stretch(frames)
    asked = _asked(sample(frames))
    if not dark.is_shown:
        return [dark.reason]
    sentences = [
        share_words(dark, "Of {of}, {share} is work you rely on and could not explain."),
        share_words(wide, "Of {of}, {share} is work past your own reach that you can explain."),
        _cells(asked),
    ]
    named = [one.uid for one in asked if is_opaque(one)]
    if named:
        sentences.append(f"You rely on these and could not explain them: {', '.join(named)}.")
    return sentences


def _cells(asked: Sequence[Asked]) -> str:
    """Return the two by two: could do it, if slowly, or not; can explain it, if in part, or not."""
    count = {
        (could, can): sum(
            (one.tag.could_alone != "n") is could and (one.tag.can_explain != "n") is can
            for one in asked
        )
        for could in (True, False)
        for can in (True, False)
    }
    return (
        f"Sessions you could have done alone, if slowly: {count[True, True]} you can explain, "
        f"{count[True, False]} not. Sessions you could not: {count[False, True]} you can explain, "
        f"{count[False, False]} not."
    )


def _asked(held: Sample) -> list[Asked]:
    return [
        one
        for one in held.answered
        if one.tag.fate
        and one.tag.fate.in_use
        and one.tag.could_alone is not None
        and one.tag.can_explain is not None
    ]


def _share(held: Sample, key: str, yes: Callable[[Asked], bool]) -> Estimate:
    asked = _asked(held)
    rows = [
        Row(held.weight(one) / ASKED * one.attention, yes(one), one.inclusion * ASKED, one.period)
        for one in asked
    ]
    minutes = sum(one.attention for one in asked)
    found = weighted_share(("M17", key), rows, MINIMUM, "sessions in use, asked both", minutes)
    return without_point(found, held)
