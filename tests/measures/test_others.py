import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.frame import SecondLook
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.measures.others import judgement, others_time


def look(others: str | None, first: str = "u", second: str = "u") -> SecondLook:
    return SecondLook(
        uid="x", kind="second_28", first=Tag(purpose=Purpose.NEEDED, fate=Fate(first)),
        second=Tag(purpose=Purpose.NEEDED, fate=Fate(second), others=others), days=29,
        attention=2, weight=5,
    )  # fmt: skip


def looks(answers: str) -> list[SecondLook]:
    return [look(answer) for answer in answers]


def test_some_and_a_lot_both_count() -> None:
    found = others_time(looks("nnnnnnnnnnnnnnnssnnl"))
    assert found.value == pytest.approx(3 / 20)
    assert (found.n, found.measure, found.skips) == (20, "M20", None)


def test_fourteen_are_not_enough() -> None:
    found = judgement(looks("n" * 14))
    assert found.words == ("not enough yet: 14 of 15",)
    assert not found.estimates[0].is_shown


def test_what_one_does_not_know_is_read_two_ways_never_as_none() -> None:
    found = others_time(looks("n" * 12 + "s" * 4 + "x" * 4))
    assert (found.value, found.n) == (pytest.approx(1 / 4), 16)
    assert found.skips == pytest.approx((4 / 20, 8 / 20))
    assert judgement(looks("n" * 16 + "xx")).words[-1] == "Of 2 more you did not know."
    few = others_time(looks("n" * 14 + "xx"))
    assert few.reason == "not enough yet: 14 of 15"
    assert few.skips is None


def test_only_what_was_in_use_at_first_and_was_asked() -> None:
    more = [look("l", first="k"), look(None), look("n", second="d")]
    found = others_time([*looks("n" * 15), *more])
    assert found.n == 16  # what is thrown away by now was in use
    assert found.value == 0


def test_the_words() -> None:
    found = judgement(looks("n" * 15 + "s" * 5))
    assert found.words == (
        (
            "Of 40 attention minutes of 20 sessions in use, asked again, 25 % (12–45) took "
            "others' time to fix or untangle."
        ),
    )


@given(st.text(alphabet="nslx", min_size=15, max_size=40))
def test_the_share_lies_between_the_two_readings(answers: str) -> None:
    found = others_time(looks(answers))
    if found.skips is not None and found.value is not None:
        assert found.skips[0] <= found.value + 1e-12
        assert found.value <= found.skips[1] + 1e-12
