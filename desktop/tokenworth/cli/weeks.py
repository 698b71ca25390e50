"""`week` and `compare`: the measures of one period, and of two to four side by side."""

import argparse
import shutil
import sys
from datetime import date, timedelta
from typing import Any

import msgspec

from tokenworth.cli.beside import beside
from tokenworth.cli.opening import opened
from tokenworth.cli.output import say, say_json
from tokenworth.cli.statuses import DONE
from tokenworth.domain.comparison import Cell, Comparison, Row
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import SPEC
from tokenworth.measures.words import bounds_words, coverage_words
from tokenworth.reports import text
from tokenworth.reports import weeks as words_of
from tokenworth.workflows.library import Library

WEEKS_AROUND = 4
MOST_SPANS = 4
COLUMNS = 120
"""Where the output is no terminal: the same text everywhere."""


def week(options: argparse.Namespace) -> int:
    """Print one week's measures: coverage, bounds, counts, then every row with its grounds."""
    with opened(options) as library:
        weeks = {found.key: found for found in library.trend().weeks}
        if not weeks:
            raise Refusal(
                "There is nothing in the store yet.", "`import` reads what is found here."
            )
        key = options.week or max(weeks)
        if key not in weeks:
            raise Refusal(f"There is nothing for {key}.", f"Known: {min(weeks)} to {max(weeks)}.")
        found = library.compare([key])
    if options.json:
        ordered = words_of.in_order(found.rows, words_of.ALONE)
        measures = [_head(row) | _cell(row.cells[0]) for row in ordered]
        say_json({"week": weeks[key], "measures": measures, "notes": found.notes, "spec": SPEC})
        return DONE
    week = weeks[key]
    words = [coverage_words(week.coverage)]
    if week.net is None or not week.net.is_shown:
        told = week.coverage
        words.append(bounds_words(week.bounds, told.answered, drawn=told.drawn))
    say(text.week(week, words))
    say(words_of.measures(found, _columns()))
    return DONE


def compare(options: argparse.Namespace) -> int:
    """Print two to four periods side by side: estimates with intervals, never a verdict."""
    if options.beside:
        if len(options.spans) != 1:
            options.not_understood("--with is set beside one period")
        return beside(options)
    if options.around and options.spans:
        options.not_understood("--around names both periods itself: leave the others out")
    if options.weeks and not options.around:
        options.not_understood("--weeks goes with --around")
    if len(options.spans) == 1 or len(options.spans) > MOST_SPANS:
        options.not_understood("two to four periods are compared")
    if len(set(options.spans)) < len(options.spans):
        options.not_understood("the same period is named twice")
    with opened(options) as library:
        keys = _keys(options, library)
        found = library.compare(keys, elapsed=options.elapsed, picked_from=options.picked_from)
    if options.json:
        say_json(shape(found))
    else:
        say(words_of.comparison(found, _columns()))
    return DONE


def _keys(options: argparse.Namespace, library: Library) -> list[str]:
    if options.around:
        return around(options.around, options.weeks or WEEKS_AROUND)
    if options.spans:
        return list(options.spans)
    last = [span.key for span in library.spans()[:2]]
    if len(last) < 2:  # noqa: PLR2004 -- two are compared
        raise Refusal(
            "There are not two weeks in the store yet.", "`week` prints the one there is."
        )
    return last[::-1]


def around(day: date, weeks: int) -> list[str]:
    """Return the keys of the periods of so many weeks before a day, and from it on."""
    try:
        first, last = day - timedelta(weeks=weeks), day + timedelta(weeks=weeks)
    except OverflowError:
        raise Refusal(f"That is too far from {day}.") from None
    one = timedelta(days=1)
    return [f"{first}..{day - one}", f"{day}..{last - one}"]


def shape(found: Comparison) -> dict[str, Any]:
    """Return a comparison as other programs are promised it; unknown is null."""
    return {
        "spec": SPEC,
        "spans": found.spans,
        "coverage": [
            msgspec.to_builtins(coverage) | {"words": words}
            for coverage, words in zip(found.coverage, found.coverage_words, strict=True)
        ],
        "rows": [
            _head(row) | {"cells": list(map(_cell, row.cells)), "difference": row.difference}
            for row in words_of.in_order(found.rows, words_of.SIDE_BY_SIDE)
        ],
        "comparisons": found.comparisons,
        "adjusted": found.adjusted,
        "sentence": found.sentence.replace("**", ""),
        "steady": found.steady,
        "notes": found.notes,
    }


def _head(row: Row) -> dict[str, Any]:
    return {"group": row.group, "key": row.key, "name": row.name, "unit": row.unit}


def _cell(cell: Cell) -> dict[str, Any]:
    """Return a cell: `value` is an estimate, `exact` a count; where neither is, `reason` says why.

    Shares by outcome stand in `parts`.
    """
    found = cell.estimate
    made: dict[str, Any] = {
        "value": None, "low": cell.low, "high": cell.high, "n": None, "minimum_n": None,
        "denominator": None, "chosen": None, "interval": None, "reason": None,
        "exact": cell.exact, "words": cell.words or None, "parts": dict(cell.parts) or None,
        "open_high": False, "skips": None,
    }  # fmt: skip
    if found is None:
        if cell.exact is None and not cell.parts:
            made |= {"reason": cell.words or None, "words": None}
        return made
    return made | {
        "value": found.value, "low": found.low, "high": found.high, "n": found.n,
        "minimum_n": found.minimum_n, "denominator": found.denominator or None,
        "chosen": found.chosen, "interval": found.interval, "reason": found.reason or None,
        "open_high": found.open_high, "skips": found.skips,
    }  # fmt: skip


def _columns() -> int:
    if not sys.stdout.isatty():
        return COLUMNS
    return shutil.get_terminal_size((COLUMNS, 24)).columns
