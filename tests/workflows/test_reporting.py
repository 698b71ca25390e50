"""The report over a real store: thirteen points that stay, and nothing that may not leave."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import msgspec
import pytest
from claude_lines import answer, prompt, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import (
    REDACTIONS,
    SECTIONS,
    Audience,
    Bullets,
    Heading,
    Paragraph,
    Redaction,
    Report,
    ReportRequest,
    Section,
    Table,
)
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import SessionQuery
from tokenworth.reports import csvs, html, jsons, markdown
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

DAY = 24 * 60
WEEKS = 13
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROJECT, TITLE, NOTE, LEARNED, FILE = (
    "zephyr-quay", "Mend the heliotrope winch", "brother-in-law asked", "It fails on brass.",
    "capstan.py",
)  # fmt: skip
SECRET = "sk-ant-api03-" + "Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z" * 3
USED = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(4), Minutes.of(1))
MISSED = Tag(Purpose.EXPLORE, Fate.DISCARDED, Minutes.of(3), Minutes.of(0), LEARNED)
POINTS = (
    "self-report by the person concerned",
    "must not be compared between persons",
    "Drawn by chance in",
    "Fingerprint of the random seed",
    "Answers changed once their numbers were shown",
    "Changes made more than 7 days later",
    "sessions looked at",
    "Measures with enough data that are not in this report",
    "Trials: none were run",
    "Asked again after a week (M14)",
    "Still in use after 28 days (M15)",
    "spec v1",
    "list prices of",
    "Last hash of the chain",
    "Made on",
)


class Clock:
    """The time of the story."""

    moment = BEGIN

    def __call__(self) -> int:
        return int(self.moment.timestamp() * 1000)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """13 weeks of two sessions a day, every half-week answered; one session noted and titled."""
    folder = tmp_path_factory.mktemp("quarter")
    for day in range(7 * WEEKS):
        for i in range(2):
            name, at = f"d{day}-{i}", day * DAY + 60 * i
            lines = [
                prompt(name, 0, at, f"{TITLE} {day} {i} {SECRET}"),
                answer(name, 0, at + 2, 90),
            ]
            lines += [prompt(name, 1, at + 4, "More"), answer(name, 1, at + 5, 40 + day)]
            for line in lines:
                line["cwd"] = f"/home/robin/{PROJECT}"
                line["gitBranch"] = "feature/heliotrope"
            write(folder / "history" / f"{name}.jsonl", lines)
    import_files(folder / "store.db", [folder / "history"])
    clock = Clock()
    opened = Library(folder / "store.db", clock=clock)
    for half in range(2 * WEEKS):
        clock.moment = BEGIN + timedelta(days=3.5 * (half + 1) + 0.5)
        queue = opened.queue()
        while queue.undrawn:
            opened.draw(queue.undrawn)
            queue = opened.queue()
        while queue.card is not None:
            tag = MISSED if queue.card.position % 4 == 0 else USED
            opened.answer(queue.card, tag, asked_at=clock(), form_ms=9000)
            queue = opened.queue()
    clock.moment = BEGIN + timedelta(days=7 * WEEKS + 40)
    opened.note(opened.session_ids(SessionQuery())[0], f"{NOTE} {SECRET}")
    yield opened
    opened.close()


def period(library: Library) -> str:
    del library
    return "2026-Q2"


def said(made: Report) -> str:
    """Every text of the document, as the writers are given it."""
    found = [made.title]
    for block in made.blocks:
        if isinstance(block, (Heading, Paragraph)):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += block.items
        elif isinstance(block, Table):
            found += [block.caption, block.note, *block.heads]
            found += [cell for row in block.rows for cell in row]
    return "\n".join(found)


def written(made: Report) -> dict[str, bytes]:
    """The document in every format that needs no Qt."""
    zipped = zipfile.ZipFile(BytesIO(csvs.archive(made)))
    return {
        "html": html.html(made).encode(),
        "markdown": markdown.markdown(made).encode(),
        "json": jsons.document(made).encode(),
        "csv": b"".join(zipped.read(name) for name in zipped.namelist()),
    }


def quoted(library: Library) -> tuple[str, ...]:
    ids = library.session_ids(SessionQuery())[:2]
    return tuple(row.uid for row in library.rows(ids))


def test_a_full_quarter_says_that_it_is_one(library: Library) -> None:
    made = library.report(ReportRequest("2026-Q2", audience="me"))
    assert "The period is a full calendar quarter." in said(made)
    other = library.report(ReportRequest("2026-03-10..2026-05-20", audience="me"))
    assert "The period was chosen by the author." in said(other)


def test_fewer_than_eight_weeks_are_not_handed_over(library: Library) -> None:
    with pytest.raises(Refusal, match="at least 8"):
        library.report(ReportRequest("2026-04", audience="manager"))
    alone = library.report(ReportRequest("2026-04", audience="me"))
    assert "fewer than 8 weeks" in said(alone)


def test_quarters_are_offered_first(library: Library) -> None:
    keys = [span.key for span in library.report_periods()]
    assert keys[:2] == ["2026-Q2", "2026-Q1"]
    assert keys[2:] == ["2026-06", "2026-05", "2026-04", "2026-03"] or keys[2:] == [
        "2026-05", "2026-04", "2026-03",
    ]  # fmt: skip


def test_the_numbers_are_those_of_the_weeks_place(library: Library) -> None:
    made = library.report(ReportRequest("2026-Q2", audience="me"))
    row = next(r for r in library.compare(["2026-Q2"]).rows if r.key == "in_use")
    told = row.cells[0].estimate
    assert told is not None
    assert told.value is not None
    measures = next(table for table in made.tables if table.name == "measures")
    names = [column.name for column in measures.columns]
    (line,) = (r for r in measures.rows if r[names.index("measure")] == "in_use")
    assert line[names.index("value")] == told.value
    assert line[names.index("n")] == told.n


def test_steadiness_tells_how_many_answers_it_rests_on(library: Library) -> None:
    for series in library.compare(["2026-Q2"]).steady:
        weeks = [week for week in library.trend().weeks if week.key in series.keys]
        assert len(weeks) >= 10
        drawn = sum(week.coverage.drawn for week in weeks)
        told = f"They rest on {drawn} answers, drawn by chance, of {14 * len(weeks)} sessions."
        assert series.words.endswith(told)


def test_the_same_request_gives_the_same_bytes(library: Library) -> None:
    request = ReportRequest("2026-Q2", compare="2026-Q1", audience="me", quoted=quoted(library))
    assert written(library.report(request)) == written(library.report(request))


def test_what_leaves_is_listed(library: Library) -> None:
    request = ReportRequest(
        "2026-Q2", audience="me", redaction=REDACTIONS["me"], quoted=quoted(library)
    )
    made = library.report(request)
    listed = {one.text for one in made.own_strings}
    assert PROJECT in listed
    assert any(text.startswith(TITLE) for text in listed)
    assert not any(SECRET in text for text in listed)


SECTION_SETS = st.sets(st.sampled_from(SECTIONS)).map(lambda names: tuple(sorted(names)))
REDACTED = st.builds(
    Redaction, projects=st.booleans(), paths=st.booleans(), titles=st.booleans(),
    notes=st.booleans(), money=st.booleans(),
)  # fmt: skip


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sections=SECTION_SETS, redaction=REDACTED, usage=st.booleans(), compared=st.booleans(),
    audience=st.sampled_from(("me", "manager", "public")),
)  # fmt: skip
def test_the_points_stand_and_nothing_redacted_leaves(
    library: Library, *, sections: tuple[Section, ...], redaction: Redaction, usage: bool,
    compared: bool, audience: Audience,
) -> None:  # fmt: skip
    request = ReportRequest(
        "2026-Q2", compare="2026-Q1" if compared else "", audience=audience, sections=sections,
        redaction=redaction, usage=usage, quoted=quoted(library),
    )  # fmt: skip
    made = library.report(request)
    text = said(made)
    for point in POINTS:
        assert point in text, point
    assert ("Usage left out by choice." in text) == (not usage)
    formats = written(made)
    for name, content in formats.items():
        plain = content.decode()
        if name == "json":
            plain = json.dumps(json.loads(plain), ensure_ascii=False)
        assert SECRET not in plain, name
        for is_out, own in (
            (redaction.projects, PROJECT),
            (redaction.titles, "heliotrope winch"),
            (redaction.notes, "brother-in-law"),
            (redaction.notes, LEARNED),
            (redaction.paths, "feature/heliotrope"),
            (redaction.money or not usage, "USD"),
        ):
            if is_out:
                assert own not in plain, (name, own)
        if not usage:
            assert "ew tokens" not in plain.replace("new tokens a", ""), name
    assert msgspec.json.encode(made.data)
