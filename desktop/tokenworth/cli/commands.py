"""What each command does; those about reviewing and about weeks have modules of their own."""

import argparse
import contextlib
import sys
import threading
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from tokenworth.cli.opening import opened, path_of
from tokenworth.cli.output import say, say_json, say_line
from tokenworth.cli.report import report
from tokenworth.cli.review import review
from tokenworth.cli.statuses import DONE, PARTLY
from tokenworth.cli.tags import tags
from tokenworth.cli.weeks import compare, week
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import SPEC, Fate, Purpose, Tag, steps
from tokenworth.domain.views import Progress, SessionQuery, SessionRow
from tokenworth.domain.week import day_start
from tokenworth.importers import IMPORTERS
from tokenworth.reports import text
from tokenworth.workflows.importing import import_files, look
from tokenworth.workflows.library import BLIND, Library

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = (
    "check", "compare", "import_", "report", "review", "sessions", "sources", "tag",
    "tags", "usage",
    "week",
)  # fmt: skip

EPOCH_DAY = date(1970, 1, 1).toordinal()
NAMES = {row.kind: row.name for row in IMPORTERS}
HIDDEN = ("new_tokens", "estimated_tokens", "cost_usd", "unpriced_tokens")
QUEUE_HIDES = (
    *HIDDEN, "end_ts", "active_min", "turns", "purpose", "fate", "value_min", "status",
    "automated", "unattended",
)  # fmt: skip


def import_(options: argparse.Namespace) -> int:
    """Import files, folders and zips."""
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        raise Refusal(f"There is nothing at {missing[0]}.", "Nothing was imported.")
    unknown = set(options.kinds) - NAMES.keys()
    if unknown:
        raise Refusal(f"No such kind of source: {min(unknown)}.", f"Known: {', '.join(NAMES)}.")
    if options.dry_run:
        return _dry_run(options)
    cancel = threading.Event()
    progress: Callable[[Progress], None] = lambda _: None  # noqa: E731 -- says nothing
    if options.progress:
        progress = _say_progress
        threading.Thread(target=_wait_for_cancel, args=(cancel,), daemon=True).start()
    summary = import_files(
        path_of(options), options.paths, options.kinds, only_known=options.only_changed,
        progress=progress, cancelled=cancel.is_set,
    )  # fmt: skip
    if options.progress:
        say_line({"summary": msgspec.to_builtins(summary)})
    elif options.json:
        say_json(
            {
                "sources": summary.sources,
                "problems": summary.problems,
                "seconds": summary.seconds,
            }
        )
    else:
        say(text.imported(summary, NAMES))
    if summary.problems:
        sys.stderr.write(f"tokenworth: {len(summary.problems)} problems; all else was kept\n")
    return PARTLY if summary.problems or summary.cancelled else DONE


def _say_progress(progress: Progress) -> None:
    say_line({"progress": msgspec.to_builtins(progress)})


def _wait_for_cancel(cancel: threading.Event) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # there may be nothing to read
        for line in sys.stdin:
            if line.strip() == "cancel":
                cancel.set()
                return


def _dry_run(options: argparse.Namespace) -> int:
    found, problems = look(path_of(options), options.paths, options.kinds)
    if options.json:
        say_json({"files": found, "problems": problems})
        return DONE
    for row in found:
        say(f"{NAMES[row.kind]}: {row.files} files, {text.size(row.bytes)} to read")
    if not found:
        say("Nothing new to read.")
    for problem in problems:
        say(f"  {text.plain(problem.file)}: {text.plain(problem.words)}")
    return DONE


def sources(options: argparse.Namespace) -> int:
    """Say what is found on this machine and what was imported."""
    path = path_of(options)
    rows, problems, found = [], [], []
    if path.exists():
        with opened(options) as library:
            rows, problems, found = library.sources(), library.problems(), library.found()
    else:
        from tokenworth.intake.origins import found_here  # noqa: PLC0415 -- without a store

        found = found_here()
    if options.json:
        say_json({"found": found, "sources": rows, "problems": problems})
        return DONE
    say("Found on this machine:")
    for row in found:
        say(f"  {row.name}: {row.files} files, {text.size(row.bytes)}, {text.plain(row.place)}")
        if row.retention:
            say(f"    {row.retention}")
    if not found:
        say("  nothing in the usual places; `import PATH` reads files, folders and zips")
    if rows:
        say("\nImported:\n" + text.sources(rows))
    for problem in problems:
        say(f"  {text.plain(problem.file)}, line {problem.line}: {text.plain(problem.words)}")
    return DONE


def sessions(options: argparse.Namespace) -> int:
    """List sessions, newest first."""
    with opened(options) as library:
        ids = library.session_ids(
            SessionQuery(
                text=options.search,
                start_ts=_start(options.start, library),
                end_ts=_start(options.end + timedelta(days=1) if options.end else None, library),
                sources=tuple(options.source),
                projects=tuple(options.project),
                fates=tuple(options.outcome),
                untagged=options.untagged,
            )
        )
        rows = library.rows(ids[: options.limit] if options.limit else ids)
        blind = library.setting(BLIND) != "0"
        if options.json:
            say_json({"rows": [_session(row, blind=blind) for row in rows], "total": len(ids)})
        else:
            say(text.sessions(rows, library.zone, NAMES, blind=blind))
            if len(ids) > len(rows):
                say(f"{len(ids) - len(rows)} more; --limit 0 lists all")
    _say_hidden(sum(row.queued for row in rows))
    return DONE


def _session(row: SessionRow, *, blind: bool) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(row)
    del made["id"]
    hidden: tuple[str, ...] = HIDDEN if blind and row.status != "answered" else ()
    if row.queued:
        hidden = QUEUE_HIDES
    made.update(dict.fromkeys(hidden))
    made["hidden"] = list(hidden)
    return made


def _say_hidden(number: int) -> None:
    if number:
        what = "session waits" if number == 1 else "sessions wait"
        sys.stderr.write(
            f"tokenworth: {number} {what} to be asked about: numbers that would colour the answer "
            "stay hidden until it is given (`review`)\n"
        )


def _start(day: date | None, library: Library) -> int | None:
    return None if day is None else day_start(day.toordinal() - EPOCH_DAY, library.zone)


def tag(options: argparse.Namespace) -> int:
    """Say what came of sessions; every answer is kept, the latest stands."""
    answer = _tag(options)
    with opened(options) as library:
        asked_at = library.now()
        ids = [library.find(prefix)[0] for prefix in options.ids]
        given = library.tag(
            ids, answer, masked=library.setting(BLIND) != "0", asked_at=asked_at, form_ms=0
        )
    if options.json:
        say_json({"answers": given})
    else:
        say(f"{len(given)} answer{'s' if len(given) != 1 else ''} kept, as volunteered.")
    return DONE


def _tag(options: argparse.Namespace) -> Tag:
    if options.skip or options.cannot_recall:
        return Tag(status="skipped" if options.skip else "cannot_recall")
    if options.purpose is None or options.fate is None:
        raise Refusal("--purpose and --fate are both needed, or --skip or --cannot-recall.")
    purpose, fate = Purpose(options.purpose), Fate(options.fate)
    asked = steps(purpose, fate, learned=True)
    for name, given in (("by_hand", options.by_hand), ("after_work", options.after_work)):
        if given is not None and name not in asked:
            raise Refusal(
                f"--{name.replace('_', '-')} is not asked for {purpose.value} and {fate.value}."
            )
    return Tag(purpose, fate, options.by_hand, options.after_work, options.learned)


def usage(options: argparse.Namespace) -> int:
    """Print exact tokens, beside coverage and outcomes."""
    with opened(options) as library:
        rows = library.usage(options.by)
    hidden = sum(row.is_hidden for row in rows)
    if options.json:
        say_json({"rows": rows, "spec": SPEC})
    else:
        say(text.usage(rows, options.by))
    if options.by == "session":
        _say_hidden(hidden)
    elif hidden:
        sys.stderr.write(
            f"tokenworth: {hidden} of the rows would tell what one session came to that waits to "
            "be asked about: they stay hidden until it is answered (`review`)\n"
        )
    return DONE


def check(options: argparse.Namespace) -> int:
    """Say whether the store holds together."""
    with opened(options) as library:
        doubts = library.doubts()
        number = library.count()
    if options.json:
        say_json({"doubts": doubts, "sessions": number})
    else:
        say("\n".join(doubts) or f"All is well: {number} sessions, sums and answers hold together.")
    return PARTLY if doubts else DONE
