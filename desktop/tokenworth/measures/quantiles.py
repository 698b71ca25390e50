"""Quantiles of the normal, Student's t and the beta distribution: own, for no library is wanted.

The incomplete beta function is summed as a continued fraction (Lentz); its inverse is found by
bisection, which cannot fail, to 1e-14.
"""

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_TINY: Final = 1e-300
_CLOSE: Final = 3e-16
_STEPS: Final = 300
_HALVINGS: Final = 200


def normal(p: float) -> float:
    """Return the quantile of the standard normal distribution."""
    return _NORMAL.inv_cdf(p)


def normal_cdf(z: float) -> float:
    """Return the chance of a standard normal value up to z."""
    return _NORMAL.cdf(z)


Z: Final = normal(0.975)
"""1.959964."""


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function: the chance of a value up to x."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > _TINY else _TINY)
    result = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            d, c = 1 + part * d, 1 + part / c
            d = 1 / (d if abs(d) > _TINY else _TINY)
            c = c if abs(c) > _TINY else _TINY
            result *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return result


@lru_cache(maxsize=4096)
def beta(p: float, a: float, b: float) -> float:
    """Return the quantile of the beta distribution; with a or b at 0 or less its end."""
    if a <= 0:
        return 0.0
    if b <= 0:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_cdf(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@lru_cache(maxsize=4096)
def student(p: float, df: float) -> float:
    """Return the quantile of Student's t; df need not be whole. Raises ValueError for df <= 0."""
    if df <= 0:
        raise ValueError("degrees of freedom must be more than 0")
    if df == inf:
        return normal(p)
    if p < 0.5:  # noqa: PLR2004 -- the median
        return -student(1 - p, df)
    x = beta(2 * (1 - p), df / 2, 0.5)
    return sqrt(df * (1 - x) / x) if x > 0 else inf


def student_cdf(t: float, df: float) -> float:
    """Return the chance of a value of Student's t up to t."""
    tail = beta_cdf(df / (df + t * t), df / 2, 0.5) / 2
    return tail if t < 0 else 1 - tail
