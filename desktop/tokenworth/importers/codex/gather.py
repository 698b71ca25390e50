"""Records become calls, acts and a thread."""

import re
from typing import Any

from tokenworth.domain.importer import Spot
from tokenworth.domain.records import Act, Call, Event, Flag, Piece, Problem, identity
from tokenworth.importers.codex import persons
from tokenworth.importers.codex.layout import PASSED_OVER
from tokenworth.importers.codex.meter import Tokens, paid, tokens
from tokenworth.importers.codex.records import (
    KNOWN_EVENTS,
    KNOWN_ITEMS,
    KNOWN_TYPES,
    TOOL_ITEMS,
    Item,
    Payload,
    Record,
)
from tokenworth.importers.codex.told import OPENING, Prompt, packed, unpacked
from tokenworth.reading.times import milliseconds

_SIDECHAIN = Flag.SIDECHAIN.value
_TOTALS, _RECORDS = "totals", "records"
_TOOLS_KEPT = 500
_PATCHED = re.compile(r"^\*\*\* (?:Add|Update|Delete) File: (.+)$", re.MULTILINE)
_TURN_ENDS = frozenset({"task_complete", "turn_complete"})


class Gathering:
    """What was read of one file and not handed out yet."""

    def __init__(self, name: str, spot: Spot) -> None:
        self.name = name
        self.line = spot.line  # lines read so far
        self.end = spot.offset  # where they end
        self.told = unpacked(spot.state, spot.root)
        self.passed_over = PASSED_OVER[self.told.told_people, self.told.told_answers]
        self._calls: list[Call] = []
        self._events: list[Event] = []
        self._problems: list[Problem] = []
        self._duplicates = 0
        self._stamp: Any = None  # the time last parsed, as text and as number
        self._ms = 0

    def problem(self, kind: str, words: str) -> None:
        """Note a problem of the line being read."""
        self._problems.append(Problem(self.line, kind, words))

    def left(self) -> bool:
        """Whether something was read that no piece has handed out."""
        return bool(self._calls or self._events or self._problems)

    def take(self, record: Record) -> None:
        """Take in a record."""
        kind, payload = record.type, record.payload
        if type(kind) is not str or payload is None:
            self._odd(kind)
        elif kind == "event_msg":
            self._event(record, payload)
        elif kind == "response_item":
            self._item(record, payload)
        elif kind == "turn_context":
            self._context(record, payload)
        elif kind == "session_meta":
            self._now(record)
            self.told.meet(payload)
        elif kind == "token_usage_record":
            self._usage(record, payload)
        elif kind not in KNOWN_TYPES:
            self._once("unknown record", f"type {kind[:60]!r}")

    def _odd(self, kind: Any) -> None:
        """Take in a record without a payload: only forms without token counts have such."""
        if kind in KNOWN_TYPES:
            self._once("unknown record", f"type {kind!r} without a payload")
        else:
            self._once("no counts", "records of a form that holds no token counts")

    def _once(self, kind: str, what: str) -> None:
        """Note once a file what was passed over."""
        if what not in self.told.reported:
            self.told.reported.append(what)
            self.problem(kind, f"{what}: passed over, all others were kept")

    def _replayed(self, record: Record) -> bool:
        """Whether the file itself says that a record is a copy of the parent's."""
        ordinal = record.ordinal
        return type(ordinal) is int and ordinal < self.told.start

    # times --------------------------------------------------------------------------------------

    def _now(self, record: Record) -> int | None:
        """Return a record's time, None if it has none."""
        stamp = record.timestamp
        if stamp != self._stamp or type(stamp) is not str:
            ms = milliseconds(stamp)
            if ms is None:
                return None
            self._stamp, self._ms = stamp, ms
        self.told.ts = self._ms
        return self._ms

    def _time(self, record: Record) -> int | None:
        """Return the time of a record, else that of the record before."""
        ts = self._now(record)
        if ts is not None:
            return ts
        if not self.told.ts:
            self.problem("no time", "the record has no time and was left out")
            return None
        self.problem("no time", "the record has no time and got that of the record before it")
        return self.told.ts

    # calls --------------------------------------------------------------------------------------

    def _context(self, record: Record, payload: Payload) -> None:
        self._now(record)
        told = self.told
        if type(payload.model) is str:
            told.model = payload.model
        if not self._replayed(record):
            told.visit(payload.cwd)

    def _count(self, record: Record, payload: Payload) -> None:
        """Take in a row of running totals."""
        info, told = payload.info, self.told
        if info is None or (info.total_token_usage is None and info.last_token_usage is None):
            return
        self._settle()
        if told.counts == _RECORDS:
            return
        if not told.counts:
            self._drop_drafts()
        told.counts = _TOTALS
        place = told.meter.total
        step = told.meter.step(info, forked=told.forked)
        if told.meter.total != place:
            told.said = {}
        if step is None:
            return
        if self._replayed(record):
            self._duplicates += 1
            return
        model = told.model or (info.model if isinstance(info.model, str) else "")
        call = self._call(record, step[0], model, *step[1].split("\x1f"))
        if call is not None:
            self._calls.append(call)

    def _usage(self, record: Record, payload: Payload) -> None:
        """Take in a call told by a record of its own; totals, if there are any, tell it too."""
        told = self.told
        if payload.usage is None or told.counts == _TOTALS:
            return
        self._settle()
        if self._replayed(record):
            self._duplicates += 1
            return
        response = payload.response_id
        name = response if isinstance(response, str) else f"{told.key} line {self.line}"
        call = self._call(record, tokens(payload.usage), told.model, "response", name)
        if call is not None:
            (self._calls if told.counts else told.drafts).append(call)

    def _drop_drafts(self) -> None:
        """Forget calls told by records, now that totals tell them; the tools are called still."""
        told = self.told
        names = [name for draft in told.drafts for name in draft.tools.split(",") if name]
        told.tools = {f"draft {n}": name for n, name in enumerate(names)} | told.tools
        told.drafts = []

    def _call(self, record: Record, counts: Tokens, model: str, *name: str) -> Call | None:
        told = self.told
        told.named_by(self.name)
        ts = self._time(record)
        if ts is None:
            return None
        took = paid(counts)
        if not took.consistent and "inconsistent" not in told.reported:
            told.reported.append("inconsistent")
            self.problem("inconsistent", "parts of a token count are more than the whole")
        tools, told.tools = ",".join(told.tools.values()), {}
        told.seen = True
        return Call(
            identity("codex", told.ancestor(), *name),
            told.id,
            ts,
            model,
            took.input,
            took.cache_write,
            0,
            took.cache_read,
            took.output,
            took.reasoning,
            _SIDECHAIN if told.sidechain else 0,
            -ts,
            tools,
            self.line,
        )

    # what happened ------------------------------------------------------------------------------

    def _event(self, record: Record, payload: Payload) -> None:
        kind = payload.type
        if kind == "token_count":
            self._count(record, payload)
        elif kind == "agent_message":
            self._answer(record, payload.message)
        elif kind == "user_message":
            self._asked(record, "event", payload.message)
        elif kind == "item_completed":
            self._completed(record, payload.item)
        elif kind == "patch_apply_end":
            if payload.success is not False and payload.changes:
                self._touch(record, payload.changes)
        elif kind == "turn_aborted":
            self._aborted(record, payload)
        elif kind == "thread_name_updated":
            self.told.named_by(self.name)
            self.told.entitle(payload)
        elif kind in _TURN_ENDS:
            self._settle()
        elif type(kind) is not str or kind not in KNOWN_EVENTS:
            self._once("unknown record", f"event_msg of type {str(kind)[:60]!r}")

    def _completed(self, record: Record, item: Item | None) -> None:
        if item is None:
            return
        if item.type == "UserMessage":
            self._asked(record, "item", persons.spoken(item.content))
        elif item.type == "AgentMessage":
            self._answer(record, persons.spoken(item.content))
        elif item.type == "FileChange" and item.changes:
            self._touch(record, item.changes)

    def _touch(self, record: Record, paths: Any) -> None:
        if not self._replayed(record):
            self.told.touch(paths)

    def _item(self, record: Record, payload: Payload) -> None:
        kind = payload.type
        if kind == "message":
            if payload.role == "user":
                self._overheard(record, payload)
            elif payload.role == "assistant" and not self.told.told_answers:
                self._answered(record, persons.spoken(payload.content))
        elif type(kind) is not str or kind not in KNOWN_ITEMS:
            self._once("unknown record", f"response_item of type {str(kind)[:60]!r}")
        elif kind in TOOL_ITEMS:
            self._tool(record, payload, kind)

    def _tool(self, record: Record, payload: Payload, kind: str) -> None:
        """Take in a tool call; the next call's record names it."""
        self._settle()
        told = self.told
        if self._replayed(record) or len(told.tools) >= _TOOLS_KEPT:
            return
        key = payload.call_id if isinstance(payload.call_id, str) else payload.id
        name = payload.name if isinstance(payload.name, str) else TOOL_ITEMS[kind] or "?"
        key = key if isinstance(key, str) else f"line {self.line}"
        told.tools.setdefault(key, name.replace(",", "_"))
        if name == "apply_patch" and isinstance(payload.input, str):
            told.touch(_PATCHED.findall(payload.input))

    def _answer(self, record: Record, text: Any) -> None:
        """Take in an answer told by an event."""
        if not self.told.told_answers:
            self.told.told_answers = True
            self.passed_over = PASSED_OVER[self.told.told_people, True]
        self._answered(record, text)

    def _answered(self, record: Record, text: Any) -> None:
        self._settle()
        told = self.told
        if isinstance(text, str) and text.strip() and not self._replayed(record):
            told.answer, told.answer_time = text, record.timestamp

    # persons ------------------------------------------------------------------------------------

    def _asked(self, record: Record, source: str, text: Any) -> None:
        """Take in a prompt told by an event."""
        told = self.told
        if not told.told_people:
            told.told_people = True
            self.passed_over = PASSED_OVER[True, told.told_answers]
        told.waiting = []
        prompt = self._prompt(record, text if isinstance(text, str) else "")
        if prompt is not None:
            self._say(source, prompt)

    def _overheard(self, record: Record, payload: Payload) -> None:
        """Take in a message that is a person's if no event tells of prompts."""
        told = self.told
        if told.told_people:
            return
        text = persons.spoken(payload.content)
        if text.strip() and (prompt := self._prompt(record, text)):
            told.waiting.append(prompt)

    def _prompt(self, record: Record, text: str) -> Prompt | None:
        told = self.told
        words = persons.request(text)
        if words is None or told.sidechain or self._replayed(record):
            return None
        ts = self._time(record)
        if ts is None:
            return None
        return Prompt(words, ts, self.line)

    def _settle(self) -> None:
        """Take the messages that wait for a person's: work has begun, and no event told of them."""
        waiting = self.told.waiting
        if waiting:
            self.told.waiting = []
            for prompt in waiting:
                self._say("message", prompt)

    def _say(self, source: str, prompt: Prompt) -> None:
        told = self.told
        told.named_by(self.name)
        if self._act(Act.MESSAGE, source, prompt) and not told.asked:
            told.asked, told.request, told.request_ts = True, prompt.text[:OPENING], prompt.ts

    def _aborted(self, record: Record, payload: Payload) -> None:
        self._settle()
        told = self.told
        told.named_by(self.name)
        if told.sidechain or self._replayed(record):
            return
        ts = self._time(record)
        if ts is not None:
            turn = payload.turn_id if isinstance(payload.turn_id, str) else ""
            self._act(Act.INTERRUPT, "abort", Prompt(f"\x1fabort {turn}", ts, self.line))

    def _act(self, act: Act, source: str, prompt: Prompt) -> bool:
        """Note an act, unless it was noted already from another source; return whether it was."""
        told, said = self.told, self.told.said
        mark = f"{identity(prompt.text):x}"
        here = f"{source} {mark}"
        number = said[here] = said.get(here, 0) + 1
        if number <= said.get(mark, 0):
            return False
        said[mark] = number
        key = identity("codex", "event", told.ancestor(), told.meter.place(), mark, str(number))
        self._events.append(Event(key, told.id, prompt.ts, act.value, prompt.line))
        told.seen = True
        return True

    # pieces -------------------------------------------------------------------------------------

    def state(self) -> bytes:
        """Return what is needed to go on from here."""
        return packed(self.told)

    def piece(self, state: bytes | None = None, *, last: bool = False) -> Piece:
        """Hand out what was read. At the file's end the drafts are calls: no totals tell them."""
        told = self.told
        if last and told.drafts:
            told.counts = _RECORDS
            self._calls += told.drafts
            told.drafts = []
            state = None
        threads = []
        if told.seen:
            told.answer = told.answer[:OPENING]
            threads = [told.thread(milliseconds(told.answer_time) or 0 if told.answer else 0)]
        calls, self._calls = self._calls, []
        events, self._events = self._events, []
        problems, self._problems = self._problems, []
        duplicates, self._duplicates = self._duplicates, 0
        kept = self.state() if state is None else state
        return Piece(threads, calls, events, problems, self.end, self.line, kept, duplicates)
