"""One big JSON list: its elements as raw bytes, one after the other, in bounded memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from tokenworth.domain.records import Problem

WHOLE = 32 * 1024 * 1024
"""A file of at most so many bytes is read at one go, which is some twenty times as fast."""
CHUNK = 1024 * 1024
LIMIT = 256 * 1024 * 1024
"""A longer element is passed over and said to be too long: memory stays bounded."""

# Only sets are possessive: repeated groups that are give wrong results in Python 3.11.0 to 3.11.2.
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*"'
_PLAIN, _LISTED = rb'[^"\[\]{}]*+', rb'[^"\[\]{},]*+'
_BRACKETS = re.compile(_PLAIN + rb"(?:" + _STRING + _PLAIN + rb')*([\[\]{}"])?', re.DOTALL)
_COMMAS = re.compile(_LISTED + rb"(?:" + _STRING + _LISTED + rb')*([\[\]{},"])?', re.DOTALL)
_REST_OF_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*(")?', re.DOTALL)
_KEY = re.compile(rb'(?<!\\)"conversations"\s*+:\s*+\Z')
_KEY_ROOM = 80
_OPENER = {b"]": b"[", b"}": b"{"}
_SPACE = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


class _Scan:
    """Walks over JSON without understanding it; keeps the bytes from ``start`` on."""

    def __init__(self, handle: BinaryIO, data: bytes, chunk: int, limit: int) -> None:
        self.data = bytearray(data)
        self.start = 0
        self.pos = 0
        self.too_long = False
        self._handle = handle
        self._chunk = chunk
        self._limit = limit
        self._in_string = False

    def more(self) -> bool:
        """Read on, forgetting what lies before ``start``; False at the end of the file."""
        if self.pos - self.start > self._limit:
            self.too_long = True
        if self.too_long:
            self.start = max(self.start, self.pos - _KEY_ROOM)
        del self.data[: self.start]
        self.pos -= self.start
        self.start = 0
        piece = self._handle.read(self._chunk)
        self.data += piece
        return bool(piece)

    def first(self) -> bytes:
        """Go to the first byte that is no white space and return it; empty for an empty file."""
        while True:
            while self.pos < len(self.data):
                if self.data[self.pos] not in _SPACE:
                    self.start = self.pos
                    return bytes(self.data[self.pos : self.pos + 1])
                self.pos += 1
            self.start = self.pos
            if not self.more():
                return b""

    def mark(self, marks: re.Pattern[bytes]) -> bytes:
        """Return the next mark outside strings and stand after it; empty at the end of the file."""
        while True:
            found = (_REST_OF_STRING if self._in_string else marks).match(self.data, self.pos)
            mark = found[1] if found else None
            self.pos = found.end() if found else self.pos
            if mark == b'"':
                self._in_string = not self._in_string
            elif mark:
                return mark
            elif not self.more():
                return b""

    def take(self, end: int) -> bytes:
        """Return what lies between ``start`` and ``end`` and start anew at ``pos``."""
        taken = bytes(self.data[self.start : end]).strip(_SPACE)
        self.start = self.pos
        return taken


def elements(
    handle: BinaryIO, *, chunk: int = CHUNK, whole: int = WHOLE, limit: int = LIMIT
) -> Iterator[tuple[int, bytes | Problem]]:
    """Yield (1-based number, raw bytes) of each element of a list, in file order.

    An object with a list under "conversations" stands for that list, any other object is one
    element. An element is not looked into: it may be broken. A file that ends too early is one
    Problem at the end. Raises OSError.
    """
    data = handle.read(max(whole, len(_BOM)) + 1).removeprefix(_BOM)
    raws = _at_once(data) if 0 < len(data) <= whole else None
    if raws is not None:
        for number, raw in enumerate(raws, start=1):
            yield number, bytes(raw)
        return
    scan = _Scan(handle, data, chunk, limit)
    del data
    opener = scan.first()
    scan.pos += 1
    if opener == b"[":
        yield from _listed(scan)
    elif opener == b"{":
        yield from _single(scan)
    elif opener:
        yield 0, Problem(0, "not recognised", "The file holds neither a JSON list nor an object.")
    else:
        yield 0, Problem(0, "empty file", "The file is empty.")


def _at_once(data: bytes) -> list[msgspec.Raw] | None:
    """Return the elements of a file that is sound and complete, None of any other."""
    try:
        if data.lstrip(_SPACE)[:1] == b"{":
            held = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("conversations")
            if held is None or bytes(held)[:1] != b"[":
                return [msgspec.Raw(data.strip(_SPACE))]
            return msgspec.json.decode(held, type=list[msgspec.Raw])
        return msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _listed(scan: _Scan) -> Iterator[tuple[int, bytes | Problem]]:
    """Yield the elements of the list whose opening bracket was just passed."""
    number = 0
    open_: bytearray = bytearray()
    scan.start = scan.pos
    while mark := scan.mark(_BRACKETS if open_ else _COMMAS):
        if mark in b"[{":
            open_ += mark
        elif open_:
            _close(open_, mark)
        elif mark != b"}":
            element = _taken(scan, number + 1)
            if element:
                number += 1
                yield number, element
            if mark == b"]":
                return
    words = f"The file ends in the middle of its list; {number} elements before that were kept."
    yield number + 1, Problem(number + 1, "unfinished", words)


def _taken(scan: _Scan, number: int) -> bytes | Problem | None:
    """Return the element that ends before the mark just passed; None of an empty one."""
    element = scan.take(scan.pos - 1)
    if scan.too_long:
        scan.too_long = False
        return _too_long(number)
    return element or None


def _single(scan: _Scan) -> Iterator[tuple[int, bytes | Problem]]:
    """Yield the object whose opening brace was just passed, or the list it holds."""
    open_ = bytearray(b"{")
    while mark := scan.mark(_BRACKETS):
        end = scan.pos - 1
        if mark == b"[" and open_ == b"{":
            begin = max(scan.start, end - _KEY_ROOM)
            if _KEY.search(scan.data, begin, end):
                scan.too_long = False
                yield from _listed(scan)
                return
        if mark in b"[{":
            open_ += mark
        else:
            _close(open_, mark)
        if not open_:
            yield 1, _too_long(1) if scan.too_long else scan.take(scan.pos)
            return
    yield 1, Problem(1, "unfinished", "The file ends in the middle of its only element.")


def _close(open_: bytearray, mark: bytes) -> None:
    """Take back the last bracket that ``mark`` can close, and those left open inside it.

    A mark that closes nothing is passed over: it spoils one element, and not those after it.
    """
    at = open_.rfind(_OPENER[mark])
    if at >= 0:
        del open_[at:]


def _too_long(number: int) -> Problem:
    words = f"Element {number} is too long to be read and was passed over."
    return Problem(number, "too long", words)
