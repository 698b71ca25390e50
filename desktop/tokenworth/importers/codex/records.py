"""The fields of a Codex record that are looked at, and how a line becomes them.

Every value that is not itself a record is ``Any``: what a file holds in a field is never trusted.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from tokenworth.reading import loose

KNOWN_TYPES = frozenset({
    "compacted", "event_msg", "ghost_snapshot", "inter_agent_communication_metadata",
    "response_item", "session_meta", "token_usage_record", "turn_context", "world_state",
})  # fmt: skip

TOOL_ITEMS = {
    "function_call": "",
    "custom_tool_call": "",
    "local_shell_call": "local_shell",
    "web_search_call": "web_search",
    "tool_search_call": "tool_search",
}
"""Items that call a tool: the tool's name where the item does not give one."""

KNOWN_ITEMS = frozenset({
    *TOOL_ITEMS, "agent_message", "compaction", "compaction_summary", "context_compaction",
    "custom_tool_call_output", "function_call_output", "ghost_snapshot", "image_generation_call",
    "message", "other", "reasoning", "tool_search_output",
})  # fmt: skip

KNOWN_EVENTS = frozenset({
    "account/rateLimits/updated", "agent_message", "agent_message_content_delta",
    "agent_message_delta", "agent_reasoning", "agent_reasoning_delta",
    "agent_reasoning_raw_content", "agent_reasoning_raw_content_delta",
    "agent_reasoning_section_break", "apply_patch_approval_request", "background_event",
    "codex/event/raw_item", "collab_agent_interaction_begin", "collab_agent_interaction_end",
    "collab_agent_spawn_begin", "collab_agent_spawn_end", "collab_close_begin",
    "collab_close_end", "collab_resume_begin", "collab_resume_end", "collab_waiting_begin",
    "collab_waiting_end", "context_compacted", "deprecation_notice", "dynamic_tool_call_request",
    "dynamic_tool_call_response", "elicitation_request", "entered_review_mode", "error",
    "exec_approval_request", "exec_command_begin", "exec_command_end",
    "exec_command_output_delta", "exited_review_mode", "get_history_entry_response",
    "guardian_assessment", "hook_completed", "hook_started", "image_generation_begin",
    "image_generation_end", "item_completed", "item_started", "list_custom_prompts_response",
    "list_skills_response", "mcp_list_tools_response", "mcp_startup_complete",
    "mcp_startup_update", "mcp_tool_call_begin", "mcp_tool_call_end", "model_reroute",
    "patch_apply_begin", "patch_apply_end", "plan_delta", "plan_update", "raw_response_item",
    "reasoning_content_delta", "reasoning_raw_content_delta", "request_permissions",
    "request_user_input", "session_configured", "shutdown_complete", "skills_update_available",
    "stream_error", "sub_agent_activity", "task_complete", "task_started", "terminal_interaction",
    "thread_goal_updated", "thread_name_updated", "thread_rolled_back",
    "thread_settings_applied", "token_count", "turn.completed", "turn_aborted", "turn_complete",
    "turn_diff", "turn_started", "undo_completed", "undo_started", "user_message",
    "view_image_tool_call", "warning", "web_search_begin", "web_search_end",
})  # fmt: skip

_MOST = 10**12
Count = Annotated[int, Meta(ge=0, le=_MOST)] | None


class Usage(Struct, gc=False):
    """Tokens: the whole input with what was cached, the whole output with what was thought."""

    input_tokens: Count = None
    cached_input_tokens: Count = None
    cache_write_input_tokens: Count = None
    output_tokens: Count = None
    reasoning_output_tokens: Count = None


class Info(Struct, gc=False):
    """What a ``token_count`` tells."""

    total_token_usage: Usage | None = None
    last_token_usage: Usage | None = None
    model: Any = None


class Git(Struct, gc=False):
    """Where in a repository a session was begun."""

    branch: Any = None


class Change(Struct, gc=False):
    """What was done to one file; the texts are never decoded."""


class Item(Struct, gc=False):
    """What an ``item_completed`` holds."""

    type: Any = None
    content: Any = None
    changes: dict[str, Change] | None = None


class Payload(Struct, gc=False):
    """A record's own part."""

    type: Any = None
    info: Info | None = None
    message: Any = None
    role: Any = None
    content: Any = None
    name: Any = None
    call_id: Any = None
    id: Any = None
    input: Any = None
    turn_id: Any = None
    cwd: Any = None
    model: Any = None
    source: Any = None
    originator: Any = None
    forked_from_id: Any = None
    parent_thread_id: Any = None
    subagent_history_start_ordinal: Any = None
    git: Git | None = None
    changes: dict[str, Change] | None = None
    success: Any = None
    thread_id: Any = None
    thread_name: Any = None
    item: Item | None = None
    usage: Usage | None = None
    response_id: Any = None


class Record(Struct, gc=False):
    """A line."""

    timestamp: Any = None
    type: Any = None
    payload: Payload | None = None
    ordinal: Any = None


strict = msgspec.json.Decoder(Record).decode
REFUSED = (msgspec.MsgspecError, ValueError, RecursionError)
"""What ``strict`` raises."""

_NESTED: dict[tuple[type[Any], str], type[Any]] = {
    (Record, "payload"): Payload,
    (Payload, "info"): Info,
    (Payload, "git"): Git,
    (Payload, "item"): Item,
    (Payload, "usage"): Usage,
    (Info, "total_token_usage"): Usage,
    (Info, "last_token_usage"): Usage,
}


class _Shaping:
    """Plain values put into the fields of records; what does not fit is left out."""

    def __init__(self) -> None:
        self.wrong: list[str] = []  # counts that are none

    def shaped(self, kind: type[Any], value: dict[str, Any]) -> Any:
        """Return a record of that kind with what fits of the value."""
        record = kind()
        for name in kind.__struct_fields__:
            if name in value:
                setattr(record, name, self._fitted(kind, name, value[name]))
        return record

    def _fitted(self, kind: type[Any], name: str, given: Any) -> Any:
        if kind is Usage:
            return self._count(name, given)
        if name == "changes":
            return dict.fromkeys(given, Change()) if isinstance(given, dict) else None
        nested = _NESTED.get((kind, name))
        if nested is None:
            return given
        if isinstance(given, dict):
            return self.shaped(nested, given)
        if nested in (Usage, Info) and given is not None:
            self.wrong.append(f"{name} is not in a known form")
        return None

    def _count(self, name: str, given: Any) -> int | None:
        if type(given) is int and 0 <= given <= _MOST:
            return given
        self.wrong.append(f"{name}: {str(given)[:40]} is no count")
        return None


def loosely(line: bytes | memoryview) -> tuple[Record | None, str, str]:
    """Read a line that ``strict`` refused: (record, kind of problem or "", words).

    A record whose counts are no counts comes without them.
    """
    value, words = loose.decode(line)
    if not isinstance(value, dict):
        return None, "broken line", f"{words or 'the line holds no record'}; it was left out"
    shaping = _Shaping()
    record: Record = shaping.shaped(Record, value)
    if shaping.wrong:
        if record.payload is not None:
            record.payload.info = record.payload.usage = None
        return record, "bad count", "; ".join(shaping.wrong) + "; these tokens were not counted"
    if words:
        return record, "mended line", f"{words}; the rest of the line was kept"
    return record, "", ""
