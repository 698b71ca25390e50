"""What a person said, told apart from what the tool put into the conversation."""

from typing import Any

_INJECTED = (
    "# AGENTS.md instructions",
    "<environment_context>",
    "<user_instructions>",
    "<INSTRUCTIONS>",
    "<permissions instructions>",
    "<collaboration_mode>",
    "<skill>",
    "<turn_aborted>",
    "<subagent_notification>",
    "<recommended_plugins>",
    "<goal_context>",
    "<codex_internal_context",
    "<user_shell_command>",
    "<hook_prompt",
)
_IDE_REQUEST = "## My request for Codex:"


def spoken(content: Any) -> str:
    """Return the texts of a message's content as one."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = [each.get("text") for each in content if isinstance(each, dict)]
    return "\n".join(part for part in parts if isinstance(part, str))


def request(text: str) -> str | None:
    """Return what a person asked for; None where the tool itself wrote the text."""
    text = text.strip()
    if text.startswith(_INJECTED):
        return None
    _, ide, words = text.partition(_IDE_REQUEST)
    return words.strip() if ide else text
