"""What a row of the table of measures is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One measure: what its numbers are of, and when they may be shown (spec v1, 3)."""

    id: str  # "M7": stable, in exports and in --json
    name: str  # shown
    unit: str
    denominator: str  # what shares are of; "none" for counts
    interval: str  # how sure its numbers are, or why there is no interval
    minimum_n: int  # with fewer it is replaced by the words "not enough yet: k of n"
    window: str
