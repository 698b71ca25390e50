"""What Qt leaves out of a PDF: language, outline, and metadata that are the same each time.

An incremental update (ISO 32000-1, 7.5.6): new objects, a new cross-reference section and trailer
after the bytes Qt wrote, which stay as they are but for dates and identifiers of the same length.
"""

import hashlib
import re
from typing import Final, NamedTuple

from tokenworth import __version__
from tokenworth.domain.report import Report
from tokenworth.reports.inert import inert

DATES: Final = re.compile(rb"/(CreationDate|ModDate) ?\(D:[^)]*\)")
XMP_DATES: Final = re.compile(rb'(xmp:(?:Create|Modify|Metadata)Date[=>]"?)([^"<]*)(["<])')
UUIDS: Final = re.compile(rb"uuid:[0-9a-f-]{36}")
IDENTITY: Final = re.compile(rb"(/ID \[ ?)((?:<[0-9a-f]+> ?)+)")
OBJECT: Final = re.compile(rb"(?:^|\n)(\d+) 0 obj\s*\n?(.*?)\nendobj", re.DOTALL)
LAST_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
SIZE: Final = re.compile(rb"/Size (\d+)")
ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
OWN: Final = re.compile(
    rb"/(?:Lang \([^)]*\)|PageMode /\w+|ViewerPreferences <<.*?>>)\s*", re.DOTALL
)
"""What a catalog may say already that the update says anew."""
PAGES: Final = re.compile(rb"/Kids\s*\[(.*?)\]", re.DOTALL)


class Mark(NamedTuple):
    """One heading: where the outline leads."""

    level: int
    text: str
    page: int  # from 0
    down: float  # how far down the page's text, 0 to 1


def finish(content: bytes, report: Report, marks: list[tuple[Mark, float]]) -> bytes:
    """Return the PDF with language, outline and clean metadata; ``marks`` with their height, pt."""
    content = _same_each_time(content, report)
    objects = {int(number): body for number, body in OBJECT.findall(content)}
    trailer = content[content.rindex(b"trailer") :]
    found = (SIZE.search(trailer), ROOT.search(trailer), LAST_START.search(content))
    if not all(found):
        return content  # a kind of PDF this does not know: without an outline, but whole
    size, root, start = (int(one[1]) for one in found if one is not None)
    pages = _pages(objects, root)
    new = _outline(marks, pages, size)
    catalog = OWN.sub(b"", objects[root].strip()).removesuffix(b">>").rstrip()
    catalog += (
        f"\n/Lang ({_latin(report.language)})\n/ViewerPreferences << /DisplayDocTitle true >>"
        f"\n/Outlines {size} 0 R\n/PageMode /UseOutlines\n>>"
    ).encode()
    info = size + len(new)
    new[root] = catalog
    new[info] = _info(report)
    return content + _update(content, new, start, root, info)


def _same_each_time(content: bytes, report: Report) -> bytes:
    day = report.made_on.replace("-", "").encode()
    stamp = b"D:" + day + b"000000Z"

    def dated(found: re.Match[bytes]) -> bytes:
        whole = found[0]
        head = whole[: whole.index(b"D:")]
        return head + stamp.ljust(len(whole) - len(head) - 1)[: len(whole) - len(head) - 1] + b")"

    content = DATES.sub(dated, content)
    moment = report.made_on.encode() + b"T00:00:00+00:00"
    content = XMP_DATES.sub(lambda f: f[1] + moment.ljust(len(f[2]))[: len(f[2])] + f[3], content)
    content = IDENTITY.sub(lambda f: f[1] + re.sub(rb"[0-9a-f]", b"0", f[2]), content)
    return UUIDS.sub(b"uuid:" + b"0" * 8 + b"-0000-0000-0000-" + b"0" * 12, content)


def _pages(objects: dict[int, bytes], root: int) -> list[int]:
    """Return the numbers of the pages' objects, in order."""
    found = re.search(rb"/Pages (\d+) 0 R", objects[root])
    if found is None:
        return []
    kids = PAGES.search(objects[int(found[1])])
    return [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])] if kids else []


def _outline(marks: list[tuple[Mark, float]], pages: list[int], first: int) -> dict[int, bytes]:
    """Return the outline's objects: the root, then one for each heading, nested by level."""
    numbers = [first + 1 + i for i in range(len(marks))]
    parents: list[int] = []
    for i, (mark, _) in enumerate(marks):
        above = [j for j in range(i) if marks[j][0].level < mark.level]
        parents.append(numbers[above[-1]] if above else first)
    found: dict[int, bytes] = {}
    for own, words in [(first, b""), *((n, _title(marks[i][0])) for i, n in enumerate(numbers))]:
        children = [numbers[i] for i, parent in enumerate(parents) if parent == own]
        parts = [words]
        if own != first:
            i = numbers.index(own)
            beside = [numbers[j] for j, parent in enumerate(parents) if parent == parents[i]]
            place = beside.index(own)
            page = pages[min(marks[i][0].page, len(pages) - 1)] if pages else 0
            parts.append(f"/Parent {parents[i]} 0 R".encode())
            parts.append(f"/Dest [{page} 0 R /XYZ 0 {marks[i][1]:.1f} 0]".encode())
            if place:
                parts.append(f"/Prev {beside[place - 1]} 0 R".encode())
            if place + 1 < len(beside):
                parts.append(f"/Next {beside[place + 1]} 0 R".encode())
        else:
            parts.append(b"/Type /Outlines")
        if children:
            parts.append(
                f"/First {children[0]} 0 R /Last {children[-1]} 0 R /Count {len(children)}".encode()
            )
        found[own] = b"<< " + b" ".join(part for part in parts if part) + b" >>"
    return found


def _title(mark: Mark) -> bytes:
    return b"/Title " + _string(mark.text)


def _string(text: str) -> bytes:
    return b"<feff" + inert(text).encode("utf-16-be").hex().encode() + b">"


def _latin(text: str) -> str:
    return re.sub(r"[^A-Za-z-]", "", text) or "en"


def _info(report: Report) -> bytes:
    day = report.made_on.replace("-", "")
    return (
        b"<< /Title " + _string(report.title) + b" /Creator " + _string("Tokenworth")
        + b" /Producer " + _string(f"Tokenworth {__version__}")
        + f" /CreationDate (D:{day}000000Z) /ModDate (D:{day}000000Z) >>".encode()
    )  # fmt: skip


def _update(content: bytes, objects: dict[int, bytes], start: int, root: int, info: int) -> bytes:
    """Return what is appended: objects, their places, and the trailer."""
    out = bytearray(b"\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(content) + len(out)
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    table = len(content) + len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    identity = hashlib.sha256(content + bytes(out)).hexdigest()[:32]
    size = max(objects) + 1
    out += (
        f"trailer\n<< /Size {size} /Root {root} 0 R /Info {info} 0 R /Prev {start} "
        f"/ID [<{identity}> <{identity}>] >>\nstartxref\n{table}\n%%EOF\n"
    ).encode()
    return bytes(out)
