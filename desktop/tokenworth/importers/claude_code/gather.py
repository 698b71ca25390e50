"""Records become calls, acts and threads.

An answer is written as several lines, and tool results stand between them. So the last answer of
a file may go on in what is appended next: the file is read again from its first line then.
"""

import sys
from typing import Any

from tokenworth.domain.importer import Spot
from tokenworth.domain.records import Act, Call, Event, Piece, Problem, identity
from tokenworth.importers.claude_code import persons
from tokenworth.importers.claude_code.drafts import SYNTHETIC, Draft
from tokenworth.importers.claude_code.records import KNOWN_TYPES, Block, Message, Record, Usage
from tokenworth.importers.claude_code.told import Told, packed, unpacked
from tokenworth.reading.times import milliseconds

_ACTS = frozenset({"user", "attachment"})
_TITLES = frozenset({"custom-title", "ai-title", "summary"})
_BY_PERSON, _BY_TOOL, _SUMMARY = 4, 3, 2  # ranks of titles


class Gathering:
    """What was read of one file and not handed out yet."""

    def __init__(self, name: str, spot: Spot) -> None:
        self.name = name
        self.line = spot.line  # lines read so far
        self.start = spot.offset  # where the line being read stands
        self.end = spot.offset  # where the lines read so far end
        self._state = unpacked(spot.state)
        self._told = self._state.told.get(self._state.key)
        self._drafts: dict[str, Draft] = {}
        self._echoes: dict[str, Draft] = {}  # answers of sub-agents, repeated in progress records
        self._open: Draft | None = None  # the answer that may go on in the next line
        self._said: tuple[Record, Any] | None = None  # the last text of an answer
        self._events: list[Event] = []
        self._problems: list[Problem] = []
        self._unknown: dict[str, tuple[int, int]] = {}  # type: (first line, how many)
        self._summaries: dict[str, Any] = {}  # uuid of the record it was made after: title
        self._uuids: set[str] = set()
        self._duplicates = 0

    def problem(self, kind: str, words: str) -> None:
        """Note a problem of the line being read."""
        self._problems.append(Problem(self.line, kind, words))

    def left(self) -> bool:
        """Whether something was read that no piece has handed out."""
        return bool(self._drafts or self._echoes or self._unknown or self._events)

    # threads and times --------------------------------------------------------------------------

    def _thread(self, record: Record) -> Told:
        """Return the thread a record belongs to: its own, else that of the record before it."""
        key, told = record.session_id, self._told
        if told is not None and (key == told.key or type(key) is not str or not key):
            return told
        if type(key) is not str or not key:
            key = self.name.replace("\\", "/").rpartition("/")[2].removesuffix(".jsonl")
        told = self._state.told.get(key)
        if told is None:
            told = self._state.told[key] = Told(key, identity("claude_code", key))
        self._told, self._state.key = told, key
        return told

    def _time(self, record: Record) -> int | None:
        """Return the time of a record, else that of the record before."""
        ts = milliseconds(record.timestamp)
        if ts is not None:
            self._state.ts = ts
            return ts
        if not self._state.ts:
            self.problem("no time", "the record has no time and was left out")
            return None
        self.problem("no time", "the record has no time and got that of the record before it")
        return self._state.ts

    # answers ------------------------------------------------------------------------------------

    def answer(self, record: Record) -> None:
        """Take in a line of an answer."""
        if type(record.uuid) is str:
            self._uuids.add(record.uuid)
        message = record.message
        if type(message) is not Message or message.model == SYNTHETIC:
            return
        draft = None
        if message.usage is not None:
            draft = self._drafts.get(message.id) if type(message.id) is str else None
            if draft is None:
                draft = self._begun(record, message, message.usage, self._drafts)
            if draft is not None:
                self._open = draft
                self._duplicates += draft.line_of(record, message, message.usage)
        content = message.content
        for block in content if type(content) is list else _blocks(content):
            if block.type == "tool_use" and draft is not None:
                draft.tool(block)
            elif block.type == "text" and block.text and record.is_sidechain is not True:
                self._said = record, block.text

    def _begun(
        self,
        record: Record,
        message: Message,
        usage: Usage,
        drafts: dict[str, Draft],
        outer: Record | None = None,
    ) -> Draft | None:
        """Return the draft of an answer met for the first time; None if it can have no time.

        ``outer`` is the progress record that repeats the answer's line, if one does.
        """
        key = _name_of(record, message)
        if key in drafts:
            return drafts[key]
        at = outer or record
        told = self._told
        if told is None or at.session_id != told.key:
            told = self._thread(at)
        ts = milliseconds(record.timestamp)
        if ts is None:
            ts = self._time(at)
            if ts is None:
                return None
        self._state.ts = ts
        sidechain = outer is not None or record.is_sidechain is True
        if not sidechain and told.origin != (record.entrypoint, record.git_branch):
            told.came_from(record)
        draft = drafts[key] = Draft(
            key, told, ts, self.start, self.line, at.cwd, record.request_id,
            message.model if type(message.model) is str else "", sidechain, outer is not None,
            usage,
        )  # fmt: skip
        return draft

    # all else -----------------------------------------------------------------------------------

    def other(self, record: Record) -> None:
        """Take in a record that is no answer."""
        kind = record.type
        if type(kind) is not str or kind not in KNOWN_TYPES:
            name = kind if isinstance(kind, str) else "(none)"
            first, count = self._unknown.get(name, (self.line, 0))
            self._unknown[name] = first, count + 1
        elif kind in _ACTS:
            result, act, text = persons.act(record)
            if act is not None:
                self._act(record, act, text)
            if result:
                return
        elif kind == "progress":
            self._progress(record)
        elif kind in _TITLES:
            self._title(record, kind)
        if type(record.uuid) is str:
            self._uuids.add(record.uuid)

    def _title(self, record: Record, kind: str) -> None:
        """Take in a title; a summary may be another session's."""
        if kind == "custom-title":
            self._thread(record).name(record.custom_title, _BY_PERSON)
        elif kind == "ai-title":
            self._thread(record).name(record.ai_title, _BY_TOOL)
        elif isinstance(record.leaf_uuid, str):
            self._summaries[record.leaf_uuid] = record.summary

    def _progress(self, record: Record) -> None:
        """Take in what a progress record repeats of a sub-agent's answer."""
        data = record.data
        if data is None or data.type != "agent_progress" or data.message is None:
            return
        message = data.message.message
        if data.message.type != "assistant" or type(message) is not Message:
            return
        if message.usage is None or message.model == SYNTHETIC:
            return
        draft = self._begun(data.message, message, message.usage, self._echoes, record)
        if draft is None:
            return
        draft.line_of(data.message, message, message.usage)
        for block in _blocks(message.content):
            if block.type == "tool_use":
                draft.tool(block)

    def _act(self, record: Record, act: Act, text: str) -> None:
        """Take in what a person did: the answer before it is whole."""
        told = self._thread(record)
        ts = self._time(record)
        if ts is None:
            return
        self._open = None
        key = record.uuid if isinstance(record.uuid, str) else ""
        key = key or f"{told.key}{record.timestamp}{text}"
        event = Event(identity("claude_code", "event", key), told.id, ts, act.value, self.line)
        self._events.append(event)
        told.place(record.cwd)
        told.came_from(record)
        if act is Act.MESSAGE and not told.asked:
            told.asked, told.request, told.request_ts = True, text, ts

    # pieces -------------------------------------------------------------------------------------

    def piece(self, *, last: bool = False) -> Piece:
        """Hand out what was read; an answer that may go on is kept back, but for the last."""
        offset = self._open.offset if self._open else self.end
        line = self._open.line - 1 if self._open else self.line
        self._name_and_quote()
        if last:
            self._report_unknown()
        calls: list[Call] = []
        self._close(calls, before=offset)
        state = packed(self._state)
        if last:
            self._close(calls, before=sys.maxsize)
        threads = [told.thread() for told in self._state.told.values() if told.seen]
        events, self._events = self._events, []
        problems, self._problems = self._problems, []
        duplicates, self._duplicates = self._duplicates, 0
        return Piece(threads, calls, events, problems, offset, line, state, duplicates)

    def _name_and_quote(self) -> None:
        """Give the thread its summary's title and its last answer."""
        for leaf in [leaf for leaf in self._summaries if leaf in self._uuids]:
            title = self._summaries.pop(leaf)
            if self._told is not None:
                self._told.name(title, _SUMMARY)
        if self._said is not None:
            record, text = self._said
            if isinstance(text, str) and text.strip():
                told = self._thread(record)
                told.answer, told.answer_time, told.seen = text, record.timestamp, True

    def _close(self, calls: list[Call], before: int) -> None:
        """Make calls of the drafts that began before an offset."""
        real = self._drafts
        self._drafts = self._closed(real, calls, before)
        if self._echoes:
            echoes = {key: draft for key, draft in self._echoes.items() if key not in real}
            self._echoes = self._closed(echoes, calls, before)

    def _closed(self, drafts: dict[str, Draft], calls: list[Call], before: int) -> dict[str, Draft]:
        """Make calls of drafts and return those that are kept back."""
        kept = {}
        for key, draft in drafts.items():
            if draft.offset < before:
                calls += draft.calls()
                draft.told.place(draft.cwd)
                if draft.touched:
                    draft.told.touch(draft.touched)
            else:
                kept[key] = draft
        return kept

    def _report_unknown(self) -> None:
        """Name each type of record not known, once a file."""
        for name, (line, count) in self._unknown.items():
            if name not in self._state.unknown:
                self._state.unknown.append(name)
                words = f"{count} of type {name[:60]!r}: passed over, all others were kept"
                self._problems.append(Problem(line, "unknown record", words))
        self._unknown = {}


def _blocks(content: list[Block] | str | None) -> list[Block]:
    """Return what a message holds; a bare text is one block."""
    if isinstance(content, str):
        return [Block(type="text", text=content)]
    return content or []


def _name_of(record: Record, message: Message) -> str:
    """Return what an answer is known by: its id, else its record's."""
    for name in (message.id, record.uuid):
        if isinstance(name, str) and name:
            return name
    return f"{record.session_id}{record.timestamp}"
