"""JSON that a strict decoder refused: what can be saved of it, and in words what could not."""

import json
import re

DIGITS = 18
"""A whole number with more digits is no count of anything: it becomes None."""

# Every escape is matched, so that the second half of one is never taken for the start of another.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


class _Saved:
    """Turns what JSON does not allow into something it does, and notes it."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def note(self, words: str) -> None:
        if words not in self.words:
            self.words.append(words)

    def text(self, line: bytes | memoryview) -> str:
        """Decode UTF-8; broken bytes and halves of surrogate pairs become U+FFFD."""
        try:
            text = str(line, "utf-8")
        except UnicodeDecodeError:
            text = str(line, "utf-8", "replace")
            self.note("a broken character was replaced")
        text = text.removeprefix("\ufeff")
        return _ESCAPE.sub(self._escape, text) if "\\ud" in text or "\\uD" in text else text

    def _escape(self, found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        self.note("a broken character was replaced")
        return "\\ufffd"

    def whole(self, digits: str) -> int | None:
        if len(digits.lstrip("-")) <= DIGITS:
            return int(digits)
        self.note(f"a number of more than {DIGITS} digits was left out")
        return None

    def constant(self, _name: str) -> None:
        self.note("something that is not a number stood for a number and was left out")

    def fraction(self, digits: str) -> float | None:
        number = float(digits)
        if number in (float("inf"), float("-inf")):
            self.note("a number too large was left out")
            return None
        return number


def decode(line: bytes | memoryview) -> tuple[object | None, str | None]:
    """Return (value, words): what the line holds, and what was lost, None if nothing was.

    The value is None where nothing could be read. Never raises.
    """
    saved = _Saved()
    text = saved.text(line)
    try:
        value = json.loads(
            text,
            strict=False,
            parse_int=saved.whole,
            parse_float=saved.fraction,
            parse_constant=saved.constant,
        )
    except RecursionError:
        return None, "nested too deep"
    except ValueError:
        return None, "not JSON"
    return value, "; ".join(saved.words) or None
