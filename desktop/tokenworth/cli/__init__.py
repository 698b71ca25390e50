"""The command line: the same workflows without a window. Starts without Qt.

Exit status: 0 done, 1 done with something left out (said on standard error), 2 usage, 3 failed with
the store unchanged (or a library is missing), 4 no display.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from tokenworth.cli.options import parser
from tokenworth.cli.output import DONE, FAILED, PARTLY, say_line
from tokenworth.domain.refusal import Refusal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    os.umask(0o077)
    options = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = _run(options)
        sys.stdout.flush()
    except Refusal as refusal:
        if getattr(options, "progress", False):
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


def _run(options: argparse.Namespace) -> int:
    if options.run == "window":
        from tokenworth.cli.window import open_window  # noqa: PLC0415 -- it waits for no database

        return open_window(options)
    from tokenworth.cli import commands  # noqa: PLC0415 -- what they need the window does not

    return int(getattr(commands, options.run)(options))
