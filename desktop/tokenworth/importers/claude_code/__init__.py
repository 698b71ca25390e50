"""Claude Code: one JSON line a record, one file a session, and more files for its sub-agents.

Where: ``projects/<folder>/<session>.jsonl`` in ``~/.claude``, in ``$XDG_CONFIG_HOME/claude`` or in
each folder of ``$CLAUDE_CONFIG_DIR``; the desktop app keeps the same deeper down in its own folder.

What the numbers mean: input, cache reads and cache writes are disjoint; output holds what was
thought. An answer is written as several lines of one ``message.id``, each with the counts so far:
the largest output stands. Where no line has a ``stop_reason``, the output is a floor. Resumed
sessions copy the records of another under a new session id: the ids of answers and records tell.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from tokenworth.domain.importer import Importer
from tokenworth.importers.claude_code.records import KNOWN_TYPES
from tokenworth.importers.claude_code.transcript import transcript
from tokenworth.importers.claude_code.walk import read

_DESKTOP = "local-agent-mode-sessions"
_OTHER_FILES = frozenset({"history.jsonl", "journal.jsonl"})
_CONVERSATION = frozenset({"user", "assistant"})
_MARKS = ("isSidechain", "userType")
_TITLED = {
    "summary": "leafUuid",
    "file-history-snapshot": "snapshot",
    "custom-title": "customTitle",
    "ai-title": "aiTitle",
}
_CUT_LINE = re.compile(rb'\{"(?:parentUuid"\s*:\s*(?:null|")|type"\s*:\s*"file-history-snapshot")')
"""How a first line begins that is too long to be seen whole."""


def places(environment: Mapping[str, str], home: Path, platform: str) -> tuple[Path, ...]:
    """Return the folders that hold sessions, whether they exist or not."""
    given = [each.strip() for each in environment.get("CLAUDE_CONFIG_DIR", "").split(",")]
    roots = [Path(each).expanduser() for each in given if each]
    if not roots:
        own = environment.get("USERPROFILE") if platform == "win32" else None
        config = environment.get("XDG_CONFIG_HOME") or home / ".config"
        roots = [(Path(own) if own else home) / ".claude", Path(config) / "claude"]
    desktop = _desktop(environment, home, platform)
    return (*(root / "projects" for root in roots), *(each / _DESKTOP for each in desktop))


def _desktop(environment: Mapping[str, str], home: Path, platform: str) -> list[Path]:
    """Return the folders of the desktop app."""
    if platform == "darwin":
        return [home / "Library" / "Application Support" / "Claude"]
    if platform != "win32":
        return [Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "Claude"]
    roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    packaged = sorted((local / "Packages").glob("Claude_*"))
    return [roaming / "Claude", *(p / "LocalCache" / "Roaming" / "Claude" for p in packaged)]


def wants(name: str) -> bool:
    """Whether a file of that name may hold a session."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.endswith(".jsonl") and last not in _OTHER_FILES


def recognises(_name: str, head: bytes) -> bool:
    """Whether the first lines are Claude Code's: the first that tells, tells."""
    lines = head.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for line in lines[:-1]:
        try:
            record = msgspec.json.decode(line)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            continue
        verdict = _is_record(record)
        if verdict is not None:
            return verdict
    try:
        return _is_record(msgspec.json.decode(lines[-1])) is True
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _CUT_LINE.match(lines[-1]) is not None


def _is_record(record: Any) -> bool | None:
    """Whether a first record is Claude Code's; None if it could be anyone's."""
    if not isinstance(record, dict) or "payload" in record:
        return False
    kind = record.get("type")
    if kind not in KNOWN_TYPES:
        return None if "sessionId" in record else False
    if kind in _CONVERSATION:
        message = record.get("message")
        return isinstance(message, dict) and "content" in message and "sessionId" in record
    if kind in _TITLED:
        return _TITLED[kind] in record
    return any(mark in record for mark in _MARKS) or None


IMPORTER = Importer(
    kind="claude_code",
    name="Claude Code",
    counting="recorded",
    places=places,
    wants=wants,
    recognises=recognises,
    read=read,
    transcript=transcript,
    retention="Claude Code deletes its sessions after 30 days unless told otherwise.",
)
