"""Least squares in plain arrays: coefficients, classical, HC3 and cluster-robust errors (5.4).

The first column of a design is usually ones. Units are those of the outcome. After MacKinnon and
White (1985) for HC3, and Liang and Zeger (1986) for clusters.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from tokenworth.measures.arrays import Floats, np
from tokenworth.measures.quantiles import student

_SINGULAR: Final = 1e-10  # of the largest column, what is left of one once the others are out
_LEVERAGE: Final = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A line through the data: one coefficient for each column of the design."""

    design: Floats  # n rows, k columns
    coefficients: Floats
    residuals: Floats
    leverage: Floats  # how much each row decides its own fitted value, 0 to 1
    inverse: Floats  # (X'X)^-1

    @property
    def df(self) -> int:
        """Degrees of freedom left: n - k."""
        rows, columns = self.design.shape
        return int(rows - columns)

    @property
    def s(self) -> float:
        """Residual standard deviation, in the unit of the outcome."""
        return float(np.sqrt(self.residuals @ self.residuals / self.df))

    def classical(self) -> Floats:
        """Return the standard errors where every row has the same spread."""
        return self.s * np.sqrt(np.diag(self.inverse))

    def hc3(self) -> Floats:
        """Return the standard errors whatever the spreads.

        Raises ValueError where a row decides its own fitted value alone.
        """
        if np.any(self.leverage > 1 - _LEVERAGE):
            raise ValueError("a row stands alone: its error cannot be seen")
        scores = self.design * (self.residuals / (1 - self.leverage))[:, np.newaxis]
        return _errors(self.inverse @ (scores.T @ scores) @ self.inverse)

    def clustered(self, groups: Sequence[Hashable]) -> Floats:
        """Return the standard errors where rows of one group may go together.

        Raises ValueError where there are fewer than two groups, or not one for each row.
        """
        rows, _ = self.design.shape
        if len(groups) != rows:
            raise ValueError("a group is needed for each row")
        numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
        count = len(numbers)
        if count < 2:  # noqa: PLR2004 -- no spread in one
            raise ValueError("at least two groups are needed")
        sums = np.zeros((count, self.design.shape[1]))
        scores = self.design * self.residuals[:, np.newaxis]
        np.add.at(sums, [numbers[group] for group in groups], scores)
        scale = count / (count - 1) * (rows - 1) / self.df
        return _errors(scale * self.inverse @ (sums.T @ sums) @ self.inverse)


def fit(columns: Sequence[Sequence[float]], outcome: Sequence[float]) -> Fit:
    """Return the least squares fit of an outcome on 1 and the columns.

    Raises ValueError where there are too few rows, or a column says nothing the others do not.
    """
    y = np.asarray(outcome, dtype=np.float64)
    parts = [np.asarray(column, dtype=np.float64) for column in columns]
    if any(part.shape != y.shape for part in parts):
        raise ValueError("every column needs as many rows as the outcome")
    design = np.column_stack([np.ones_like(y), *parts])
    rows, width = design.shape
    if rows <= width:
        raise ValueError(f"more than {width} rows are needed")
    q, r = np.linalg.qr(design)
    if np.any(np.abs(np.diag(r)) < _SINGULAR * np.linalg.norm(design, axis=0)):
        raise ValueError("a column says nothing that the others do not")
    turned = np.linalg.inv(r)
    coefficients = turned @ (q.T @ y)
    return Fit(
        design=design,
        coefficients=coefficients,
        residuals=y - design @ coefficients,
        leverage=np.sum(q * q, axis=1),
        inverse=turned @ turned.T,
    )


def t_interval(value: float, error: float, df: int) -> tuple[float, float]:
    """Return the 95 % interval of a value with its standard error."""
    half = student(0.975, df) * error
    return value - half, value + half


def _errors(covariance: Floats) -> Floats:
    return np.sqrt(np.maximum(np.diag(covariance), 0.0))
