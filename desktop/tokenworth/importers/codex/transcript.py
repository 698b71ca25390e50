"""What was said in a rollout, as plain text; what tools gave back is left out."""

from collections.abc import Iterator
from typing import Any

import msgspec

from tokenworth.domain.importer import Said, Source
from tokenworth.importers.codex import persons
from tokenworth.importers.codex.read import opened
from tokenworth.importers.codex.records import REFUSED, TOOL_ITEMS
from tokenworth.reading import loose
from tokenworth.reading.lines import blocks
from tokenworth.reading.times import milliseconds

_WORDS_OF_CALL = 200  # characters shown of what a tool was called with
_COMPACTED = "The conversation so far was replaced by a summary."


def transcript(source: Source, _thread_key: str) -> Iterator[Said]:
    """Yield what was said in the file: it holds one thread, with what that was forked from."""
    telling = _Telling()
    for record in _records(source):
        payload = record.get("payload")
        if isinstance(payload, dict):
            yield from telling.tell(record, payload)
    yield from telling.settle()


def _records(source: Source) -> Iterator[dict[str, Any]]:
    with opened(source) as (handle, _):
        for block in blocks(handle):
            end = -1
            while (begin := end + 1) < block.size:
                end = block.data.find(b"\n", begin, block.size)
                line = block.view[begin:end]
                try:
                    record = msgspec.json.decode(line)
                except REFUSED:
                    record = loose.decode(line)[0]
                if isinstance(record, dict):
                    yield record


class _Telling:
    """Where the telling stands: events tell prompts and answers again that items told."""

    def __init__(self) -> None:
        self._ts = 0
        self._start = 0  # records with a lower ordinal are the parent's
        self._met = self._prompts = self._answers = False
        self._waiting: list[Said] = []
        self._last: tuple[str, str, Any] = ("", "", None)  # who, form, text of the last event

    def settle(self) -> list[Said]:
        """Return the messages that no event has told."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def tell(self, record: dict[str, Any], payload: dict[str, Any]) -> list[Said]:
        """Return what a record adds."""
        self._ts = milliseconds(record.get("timestamp")) or self._ts
        kind, ordinal = record.get("type"), record.get("ordinal")
        if kind == "session_meta" and not self._met:
            self._met = True
            start = payload.get("subagent_history_start_ordinal")
            self._start = start if type(start) is int else 0
        if type(ordinal) is int and ordinal < self._start:
            return []
        if kind == "event_msg":
            return self._event(payload)
        if kind == "response_item":
            return self._item(payload)
        if kind == "compacted":
            return [*self.settle(), Said(self._ts, "note", _COMPACTED)]
        return []

    def _event(self, payload: dict[str, Any]) -> list[Said]:
        kind, item, text = payload.get("type"), payload.get("item"), payload.get("message")
        if kind == "item_completed" and isinstance(item, dict):
            kind, text = item.get("type"), persons.spoken(item.get("content"))
        if kind in ("user_message", "UserMessage"):
            self._waiting, self._prompts = [], True
            if self._again("person", kind, text):
                return []
            return self._said("person", persons.request(text if isinstance(text, str) else ""))
        if kind in ("agent_message", "AgentMessage"):
            self._answers = True
            if self._again("assistant", kind, text):
                return []
            return [*self.settle(), *self._said("assistant", text)]
        if kind == "turn_aborted":
            return [*self.settle(), Said(self._ts, "note", "Interrupted.")]
        return []

    def _again(self, who: str, kind: str, text: Any) -> bool:
        """Whether the last event told the same, in the other of the two forms there are."""
        last, self._last = self._last, (who, kind, text)
        return last[0] == who and last[1] != kind and last[2] == text

    def _item(self, payload: dict[str, Any]) -> list[Said]:
        kind, role = payload.get("type"), payload.get("role")
        if isinstance(kind, str) and kind in TOOL_ITEMS:
            return [*self.settle(), Said(self._ts, "tool", _called(payload, kind))]
        if kind != "message":
            return []
        text = persons.spoken(payload.get("content"))
        if role == "user" and not self._prompts:
            self._waiting += self._said("person", persons.request(text))
        elif role == "assistant" and not self._answers:
            return [*self.settle(), *self._said("assistant", text)]
        return []

    def _said(self, who: Any, text: Any) -> list[Said]:
        if text == "" and who == "person":
            text = "(a picture)"
        if not isinstance(text, str) or not text.strip():
            return []
        return [Said(self._ts, who, text)]


def _called(payload: dict[str, Any], kind: str) -> str:
    """Return a tool call on one line."""
    name = payload.get("name")
    given = payload.get("arguments") or payload.get("input") or payload.get("action") or ""
    text = given if isinstance(given, str) else msgspec.json.encode(given).decode()
    return f"{name or TOOL_ITEMS[kind]} {' '.join(text[:2000].split())[:_WORDS_OF_CALL]}".rstrip()
