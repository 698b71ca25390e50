"""A session's file walked line by line.

Seven tenths of the bytes are tool results. A line that begins like one is passed over without
being decoded; the test knows one layout only, and a line written in another is decoded.
"""

from collections.abc import Iterator

from tokenworth.domain.importer import Source, Spot
from tokenworth.domain.records import Piece
from tokenworth.importers.claude_code.gather import Gathering
from tokenworth.importers.claude_code.records import REFUSED, Record, loosely, strict
from tokenworth.reading.lines import LINE_LIMIT, Block, blocks, rest

_TOOL_RESULT = b'"type":"user","message":{"role":"user","content":[{"tool_use_id"'
_HEAD = 640  # bytes of a line in which that stands, if it does
_SHORT = 1024  # below this, decoding costs little, and a refused call may hold an interrupt too
_PROGRESS = b'"data":{'  # such a record may repeat a tool's result among other things
_OPENING, _CLOSING = ord("{"), ord("}")
_RECORDS = 20_000
_BYTES = 32 * 1024 * 1024


def read(source: Source, spot: Spot) -> Iterator[Piece]:
    """Read a file from the spot on."""
    gathering = Gathering(source.name, spot)
    end, line = spot.offset, spot.line  # of the last piece
    with source.open() as handle:
        for block in blocks(handle, spot.offset):
            _walk(block, gathering)
            if gathering.line - line >= _RECORDS or gathering.end - end >= _BYTES:
                yield gathering.piece()
                end, line = gathering.end, gathering.line
        _finish(rest(handle, gathering.end), gathering)
    if gathering.end > end or gathering.left():
        yield gathering.piece(last=True)


def _finish(line: bytes, gathering: Gathering) -> None:
    """Read a last line without a newline, if it is whole; it is read again when the file grows."""
    if line.endswith(b"}"):
        try:
            record = strict(line)
        except REFUSED:
            return  # still being written
        gathering.line += 1
        gathering.start = gathering.end
        _take(record, gathering)
        gathering.line -= 1


def _take(record: Record, gathering: Gathering) -> None:
    if record.type == "assistant":
        gathering.answer(record)
    else:
        gathering.other(record)


def _walk(block: Block, gathering: Gathering) -> None:
    """Read the lines of a block."""
    data, size, view, offset, find = (
        block.data,
        block.size,
        block.view,
        block.offset,
        block.data.find,
    )
    answer, other = gathering.answer, gathering.other
    line, end = gathering.line, -1
    while (begin := end + 1) < size:
        end = find(b"\n", begin, size)
        line += 1
        if (
            end - begin > _SHORT
            and (at := find(_TOOL_RESULT, begin, begin + _HEAD)) >= 0
            and data[begin] == _OPENING
            and data[end - 1] == _CLOSING
            and find(_PROGRESS, begin, at) < 0
        ):
            continue
        gathering.line, gathering.start = line, offset + begin
        try:
            record = strict(view[begin:end])
        except REFUSED:
            mended = _mended(view[begin:end], gathering)
            if mended is None:
                continue
            record = mended
        if record.type == "assistant":
            answer(record)
        else:
            other(record)
    gathering.line, gathering.end = line + block.too_long, block.end
    if block.too_long:
        words = f"a line of more than {LINE_LIMIT // 2**20} MiB was passed over"
        gathering.problem("too long", words)


def _mended(line: memoryview, gathering: Gathering) -> Record | None:
    """Return what can be read of a line that is not as it should be."""
    if not bytes(line).strip():
        return None
    record, words = loosely(line)
    if record is None:
        gathering.problem("broken line", f"{words}; this line was left out")
    elif words:
        gathering.problem("mended line", f"{words}; the rest of the line was kept")
    return record
