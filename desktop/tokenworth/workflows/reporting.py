"""A summary to hand over: what is known of a period, gathered for the report."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from tokenworth.domain.comparison import Comparison, Span
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import Picture, Report, ReportRequest
from tokenworth.domain.tag import Fate
from tokenworth.domain.views import SessionQuery
from tokenworth.domain.week import DAY_MS, day_of
from tokenworth.importers import NAMES
from tokenworth.measures.net import told_range
from tokenworth.measures.words import coverage_words
from tokenworth.prices import price_list
from tokenworth.reports import svg
from tokenworth.reports.facts import Drawing, Facts, Part, Quoted
from tokenworth.reports.pack import build
from tokenworth.store.store import Store
from tokenworth.store.sums import By
from tokenworth.workflows import comparing, spans, trending, weeks
from tokenworth.workflows.offering import SEED
from tokenworth.workflows.spanned import Spanned, spanned
from tokenworth.workflows.weeks import Kept, week_number

SHORT_WEEKS: Final = 8
PARTS_SHOWN: Final = 12
LATE_MS: Final = 7 * DAY_MS


def periods(store: Store, zone: ZoneInfo, now: int) -> list[Span]:
    """Return the periods to choose from: full quarters first, newest first, then months."""
    today = day_of(now, zone)
    known = store.days_with_records()
    if not known:
        return []
    quarters = sorted({spans.quarter_of(day) for day in known}, reverse=True)
    found = [spans.span(key, today) for key in quarters]
    months = sorted({spans.month_key(day) for day in known}, reverse=True)
    whole = [one for one in found if one.whole]
    return whole + [one for one in found if not one.whole] + [
        spans.span(key, today) for key in months
    ]  # fmt: skip


def report(  # noqa: PLR0913, PLR0917 -- what it is of, and when
    store: Store, request: ReportRequest, kept: Sequence[Kept], still_open: Collection[str],
    zone: ZoneInfo, now: int,
) -> Report:  # fmt: skip
    """Return the report of a period. Raises Refusal for a period that is none, or too short."""
    today = day_of(now, zone)
    span = spans.span(request.period, today)
    inside = _weeks(kept, span)
    if request.audience != "me" and len(inside) < SHORT_WEEKS:
        raise Refusal(
            f"{span.name} has {len(inside)} weeks with a Monday in it; a summary to hand over "
            f"covers at least {SHORT_WEEKS}.",
            "Choose a longer period, or export it for yourself.",
        )
    one = spanned(store, span, zone, still_open)
    beside = (
        [spanned(store, spans.span(request.compare, today), zone, still_open)]
        if request.compare
        else []
    )
    compared = comparing.side_by_side(store, [*beside, one], zone, still_open)
    facts = _facts(store, request, one, compared, inside, still_open, zone, now)
    return build(facts, _pictures(facts, compared))


def _weeks(kept: Sequence[Kept], span: Span) -> list[Kept]:
    """Return the weeks whose Monday is in the span."""
    first, end = spans.bounds(span)
    numbers = range((first + 3 + 6) // 7, (end - 1 + 3) // 7 + 1)
    return [one for one in kept if week_number(one.week.key) in numbers]


def _facts(  # noqa: PLR0913, PLR0917 -- all that is gathered
    store: Store, request: ReportRequest, one: Spanned, compared: Comparison,
    inside: Sequence[Kept], still_open: Collection[str], zone: ZoneInfo, now: int,
) -> Facts:  # fmt: skip
    days = spans.bounds(one.span)
    seed = store.setting(SEED)
    quarter = spans.quarter_of(days[0])
    return Facts(
        request=request,
        span=one.span,
        is_quarter=one.span.whole and days == spans.bounds(spans.span(quarter, days[1])),
        weeks=tuple(week.week for week in inside),
        coverage=one.coverage,
        coverage_words=coverage_words(one.coverage),
        usage=one.usage,
        comparison=compared,
        told_range=told_range(one.frames),
        relation=trending.relation(inside),
        judgements=trending.calibration(store, SessionQuery(), zone, now, still_open),
        drawing=_drawing(store, one),
        seed_fingerprint=hashlib.sha256(seed.encode()).hexdigest() if seed else "",
        last_hash=store.last_hash(),
        projects=_parts(store, "project", days, {}),
        sources=_parts(store, "source", days, NAMES),
        models=_parts(store, "model", days, {}),
        quoted=tuple(_quoted(store, uid) for uid in request.quoted),
        prices_date=price_list().date,
        made_on=datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date().isoformat(),
        zone=zone.key,
    )


def _drawing(store: Store, one: Spanned) -> Drawing:
    told = one.coverage
    periods_ = [frame.period for frame in one.frames]
    answers = store.answers_in(periods_)
    given = {answer.answer_id: answer.answered_at for answer in answers}
    late = sum(
        answer.replaces in given and answer.answered_at - given[answer.replaces] > LATE_MS
        for answer in answers
        if answer.replaces and answer.tag.status == "answered"
    )
    return Drawing(
        halves=told.halves, halves_drawn=told.halves_drawn, drawn=told.drawn,
        skipped=told.asked - told.drawn, swept=sum(frame.swept for frame in one.frames),
        take_all=told.take_all, volunteered=told.volunteered, late=told.late,
        changed=told.changed, changed_min=told.changed_min, late_edits=late,
        answers=told.answered,
    )  # fmt: skip


def _parts(store: Store, by: By, days: tuple[int, int], names: dict[str, str]) -> tuple[Part, ...]:
    """Return the groups of most attention; the rest is not shown one by one."""
    rows = weeks.usage(store, by, SessionQuery(), days)
    rows.sort(key=lambda row: (-(row.attention_min or 0.0), row.key))
    return tuple(
        Part(names.get(row.key, row.key) or _nameless(by), row) for row in rows[:PARTS_SHOWN]
    )


def _nameless(by: By) -> str:
    return "" if by == "project" else "(no name)"


def _quoted(store: Store, uid: str) -> Quoted:
    id_, _ = store.find(uid)
    found = store.detail(id_)
    learned = next((a.tag.learned for a in reversed(found.answers) if a.tag.learned), "")
    told = found.row.fate is not None and Fate(found.row.fate).in_use
    evidence = "the person's own answer" + ("; nothing in the files was checked" if told else "")
    return Quoted(found.row, evidence, found.branch, found.files, learned or "", found.note)


def _pictures(facts: Facts, compared: Comparison) -> list[Picture]:
    if "charts" not in facts.request.sections:
        return []
    pictures = []
    if facts.weeks and facts.request.usage:
        pictures.append(svg.paired(facts.weeks, money=not facts.request.redaction.money))
    bars = next(row for row in compared.rows if row.key == "attention_by_fate")
    shares = [
        (span.name, cell.parts)
        for span, cell in zip(compared.spans, bars.cells, strict=True)
        if cell.parts
    ]
    if shares:
        pictures.append(svg.attention(shares))
    if len(compared.spans) > 1:
        pictures.append(svg.differences(compared))
    return pictures
