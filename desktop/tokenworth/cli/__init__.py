"""The command line: the same workflows without a window. Starts without Qt.

Exit status: 0 done, 1 done with something left out (said on standard error), 2 usage, 3 failed with
the store unchanged (or a library is missing), 4 no display.
"""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence

from tokenworth.cli import window
from tokenworth.cli.statuses import DONE, FAILED, PARTLY
from tokenworth.domain.refusal import Refusal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    os.umask(0o077)
    given = sys.argv[1:] if arguments is None else arguments
    options = window.asked(given) or _parsed(given)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = _run(options)
        sys.stdout.flush()
    except Refusal as refusal:
        if getattr(options, "progress", False):
            from tokenworth.cli.output import say_line  # noqa: PLC0415 -- as below

            say_line({"refusal": {"words": refusal.words, "mend": refusal.mend}})
        sys.stderr.write(f"tokenworth: {refusal}\n")
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone away
        return DONE
    except KeyboardInterrupt:
        sys.stderr.write("tokenworth: stopped; what was stored is kept\n")
        return PARTLY
    return status


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    from tokenworth.cli.options import parser  # noqa: PLC0415 -- the window waits for no command

    return parser().parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    if options.run == "window":
        return window.open_window(options)
    module, _, name = options.run.partition(".")
    return int(getattr(importlib.import_module(f"tokenworth.cli.{module}"), name)(options))
