"""How long do the store's questions take at 50,000 sessions and 1,000,000 messages? Milliseconds.

    python tests/bench/bench_store.py [SESSIONS] [MESSAGES_PER_SESSION]

Medians of nine, the store warm; the store is made in a temporary folder first (about two minutes).
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from making import TIMING, call, event, piece, thread  # noqa: E402 -- after the path is set

from tokenworth.domain.views import SessionQuery  # noqa: E402
from tokenworth.prices import price_list  # noqa: E402
from tokenworth.store.store import Store  # noqa: E402

WORDS = [
    "harbour",
    "tide",
    "lamp",
    "ledger",
    "crate",
    "rope",
    "anchor",
    "chart",
    "signal",
    "mast",
    "pilot",
    "quay",
]


def fill(store: Store, sessions: int, messages: int) -> None:
    """Write made-up sessions over two years, a twentieth of them tagged."""
    rng = random.Random(1)
    writer = store.writer(ZoneInfo("UTC"), TIMING)
    batch = []
    for number in range(sessions):
        key = str(number)
        at = rng.uniform(0, 2 * 365 * 1440)
        told = thread(
            key,
            folder=f"/home/robin/{rng.choice(WORDS)}",
            folder_count=1,
            first_request=" ".join(rng.choices(WORDS, k=12)),
        )
        calls = [
            call(f"{key}-{n}", key, at + n, output=rng.randrange(9000)) for n in range(messages)
        ]
        batch.append(piece(key, [told], calls, [event(key, key, at)]))
        if len(batch) == 2000:
            writer.add(batch)
            batch = []
    writer.add(batch)
    store.connection.execute(
        "UPDATE session SET status = 'answered', purpose = 'needed', value_min = id % 90, "
        "fate = substr('adkpu', id % 5 + 1, 1) WHERE id % 20 = 0"
    )


def timed(run: Callable[[], Any]) -> float:
    """Return the median milliseconds of nine runs after one."""
    run()
    taken = []
    for _ in range(9):
        began = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def main() -> None:
    """Print the medians."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        store.settle(ZoneInfo("UTC"), price_list(), price_list().date)
        fill(store, sessions, messages)
        ids = store.session_ids(SessionQuery())
        questions: dict[str, Callable[[], Any]] = {
            "count": store.count,
            "ids by time": lambda: store.session_ids(SessionQuery()),
            "ids by title": lambda: store.session_ids(SessionQuery(sort="title")),
            "ids by tokens": lambda: store.session_ids(SessionQuery(sort="tokens")),
            "ids by project, text": lambda: store.session_ids(
                SessionQuery(sort="project", text="harb led")
            ),
            "search, one prefix": lambda: store.session_ids(SessionQuery(text="anch")),
            "200 rows": lambda: store.rows(ids[40_000:40_200] or ids[:200]),
            "detail": lambda: store.detail(ids[0]),
            "weeks by outcome": lambda: store.tokens_by_week_and_fate(SessionQuery()),
            "usage by week": lambda: store.usage("week"),
            "usage by model": lambda: store.usage("model"),
            "held rows": lambda: store.held_rows(SessionQuery()),
        }
        sys.stdout.write(f"{sessions} sessions, {sessions * messages} messages\n")
        for name, run in questions.items():
            sys.stdout.write(f"{name:24} {timed(run):8.1f} ms\n")
        store.close()


if __name__ == "__main__":
    main()
