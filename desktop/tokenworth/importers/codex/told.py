"""What a file tells about its thread, and what is carried from one reading to the next."""

import re
from collections import Counter
from typing import Any

import msgspec

from tokenworth.domain.records import Call, Thread, identity
from tokenworth.importers.codex.meter import Meter
from tokenworth.importers.codex.records import Payload

OPENING = 2000
"""Characters kept of a first request and of a last answer."""
_BY_PERSON = 4  # rank of a title
_FILES_KEPT = 200
_FILES_NAMED = 3
_ROLLOUT = re.compile(r"rollout-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-(.+)")


class Prompt(msgspec.Struct, array_like=True):
    """A message that may be a person's: what follows in the file tells."""

    text: str
    ts: int
    line: int


class Told(msgspec.Struct):
    """The thread of a file, and where its reading stands."""

    key: str = ""
    id: int = 0
    met: bool = False  # its own session_meta was read
    seen: bool = False  # a call, an act or a title of it was read
    root: str = ""  # key of the oldest known ancestor, once it was needed
    hint: str = ""  # the same as given from outside, before what the file tells
    links: dict[str, str] = {}  # thread: the one it was forked from
    parent: str = ""
    sidechain: bool = False
    automated: bool | None = None
    branch: str = ""
    title: str = ""
    folders: dict[str, int] = {}
    files: dict[str, int] = {}
    start: int = 0  # records with a lower ordinal are the parent's
    ts: int = 0  # the time last read
    model: str = ""
    meter: Meter = msgspec.field(default_factory=Meter)
    tools: dict[str, str] = {}  # called since the last call: id of the tool call, name
    counts: str = ""  # "totals" or "records", whichever the file's calls are made of
    drafts: list[Call] = []  # made of records, while totals may yet come
    told_people: bool = False  # prompts are told by events
    told_answers: bool = False  # answers are told by events
    waiting: list[Prompt] = []  # prompts not told by events
    said: dict[str, int] = {}  # texts at this place, by source: how often
    asked: bool = False  # its first request was read
    request: str = ""
    request_ts: int = 0
    answer: str = ""
    answer_time: Any = None  # as recorded
    reported: list[str] = []  # what is told once a file

    def name(self, key: str) -> None:
        """Take in what the thread is called in the source."""
        self.key, self.id = key, identity("codex", key)

    def named_by(self, path: str) -> None:
        """Take the thread's name from that of its file."""
        stem = re.split(r"[/\\!]", path)[-1].removesuffix(".zst").removesuffix(".jsonl")
        found = _ROLLOUT.fullmatch(stem)
        self.name(found[1] if found else stem)

    def meet(self, payload: Payload) -> None:
        """Take in a session_meta. One with another id is a replay of an ancestor's."""
        key = payload.id if isinstance(payload.id, str) else ""
        source, spawner = payload.source, _spawner(payload.source)
        parent = _text(payload.parent_thread_id) or spawner
        forked = _text(payload.forked_from_id) or parent
        if key and not self.key:
            self.name(key)
        if key and forked:
            self.links.setdefault(key, forked)
        if self.met or (key and key != self.key):
            if key == self.key:
                self.visit(payload.cwd)
            return
        self.met = True
        self.sidechain = bool(parent) or source == "subagent" or _is_subagent(source)
        self.parent = parent or (forked if self.sidechain else "")
        self.automated = _automated(source, payload.originator)
        if payload.git is not None:
            self.branch = _text(payload.git.branch)
        start = payload.subagent_history_start_ordinal
        self.start = start if type(start) is int else 0
        self.visit(payload.cwd)

    @property
    def forked(self) -> bool:
        """Whether the thread goes on from another's."""
        return self.key in self.links

    def ancestor(self) -> str:
        """Return the oldest known ancestor; what is read later changes it no more."""
        if not self.root:
            at, seen = self.hint or self.key, {""}
            while at not in seen and self.links.get(at):
                seen.add(at)
                at = self.links[at]
            self.root = at
        return self.root

    def visit(self, cwd: Any) -> None:
        """Take in a working folder."""
        if type(cwd) is str and cwd:
            self.folders[cwd] = self.folders.get(cwd, 0) + 1

    def touch(self, paths: Any) -> None:
        """Take in which files were changed."""
        for path in paths:
            name = path.replace("\\", "/").rpartition("/")[2]
            if name in self.files or len(self.files) < _FILES_KEPT:
                self.files[name] = self.files.get(name, 0) + 1

    def entitle(self, payload: Payload) -> None:
        """Take in a title that a person gave; a replayed one is another thread's."""
        title = _text(payload.thread_name).strip()
        if title and payload.thread_id in (None, self.key):
            self.title, self.seen = title, True

    def thread(self, answer_ts: int) -> Thread:
        """Return it as the store wants it."""
        folder, count = max(self.folders.items(), key=lambda each: each[1], default=("", 0))
        return Thread(
            self.id,
            self.key,
            parent=identity("codex", self.parent) if self.parent else 0,
            title=self.title,
            title_rank=_BY_PERSON if self.title else 0,
            folder=folder,
            folder_count=count,
            branch=self.branch,
            first_request=self.request,
            first_request_ts=self.request_ts,
            last_answer=self.answer,
            last_answer_ts=answer_ts,
            automated=self.automated,
            files="\n".join(name for name, _ in Counter(self.files).most_common(_FILES_NAMED)),
        )


def packed(told: Told) -> bytes:
    """Return as bytes what a later reading needs; the texts of a thread handed out it does not."""
    lasting = msgspec.structs.replace(told, request="", request_ts=0)
    if told.seen:
        lasting.answer, lasting.answer_time = "", None
    else:
        lasting.answer, lasting.answer_time = told.answer[:OPENING], _text(told.answer_time)
    return msgspec.msgpack.encode(lasting)


def unpacked(data: bytes, hint: str) -> Told:
    """Return what stood in bytes; what is known of a new file where they hold nothing."""
    try:
        return msgspec.msgpack.decode(data, type=Told)
    except msgspec.MsgspecError:
        return Told(hint=hint)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_subagent(source: Any) -> bool:
    return isinstance(source, dict) and "subagent" in source


def _spawner(source: Any) -> str:
    """Return the thread that started a sub-agent, where its source tells."""
    for step in ("subagent", "thread_spawn", "parent_thread_id"):
        source = source.get(step) if isinstance(source, dict) else None
    return _text(source)


def _automated(source: Any, originator: Any) -> bool | None:
    if source == "exec" or "exec" in _text(originator):
        return True
    return False if source in ("cli", "vscode") else None
