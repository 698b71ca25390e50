"""M16, exploration yield: what came of sessions held to find something out.

Share with a sentence of what is known now, and share whose output was in use 28 days later; of
explore sessions, each counting the same; declared at the start and not declared apart; Wilson's
interval with the effective n; from 10 (spec v1, 3). There is no target: discarded exploration is no
waste. The sentences are listed, so that it shows if failures were renamed.
"""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.frame import Asked, Frame, SecondLook
from tokenworth.domain.tag import Purpose
from tokenworth.domain.trending import Judgement
from tokenworth.measures.durability import (
    Row,
    after_28_days,
    is_in_use,
    share_words,
    weighted_share,
    without_point,
)
from tokenworth.measures.sample import Sample, sample

TITLE: Final = "Exploring"
MINIMUM: Final = 10
_KINDS: Final = ((True, "declared"), (False, "undeclared"))


def learned(frames: Sequence[Frame], *, declared: bool) -> Estimate:
    """Return the share of explore sessions with a sentence of what was learned."""
    held = sample(frames)
    rows = [
        Row(held.weight(one), _sentence(one) != "", one.inclusion, one.period)
        for one in _explored(held)
        if _is_declared(one) is declared
    ]
    word = _word(declared=declared)
    found = weighted_share(
        ("M16", f"learned_{word}"), rows, MINIMUM, f"explore sessions, {word} at the start"
    )
    return without_point(found, held)


def used(frames: Sequence[Frame], looks: Sequence[SecondLook], *, declared: bool) -> Estimate:
    """Return the share of explore sessions whose output was in use 28 days later.

    Of those with an output that was not thrown away at once: only they are asked again. ``frames``
    tell which were declared.
    """
    said = {one.uid for frame in frames for one in frame.asked if _is_declared(one)}
    rows = [
        Row(look.weight, is_in_use(look), 1 / look.weight)
        for look in after_28_days(looks)
        if look.first.purpose is Purpose.EXPLORE and (look.uid in said) is declared
    ]
    word = _word(declared=declared)
    of = f"explore sessions, {word} at the start, with an output, asked again"
    return weighted_share(("M16", f"used_{word}"), rows, MINIMUM, of)


def judgement(frames: Sequence[Frame], looks: Sequence[SecondLook] = ()) -> Judgement:
    """Return what came of exploring in a window."""
    estimates = [learned(frames, declared=declared) for declared, _ in _KINDS]
    estimates += [used(frames, looks, declared=declared) for declared, _ in _KINDS]
    return Judgement(TITLE, tuple(estimates), tuple(words(frames, looks)))


def words(frames: Sequence[Frame], looks: Sequence[SecondLook] = ()) -> list[str]:
    """Return what may be said, how many were declared, and the sentences themselves."""
    explored = _explored(sample(frames))
    sentences = []
    for declared, word in _KINDS:
        sentences += [
            share_words(
                learned(frames, declared=declared),
                "Of {of}, {share} left a sentence of what you know now.",
                f"{word}, learned: ",
            ),
            share_words(
                used(frames, looks, declared=declared),
                "Of {of}, {share} was in use after 28 days.",
                f"{word}, in use after 28 days: ",
            ),
        ]
    number = sum(_is_declared(one) for one in explored)
    if explored:
        sentences.append(f"{number} of {len(explored)} were declared when they started.")
    return sentences + [f"Learned: {text}" for text in map(_sentence, explored) if text]


def _explored(held: Sample) -> list[Asked]:
    return [one for one in held.answered if one.tag.purpose is Purpose.EXPLORE]


def _is_declared(one: Asked) -> bool:
    return one.declared_explore is True


def _sentence(one: Asked) -> str:
    return (one.tag.learned or "").strip()


def _word(*, declared: bool) -> str:
    return dict(_KINDS)[declared]
