"""What a PDF is made of, read back: objects, the insides of their streams, the names they use."""

import re
import zlib
from collections import Counter
from typing import NamedTuple

OBJECT = re.compile(rb"\b(\d+) 0 obj\b(.*?)(?:\bendobj|\bstream\r?\n)", re.DOTALL)
LENGTH = re.compile(rb"/Length (\d+)( 0 R)?")
TRAILER = re.compile(rb"\btrailer\b(.*?)\bstartxref", re.DOTALL)
NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
SPELT = re.compile(rb"#([0-9a-fA-F]{2})")
BINARY = re.compile(rb"/(?:FontFile\d?|CIDSet) (\d+) 0 R")
ACTIONS = frozenset((
    b"JS", b"JavaScript", b"Launch", b"URI", b"OpenAction", b"AA", b"EmbeddedFile",
    b"EmbeddedFiles", b"RichMedia", b"SubmitForm", b"ImportData", b"GoToR", b"GoToE", b"Action",
    b"AcroForm", b"XFA", b"Movie", b"Sound", b"Rendition", b"Filespec", b"Thread",
))  # fmt: skip


class Piece(NamedTuple):
    """One object: its words, and its stream unpacked."""

    number: int
    words: bytes
    stream: bytes | None

    @property
    def is_metadata(self) -> bool:
        """Whether it is what the document says of itself, as XML."""
        return b"/Type /Metadata" in self.words


def pieces(made: bytes) -> list[Piece]:
    """Return every object of a PDF, older ones that an update took the place of too."""
    found, place = [], 0
    while (one := OBJECT.search(made, place)) is not None:
        number, words, place = int(one[1]), one[2], one.end()
        stream = None
        if not one[0].endswith(b"endobj"):
            end = place + _length(made, words)
            assert made[end:].lstrip().startswith(b"endstream")
            stream, place = made[place:end], end
            if b"/FlateDecode" in words:
                stream = zlib.decompress(stream)
        found.append(Piece(number, words, stream))
    return found


def _length(made: bytes, words: bytes) -> int:
    told = LENGTH.search(words)
    assert told is not None
    if told[2] is None:
        return int(told[1])
    there = re.search(rb"\b%s 0 obj\s+(\d+)\s+endobj" % told[1], made)
    assert there is not None
    return int(there[1])


def names(made: bytes) -> Counter[bytes]:
    """Return the names in all objects and in all streams that are words: none of a font's bytes."""
    found = pieces(made)
    binary = {int(number) for one in found for number in BINARY.findall(one.words)}
    read = [one.words for one in found]
    read += [
        one.stream
        for one in found
        if one.stream is not None
        and one.number not in binary
        and b"/Subtype /Image" not in one.words
    ]
    read += TRAILER.findall(made)
    return Counter(_spelt_out(name) for text in read for name in NAME.findall(text))


def _spelt_out(name: bytes) -> bytes:
    return SPELT.sub(lambda code: bytes([int(code[1], 16)]), name)
