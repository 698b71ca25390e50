"""Answers from standard input: single keys where it is a terminal, whole lines where it is not."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Final, Protocol, TextIO

ENTER: Final = ""
BACK: Final = "b"
QUIT: Final = "q"
TAB: Final = "\t"
SPECIAL: Final = "\x1b"
"""A key that is none of ours: an arrow, a function key."""
CHUNK: Final = 4096
_MEANS: Final = {"\r": ENTER, "\n": ENTER, "\x7f": BACK, "\b": BACK}


class Ended(Exception):
    """There is no more input."""


class Keyboard(Protocol):
    """Where answers come from."""

    def key(self) -> str:
        """Return one key in small letters, ENTER, BACK or TAB. Raises Ended."""
        ...

    def line(self) -> str:
        """Return a line of text. Raises Ended."""
        ...


class Lines:
    """A line an answer: a file, a pipe, a script."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def key(self) -> str:
        """Return a line as if it were a key; an empty one is ENTER."""
        return self.line().lower()

    def line(self) -> str:
        """Return a line of text."""
        text = self._stream.readline()
        if not text:
            raise Ended
        return text.strip()


class Terminal:
    """A key an answer, read as soon as it is pressed."""

    def __init__(self, read_key: Callable[[], str], read_line: Callable[[], str]) -> None:
        self._read_key = read_key
        self._read_line = read_line
        self._waiting = ""

    def key(self) -> str:
        """Return one key; what was typed or pasted ahead is taken key by key."""
        if not self._waiting:
            self._waiting = self._read_key()
        if self._waiting.startswith(SPECIAL):
            self._waiting = ""
            return SPECIAL
        key, self._waiting = self._waiting[0], self._waiting[1:]
        if key == "\x04":
            raise Ended
        return _MEANS.get(key, key.lower())

    def line(self) -> str:
        """Return a line of text, which the terminal lets the person edit."""
        ahead, newline, rest = self._waiting.replace("\r", "\n").partition("\n")
        self._waiting = rest
        if newline:
            return ahead.strip()
        text = self._read_line()
        if not text:
            raise Ended
        return (ahead + text).strip()


@contextlib.contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Give the keyboard; a terminal is left as it was found, whatever happens."""
    if not sys.stdin.isatty():
        yield Lines(sys.stdin)
        return
    with _single_keys() as terminal:
        yield terminal


if sys.platform == "win32":
    import msvcrt

    @contextlib.contextmanager
    def _single_keys() -> Iterator[Terminal]:
        yield Terminal(_pressed, sys.stdin.readline)

    def _pressed() -> str:
        key = msvcrt.getwch()
        if key == "\x03":
            raise KeyboardInterrupt
        if key in ("\x00", "\xe0"):
            msvcrt.getwch()  # the second half of an arrow or a function key
            return SPECIAL
        return key

else:
    import termios
    import tty

    @contextlib.contextmanager
    def _single_keys() -> Iterator[Terminal]:
        number = sys.stdin.fileno()
        before = termios.tcgetattr(number)

        def read_key() -> str:
            return _read(number)

        def read_line() -> str:
            termios.tcsetattr(number, termios.TCSADRAIN, before)
            try:
                return _read(number)
            finally:
                tty.setcbreak(number, termios.TCSADRAIN)

        ends = signal.signal(signal.SIGTERM, _end)  # else nothing below would be run
        try:
            tty.setcbreak(number, termios.TCSADRAIN)
            yield Terminal(read_key, read_line)
        finally:
            termios.tcsetattr(number, termios.TCSADRAIN, before)
            signal.signal(signal.SIGTERM, ends)

    def _read(number: int) -> str:
        data = os.read(number, CHUNK)
        if not data:
            raise Ended
        return data.decode(sys.stdin.encoding or "utf-8", "ignore")

    def _end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)
