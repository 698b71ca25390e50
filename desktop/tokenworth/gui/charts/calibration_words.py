"""What the calibration says: the names of its estimates, its sentences, its table."""

from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.trending import Calibration, Judgement
from tokenworth.domain.views import SessionQuery
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts import estimates
from tokenworth.gui.charts.sentences import Line, tr

SECTIONS: Final = ("forecasts", "reliability", "durability", "exploration", "skill", "others")
DOTTED: Final = ("forecasts", "reliability")
"""Sections whose pairs are drawn as points: minutes both."""
IN_USE: Final = ("durability", "skill", "others")
ANSWERED: Final = ("reliability", "exploration")
MOST_WORDS: Final = 6


def section(calibration: Calibration, name: str) -> Judgement:
    """Return a section by its name."""
    found: Judgement = getattr(calibration, name)
    return found


def is_empty(calibration: Calibration) -> bool:
    """Whether there is nothing at all: no estimate, no words, no answer."""
    sections = [section(calibration, name) for name in SECTIONS]
    return not any(one.estimates or one.words or one.points for one in sections)


def known_names() -> dict[str, str]:
    """Return the names of estimates by key."""
    return {
        "bias": tr("actual to forecast"),
        "spread": tr("spread, fold"),
        "within_25": tr("within 25 %"),
        "within_factor_2": tr("within twofold"),
        "over": tr("took longer"),
        "in_range": tr("in the told range"),
        "slope": tr("slope of the logs"),
        "order": tr("rank correlation"),
        "fate": tr("outcome, kappa"),
        "same_fate": tr("same outcome"),
        "purpose": tr("why, kappa"),
        "by_hand": tr("by hand, ICC"),
        "by_hand_ratio": tr("by hand, fold"),
        "still_in_use": tr("still in use"),
        "kept_then_used": tr("kept, then used"),
        "learned_declared": tr("learned, declared"),
        "learned_undeclared": tr("learned, undeclared"),
        "used_declared": tr("used, declared"),
        "used_undeclared": tr("used, undeclared"),
        "opaque": tr("could not explain"),
        "stretch": tr("new, can explain"),
        "others": tr("took others’ time"),
    }


def estimate_name(estimate: Estimate) -> str:
    """Return what an estimate is of; of a trial's arm with the arm."""
    names = known_names()
    if estimate.key in names:
        return names[estimate.key]
    for key in sorted(names, key=len, reverse=True):
        if estimate.key.startswith(f"{key}_"):
            arm = estimate.key.removeprefix(f"{key}_").replace("_", " ")
            return f"{names[key]}, {arm}"
    return estimate.key.replace("_", " ")


def shown_words(judgement: Judgement) -> list[str]:
    """Return a section's sentences, and what is missing where they do not say it."""
    told = [estimates.dressed(text) for text in judgement.words if text]
    if not any(one.is_shown for one in judgement.estimates):
        for one in judgement.estimates:
            reason = estimates.value_words(one)
            if not any(reason in text for text in told):
                told.append(reason)
    return [f"{text[:1].upper()}{text[1:]}" for text in told]


def brief_words(judgement: Judgement) -> list[str]:
    """Return the first sentences of a section, and how many more there are."""
    told = shown_words(judgement)
    more = len(told) - MOST_WORDS
    if more <= 0:
        return told
    text = tr("{count} more in the table.").format(count=words.count(more))
    return [*told[:MOST_WORDS], text]


def section_lines(judgement: Judgement) -> list[Line]:
    """Return the read-out of a section."""
    return estimates.broken(brief_words(judgement))


def section_text(judgement: Judgement) -> str:
    """Return a section in sentences with its numbers."""
    said = [f"{judgement.title}."]
    said += [
        text if text.endswith((".", "!", "?")) else f"{text}." for text in shown_words(judgement)
    ]
    said += [
        estimates.sentence_of(estimate_name(one), one)
        for one in judgement.estimates
        if one.is_shown
    ]
    return " ".join(said)


def axis_names(name: str) -> tuple[str, str]:
    """Return what is across and what is up in a section's points."""
    if name == "forecasts":
        return tr("forecast"), tr("actual")
    return tr("first answer"), tr("second answer")


def dots_words(name: str, number: int) -> str:
    """Return the words beside the points."""
    told = {
        "forecasts": tr("{count} forecasts, in minutes, on log axes. On the line: as forecast."),
        "reliability": tr(
            "{count} by-hand times told twice, in minutes, on log axes. On the line: the same."
        ),
    }[name]
    return told.format(count=words.count(number))


def query_of(name: str) -> SessionQuery | None:
    """Return the sessions a section is about, as far as a search can name them."""
    if name in IN_USE:
        return SessionQuery(fates=("u", "p"))
    if name in ANSWERED:
        return SessionQuery(fates=("u", "p", "k", "d", "a"))
    return None


def table_of(calibration: Calibration) -> Table:
    """Return every estimate, sentence and pair."""
    heads = (
        tr("section"),
        tr("what"),
        tr("unit"),
        tr("value"),
        tr("low"),
        tr("high"),
        tr("answers"),
        tr("at least"),
        tr("of"),
        tr("why not"),
    )
    rows: list[tuple[Cell, ...]] = []
    for name in SECTIONS:
        found = section(calibration, name)
        rows += [
            (
                found.title,
                estimate_name(one),
                one.unit,
                one.value,
                one.low,
                one.high,
                one.n,
                one.minimum_n,
                one.denominator or None,
                estimates.dressed(one.reason) or None,
            )
            for one in found.estimates
        ]
        blank = (None,) * 8
        rows += [(found.title, estimates.dressed(text), *blank) for text in found.words]
        if name in DOTTED:
            across, up = axis_names(name)
            rows += [
                (found.title, f"{across}, {up}", tr("min"), None, x, y, *blank[:4])
                for x, y in found.points
                if any(one.is_shown for one in found.estimates)
            ]
    return Table(heads, tuple(rows))
