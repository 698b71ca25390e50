import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.estimate import Estimate
from tokenworth.measures.forecasts import (
    Forecast,
    calibration,
    centre,
    in_range,
    judgement,
    own_factor,
    words,
)

NO_AI = ((60, 66), (90, 110), (20, 18), (60, 80), (75, 70), (50, 62))
"""Forecast and actual minutes of the trial's arm without AI (spec v1, 9.7): six, so under 10."""

TEN = (
    Forecast(30, 30, 40), Forecast(30, 60, 50), Forecast(10, 20, 45), Forecast(60, 60, 60),
    Forecast(90, 120, 95), Forecast(15, 30, 20), Forecast(45, 45, 100), Forecast(20, 40, 19),
    Forecast(100, 100, 80), Forecast(30, 60, 20),
)  # fmt: skip

forecasts = st.lists(
    st.builds(
        lambda low, more, actual: Forecast(low, low + more, actual),
        st.integers(1, 500), st.integers(0, 500), st.integers(1, 2000),
    ),
    min_size=10,
    max_size=20,
)  # fmt: skip


def by_key(found: tuple[Estimate, ...]) -> dict[str, Estimate]:
    return {one.key: one for one in found}


def test_bias_and_spread_of_the_trial_of_the_spec() -> None:
    found = centre([actual / forecast for forecast, actual in NO_AI])
    assert found == pytest.approx((1.109678, 0.937380, 1.313646, 1.174436), abs=1e-6)


def test_six_forecasts_are_not_enough() -> None:
    six = [Forecast(forecast, forecast, actual) for forecast, actual in NO_AI]
    assert own_factor(six) is None
    assert words(six) == ["not enough yet: 6 of 10"]
    assert not any(one.is_shown for one in calibration(six))
    assert judgement([]).words == ("not enough yet: 0 of 10",)


def test_ten_forecasts_by_hand() -> None:
    found = by_key(calibration(TEN))
    ratios = [one.actual / one.value for one in TEN]
    assert [round(ratio, 2) for ratio in ratios] == [
        1.33, 1.16, 3.12, 1.0, 0.91, 0.92, 2.22, 0.66, 0.8, 0.46,
    ]  # fmt: skip
    assert found["within_25"].value == 5 / 10
    assert found["within_factor_2"].value == 7 / 10
    assert found["over"].value == 4 / 10
    assert found["bias"].value == pytest.approx(math.prod(ratios) ** (1 / 10))
    assert found["bias"].value == own_factor(TEN)
    assert all(one.is_shown for key, one in found.items() if key != "in_range")


def test_a_point_is_no_range_to_hit() -> None:
    assert in_range(TEN).reason == "not enough yet: 6 of 10"
    ranges = [Forecast(10, 20, actual) for actual in (9, 10, 15, 20, 21, 30, 12, 13, 5, 19)]
    assert in_range(ranges).value == 6 / 10


def test_forecasts_on_a_line_of_logs() -> None:
    minutes = [(5 * 2**k, 3 * (5 * 2**k) ** 0.5) for k in range(10)]
    found = by_key(calibration([Forecast(value, value, actual) for value, actual in minutes]))
    assert found["slope"].value == pytest.approx(0.5)
    assert found["order"].value is None  # one order: no interval
    assert found["order"].reason


def test_exact_forecasts_have_no_spread_and_say_so() -> None:
    found = by_key(calibration([Forecast(30, 30, 30)] * 12))
    assert found["bias"].value == 1
    assert found["spread"].value is None
    assert found["slope"].value is None
    assert found["within_25"].value == 1
    assert (
        words([Forecast(30, 30, 30)] * 12)[0] == "12 took 1.00 times the forecast (1.00 to 1.00)."
    )


def test_what_has_no_ratio_is_counted_not_guessed() -> None:
    found = words([*TEN, Forecast(10, 20, 0), Forecast(0, 0, 15)])
    assert found[-1] == "2 more have no outcome in minutes."
    assert judgement([*TEN, Forecast(0, 0, 15)]).points == judgement(TEN).points


def test_arms_stand_apart() -> None:
    with_ai = [one._replace(arm="with AI") for one in TEN]
    without = [one._replace(arm="without AI", actual=2 * one.actual) for one in TEN]
    found = judgement([*with_ai, *without])
    bias = {one.key: one for one in found.estimates if one.key.startswith("bias")}
    assert list(bias) == ["bias_with_ai", "bias_without_ai"]
    first, second = bias.values()
    assert first.value is not None
    assert second.value == pytest.approx(2 * first.value)
    assert first.denominator == "10 forecasts with an outcome, with AI"
    assert found.words[0].startswith("with AI: 10 took 1.08 times the forecast (")
    assert len(found.points) == 20


@given(forecasts, st.sampled_from((0.25, 2.0, 64.0)))
def test_another_unit_of_time_changes_nothing(found: list[Forecast], unit: float) -> None:
    other = [Forecast(one.low * unit, one.high * unit, one.actual * unit) for one in found]
    before, after = by_key(calibration(found)), by_key(calibration(other))
    for key in ("bias", "spread", "slope"):
        first, second = before[key].value, after[key].value
        if first is not None and second is not None:
            assert second == pytest.approx(first, rel=1e-5, abs=1e-6)


@given(forecasts)
def test_shares_lie_within_their_limits_and_those_within_0_and_1(found: list[Forecast]) -> None:
    for one in calibration(found):
        if one.unit == "share" and one.value is not None:
            assert one.low is not None
            assert one.high is not None
            assert 0 <= one.low <= one.value + 1e-12
            assert one.value - 1e-12 <= one.high <= 1
