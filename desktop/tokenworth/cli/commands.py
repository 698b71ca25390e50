"""`sessions`, `tag`, `usage` and `check`: what the store holds, and what is said of it."""

import argparse
import sys
from datetime import date, timedelta
from typing import Any

import msgspec

from tokenworth.cli.opening import opened
from tokenworth.cli.output import say, say_json
from tokenworth.cli.statuses import DONE, PARTLY
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import SPEC, Fate, Purpose, Tag, steps
from tokenworth.domain.views import SessionQuery, SessionRow
from tokenworth.domain.week import day_start
from tokenworth.importers import NAMES
from tokenworth.reports import text
from tokenworth.workflows.library import BLIND, Library

EPOCH_DAY = date(1970, 1, 1).toordinal()
HIDDEN = ("new_tokens", "estimated_tokens", "cost_usd", "unpriced_tokens")
QUEUE_HIDES = (
    *HIDDEN, "end_ts", "active_min", "turns", "purpose", "fate", "value_min", "status",
    "automated", "unattended",
)  # fmt: skip


def sessions(options: argparse.Namespace) -> int:
    """List sessions, newest first."""
    with opened(options) as library:
        ids = library.session_ids(
            SessionQuery(
                text=options.search,
                start_ts=_start(options.start, library),
                end_ts=_start(options.end + timedelta(days=1) if options.end else None, library),
                sources=tuple(options.source),
                projects=tuple(options.project),
                fates=tuple(options.outcome),
                untagged=options.untagged,
            )
        )
        rows = library.rows(ids[: options.limit] if options.limit else ids)
        blind = library.setting(BLIND) != "0"
        if options.json:
            say_json({"rows": [_session(row, blind=blind) for row in rows], "total": len(ids)})
        else:
            say(text.sessions(rows, library.zone, NAMES, blind=blind))
            if len(ids) > len(rows):
                say(f"{len(ids) - len(rows)} more; --limit 0 lists all")
    _say_hidden(sum(row.queued for row in rows))
    return DONE


def _session(row: SessionRow, *, blind: bool) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(row)
    del made["id"]
    hidden: tuple[str, ...] = HIDDEN if blind and row.status != "answered" else ()
    if row.queued:
        hidden = QUEUE_HIDES
    made.update(dict.fromkeys(hidden))
    made["hidden"] = list(hidden)
    return made


def _say_hidden(number: int) -> None:
    if number:
        what = "session waits" if number == 1 else "sessions wait"
        sys.stderr.write(
            f"tokenworth: {number} {what} to be asked about: numbers that would colour the answer "
            "stay hidden until it is given (`review`)\n"
        )


def _start(day: date | None, library: Library) -> int | None:
    return None if day is None else day_start(day.toordinal() - EPOCH_DAY, library.zone)


def tag(options: argparse.Namespace) -> int:
    """Say what came of sessions; every answer is kept, the latest stands."""
    answer = _tag(options)
    with opened(options) as library:
        asked_at = library.now()
        ids = [library.find(prefix)[0] for prefix in options.ids]
        given = library.tag(
            ids, answer, masked=library.setting(BLIND) != "0", asked_at=asked_at, form_ms=0
        )
    if options.json:
        say_json({"answers": given})
    else:
        say(f"{len(given)} answer{'s' if len(given) != 1 else ''} kept, as volunteered.")
    return DONE


def _tag(options: argparse.Namespace) -> Tag:
    if options.skip or options.cannot_recall:
        return Tag(status="skipped" if options.skip else "cannot_recall")
    if options.purpose is None or options.fate is None:
        raise Refusal("--purpose and --fate are both needed, or --skip or --cannot-recall.")
    purpose, fate = Purpose(options.purpose), Fate(options.fate)
    asked = steps(purpose, fate, learned=True)
    for name, given in (("by_hand", options.by_hand), ("after_work", options.after_work)):
        if given is not None and name not in asked:
            raise Refusal(
                f"--{name.replace('_', '-')} is not asked for {purpose.value} and {fate.value}."
            )
    return Tag(purpose, fate, options.by_hand, options.after_work, options.learned)


def usage(options: argparse.Namespace) -> int:
    """Print exact tokens, beside coverage and outcomes."""
    with opened(options) as library:
        rows = library.usage(options.by)
    hidden = sum(row.is_hidden for row in rows)
    if options.json:
        say_json({"rows": rows, "spec": SPEC})
    else:
        say(text.usage(rows, options.by))
    if options.by == "session":
        _say_hidden(hidden)
    elif hidden:
        sys.stderr.write(
            f"tokenworth: {hidden} of the rows would tell what one session came to that waits to "
            "be asked about: they stay hidden until it is answered (`review`)\n"
        )
    return DONE


def check(options: argparse.Namespace) -> int:
    """Say whether the store holds together."""
    with opened(options) as library:
        doubts = library.doubts()
        number = library.count()
    if options.json:
        say_json({"doubts": doubts, "sessions": number})
    else:
        say("\n".join(doubts) or f"All is well: {number} sessions, sums and answers hold together.")
    return PARTLY if doubts else DONE
