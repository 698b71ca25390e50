"""PDF, print and PNG: outline, language, the same bytes, nothing torn, nothing of the machine."""

import re
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hostile import HOSTILE, TEXTS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_comparisons import make_comparison
from made_report import make_report
from made_weeks import usual
from pdf_parts import ACTIONS as ACTS
from pdf_parts import names, pieces
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from tokenworth import __version__
from tokenworth.domain.report import Bullets, Heading, Paragraph, Picture, Report, Table
from tokenworth.gui import paper
from tokenworth.gui.paper_outline import language_of
from tokenworth.gui.paper_tables import column_shares
from tokenworth.reports import svg
from tokenworth.reports.inert import inert

ACTIONS = (b"/JavaScript", b"/OpenAction", b"/URI", b"/Launch", b"/JS", b"/Link", b"/Action")
ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
pytestmark = pytest.mark.usefixtures("qapp")


def long_report() -> Report:
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


def outside_streams(made: bytes) -> bytes:
    """Return what a reader acts on; in packed letters any three bytes turn up by chance."""
    return re.sub(rb"stream\r?\n.*?\r?\nendstream", b"", made, flags=re.DOTALL)


def test_every_object_stands_where_the_table_says() -> None:
    made = paper.pdf(make_report())
    place = int(re.findall(rb"startxref\s+(\d+)", made)[-1])
    assert made[place : place + 4] == b"xref"
    entries = re.findall(rb"\n(\d+) 1\n(\d{10}) 00000 n ", made[place:])
    assert len(entries) >= 5
    for number, offset in entries:
        assert made[int(offset) :].startswith(number + b" 0 obj")


def test_outline_language_and_title() -> None:
    made = paper.pdf(long_report())
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
    sheets = paper.Sheets(long_report(), "A4")
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
    edge = 3 * paper.ROUND_PT
    assert (image.width(), image.height()) == (300 + 2 * edge, 120 + 2 * edge)
    assert b"tEXt" not in made
    assert image.pixelColor(edge + 50, edge + 30).name() == "#0b7a75"


def chart_of(name: str) -> Picture:
    if name == "attention":
        return svg.attention([("Quarter 3 of 2026 (July to September)", (("u", 0.7), ("-", 0.3)))])
    if name == "differences":
        return svg.differences(make_comparison())
    return svg.paired(usual(0 if name == "no weeks" else 60).weeks, money=False)


@pytest.mark.parametrize("name", ["weeks", "no weeks", "attention", "differences"])
def test_a_chart_that_stands_alone_has_white_round_all_of_it(name: str) -> None:
    picture = chart_of(name)
    image, edge = QImage.fromData(paper.png(picture)), 2 * paper.ROUND_PT
    size = paper.png_size(picture)
    assert (image.width(), image.height()) == (2 * size.width(), 2 * size.height())
    inside = QRect(edge, edge, 2 * picture.width, 2 * picture.height)
    assert image.rect().center() == inside.center(), "as much on each side"
    drawn = image.copy(inside)
    rounding = inside.adjusted(-1, -1, 1, 1)  # a slanted edge may colour half a pixel more
    QPainter(image).fillRect(rounding, Qt.GlobalColor.white)
    white = QImage(image.size(), image.format())
    white.fill(Qt.GlobalColor.white)
    assert image == white, "nothing is drawn beyond the chart's own size"
    assert drawn != white.copy(inside)


def test_hostile_text_stays_text() -> None:
    for text in HOSTILE:
        made = paper.pdf(make_report(text))
        for word in (*ACTIONS, b"/AA", b"/EmbeddedFile"):
            assert word not in outside_streams(made), text


def report_of(texts: Sequence[str]) -> Report:
    """Return a report in which each of many texts stands wherever a text may, and in a chart."""
    drawn = msgspec.structs.replace(chart_of_names(texts), title=texts[0], words=texts[0])
    blocks = [block for text in texts for block in make_report(text).blocks]
    return make_report(
        " ".join(texts), blocks=(*blocks, drawn), language=texts[0], made_on=texts[0]
    )


def chart_of_names(texts: Sequence[str]) -> Picture:
    return svg.attention([(text, (("u", 0.5), (text, 0.5))) for text in texts])


@settings(max_examples=20, deadline=None)
@example(list(HOSTILE))
@given(st.lists(TEXTS, min_size=25, max_size=25))
def test_500_made_up_texts_do_nothing_on_paper(texts: list[str]) -> None:
    report = report_of(texts)
    made = paper.pdf(report)
    used, harmless = names(made), names(paper.pdf(report_of(["harbour"])))
    assert not ACTS & set(used)
    assert used[b"Link"] == harmless[b"Link"] == 0
    assert used[b"Annot"] == harmless[b"Annot"] == 0
    assert used[b"Annots"] == used[b"Page"], "a list a page, and empty"
    listed = {int(one) for one in re.findall(rb"/Annots (\d+) 0 R", made)}
    assert {one.words.strip() for one in pieces(made) if one.number in listed} == {b"[ ]"}
    (metadata,) = (one.stream for one in pieces(made) if one.is_metadata)
    said = ET.fromstring(metadata or b"")  # noqa: S314 -- our own, without a doctype
    assert [one.text for one in said.iter(ITEM)] == [inert(report.title), language_of(report)]


@settings(max_examples=20, deadline=None)
@example(list(HOSTILE))
@given(st.lists(TEXTS, min_size=25, max_size=25))
def test_500_made_up_texts_leave_no_words_beside_a_picture(texts: list[str]) -> None:
    made = paper.png(chart_of_names(texts), 1)
    assert set(chunks(made)) == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}


def chunks(made: bytes) -> list[bytes]:
    """Return the kinds of a PNG's chunks, in order; nothing stands behind the last."""
    found, place = [], 8
    while place < len(made):
        found.append(made[place + 4 : place + 8])
        place += 12 + int.from_bytes(made[place : place + 4])
    assert place == len(made)
    return found


def test_a_link_would_be_seen(tmp_path: Path) -> None:
    document, target = QTextDocument(), tmp_path / "linked.pdf"
    document.setHtml('<a href="https://a.example">there</a>')
    document.print_(QPdfWriter(str(target)))
    used = names(target.read_bytes())
    assert used[b"Link"] == used[b"Annot"] == 1
    assert {b"URI", b"Action"} == ACTS & set(used)


# what it says of itself ---------------------------------------------------------------------------


def test_nothing_of_qt_or_of_a_moment_is_left() -> None:
    made = paper.pdf(make_report())
    assert b"Qt " not in b"\n".join([made, *streams(made)])
    app = f"Tokenworth {__version__}"
    assert made.count(b"/Producer") == made.count(b"/Creator ") == 1
    assert b"/Producer " + hexed(app) in made
    assert f'pdf:Producer="{app}"'.encode() in made
    assert set(re.findall(rb"Date=\"([^\"]*)\"", made)) == {b"2026-11-23T00:00:00Z"}


def test_it_changes_with_what_it_says_and_so_does_its_identity() -> None:
    first, second = (paper.pdf(make_report(text)) for text in ("harbour", "tea"))
    identities = [re.findall(rb"/ID \[<([0-9a-f]{32})> <\1>\]", made) for made in (first, second)]
    assert [len(one) for one in identities] == [1, 1]
    assert identities[0] != identities[1]


def test_the_day_and_the_language_cannot_end_what_they_stand_in() -> None:
    evil = make_report(made_on="2026) /URI (x", language="en) /Launch (x")
    made = paper.pdf(evil)
    assert b"/URI" not in made
    assert b"/Launch" not in made


def test_the_outline_nests_and_counts() -> None:
    levels = (1, 2, 3, 3, 2, 4, 1)
    blocks = [Heading(level, f"head {i}") for i, level in enumerate(levels)]
    made = paper.pdf(make_report(blocks=tuple(blocks)))
    tail = made[made.rindex(b"%%EOF", 0, -8) :]
    found = {
        int(number): body
        for number, body in re.findall(rb"\n(\d+) 0 obj\n(<<.*?>>)\nendobj", tail)
        if b"/Parent" in body or b"/Type /Outlines" in body
    }
    (root,) = (number for number, body in found.items() if b"/Type /Outlines" in body)
    assert b"/Count 7 " in found[root]
    parents = [
        int(one[1]) - root
        for number in sorted(found)
        if (one := re.search(rb"/Parent (\d+)", found[number])) is not None
    ]
    assert parents == [0, 1, 2, 2, 1, 5, 0]
    for number, body in found.items():
        following = re.search(rb"/Next (\d+)", body)
        if following is not None:
            assert f"/Prev {number} 0 R".encode() in found[int(following[1])]


# what stands on the pages -------------------------------------------------------------------------


def rows_of(sheets: paper.Sheets) -> list[tuple[str, int, int]]:
    """Return the words of every block with the pages it begins and ends on."""
    layout, high = sheets.document.documentLayout(), sheets.document.pageSize().height()
    found = []
    block = sheets.document.begin()
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        found.append((block.text(), int(rect.top() // high), int((rect.bottom() - 1) // high)))
        block = block.next()
    return found


@pytest.mark.parametrize("paper_name", ["A4", "Letter"])
def test_no_row_is_torn_and_every_one_is_there_once(paper_name: paper.Paper) -> None:
    rows = tuple((f"row {i}", str(i), "words " * (i % 40)) for i in range(90))
    made = make_report(blocks=(Table("Long", ("a", "b", "c"), rows, (1,), "the note"),))
    found = rows_of(paper.Sheets(made, paper_name))
    names = [text for text, _, _ in found if text.startswith("row ")]
    assert names == [f"row {i}" for i in range(90)]
    assert all(first == last for _, first, last in found)
    assert [text for text, _, _ in found if text][-1] == "the note"


def test_a_row_longer_than_a_page_is_still_whole() -> None:
    rows = (("one", "x"), ("two", "words " * 4000), ("three", "y"))
    sheets = paper.Sheets(make_report(blocks=(Table("T", ("a", "b"), rows),)), "A4")
    assert sheets.pages >= 4
    told = sheets.document.toPlainText()
    assert told.count("words") == 4000
    assert "three" in told


def test_a_chart_stands_with_its_title_and_words() -> None:
    (picture,) = (b for b in make_report().blocks if isinstance(b, Picture))
    for number in range(26, 44):
        blocks = (*(Paragraph(f"line {i}") for i in range(number)), picture)
        found = rows_of(paper.Sheets(make_report(blocks=blocks), "A4"))
        pages = {page for _, first, last in found[number:] for page in (first, last)}
        assert len(pages) == 1


def test_columns_get_the_room_their_words_need() -> None:
    table = Table("", ("Name", "n"), (("a long name of a thing that is here", "3"),) * 3, (1,))
    first, second = column_shares(table, 2, 490.0)
    assert first + second == pytest.approx(1)
    assert first > 3 * second
    words = "words " * 40
    wide = Table("", ("a", "b", "c"), (("x", words, words),))
    shares = column_shares(wide, 3, 490.0)
    assert shares[1] == pytest.approx(shares[2], abs=0.02)
    assert 0.05 < shares[0] < 0.15


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_any_text_stays_text(text: str) -> None:
    hostile = f"<b>{text}</b> <img src='file:///x'> &amp; javascript:x [a](b)"
    made = paper.pdf(make_report(hostile))
    assert not [word for word in ACTIONS if word in outside_streams(made)]
    told = paper.Sheets(make_report(hostile), "A4").document.toPlainText()
    assert told.count("<img src='file:///x'> &amp; javascript:x") >= 8


def test_odd_blocks_are_written_all_the_same() -> None:
    blocks = (
        Heading(6, "deep"), Table("", (), ()), Table("more cells", ("a",), (("1", "2", "3"), ())),
        Bullets(()), Paragraph(""), Paragraph("warned", "warning"), Paragraph("after", "lead"),
        Heading(2, ""),
    )  # fmt: skip
    assert paper.pdf(make_report(blocks=blocks)).startswith(b"%PDF-")
    assert paper.Sheets(make_report(blocks=()), "Letter").pages == 1


def test_a_drawing_that_acts_is_refused() -> None:
    (picture,) = (b for b in make_report().blocks if isinstance(b, Picture))
    evil = picture.svg.replace("</svg>", "<script>x</script></svg>")
    bad = Picture("x", "x", evil, 10, 10, "x", picture.table)
    with pytest.raises(ValueError, match="script"):
        paper.png(bad)
    with pytest.raises(ValueError, match="script"):
        paper.pdf(make_report(blocks=(bad,)))


def test_a_printer_gets_the_pages_that_were_chosen(tmp_path: Path) -> None:
    sizes = []
    for chosen in (False, True):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{chosen}.pdf"))
        if chosen:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(2, 2)
        paper.print_to(long_report(), printer)
        made = (tmp_path / f"{chosen}.pdf").read_bytes()
        sizes.append(len(re.findall(rb"/Type /Page\n", made)))
    assert sizes == [paper.Sheets(long_report(), "A4").pages, 1]
