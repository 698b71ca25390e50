"""Which half-weeks are on offer: frozen when they have ended, drawn by the person's leave."""

import secrets
from collections.abc import Callable, Sequence
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.review import Half
from tokenworth.domain.week import period_before, period_bounds, period_of
from tokenworth.sampling.draw import DEFAULT_SIZE, SIZES, is_census
from tokenworth.store.frames import FrameRow, MemberRow
from tokenworth.store.store import Store
from tokenworth.workflows.frames import Told, planned, told

SEED: Final = "seed"
ASKED: Final = "asked_per_period"
WHY_NOT_MORE: Final = (
    "Only the last half-week and the one before are asked about: what is longer ago is not "
    "remembered well enough. Older sessions can be tagged in Sessions, where they count as "
    "volunteered."
)


class Offered(msgspec.Struct, frozen=True):
    """One half-week on offer, with all that is known of it."""

    row: FrameRow
    members: list[MemberRow]
    given: dict[str, Told]

    @property
    def queue(self) -> list[MemberRow]:
        """The sessions that may be asked about, in order."""
        return [m for m in self.members if m.position is not None]

    @property
    def to_ask(self) -> list[MemberRow]:
        """Those of the queue that wait for an answer, in order."""
        if self.row.drawn_at is None or self.row.stopped_at is not None:
            return []
        first = self.queue[: planned(self.row, self.queue)]
        return [m for m in first if m.uid not in self.given and m.id is not None]


class Offer:
    """The half-weeks a store offers."""

    def __init__(self, store: Store, zone: ZoneInfo, now: Callable[[], int]) -> None:
        self._store = store
        self._zone = zone
        self._now = now

    def _due(self) -> list[str]:
        last = period_before(period_of(self._now(), self._zone))
        return [period_before(last), last]

    def freeze_due(self) -> bool:
        """Freeze every half-week that has ended; return whether the last one wants an import."""
        imported = self._store.last_import()
        if imported is None:
            return False
        frozen = {row.period: row for row in self._store.frames()}
        due = self._due()
        if frozen:
            newest = max(frozen.values(), key=lambda row: row.start_ts).start_ts
            while True:  # what ended in between, while nobody looked
                before = period_before(due[0])
                if period_bounds(before, self._zone)[0] <= newest:
                    break
                due.insert(0, before)
        for period in due:
            start, end = period_bounds(period, self._zone)
            if period in frozen:
                continue
            if imported < end:
                return True
            row = FrameRow(period, start, end, self._now(), None, None, self.size())
            self._store.freeze(row)
        return False

    def halves(self) -> list[Offered]:
        """Return the half-weeks on offer, the older first."""
        due = set(self._due())
        rows = [row for row in self._store.frames() if row.period in due]
        if not rows:
            return []
        periods = [row.period for row in rows]
        members = self._store.members(periods)
        given = self._store.answers_in(periods)
        return [
            Offered(
                row,
                [m for m in members if m.period == row.period],
                told([a for a in given if a.period == row.period]),
            )
            for row in rows
        ]

    def view(self, half: Offered) -> Half:
        """Return a half-week as Review shows it."""
        row, queue = half.row, half.queue
        answered = [half.given[m.uid] for m in queue if m.uid in half.given]
        swept = [one for one in half.given.values() if one.first.source == "swept"]
        to_draw = len(half.members) - len(swept)
        size = self.size() if row.drawn_at is None else row.planned
        if row.drawn_at is not None:
            number = planned(row, queue)
        else:
            number = to_draw if is_census(to_draw, size) else size
        state: Literal["undrawn", "asking", "done", "stopped", "empty"]
        if not half.members:
            state = "empty"
        elif row.drawn_at is None:
            state = "undrawn"
        elif row.stopped_at is not None:
            state = "stopped"
        else:
            state = "asking" if half.to_ask else "done"
        return Half(
            row.period, row.start_ts, row.end_ts, len(half.members), number, len(answered),
            sum(one.first.tag.status != "answered" for one in answered), len(swept),
            sum(m.sort == "late" for m in half.members),
            any(m.role == "census" for m in queue) or (
                row.drawn_at is None and is_census(to_draw, size)),
            state,
        )  # fmt: skip

    def words(self, halves: Sequence[Offered], *, needs_import: bool) -> tuple[str, ...]:
        """Return why there is nothing to ask about, and why not more."""
        words = []
        if self._store.last_import() is None:
            words.append("Nothing is imported yet, so there is nothing to ask about.")
        elif needs_import:
            words.append(
                "The last half-week has ended since your last import. Import again, so that all "
                "of its sessions can be drawn."
            )
        elif halves and not any(half.members for half in halves):
            words.append("There were no sessions in the last two half-weeks.")
        words.append(WHY_NOT_MORE)
        return tuple(words)

    def undrawn(self, period: str) -> Offered:
        """Return a half-week that waits for its draw. Raises Refusal."""
        for half in self.halves():
            if half.row.period == period and half.row.drawn_at is None:
                return half
        raise Refusal("This half-week is drawn already, or is not on offer.")

    def seed(self) -> str:
        """Return the store's seed, made once."""
        seed = self._store.setting(SEED)
        if seed is None:
            seed = secrets.token_hex(16)
            self._store.set_setting(SEED, seed)
        return seed

    def size(self) -> int:
        """Return how many are asked of a half-week."""
        told_size = self._store.setting(ASKED) or ""
        return int(told_size) if told_size in map(str, SIZES) else DEFAULT_SIZE
