"""Records become calls, acts and a thread."""

import re
from typing import Any

from tokenworth.domain.importer import Spot
from tokenworth.domain.records import Call, Flag, Piece, identity
from tokenworth.importers.codex import persons
from tokenworth.importers.codex.acts import Acts
from tokenworth.importers.codex.layout import PASSED_OVER
from tokenworth.importers.codex.log import Log
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
from tokenworth.importers.codex.told import OPENING, packed, unpacked
from tokenworth.reading.times import milliseconds

_SIDECHAIN = Flag.SIDECHAIN.value
_TOTALS, _RECORDS = "totals", "records"
_TOOLS_KEPT = 500
_PATCHED = re.compile(r"^\*\*\* (?:Add|Update|Delete) File: (.+)$", re.MULTILINE)
_TURN_ENDS = frozenset({"task_complete", "turn_complete"})


class Gathering:
    """What was read of one file and not handed out yet."""

    def __init__(self, name: str, spot: Spot) -> None:
        self.end = spot.offset  # where the lines read so far end
        self.told = unpacked(spot.state, spot.root)
        self.log = Log(name, spot.line, self.told)
        self.passed_over = PASSED_OVER[self.told.told_people, self.told.told_answers]
        self._acts = Acts(self.log)
        self._calls: list[Call] = []
        self._duplicates = 0

    def left(self) -> bool:
        """Whether something was read that no piece has handed out."""
        return bool(self._calls or self._acts.events or self.log.problems)

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
            self.log.now(record)
            self.told.meet(payload)
        elif kind == "token_usage_record":
            self._usage(record, payload)
        elif kind not in KNOWN_TYPES:
            self.log.once("unknown record", f"type {kind[:60]!r}")

    def _odd(self, kind: Any) -> None:
        """Take in a record without a payload: only forms without token counts have such."""
        if isinstance(kind, str) and kind in KNOWN_TYPES:
            self.log.once("unknown record", f"type {kind!r} without a payload")
        else:
            self.log.once("no counts", "records of a form that holds no token counts")

    def _context(self, record: Record, payload: Payload) -> None:
        self.log.now(record)
        if type(payload.model) is str:
            self.told.model = payload.model
        if not self.log.replayed(record):
            self.told.visit(payload.cwd)

    # calls --------------------------------------------------------------------------------------

    def _count(self, record: Record, payload: Payload) -> None:
        """Take in a row of running totals."""
        info, told = payload.info, self.told
        if info is None or (info.total_token_usage is None and info.last_token_usage is None):
            return
        self._acts.settle()
        if told.counts != _TOTALS:
            if told.counts == _RECORDS:
                return
            told.counts = _TOTALS
            self._drop_drafts()
        place = told.meter.total
        step = told.meter.step(info, forked=told.forked)
        if told.meter.total != place:
            told.said = {}
        if step is None:
            return
        if self.log.replayed(record):
            self._duplicates += 1
            return
        model = told.model or (info.model if isinstance(info.model, str) else "")
        call = self._call(record, step[0], model, *step[1])
        if call is not None:
            self._calls.append(call)

    def _usage(self, record: Record, payload: Payload) -> None:
        """Take in a call told by a record of its own; totals, if there are any, tell it too."""
        told = self.told
        if payload.usage is None or told.counts == _TOTALS:
            return
        self._acts.settle()
        if self.log.replayed(record):
            self._duplicates += 1
            return
        response = payload.response_id
        name = response if isinstance(response, str) else f"{told.key} line {self.log.line}"
        call = self._call(record, tokens(payload.usage), told.model, "response", name)
        if call is not None:
            (self._calls if told.counts else told.drafts).append(call)

    def _drop_drafts(self) -> None:
        """Forget calls told by records, now that totals tell them; the tools are called still."""
        told = self.told
        if told.drafts:
            names = [name for draft in told.drafts for name in draft.tools.split(",") if name]
            told.tools = {f"draft {n}": name for n, name in enumerate(names)} | told.tools
            told.drafts = []

    def _call(self, record: Record, counts: Tokens, model: str, *name: str) -> Call | None:
        told = self.log.named()
        ts = self.log.time(record)
        if ts is None:
            return None
        took = paid(counts)
        if not took.consistent and "inconsistent" not in told.reported:
            told.reported.append("inconsistent")
            self.log.problem("inconsistent", "parts of a token count are more than the whole")
        tools = ",".join(told.tools.values())
        told.tools = {}
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
            -ts,  # of a call and its replays the first stands
            tools,
            self.log.line,
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
        else:
            self._seldom(record, payload, kind)

    def _seldom(self, record: Record, payload: Payload, kind: Any) -> None:
        if kind == "item_completed":
            self._completed(record, payload.item)
        elif kind == "patch_apply_end":
            if payload.success is not False and payload.changes:
                self._touch(record, payload.changes)
        elif kind == "turn_aborted":
            self._acts.aborted(record, payload)
        elif kind == "thread_name_updated":
            self.log.named().entitle(payload)
        elif type(kind) is not str or kind not in KNOWN_EVENTS:
            self.log.once("unknown record", f"event_msg of type {str(kind)[:60]!r}")
        elif kind in _TURN_ENDS:
            self._acts.settle()

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
        if not self.log.replayed(record):
            self.told.touch(paths)

    def _asked(self, record: Record, source: str, text: Any) -> None:
        self._acts.asked(record, source, text)
        self.passed_over = PASSED_OVER[True, self.told.told_answers]

    def _answer(self, record: Record, text: Any) -> None:
        """Take in an answer told by an event."""
        self.told.told_answers = True
        self.passed_over = PASSED_OVER[self.told.told_people, True]
        self._answered(record, text)

    def _answered(self, record: Record, text: Any) -> None:
        self._acts.settle()
        if isinstance(text, str) and text.strip() and not self.log.replayed(record):
            self.told.answer, self.told.answer_time = text, record.timestamp

    def _item(self, record: Record, payload: Payload) -> None:
        kind = payload.type
        if kind == "message":
            if payload.role == "user":
                self._acts.overheard(record, payload)
            elif payload.role == "assistant" and not self.told.told_answers:
                self._answered(record, persons.spoken(payload.content))
        elif type(kind) is not str or kind not in KNOWN_ITEMS:
            self.log.once("unknown record", f"response_item of type {str(kind)[:60]!r}")
        elif kind in TOOL_ITEMS:
            self._tool(record, payload, kind)

    def _tool(self, record: Record, payload: Payload, kind: str) -> None:
        """Take in a tool call; the next token counts are those of the answer that made it."""
        self._acts.settle()
        tools = self.told.tools
        if self.log.replayed(record) or len(tools) >= _TOOLS_KEPT:
            return
        key = payload.call_id if isinstance(payload.call_id, str) else payload.id
        name = payload.name if isinstance(payload.name, str) else TOOL_ITEMS[kind]
        key = key if isinstance(key, str) else f"line {self.log.line}"
        tools.setdefault(key, name.replace(",", "_") or "?")
        if name == "apply_patch" and isinstance(payload.input, str):
            self.told.touch(_PATCHED.findall(payload.input))

    # pieces -------------------------------------------------------------------------------------

    def state(self) -> bytes:
        """Return what is needed to go on from here."""
        return packed(self.told)

    def piece(self, state: bytes | None = None, *, last: bool = False) -> Piece:
        """Hand out what was read; ``state``: where to go on from, if not from here.

        At the file's end the calls told by records are calls: no totals have told them.
        """
        told, log = self.told, self.log
        if last and told.drafts:
            self._calls += told.drafts
            told.counts, told.drafts = _RECORDS, []
            if state is not None:
                before = unpacked(state, "")
                before.counts, before.drafts = _RECORDS, []
                state = packed(before)
        threads = []
        if told.seen:
            told.answer = told.answer[:OPENING]
            threads = [told.thread(milliseconds(told.answer_time) or 0 if told.answer else 0)]
        calls, self._calls = self._calls, []
        events, self._acts.events = self._acts.events, []
        problems, log.problems = log.problems, []
        duplicates, self._duplicates = self._duplicates, 0
        kept = self.state() if state is None else state
        return Piece(threads, calls, events, problems, self.end, log.line, kept, duplicates)
