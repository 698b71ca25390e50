"""A made-up report with every kind of block."""

from typing import Any

import msgspec

from tokenworth.domain.report import (
    Bullets,
    DataColumn,
    DataTable,
    Heading,
    OwnString,
    Paragraph,
    Picture,
    Report,
    Table,
)

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40" viewBox="0 0 100 40">'
    '<rect x="1" y="2" width="30" height="20" fill="#0b7a75"/><text x="5" y="35">W07</text></svg>'
)


def make_report(text: str = "harbour", **changes: Any) -> Report:
    """Return a report in which every field of text is ``text`` with something around it."""
    table = Table(
        f"Table of {text}", ("", "Value", f"Note {text}"),
        ((f"Row {text}", "65 % (44–81)", text), (text, "12", "")), numeric=(1,), note=f"As {text}",
    )  # fmt: skip
    made = Report(
        title=f"What came of {text}",
        language="en",
        made_on="2026-11-23",
        blocks=(
            Heading(1, f"Title {text}"),
            Paragraph(text, "lead"),
            Heading(2, text),
            Paragraph(f"Words of {text}", "warning"),
            Bullets((text, f"- {text}")),
            Bullets((text,), numbered=True),
            Heading(3, f"Part {text}"),
            table,
            Picture("paired", f"Chart {text}", DRAWING, 100, 40, f"In words: {text}", table),
            Paragraph("Made on 2026-11-23", "muted"),
        ),
        tables=(
            DataTable(
                "measures", f"measures of {text}",
                (DataColumn("name", "words", text), DataColumn("value", "share", "")),
                ((text, 0.65), (f"={text}", None), ("-3", -3)),
            ),
        ),
        data={"words": text},
        own_strings=(OwnString("project", text, "How"),),
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes) if changes else made
