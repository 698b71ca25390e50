"""JSON that a strict decoder refused."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.reading import loose

REPLACED = "a broken character was replaced"


def test_what_is_sound_is_read_without_a_word() -> None:
    assert loose.decode(b'{"a":[1,2.5,"x",null,true]}') == (
        {"a": [1, 2.5, "x", None, True]},
        None,
    )


def test_a_view_is_read_like_bytes() -> None:
    assert loose.decode(memoryview(b'xx{"a":1}')[2:]) == ({"a": 1}, None)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (rb'{"a":"x\ud800y"}', {"a": "x\ufffdy"}),
        (rb'{"a":"x\udc00"}', {"a": "x\ufffd"}),
        (rb'{"\ud83d":1}', {"\ufffd": 1}),
        (rb'{"a":"\ud800\ud83d\ude00"}', {"a": "\ufffd\U0001f600"}),
        (b'{"a":"\xff"}', {"a": "\ufffd"}),
    ],
)
def test_a_broken_character_costs_itself_only(line: bytes, value: object) -> None:
    assert loose.decode(line) == (value, REPLACED)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (rb'{"a":"\ud83d\ude00"}', {"a": "\U0001f600"}),
        (rb'{"a":"\\ud800"}', {"a": r"\ud800"}),
        (rb'{"a":"\\\\ud800"}', {"a": r"\\ud800"}),
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
    ],
)
def test_what_looks_broken_and_is_not_is_kept(line: bytes, value: object) -> None:
    assert loose.decode(line) == (value, None)


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 300])
def test_what_is_no_number_is_unknown(word: bytes) -> None:
    value, words = loose.decode(b'{"a":' + word + b',"b":2}')
    assert value == {"a": None, "b": 2}
    assert words


def test_eighteen_digits_are_a_number_and_nineteen_are_not() -> None:
    assert loose.decode(b"[" + b"9" * 18 + b"]") == ([10**18 - 1], None)
    assert loose.decode(b"[-" + b"9" * 18 + b"]") == ([1 - 10**18], None)
    assert loose.decode(b"[" + b"9" * 19 + b"]")[0] == [None]


def test_a_hundred_thousand_brackets_are_refused() -> None:
    assert loose.decode(b"[" * 100_000) == (None, "nested too deep")
    assert loose.decode(b'{"a":' * 100_000) == (None, "nested too deep")


@pytest.mark.parametrize("line", [b"", b"  ", b"{", b'{"a":1', b"x", b'{"a":1}{"b":2}', b"\x00"])
def test_what_is_not_json_is_said_to_be_none(line: bytes) -> None:
    assert loose.decode(line) == (None, "not JSON")


def test_two_losses_are_both_said() -> None:
    value, words = loose.decode(rb'{"a":NaN,"b":"\ud800","c":NaN}')
    assert value == {"a": None, "b": "\ufffd", "c": None}
    assert words is not None
    assert words.count(";") == 1


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(anything)
def test_sound_json_reads_as_a_strict_decoder_reads_it(value: object) -> None:
    try:
        line = json.dumps(value).encode()
        strict = msgspec.json.decode(line)
    except msgspec.DecodeError:  # a lone surrogate: the strict one refuses it
        assert loose.decode(line)[1] == REPLACED
    else:
        assert loose.decode(line) == (strict, None)


@given(st.binary(max_size=60))
def test_nothing_raises(line: bytes) -> None:
    loose.decode(line)
