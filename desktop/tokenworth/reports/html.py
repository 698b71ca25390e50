"""A report as one HTML file: no script, nothing fetched, readable by eye, ear and printer."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html import escape
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

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
SVG: Final = "{http://www.w3.org/2000/svg}"
ELEMENTS: Final = frozenset(
    ("svg", "g", "rect", "line", "path", "text", "tspan", "circle", "polygon", "polyline", "title",
     "desc", "defs", "clipPath")
)  # fmt: skip
ATTRIBUTES: Final = frozenset(
    ("viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry",
     "d", "points", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
     "stroke-linecap", "stroke-linejoin", "opacity", "transform", "font-size", "font-family",
     "font-weight", "text-anchor", "dominant-baseline", "id", "clip-path", "class")
)  # fmt: skip
SAFE_VALUE: Final = re.compile(r"^[\w\s.,()#%+\-\"']*$")
LOCAL: Final = re.compile(r"^url\(#[\w-]+\)$")
STYLE: Final = """
:root { color-scheme: light dark; --ground: #fff; --text: #1c1f24; --muted: #5d6672;
  --line: #d9dcdf; --soft: #f3f4f2; --accent: #2b5f94; }
@media (prefers-color-scheme: dark) { :root { --ground: #17191d; --text: #e6e8ea;
  --muted: #9aa3ad; --line: #363b42; --soft: #22262b; --accent: #8ab8e6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 56rem; padding: 2rem 1.5rem 4rem; background: var(--ground);
  color: var(--text); font: 15px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .5rem;
  border-bottom: 1px solid var(--line); padding-bottom: .2rem; } h3 { font-size: 1rem;
  margin: 1.2rem 0 .3rem; }
p, ul, ol { margin: .4rem 0; } .lead { font-size: 1.1rem; } .muted { color: var(--muted); }
.warning { background: var(--soft); padding: .6rem .8rem; border-radius: 6px; }
.table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .6rem 0 1rem;
  font-variant-numeric: tabular-nums; } caption { text-align: left; font-weight: 600;
  padding: .3rem 0; } th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
  text-align: left; vertical-align: top; font-weight: 400; } thead th { font-weight: 600; }
.number { text-align: right; } figure { margin: 1rem 0; } figure svg { box-sizing: content-box;
  max-width: calc(100% - 26px); height: auto; padding: 12px; background: #fff;
  border: 1px solid var(--line); border-radius: 8px; }
figcaption { color: var(--muted); } a { color: var(--accent); }
@media print { :root { --ground: #fff; --text: #000; --muted: #444; --line: #bbb; --soft: #f3f3f3; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } thead { display: table-header-group; }
  tr, figure, h2, h3 { break-inside: avoid; } h2, h3 { break-after: avoid; }
  details > summary { display: none; } @page { margin: 18mm; } }
"""


def html(report: Report) -> str:
    """Return the whole document. Raises ValueError for a picture that is not inert."""
    body = "\n".join(_block(block) for block in report.blocks)
    return (
        f'<!doctype html>\n<html lang="{_text(report.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(inert(text))


def _block(block: Block) -> str:
    return WRITERS[type(block)](block)


def _heading(one: Heading) -> str:
    return f"<h{one.level}>{_text(one.text)}</h{one.level}>"


def _paragraph(one: Paragraph) -> str:
    role = f' class="{one.role}"' if one.role else ""
    return f"<p{role}>{_text(one.text)}</p>"


def _bullets(one: Bullets) -> str:
    name = "ol" if one.numbered else "ul"
    items = "".join(f"<li>{_text(item)}</li>" for item in one.items)
    return f"<{name}>{items}</{name}>"


def _table(one: Table) -> str:
    heads = "".join(
        f'<th scope="col"{_side(one, i)}>{_text(head) or "<span>&#8203;</span>"}</th>'
        for i, head in enumerate(one.heads)
    )
    rows = []
    for row in one.rows:
        first, *rest = row
        cells = "".join(f"<td{_side(one, i)}>{_text(cell)}</td>" for i, cell in enumerate(rest, 1))
        rows.append(f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>')
    note = f'<p class="muted">{_text(one.note)}</p>' if one.note else ""
    return (
        f'<div class="table"><table><caption>{_text(one.caption)}</caption><thead><tr>{heads}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>{note}"
    )


def _side(table: Table, column: int) -> str:
    return ' class="number"' if column in table.numeric else ""


def _picture(one: Picture) -> str:
    drawing = checked(one.svg)
    drawing.set("role", "img")
    drawing.set("aria-label", inert(f"{one.title}. {one.words}"))
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    text = ET.tostring(drawing, encoding="unicode")
    return (
        f"<figure>{text}<figcaption>{_text(one.title)}. {_text(one.words)}</figcaption>"
        f"<details><summary>The numbers</summary>{_table(one.table)}</details></figure>"
    )


def checked(text: str) -> ET.Element:
    """Return an SVG drawing as a tree. Raises ValueError where it holds anything that may act."""
    if "<!" in text or "<?" in text.removeprefix("<?xml"):
        raise ValueError("a drawing with a doctype, comment or instruction")
    try:
        root = ET.fromstring(text)  # noqa: S314 -- our own text, without a doctype
    except ET.ParseError as error:
        raise ValueError("a drawing that cannot be read") from error
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in ELEMENTS:
            raise ValueError(f"a drawing with {name}")
        for key, value in element.attrib.items():
            if key not in ATTRIBUTES or not (SAFE_VALUE.match(value) or LOCAL.match(value)):
                raise ValueError(f"a drawing with {key}")
    return root


WRITERS: Final[dict[Any, Callable[[Any], str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Table: _table,
    Picture: _picture,
}
