"""A rollout, packed or not, walked line by line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from tokenworth.domain.importer import Source, Spot
from tokenworth.domain.records import Piece
from tokenworth.importers.codex.gather import Gathering
from tokenworth.importers.codex.records import REFUSED, loosely, strict
from tokenworth.reading.lines import LINE_LIMIT, Block, blocks, rest

PACKED = b"\x28\xb5\x2f\xfd"
_WINDOW = 128 * 1024 * 1024
_UNPACKED_MOST = 32 * 1024**3
"""More than any rollout: a small file that unpacks to more is a trap."""
_LINES = 20_000
_BYTES = 32 * 1024 * 1024
_CLOSING = ord("}")


class _Unpacking:
    """A packed file as it was, and a newline behind it: it is no longer being written."""

    def __init__(self, handle: BinaryIO) -> None:
        import zstandard  # noqa: PLC0415 -- few have packed rollouts

        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        self._reader = unpacker.stream_reader(handle, read_across_frames=True)
        self._damage = zstandard.ZstdError
        self._left = _UNPACKED_MOST
        self._ended = False
        self.words = ""  # why it was not unpacked to its end

    def readinto(self, view: memoryview) -> int:
        """Fill the view; return how many bytes were put there."""
        if self._ended or not view:
            return 0
        try:
            count: int = self._reader.readinto1(view)
        except self._damage as error:
            count, self.words = 0, f"cannot be unpacked further: {error}"
        self._left -= count
        if self._left < 0:
            count, self.words = 0, "unpacks to far more than a session can be"
        if count == 0:
            self._ended = True
            view[:1] = b"\n"
            return 1
        return count


@contextmanager
def opened(source: Source) -> Iterator[tuple[BinaryIO, _Unpacking | None]]:
    """Open a rollout for reading its lines, packed or not. Raises OSError."""
    with source.open() as handle:
        if not source.name.endswith(".zst"):
            yield handle, None
            return
        packed = handle.read(len(PACKED)) == PACKED
        handle.seek(0)
        unpacking = _Unpacking(handle) if packed else None
        yield cast("BinaryIO", unpacking) if unpacking else handle, unpacking


def read(source: Source, spot: Spot) -> Iterator[Piece]:
    """Read a rollout from the spot on; a packed one is read from its start each time."""
    with opened(source) as (handle, unpacking):
        if unpacking is None:
            yield from _plain(source, handle, spot)
            return
        gathering = Gathering(source.name, Spot(root=spot.root))
        for piece in _pieces(handle, gathering):
            yield _from_start(piece)
        if unpacking.words:
            gathering.log.problem("broken file", f"{unpacking.words}; what was read before is kept")
        yield _from_start(gathering.piece(last=True))


def _from_start(piece: Piece) -> Piece:
    piece.offset, piece.line, piece.state = 0, 0, b""
    return piece


def _plain(source: Source, handle: BinaryIO, spot: Spot) -> Iterator[Piece]:
    gathering = Gathering(source.name, spot)
    end = spot.offset
    for piece in _pieces(handle, gathering):
        yield piece
        end = piece.offset
    state = _finish(rest(handle, gathering.end), gathering)
    if gathering.end > end or gathering.left():
        yield gathering.piece(state, last=True)


def _pieces(handle: BinaryIO, gathering: Gathering) -> Iterator[Piece]:
    """Read all whole lines; yield a piece each time that enough was read."""
    log = gathering.log
    end, line = gathering.end, log.line
    for block in blocks(handle, gathering.end):
        _walk(block, gathering)
        if log.line - line >= _LINES or gathering.end - end >= _BYTES:
            yield gathering.piece()
            end, line = gathering.end, log.line


def _finish(line: bytes, gathering: Gathering) -> bytes | None:
    """Read a last line without a newline, if it is whole; it is read again when the file grows.

    Return the state to go on from, as it was before that line.
    """
    if not line.endswith(b"}"):
        return None
    try:
        record = strict(line)
    except REFUSED:
        return None  # still being written
    state = gathering.state()
    gathering.log.line += 1
    gathering.take(record)
    gathering.log.line -= 1
    return state


def _walk(block: Block, gathering: Gathering) -> None:
    """Read the lines of a block."""
    data, size, view, find = block.data, block.size, block.view, block.data.find
    take, log = gathering.take, gathering.log
    passed_over = gathering.passed_over
    line, end = log.line, -1
    while (begin := end + 1) < size:
        end = find(b"\n", begin, size)
        line += 1
        if passed_over(data, begin, end) and data[end - 1] == _CLOSING:
            continue
        log.line = line
        try:
            record = strict(view[begin:end])
        except REFUSED:
            _mended(view[begin:end], gathering)
        else:
            take(record)
        passed_over = gathering.passed_over
    log.line, gathering.end = line + block.too_long, block.end
    if block.too_long:
        words = f"a line of more than {LINE_LIMIT // 2**20} MiB was passed over"
        gathering.log.problem("too long", words)


def _mended(line: memoryview, gathering: Gathering) -> None:
    """Take in what can be read of a line that is not as it should be."""
    if not bytes(line).strip():
        return
    record, kind, words = loosely(line)
    if kind:
        gathering.log.problem(kind, words)
    if record is not None:
        gathering.take(record)
