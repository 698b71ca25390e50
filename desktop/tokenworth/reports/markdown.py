"""A report as Markdown: charts as small tables, nothing of a person's read as markup."""

import re
from collections.abc import Callable
from typing import Any, Final

from tokenworth.domain.report import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Report,
    Table,
)
from tokenworth.reports.inert import inert

MARKS: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~^$&=:@/\"'])")
LINK: Final = re.compile(r"(?i)(www|https?|ftp|mailto|xmpp)(?=\\[.:])")


def markdown(report: Report) -> str:
    """Return the whole document, GitHub's tables included."""
    return "\n\n".join(_block(block) for block in report.blocks) + "\n"


def text(words: str) -> str:
    r"""Return words with every mark escaped; "www.a" becomes "w\ww", which is no link."""
    escaped = MARKS.sub(r"\\\1", inert(words))
    return LINK.sub(lambda found: found[0][0] + "&#8203;" + found[0][1:], escaped)


def _block(block: Block) -> str:
    return WRITERS[type(block)](block)


def _heading(one: Heading) -> str:
    return f"{'#' * one.level} {text(one.text)}"


def _paragraph(one: Paragraph) -> str:
    said = text(one.text)
    return f"> {said}" if one.role == "warning" else said


def _bullets(one: Bullets) -> str:
    marks = (f"{i}." if one.numbered else "-" for i in range(1, len(one.items) + 1))
    return "\n".join(f"{mark} {text(item)}" for mark, item in zip(marks, one.items, strict=True))


def _table(one: Table) -> str:
    sides = ["---:" if i in one.numeric else "---" for i in range(len(one.heads))]
    lines = [
        f"**{text(one.caption)}**",
        "",
        _row([text(head) for head in one.heads]),
        _row(sides),
        *(_row([text(cell) for cell in row]) for row in one.rows),
    ]
    if one.note:
        lines += ["", text(one.note)]
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell or ' ' for cell in cells)} |"


def _picture(one: Picture) -> str:
    return f"### {text(one.title)}\n\n{text(one.words)}\n\n{_table(one.table)}"


WRITERS: Final[dict[Any, Callable[[Any], str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Table: _table,
    Picture: _picture,
}
