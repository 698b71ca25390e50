"""What Qt leaves out of a PDF: language, outline, and metadata that say nothing of the machine.

An incremental update (ISO 32000-1, 7.5.6): new objects, their places and a trailer stand after the
bytes Qt wrote. Of these only metadata are blanked, by as many bytes, so that no place moves.
"""

import hashlib
import re
from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from tokenworth import __version__
from tokenworth.domain.report import Report
from tokenworth.reports.inert import inert

APP: Final = f"Tokenworth {__version__}"
TABLE: Final = re.compile(rb"xref\s+0 (\d+)\s+")
ENTRY_BYTES: Final = 20
START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
INFO: Final = re.compile(rb"/Info (\d+) 0 R")
ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
IDENTITY: Final = re.compile(rb"/ID\s*\[[^\]]*\]")
PAGES: Final = re.compile(rb"/Pages (\d+) 0 R")
KIDS: Final = re.compile(rb"/Kids\s*\[([^\]]*)\]")
TOLD: Final = re.compile(
    rb"/(?:Lang|PageMode|Outlines)\b[^/\n>]*\n?|/ViewerPreferences\s*<<[^>]*>>"
)
"""What a catalog may say already that the update says anew."""
NOT_IN_A_TAG: Final = re.compile(r"[^A-Za-z0-9-]")
NO_LETTER: Final = re.compile(r"[^A-Za-z ]")
XMP: Final = """<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmp:CreatorTool="{app}" pdf:Producer="{app}" xmp:CreateDate="{day}T00:00:00Z"
 xmp:ModifyDate="{day}T00:00:00Z" xmp:MetadataDate="{day}T00:00:00Z">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end='w'?>
"""


class Mark(NamedTuple):
    """One heading: where the outline leads."""

    level: int
    text: str
    page: int  # from 0
    down: float  # how far down the page's text, 0 to 1


class Entry(NamedTuple):
    """One heading and the height of its place on the page, in points from the page's foot."""

    mark: Mark
    height_pt: float


def metadata(report: Report) -> bytes:
    """Return what the PDF says of itself, as XMP: Qt's own would name its version and a moment."""
    told = XMP.format(
        app=escape(APP), day=_day(report), title=_in_numbers(report.title),
        language=language_of(report),
    )  # fmt: skip
    return told.encode()


def finish(content: bytes, report: Report, entries: Sequence[Entry]) -> bytes:
    """Return Qt's PDF with language, outline and title: the same bytes for the same report.

    A kind of PDF this does not know comes back without them, but whole.
    """
    places, trailer, start = _places(content)
    info, root = INFO.search(trailer), ROOT.search(trailer)
    if info is None or root is None or int(root[1]) not in places:
        return content
    content = _without_traces(content, places[int(info[1])], trailer)
    catalog = _object(content, places[int(root[1])])
    listed = PAGES.search(catalog)
    kids = KIDS.search(_object(content, places[int(listed[1])])) if listed else None
    if kids is None:
        return content
    pages = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]
    first = max(places) + 1
    objects = _outline(entries, pages, first)
    objects[int(root[1])] = _catalog(catalog, report, first)
    told = max(objects) + 1
    objects[told] = _info(report)
    return content + _update(content, objects, start, (int(root[1]), told))


# what Qt wrote ------------------------------------------------------------------------------------


def _places(content: bytes) -> tuple[dict[int, int], bytes, int]:
    """Return where every object stands, the trailer, and where the table of places does."""
    last = START.search(content)
    start = int(last[1]) if last else len(content)
    table = TABLE.match(content, start)
    if table is None:
        return {}, b"", start
    places = {}
    for number in range(int(table[1])):
        entry = content[table.end() + number * ENTRY_BYTES :][:ENTRY_BYTES]
        if entry[17:18] == b"n":
            places[number] = int(entry[:10])
    return places, content[table.end() + int(table[1]) * ENTRY_BYTES :], start


def _object(content: bytes, place: int) -> bytes:
    """Return an object's body, without its number and its end."""
    whole = content[place : content.index(b"endobj", place)]
    return whole.partition(b"obj")[2].strip()


def _without_traces(content: bytes, info: int, trailer: bytes) -> bytes:
    """Return the bytes with Qt's own title block and identity blanked, none longer or shorter."""
    begin = content.index(b"obj", info) + len(b"obj")
    end = content.index(b"endobj", info)
    empty = b"\n<< >>".ljust(end - begin - 1) + b"\n"
    content = content[:begin] + empty + content[end:]
    tail = len(content) - len(trailer)
    blank = IDENTITY.sub(lambda found: b" " * len(found[0]), trailer)
    return content[:tail] + blank


# what is appended ---------------------------------------------------------------------------------


def _catalog(catalog: bytes, report: Report, outline: int) -> bytes:
    kept = TOLD.sub(b"", catalog).removesuffix(b">>").rstrip()
    return kept + (
        f"\n/Lang ({language_of(report)})\n/ViewerPreferences << /DisplayDocTitle true >>"
        f"\n/Outlines {outline} 0 R\n/PageMode /UseOutlines\n>>"
    ).encode("ascii")


def _info(report: Report) -> bytes:
    moment = f"(D:{_day(report).replace('-', '')}000000Z)"
    return (
        f"<< /Title {_string(report.title)} /Creator {_string(APP)} /Producer {_string(APP)} "
        f"/CreationDate {moment} /ModDate {moment} >>"
    ).encode("ascii")


def _outline(entries: Sequence[Entry], pages: Sequence[int], first: int) -> dict[int, bytes]:
    """Return the outline's objects: number ``first`` is its root, then one a heading, nested."""
    numbers = range(first + 1, first + 1 + len(entries))
    parents = _parents(entries, first)
    children: dict[int, list[int]] = {first: [], **{number: [] for number in numbers}}
    for number, parent in zip(numbers, parents, strict=True):
        children[parent].append(number)
    below = dict.fromkeys(children, 0)
    for number, parent in reversed(list(zip(numbers, parents, strict=True))):
        below[parent] += 1 + below[number]
    found = {first: f"<< /Type /Outlines{_family(children[first], below[first])} >>"}
    for number, parent, entry in zip(numbers, parents, entries, strict=True):
        beside, place = children[parent], children[parent].index(number)
        page = pages[min(entry.mark.page, len(pages) - 1)]
        previous = f" /Prev {beside[place - 1]} 0 R" if place else ""
        following = f" /Next {beside[place + 1]} 0 R" if beside[place] != beside[-1] else ""
        found[number] = (
            f"<< /Title {_string(entry.mark.text)} /Parent {parent} 0 R{previous}{following} "
            f"/Dest [{page} 0 R /XYZ 0 {entry.height_pt:.1f} 0]"
            f"{_family(children[number], below[number])} >>"
        )
    return {number: told.encode("ascii") for number, told in found.items()}


def _parents(entries: Sequence[Entry], root: int) -> list[int]:
    """Return for each heading the number of the one it stands under."""
    found: list[int] = []
    above: list[tuple[int, int]] = []  # level and number of the headings that are open
    for number, entry in enumerate(entries, root + 1):
        while above and above[-1][0] >= entry.mark.level:
            above.pop()
        found.append(above[-1][1] if above else root)
        above.append((entry.mark.level, number))
    return found


def _family(children: Sequence[int], below: int) -> str:
    if not children:
        return ""
    return f" /First {children[0]} 0 R /Last {children[-1]} 0 R /Count {below}"


def _update(
    content: bytes, objects: dict[int, bytes], start: int, root_and_info: tuple[int, int]
) -> bytes:
    """Return objects, their places and the trailer."""
    out = bytearray(b"\n")
    table = bytearray(b"xref\n0 1\n0000000000 65535 f \n")
    for number in sorted(objects):
        table += f"{number} 1\n{len(content) + len(out):010} 00000 n \n".encode("ascii")
        out += f"{number} 0 obj\n".encode("ascii") + objects[number] + b"\nendobj\n"
    place = len(content) + len(out)
    identity = hashlib.sha256(content + out).hexdigest()[:32]
    root, info = root_and_info
    table += (
        f"trailer\n<< /Size {max(objects) + 1} /Root {root} 0 R /Info {info} 0 R /Prev {start} "
        f"/ID [<{identity}> <{identity}>] >>\nstartxref\n{place}\n%%EOF\n"
    ).encode("ascii")
    return bytes(out + table)


def _in_numbers(text: str) -> str:
    """Return a text for XML that stands in the file unpacked: no object of a PDF can begin in it.

    A reader that mends broken files looks for "1 0 obj" everywhere.
    """
    return NO_LETTER.sub(lambda found: f"&#{ord(found[0])};", inert(text))


def _string(text: str) -> str:
    """Return a text as PDF takes it, in hexadecimal: nothing in it can end the string."""
    return f"<feff{inert(text).encode('utf-16-be').hex()}>"


def language_of(report: Report) -> str:
    """Return the language as a tag, whatever it was given as."""
    return NOT_IN_A_TAG.sub("", report.language) or "en"


def _day(report: Report) -> str:
    digits = re.sub(r"\D", "", report.made_on, flags=re.ASCII)[:8].ljust(8, "0")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
