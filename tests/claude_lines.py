"""Lines as Claude Code writes them, made by hand."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, ISO week 10


def stamp(minutes: float) -> str:
    return f"{START + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%S.000Z}"


def prompt(session: str, number: int, minutes: float, text: str) -> dict[str, Any]:
    return {
        "type": "user", "uuid": f"{session}-u{number}", "parentUuid": None, "sessionId": session,
        "timestamp": stamp(minutes), "cwd": "/home/robin/harbour", "isSidechain": False,
        "entrypoint": "cli", "message": {"role": "user", "content": text},
    }  # fmt: skip


def answer(session: str, number: int, minutes: float, output: int) -> dict[str, Any]:
    usage = {
        "input_tokens": 10, "cache_creation_input_tokens": 30, "cache_read_input_tokens": 500,
        "output_tokens": output,
        "cache_creation": {"ephemeral_5m_input_tokens": 20, "ephemeral_1h_input_tokens": 10},
    }  # fmt: skip
    return {
        "type": "assistant", "uuid": f"{session}-a{number}", "sessionId": session,
        "timestamp": stamp(minutes), "cwd": "/home/robin/harbour", "isSidechain": False,
        "message": {
            "id": f"msg_{session}_{number}", "role": "assistant", "model": "claude-sonnet-4-5",
            "stop_reason": "end_turn", "content": [{"type": "text", "text": "Done."}],
            "usage": usage,
        },
    }  # fmt: skip


def write(path: Path, lines: Iterable[dict[str, Any]]) -> Path:
    """Write a session's file; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path
