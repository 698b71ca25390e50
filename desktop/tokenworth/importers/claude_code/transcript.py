"""What was said in a session, as plain text; what tools gave back is left out."""

from collections.abc import Iterator
from typing import Any

from tokenworth.domain.importer import Said, Source
from tokenworth.domain.records import Act
from tokenworth.importers.claude_code import persons
from tokenworth.importers.claude_code.drafts import SYNTHETIC
from tokenworth.importers.claude_code.records import (
    REFUSED,
    Input,
    Message,
    Record,
    loosely,
    strict,
)
from tokenworth.reading.lines import blocks
from tokenworth.reading.times import milliseconds

_WORDS_OF_CALL = 200  # characters shown of what a tool was called with


def transcript(source: Source, thread_key: str) -> Iterator[Said]:
    """Yield what was said in the file's part of a thread; sub-agents are left out."""
    seen: set[Any] = set()
    ts = 0
    for record in _records(source):
        if record.session_id not in (None, thread_key) or record.is_sidechain is True:
            continue
        if isinstance(record.uuid, str):
            if record.uuid in seen:
                continue
            seen.add(record.uuid)
        ts = milliseconds(record.timestamp) or ts
        yield from _said(record, ts)


def _records(source: Source) -> Iterator[Record]:
    with source.open() as handle:
        for block in blocks(handle):
            end = -1
            while (begin := end + 1) < block.size:
                end = block.data.find(b"\n", begin, block.size)
                line = block.view[begin:end]
                try:
                    record: Record | None = strict(line)
                except REFUSED:
                    record = loosely(line)[0]
                if record is not None:
                    yield record


def _said(record: Record, ts: int) -> Iterator[Said]:
    message = record.message
    if record.type == "assistant":
        if isinstance(message, Message) and message.model != SYNTHETIC:
            yield from _answered(message, ts)
    elif record.type == "system" and record.subtype == "compact_boundary":
        yield Said(ts, "note", "The conversation so far was replaced by a summary.")
    elif record.type in ("user", "attachment"):
        _, act, text = persons.act(record)
        if act is Act.INTERRUPT:
            yield Said(ts, "note", "Interrupted.")
        elif act is Act.MESSAGE:
            yield Said(ts, "person", text or "(a picture)")


def _answered(message: Message, ts: int) -> Iterator[Said]:
    if isinstance(message.content, str):
        yield Said(ts, "assistant", message.content)
        return
    for block in message.content or ():
        if block.type == "text" and isinstance(block.text, str) and block.text.strip():
            yield Said(ts, "assistant", block.text)
        elif block.type == "tool_use" and isinstance(block.name, str):
            yield Said(ts, "tool", f"{block.name} {_called_with(block.input)}".rstrip())


def _called_with(given: Input | None) -> str:
    """Return the telling part of what a tool was called with, on one line."""
    if given is None:
        return ""
    fields = (
        given.file_path, given.notebook_path, given.command, given.url, given.query,
        given.pattern, given.path, given.description,
    )  # fmt: skip
    text = next((each for each in fields if isinstance(each, str) and each), "")
    return " ".join(text.split())[:_WORDS_OF_CALL]
