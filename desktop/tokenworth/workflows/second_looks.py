"""Second looks: drawn by chance each week, asked blind (spec v1, 2)."""

from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from tokenworth.domain.frame import SecondLook
from tokenworth.domain.review import Card
from tokenworth.domain.views import Answer
from tokenworth.domain.week import DAY_MS, week_of
from tokenworth.sampling.draw import SECOND_LOOKS, random_number
from tokenworth.store.frames import Place
from tokenworth.store.second_looks import Kind, SecondRow
from tokenworth.store.store import Store

WINDOWS: Final[dict[Kind, tuple[int, int]]] = {"second_7": (3, 10), "second_28": (28, 35)}
"""Days after the first answer in which the second one may be asked."""


class Waiting(msgspec.Struct, frozen=True):
    """One second look that waits for an answer."""

    id: int
    uid: str
    kind: Kind
    period: str  # of the second answer: "2026-W07+7" keeps it apart from its half-week's


def draw_due(store: Store, seed: str, zone: ZoneInfo, now: int) -> None:
    """Draw this week's second looks, once, among the answers whose time has come."""
    week = week_of(now, zone)
    for kind, (first_day, last_day) in WINDOWS.items():
        if store.second_drawn(kind, week):
            continue
        after, before = now - last_day * DAY_MS, now - first_day * DAY_MS
        found = store.second_candidates(kind, after, before)
        if not found:
            continue  # some may come later in the week
        u = {one.uid: random_number(seed, week, one.uid, kind) for one in found}
        chosen = sorted(found, key=lambda one: u[one.uid])[:SECOND_LOOKS]
        chance = len(chosen) / len(found)
        rows = [
            SecondRow(kind, one.uid, week, one.answer_id, u[one.uid], chance, now, now + 7 * DAY_MS)
            for one in chosen
        ]
        store.keep_second(kind, week, len(found), rows)


def to_ask(store: Store, now: int) -> list[Waiting]:
    """Return the second looks that wait, those after a week first."""
    rows = [row for row in store.second_looks() if row.drawn_at <= now < row.until]
    if not rows:
        return []
    done = {(a.source, a.session_uid) for a in _standing(store.second_answers())}
    found = []
    for row in rows:
        id_ = store.id_of(row.uid)
        if id_ is not None and (row.kind, row.uid) not in done:
            found.append(Waiting(id_, row.uid, row.kind, row.week + row.kind[6:].replace("_", "+")))
    return found


def place(store: Store, card: Card) -> Place:
    """Return how a second look was drawn, for its answer."""
    row = next(r for r in store.second_looks() if (r.kind, r.uid) == (card.chosen, card.uid))
    return Place(row.uid, row.kind, row.u, row.inclusion)


def first_of(store: Store, card: Card) -> Answer | None:
    """Return the answer that is asked for again."""
    row = next(r for r in store.second_looks() if (r.kind, r.uid) == (card.chosen, card.uid))
    return next(iter(store.answers_called([row.first_answer])), None)


def pairs(store: Store) -> list[SecondLook]:
    """Return every pair of answers to the same session, for the measures."""
    again = {(a.source, a.session_uid): a for a in _standing(store.second_answers())}
    rows = [row for row in store.second_looks() if (row.kind, row.uid) in again]
    firsts = {a.answer_id: a for a in store.answers_called([row.first_answer for row in rows])}
    weights = store.weights_of([row.first_answer for row in rows])
    attention = store.attention_of([row.uid for row in rows])
    found = []
    for row in rows:
        first, second = firsts.get(row.first_answer), again[row.kind, row.uid]
        if first is None or second.tag.status != "answered" or not second.masked:
            continue
        found.append(
            SecondLook(
                uid=row.uid, kind=row.kind, first=first.tag, second=second.tag,
                days=(second.answered_at - first.answered_at) / DAY_MS,
                attention=attention.get(row.uid, 0.0),
                weight=weights.get(row.first_answer, 1.0) / row.inclusion,
                world_changed=second.tag.world_changed,
            )
        )  # fmt: skip
    return found


def _standing(answers: list[Answer]) -> list[Answer]:
    """Return those not taken back; of several of one look the first."""
    withdrawn = {one.replaces for one in answers if one.tag.status == "withdrawn"}
    found: dict[tuple[str, str], Answer] = {}
    for one in answers:
        if one.tag.status != "withdrawn" and one.answer_id not in withdrawn:
            found.setdefault((one.source, one.session_uid), one)
    return list(found.values())
