"""JSON lines: a file walked in blocks of whole lines, in bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

BLOCK = 8 * 1024 * 1024
LINE_LIMIT = 64 * 1024 * 1024
"""A longer line is passed over and said to be too long: memory stays bounded."""
_TAIL = 64 * 1024


class _Fills(Protocol):
    """What every binary file object can do, though typing.BinaryIO does not say so."""

    def readinto(self, buffer: memoryview, /) -> int | None: ...


@dataclass(slots=True)
class Block:
    """Whole lines, in one buffer that the next block reuses: copy what is to be kept.

    A block with ``too_long`` holds no lines: it stands for a line that was passed over.
    """

    data: bytearray
    size: int  # bytes of `data` in use; data[size - 1] is a newline, or size is 0
    offset: int  # where data[0] stands in the file
    end: int  # where the file goes on after this block (and what it passed over)
    view: memoryview  # the whole of `data`
    too_long: int = 0  # lines passed over here, each over the limit


# Buffers of finished files. Taking fresh memory for every one of 25,000 files costs more than
# reading the small ones; list.pop and list.append are safe between threads.
_spare: list[bytearray] = []


def blocks(
    handle: BinaryIO, offset: int = 0, block: int = BLOCK, limit: int = LINE_LIMIT
) -> Iterator[Block]:
    """Yield the whole lines of a file from ``offset`` on.

    A last line without a newline is not yielded: it is still being written. Raises OSError.
    """
    if offset:
        handle.seek(offset)
    taken = _spare.pop() if block == BLOCK and _spare else bytearray(block)
    try:
        yield from _walk(handle, offset, taken, limit)
    finally:
        if block == BLOCK:
            _spare.append(taken)


def rest(handle: BinaryIO, offset: int, limit: int = LINE_LIMIT) -> bytes:
    """Return what stands behind the last newline, at ``offset``; nothing if that is too long.

    It may be half a line. A line that parses is whole all the same. Raises OSError.
    """
    handle.seek(offset)
    data = handle.read(_TAIL)
    if len(data) == _TAIL:  # asking for `limit` at once costs as much as reading a small file
        data += handle.read(limit + 1 - _TAIL)
    return data if len(data) <= limit and b"\n" not in data else b""


def _walk(handle: BinaryIO, start: int, data: bytearray, limit: int) -> Iterator[Block]:
    """Yield blocks, where the file stands at ``start`` and ``data`` is the buffer to begin with."""
    fill = cast("_Fills", handle).readinto
    view = memoryview(data)
    used = 0  # bytes of `data` that hold something: the beginning of a line not yet whole
    passed = 0  # bytes thrown away of a line that is too long
    while count := fill(view[used:]):
        begin, used = used, used + count
        if passed:
            size = data.find(b"\n", 0, used) + 1
            if not size:
                passed, used = passed + used, 0
                continue
            end = start + passed + size
            yield Block(data, 0, start, end, view, too_long=1)
            start, passed, begin, used = end, 0, 0, _shift(view, size, used)
        size = data.rfind(b"\n", begin, used) + 1
        if size:
            yield Block(data, size, start, start + size, view)
            start, used = start + size, _shift(view, size, used)
        elif used > limit:
            passed, used = used, 0
        if used == len(data):
            data = data[:used] + bytearray(max(1, min(used, limit + 1 - used)))
            view = memoryview(data)


def _shift(view: memoryview, size: int, used: int) -> int:
    """Move what follows ``size`` to the front and return how much it is."""
    view[: used - size] = bytes(view[size:used])
    return used - size
