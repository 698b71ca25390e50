"""The command line's words: commands and their options."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any

from tokenworth import __version__
from tokenworth.cli import window
from tokenworth.cli.report_options import add_options as report_options
from tokenworth.domain.tag import FATE_WORDS, PURPOSE_WORDS, Fate, Minutes, Purpose
from tokenworth.domain.week import week_start

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WEEK = re.compile(r"([0-9]{4}-W[0-9]{2})[ab]?")
QUARTER = re.compile(r"\d{4}-Q[1-4]")
MOST_WEEKS = 520
BY = ("total", "day", "week", "month", "session", "project", "model", "source")


def parser() -> argparse.ArgumentParser:
    """Return the parser; `run` is the module here and the function in it that does it."""
    made = argparse.ArgumentParser(
        prog="tokenworth",
        description="What came of your AI sessions, beside what they burned. Without a command it "
        "opens the window.",
    )
    made.add_argument("--version", action="version", version=f"Tokenworth {__version__}")
    window.add_options(made)
    made.set_defaults(run="window", json=False)
    table = made.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: str, words: str) -> Any:
        one = table.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        one.add_argument(
            "--store", type=Path, metavar="PATH", default=argparse.SUPPRESS,
            help="the store to use (default: your own)",
        )  # fmt: skip
        one.add_argument("--json", action="store_true", help="for other programs")
        one.set_defaults(run=run)
        return one

    _import_options(
        command(
            "import", "history.import_", "import files, folders, zips; with none what is found here"
        )
    )
    command("sources", "history.sources", "what is found where, and what was imported")
    _session_options(command("sessions", "commands.sessions", "list sessions"))
    _tag_options(command("tag", "commands.tag", "say what came of sessions"))
    tags = command(
        "tags", "tags.tags", "all that was said, to a file for another store or from one"
    )
    tags.add_argument("way", choices=("export", "import"))
    tags.add_argument("file", type=Path, metavar="FILE")
    tags.add_argument("--dry-run", action="store_true", help="say what would be taken over")
    usage = command("usage", "commands.usage", "exact tokens, beside coverage and outcomes")
    usage.add_argument("--by", choices=BY, default="total")
    _review_options(
        command("review", "review.review", "say what came of the sessions that are asked")
    )
    week = command("week", "weeks.week", "one week's measures")
    week.add_argument("week", nargs="?", metavar="2026-W10", help="default: the last one")
    _compare_options(command("compare", "weeks.compare", "two to four periods side by side"))
    report_options(command("report", "report.report", "a summary to hand over, in any format"))
    command("check", "commands.check", "does the store hold together?")
    return made


def _import_options(made: argparse.ArgumentParser) -> None:
    made.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    made.add_argument(
        "--source", "--kind", action="append", default=[], dest="kinds", metavar="KIND",
        help="only this kind of source (claude_code, codex, chatgpt); may be repeated",
    )  # fmt: skip
    made.add_argument(
        "--only-changed", action="store_true", help="only tools imported before, for a quick look"
    )
    made.add_argument("--all", action="store_true", help=argparse.SUPPRESS)
    made.add_argument(
        "--progress", action="store_true",
        help="say how far it is, a JSON object a line; 'cancel' on standard input stops it",
    )  # fmt: skip
    made.add_argument(
        "--dry-run", action="store_true", help="say what would be read; nothing is imported"
    )


def _session_options(made: argparse.ArgumentParser) -> None:
    made.add_argument("--from", dest="start", type=_day, metavar="2026-03-01")
    made.add_argument("--to", dest="end", type=_day, metavar="2026-03-31", help="inclusive")
    made.add_argument("--source", action="append", default=[], metavar="KIND")
    made.add_argument("--project", action="append", default=[])
    made.add_argument("--outcome", action="append", default=[], choices=[*"adkpu", "-"])
    made.add_argument("--untagged", action="store_true")
    made.add_argument("--search", default="", metavar="WORDS")
    made.add_argument("--limit", type=int, default=50)


def _tag_options(made: argparse.ArgumentParser) -> None:
    made.add_argument("ids", nargs="+", metavar="ID", help="as `sessions` shows it")
    made.add_argument(
        "--purpose", choices=[purpose.value for purpose in Purpose],
        help="; ".join(f"{p.value}: {words}" for p, words in PURPOSE_WORDS.items()),
    )  # fmt: skip
    made.add_argument(
        "--fate", choices=[fate.value for fate in Fate],
        help="; ".join(f"{fate.value}: {words}" for fate, words in FATE_WORDS.items()),
    )  # fmt: skip
    for name, words in (
        ("--by-hand", "own time the best other way would have taken"),
        ("--after-work", "own time since then checking, fixing, explaining it"),
    ):
        made.add_argument(
            name, type=_minutes, metavar="KEY|LOW-HIGH", help=words + ": a key 0-8, or minutes"
        )
    made.add_argument("--learned", help="one sentence of what is known now")
    made.add_argument("--skip", action="store_true")
    made.add_argument("--cannot-recall", action="store_true")


def _review_options(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--draw", action="store_true", help="draw a half-week that is not drawn yet, without asking"
    )
    made.add_argument(
        "--sweep", action="store_true",
        help="before the draw, list titles to mark those that saved or cost more than an hour",
    )  # fmt: skip
    made.add_argument(
        "--list", action="store_true", help="say what there is to be asked; ask nothing"
    )
    made.add_argument(
        "--stop",
        action="store_true",
        help="ask no more of the half-week whose turn it is, for good",
    )
    made.set_defaults(not_understood=made.error)


def _compare_options(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "spans", nargs="*", type=_span, metavar="PERIOD",
        help="2026-W09, 2026-W09a (Monday to Wednesday), 2026-W09b, 2026-02, 2026-Q1 or "
        "2026-02-20..2026-03-05; two to four; with none the last two weeks",
    )  # fmt: skip
    made.add_argument(
        "--around", type=_day, metavar="2026-03-01", help="before and from that day on"
    )
    made.add_argument(
        "--weeks", type=_number, metavar="N", help="of --around: how many on each side (4)"
    )
    made.add_argument(
        "--elapsed", action="store_true",
        help="cut all to the part that has passed of the one still going on",
    )  # fmt: skip
    made.add_argument(
        "--picked-from", type=_number, default=1, metavar="N",
        help="you picked these among so many weeks: the intervals of the differences allow for it",
    )  # fmt: skip
    made.add_argument(
        "--with", type=Path, dest="beside", metavar="REPORT.json",
        help="set one period beside a report read back from its JSON",
    )  # fmt: skip
    made.set_defaults(not_understood=made.error)


def _span(text: str) -> str:
    week, first, last = WEEK.fullmatch(text), *text.partition("..")[::2]
    try:
        if week:
            week_start(week[1])
        elif QUARTER.fullmatch(text):
            pass
        elif DAY.fullmatch(first) and DAY.fullmatch(last):
            if date.fromisoformat(first) > date.fromisoformat(last):
                raise argparse.ArgumentTypeError(f"the later day comes first: {text}")
        else:
            date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(
            "not a period like 2026-W09, 2026-W09a, 2026-02, 2026-Q1 or 2026-02-20..2026-03-05: "
            + text
        ) from None
    return text


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MOST_WEEKS:
        raise argparse.ArgumentTypeError(f"not a number from 1 to {MOST_WEEKS}: {text}")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a day like 2026-03-01: {text}") from None


def _minutes(text: str) -> Minutes:
    try:
        if len(text) == 1:
            return Minutes.of(int(text))
        low, _, high = text.partition("-")
        return Minutes.of(9, float(low), float(high))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"neither a key 0-8 nor minutes like 20-40: {text}"
        ) from None
