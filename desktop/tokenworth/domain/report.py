"""A summary to hand over: what was asked for, and the document every format is made of."""

from typing import Any, Literal

import msgspec

Audience = Literal["me", "manager", "public"]
Format = Literal["pdf", "html", "markdown", "csv", "json", "png"]
SUFFIXES: dict[Format, str] = {
    "pdf": ".pdf", "html": ".html", "markdown": ".md", "csv": ".zip", "json": ".json",
    "png": ".png",
}  # fmt: skip
"""How the files of each format end."""
Section = Literal["got", "burned", "how", "sure", "charts", "comparison", "sessions"]
Paper = Literal["A4", "Letter"]
SECTIONS: tuple[Section, ...] = (
    "got", "burned", "how", "sure", "charts", "comparison", "sessions",
)  # fmt: skip


class Redaction(msgspec.Struct, frozen=True):
    """What is taken out, or replaced by the same made-up name everywhere."""

    projects: bool = False  # "Project A", the same in the whole document
    paths: bool = True  # names of files, folders, branches, of the machine
    titles: bool = False  # "Session 1"
    notes: bool = True  # the person's notes and learned sentences
    money: bool = False


REDACTIONS: dict[Audience, Redaction] = {
    "me": Redaction(paths=False, notes=False),
    "manager": Redaction(),
    "public": Redaction(projects=True, titles=True, money=True),
}
"""What each audience is spared unless the person chooses otherwise."""


class ReportRequest(msgspec.Struct, frozen=True):
    """What is wanted of a report."""

    period: str  # "2026-Q3", or any key of a Span
    compare: str = ""  # another period of the same kind; "" none
    audience: Audience = "manager"
    redaction: Redaction = Redaction()
    sections: tuple[Section, ...] = SECTIONS
    usage: bool = True  # False: "usage left out by choice"
    quoted: tuple[str, ...] = ()  # uids of sessions chosen one by one
    paper: Paper = "A4"


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading; level 1 is the title, 2 a section, 3 a part of one."""

    level: int
    text: str


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """A paragraph of plain text."""

    text: str
    role: Literal["", "lead", "muted", "warning"] = ""


class Bullets(msgspec.Struct, frozen=True, tag="bullets"):
    """A list of plain sentences."""

    items: tuple[str, ...]
    numbered: bool = False


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table of text cells; the first column is a heading of its row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()  # columns aligned to the right, in tabular figures
    note: str = ""


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A chart: an own SVG of so many points, its words, and its numbers as a small table."""

    key: str  # "paired", "attention", "comparison": stable
    title: str
    svg: str  # one <svg> element; no script, no link, no foreign object, no external reference
    width: int  # points
    height: int
    words: str  # the alternative in text
    table: Table


Block = Heading | Paragraph | Bullets | Table | Picture


class DataColumn(msgspec.Struct, frozen=True):
    """One column of a tidy table, for the data dictionary."""

    name: str
    unit: str
    words: str


class DataTable(msgspec.Struct, frozen=True):
    """One tidy table: one row a thing, one column a variable; None is unknown, never 0."""

    name: str  # "weeks", "measures", "sessions", …
    words: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


class OwnString(msgspec.Struct, frozen=True):
    """A string of the person's that will leave with the document, and where it stands in it."""

    kind: Literal["project", "title", "path", "note", "learned", "branch"]
    text: str
    where: str


class Report(msgspec.Struct, frozen=True):
    """The document, redacted and masked already: every format only writes it down."""

    title: str
    language: str  # "en"
    made_on: str  # ISO day: the one line that differs between two exports of the same
    blocks: tuple[Block, ...]
    tables: tuple[DataTable, ...]
    data: dict[str, Any]  # of the JSON export: builtins only
    own_strings: tuple[OwnString, ...]

    @property
    def pictures(self) -> list[Picture]:
        """The charts in it."""
        return [block for block in self.blocks if isinstance(block, Picture)]
