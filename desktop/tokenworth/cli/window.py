"""The way to the window, or to words where there can be none."""

import argparse
import sys

from tokenworth.cli.output import DONE, say
from tokenworth.places import store_path
from tokenworth.preflight import check

LAST_WEEKS = 4


def open_window(options: argparse.Namespace) -> int:
    """Open the window; return the exit status. Where there can be none, say so in words.

    For the sample data its last weeks are then told in the terminal.
    """
    missing = check(window=True)
    if missing is None:
        from tokenworth.gui.app import main  # noqa: PLC0415 -- Qt is loaded for the window alone

        path = options.store or store_path()
        return int(main(["--demo"] if options.demo else ["--store", str(path.absolute())]))
    sys.stderr.write(missing.words + "\n")
    if not options.demo:
        return missing.exit_status
    _tell_samples()
    return DONE


def _tell_samples() -> None:
    # the window's first paint does not wait for these: they are loaded where they are needed
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
