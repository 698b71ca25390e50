"""How dear is an import? CPU seconds of whole processes, as ratios in one run.

    python tests/bench/bench_import.py FOLDER [RUNS]

FOLDER holds Claude Code and Codex files, page-cached by a first pass. In turn: `wc -l` of the
files, a standard-library json.loads of every line, the least that an import could be, a cold import
into a new store, and a rescan of that store with nothing changed plus one week's report. Medians of
RUNS (3).

The least: one process reads Claude Code's files, decodes the answers by type and keeps one row of
twelve columns each, in one transaction. No threads, sessions, sums, minutes, prices, masking,
search, copies, old layouts or problems. It says how near any import in Python could come.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

DESKTOP = Path(__file__).parents[2] / "desktop"
LOADS = """
import json, sys
for path in sys.stdin.read().splitlines():
    with open(path, "rb") as file:
        for line in file:
            try:
                json.loads(line)
            except ValueError:
                pass
"""


LEAST = r"""
import msgspec, sqlite3, sys
class Usage(msgspec.Struct, gc=False):
    input_tokens: int = 0
    cache_creation_input_tokens: int = 0
    cache_read_input_tokens: int = 0
    output_tokens: int = 0
class Message(msgspec.Struct, gc=False):
    id: str = ''
    model: str = ''
    usage: Usage | None = None
class Record(msgspec.Struct, gc=False):
    type: str = ''
    timestamp: str = ''
    requestId: str = ''
    isSidechain: bool = False
    message: Message | None = None
decode = msgspec.json.Decoder(Record).decode
result = b'"type":"user","message":{"role":"user","content":[{"tool_use_id"'
rows, held = {}, bytearray(1 << 26)
view, find, rfind = memoryview(held), held.find, held.rfind
for number, path in enumerate(sys.stdin.read().splitlines()):
    with open(path, 'rb', buffering=0) as file:
        size = file.readinto(view)
    begin = 0
    while (end := find(b'\n', begin, size)) >= 0:
        if find(result, begin, min(begin + 640, end)) < 0 and rfind(b'"usage":{', begin, end) >= 0:
            try:
                record = decode(view[begin:end])
            except msgspec.MsgspecError:
                record = Record()
            said = record.message
            if said is not None and said.usage is not None:
                used = said.usage
                rows[said.id] = (
                    said.id, number, begin, record.timestamp, record.requestId, said.model,
                    record.isSidechain, used.input_tokens, used.cache_creation_input_tokens,
                    used.cache_read_input_tokens, used.output_tokens, record.type)
        begin = end + 1
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute('PRAGMA journal_mode=WAL')
store.execute('PRAGMA synchronous=FULL')
store.execute('BEGIN')
store.execute('CREATE TABLE message (id TEXT PRIMARY KEY, a, b, c, d, e, f, g, h, i, j, k)')
store.executemany('INSERT INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?)', rows.values())
store.execute('COMMIT')
store.close()
"""


def cpu(run: Callable[[], object]) -> tuple[float, float]:
    """Return (CPU seconds of the children, wall seconds) of a run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    run()
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, wall


def tokenworth(*arguments: str) -> str:
    """Run the command line; return what it printed."""
    command = [sys.executable, "-m", "tokenworth", *arguments]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command,
        cwd=DESKTOP,
        env=kept,  # modules are compiled once, as wherever the app is installed
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout


def measure(files: Sequence[str], folder: str) -> dict[str, tuple[float, float]]:
    """Return (CPU, wall) of each contender, once."""
    listed = "\n".join(files)
    nothing = subprocess.DEVNULL
    found = {
        "wc -l": cpu(
            lambda: subprocess.run(
                ["xargs", "-d", "\n", "wc", "-l"],
                input=listed,
                text=True,
                stdout=nothing,
                check=True,
            )
        ),
        "json.loads": cpu(
            lambda: subprocess.run(
                [sys.executable, "-c", LOADS], input=listed, text=True, check=True
            )
        ),
    }
    with tempfile.TemporaryDirectory() as place:
        least = [sys.executable, "-c", LEAST, str(Path(place) / "least.db")]
        found["the least"] = cpu(lambda: subprocess.run(least, input=listed, text=True, check=True))
        store = str(Path(place) / "store.db")
        found["cold import"] = cpu(lambda: tokenworth("import", "--store", store, folder))
        rescan = cpu(lambda: tokenworth("import", "--store", store, folder))
        week = cpu(lambda: tokenworth("week", "--json", "--store", store))
        found["rescan + week"] = (rescan[0] + week[0], rescan[1] + week[1])
    return found


def main() -> None:
    """Print medians and ratios."""
    folder = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    files = [str(path) for path in Path(folder).rglob("*.jsonl")]
    size = sum(Path(path).stat().st_size for path in files)
    taken = [measure(files, folder) for _ in range(runs + 1)][1:]  # the first warms the cache
    medians = {
        name: tuple(statistics.median(run[name][part] for run in taken) for part in (0, 1))
        for name in taken[0]
    }
    sys.stdout.write(f"{size / 1e6:.0f} MB in {len(files)} files, medians of {runs} runs\n")
    for name, (used, wall) in medians.items():
        sys.stdout.write(f"{name:14} {used:7.2f} s CPU {wall:7.2f} s wall\n")
    cold = medians["cold import"][0]
    ratios = {
        "cold import / wc -l (CPU, goal 3)": cold / medians["wc -l"][0],
        "the least / wc -l (CPU)": medians["the least"][0] / medians["wc -l"][0],
        "the least / json.loads (CPU)": medians["the least"][0] / medians["json.loads"][0],
        "cold import / json.loads (CPU, goal 0.3)": cold / medians["json.loads"][0],
        "rescan + week / cold import (CPU, goal 0.15)": medians["rescan + week"][0] / cold,
        "cold import / json.loads (wall)": medians["cold import"][1] / medians["json.loads"][1],
    }
    for words, ratio in ratios.items():
        sys.stdout.write(f"{words:48} {ratio:.2f}\n")
    sys.stdout.write(json.dumps({"medians": medians, "ratios": ratios}) + "\n")


if __name__ == "__main__":
    main()
