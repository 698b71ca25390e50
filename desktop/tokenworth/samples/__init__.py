"""A made-up history to try the app with: files as three tools write them, and answers to give."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from tokenworth.samples import chatgpt, claude_code, codex, plan
from tokenworth.samples.answers import Given, answers

__all__ = ["Given", "write"]

END: Final = date(2026, 11, 22)


def write(  # noqa: PLR0913 -- all but the first have a default
    folder: Path,
    seed: int = 7,
    end: date = END,
    weeks: int = 26,
    progress: Callable[[int, int], None] | None = None,
    *,
    zone: ZoneInfo | None = None,
) -> list[Given]:
    """Write the files under ``folder`` and return what would be answered, oldest session first.

    The same seed, end, weeks and zone (UTC if none) write the same bytes. ``progress`` is told
    (done, all). Raises OSError.
    """
    zone = zone or ZoneInfo("UTC")
    rng = Random(seed)  # noqa: S311 -- not a secret
    sessions = plan.sessions(rng, end, weeks, zone)
    by_kind = {
        kind: [session for session in sessions if session.kind == kind]
        for kind in ("claude_code", "codex", "chatgpt")
    }
    steps = len(by_kind["claude_code"]) + len(by_kind["codex"])
    steps += chatgpt.count(len(by_kind["chatgpt"]))
    done = 0
    for written in (
        claude_code.write(folder, by_kind["claude_code"], seed),
        codex.write(folder, by_kind["codex"], seed, zone),
        chatgpt.write(folder, by_kind["chatgpt"], seed),
    ):
        for _ in written:
            done += 1
            if progress is not None:
                progress(done, steps)
    return answers(rng, sessions, weeks)
