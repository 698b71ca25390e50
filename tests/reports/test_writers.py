"""HTML, Markdown, CSV and JSON: the same document, and nothing in it that acts."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import msgspec
import pytest
from hostile import hostile
from made_report import DRAWING, make_report

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import Heading, Picture
from tokenworth.reports import csvs, html, jsons, markdown
from tokenworth.reports.inert import FORMULA, cell, inert

ACTIVE = {
    "script", "a", "img", "iframe", "object", "embed", "form", "input", "link", "base", "button",
    "foreignobject", "use", "image", "animate",
}  # fmt: skip


class Seen(HTMLParser):
    """Notes every element and attribute, the text, and the levels of headings."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []
        self.words: list[str] = []
        self.levels: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag == "style"
        if tag in ACTIVE or any(name.startswith("on") or name == "href" for name, _ in attrs):
            self.active.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_endtag(self, _tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.words.append(data)


def seen(text: str) -> Seen:
    found = Seen()
    found.feed(text)
    return found


@hostile
def test_html_holds_nothing_active_and_all_its_words(text: str) -> None:
    found = seen(html.html(make_report(text)))
    assert found.active == []
    assert inert(f"Words of {text}") in found.words


def test_html_is_one_accessible_file() -> None:
    text = html.html(make_report())
    found = seen(text)
    assert text.count("Made on 2026-11-23") == 1
    metas = [attributes for tag, attributes in found.tags if tag == "meta"]
    assert any("default-src 'none'" in (m.get("content") or "") for m in metas)
    assert found.levels == [1, 2, 3]
    assert found.tags[0] == ("html", {"lang": "en"})
    names = [tag for tag, _ in found.tags]
    assert names.count("table") == names.count("caption") == 2
    assert all(a.get("scope") in ("col", "row") for tag, a in found.tags if tag == "th")
    (drawing,) = (a for tag, a in found.tags if tag == "svg")
    assert drawing["role"] == "img"
    assert "In words: harbour" in (drawing["aria-label"] or "")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>", '<image href="file:///x"/>', "<foreignObject/>",
        '<rect onclick="x"/>', '<rect style="fill:url(http://a)"/>', '<a href="x"/>',
        '<rect fill="url(http://a.example/x)"/>',
    ],
)  # fmt: skip
def test_a_drawing_that_may_act_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match="drawing"):
        html.checked(DRAWING.replace("</svg>", f"{inside}</svg>"))


def test_a_drawing_with_entities_is_refused() -> None:
    with pytest.raises(ValueError, match="drawing"):
        html.checked('<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING)


@hostile
def test_markdown_holds_no_mark_of_a_persons(text: str) -> None:
    made = markdown.text(text)
    assert "\n" not in made
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", made.replace("&#8203;", ""))
    assert not set(bare) & set("<>[]()`*_#|!~")
    assert not re.search(r"(?i)\b(https?|www|mailto)(\\?:|\\?\.)", made)
    back = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", made.replace("&#8203;", ""))
    assert back == inert(text)


def test_markdown_has_charts_as_tables() -> None:
    made = markdown.markdown(make_report())
    assert made.count("| --- | ---: | --- |") == 2
    assert "### Chart harbour" in made
    assert "<svg" not in made


@hostile
def test_csv_has_no_formula_and_keeps_numbers(text: str) -> None:
    zipped = zipfile.ZipFile(io.BytesIO(csvs.archive(make_report(text))))
    rows = list(csv.reader(io.StringIO(zipped.read("measures.csv").decode(), newline="")))
    assert rows[1] == [cell(text), "0.65"]
    assert rows[2][1] == ""
    assert rows[3] == ["'-3", "-3"]
    for row in rows:
        assert row[0][:1] not in FORMULA or not row[0]


def test_the_zip_is_the_same_each_time_and_explains_itself() -> None:
    made = csvs.archive(make_report())
    assert made == csvs.archive(make_report())
    zipped = zipfile.ZipFile(io.BytesIO(made))
    assert zipped.namelist() == ["README.txt", "dictionary.csv", "measures.csv"]
    assert {member.date_time for member in zipped.infolist()} == {csvs.FIXED}
    dictionary = zipped.read("dictionary.csv").decode().splitlines()
    assert dictionary[:3] == [
        "table,column,unit,words", "measures,,,measures of harbour", "measures,name,words,harbour",
    ]  # fmt: skip
    assert "Made on 2026-11-23" in zipped.read("README.txt").decode()


@hostile
def test_json_reads_back(text: str) -> None:
    made = jsons.document(msgspec.structs.replace(make_report(text), data={}))
    assert not set("<>&") & set(made)
    found = jsons.read(made)
    assert found.tables["measures"].rows[0] == [inert(text), 0.65]
    assert found.tables["measures"].rows[1][1] is None
    assert found.made_on == "2026-11-23"


def test_json_of_others_is_refused() -> None:
    made = jsons.document(make_report())
    for wrong in ("", "{}", made[:-9], json.dumps(json.loads(made) | {"format": "x"})):
        with pytest.raises(Refusal):
            jsons.read(wrong)
    with pytest.raises(Refusal, match="newer"):
        jsons.read(json.dumps(json.loads(made) | {"version": 2}))


def test_every_writer_takes_a_report_without_charts() -> None:
    bare = make_report(blocks=(Heading(1, "Alone"),), tables=())
    assert not [block for block in bare.blocks if isinstance(block, Picture)]
    assert "Alone" in html.html(bare)
    assert markdown.markdown(bare) == "# Alone\n"
    assert jsons.read(jsons.document(bare)).tables == {}
    assert zipfile.ZipFile(io.BytesIO(csvs.archive(bare))).namelist() == [
        "README.txt", "dictionary.csv",
    ]  # fmt: skip
