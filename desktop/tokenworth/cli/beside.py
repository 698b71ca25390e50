"""`compare PERIOD --with REPORT.json`: a report read back, beside a period of this store."""

import argparse
from typing import Any

import msgspec

from tokenworth.cli.opening import opened
from tokenworth.cli.output import say, say_json
from tokenworth.cli.statuses import DONE
from tokenworth.domain.comparison import Row
from tokenworth.domain.estimate import Estimate
from tokenworth.domain.refusal import Refusal
from tokenworth.reports import jsons, weeks
from tokenworth.reports.amounts import amount
from tokenworth.reports.text import plain, table

NOT_SUBTRACTED = (
    "Read only: nothing of the file is kept. The two are not subtracted: they may rest on other "
    "frames, forms and prices."
)


def beside(options: argparse.Namespace) -> int:
    """Print the measures of a report's file next to those of one period here."""
    try:
        document = jsons.read(options.beside.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{options.beside} cannot be read: {error}.") from error
    told = _measures(document)
    with opened(options) as library:
        found = library.compare(options.spans)
    if options.json:
        say_json({"here": found.rows, "there": list(told.values()), "title": document.title})
        return DONE
    rows = [
        (weeks.title(row), _flat(weeks.cell(row.cells[0], row.unit)), _there(row, told))
        for row in found.rows
        if row.key in told
    ]
    head = ("", f"Here: {found.spans[0].name}", f"There: {plain(document.title)}")
    say(f"Here: {plain(found.coverage_words[0])}")
    for words in document.statements:
        if "sessions looked at" in words:
            say(f"There: {plain(words)}")
            break
    say("\n" + table(head, rows) + f"\n\n{NOT_SUBTRACTED} Made on {plain(document.made_on)}.")
    return DONE


def _measures(document: jsons.Document) -> dict[str, dict[str, Any]]:
    """Return the measures of the report's own period, by key. Raises Refusal where it has none."""
    held = document.tables.get("measures")
    if held is None or not held.rows:
        raise Refusal("This report holds no measures.")
    names = [column.get("name", "") for column in held.columns]
    rows = [dict(zip(names, row, strict=False)) for row in held.rows]
    last = rows[-1].get("period")
    return {str(row.get("measure")): row for row in rows if row.get("period") == last}


def _there(row: Row, told: dict[str, dict[str, Any]]) -> str:
    """Return a measure of the file as it would be shown here: an estimate never alone."""
    one = told[row.key]
    if one.get("exact") is not None:
        return _flat(amount(float(one["exact"]), row.unit))
    try:
        fields = {name: one.get(name) for name in ("value", "low", "high", "n", "minimum_n")}
        estimate = msgspec.convert(
            {
                **fields, "measure": "", "key": row.key, "unit": row.unit,
                "denominator": one.get("denominator") or "", "chosen": one.get("chosen") or "none",
                "interval": one.get("interval") or "none", "reason": one.get("reason") or "",
            },
            Estimate,
        )  # fmt: skip
    except msgspec.ValidationError:
        return "cannot be read"
    return _flat(weeks.cell_of(estimate))


def _flat(text: str) -> str:
    return text.replace("\n", "; ").replace("\xa0", " ")
