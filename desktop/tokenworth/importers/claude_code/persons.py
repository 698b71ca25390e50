"""Which records are a person's doing, and what was said in them."""

import re
from typing import Any

from tokenworth.domain.records import Act
from tokenworth.importers.claude_code.records import Block, Message, Origin, Record

_ADDED = re.compile(r"<(system-reminder|ide_\w+)>.*?</\1>", re.DOTALL)
"""What the tool and editors put into a person's message."""

INTERRUPT = "[Request interrupted by user"
_NOTICE = "task-notification"
_COMMANDS = ("<command-name>", "<command-message>", "<bash-input>")
_INJECTED = (
    "<local-command-stdout>",
    "<local-command-caveat>",
    "Caveat: The messages below",
    "<bash-stdout>",
    "<task-notification>",
    "<ci-monitor-event>",
    "This session is being continued from a previous",
    INTERRUPT,
)


def act(record: Record) -> tuple[bool, Act | None, str]:
    """Return whether a record is a tool's result, what a person did in it, and the words."""
    if record.type == "attachment":
        return False, *_queued(record)
    content = record.message.content if isinstance(record.message, Message) else None
    blocks = content if isinstance(content, list) else []
    result = picture = interrupt = False
    for block in blocks:
        if block.type == "tool_result":
            result = True
        elif block.type == "image":
            picture = True
        elif block.type == "text" and _starts_interrupt(block.text):
            interrupt = True
    if record.is_sidechain is True or record.is_meta is True:
        return result, None, ""
    if interrupt:
        return result, Act.INTERRUPT, ""
    if result or not _by_person(record):
        return result, None, ""
    said = content if isinstance(content, str) else spoken(blocks)
    return False, *_weighed(said, picture=picture)


def _starts_interrupt(text: Any) -> bool:
    """Whether a text block marks an interrupt. A tool's result may quote one: it does not count."""
    return isinstance(text, str) and text.lstrip().startswith(INTERRUPT)


def spoken(blocks: list[Block]) -> str:
    """Return the texts of a message as one."""
    return "\n".join(b.text for b in blocks if b.type == "text" and isinstance(b.text, str))


def _by_person(record: Record) -> bool:
    if record.is_compact_summary is True or record.is_visible_in_transcript_only is True:
        return False
    return bool(record.prompt_source != "system" and _kind_of(record.origin) != _NOTICE)


def _kind_of(origin: Origin | str | None) -> Any:
    return origin.kind if isinstance(origin, Origin) else origin


def _queued(record: Record) -> tuple[Act | None, str]:
    queued = record.attachment
    if queued is None or record.is_sidechain is True or record.is_meta is True:
        return None, ""
    if queued.type != "queued_command" or queued.command_mode != "prompt":
        return None, ""
    if _kind_of(queued.origin) not in (None, "human"):
        return None, ""
    return _weighed(_plain(queued.prompt), picture=False)


def _plain(prompt: Any) -> str:
    if isinstance(prompt, list):
        parts = [each.get("text") for each in prompt if isinstance(each, dict)]
        return "\n".join(part for part in parts if isinstance(part, str))
    return prompt if isinstance(prompt, str) else ""


def _weighed(said: str, *, picture: bool) -> tuple[Act | None, str]:
    text = (_ADDED.sub("", said) if "<" in said else said).strip()
    if text.startswith(_COMMANDS):
        return Act.COMMAND, text
    if text.startswith(_INJECTED) or not (text or picture):
        return None, ""
    return Act.MESSAGE, text
