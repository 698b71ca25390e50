"""The command line's words: commands and their options."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from tokenworth import __version__
from tokenworth.domain.tag import FATE_WORDS, PURPOSE_WORDS, Fate, Minutes, Purpose

BY = ("total", "day", "week", "month", "session", "project", "model", "source")


def parser() -> argparse.ArgumentParser:
    """Return the parser; `run` names the function of commands.py that does what is asked."""
    made = argparse.ArgumentParser(
        prog="tokenworth",
        description="What came of your AI sessions, beside what they burned. Without a command it "
        "opens the window.",
    )
    made.add_argument("--version", action="version", version=f"Tokenworth {__version__}")
    made.add_argument("--demo", action="store_true", help="open the store of sample data")
    made.add_argument("--store", type=Path, metavar="PATH", help="the store to use")
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
        command("import", "import_", "import files, folders, zips; with none what is found here")
    )
    command("sources", "sources", "what is found where, and what was imported")
    _session_options(command("sessions", "sessions", "list sessions"))
    _tag_options(command("tag", "tag", "say what came of sessions"))
    usage = command("usage", "usage", "exact tokens, beside coverage and outcomes")
    usage.add_argument("--by", choices=BY, default="total")
    week = command("week", "week", "one week's measures")
    week.add_argument("week", nargs="?", metavar="2026-W10", help="default: the last one")
    command("check", "check", "does the store hold together?")
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
