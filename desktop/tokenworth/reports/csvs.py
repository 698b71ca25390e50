"""A report's numbers as tidy CSV tables in one zip, with a data dictionary."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Final

from tokenworth.domain.report import Bullets, DataTable, Heading, Paragraph, Report
from tokenworth.reports.inert import cell, inert

FIXED: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same report gives the same bytes."""
OWNER_ONLY: Final = 0o600 << 16
Value = str | int | float | bool | None


def archive(report: Report) -> bytes:
    """Return the zip: a table a file, dictionary.csv, and README.txt with what must be said."""
    files = {"README.txt": _words(report), "dictionary.csv": _dictionary(report.tables)}
    files |= {f"{table.name}.csv": _table(table) for table in report.tables}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, FIXED)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = OWNER_ONLY
            member.create_system = 3
            zipped.writestr(member, files[name].encode())
    return held.getvalue()


def _words(report: Report) -> str:
    lines: list[str] = []
    for block in report.blocks:
        if isinstance(block, Heading):
            lines += ["", inert(block.text), "-" * len(inert(block.text))]
        elif isinstance(block, Paragraph):
            lines.append(inert(block.text))
        elif isinstance(block, Bullets):
            lines += [f"* {inert(item)}" for item in block.items]
    return "\r\n".join(lines).strip() + "\r\n"


def _dictionary(tables: Sequence[DataTable]) -> str:
    rows: list[Sequence[Value]] = [("table", "column", "unit", "words")]
    for table in tables:
        rows.append((table.name, "", "", table.words))
        rows += [(table.name, one.name, one.unit, one.words) for one in table.columns]
    return _csv(rows)


def _table(table: DataTable) -> str:
    return _csv([[column.name for column in table.columns], *table.rows])


def _csv(rows: Sequence[Sequence[Value]]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerows([_value(one) for one in row] for row in rows)
    return held.getvalue()


def _value(value: Value) -> str | int | float:
    if value is None:
        return ""
    return cell(value) if isinstance(value, str) else value
