"""What a measure says: a number with all that must stand beside it (spec v1, R3)."""

from typing import Literal

import msgspec

How = Literal["drawn", "everything", "picked", "none"]
"""How the answers came: drawn by chance, all were asked, chosen by the person, there are none."""


class Estimate(msgspec.Struct, frozen=True):
    """A number, how sure it is, and what it rests on; where nothing may be shown, the reason.

    Shares are 0 to 1. `value` is None where only the interval may be said, and `low` and `high`
    too where not even that.
    """

    measure: str  # "M3"
    key: str  # "in_use": its name in --json
    unit: str  # "share", "min a week", "min per attention min", …
    value: float | None
    low: float | None
    high: float | None
    n: int  # answers it rests on
    minimum_n: int
    denominator: str  # in words: "690 attention minutes of 150 sessions"
    chosen: How
    interval: str  # "hull", "Wilson-eff", "Korn-Graubard", …; "complete": all were asked
    reason: str = ""  # in words, wherever value, or the interval, is not shown
    skips: tuple[float, float] | None = None
    """The value under two readings of skipped sessions; None where none was skipped."""
    open_high: bool = False  # the upper limit is no limit: drawn as an arrow

    @property
    def is_shown(self) -> bool:
        """Whether there is at least an interval to show."""
        return self.low is not None and self.high is not None


def not_enough(measure: str, key: str, unit: str, n: int, minimum_n: int) -> Estimate:
    """Return what stands in the place of an estimate with too few answers."""
    return Estimate(
        measure=measure, key=key, unit=unit, value=None, low=None, high=None, n=n,
        minimum_n=minimum_n, denominator="", chosen="none", interval="none",
        reason=f"not enough yet: {n} of {minimum_n}",
    )  # fmt: skip


def hidden(estimate: Estimate, left: int) -> Estimate:
    """Return an estimate that may not be seen yet: its queue is open, and it would bias."""
    return msgspec.structs.replace(
        estimate, value=None, low=None, high=None, skips=None, open_high=False,
        reason=f"hidden while its queue is open: {left} to go",
    )  # fmt: skip
