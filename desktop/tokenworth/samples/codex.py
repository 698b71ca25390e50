"""Sample sessions as Codex writes them: one rollout a session, in folders by local date."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from tokenworth.samples.plan import UNPRICED, Exchange, Session, Step, uuid

_WINDOW: Final = 258_400


def write(folder: Path, sessions: list[Session], seed: int, zone: ZoneInfo) -> Iterator[None]:
    """Write the sessions under ``folder``/.codex, yielding after each."""
    for session in sessions:
        rng = Random(f"{seed}/{session.key}")  # noqa: S311 -- not a secret
        begun = datetime.fromtimestamp(session.exchanges[0].ts // 1000, zone)
        place = folder / ".codex" / "sessions" / begun.strftime("%Y/%m/%d")
        place.mkdir(parents=True, exist_ok=True)
        name = f"rollout-{begun.strftime('%Y-%m-%dT%H-%M-%S')}-{session.key}.jsonl"
        lines = [
            json.dumps(record, separators=(",", ":"), ensure_ascii=False)
            for record in _records(session, rng)
        ]
        (place / name).write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
        yield


def _line(ts: int, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromtimestamp(ts // 1000, UTC)
    time = at.strftime("%Y-%m-%dT%H:%M:%S") + f".{ts % 1000:03}Z"
    return {"timestamp": time, "type": kind, "payload": payload}


def _records(session: Session, rng: Random) -> Iterator[dict[str, Any]]:
    ts = session.exchanges[0].ts
    model = session.exchanges[0].steps[0].model
    cwd = f"/home/sample/{session.project.name}"
    meta = _line(ts, "session_meta", {
        "id": session.key,
        "timestamp": "",
        "cwd": cwd,
        "originator": "codex_exec" if session.alone else "codex_cli_rs",
        "cli_version": "0.144.0",
        "source": "exec" if session.alone else "cli",
        "model_provider": "lantern" if model == UNPRICED else "openai",
        "git": {"branch": "main", "commit_hash": f"{rng.getrandbits(160):040x}"},
    })  # fmt: skip
    meta["payload"]["timestamp"] = meta["timestamp"]
    yield meta
    total = _usage(0, 0, 0, 0)
    for exchange in session.exchanges:
        turn = uuid(rng)
        context = {"turn_id": turn, "cwd": cwd, "model": model, "effort": "medium"}
        context["approval_policy"] = "never" if session.alone else "on-request"
        yield _line(exchange.ts, "event_msg", {"type": "task_started", "turn_id": turn})
        yield _line(exchange.ts + 2, "turn_context", context)
        yield _message(exchange.ts + 3, "user", "input_text", exchange.request)
        yield _line(
            exchange.ts + 4, "event_msg", {"type": "user_message", "message": exchange.request}
        )
        for step in exchange.steps:
            last = _usage(
                step.fresh + step.written + step.read, step.read, step.output, step.reasoning
            )
            total = {key: total[key] + value for key, value in last.items()}
            yield from _step(step, total, last, rng)
        yield _complete(exchange, turn)


def _complete(exchange: Exchange, turn: str) -> dict[str, Any]:
    end = exchange.steps[-1].ts + 60
    done = {"type": "task_complete", "turn_id": turn, "duration_ms": end - exchange.ts}
    return _line(end, "event_msg", done)


def _step(
    step: Step, total: dict[str, int], last: dict[str, int], rng: Random
) -> Iterator[dict[str, Any]]:
    yield _line(step.ts - 900, "response_item", {"type": "reasoning", "summary": []})
    if step.tool:
        call = f"call_{rng.getrandbits(96):024x}"
        command = "make test" if step.tool == "Bash" else f"sed -n 1,80p {step.file}"
        yield _line(step.ts, "response_item", {
            "type": "function_call",
            "name": "exec_command",
            "arguments": json.dumps({"cmd": command}),
            "call_id": call,
        })  # fmt: skip
        done = {"type": "function_call_output", "call_id": call, "output": "ok: 14 passed"}
        yield _line(step.ts + 20, "response_item", done)
    else:
        yield _line(step.ts, "event_msg", {"type": "agent_message", "message": step.text})
        yield _message(step.ts + 1, "assistant", "output_text", step.text)
    info = {"total_token_usage": total, "last_token_usage": last, "model_context_window": _WINDOW}
    count = _line(
        step.ts + 30, "event_msg", {"type": "token_count", "info": info, "rate_limits": None}
    )
    yield count
    if rng.random() < 0.05:  # noqa: PLR2004 -- the tool tells the same total again, now and then
        yield count


def _message(ts: int, role: str, kind: str, text: str) -> dict[str, Any]:
    content = [{"type": kind, "text": text}]
    return _line(ts, "response_item", {"type": "message", "role": role, "content": content})


def _usage(whole_input: int, cached: int, output: int, reasoning: int) -> dict[str, int]:
    return {
        "input_tokens": whole_input,
        "cached_input_tokens": cached,
        "output_tokens": output,
        "reasoning_output_tokens": reasoning,
        "total_tokens": whole_input + output,
    }
