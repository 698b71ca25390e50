"""From rows and answers to the frames the measures are given."""

from collections.abc import Sequence
from typing import Final

import msgspec

from tokenworth.domain.frame import Asked, Frame, Role
from tokenworth.domain.views import Answer
from tokenworth.sampling.draw import inclusion, sizes
from tokenworth.store.frames import QUEUE, FrameRow, MemberRow

Classes = dict[str, tuple[str, tuple[int, int, int] | None]]
SECOND: Final = "second"


class Told(msgspec.Struct, frozen=True):
    """What was answered of one session of a frame."""

    first: Answer  # blind, or the skip
    changed: Answer | None  # the latest change once all was shown


def told(answers: Sequence[Answer]) -> dict[str, Told]:
    """Return what stands for each session, of all answers of one half-week, oldest first.

    The first blind answer counts whatever became of it afterwards: its numbers were shown. A skip
    that was taken back never was.
    """
    withdrawn = {one.replaces for one in answers if one.tag.status == "withdrawn"}
    found: dict[str, Told] = {}
    for one in answers:
        before = found.get(one.session_uid)
        blind = one.source in QUEUE and one.masked
        if one.tag.status == "withdrawn":
            continue
        if before is not None and before.first.tag.status == "answered":
            if one.answer_id not in withdrawn and not one.source.startswith(SECOND):
                found[one.session_uid] = Told(before.first, one)
        elif blind and (one.tag.status == "answered" or one.answer_id not in withdrawn):
            found[one.session_uid] = Told(one, None)
    return found


def shares(members: Sequence[MemberRow]) -> list[float]:
    """Return the shares of the chances of a frame's sessions (spec v1, 4.2)."""
    unpriced = any(m.cost is None and _tokens(m) for m in members)
    cost = [float(_tokens(m)) if unpriced else (m.cost or 0.0) for m in members]
    return sizes([m.mid for m in members], [max(0.0, one) for one in cost])


def _tokens(member: MemberRow) -> int:
    return member.new_tokens or member.estimated_tokens or 0


def frame(  # noqa: PLR0913 -- one argument for each thing a frame is made of
    row: FrameRow,
    members: Sequence[MemberRow],
    given: dict[str, Told],
    taken: dict[str, Answer],
    classes: Classes,
    *,
    volunteered: int = 0,
    is_open: bool = False,
) -> Frame:
    """Return one half-week as the measures see it.

    The queue is answered in its order; where it stopped after so many, the chances are those of
    a draw of so many (spec v1, 4.5).
    """
    queue = [m for m in members if m.position is not None]
    asked = _prefix(queue, given)
    census = bool(row.drawn_at) and asked == len(queue)
    chances = [1.0] * len(queue)
    if not census and asked:
        chances = inclusion(shares(queue), asked)
    seen = [
        _asked(m, "take_all", 1.0, Told(taken[m.answer_id], None), classes)
        for m in members
        if m.role == "take_all" and m.answer_id in taken
    ]
    for member, chance in zip(queue[:asked], chances, strict=False):
        role: Role = "census" if census else "certainty" if chance >= 1 else "drawn"
        seen.append(_asked(member, role, chance, given[member.uid], classes))
    costs = [m.cost for m in members if m.cost is not None]
    return Frame(
        period=row.period,
        sessions=len(members),
        attention_low=sum(m.low for m in members),
        attention=sum(m.mid for m in members),
        attention_high=sum(m.high for m in members),
        cost_usd=sum(costs) if costs else None,
        new_tokens=sum(m.new_tokens or 0 for m in members),
        asked=tuple(seen),
        census=census,
        drawn_at=row.drawn_at,
        planned=min(row.planned, len(queue)) if row.drawn_at else row.planned,
        left=max(0, planned(row, queue) - asked) if is_open and row.stopped_at is None else 0,
        late=sum(m.sort == "late" for m in members),
        swept=sum(a.source == "swept" for a in taken.values()),
        volunteered=volunteered,
    )


def planned(row: FrameRow, queue: Sequence[MemberRow]) -> int:
    """Return how many of a queue are to be asked: so many, or all of a few."""
    if row.drawn_at is None:
        return 0
    return sum(m.role == "census" for m in queue) or min(row.planned, len(queue))


def _prefix(queue: Sequence[MemberRow], given: dict[str, Told]) -> int:
    for number, member in enumerate(queue):
        if member.uid not in given:
            return number
    return len(queue)


def _asked(member: MemberRow, role: Role, chance: float, said: Told, classes: Classes) -> Asked:
    model, tokens = classes.get(member.uid, ("", None))
    return Asked(
        uid=member.uid,
        period=member.period,
        role=role,
        inclusion=chance,
        attention_low=member.low,
        attention=member.mid,
        attention_high=member.high,
        cost_usd=member.cost,
        new_tokens=member.new_tokens,
        tag=said.first.tag,
        changed=said.changed.tag if said.changed else None,
        source=member.source or "",
        project=member.project or "",
        model=model,
        token_classes=tokens,
        declared_explore=said.first.declared_explore,
    )
