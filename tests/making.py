"""Records made by hand, for tests of several rooms."""

from zoneinfo import ZoneInfo

from tokenworth.domain.records import Call, Event, Piece, Thread, identity
from tokenworth.measures.attention import credits as attention_credits
from tokenworth.prices import price_list
from tokenworth.store.writing import FilePiece, Timing

UTC_ZONE = ZoneInfo("UTC")
MINUTE = 60_000
HOUR = 60 * MINUTE
START = 1_767_607_200_000  # Monday 2026-01-05 10:00 UTC


def _project(folder: str) -> tuple[str, str]:
    return folder, folder.rsplit("/", 1)[-1]


TIMING = Timing(price_list(), attention_credits, _project)


def thread(key: str, **more: object) -> Thread:
    return Thread(identity("tool", key), key, **more)  # type: ignore[arg-type]


def call(name: str, key: str, at: float, output: int = 10, **more: object) -> Call:
    """A call of thread `key`, `at` minutes after the start."""
    values: dict[str, object] = {
        "model": "claude-sonnet-4-5", "input": 5, "cache_write_5m": 0, "cache_write_1h": 0,
        "cache_read": 0, "output": output, "reasoning": None, "flags": 0, "weight": output,
        "tools": "", "line": 1,
    }  # fmt: skip
    values.update(more)
    values["weight"] = more.get("weight", values["output"] or 0)
    ts = START + round(at * MINUTE)
    return Call(identity("tool", name), identity("tool", key), ts, **values)  # type: ignore[arg-type]


def event(name: str, key: str, at: float, act: int = 0) -> Event:
    ts = START + round(at * MINUTE)
    return Event(identity("tool", "event", name), identity("tool", key), ts, act, 1)


def piece(
    path: str,
    threads: list[Thread],
    calls: list[Call],
    events: list[Event],
    kind: str = "claude_code",
) -> FilePiece:
    return FilePiece(path, kind, 1, 1, 1, b"", Piece(threads, calls, events, [], 0, 0))
