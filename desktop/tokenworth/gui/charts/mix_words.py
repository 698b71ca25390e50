"""What the weeks of attention say, with M3's headline shares and their intervals."""

from collections.abc import Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.tag import PURPOSE_WORDS
from tokenworth.domain.trending import MixWeek
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts import estimates
from tokenworth.gui.charts.bars import ORDER
from tokenworth.gui.charts.mix_layout import (
    UNSEEN,
    Segment,
    all_minutes,
    fate_minutes,
    purposes_of,
    seen_minutes,
)
from tokenworth.gui.charts.sentences import Line, fate_words, tr

FIRST: Final = "in_use"


def week_name(key: str) -> str:
    """Return a week's short name: "W7"."""
    return "W" + key.partition("-W")[2].lstrip("0")


def purpose_words(key: str) -> str:
    """Return what a purpose is called."""
    known = {purpose.value: text for purpose, text in PURPOSE_WORDS.items()}
    return fate_words(UNSEEN) if key == UNSEEN else known.get(key, key or words.unknown())


def share_name(key: str) -> str:
    """Return what a headline share is of."""
    return {
        "in_use": tr("in use"),
        "kept": tr("kept, not in use"),
        "thrown_away": tr("thrown away"),
        "explore": tr("to find something out"),
        "show": tr("for show"),
        "show_in_use": tr("for show, but in use"),
    }.get(key, key.replace("_", " "))


def looked_at(week: MixWeek) -> float | None:
    """Return the share of attention that was looked at; None where there was none."""
    whole = all_minutes(week)
    return seen_minutes(week) / whole if whole > 0 else None


def looked_at_words(week: MixWeek) -> str:
    """Return how much was looked at: "310 of 690 attention minutes, 45 %"."""
    told = tr("{seen} of {whole} attention minutes, {share}")
    return told.format(
        seen=words.count(round(seen_minutes(week))),
        whole=words.count(round(all_minutes(week))),
        share=words.percent(looked_at(week)),
    )


def headline(week: MixWeek) -> Estimate | None:
    """Return M3's first share."""
    return next((one for one in week.shares if one.key == FIRST), None)


def week_lines(week: MixWeek) -> list[Line]:
    """Return the read-out of a week: coverage first, then minutes, then the shares."""
    if all_minutes(week) <= 0:
        return [Line("", tr("no attention recorded"), "")]
    found = [Line("", tr("looked at"), looked_at_words(week))]
    found += [
        Line(fate, fate_words(fate), words.minutes(minutes))
        for fate in reversed(ORDER)
        if (minutes := week.unseen if fate == UNSEEN else fate_minutes(week, fate)) > 0
    ]
    return found + share_lines(week)


def share_lines(week: MixWeek) -> list[Line]:
    """Return M3's shares; what they rest on once, under the first."""
    shown = [one for one in week.shares if one.is_shown]
    if not shown:
        first = headline(week)
        if first is None:
            return []
        return [Line("", share_name(first.key), estimates.value_words(first))]
    found = [Line("", share_name(one.key), estimates.value_words(one)) for one in shown]
    return found + estimates.lines_of("", shown[0])[1:]


def segment_lines(week: MixWeek, segment: Segment) -> list[Line]:
    """Return the read-out of one part of a bar."""
    whole = all_minutes(week)
    found = [
        Line(segment.fate, fate_words(segment.fate), words.minutes(segment.minutes)),
        Line("", tr("of the week’s attention"), words.percent(segment.minutes / whole)),
        Line("", tr("looked at"), looked_at_words(week)),
    ]
    first = headline(week)
    if first is None:
        return found
    return found + estimates.lines_of(tr("in use, estimated"), first)


def segment_title(week: MixWeek, segment: Segment) -> str:
    """Return week, purpose and outcome of a part."""
    known = {purpose.value for purpose in PURPOSE_WORDS}
    named = purpose_words(segment.row) if segment.row in known else ""
    return " · ".join(part for part in (week.week, named) if part)


def whole_words(weeks: Sequence[MixWeek]) -> str:
    """Return what a look at the chart would tell, coverage first."""
    seen, whole = sum(map(seen_minutes, weeks)), sum(map(all_minutes, weeks))
    if whole <= 0:
        return ""
    count = (
        tr("1 week")
        if len(weeks) == 1
        else tr("{count} weeks").format(count=words.count(len(weeks)))
    )
    told = tr(
        "Attention, {count}, {first} to {last}: {seen} of {whole} minutes looked at, {share}."
    )
    said = [
        told.format(
            count=count,
            first=weeks[0].week,
            last=weeks[-1].week,
            seen=words.count(round(seen)),
            whole=words.count(round(whole)),
            share=words.percent(seen / whole),
        )
    ]
    by_purpose = [
        f"{purpose_words(key)} {words.minutes(minutes)}"
        for key in purposes_of(weeks)
        if (minutes := sum(sum(week.minutes.get(key, {}).values()) for week in weeks)) > 0
    ]
    by_fate = [
        f"{fate_words(fate)} {words.minutes(minutes)}"
        for fate in ORDER
        if fate != UNSEEN and (minutes := sum(fate_minutes(week, fate) for week in weeks)) > 0
    ]
    if seen:
        said.append(tr("By purpose: {parts}.").format(parts=", ".join(by_purpose)))
        said.append(tr("By outcome: {parts}.").format(parts=", ".join(by_fate)))
    unseen = tr("Not looked at: {minutes}.")
    said.append(unseen.format(minutes=words.minutes(sum(week.unseen for week in weeks))))
    said.append(_latest_shares(weeks))
    return " ".join(part for part in said if part)


def _latest_shares(weeks: Sequence[MixWeek]) -> str:
    """Return the shares of the latest week that has some; what they rest on once."""
    for week in reversed(weeks):
        shown = [one for one in week.shares if one.is_shown]
        if shown:
            told = [f"{share_name(one.key)} {estimates.value_words(one)}" for one in shown]
            rests = "; ".join(estimates.grounds(shown[0]))
            return f"{week.week}: {', '.join(told)}; {rests}."
    return ""


def table_of(weeks: Sequence[MixWeek]) -> Table:
    """Return one row a week: minutes by purpose and outcome, unseen, and M3's shares."""
    purposes = purposes_of(weeks)
    fates = [fate for fate in ORDER if fate != UNSEEN]
    keys = tuple(dict.fromkeys(one.key for week in weeks for one in week.shares))
    heads = [tr("week")]
    heads += [
        tr("{purpose}, {outcome}, min").format(purpose=purpose_words(key), outcome=fate_words(fate))
        for key in purposes
        for fate in fates
    ]
    heads += [tr("not looked at, min"), tr("attention, min")]
    for key in keys:
        name = share_name(key)
        heads += [f"{name}, %", f"{name}, low %", f"{name}, high %"]
    heads += [tr("answers"), tr("of"), tr("why no share")]
    return Table(tuple(heads), tuple(_row(week, purposes, fates, keys) for week in weeks))


def _row(
    week: MixWeek, purposes: Sequence[str], fates: Sequence[str], keys: Sequence[str]
) -> tuple[Cell, ...]:
    cells: list[Cell] = [week.week]
    cells += [week.minutes.get(key, {}).get(fate, 0.0) for key in purposes for fate in fates]
    cells += [week.unseen, all_minutes(week)]
    by_key = {one.key: one for one in week.shares}
    for key in keys:
        one = by_key.get(key)
        limits = (None,) * 3 if one is None else (one.value, one.low, one.high)
        cells += [None if share is None else share * 100 for share in limits]
    first = headline(week)
    cells.append(None if first is None else first.n)
    cells.append(None if first is None else first.denominator or None)
    cells.append(None if first is None else estimates.dressed(first.reason) or None)
    return tuple(cells)
