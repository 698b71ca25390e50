"""What `report` can be told; it waits for no database."""

import argparse
from pathlib import Path
from typing import Final

from tokenworth.domain.report import REDACTIONS, SECTIONS, SUFFIXES, Redaction

REDACTABLE: Final = ("projects", "paths", "titles", "notes", "money")


def add_options(made: argparse.ArgumentParser) -> None:
    """Add what `report` can be told."""
    made.add_argument(
        "--period", metavar="2026-Q3", help="a quarter, month, week, or 2026-02-01..2026-04-30 "
        "(default: the last full quarter, else the one that is going on)",
    )  # fmt: skip
    made.add_argument("--compare", default="", metavar="2026-Q2", help="set beside this period")
    made.add_argument("--audience", choices=list(REDACTIONS), default="manager")
    made.add_argument(
        "--redact", metavar="WHAT,…", type=_redacted,
        help=f"what to take out, of {', '.join(REDACTABLE)}; or none (default: by audience)",
    )  # fmt: skip
    made.add_argument(
        "--sections", type=_sections, default=SECTIONS, metavar="NAME,…",
        help=f"of {', '.join(SECTIONS)} (default: all)",
    )  # fmt: skip
    made.add_argument(
        "--no-usage", action="store_true", help="leave tokens and cost out, and say so"
    )
    made.add_argument(
        "--quote", action="append", default=[], metavar="ID", help="a session to quote"
    )
    made.add_argument(
        "--format", choices=list(SUFFIXES), help="default: by the name of the file, else markdown"
    )
    made.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    made.add_argument(
        "--out", type=Path, metavar="FILE",
        help="the file to write; for png a folder (default for text formats: the terminal)",
    )  # fmt: skip
    made.add_argument("--periods", action="store_true", help="list the periods there are")
    made.add_argument(
        "--strings", action="store_true", help="list every string of yours that would leave"
    )


def _redacted(text: str) -> Redaction:
    names = [] if text == "none" else text.split(",")
    if wrong := [name for name in names if name not in REDACTABLE]:
        raise argparse.ArgumentTypeError(f"cannot be taken out: {', '.join(wrong)}")
    return Redaction(**{name: name in names for name in REDACTABLE})


def _sections(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if wrong := [name for name in names if name not in SECTIONS]:
        raise argparse.ArgumentTypeError(f"no such section: {', '.join(wrong)}")
    return names
