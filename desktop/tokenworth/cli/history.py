"""`import` and `sources`: what is read into a store, and from where."""

import argparse
import contextlib
import sys
import threading
from typing import TYPE_CHECKING

import msgspec

from tokenworth.cli.opening import opened, path_of
from tokenworth.cli.output import say, say_json, say_line
from tokenworth.cli.statuses import DONE, PARTLY
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import Progress
from tokenworth.importers import NAMES
from tokenworth.reports import text
from tokenworth.workflows.importing import import_files, look

if TYPE_CHECKING:
    from collections.abc import Callable


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
