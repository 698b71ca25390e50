"""A made-up person of known truth, a thousand weeks: do the intervals hold it (spec v1, 9.3)?"""

from typing import Final, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from tokenworth.domain.frame import Asked, Frame, Role
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.measures.net import net
from tokenworth.measures.shares import headline
from tokenworth.sampling.draw import inclusion, pareto_order, sizes

pytestmark = pytest.mark.slow

Floats = NDArray[np.float64]
WEEKS: Final = 1000
SESSIONS: Final = 150
DRAWN: Final = 20
SEED: Final = 20260215
BIG: Final = 60  # net minutes that are remembered in the sweep
FATES: Final = ("a", "d", "k", "p", "u")
FATE_CHANCES: Final = (0.10, 0.17, 0.09, 0.20, 0.44)
PURPOSES: Final = ("needed", "optional", "explore", "show")
PURPOSE_CHANCES: Final = (0.68, 0.14, 0.12, 0.06)


class Week(NamedTuple):
    """All there is to know of one week, session by session."""

    tokens: Floats
    attention: Floats  # minutes
    fate: NDArray[np.str_]
    purpose: NDArray[np.str_]
    by_hand: Floats  # c, minutes
    after_work: Floats  # r, minutes

    @property
    def net(self) -> Floats:
        return self.by_hand - self.after_work - self.attention

    @property
    def in_use(self) -> NDArray[np.bool_]:
        return np.isin(self.fate, ("p", "u"))


class Result(NamedTuple):
    """What was estimated of one week, beside the truth."""

    truth: float
    low: float
    high: float
    estimate: float
    share: float
    share_low: float
    share_high: float
    volunteered: float  # net minutes extrapolated from volunteers


def made(rng: np.random.Generator) -> Week:
    """Return one week after the model of 9.3."""
    z, e, e1, e2 = rng.normal(size=(4, SESSIONS))
    tokens = 8e4 * np.exp(1.7 * z) * np.where(rng.random(SESSIONS) < 0.02, 10, 1)
    attention = 3.2 * np.exp(0.85 * (0.55 * z + 0.835 * e))
    fate = rng.choice(FATES, SESSIONS, p=FATE_CHANCES)
    purpose = rng.choice(PURPOSES, SESSIONS, p=PURPOSE_CHANCES)
    by_hand = 9 * (attention / 3.2) ** 0.95 * np.exp(0.9 * e1)
    by_hand *= np.where(fate == "p", 0.6, 1) * np.isin(fate, ("p", "u"))
    by_hand *= np.where(purpose == "explore", 0.7, 1) * np.isin(purpose, ("needed", "explore"))
    after_work = 2 * (attention / 3.2) ** 0.5 * np.exp(0.9 * e2)
    after_work *= np.where(fate == "a", 0.2, 1) * (rng.random(SESSIONS) >= 0.4)
    return Week(tokens, attention, fate, purpose, np.minimum(by_hand, 600), after_work)


def answer(week: Week, i: int) -> Tag:
    """Return what the person says of one session: the truth."""
    c, r = float(week.by_hand[i]), float(week.after_work[i])
    return Tag(
        Purpose(week.purpose[i]), Fate(week.fate[i]), Minutes(9, c, c), Minutes(9, r, r)
    )  # fmt: skip


def asked(week: Week, i: int, role: Role, chance: float) -> Asked:
    minutes = float(week.attention[i])
    return Asked(
        str(i), "2026-W07a", role, chance, minutes, minutes, minutes, None, int(week.tokens[i]),
        answer(week, i),
    )  # fmt: skip


def looked_at(week: Week, rng: np.random.Generator, *, sweep: bool) -> Frame:
    """Return the frame of a week after the sweep and the draw of 20."""
    chance = rng.random(SESSIONS)
    swept = np.where(np.abs(week.net) > BIG, chance < 0.8, chance < 0.02) & sweep
    rest = np.flatnonzero(~swept)
    chances = inclusion(sizes(week.attention[rest].tolist(), week.tokens[rest].tolist()), DRAWN)
    order = pareto_order(rng.random(len(rest)).tolist(), chances)[:DRAWN]
    seen = [asked(week, int(i), "take_all", 1.0) for i in np.flatnonzero(swept)]
    seen += [
        asked(week, int(rest[i]), "certainty" if chances[i] >= 1 else "drawn", chances[i])
        for i in order
    ]
    whole = float(week.attention.sum())
    return Frame(
        "2026-W07a", SESSIONS, whole, whole, whole, None, int(week.tokens.sum()), tuple(seen),
        drawn_at=1, planned=DRAWN,
    )  # fmt: skip


def extrapolated(week: Week, rng: np.random.Generator) -> float:
    """Return net minutes as told by those who tag when they like to: wins more often (4.8)."""
    useful = week.in_use & (week.purpose != "show")
    size = np.sign(week.net) * np.log1p(np.abs(week.net))
    logit = 2.35 - useful - 0.3 * size - 0.25 * np.log(week.tokens / 8e4) / 1.7
    tagged = rng.random(SESSIONS) < 1 / (1 + np.exp(logit))
    return float(week.net[tagged].mean() * SESSIONS) if tagged.any() else 0.0


def result(number: int, rng: np.random.Generator, *, sweep: bool) -> Result:
    week = made(rng)
    frame = looked_at(week, rng, sweep=sweep)
    told, in_use = net([frame], str(number)), headline([frame], str(number))[0]
    assert told.low is not None
    assert told.high is not None
    assert in_use.value is not None
    assert in_use.low is not None
    assert in_use.high is not None
    weighted = sum(one.weight * one.tag.value_minutes for one in frame.asked) - frame.attention
    return Result(
        float(week.net.sum()), told.low, told.high, weighted,
        float(week.attention[week.in_use].sum() / week.attention.sum()),
        in_use.low, in_use.high, extrapolated(week, rng),
    )  # fmt: skip


@pytest.fixture(scope="module")
def swept() -> list[Result]:
    rng = np.random.default_rng(SEED)
    return [result(number, rng, sweep=True) for number in range(WEEKS)]


def test_the_model_is_the_one_of_the_specification() -> None:
    rng = np.random.default_rng(SEED)
    net_minutes = np.concatenate([made(rng).net for _ in range(WEEKS)])
    assert net_minutes.mean() == pytest.approx(1.6, abs=0.2)
    assert net_minutes.std() == pytest.approx(20.6, abs=0.7)
    assert (net_minutes > 0).mean() == pytest.approx(0.35, abs=0.005)


def test_the_hull_holds_the_truth_in_92_of_100_weeks(swept: list[Result]) -> None:
    assert np.mean([one.low <= one.truth <= one.high for one in swept]) >= 0.92


def test_the_hull_is_about_as_wide_as_in_the_specification(swept: list[Result]) -> None:
    assert np.median([(one.high - one.low) / 2 for one in swept]) == pytest.approx(756, rel=0.1)


def test_the_estimate_is_not_biased(swept: list[Result]) -> None:
    errors = np.array([one.estimate - one.truth for one in swept])
    assert abs(errors.mean()) < 3 * errors.std() / np.sqrt(WEEKS)


def test_shares_hold_the_truth_in_93_of_100_weeks(swept: list[Result]) -> None:
    assert np.mean([one.share_low <= one.share <= one.share_high for one in swept]) >= 0.93


def test_volunteers_extrapolated_are_far_off(swept: list[Result]) -> None:
    truth = np.mean([one.truth for one in swept])
    bias = np.mean([one.volunteered for one in swept]) - truth
    assert bias > 3 * truth > 0


def test_without_a_sweep_the_hull_still_holds_the_truth_in_90_of_100_weeks() -> None:
    rng = np.random.default_rng(SEED)
    found = [result(number, rng, sweep=False) for number in range(WEEKS)]
    assert np.mean([one.low <= one.truth <= one.high for one in found]) >= 0.90
