"""Files walked in blocks of whole lines."""

import io
import itertools

from hypothesis import given
from hypothesis import strategies as st

from tokenworth.reading.lines import BLOCK, Block, blocks, rest


def walked(data: bytes, offset: int = 0, block: int = 16, limit: int = 64) -> list[bytes | int]:
    """Return every line with its newline, and for each line passed over a number."""
    found: list[bytes | int] = []
    place = offset
    for each in blocks(io.BytesIO(data), offset, block, limit):
        assert each.offset == place
        place = each.end
        if each.too_long:
            assert each.size == 0
            found.append(each.too_long)
        else:
            text = bytes(each.data[: each.size])
            assert text.endswith(b"\n")
            assert text == data[each.offset : each.end] == bytes(each.view[: each.size])
            found += [line + b"\n" for line in text.split(b"\n")[:-1]]
    return found


def test_an_empty_file_has_no_blocks() -> None:
    assert walked(b"") == []


def test_a_line_without_a_newline_is_still_being_written() -> None:
    assert walked(b"one\ntwo") == [b"one\n"]
    assert walked(b"one") == []


def test_a_walk_begins_where_it_is_told() -> None:
    assert walked(b"one\ntwo\nthree\n", offset=4) == [b"two\n", b"three\n"]


def test_a_line_longer_than_a_block_is_whole() -> None:
    line = b"x" * 50 + b"\n"
    assert walked(b"a\n" + line + b"b\n") == [b"a\n", line, b"b\n"]


def test_a_line_over_the_limit_is_passed_over_and_its_neighbours_are_kept() -> None:
    long = b"x" * 300 + b"\n"
    assert walked(b"a\n" + long + b"b\nc\n" + long) == [b"a\n", 1, b"b\n", b"c\n", 1]


def test_a_line_at_the_limit_is_kept() -> None:
    line = b"x" * 64 + b"\n"
    assert walked(line + b"b\n") == [line, b"b\n"]


def test_a_long_line_that_is_still_being_written_is_left() -> None:
    assert walked(b"a\n" + b"x" * 300) == [b"a\n"]


def test_memory_stays_bounded() -> None:
    data = b"x" * 100_000 + b"\nend\n"
    sizes = [len(each.data) for each in blocks(io.BytesIO(data), 0, 16, 64)]
    assert max(sizes) <= 65


def test_the_buffer_is_reused_from_file_to_file() -> None:
    first = [id(each.data) for each in blocks(io.BytesIO(b"one\n"))]
    second = [id(each.data) for each in blocks(io.BytesIO(b"two\n"))]
    assert first == second
    assert all(len(each.data) == BLOCK for each in blocks(io.BytesIO(b"three\n")))


def test_two_walks_at_once_do_not_share_a_buffer() -> None:
    one, two = blocks(io.BytesIO(b"one\n")), blocks(io.BytesIO(b"two\n"))
    first, second = next(one), next(two)
    assert bytes(first.data[: first.size]) == b"one\n"
    assert bytes(second.data[: second.size]) == b"two\n"
    one.close()
    two.close()


def test_the_rest_is_what_stands_behind_the_last_newline() -> None:
    assert rest(io.BytesIO(b"one\ntwo"), 4) == b"two"
    assert rest(io.BytesIO(b"one\n"), 4) == b""
    assert rest(io.BytesIO(b"one\n" + b"x" * 30), 4, limit=20) == b""


@given(
    st.lists(st.binary(max_size=200).map(lambda raw: raw.replace(b"\n", b" ")), max_size=20),
    st.binary(max_size=100).map(lambda raw: raw.replace(b"\n", b" ")),
    st.integers(1, 64),
)
def test_no_line_is_lost_or_cut(lines: list[bytes], tail: bytes, block: int) -> None:
    data = b"".join(line + b"\n" for line in lines) + tail
    found = walked(data, block=block)
    kept = [line + b"\n" for line in lines if len(line) <= 64]
    assert [each for each in found if isinstance(each, bytes)] == kept
    assert sum(each for each in found if isinstance(each, int)) == len(lines) - len(kept)


@given(st.lists(st.sampled_from([b"a\n", b"bcd\n", b"x" * 20 + b"\n"]), min_size=1), st.data())
def test_a_walk_can_go_on_after_any_block(lines: list[bytes], draw: st.DataObject) -> None:
    data = b"".join(lines)
    whole: list[Block] = list(blocks(io.BytesIO(data), 0, 8, 64))
    stop = draw.draw(st.integers(0, len(whole) - 1))
    ends = list(itertools.accumulate(len(line) for line in lines))
    assert whole[stop].end in ends
    assert walked(data, offset=whole[stop].end) == lines[ends.index(whole[stop].end) + 1 :]
