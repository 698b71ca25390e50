"""The report itself: what it always says, then what was got and burned, how, and how sure."""

from collections.abc import Sequence

from tokenworth.domain.report import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)
from tokenworth.domain.tag import FATE_WORDS, PURPOSE_WORDS, Fate, Purpose
from tokenworth.reports import tables, weeks
from tokenworth.reports.facts import Facts, Part, Quoted
from tokenworth.reports.points import always, left_out, third_person, told_of
from tokenworth.reports.redacting import Redactor
from tokenworth.reports.text import minutes, money, share, tokens

LANGUAGE = "en"
NOT_FOR_OTHERS = ("Learned:", "You rely on these")
"""What judgements say of single sessions: these are quoted only if chosen one by one."""
TITLE = "What came of AI use"


def build(facts: Facts, pictures: Sequence[Picture] = ()) -> Report:
    """Return the document of what is known, as asked for, redacted."""
    redactor = Redactor(facts.request.redaction, [part.name for part in facts.projects])
    wanted = facts.request.sections
    blocks: list[Block] = [
        Heading(1, TITLE),
        Paragraph(_period(facts), "lead"),
        *always(facts),
    ]
    parts: dict[Section, list[Block]] = {
        "got": _got(facts),
        "burned": _burned(facts),
        "how": _how(facts, redactor),
        "sure": _sure(facts),
        "charts": [Heading(2, "Charts"), *pictures] if pictures else [],
        "comparison": _comparison(facts),
        "sessions": _sessions(facts, redactor),
    }
    for name in ("got", "burned", "charts", "comparison", "how", "sure", "sessions"):
        if name in wanted:
            blocks += parts[name]
    blocks += left_out(facts)
    data_tables = tables.all_of(facts, redactor)
    return Report(
        title=f"{TITLE}: {facts.span.name}",
        language=LANGUAGE,
        made_on=facts.made_on,
        blocks=tuple(blocks),
        tables=data_tables,
        data=tables.data_of(facts, data_tables),
        own_strings=tuple(dict.fromkeys(redactor.left)),
    )


def _period(facts: Facts) -> str:
    days = f"{facts.span.first_day} to {facts.span.last_day}"
    whole = "" if facts.span.whole else "; it is not over"
    return f"{facts.span.name}, {days}{whole}."


# got and burned -----------------------------------------------------------------------------------


def _rows(facts: Facts, group: str) -> tuple[tuple[str, ...], ...]:
    """Return a group's rows: name, number with its interval, what it rests on."""
    found = []
    for row in facts.comparison.rows:
        if row.group == group and facts.may_show(row):
            one = row.cells[-1]
            text = weeks.cell(one, row.unit).replace("\n", "; ").replace("\xa0", " ")
            found.append((weeks.title(row), text, weeks.ground(one.estimate)))
    return tuple(found)


def _got(facts: Facts) -> list[Block]:
    heads = ("Measure", "Value (95 % interval)", "Rests on")
    told = facts.told_range
    net = next(row for row in facts.comparison.rows if row.key == "net").cells[-1].estimate
    blocks: list[Block] = [
        Heading(2, "Got"),
        Table("What came of the time", heads, _rows(facts, "Got"), numeric=(1,)),
    ]
    if net is not None and net.is_shown and told is not None:
        low, high = (minutes(end) for end in told)
        blocks.append(
            Paragraph(
                "Net time is as told by the person, never without its range: at the worst and best "
                f"ends of what was told it would be {low} to {high} a week."
            )
        )
    return blocks


def _burned(facts: Facts) -> list[Block]:
    if not facts.request.usage:
        return [Heading(2, "Burned"), Paragraph("Usage left out by choice.")]
    used = facts.usage
    classes = (
        ("Fresh input", used.input),
        ("Written to cache, 5 minutes", used.cache_write_5m),
        ("Written to cache, 1 hour", used.cache_write_1h),
        ("Read from cache", used.cache_read),
        ("Output", used.output),
    )
    in_use = next(row for row in facts.comparison.rows if row.key == "in_use")
    beside = weeks.cell(in_use.cells[-1], in_use.unit).replace("\n", "; ").replace("\xa0", " ")
    blocks: list[Block] = [
        Heading(2, "Burned"),
        Paragraph(f"Beside what was got: in use, share of attention: {beside}. "
                  f"{told_of(facts, facts.coverage_words)}", "muted"),
        Table("Tokens, exact", ("Measure", "Value"),
              tuple((name, value) for name, value, _ in _rows(facts, "Burned")),
              numeric=(1,)),
        Table("Tokens by class", ("Class", "Tokens"),
              tuple((name, tokens(number)) for name, number in classes), numeric=(1,),
              note="Recorded by the tools; estimates are kept apart."),
    ]  # fmt: skip
    if facts.request.redaction.money:
        blocks.append(Paragraph("Money left out by choice.", "muted"))
    return blocks


# how ----------------------------------------------------------------------------------------------


def _how(facts: Facts, redactor: Redactor) -> list[Block]:
    rows = tuple((name, value) for name, value, _ in _rows(facts, "How"))
    blocks: list[Block] = [
        Heading(2, "How"),
        Table("Time and sessions", ("Measure", "Value"), rows, numeric=(1,)),
    ]
    projects = [(redactor.project(part.name, "How: projects"), part) for part in facts.projects]
    for caption, parts in (
        ("By project", projects),
        ("By tool", [(part.name, part) for part in facts.sources]),
        ("By model", [(part.name, part) for part in facts.models]),
    ):
        if parts:
            blocks.append(_parts(facts, caption, parts))
    return blocks


def _parts(facts: Facts, caption: str, parts: Sequence[tuple[str, Part]]) -> Table:
    """Return a table of attention, coverage and outcome; counts only beside them."""
    usage, paid = facts.request.usage, not facts.request.redaction.money
    heads = ["", "Attention", "Sessions", "Looked at", "In use, of that"]
    heads += ["New tokens"] * usage + ["List price"] * (usage and paid)
    rows = []
    for name, part in parts:
        used = part.usage
        new = [used.input, used.cache_write_5m, used.cache_write_1h, used.output]
        known = [number for number in new if number is not None]
        cells = [
            name, minutes(used.attention_min), str(used.sessions),
            share(used.tagged_attention_share), share(used.in_use_attention_share),
        ]  # fmt: skip
        cells += [tokens(sum(known) if known else None)] * usage
        cells += [money(used.cost_usd)] * (usage and paid)
        rows.append(tuple(cells))
    return Table(
        caption, tuple(heads), tuple(rows), numeric=tuple(range(1, len(heads))),
        note="Looked at: share of attention; tags here include those given by choice, which stand "
        "for themselves only.",
    )  # fmt: skip


def _sure(facts: Facts) -> list[Block]:
    found = facts.judgements
    blocks: list[Block] = [Heading(2, "How sure")]
    blocks.append(
        Table("How much was looked at", ("Measure", "Value"),
              tuple((name, value) for name, value, _ in _rows(facts, "How sure")), numeric=(1,))
    )  # fmt: skip
    for judged in (
        found.reliability, found.durability, found.exploration, found.skill, found.others,
        found.forecasts,
    ):  # fmt: skip
        said = [words for words in judged.words if not words.startswith(NOT_FOR_OTHERS)]
        told = tuple(third_person(_capital(words)) for words in said)
        blocks += [Heading(3, third_person(judged.title)), Bullets(told)]
    blocks.append(Heading(3, "Tokens against value"))
    blocks.append(Bullets((_capital(facts.relation.words), *facts.relation.notes)))
    return blocks


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _comparison(facts: Facts) -> list[Block]:
    found = facts.comparison
    if len(found.spans) < 2:  # noqa: PLR2004 -- nothing to set beside
        return []
    usage = facts.request.usage
    rows = tuple(
        (
            weeks.title(row),
            *(weeks.cell(one, row.unit).replace("\n", "; ").replace("\xa0", " ")
              for one in row.cells),
            weeks.difference(row).replace("\n", "; ").replace("\xa0", " "),
        )
        for row in found.rows
        if facts.may_show(row)
    )  # fmt: skip
    head = f"Difference, 95 %{', ' if found.adjusted else ''}{found.adjusted}"
    sentence = found.sentence.replace("**", "")
    if not usage:
        sentence = sentence.partition(". ")[2]
    return [
        Heading(2, "Side by side"),
        *([Paragraph(sentence, "lead")] if sentence else []),
        Bullets(tuple(
            f"{span.name}: {told_of(facts, words)}"
            for span, words in zip(found.spans, found.coverage_words, strict=True)
        )),
        Table("Periods side by side", ("", *(span.name for span in found.spans), head), rows,
              numeric=tuple(range(1, len(found.spans) + 1))),
        Bullets(found.notes),
    ]  # fmt: skip


# sessions -----------------------------------------------------------------------------------------


def _sessions(facts: Facts, redactor: Redactor) -> list[Block]:
    if not facts.quoted:
        return []
    blocks: list[Block] = [
        Heading(2, "Sessions chosen by the author"),
        Paragraph("Chosen one by one; they stand for themselves only.", "muted"),
    ]
    for one in facts.quoted:
        title = redactor.title(one.row.title, "Sessions")
        blocks += [Heading(3, title), Bullets(tuple(_said(one, redactor)))]
    return blocks


def _said(one: Quoted, redactor: Redactor) -> list[str]:
    row = one.row
    said = [f"Project: {redactor.project(row.project, 'Sessions')}"]
    if row.purpose:
        said.append(f"Why: {PURPOSE_WORDS[Purpose(row.purpose)]}")
    outcome = FATE_WORDS[Fate(row.fate)] if row.fate else "not looked at"
    said.append(f"Outcome: {outcome}")
    if row.value_min is not None:
        said.append(f"Value, as told: {minutes(row.value_min)}")
    said.append(f"Evidence: {one.evidence}")
    for name, text in (
        ("Branch", redactor.path(one.branch, "Sessions")),
        ("Files", ", ".join(filter(None, (redactor.path(f, "Sessions") for f in one.files)))),
        ("Learned", redactor.note(one.learned, "Sessions", "learned")),
        ("Note", redactor.note(one.note, "Sessions")),
    ):
        if text:
            said.append(f"{name}: {text}")
    return said
