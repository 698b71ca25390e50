"""The thirteen points a report always makes (spec v1, 8). None can be taken out."""

import re

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.report import Block, Bullets, Heading, Paragraph
from tokenworth.domain.tag import SPEC
from tokenworth.reports.facts import Facts
from tokenworth.reports.text import minutes

SELF_REPORT = "This is a self-report by the person concerned."
TARGETS = (
    "Figures used as targets stop measuring. These must not be compared between persons, nor used "
    "as a target."
)
CHOSEN = "The period was chosen by the author."
SHORT_WEEKS = 8
PERSONS = (
    (re.compile(r"\byour own\b"), "the author's own"),
    (re.compile(r"\byour\b"), "the author's"),
    (re.compile(r"\byou (rely|know)\b"), r"the author \1s"),
    (re.compile(r"\byou\b"), "the author"),
    (re.compile(r"\bYou\b"), "The author"),
    (re.compile(r"relys"), "relies"),
)
NOT_MEASURED = "not yet measured"


def always(facts: Facts) -> list[Block]:
    """Return what stands above all numbers: who, when, how chosen, how much was looked at."""
    quarter = "The period is a full calendar quarter." if facts.is_quarter else CHOSEN
    short = (
        f" It has fewer than {SHORT_WEEKS} weeks, which is too short for a summary to hand over."
        if len(facts.weeks) < SHORT_WEEKS
        else ""
    )
    return [
        Heading(2, "What this is"),
        Paragraph(f"{SELF_REPORT} {quarter}{short}"),
        Paragraph(TARGETS, "warning"),
        Heading(2, "How much was looked at"),
        Paragraph(told_of(facts, facts.coverage_words)),
        Heading(3, "How sessions were chosen"),
        Bullets(tuple(_chosen(facts))),
    ]


def _chosen(facts: Facts) -> list[str]:
    told = facts.drawing
    seed = facts.seed_fingerprint or "none yet: nothing was drawn"
    drawn = f"Drawn by chance in {told.halves_drawn} of {told.halves} half-weeks with sessions"
    picked = f"{told.take_all} tagged or swept before the draw (of these {told.swept} swept)"
    said = [
        f"{drawn}, with chances that follow attention, cost and number; never drawn again.",
        f"Answered: {told.drawn} drawn, {picked}, {told.volunteered} volunteered (never used).",
        f"Skipped or not recalled: {told.skipped}. Late: {told.late}.",
        f"Fingerprint of the random seed (SHA-256): {seed}",
    ]
    share = f"{100 * told.changed / told.answers:.0f} %" if told.answers else "none yet"
    said.append(
        f"Answers changed once their numbers were shown: {share}"
        + (f", moving net time by {minutes(told.changed_min)}" if told.changed else "")
        + f"; estimates use the first answer. Changes made more than 7 days later: "
        f"{told.late_edits}."
    )
    return said


def left_out(facts: Facts) -> list[Block]:
    """Return what stands below all numbers: what is missing, trials, versions, the chain."""
    found = facts.judgements
    measured = [
        ("Asked again after a week (M14)", found.reliability.estimates),
        ("Still in use after 28 days (M15)", found.durability.estimates),
    ]
    said = [
        f"{name}: {'measured, above or available' if _any(estimates) else NOT_MEASURED}."
        for name, estimates in measured
    ]
    if "sure" in facts.request.sections:
        said = [words.replace(", above or available", ", see How sure") for words in said]
    missing = _unused(facts)
    return [
        Heading(2, "What was left out"),
        Bullets(
            (
                f"Measures with enough data that are not in this report: {missing}.",
                "No session of the period was left out of any total.",
                "Trials: none were run.",
                *said,
                *([] if facts.request.usage else ["Usage left out by choice."]),
                *(["Money left out by choice."] if facts.request.redaction.money else []),
                _taken_out(facts),
            )
        ),
        Heading(2, "Versions"),
        Bullets(
            (
                (
                    f"Measured after {SPEC}; list prices of {facts.prices_date}; energy is not "
                    "measured, so no grid table was used."
                ),
                (
                    f"Last hash of the chain of answers: {facts.last_hash or 'no answers yet'}. It "
                    "shows tampering to its owner; it cannot prove honesty."
                ),
                f"Days are those of {facts.zone}.",
            )
        ),
        Paragraph(f"Made on {facts.made_on}", "muted"),
    ]


def _any(estimates: tuple[Estimate, ...]) -> bool:
    return any(one.is_shown for one in estimates)


def _unused(facts: Facts) -> str:
    """Return which measures had enough data but are in no section that is shown."""
    found = facts.judgements
    by_section: list[tuple[str, str, bool]] = [
        ("got", "where attention went, net time, after-work",
         any(row.cells[-1].estimate is not None and row.cells[-1].estimate.is_shown
             for row in facts.comparison.rows)),
        ("sure", "asked again after a week", _any(found.reliability.estimates)),
        ("sure", "still in use after 28 days", _any(found.durability.estimates)),
        ("sure", "exploring", _any(found.exploration.estimates)),
        ("sure", "what is relied on and could not be explained", _any(found.skill.estimates)),
        ("sure", "others' time", _any(found.others.estimates)),
        ("sure", "forecasts", _any(found.forecasts.estimates)),
        ("sure", "tokens against value", facts.relation.partial.is_shown),
    ]  # fmt: skip
    names = [
        name for section, name, enough in by_section
        if enough and section not in facts.request.sections
    ]  # fmt: skip
    return ", ".join(names) or "none"


def _taken_out(facts: Facts) -> str:
    redaction = facts.request.redaction
    named = [
        name
        for is_out, name in (
            (redaction.projects, "project names"),
            (redaction.titles, "titles"),
            (redaction.paths, "names of files and branches"),
            (redaction.notes, "notes"),
            (redaction.money, "money"),
        )
        if is_out
    ]
    return f"Taken out or replaced by made-up names: {', '.join(named) or 'nothing'}."


def third_person(words: str) -> str:
    """Return words that speak to the person as words about the author."""
    for ours, theirs in PERSONS:
        words = ours.sub(theirs, words)
    return words


def told_of(facts: Facts, words: str) -> str:
    """Return the words of coverage as they may leave."""
    if facts.request.redaction.money or not facts.request.usage:
        words = without_money(words)
    return third_person(words)


def without_money(words: str) -> str:
    """Return the words of coverage without what they say of dollars."""
    head, mark, rest = words.partition(" attention minutes, ")
    if not mark or " USD at list price" not in rest:
        return words
    return f"{head} attention minutes{rest.partition(' USD at list price')[2]}"
