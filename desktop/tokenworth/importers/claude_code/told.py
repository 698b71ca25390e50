"""What a file tells about a thread, and what of it is carried from one reading to the next."""

from collections import Counter
from typing import Any

import msgspec

from tokenworth.domain.records import Thread
from tokenworth.importers.claude_code.records import Record
from tokenworth.masking import excerpt
from tokenworth.reading.times import milliseconds

_FILES_KEPT = 200
_FILES_NAMED = 3


class Told(msgspec.Struct):
    """One thread, as far as the file tells."""

    key: str
    id: int
    seen: bool = False  # a call, an act or a title of it was read
    asked: bool = False  # its first request was read
    by_script: bool = False
    by_person: bool = False
    title: str = ""
    rank: int = 0
    branch: str = ""
    folders: dict[str, int] = {}
    files: dict[str, int] = {}
    request: str = ""
    request_ts: int = 0
    answer: str = ""
    answer_time: Any = None  # as recorded
    origin: Any = None  # what was last taken in by `came_from`

    def came_from(self, record: Record) -> None:
        """Take in whether a person or a script was at work, and on which branch."""
        self.origin = record.entrypoint, record.git_branch
        if record.prompt_source == "typed":
            self.by_person = True
        elif record.prompt_source == "sdk" or record.session_kind == "bg":
            self.by_script = True
        if record.entrypoint == "cli":
            self.by_person = True
        elif isinstance(record.entrypoint, str) and record.entrypoint.startswith("sdk"):
            self.by_script = True
        if isinstance(record.git_branch, str) and record.git_branch:
            self.branch = record.git_branch

    def place(self, cwd: Any) -> None:
        """Take in where a prompt or an answer was given."""
        self.seen = True
        if type(cwd) is str and cwd:
            self.folders[cwd] = self.folders.get(cwd, 0) + 1

    def touch(self, names: list[str]) -> None:
        """Take in which files an answer touched."""
        for name in names:
            if name in self.files or len(self.files) < _FILES_KEPT:
                self.files[name] = self.files.get(name, 0) + 1

    def name(self, title: Any, rank: int) -> None:
        """Take in a title; a later one of the same rank stands."""
        if isinstance(title, str) and title.strip() and rank >= self.rank:
            self.title, self.rank, self.seen = title.strip(), rank, True

    def lasting(self) -> "Told":
        """Return what a later reading needs; texts are in the store by then."""
        return msgspec.structs.replace(
            self, request="", request_ts=0, answer="", answer_time=None, origin=None
        )

    def thread(self) -> Thread:
        """Return it as the store wants it."""
        folder, count = max(self.folders.items(), key=lambda each: each[1], default=("", 0))
        files = Counter(self.files).most_common(_FILES_NAMED)
        return Thread(
            self.id,
            self.key,
            title=excerpt(self.title),
            title_rank=self.rank,
            folder=folder,
            folder_count=count,
            branch=self.branch,
            first_request=excerpt(self.request),
            first_request_ts=self.request_ts,
            last_answer=excerpt(self.answer),
            last_answer_ts=milliseconds(self.answer_time) or 0,
            automated=True if self.by_script else False if self.by_person else None,
            files="\n".join(name for name, _ in files),
        )


class State(msgspec.Struct):
    """What is carried from one reading of a file to the next."""

    key: str = ""  # the thread last read of
    ts: int = 0  # the time last read
    told: dict[str, Told] = {}
    unknown: list[str] = []  # types of records already reported


def packed(state: State) -> bytes:
    """Return the state as bytes."""
    lasting = {key: told.lasting() for key, told in state.told.items()}
    return msgspec.msgpack.encode(msgspec.structs.replace(state, told=lasting))


def unpacked(data: bytes) -> State:
    """Return the state that stood in bytes; an empty one where they hold none."""
    if not data:
        return State()
    try:
        return msgspec.msgpack.decode(data, type=State)
    except msgspec.MsgspecError:
        return State()
