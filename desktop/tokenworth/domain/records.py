"""What an importer reads out of a file: threads, calls, events and problems.

All times are milliseconds since 1970 in UTC. Identities are 63-bit integers made from the
source's own identifiers, so that the same thing read from two copies has the same identity.
"""

import enum
from hashlib import blake2b

import msgspec


def identity(*parts: str) -> int:
    """Return the 63-bit identity of what a source names by ``parts``.

    The same parts give the same number on every machine and in every process.
    """
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big") >> 1


class Flag(enum.IntFlag):
    """What is to be known of a call's token counts."""

    NONE = 0
    SIDECHAIN = 1  # made by a sub-agent
    ESTIMATED = 2  # counted by us from visible text; never added to recorded counts
    FLOOR = 4  # the tool recorded too little: the true output is at least this
    PROMPT = 8  # holds the estimated tokens of a prompt; not an answer, not a message


class Act(enum.IntEnum):
    """What a person did."""

    MESSAGE = 0  # a prompt; only these open sessions and count as turns
    COMMAND = 1  # a slash command or shell escape
    APPROVAL = 2
    INTERRUPT = 3


class Call(msgspec.Struct, array_like=True, gc=False):
    """One model response that was paid for (or, flagged, a prompt's estimate).

    Token classes are disjoint, but ``reasoning``, which is a part of ``output``.
    None is unknown. Of two copies of one call the greater ``weight`` is kept; the earlier ``ts``
    stands and tells whose it is.
    """

    id: int
    thread: int
    ts: int
    model: str
    input: int | None
    cache_write_5m: int | None
    cache_write_1h: int | None
    cache_read: int | None
    output: int | None
    reasoning: int | None
    flags: int
    weight: int
    tools: str  # names of the tools called, in order, joined by ","
    line: int  # 1-based line (or element) of the file it was read from


class Event(msgspec.Struct, array_like=True, gc=False):
    """One act of a person in a thread."""

    id: int
    thread: int
    ts: int
    act: int
    line: int


class Thread(msgspec.Struct, array_like=True, gc=False):
    """What a file tells about the thread it holds (or a part of it).

    Pieces about one thread are merged: the title of the highest rank, the earliest first request,
    the latest last answer, the folder seen most often.
    """

    id: int
    key: str  # the source's own identifier
    parent: int = 0  # thread this one works for (a sub-agent's parent); 0: none
    title: str = ""
    title_rank: int = 0  # 4 given by the person, 3 by the tool, 2 a summary, 0 none
    folder: str = ""  # working folder as recorded, or the name of a chat project
    folder_count: int = 0
    branch: str = ""
    first_request: str = ""
    first_request_ts: int = 0
    last_answer: str = ""
    last_answer_ts: int = 0
    automated: bool | None = None  # started by a script or SDK; None: the source does not say
    files: str = ""  # up to 3 names of files it worked on, joined by a line break


class Problem(msgspec.Struct, array_like=True):
    """Something in a file that could not be read, in words, and what was kept."""

    line: int  # 1-based line or element; 0: the file as a whole
    kind: str  # "broken line", "unknown record", "too long", …
    words: str


class Piece(msgspec.Struct, array_like=True):
    """A part of one file, read. Storing it and moving the file's offset is one transaction."""

    threads: list[Thread]
    calls: list[Call]
    events: list[Event]
    problems: list[Problem]
    offset: (
        int  # read again from here when the file has grown; at most the end of the last whole line
    )
    line: int  # number of lines before `offset`
    state: bytes = b""  # what the importer needs to go on from there
    duplicates: int = 0  # copies of calls left out while reading
