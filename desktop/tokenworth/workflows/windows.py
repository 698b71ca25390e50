"""Frames of some half-weeks, as a whole or only their sessions of one source or project."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from tokenworth.domain.frame import Frame
from tokenworth.domain.views import Answer, SessionQuery
from tokenworth.domain.week import period_of
from tokenworth.store.frames import FrameRow, MemberRow
from tokenworth.store.store import Store
from tokenworth.store.weeks import HeldRow
from tokenworth.workflows.frames import Classes, frame, told


def halves(weeks: Iterable[str]) -> list[str]:
    """Return the half-weeks of some weeks."""
    return [week + half for week in weeks for half in "ab"]


def load(
    store: Store, periods: Collection[str], still_open: Collection[str] = ()
) -> dict[str, Frame]:
    """Return the frozen ones among some half-weeks as the measures see them."""
    rows = {row.period: row for row in store.frames() if row.period in periods}
    if not rows:
        return {}
    members: dict[str, list[MemberRow]] = defaultdict(list)
    for member in store.members(list(rows)):
        members[member.period].append(member)
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in store.answers_in(list(rows)):
        answers[answer.period].append(answer)
    named = [m.answer_id for held in members.values() for m in held if m.answer_id]
    taken = {answer.answer_id: answer for answer in store.answers_called(named)}
    asked = {a.session_uid for held in answers.values() for a in held} | {
        a.session_uid for a in taken.values()
    }
    classes = store.classes(sorted(asked))
    return {
        period: _one(row, members[period], answers[period], taken, classes, period in still_open)
        for period, row in rows.items()
    }


def _one(  # noqa: PLR0913, PLR0917 -- one argument for each thing a frame is made of
    row: FrameRow, members: list[MemberRow], answers: list[Answer], taken: dict[str, Answer],
    classes: Classes, is_open: bool,  # noqa: FBT001
) -> Frame:  # fmt: skip
    take_all = {m.uid for m in members if m.role == "take_all"}
    volunteered = {a.session_uid for a in answers if a.source == "volunteered"} - take_all
    return frame(
        row,
        members,
        told(answers),
        taken,
        classes,
        volunteered=len(volunteered) if row.drawn_at else 0,
        is_open=is_open,
    )


def unfrozen(
    frames: Mapping[str, Frame], rows: Iterable[HeldRow], zone: ZoneInfo
) -> dict[str, Frame]:
    """Return the half-weeks of sessions that never had a frame: nothing of them was drawn."""
    held: dict[str, list[HeldRow]] = defaultdict(list)
    for row in rows:
        period = period_of(row.start_ts, zone)
        if period not in frames:
            held[period].append(row)
    return {
        period: Frame(
            period,
            len(sessions),
            sum(row.low for row in sessions),
            sum(row.mid for row in sessions),
            sum(row.high for row in sessions),
            None,
            sum(row.new_tokens or 0 for row in sessions),
            (),
        )
        for period, sessions in held.items()
    }


def of_query(store: Store, frames: Iterable[Frame], query: SessionQuery) -> list[Frame]:
    """Return frames narrowed to sources, projects or a model: exact totals of those sessions.

    The chances stay those of the draw, so the sessions asked still stand for their like.
    """
    asked = list(frames)
    if not (query.sources or query.projects or query.model):
        return asked
    inside = store.uids(
        SessionQuery(sources=query.sources, projects=query.projects, model=query.model)
    )
    members: dict[str, list[MemberRow]] = defaultdict(list)
    for member in store.members([one.period for one in asked]):
        if member.uid in inside:
            members[member.period].append(member)
    return [_narrowed(one, members[one.period]) for one in asked]


def _narrowed(one: Frame, members: Sequence[MemberRow]) -> Frame:
    uids = {m.uid for m in members}
    costs = [m.cost for m in members if m.cost is not None]
    return msgspec.structs.replace(
        one,
        sessions=len(members),
        attention_low=sum(m.low for m in members),
        attention=sum(m.mid for m in members),
        attention_high=sum(m.high for m in members),
        cost_usd=sum(costs) if costs else None,
        new_tokens=sum(m.new_tokens or 0 for m in members),
        asked=tuple(
            a if a.uid in uids else msgspec.structs.replace(a, outside=True)
            for a in one.asked
            if a.uid in uids or a.drawn
        ),
        late=sum(m.sort == "late" for m in members),
    )
