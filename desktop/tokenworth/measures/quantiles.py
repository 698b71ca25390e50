"""Quantiles of the normal, Student and beta distributions, without a statistics package (spec, 3).

Pure numbers. The incomplete beta function is summed as a continued fraction (Lentz) and inverted
by Newton's steps, halved where they leave the bracket; quantiles are good to about 1e-12.
"""

import math
from functools import lru_cache
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_MIDDLE: Final = 0.5
_NEAR_MIDDLE: Final = 0.25  # so near, df / (df + t²) would round to 1
_TINY: Final = 1e-300
_EXACT: Final = 1e-15
_TERMS: Final = 10_000  # about the root of the larger parameter is needed
_STEPS: Final = 300
_EXPAND_FROM: Final = 1e5
"""Degrees of freedom from which two terms beyond the normal are exact."""


@lru_cache(maxsize=1024)
def normal(p: float) -> float:
    """Return the quantile of the standard normal. Raises ValueError outside (0, 1)."""
    if not 0 < p < 1:
        raise ValueError("a chance between 0 and 1 is needed")
    return _NORMAL.inv_cdf(p)


def normal_cdf(z: float) -> float:
    """Return the chance that a standard normal value is at most z."""
    return math.erfc(-z / math.sqrt(2)) / 2


Z: Final = normal(0.975)
"""1.959964: what holds 95 % of the normal to each side."""


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function: the chance of a value of at most x."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(_log_front(x, a, b))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


@lru_cache(maxsize=4096)
def beta(p: float, a: float, b: float) -> float:
    """Return the quantile of the beta distribution; its end where a or b is 0.

    Raises ValueError where p is no chance, or where a or b is below 0.
    """
    if not (0 <= p <= 1 and a >= 0 and b >= 0 and a + b > 0):
        raise ValueError("a chance from 0 to 1 and parameters of 0 or more are needed")
    if p in (0.0, 1.0):
        return p
    if a == 0 or b == 0:
        return 0.0 if a == 0 else 1.0
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(_STEPS):
        error = beta_cdf(x, a, b) - p
        low, high = (low, x) if error > 0 else (x, high)
        following = x - error / max(_TINY, math.exp(_log_front(x, a, b)) / (x * (1 - x)))
        if not low < following < high:
            following = (low + high) / 2
        if following in (low, high) or abs(following - x) <= _EXACT * x:
            return following
        x = following
    return x


@lru_cache(maxsize=4096)
def student_cdf(t: float, df: float) -> float:
    """Return the chance that Student's t is at most ``t``. Raises ValueError unless df > 0."""
    if not df > 0:
        raise ValueError("degrees of freedom must be more than 0")
    if df > _EXPAND_FROM:
        return normal_cdf(t - (t**3 + t) / (4 * df))
    square = t * t
    if square < df:
        half = beta_cdf(square / (df + square), 0.5, df / 2) / 2
        return 0.5 + math.copysign(half, t)
    tail = beta_cdf(df / (df + square), df / 2, 0.5) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=4096)
def student(p: float, df: float) -> float:
    """Return the quantile of Student's t; df need not be whole.

    Raises ValueError unless df > 0 and 0 < p < 1.
    """
    if not (0 < p < 1 and df > 0):
        raise ValueError("a chance between 0 and 1 and degrees of freedom above 0 are needed")
    if df > _EXPAND_FROM:
        z = normal(p)
        return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df * df)
    if abs(p - _MIDDLE) < _NEAR_MIDDLE:
        y = beta(2 * abs(p - _MIDDLE), 0.5, df / 2)
        size = math.sqrt(df * y / (1 - y))
    else:
        x = beta(2 * min(p, 1 - p), df / 2, 0.5)
        size = math.sqrt(df * (1 - x) / x)
    return math.copysign(size, p - _MIDDLE)


def _log_front(x: float, a: float, b: float) -> float:
    """Return ln of x^a (1 - x)^b / B(a, b)."""
    size = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return size + a * math.log(x) + b * math.log1p(-x)


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function, by Lentz's method."""
    c = 1.0
    d = 1 / _apart(1 - (a + b) * x / (a + 1))
    value = d
    for k in range(1, _TERMS):
        even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k))
        d = 1 / _apart(1 + even * d)
        c = _apart(1 + even / c)
        value *= d * c
        odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1))
        d = 1 / _apart(1 + odd * d)
        c = _apart(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < _EXACT:
            break
    return value


def _apart(value: float) -> float:
    """Return a value that can be divided by."""
    return value if abs(value) > _TINY else _TINY
