"""One node of a conversation: who wrote what, to whom."""

from dataclasses import dataclass
from typing import Any

from tokenworth.estimating import clean

ROLES = ("user", "assistant", "system", "tool")
WRITTEN = ("text", "multimodal_text")
GENERATED = (*WRITTEN, "code", "thoughts")
OTHERS = (
    "reasoning_recap",
    "execution_output",
    "system_error",
    "tether_quote",
    "tether_browsing_display",
    "sonic_webpage",
    "computer_output",
    "user_editable_context",
    "model_editable_context",
)
_EARLIEST = 946_684_800_000  # 2000
_LATEST = 4_102_444_800_000  # 2100
_NO_TIME = 1e20
_UNITS = ((1e17, 1e6), (1e14, 1e3), (1e11, 1.0))  # nanoseconds, microseconds, milliseconds
_THOUGHT = ("finished_duration_sec", "thinking_effort", "reasoning_status", "reasoning_start_time")


@dataclass(slots=True)
class Node:
    """A node as written, and what its place in the tree adds: see ``grow``."""

    key: str
    parent: str  # "" for a root
    ts: int | None  # milliseconds; after growing 0 only where no time at all is known
    role: str
    kind: str  # content type
    text: str
    recipient: str
    channel: str
    model: str
    attachments: int
    hidden: bool
    thinks: bool  # the model reasoned here or, after growing, before this in the same turn
    on_path: bool = False

    @property
    def is_prompt(self) -> bool:
        """Whether a person wrote it."""
        written = self.role == "user" and self.kind in WRITTEN and not self.hidden
        return written and bool(self.text or self.attachments)

    @property
    def is_tool_call(self) -> bool:
        """Whether the model called a tool; never known of a pruned export."""
        called = self.role == "assistant" and self.recipient not in ("", "all")
        return called and self.kind in GENERATED

    @property
    def is_generated(self) -> bool:
        """Whether the model wrote it and there is something in it."""
        wrote = self.role == "assistant" and self.kind in GENERATED
        return wrote and bool(self.text or self.attachments or self.is_tool_call)

    @property
    def is_final(self) -> bool:
        """Whether it is text of the model meant for the person."""
        to_person = self.kind in WRITTEN and self.channel in ("", "final")
        return self.is_generated and to_person and not self.is_tool_call

    @property
    def unknown(self) -> str:
        """What of it is new to us, by name; empty if nothing is."""
        if not self.role:
            return "text without an author" if self.text else ""
        if self.role not in ROLES:
            return f"role {self.role}"
        if self.kind not in GENERATED and self.kind not in OTHERS:
            return f"content type {self.kind}"
        return ""


def read_node(key: str, raw: object) -> Node | None:
    """Return a node of a mapping; None if it is no node, or has no name. Never raises."""
    if not key or not isinstance(raw, dict):
        return None
    message = _dict(raw.get("message"))
    author = _dict(message.get("author"))
    metadata = _dict(message.get("metadata"))
    content = message.get("content")
    kind = _text(_dict(content).get("content_type")) or "text"
    parts, attachments = _parts(content, kind)
    text = clean("\n".join(parts))
    slug = _text(metadata.get("model_slug"))
    hidden = ("is_visually_hidden_from_conversation", "is_user_system_message")
    listed = metadata.get("attachments")
    return Node(
        key=key,
        parent=_text(raw.get("parent")),
        ts=moment(message.get("create_time")),
        role=_text(author.get("role")),
        kind=kind,
        text=text if text.strip() else "",
        recipient=_text(message.get("recipient")),
        channel=_text(message.get("channel")),
        model="" if slug == "auto" else slug,
        attachments=max(attachments, len(listed) if isinstance(listed, list) else 0),
        hidden=any(metadata.get(name) is True for name in hidden),
        thinks=kind in ("thoughts", "reasoning_recap") or any(map(metadata.get, _THOUGHT)),
    )


def _parts(content: object, kind: str) -> tuple[list[str], int]:
    """Return (pieces of text, number of images, sounds and the like) of a message's content."""
    if isinstance(content, str):
        return [content], 0
    held = _dict(content)
    texts: list[str] = []
    attachments = 0
    for name in ("thoughts", "parts"):
        items = held.get(name)
        for item in items if isinstance(items, list) else [items]:
            text = item if isinstance(item, str) else _object_text(item)
            texts += [text] if text else []
            attachments += isinstance(item, dict) and not text and name == "parts"
    if kind not in WRITTEN or not texts:
        texts += [text for name in ("text", "result") if (text := _text(held.get(name)))]
    return texts, attachments


def _object_text(item: object) -> str:
    """Return the text of a part that is an object; empty for an image or a sound."""
    held = _dict(item)
    return next(
        (text for name in ("content", "summary", "text") if (text := _text(held.get(name)))), ""
    )


def moment(value: object) -> int | None:
    """Return a time as milliseconds; None for none, zero or nonsense. Seconds as a rule."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if not 0 < number < _NO_TIME:
        return None
    over = next((divisor for limit, divisor in _UNITS if number > limit), 0.001)
    found = round(number / over)
    return found if _EARLIEST <= found <= _LATEST else None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
