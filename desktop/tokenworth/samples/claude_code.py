"""Sample sessions as Claude Code writes them: a file a session, and one for each sub-agent."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

from tokenworth.samples.plan import Session, Step, uuid

_VERSION: Final = "2.1.90"
_HOME: Final = "/home/sample"


def write(folder: Path, sessions: list[Session], seed: int) -> Iterator[None]:
    """Write the sessions under ``folder``/.claude, yielding after each."""
    known: dict[str, list[list[dict[str, Any]]]] = {}
    for session in sessions:
        pen = _Pen(session, Random(f"{seed}/{session.key}"))  # noqa: S311 -- not a secret
        exchanges = [pen.exchange(k) for k in range(len(session.exchanges))]
        known[session.key] = exchanges
        records = [pen.opening()]
        if session.fork_of is not None:
            copied = known[session.fork_of.key][: session.shared]
            records += [_given(record, session.key) for part in copied for record in part]
        records += [record for part in exchanges for record in part]
        records.append({"type": "ai-title", "aiTitle": session.title, "sessionId": session.key})
        place = folder / ".claude" / "projects" / pen.cwd.replace("/", "-")
        _save(place / f"{session.key}.jsonl", records)
        if session.helper:
            name = f"agent-{pen.agent}"
            _save(place / session.key / "subagents" / f"{name}.jsonl", pen.helper())
        yield


def _save(path: Path, records: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, separators=(",", ":"), ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def _given(record: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a record as a fork holds it: all the same but the session's name."""
    return {**record, "sessionId": key}


def _time(ts: int) -> str:
    at = datetime.fromtimestamp(ts // 1000, UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S") + f".{ts % 1000:03}Z"


class _Pen:
    """Writes the records of one session."""

    def __init__(self, session: Session, rng: Random) -> None:
        self._session = session
        self._rng = rng
        self._parent: str | None = None
        self.cwd = f"{_HOME}/{session.project.name}"
        self.agent = f"{rng.getrandbits(28):07x}"

    def opening(self) -> dict[str, Any]:
        """Return the record a file begins with; it stands in no other file."""
        return {
            "type": "queue-operation",
            "operation": "dequeue",
            "timestamp": _time(self._session.exchanges[0].ts - 40),
            "sessionId": self._session.key,
        }

    def exchange(self, number: int) -> list[dict[str, Any]]:
        """Return the records of one request and its answer."""
        exchange = self._session.exchanges[number]
        asked = self._record("user", exchange.ts, {"role": "user", "content": exchange.request})
        asked["permissionMode"] = "bypassPermissions" if self._session.alone else "default"
        asked["promptSource"] = "sdk" if self._session.alone else "typed"
        records = [asked]
        for step in exchange.steps:
            records += self._step(step)
        return records

    def helper(self) -> list[dict[str, Any]]:
        """Return the records of the sub-agent's file."""
        self._parent = None
        first = self._session.helper[0]
        told = f"Look through {first.file} and say what it depends on."
        records = [self._record("user", first.ts - 500, {"role": "user", "content": told})]
        for step in self._session.helper:
            records += self._step(step)
        return [{**record, "isSidechain": True, "agentId": self.agent} for record in records]

    def _record(self, kind: str, ts: int, message: dict[str, Any]) -> dict[str, Any]:
        own = uuid(self._rng)
        record = {
            "parentUuid": self._parent,
            "isSidechain": False,
            "userType": "external",
            "entrypoint": "sdk-cli" if self._session.alone else "cli",
            "cwd": self.cwd,
            "sessionId": self._session.key,
            "version": _VERSION,
            "gitBranch": "main",
            "type": kind,
            "message": message,
            "uuid": own,
            "timestamp": _time(ts),
        }
        self._parent = own
        return record

    def _step(self, step: Step) -> list[dict[str, Any]]:
        """Return the lines of one answer: each block restates the usage, and the last is right."""
        rng = self._rng
        name = f"msg_01{rng.getrandbits(80):020x}"
        request = f"req_01{rng.getrandbits(80):020x}"
        blocks: list[dict[str, Any]] = []
        if not step.tool or rng.random() < 0.35:  # noqa: PLR2004 -- a part of them speak first
            blocks.append({"type": "text", "text": step.text})
        call = f"toolu_01{rng.getrandbits(80):020x}"
        if step.tool:
            blocks.append(
                {"type": "tool_use", "id": call, "name": step.tool, "input": self._input(step)}
            )
        records = []
        for number, block in enumerate(blocks, 1):
            last = number == len(blocks)
            message = {
                "id": name,
                "type": "message",
                "role": "assistant",
                "model": step.model,
                "content": [block],
                "stop_reason": ("tool_use" if step.tool else "end_turn") if last else None,
                "usage": _usage(step, step.output if last else 8),
            }
            record = self._record("assistant", step.ts + 40 * number, message)
            records.append(record | {"requestId": request})
        if step.tool:
            records.append(self._result(step, call))
        return records

    def _input(self, step: Step) -> dict[str, str]:
        if step.tool == "Bash":
            return {"command": "make test", "description": "Run the tests"}
        path = {"file_path": f"{self.cwd}/{step.file}"}
        if step.tool == "Edit":
            path |= {"old_string": "season = None", "new_string": "season = season_of(day)"}
        return path

    def _result(self, step: Step, call: str) -> dict[str, Any]:
        content = {"tool_use_id": call, "type": "tool_result", "content": "ok: 14 passed"}
        record = self._record("user", step.ts + 900, {"role": "user", "content": [content]})
        if step.tool == "Edit":
            record["toolUseResult"] = {
                "filePath": f"{self.cwd}/{step.file}",
                "structuredPatch": [
                    {"oldStart": 4, "oldLines": 1, "newStart": 4, "newLines": 1,
                     "lines": ["-season = None", "+season = season_of(day)"]}
                ],
                "userModified": False,
            }  # fmt: skip
        return record


def _usage(step: Step, output: int) -> dict[str, Any]:
    hour = step.written if step.model.startswith("claude-opus") else 0
    return {
        "input_tokens": step.fresh,
        "cache_creation_input_tokens": step.written,
        "cache_read_input_tokens": step.read,
        "cache_creation": {
            "ephemeral_5m_input_tokens": step.written - hour,
            "ephemeral_1h_input_tokens": hour,
        },
        "output_tokens": output,
        "service_tier": "standard",
    }
