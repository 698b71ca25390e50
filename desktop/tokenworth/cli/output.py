"""What is printed, for a person or for another program."""

import sys
from typing import Any

import msgspec


def say(words: str) -> None:
    """Print for a person."""
    sys.stdout.write(words + "\n")


def say_line(value: Any) -> None:
    """Print a JSON object in one line, at once."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def say_json(value: Any) -> None:
    """Print JSON for another program."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
