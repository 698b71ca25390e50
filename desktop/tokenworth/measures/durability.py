"""M15, durability: what was in use, and still is 28 days later.

Share of attention minutes of sessions answered in use, or kept; Wilson's interval with the
effective n, weights of both draws multiplied; from 15 second looks. Those that still wait are
counted, and nothing is put in their place (spec v1, 3).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.frame import SecondLook
from tokenworth.domain.tag import Fate
from tokenworth.domain.trending import Judgement
from tokenworth.measures.arrays import np
from tokenworth.measures.intervals import share, wilson_eff
from tokenworth.measures.sample import ANSWERED_ENOUGH, Sample
from tokenworth.measures.shares import TOO_MANY_SKIPS

TITLE: Final = "Still in use after 28 days"
MINIMUM: Final = 15


class Row(NamedTuple):
    """One answer of a share."""

    weight: float  # W: of the draw, times attention or 1
    yes: bool
    inclusion: float
    period: str = ""


def weighted_share(
    name: tuple[str, str], rows: Sequence[Row], minimum: int, of: str, minutes: float | None = None
) -> Estimate:
    """Return a share of drawn answers; ``name`` is its measure and key, ``of`` what they are.

    ``minutes`` is their attention; None where sessions are counted, not minutes.
    """
    n = len(rows)
    if n < minimum:
        return not_enough(*name, "share", n, minimum)
    whole = f"{n} {of}" if minutes is None else f"{minutes:.0f} attention minutes of {n} {of}"
    weights = np.array([row.weight for row in rows], dtype=float)
    limits = value = None
    if weights.sum() > 0:
        found = share(
            weights,
            np.array([row.yes for row in rows], dtype=float),
            np.array([row.inclusion for row in rows], dtype=float),
            [row.period for row in rows],
        )
        value, limits = found.p, wilson_eff(found)
    return Estimate(
        measure=name[0], key=name[1], unit="share", value=value,
        low=limits[0] if limits else None, high=limits[1] if limits else None, n=n,
        minimum_n=minimum, denominator=whole, chosen="drawn",
        interval="Wilson-eff" if limits else "none",
        reason="" if limits else "no attention minutes",
    )  # fmt: skip


def without_point(found: Estimate, held: Sample) -> Estimate:
    """Return the estimate without its point where too many of those asked were not answered."""
    if found.is_shown and held.rate < ANSWERED_ENOUGH:
        return replace(found, value=None, reason=TOO_MANY_SKIPS)
    return found


def later_share(
    name: tuple[str, str],
    looks: Iterable[SecondLook],
    yes: Callable[[SecondLook], bool],
    minimum: int,
    of: str,
) -> Estimate:
    """Return the attention share of second looks of which ``yes`` holds."""
    found = list(looks)
    rows = [Row(look.weight * look.attention, yes(look), 1 / look.weight) for look in found]
    return weighted_share(name, rows, minimum, of, sum(look.attention for look in found))


def after_28_days(looks: Iterable[SecondLook]) -> list[SecondLook]:
    """Return the second looks at 28 days that were answered both times."""
    return [
        look
        for look in looks
        if look.kind == "second_28"
        and all(one.status == "answered" and one.fate for one in (look.first, look.second))
    ]


def still_in_use(looks: Sequence[SecondLook]) -> Estimate:
    """Return the share still in use of what was answered in use."""
    found = [one for one in after_28_days(looks) if one.first.fate and one.first.fate.in_use]
    return later_share(
        ("M15", "still_in_use"), found, is_in_use, MINIMUM, "sessions in use at first, asked again"
    )


def kept_then_used(looks: Sequence[SecondLook]) -> Estimate:
    """Return the share in use by now of what was kept, not in use."""
    found = [one for one in after_28_days(looks) if one.first.fate is Fate.KEPT]
    return later_share(
        ("M15", "kept_then_used"), found, is_in_use, MINIMUM, "sessions kept at first, asked again"
    )


def is_in_use(look: SecondLook) -> bool:
    """Return whether it was in use at the second look."""
    return look.second.fate is not None and look.second.fate.in_use


def judgement(looks: Sequence[SecondLook], pending: int = 0) -> Judgement:
    """Return how uses lasted; its points are ranks of fate (0 to 4), first and second."""
    points = tuple(
        (float(look.first.fate.rank), float(look.second.fate.rank))
        for look in after_28_days(looks)
        if look.first.fate and look.second.fate
    )
    estimates = (still_in_use(looks), kept_then_used(looks))
    return Judgement(TITLE, estimates, tuple(words(looks, pending)), points)


def words(looks: Sequence[SecondLook], pending: int = 0) -> list[str]:
    """Return what may be said; ``pending`` is how many still wait for their second look."""
    still, kept = still_in_use(looks), kept_then_used(looks)
    sentences = [
        share_words(still, "Of {of}, {share} is still in use 28 days on."),
        share_words(kept, "Of {of}, {share} is in use by now.", "kept, then used: "),
    ]
    if pending:
        wait = "1 more waits" if pending == 1 else f"{pending} more wait"
        sentences.append(f"{wait} for a second look; nothing is put in their place.")
    return sentences


def share_words(estimate: Estimate, pattern: str, what: str = "") -> str:
    """Return a sentence with the share and its interval in percent; or the reason, after ``what``.

    ``pattern`` holds {of}, what the share is of, and {share}.
    """
    low, high = estimate.low, estimate.high
    if estimate.value is None or low is None or high is None:
        return what + estimate.reason
    percent = f"{100 * estimate.value:.0f} % ({100 * low:.0f}–{100 * high:.0f})"
    sentence = pattern.format(of=estimate.denominator, share=percent)
    return sentence[:1].upper() + sentence[1:]
