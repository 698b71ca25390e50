"""M14, reliability of one's own judgement: two answers to one session, about a week apart.

Kappa of fate (weighted by the square of the distance) and of purpose, the intraclass correlation
of by-hand times and how far two of them lie apart; of pairs whose world had not changed. Intervals
by the jackknife. After Fleiss, Cohen and Everitt (1969), and McGraw and Wong (1996).
"""

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar

from tokenworth.domain.estimate import Estimate, How, not_enough
from tokenworth.domain.frame import SecondLook
from tokenworth.domain.tag import Purpose
from tokenworth.domain.trending import Judgement
from tokenworth.measures.arrays import Floats, np
from tokenworth.measures.intervals import wilson
from tokenworth.measures.quantiles import Z, student

TITLE: Final = "Asked again after a week"
MINIMUM_PAIRS: Final = 20
_LIMIT: Final = 0.999  # of a correlation, before atanh
_FATES: Final = 5
_PURPOSES: Final = tuple(Purpose)

Pair = TypeVar("Pair")


class Rule(NamedTuple):
    """On which scale an interval is made, and back."""

    name: str
    there: Callable[[float], float]
    back: Callable[[float], float]


ATANH: Final = Rule(
    "jackknife on atanh", lambda r: math.atanh(min(_LIMIT, max(-_LIMIT, r))), math.tanh
)
LOG: Final = Rule("jackknife on log", math.log, math.exp)


class Basis(NamedTuple):
    """What all estimates of a measure rest on."""

    measure: str
    minimum_n: int
    of: str  # in words: "pairs of answers"
    chosen: How
    differ: str  # what there may be too little of for an interval: "the answers differ"

    def estimate(
        self, name: tuple[str, str], n: int, value: float | None,
        limits: tuple[float, float] | None, interval: str,
    ) -> Estimate:  # fmt: skip
        """Return an estimate by key and unit; words where there are too few, or no interval."""
        if n < self.minimum_n:
            return not_enough(self.measure, *name, n, self.minimum_n)
        shown = value is not None and limits is not None and math.isfinite(limits[1])
        return Estimate(
            measure=self.measure, key=name[0], unit=name[1], value=value if shown else None,
            low=limits[0] if limits and shown else None,
            high=limits[1] if limits and shown else None,
            n=n, minimum_n=self.minimum_n, denominator=f"{n} {self.of}", chosen=self.chosen,
            interval=interval if shown else "none",
            reason="" if shown else f"{self.differ} too little, or too unevenly, for an interval",
        )  # fmt: skip


ANSWERS: Final = Basis("M14", MINIMUM_PAIRS, "pairs of answers", "drawn", "the answers differ")


def jackknife(
    pairs: Sequence[Pair], statistic: Callable[[Sequence[Pair]], float | None], rule: Rule
) -> tuple[float, float] | None:
    """Return the 95 % interval of a statistic, from what it is without each pair in turn.

    None where it is not defined without one of them, or the same without any, or where a single
    one decides all: then nothing is known of its spread.
    """
    n = len(pairs)
    values = [statistic(pairs)]
    values += [statistic([*pairs[:k], *pairs[k + 1 :]]) for k in range(n)]
    known = [value for value in values if value is not None]
    if n < 2 or len(known) < len(values) or (rule is LOG and min(known) <= 0):  # noqa: PLR2004 -- no spread in one
        return None
    z, *without = (rule.there(value) for value in known)
    pseudo = n * z - (n - 1) * np.asarray(without)
    mean, spread = float(pseudo.mean()), float(pseudo.std(ddof=1))
    if spread <= 1e-12 * max(1.0, abs(mean)):
        return None
    half = student(0.975, n - 1) * spread / math.sqrt(n)
    try:
        return rule.back(mean - half), rule.back(mean + half)
    except OverflowError:  # so uneven that nothing is known
        return None


def kappa(first: Sequence[int], second: Sequence[int], distances: Floats) -> float | None:
    """Return the agreement of two rows of codes beyond chance; -1 to 1.

    ``distances`` says how far apart two codes are. None where chance alone would always agree.
    """
    size = len(distances)
    table = np.zeros((size, size))
    np.add.at(table, (np.asarray(first, dtype=int), np.asarray(second, dtype=int)), 1.0)
    n = table.sum()
    if not n:
        return None
    expected = float(np.sum(distances * np.outer(table.sum(axis=1), table.sum(axis=0)) / n))
    return 1 - float(np.sum(distances * table)) / expected if expected else None


def squared(size: int) -> Floats:
    """Return distances between codes that have an order."""
    steps = np.arange(size, dtype=np.float64)
    distances: Floats = np.subtract.outer(steps, steps) ** 2
    return distances


def unlike(size: int) -> Floats:
    """Return distances between codes that have none."""
    return 1.0 - np.eye(size)


def agreement_icc(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return ICC(A,1): how much of all spread is between sessions; None where there is none."""
    n = len(pairs)
    if n < 2:  # noqa: PLR2004 -- no spread in one
        return None
    values = np.asarray(pairs, dtype=np.float64)
    mean = values.mean()
    rows, columns = values.mean(axis=1), values.mean(axis=0)
    between = 2 * float(np.sum((rows - mean) ** 2)) / (n - 1)
    looks = n * float(np.sum((columns - mean) ** 2))
    left = values - rows[:, np.newaxis] - columns[np.newaxis, :] + mean
    error = float(np.sum(left**2)) / (n - 1)
    whole = between + error + 2 * (looks - error) / n
    return max(-1.0, (between - error) / whole) if whole > 0 else None


def error_of_measurement(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return SEM, the spread of one answer about the mean of many, in the unit of the pairs."""
    if not pairs:
        return None
    differences = np.asarray([first - second for first, second in pairs], dtype=np.float64)
    return math.sqrt(float(np.mean(differences**2)) / 2)


def ratio_between(sem: float) -> float:
    """Return how many fold two answers differ at most, 19 times in 20, given SEM of their logs."""
    return fold(Z * math.sqrt(2) * sem)


def fold(log: float) -> float:
    """Return the factor of a logarithm; infinite where it is too large for a number."""
    try:
        return math.exp(log)
    except OverflowError:
        return math.inf


def usable(looks: Sequence[SecondLook]) -> list[SecondLook]:
    """Return the pairs that tell of judgement: a week apart, both answered, the world as it was."""
    return [
        look
        for look in looks
        if look.kind == "second_7"
        and look.world_changed is not True
        and all(one.status == "answered" and one.fate for one in (look.first, look.second))
    ]


def fate_kappa(looks: Sequence[SecondLook]) -> Estimate:
    """Return the agreement of what became of the session, near misses counting as such."""
    codes = [
        (look.first.fate.rank, look.second.fate.rank)
        for look in usable(looks)
        if look.first.fate and look.second.fate
    ]
    return _kappa_estimate("fate", codes, squared(_FATES))


def purpose_kappa(looks: Sequence[SecondLook]) -> Estimate:
    """Return the agreement of why the session was held."""
    codes = [
        (_PURPOSES.index(look.first.purpose), _PURPOSES.index(look.second.purpose))
        for look in usable(looks)
        if look.first.purpose and look.second.purpose
    ]
    return _kappa_estimate("purpose", codes, unlike(len(_PURPOSES)))


def by_hand_pairs(looks: Sequence[SecondLook]) -> list[tuple[float, float]]:
    """Return the by-hand minutes of pairs that were asked for them both times."""
    return [
        (look.first.by_hand.value, look.second.by_hand.value)
        for look in usable(looks)
        if look.first.by_hand and look.second.by_hand
    ]


def by_hand_icc(looks: Sequence[SecondLook]) -> Estimate:
    """Return ICC(A,1) of by-hand times, on ln(1 + minutes)."""
    pairs = _logs(by_hand_pairs(looks))
    limits = jackknife(pairs, agreement_icc, ATANH)
    value = agreement_icc(pairs)
    return ANSWERS.estimate(("by_hand", "ICC(A,1)"), len(pairs), value, limits, ATANH.name)


def by_hand_ratio(looks: Sequence[SecondLook]) -> Estimate:
    """Return how many fold two by-hand times of one session typically differ at most."""
    pairs = _logs(by_hand_pairs(looks))
    sem, limits = error_of_measurement(pairs), jackknife(pairs, error_of_measurement, LOG)
    value = None if sem is None else ratio_between(sem)
    ratios = (ratio_between(limits[0]), ratio_between(limits[1])) if limits else None
    return ANSWERS.estimate(("by_hand_ratio", "fold"), len(pairs), value, ratios, LOG.name)


def same_fate(looks: Sequence[SecondLook]) -> Estimate:
    """Return the share of pairs with the very same fate."""
    pairs = usable(looks)
    n = len(pairs)
    share = sum(_same(look) for look in pairs) / n if n else None
    limits = None if share is None else wilson(share, n)
    return ANSWERS.estimate(("same_fate", "share"), n, share, limits, "Wilson")


def judgement(looks: Sequence[SecondLook]) -> Judgement:
    """Return how answers held when asked again; its points are by-hand minutes, both times."""
    estimates = (
        fate_kappa(looks),
        same_fate(looks),
        purpose_kappa(looks),
        by_hand_icc(looks),
        by_hand_ratio(looks),
    )
    return Judgement(TITLE, estimates, tuple(words(looks)), tuple(by_hand_pairs(looks)))


def words(looks: Sequence[SecondLook]) -> list[str]:
    """Return what may be said, how many pairs were left out last."""
    pairs = usable(looks)
    n, fate = len(pairs), fate_kappa(looks)
    if n < MINIMUM_PAIRS:
        sentences = [fate.reason]
    else:
        same = sum(_same(look) for look in pairs)
        ratio = by_hand_ratio(looks)
        by_hand = (
            f"by-hand times typically differ up to {ratio.value:.1f} fold"
            if ratio.value is not None
            else f"by-hand times: {ratio.reason}"
        )
        sentences = [
            f"Asked twice, you gave the same fate {same} of {n} times ({_brief(fate)}); {by_hand}."
        ]
        alike = sum(look.first.purpose == look.second.purpose for look in pairs)
        sentences.append(f"The same purpose {alike} of {n} times ({_brief(purpose_kappa(looks))}).")
    again = [look for look in looks if look.kind == "second_7"]
    changed = sum(look.world_changed is True for look in again)
    if changed:
        sentences.append(
            f"In {changed} of {len(again)} something had changed in the world since; "
            "they are left out."
        )
    return sentences


def _kappa_estimate(key: str, codes: Sequence[tuple[int, int]], distances: Floats) -> Estimate:
    def statistic(pairs: Sequence[tuple[int, int]]) -> float | None:
        return kappa([first for first, _ in pairs], [second for _, second in pairs], distances)

    limits = jackknife(codes, statistic, ATANH)
    return ANSWERS.estimate((key, "kappa"), len(codes), statistic(codes), limits, ATANH.name)


def _logs(pairs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(math.log1p(first), math.log1p(second)) for first, second in pairs]


def _same(look: SecondLook) -> bool:
    return look.first.fate == look.second.fate


def _brief(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return estimate.reason
    dash = "–" if estimate.low >= 0 else " to "
    return f"{estimate.unit} {estimate.value:.2f}, {estimate.low:.2f}{dash}{estimate.high:.2f}"
