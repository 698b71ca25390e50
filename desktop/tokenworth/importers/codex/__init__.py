"""Codex, in the terminal, in an editor and on the desktop: one JSON line a record, a file a thread.

Where: ``sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`` and ``archived_sessions`` in
``$CODEX_HOME`` or ``~/.codex``; old ones may be packed, ``.jsonl.zst``.

What the numbers mean: a ``token_count`` row holds totals that run up over the whole thread, so a
call is the difference between two rows, and a row with the totals of the one before is none. Input
holds what was read from a cache and written to one, output holds what was thought. A thread that
was forked, and a sub-agent's, begins with a copy of its parent's rows under new times. What they
say tells them: a call is named by its totals and its oldest ancestor, and the earliest copy stands.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from tokenworth.domain.importer import Importer
from tokenworth.importers.codex.read import PACKED, read
from tokenworth.importers.codex.records import KNOWN_TYPES
from tokenworth.importers.codex.transcript import transcript

_OTHER_FILES = frozenset({"history.jsonl", "session_index.jsonl"})
_ENVELOPE = re.compile(
    rb'\s*\{((?:\s*"(?:timestamp|type|ordinal)"\s*:\s*(?:"[^"\\]{0,80}"|\d{1,18})\s*,)+)'
    rb'\s*"payload"\s*:\s*\{'
)
_TYPE = re.compile(rb'"type"\s*:\s*"([^"]*)"')
_ID = re.compile(rb'"id"\s*:\s*"([^"\\]+)"')
_FORKED = re.compile(rb'"forked_from_id"\s*:\s*"([^"\\]+)"')
_SPAWNED = re.compile(rb'"parent_thread_id"\s*:\s*"([^"\\]+)"')


def places(environment: Mapping[str, str], home: Path, platform: str) -> tuple[Path, ...]:
    """Return the folders that hold rollouts, whether they exist or not."""
    given = environment.get("CODEX_HOME", "").strip()
    own = environment.get("USERPROFILE") if platform == "win32" else None
    root = Path(given).expanduser() if given else Path(own or home) / ".codex"
    return root / "sessions", root / "archived_sessions"


def wants(name: str) -> bool:
    """Whether a file of that name may hold a rollout."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.endswith((".jsonl", ".jsonl.zst")) and last not in _OTHER_FILES


def recognises(name: str, head: bytes) -> bool:
    """Whether a line is Codex's among the first; its beginning tells, it may be cut off."""
    if head.startswith(PACKED):
        return name.endswith(".jsonl.zst")
    return any(_type(line) in KNOWN_TYPES for line in _lines(head))


def _lines(head: bytes) -> list[bytes]:
    return head.removeprefix(b"\xef\xbb\xbf").split(b"\n")


def _type(line: bytes) -> str:
    """Return the type of a record; nothing where the line is none."""
    envelope = _ENVELOPE.match(line)
    if envelope is None or b'"timestamp"' not in envelope[1]:
        return ""
    found = _TYPE.search(envelope[1])
    return found[1].decode("utf-8", "replace") if found else ""


def lineage(head: bytes) -> tuple[str, str] | None:
    """Return the thread's key and that of the thread it was forked from, or nothing for that."""
    line = next((line for line in _lines(head) if line.strip()), b"")
    if _type(line) != "session_meta":
        return None
    own, parent = _ID.search(line), _FORKED.search(line) or _SPAWNED.search(line)
    if own is None:
        return None
    return own[1].decode("utf-8", "replace"), parent[1].decode("utf-8", "replace") if parent else ""


IMPORTER = Importer(
    kind="codex",
    name="Codex",
    counting="recorded",
    places=places,
    wants=wants,
    recognises=recognises,
    read=read,
    transcript=transcript,
    lineage=lineage,
)
