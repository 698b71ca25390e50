"""The fields of a Claude Code record that are looked at, and how a line becomes them.

Every value that is not itself a record is ``Any``: what a file holds in a field is never trusted,
and one odd field must not cost the line.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from tokenworth.reading import loose

KNOWN_TYPES = frozenset({
    "agent-color", "agent-name", "agent-setting", "ai-title", "assistant", "attachment",
    "attribution-snapshot", "bridge-session", "custom-title", "file-history-snapshot",
    "last-prompt", "mode", "permission-mode", "pr-link", "progress", "queue-operation", "summary",
    "system", "tag", "user", "worktree-state",
})  # fmt: skip

_MOST = 10**12
Count = Annotated[int, Meta(ge=0, le=_MOST)] | None


class Split(Struct, gc=False):
    """Cache writes by how long they live."""

    ephemeral_5m_input_tokens: Count = None
    ephemeral_1h_input_tokens: Count = None


class Usage(Struct, gc=False):
    """What an answer, or one try of it, was charged for."""

    input_tokens: Count = None
    cache_creation_input_tokens: Count = None
    cache_read_input_tokens: Count = None
    cache_creation: Split | None = None
    output_tokens: Count = None
    iterations: "list[Usage] | None" = None
    model: Any = None  # of a try only


class Input(Struct, gc=False):
    """What a tool was called with; the texts it writes are never decoded."""

    file_path: Any = None
    notebook_path: Any = None
    command: Any = None
    path: Any = None
    pattern: Any = None
    url: Any = None
    query: Any = None
    description: Any = None


class Block(Struct, gc=False):
    """A part of a message."""

    type: Any = None
    text: Any = None
    id: Any = None
    name: Any = None
    input: Input | None = None


class Message(Struct, gc=False):
    """A message as the API has it."""

    model: Any = None
    id: Any = None
    content: list[Block] | str | None = None
    stop_reason: Any = None
    usage: Usage | None = None


class Origin(Struct, gc=False):
    """Who or what put a message in."""

    kind: Any = None


class Attachment(Struct, rename="camel", gc=False):
    """Something handed in beside the conversation."""

    type: Any = None
    prompt: Any = None
    command_mode: Any = None
    origin: Origin | str | None = None


class Data(Struct, gc=False):
    """What a progress record tells."""

    type: Any = None
    message: "Record | None" = None


class Record(Struct, rename="camel", gc=False):
    """A line. The fields stand as they mostly do in a line: so they are found at once."""

    is_sidechain: Any = None
    cwd: Any = None
    session_id: Any = None
    git_branch: Any = None
    message: Message | str | None = None
    request_id: Any = None
    type: Any = None
    uuid: Any = None
    timestamp: Any = None
    entrypoint: Any = None
    session_kind: Any = None
    prompt_source: Any = None
    origin: Origin | str | None = None
    is_meta: Any = None
    is_compact_summary: Any = None
    is_visible_in_transcript_only: Any = None
    attachment: Attachment | None = None
    data: Data | None = None
    subtype: Any = None
    summary: Any = None
    leaf_uuid: Any = None
    custom_title: Any = None
    ai_title: Any = None


strict = msgspec.json.Decoder(Record).decode
REFUSED = (msgspec.MsgspecError, ValueError, RecursionError)
"""What ``strict`` raises."""


_COUNTED = frozenset({"usage", "cache_creation", "iterations"})


_TEXT_INSTEAD = frozenset({"content", "message", "origin"})


class _Shaping:
    """Plain values put into the fields of records; what does not fit is left out."""

    def __init__(self) -> None:
        self.unfit: list[str] = []

    def shaped(self, kind: type[Any], value: dict[str, Any]) -> Any:
        """Return a record of that kind with what fits of the value."""
        record = kind()
        for field in msgspec.structs.fields(kind):
            given = value.get(field.encode_name)
            if given is not None:
                setattr(record, field.name, self._fitted(kind, field.name, given))
        return record

    def _fitted(self, kind: type[Any], name: str, given: Any) -> Any:
        if kind in _COUNTS and name.endswith("_tokens"):
            return self._count(name, given)
        nested = _NESTED.get((kind, name))
        if nested is None or (name in _TEXT_INSTEAD and isinstance(given, str)):
            return given
        if name in _LISTS:
            if isinstance(given, list):
                return [self.shaped(nested, each) for each in given if isinstance(each, dict)]
        elif isinstance(given, dict):
            return self.shaped(nested, given)
        if name in _COUNTED:
            self.unfit.append(f"{name} is not in a known form and was left out")
        return None

    def _count(self, name: str, given: Any) -> int | None:
        if type(given) is int and 0 <= given <= _MOST:
            return given
        self.unfit.append(f"{name}: {str(given)[:40]} is no count and stays unknown")
        return None


_COUNTS = frozenset({Usage, Split})
_LISTS = frozenset({"content", "iterations"})
_NESTED: dict[tuple[type[Any], str], type[Any]] = {
    (Usage, "cache_creation"): Split,
    (Usage, "iterations"): Usage,
    (Block, "input"): Input,
    (Message, "content"): Block,
    (Message, "usage"): Usage,
    (Attachment, "origin"): Origin,
    (Data, "message"): Record,
    (Record, "message"): Message,
    (Record, "origin"): Origin,
    (Record, "attachment"): Attachment,
    (Record, "data"): Data,
}


def loosely(line: bytes | memoryview) -> tuple[Record | None, str | None]:
    """Read a line that ``strict`` refused: (record, what is wrong with it in words)."""
    value, words = loose.decode(line)
    if not isinstance(value, dict):
        return None, words or "the line holds no record"
    shaping = _Shaping()
    try:
        record = shaping.shaped(Record, value)
    except RecursionError:
        return None, "nested too deep"
    return record, "; ".join([*([words] if words else []), *shaping.unfit]) or None
