"""The way to the window, or to words where there can be none.

What is imported here is loaded before the window is seen.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tokenworth.cli.statuses import DONE
from tokenworth.preflight import check

LAST_WEEKS = 4


def add_options(made: argparse.ArgumentParser) -> None:
    """Add what the window can be told."""
    made.add_argument("--demo", action="store_true", help="open the store of sample data")
    made.add_argument("--store", type=Path, metavar="PATH", help="the store to use")


def asked(arguments: Sequence[str]) -> argparse.Namespace | None:
    """Return what the window is told; None where anything else is asked for."""
    made = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    add_options(made)
    made.set_defaults(run="window")
    try:
        options, others = made.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    return None if others else options


def open_window(options: argparse.Namespace) -> int:
    """Open the window; return the exit status. Where there can be none, say so in words.

    For the sample data its last weeks are then told in the terminal.
    """
    missing = check(window=True)
    if missing is None:
        from tokenworth.gui.app import run  # noqa: PLC0415 -- Qt is loaded for the window alone

        return int(run(options.store, demo=options.demo))
    sys.stderr.write(missing.words + "\n")
    if not options.demo:
        return missing.exit_status
    _tell_samples()
    return DONE


def _tell_samples() -> None:
    # the window's first paint does not wait for these: they are loaded where they are needed
    from tokenworth.cli.output import say  # noqa: PLC0415
    from tokenworth.measures.words import week_words  # noqa: PLC0415
    from tokenworth.reports import text  # noqa: PLC0415
    from tokenworth.workflows import demo  # noqa: PLC0415
    from tokenworth.workflows.library import Library  # noqa: PLC0415

    library = Library(demo.prepare(_progress), create=False)
    try:
        weeks = library.trend().weeks
    finally:
        library.close()
    say("Sample data, made up: its last weeks.\n")
    for week in weeks[-LAST_WEEKS:]:
        say(text.week(week, week_words(week)) + "\n")


def _progress(done: int, number: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\rMaking sample data: {done} of {number}")
        if done == number:
            sys.stderr.write("\n")
