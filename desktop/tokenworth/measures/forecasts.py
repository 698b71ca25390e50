"""M12, forecast calibration: how long things took beside what was said before starting.

Of forecasts in minutes with an outcome, by arm; q = ln(actual / forecast). Ratios with t intervals
on the log scale, shares with Wilson's (spec v1, 3). Bias and spread stand together: a forecast made
too long on purpose shows in one of them.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.tag import minutes_value
from tokenworth.domain.trending import Judgement
from tokenworth.measures.arrays import np
from tokenworth.measures.intervals import wilson
from tokenworth.measures.regression import fit, t_interval
from tokenworth.measures.relation import bonett_wright, spearman
from tokenworth.measures.reliability import LOG, Basis, fold, jackknife

TITLE: Final = "Forecasts"
MINIMUM: Final = 10
QUARTER: Final = 0.25
DOUBLE: Final = 2.0
FORECASTS: Final = Basis(
    "M12", MINIMUM, "forecasts with an outcome", "everything", "the forecasts differ"
)


class Forecast(NamedTuple):
    """A range in minutes told before starting, and what it took."""

    low: float
    high: float
    actual: float
    arm: str = ""  # shown as it is: "with AI"; "" outside trials

    @property
    def value(self) -> float:
        """Minutes the range stands for."""
        return minutes_value(self.low, self.high)

    @property
    def usable(self) -> bool:
        """Whether there is a ratio."""
        return 0 < self.value < math.inf and 0 < self.actual < math.inf


class Centre(NamedTuple):
    """The geometric mean of some ratios with its t interval, and their spread, all as factors."""

    bias: float
    low: float
    high: float
    spread: float


def centre(ratios: Sequence[float]) -> Centre:
    """Return bias and spread of two or more ratios of actual to forecast."""
    logs = np.log(np.asarray(ratios, dtype=np.float64))
    mean, deviation = float(logs.mean()), float(logs.std(ddof=1))
    low, high = t_interval(mean, deviation / math.sqrt(len(logs)), len(logs) - 1)
    return Centre(math.exp(mean), math.exp(low), math.exp(high), math.exp(deviation))


def calibration(forecasts: Sequence[Forecast]) -> tuple[Estimate, ...]:
    """Return bias, spread, shares, slope and rank correlation of the forecasts of one arm.

    Each is replaced by the reason below 10 forecasts.
    """
    found = [one for one in forecasts if one.usable]
    n = len(found)
    ratios = [one.actual / one.value for one in found]
    return (
        _bias(ratios),
        _spread(ratios),
        _share("within_25", [abs(ratio - 1) <= QUARTER for ratio in ratios], n),
        _share("within_factor_2", [1 / DOUBLE <= ratio <= DOUBLE for ratio in ratios], n),
        _share("over", [ratio > 1 for ratio in ratios], n),
        in_range(found),
        _slope(found),
        _order(found),
    )


def in_range(forecasts: Sequence[Forecast]) -> Estimate:
    """Return how often the actual time lay in the told range, where a range was told."""
    ranges = [one for one in forecasts if one.usable and one.low < one.high]
    return _share("in_range", [one.low <= one.actual <= one.high for one in ranges], len(ranges))


def own_factor(forecasts: Sequence[Forecast]) -> float | None:
    """Return the person's own actual/forecast of work without AI; None under 10 such forecasts.

    It takes the place of 0.835 among the stress lines of M6.
    """
    return _bias([one.actual / one.value for one in forecasts if one.usable]).value


def judgement(forecasts: Sequence[Forecast]) -> Judgement:
    """Return how forecasts held, arm by arm; its points are (forecast, actual) minutes."""
    arms = _by_arm(forecasts)
    estimates: list[Estimate] = []
    sentences: list[str] = []
    for arm, found in arms.items():
        of_arm = calibration(found)
        estimates += [_named(one, arm) for one in of_arm]
        sentences += [f"{arm}: {sentence}" if arm else sentence for sentence in words(found)]
    points = tuple((one.value, one.actual) for one in forecasts if one.usable)
    return Judgement(TITLE, tuple(estimates), tuple(sentences), points)


def words(forecasts: Sequence[Forecast]) -> list[str]:
    """Return what may be said of the forecasts of one arm: bias and spread, then the shares."""
    bias, spread, near, double, over, ranges, _, _ = calibration(forecasts)
    if bias.value is None or bias.low is None or bias.high is None:
        return [bias.reason]
    by = f", give or take {spread.value:.2f} fold" if spread.value is not None else ""
    sentences = [
        (
            f"{bias.n} took {bias.value:.2f} times the forecast "
            f"({bias.low:.2f} to {bias.high:.2f}){by}."
        ),
        (
            f"{_percent(near)} came within 25 % of it, {_percent(double)} within twofold, "
            f"{_percent(over)} took longer."
        ),
    ]
    if ranges.is_shown:
        sentences.append(f"{_percent(ranges)} lay within the range you told.")
    without = len(forecasts) - bias.n
    if without:
        sentences.append(f"{without} more have no outcome in minutes.")
    return sentences


def _by_arm(forecasts: Sequence[Forecast]) -> dict[str, list[Forecast]]:
    arms: dict[str, list[Forecast]] = {} if forecasts else {"": []}
    for one in forecasts:
        arms.setdefault(one.arm, []).append(one)
    return arms


def _bias(ratios: Sequence[float]) -> Estimate:
    n = len(ratios)
    if n < MINIMUM:
        return not_enough("M12", "bias", "actual / forecast", n, MINIMUM)
    found = centre(ratios)
    name = ("bias", "actual / forecast")
    return FORECASTS.estimate(name, n, found.bias, (found.low, found.high), "t on logs")


def _spread(ratios: Sequence[float]) -> Estimate:
    n = len(ratios)
    if n < MINIMUM:
        return not_enough("M12", "spread", "fold", n, MINIMUM)
    found = jackknife([math.log(ratio) for ratio in ratios], _deviation, LOG)
    limits = (fold(found[0]), fold(found[1])) if found else None
    return FORECASTS.estimate(("spread", "fold"), n, centre(ratios).spread, limits, LOG.name)


def _share(key: str, hits: Sequence[bool], n: int) -> Estimate:
    if n < MINIMUM:
        return not_enough("M12", key, "share", n, MINIMUM)
    share = sum(hits) / n
    return FORECASTS.estimate((key, "share"), n, share, wilson(share, n), "Wilson")


def _slope(found: Sequence[Forecast]) -> Estimate:
    n = len(found)
    name = ("slope", "log actual per log forecast")
    if n < MINIMUM:
        return not_enough("M12", *name, n, MINIMUM)
    try:
        line = fit(
            [[math.log(one.value) for one in found]], [math.log(one.actual) for one in found]
        )
    except ValueError:  # every forecast was the same
        return FORECASTS.estimate(name, n, None, None, "t")
    value, error = float(line.coefficients[1]), float(line.classical()[1])
    return FORECASTS.estimate(name, n, value, t_interval(value, error, line.df), "t")


def _order(found: Sequence[Forecast]) -> Estimate:
    n = len(found)
    name = ("order", "rank correlation")
    if n < MINIMUM:
        return not_enough("M12", *name, n, MINIMUM)
    rho = spearman([one.value for one in found], [one.actual for one in found])
    limits = None if rho is None else bonett_wright(rho, n)
    return FORECASTS.estimate(name, n, rho, limits, "Bonett-Wright")


def _named(estimate: Estimate, arm: str) -> Estimate:
    if not arm:
        return estimate
    key = f"{estimate.key}_{arm.lower().replace(' ', '_')}"
    of = f"{estimate.denominator}, {arm}" if estimate.denominator else ""
    return replace(estimate, key=key, denominator=of)


def _deviation(logs: Sequence[float]) -> float:
    return float(np.asarray(logs).std(ddof=1))


def _percent(estimate: Estimate) -> str:
    value, low, high = estimate.value or 0.0, estimate.low or 0.0, estimate.high or 0.0
    return f"{100 * value:.0f} % ({100 * low:.0f}–{100 * high:.0f})"
