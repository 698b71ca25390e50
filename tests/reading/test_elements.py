"""The elements of a big JSON list, cut out without being understood."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.records import Problem
from tokenworth.reading.elements import elements

SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False)
VALUES = st.recursive(
    SCALARS | st.sampled_from(['"', "\\", "[{", "}],", 'x\\"]', "conversations"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def got(data: bytes, **sizes: int) -> list[bytes | Problem]:
    return [element for _, element in elements(BytesIO(data), **sizes)]


def problems(data: bytes, **sizes: int) -> list[str]:
    return [item.kind for item in got(data, **sizes) if isinstance(item, Problem)]


def sound(data: bytes, **sizes: int) -> Iterator[Any]:
    for item in got(data, **sizes):
        if isinstance(item, bytes):
            yield json.loads(item)


@given(
    values=st.lists(VALUES),
    chunk=st.integers(1, 40),
    indent=st.sampled_from([None, 0, 2]),
    ascii_only=st.booleans(),
    whole=st.sampled_from([0, 10_000_000]),
)
def test_the_same_elements_as_the_standard_library_finds(
    values: list[Any], chunk: int, indent: int | None, ascii_only: bool, whole: int
) -> None:
    data = json.dumps(values, indent=indent, ensure_ascii=ascii_only)
    raw = data.encode("utf-8", "surrogatepass")
    found = got(raw, chunk=chunk, whole=whole)
    assert [type(item) for item in found] == [bytes] * len(values)
    decoded = [json.loads(bytes(item).decode("utf-8", "surrogatepass")) for item in found]
    assert decoded == json.loads(data)


@given(
    values=st.lists(VALUES),
    before=st.dictionaries(st.text(max_size=5), VALUES, max_size=3),
    chunk=st.integers(1, 40),
    whole=st.sampled_from([0, 10_000_000]),
)
def test_a_list_under_conversations_is_the_list(
    values: list[Any], before: dict[str, Any], chunk: int, whole: int
) -> None:
    data = json.dumps({**before, "conversations": values, "after": [1, {}]}).encode()
    assert list(sound(data, chunk=chunk, whole=whole)) == values


@given(value=st.dictionaries(st.text(max_size=5), VALUES), chunk=st.integers(1, 40))
def test_any_other_object_is_one_element(value: dict[str, Any], chunk: int) -> None:
    value.pop("conversations", None)
    data = b" \n" + json.dumps(value).encode() + b"\n"
    for whole in (0, 10_000_000):
        assert list(sound(data, chunk=chunk, whole=whole)) == [value]


def test_only_a_list_at_the_top_counts_as_conversations() -> None:
    inner = {"a": {"conversations": [1, 2]}}
    text = {"conversations": "[1, 2]"}
    for value in (inner, text):
        for whole in (0, 1000):
            assert list(sound(json.dumps(value).encode(), whole=whole)) == [value]


@given(values=st.lists(VALUES, min_size=1), cut=st.integers(1, 10_000), chunk=st.integers(1, 40))
def test_a_file_cut_off_anywhere_keeps_what_came_before(
    values: list[Any], cut: int, chunk: int
) -> None:
    data = json.dumps(values).encode()
    data = data[: min(cut, len(data) - 1)]
    found = got(data, chunk=chunk)
    assert isinstance(found[-1], Problem)
    assert found[-1].kind == "unfinished"
    kept = [json.loads(item) for item in found[:-1] if isinstance(item, bytes)]
    assert json.dumps(kept) == json.dumps(values[: len(kept)])
    assert len(kept) == len(found) - 1


@given(data=st.binary(max_size=60), chunk=st.integers(1, 9))
def test_any_bytes_at_all_give_elements_or_problems(data: bytes, chunk: int) -> None:
    for start in (b"", b"[", b"{", b'{"conversations":['):
        for _number, item in elements(BytesIO(start + data), chunk=chunk, limit=20):
            assert isinstance(item, bytes | Problem)


@pytest.mark.parametrize(
    "broken",
    [b'{"a": [1}', b'{"a": 1]}', b"1}", b'{"a": NaN}', b'{"a" 1}', b'"\xff"', b'"line\nend"', b"x"],
)
def test_one_broken_element_does_not_harm_its_neighbours(broken: bytes) -> None:
    found = got(b'[{"n": 1}, ' + broken + b', {"n": 2}]')
    assert found == [b'{"n": 1}', broken, b'{"n": 2}']


def test_an_element_that_is_too_long_is_passed_over() -> None:
    data = json.dumps([1, {"long": ["x" * 500, "y" * 500]}, {"n": 2}]).encode()
    found = list(elements(BytesIO(data), chunk=7, whole=0, limit=100))
    assert [number for number, _ in found] == [1, 2, 3]
    assert problems(data, chunk=7, whole=0, limit=100) == ["too long"]
    assert list(sound(data, chunk=7, whole=0, limit=100)) == [1, {"n": 2}]


def test_a_long_preface_does_not_hide_the_conversations() -> None:
    data = json.dumps({"p": "x" * 500, "conversations": [1, 2]}).encode()
    assert list(sound(data, chunk=7, whole=0, limit=100)) == [1, 2]


def test_memory_stays_bounded_whatever_the_length_of_the_file() -> None:
    class Endless(BytesIO):
        reads = 0

        def read(self, _size: int | None = -1) -> bytes:
            self.reads += 1
            return b'[{"a": "' if self.reads == 1 else b"x" * 1000 if self.reads < 5000 else b""

    found = list(elements(Endless(), whole=0, limit=5000))
    assert [type(item) for _, item in found] == [Problem]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty file"),
        (b" \n ", "empty file"),
        (b"5", "not recognised"),
        (b"\xff\xfe[\x00", "not recognised"),
        (b"[1, 2", "unfinished"),
        (b'{"a": ', "unfinished"),
    ],
)
def test_a_file_that_is_no_list_is_said_to_be_none(data: bytes, kind: str) -> None:
    assert problems(data) == [kind]


def test_a_byte_order_mark_is_no_part_of_the_list() -> None:
    for whole in (0, 1000):
        assert list(sound(b"\xef\xbb\xbf[1]", whole=whole)) == [1]
