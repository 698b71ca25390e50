"""What a row of the table of importers is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

import msgspec

from tokenworth.domain.records import Piece

Counting = Literal["recorded", "estimated", "absent"]


class Spot(msgspec.Struct, array_like=True):
    """Where to go on in a file: all zero for a file not read before."""

    offset: int = 0
    line: int = 0
    state: bytes = b""
    root: str = ""  # key of the oldest known ancestor of the file's thread (see Importer.lineage)


class Source(Protocol):
    """A file, or a member of a zip, that can be opened for reading."""

    @property
    def name(self) -> str:
        """Its path as shown to a person; a zip's member is ``archive.zip!member``."""

    def open(self) -> BinaryIO:
        """Open it at its start, for reading bytes. Raises OSError."""


class Said(msgspec.Struct, array_like=True):
    """One turn of a transcript, as plain text."""

    ts: int
    who: Literal["person", "assistant", "tool", "note"]
    text: str


@dataclass(frozen=True)
class Importer:
    """One tool whose files can be read."""

    kind: str  # "claude_code": stable, in stores and in --json
    name: str  # "Claude Code": shown
    counting: Counting
    places: Callable[[Mapping[str, str], Path, str], tuple[Path, ...]]
    """(environment, home, sys.platform) -> folders where the tool keeps its files by default."""
    wants: Callable[[str], bool]
    """Whether a file of that name in such a folder is worth a look; by name only, cheap."""
    recognises: Callable[[str, bytes], bool]
    """(name, first 4 KiB or fewer) -> whether the file is this tool's; by content."""
    read: Callable[[Source, Spot], Iterator[Piece]]
    """Read from the spot on. Never raises for what is in the file; OSError for the file itself."""
    transcript: Callable[[Source, str], Iterator[Said]]
    """(file, thread key) -> what was said in the file's part of that thread, in file order."""
    lineage: Callable[[bytes], tuple[str, str] | None] | None = None
    """First 4 KiB -> (thread key, key of the thread it was forked from or "")."""
    retention: str = ""
    """A sentence where the tool deletes its own files ("deletes sessions after 30 days")."""
