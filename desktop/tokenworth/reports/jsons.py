"""A report as JSON with a version, and what can be read of one again."""

import json
from typing import Any, Final

import msgspec

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import Bullets, Paragraph, Report
from tokenworth.reports.inert import inert

FORMAT: Final = "tokenworth report"
VERSION: Final = 1


class Table(msgspec.Struct, frozen=True):
    """One table as written: what its columns are, and rows in their order."""

    words: str
    columns: list[dict[str, str]]
    rows: list[list[str | int | float | bool | None]]


class Document(msgspec.Struct, frozen=True):
    """A report as it was written."""

    format: str
    version: int
    title: str
    language: str
    made_on: str
    statements: list[str]
    tables: dict[str, Table]
    data: dict[str, Any]


def document(report: Report) -> str:
    """Return the whole document: keys sorted, inert inside HTML too."""
    statements: list[str] = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            statements.append(inert(block.text))
        elif isinstance(block, Bullets):
            statements += [inert(item) for item in block.items]
    made = Document(
        FORMAT, VERSION, inert(report.title), report.language, report.made_on, statements,
        {
            table.name: Table(
                inert(table.words),
                [
                    {"name": c.name, "unit": c.unit, "words": inert(c.words)}
                    for c in table.columns
                ],
                [[inert(v) if isinstance(v, str) else v for v in row] for row in table.rows],
            )
            for table in report.tables
        },
        report.data,
    )  # fmt: skip
    text = json.dumps(msgspec.to_builtins(made), sort_keys=True, indent=2, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text + "\n"


def read(text: str) -> Document:
    """Return a report written before. Raises Refusal for what is none, damaged, or newer."""
    try:
        found = msgspec.json.decode(text, type=Document)
    except msgspec.MsgspecError as error:
        raise Refusal("This file is no report of this app, or is damaged.") from error
    if found.format != FORMAT:
        raise Refusal("This file is no report of this app.")
    if found.version > VERSION:
        raise Refusal(
            f"This report was written by a newer version of the app (format {found.version}).",
            "Update the app to read it.",
        )
    return found
