"""PDF and PNG: outline, language, the same bytes, nothing of the machine."""

import re
import zlib

import pytest
from made_report import make_report
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tokenworth.domain.report import Heading, Paragraph, Picture, Table
from tokenworth.gui import paper

HOSTILE = (
    "https://a.example", "www.a.example", "javascript:alert(1)", "mailto:a@b.example",
    "<a href='x'>y</a>", "(/URI (x))", ") Tj /JavaScript (", "\\) >> /Launch", "\u202eevil",
    "\x00\x1b[31m", "\ud800", "a" * 3000, "file:///etc/passwd", "{\\rtf1}", "%PDF-1.4 endobj",
)  # fmt: skip
pytestmark = pytest.mark.usefixtures("qapp")


def long_report() -> object:
    rows = tuple((f"row {i}", str(i), "words " * 12) for i in range(120))
    return make_report(
        blocks=(
            Heading(1, "Title (with) \\ marks — é"),
            Heading(2, "First"),
            Table("Long", ("a", "b", "c"), rows, numeric=(1,)),
            Heading(2, "Second"),
            Paragraph("The end."),
        )
    )


def hexed(text: str) -> bytes:
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def test_it_is_the_same_each_time_and_names_nothing_of_the_machine() -> None:
    made = paper.pdf(make_report())
    assert made == paper.pdf(make_report())
    assert made.startswith(b"%PDF-")
    text = b"\n".join([made, *streams(made)])
    for word in (b"/JavaScript", b"/OpenAction", b"/URI", b"/Launch", b"/home/", b"Qt 6"):
        assert (
            word not in made[made.rindex(b"%%EOF", 0, -8) :]
            if word == b"Qt 6"
            else word not in text
        )
    dates = set(re.findall(rb"Date ?\(D:(\d{8})", made)) | {
        one.replace(b"-", b"") for one in re.findall(rb'Date="(\d{4}-\d\d-\d\d)', made)
    }
    assert dates == {b"20261123"}


def streams(made: bytes) -> list[bytes]:
    found = []
    for body in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            found.append(zlib.decompress(body))
        except zlib.error:
            found.append(body)
    return found


def test_every_object_stands_where_the_table_says() -> None:
    made = paper.pdf(make_report())
    place = int(re.findall(rb"startxref\s+(\d+)", made)[-1])
    assert made[place : place + 4] == b"xref"
    entries = re.findall(rb"\n(\d+) 1\n(\d{10}) 00000 n ", made[place:])
    assert len(entries) >= 5
    for number, offset in entries:
        assert made[int(offset) :].startswith(number + b" 0 obj")


def test_outline_language_and_title() -> None:
    made = paper.pdf(long_report())  # type: ignore[arg-type]
    tail = made[made.rindex(b"%%EOF", 0, -8) :]
    for title in ("Title (with) \\ marks — é", "First", "Second"):
        assert hexed(title) in tail
    assert b"/Lang (en)" in tail
    assert b"/DisplayDocTitle true" in tail
    assert b"/Title " + hexed("What came of harbour") in tail
    first, second = re.findall(rb"/Dest \[(\d+) 0 R", tail)[1:]
    assert first != second, "the second heading is on another page"


@pytest.mark.parametrize(("name", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_papers(name: paper.Paper, size: tuple[int, int]) -> None:
    made = paper.pdf(make_report(), name)
    box = re.search(rb"/MediaBox \[ ?0(?:\.0+)? 0(?:\.0+)? ([\d.]+) ([\d.]+)", made)
    assert box is not None
    assert (round(float(box[1])), round(float(box[2]))) == size


def test_a_long_table_repeats_its_head_and_goes_over_pages() -> None:
    sheets = paper.Sheets(long_report(), "A4")  # type: ignore[arg-type]
    assert sheets.pages > 2
    pages = [mark.page for mark in sheets.marks()]
    assert pages == sorted(pages)
    assert pages[-1] == sheets.pages - 1


def test_a_heading_does_not_end_a_page() -> None:
    for number in range(24, 40):
        blocks = [Paragraph(f"line {i}") for i in range(number)]
        report = make_report(blocks=(*blocks, Heading(2, "Kept"), Paragraph("with this")))
        sheets = paper.Sheets(report, "A4")
        (mark,) = sheets.marks()
        assert mark.down < 0.97


def test_png_is_a_picture_without_words_about_the_machine(qapp: QApplication) -> None:
    del qapp
    (picture,) = (b for b in make_report().blocks if isinstance(b, Picture))
    made = paper.png(picture, 3)
    image = QImage.fromData(made)
    assert (image.width(), image.height()) == (300, 120)
    assert b"tEXt" not in made
    assert image.pixelColor(50, 30).name() == "#0b7a75"


def test_hostile_text_stays_text() -> None:
    for text in HOSTILE:
        made = paper.pdf(make_report(text))
        bare = re.sub(rb"<\?xpacket.*?<\?xpacket end[^>]*>", b"", made, flags=re.DOTALL)
        for word in (b"/JavaScript", b"/OpenAction", b"/URI", b"/Launch", b"/AA", b"/EmbeddedFile"):
            assert word not in bare, text
