"""What the cells of Weeks say: the few signs that are shown, and the sentence that stands behind.

A value is dark, its interval grey. Without a value there is the interval alone, or why.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

import msgspec

from tokenworth.domain.comparison import Cell, Comparison, Difference, Row, Span
from tokenworth.domain.estimate import Estimate
from tokenworth.gui import words
from tokenworth.gui.charts.sentences import fate_words, sessions_words, span_words
from tokenworth.gui.units import CONTEXT, Unit, in_row, unit_of
from tokenworth.gui.words import translate

DIFFERS: Final = frozenset({"differs", "differs by"})
"""Words that say no more than that 0 is outside: the number goes on with them."""
TWO: Final = 2


class Run(msgspec.Struct, frozen=True):
    """A few words of one tone."""

    text: str
    is_value: bool = False  # dark; else grey


class Mark(msgspec.Struct, frozen=True):
    """An interval as it is drawn, on the scale all differences of one unit share."""

    low: float
    high: float
    value: float | None
    open_high: bool
    reach: float  # the scale goes from minus this to this


class Shown(msgspec.Struct, frozen=True):
    """One cell: what is painted, and what is read out, copied and told in a tip."""

    runs: tuple[Run, ...] = ()
    under: str = ""  # smaller, below
    sentence: str = ""
    parts: tuple[tuple[str, float], ...] = ()
    mark: Mark | None = None
    is_doubtful: bool = False  # so many were skipped that there is no value: hatched
    is_legend: bool = False

    def text(self) -> str:
        """Return what is painted as one line."""
        return "".join(run.text for run in self.runs)


def tr(text: str) -> str:
    """Return a text of this place in the person's language."""
    return translate(CONTEXT, text)


# Periods ------------------------------------------------------------------------------------------


def days_words(span: Span, today: date) -> str:
    """Return a period's days; the year where it is not this one."""
    first, last = date.fromisoformat(span.first_day), date.fromisoformat(span.last_day)
    return span_words(first, last, year=not first.year == last.year == today.year)


def period_words(span: Span, today: date) -> str:
    """Return a period's name with its days, as its button has it."""
    days = days_words(span, today)
    if ".." in span.key:
        return days
    is_month = "W" not in span.key
    return span.name if is_month and span.whole else f"{span.name} · {days}"


def head_words(span: Span, today: date, *, elapsed: bool) -> tuple[str, str]:
    """Return a period's name and, where it is not whole, what there is of it."""
    if span.whole:
        return span.name, ""
    days = days_words(span, today)
    if elapsed:
        return span.name, tr("{days} only").format(days=days)
    return span.name, tr("{days}, not over yet").format(days=days)


def difference_words(comparison: Comparison) -> str:
    """Return the head of the difference: which against which, how sure, how adjusted."""
    told = tr("Difference")
    if len(comparison.spans) > TWO:
        told = tr("Difference, {last} against {first}").format(
            last=_lowered(comparison.spans[-1].name), first=_lowered(comparison.spans[0].name)
        )
    return ", ".join(part for part in (told, tr("95 %"), comparison.adjusted) if part)


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:] if name.startswith("Week ") else name


def coverage_words(comparison: Comparison) -> list[str]:
    """Return how much was looked at, each period by its name."""
    named = zip(comparison.spans, comparison.coverage_words, strict=False)
    return [
        told if span.name.lower() in told.lower() else f"**{span.name}**: {told}"
        for span, told in named
    ]


def html_of(text: str) -> str:
    """Return words with "**" around what is bold as rich text; all else stays as it is."""
    parts = escape(text).split("**")
    return "".join(f"<b>{part}</b>" if at % 2 else part for at, part in enumerate(parts))


def plain_of(text: str) -> str:
    """Return words without the marks around what is bold."""
    return text.replace("**", "")


# Cells --------------------------------------------------------------------------------------------


def cell_of(row: Row, at: int, comparison: Comparison) -> Shown:
    """Return what the cell of one period shows."""
    cell, unit = row.cells[at], unit_of(row)
    estimate = None if cell.estimate is None else in_row(cell.estimate, row)
    if cell.parts:
        runs: tuple[Run, ...] = (Run(parts_words(cell.parts), is_value=True),)
    else:
        runs = _runs(unit, cell, estimate) or (Run(words.unknown()),)
    told = [f"{row.name}, {comparison.spans[at].name}: {''.join(run.text for run in runs)}."]
    under, is_doubtful = cell.words if cell.parts else "", False
    if under:
        told.append(f"{under[:1].upper()}{under[1:]}.")
    if estimate is not None:
        told += estimate_words(unit, estimate)
        if estimate.is_shown and estimate.skips is not None:
            low, high = sorted(estimate.skips)
            under = tr("skipped ones: {range}").format(range=unit.alone(low, high))
            is_doubtful = estimate.value is None
    return Shown(runs, under, " ".join(told), cell.parts, is_doubtful=is_doubtful)


def _runs(unit: Unit, cell: Cell, estimate: Estimate | None) -> tuple[Run, ...]:
    runs: list[Run] = []
    if estimate is not None:
        runs = _estimate_runs(unit, estimate)
    elif cell.exact is not None:
        runs.append(Run(unit.whole(cell.exact), is_value=True))
        if cell.low is not None and cell.high is not None:
            runs.append(Run(f" ({unit.within(cell.low, cell.high)})"))
    elif cell.low is not None and cell.high is not None:
        range_ = tr("between {low} and {high}")
        runs.append(Run(range_.format(low=unit.bare(cell.low), high=unit.whole(cell.high))))
    if cell.words and (not runs or cell.words != runs[-1].text):
        between = " · " if cell.words[0].isdigit() else " "
        runs.append(Run(f"{between}{cell.words}" if runs else cell.words))
    return tuple(runs)


def _estimate_runs(unit: Unit, estimate: Estimate) -> list[Run]:
    low, high = estimate.low, estimate.high
    if estimate.value is not None and estimate.interval == "complete":
        return [Run(unit.whole(estimate.value), is_value=True), Run(tr(" all asked"))]
    if low is None or high is None:
        reason = estimate.reason or tr("not enough yet: {n} of {least}").format(
            n=words.count(estimate.n), least=words.count(estimate.minimum_n)
        )
        return [Run(reason)]
    if estimate.value is None:
        return [Run(unit.alone(low, high, open_high=estimate.open_high))]
    interval = unit.within(low, high, open_high=estimate.open_high)
    return [Run(unit.whole(estimate.value), is_value=True), Run(f" ({interval})")]


def estimate_words(unit: Unit, estimate: Estimate) -> list[str]:
    """Return sentences on what an estimate rests on."""
    told = []
    if estimate.is_shown and estimate.reason:
        told.append(f"{estimate.reason[:1].upper()}{estimate.reason[1:]}.")
    if estimate.is_shown and estimate.interval != "complete":
        told.append(tr("95 % interval, {method}.").format(method=estimate.interval))
    if estimate.is_shown or estimate.value is not None:
        answers = tr("1 answer") if estimate.n == 1 else tr("{n} answers")
        told.append(
            f"{answers.format(n=words.count(estimate.n))}, {_chosen_words(estimate.chosen)}."
        )
    if estimate.denominator:
        told.append(tr("Of {denominator}.").format(denominator=estimate.denominator))
    if estimate.skips is not None:
        first, last = (unit.whole(part) for part in estimate.skips)
        told.append(
            tr("By how skipped sessions are read: {first} or {last}.").format(
                first=first, last=last
            )
        )
    return told


def _chosen_words(chosen: str) -> str:
    return {
        "drawn": tr("drawn by chance"),
        "everything": tr("all were asked: no sampling interval"),
        "picked": tr("chosen by you"),
    }.get(chosen, tr("none drawn"))


def parts_words(parts: Sequence[tuple[str, float]]) -> str:
    """Return shares by outcome in words: "used 44 %, in part 21 %"."""
    return ", ".join(f"{fate_words(fate)} {words.percent(share)}" for fate, share in parts)


# Differences --------------------------------------------------------------------------------------


def reaches(rows: Sequence[Row]) -> dict[str, float]:
    """Return how far the scale of each unit goes to either side of 0."""
    found: dict[str, float] = {}
    for row in rows:
        told = row.difference
        if told is None or told.exact or told.low is None or told.high is None:
            continue
        ends = [abs(told.low)]
        if told.value is not None:
            ends.append(abs(told.value))
        if not told.open_high:  # an open limit is no limit: its arrow goes to the edge
            ends.append(abs(told.high))
        found[row.unit] = max(found.get(row.unit, 0.0), *ends)
    return found


def difference_of(row: Row, comparison: Comparison, scale: dict[str, float]) -> Shown:
    """Return what the difference's cell of a row shows."""
    told = row.difference
    if told is None:
        return Shown(is_legend=any(cell.parts for cell in row.cells))
    unit = unit_of(row)
    runs = _difference_runs(unit, told, is_exact=all(map(_is_exact, row.cells)))
    mark = None
    if not told.exact and told.low is not None and told.high is not None:
        reach = scale.get(row.unit) or 1.0
        mark = Mark(told.low, told.high, told.value, told.open_high, reach)
    words_ = "" if told.words in DIFFERS else told.words
    if not runs:
        runs, words_ = ((Run(words_),) if words_ else (Run(words.DASH),)), ""
    return Shown(runs, words_, _difference_sentence(row, comparison, runs, words_), mark=mark)


def _is_exact(cell: Cell) -> bool:
    """Whether a cell's number is the whole truth: read in one way, with nothing left out."""
    return cell.low is None and not cell.words


def _difference_runs(unit: Unit, told: Difference, *, is_exact: bool) -> tuple[Run, ...]:
    if told.exact:
        if told.value is None:
            return ()
        value = unit.bare(told.value, plus=True) + unit.apart
        runs = [Run(value, is_value=True), *([Run(tr(" exact"))] if is_exact else [])]
        return tuple(runs)
    if told.low is None or told.high is None:
        return ()
    interval = _span_of(unit, told.low, told.high, open_high=told.open_high)
    if told.value is None:
        return () if told.words else (Run(interval + unit.apart),)
    runs = [Run(unit.bare(told.value), is_value=True), Run(f" ({interval}){unit.apart}")]
    if told.words in DIFFERS:
        runs.insert(0, Run(tr("differs by ")))
    return tuple(runs)


def _span_of(unit: Unit, low: float, high: float, *, open_high: bool) -> str:
    template = tr("{low} to over {high}") if open_high else tr("{low} to {high}")
    return template.format(low=unit.bare(low), high=unit.bare(high))


def _difference_sentence(row: Row, comparison: Comparison, runs: Sequence[Run], words_: str) -> str:
    said = "".join(run.text for run in runs)
    which = tr("{name}, difference of {last} against {first}: {said}.").format(
        name=row.name, last=comparison.spans[-1].name, first=comparison.spans[0].name, said=said
    )
    told = [which]
    difference = row.difference
    if difference is not None and not difference.exact and difference.low is not None:
        told.append(", ".join(part for part in (tr("95 % interval"), comparison.adjusted) if part))
        told[-1] += "."
        if difference.value is None and difference.high is not None:
            unit = unit_of(row)
            interval = _span_of(
                unit, difference.low, difference.high, open_high=difference.open_high
            )
            told.append(f"{interval}{unit.apart}.")
    if words_:
        told.append(f"{words_[:1].upper()}{words_[1:]}.")
    return " ".join(told)


def sessions_tip(span: Span, sessions: int) -> str:
    """Return what a click on a period's head does."""
    return tr("Show the {sessions} of {name}").format(
        sessions=sessions_words(sessions), name=_lowered(span.name)
    )
