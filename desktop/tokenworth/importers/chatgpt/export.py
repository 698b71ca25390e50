"""What is told by an export's files before any conversation is read."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

import msgspec

_TOKEN = re.compile(rb'"([^"\\]*+(?:\\.[^"\\]*+)*)"\s*+(:)?|[\[\]{}"]', re.DOTALL)
_OPENERS = (b"[", b"{")
_BESIDE = {b"title", b"create_time", b"update_time", b"conversation_id", b"id"}
_BOM = b"\xef\xbb\xbf"
_PART = re.compile(r"conversations[^/]*\.json", re.IGNORECASE)


class _Named(msgspec.Struct):
    path: str


class _Manifest(msgspec.Struct):
    export_files: list[_Named]


def wants(name: str) -> bool:
    """Tell by its name whether a file may be an export or a part of one."""
    return name.lower().endswith((".json", ".zip"))


def recognises(_name: str, head: bytes) -> bool:
    """Tell by its first 4 KiB whether a file holds ChatGPT's conversations."""
    head = head.removeprefix(_BOM).lstrip()
    if head[:1] not in _OPENERS:
        return False
    keys = _keys(head)
    if b"chat_messages" in keys or not keys & _BESIDE:
        return False
    return b"mapping" in keys or b"current_node" in keys


def _keys(head: bytes) -> set[bytes]:
    """Return the keys of the conversations in ``head``, and no keys from inside them."""
    keys: set[bytes] = set()
    open_ = b""
    last = b""
    for found in _TOKEN.finditer(head):
        token = found[0]
        if token in _OPENERS:
            open_ += token
        elif token in (b"]", b"}"):
            open_ = open_[:-1]
        elif token == b'"':
            break  # a string that goes on behind the head
        elif found[2] and (
            open_ in (b"{", b"[{") or (open_ == b"{[{" and last == b"conversations")
        ):
            keys.add(found[1])
        if open_ == b"{" and found[2]:
            last = found[1]
    return keys


def missing_parts(manifest: bytes, names: Iterable[str]) -> list[str]:
    """Return the lists of conversations that ``export_manifest.json`` names and ``names`` lacks."""
    try:
        files = msgspec.json.decode(manifest, type=_Manifest).export_files
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []
    there = {_last(name) for name in names}
    told = {_last(file.path) for file in files}
    return sorted(name for name in told - there if _PART.fullmatch(name))


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/").replace("!", "/")).name
