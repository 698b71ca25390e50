"""What the numbers mean: pure functions from what is held to what is shown; no files, no clock.

To add a measure: 1. a file here, with its unit and source in the docstring; 2. a row in MEASURES;
3. `tests/measures/test_<name>.py` with numbers counted by hand, and the invariances it must keep.
"""

from typing import Final

from tokenworth.domain.measure import Measure

MEASURES: Final = (
    Measure(
        id="M1",
        name="coverage",
        unit="counts, %",
        denominator="all sessions of the window",
        interval="none: exact",
        minimum_n=0,
        window="any",
    ),
    Measure(
        id="M2",
        name="raw counts",
        unit="tokens by class, USD, minutes",
        denominator="none",
        interval="none: exact",
        minimum_n=0,
        window="any",
    ),
    Measure(
        id="M7",
        name="bounds and tipping mean",
        unit="% of attention, minutes per session",
        denominator="all sessions of the window",
        interval="none: nothing was drawn by chance",
        minimum_n=1,
        window="any",
    ),
)
"""Every measure there is, in the order of the specification (spec v1, 3)."""
