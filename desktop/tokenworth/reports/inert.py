"""Text that cannot act: no control or direction characters, in whatever it is written."""

import unicodedata
from typing import Final

FORMULA: Final = frozenset("=+-@\t\r|\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula, full-width forms too."""
KEPT: Final = frozenset("\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}")


def inert(text: str) -> str:
    """Return text in one line without control, direction or unpaired characters."""
    flat = " ".join(text.split())
    return "".join(
        c
        for c in flat
        if c in KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    plain = inert(text)
    return f"'{plain}" if plain[:1] in FORMULA else plain
