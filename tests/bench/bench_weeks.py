"""How long do Review, Weeks and Trends wait at 50,000 sessions and 1,000,000 messages? In ms.

    python tests/bench/bench_weeks.py [SESSIONS] [MESSAGES_PER_SESSION]

Wanted: the data of any weekly chart in 5, the next card of Review in 50, a comparison of two weeks
in 200, intervals included; a quarter exported in 500, as PDF in 2,000. Medians of nine, warm; the
store is made first (about two minutes) and half a year of half-weeks is drawn and answered.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent))

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_store import fill, timed

from tokenworth.domain.comparison import Span
from tokenworth.domain.report import ReportRequest
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import Imported, SessionQuery
from tokenworth.domain.week import period_before, period_bounds, period_of
from tokenworth.gui import paper
from tokenworth.prices import price_list
from tokenworth.reports import csvs, html
from tokenworth.store.store import Store
from tokenworth.workflows.library import Library
from tokenworth.workflows.weeks import week_key

HOUR_MS = 3_600_000
HALVES = 52
LATER_MS = 4_000_000_000_000
"""After the last of the made-up sessions."""
TAGS = (
    Tag(Purpose.NEEDED, Fate.USED, Minutes.of(4), Minutes.of(1)),
    Tag(Purpose.NEEDED, Fate.PART, Minutes.of(5), Minutes.of(2)),
    Tag(Purpose.SHOW, Fate.KEPT, None, Minutes.of(0)),
    Tag(Purpose.EXPLORE, Fate.DISCARDED, Minutes.of(3), Minutes.of(0)),
)


class Clock:
    """The time of whoever answers."""

    now = 0

    def __call__(self) -> int:
        return self.now


def make(path: Path, sessions: int, messages: int) -> None:
    """Make a store of two years."""
    store = Store(path)
    store.settle(ZoneInfo("UTC"), price_list(), price_list().date)
    fill(store, sessions, messages)
    store.add_runs([Imported("claude_code", 1, sessions, sessions * messages, 0, 0)])
    store.connection.execute("UPDATE import_run SET finished_at = ?", (LATER_MS,))
    store.close()


def answer(library: Library, clock: Clock) -> None:
    """Draw and answer the last half year, half-week by half-week."""
    weeks = [week for week in library.trend().weeks if week.usage.sessions]
    period = period_before(period_of(weeks[-2].end_ts, library.zone))
    periods = [period]
    for _ in range(HALVES):
        period = period_before(period)
        periods.append(period)
    number = 0
    for one in reversed(periods):
        clock.now = period_bounds(one, library.zone)[1] + HOUR_MS
        queue = library.queue()
        while queue.undrawn:
            library.draw(queue.undrawn)
            queue = library.queue()
        while queue.card is not None and (one != periods[0] or queue.left > 3):
            library.answer(queue.card, TAGS[number % len(TAGS)], asked_at=clock.now, form_ms=9000)
            number += 1
            queue = library.queue()


def _within(span: Span, now: int) -> bool:
    """Return whether a period ended before that moment: it was drawn and answered."""
    last = datetime.fromtimestamp(now / 1000, UTC).date().isoformat()
    return "-Q" in span.key and span.last_day < last


def first(run: Callable[[], Any]) -> float:
    """Return the milliseconds of one run."""
    began = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    """Print the medians."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        make(path, sessions, messages)
        clock = Clock()
        library = Library(path, clock=clock)
        sys.stdout.write(f"{sessions} sessions, {sessions * messages} messages\n")
        sys.stdout.write(f"{'weeks, never computed':30} {first(library.trend):8.1f} ms\n")
        answer(library, clock)
        sys.stdout.write(f"{'weeks after half a year':30} {first(library.trend):8.1f} ms\n")
        number = (clock.now // 86_400_000 + 3) // 7
        pair = [week_key(number - 2), week_key(number - 1)]
        one, other = (SessionQuery(projects=(name,)) for name in ("harbour", "tide"))
        key = next(span.key for span in library.report_periods() if _within(span, clock.now))
        quarter = ReportRequest(key)
        questions: dict[str, Callable[[], Any]] = {
            "trend": library.trend,
            "tokens against value": library.relation,
            "attention over time": library.mix,
            "calendar": library.calendar,
            "where tokens went": library.flow,
            "where tokens went, estimated": lambda: library.flow(view="estimated"),
            "calibration": library.calibration,
            "trends of two projects": lambda: [library.trend(each) for each in (one, other)],
            "calendar of the second": lambda: library.calendar(other),
            "next card": library.queue,
            "comparison of two weeks": lambda: library.compare(pair),
            "a quarter as HTML": lambda: html.html(library.report(quarter)),
            "a quarter as CSV": lambda: csvs.archive(library.report(quarter)),
            "a quarter as PDF": lambda: paper.pdf(library.report(quarter)),
        }
        for name, run in questions.items():
            sys.stdout.write(f"{name:30} {timed(run):8.1f} ms\n")
        library.close()


if __name__ == "__main__":
    main()
