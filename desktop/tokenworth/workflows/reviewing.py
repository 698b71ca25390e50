"""The queue of Review: what is due, who is asked next, what is kept and then shown."""

from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final, cast
from zoneinfo import ZoneInfo

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.review import PRACTICE, Card, Queue, Saved, SweepRow, Why
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.domain.views import Answer, SessionDetail
from tokenworth.sampling.draw import SKILL_SHARE, draw, is_census, random_number
from tokenworth.store.frames import Place
from tokenworth.store.store import Store
from tokenworth.workflows import second_looks
from tokenworth.workflows.frames import planned, shares, told
from tokenworth.workflows.offering import Offer, Offered

if TYPE_CHECKING:
    from tokenworth.store.answers import Answers

EXCERPT: Final = 160
SWEEP_MINUTES: Final = 3.0
TOO_QUICK_MS: Final = 2_000
TIMES_SHOWN: Final = 5
TIMES_KEPT: Final = 20
PRACTICE_MS: Final = 183 * 86_400_000
DECLARED_MS: Final = 30 * 60_000


class Reviewing:
    """The queue of one store."""

    def __init__(
        self,
        store: Store,
        answers: Callable[[], "Answers"],
        zone: ZoneInfo,
        now: Callable[[], int],
        detail: Callable[[int], SessionDetail],
    ) -> None:
        self._store = store
        self._answers = answers
        self._zone = zone
        self._now = now
        self._detail = detail
        self._offer = Offer(store, zone, now)

    # what there is to ask ------------------------------------------------------------------------

    def queue(self) -> Queue:
        """Freeze what is due, and return what Review starts from."""
        needs_import = self._offer.freeze_due()
        second_looks.draw_due(self._store, self._offer.seed(), self._zone, self._now())
        halves = self._offer.halves()
        again = second_looks.to_ask(self._store, self._now())
        left = sum(len(half.to_ask) for half in halves)
        undrawn = next(
            (half.row.period for half in halves if half.row.drawn_at is None and half.members), ""
        )
        card = self._card(halves)
        if card is None and not left and not undrawn:
            card = self._second_card(again)
        times = [ms / 1000 for ms in self._store.form_times(TIMES_KEPT)]
        enough = len(times) >= TIMES_SHOWN
        taken, _ = self._store.last_practice()
        return Queue(
            halves=tuple(self._offer.view(half) for half in halves),
            left=left + len(again),
            card=card,
            undrawn=undrawn,
            words=self._offer.words(halves, needs_import=needs_import),
            needs_import=needs_import,
            practice_due=taken is None or taken < self._now() - PRACTICE_MS,
            seconds_median=median(times) if enough else None,
            seconds_p90=quantiles(times, n=10, method="inclusive")[-1] if enough else None,
        )

    def queued(self) -> set[str]:
        """Return the sessions still to be asked about: nothing may show what would bias."""
        waiting = {m.uid for half in self._offer.halves() for m in half.to_ask}
        return waiting | {row.uid for row in second_looks.to_ask(self._store, self._now())}

    def open_periods(self) -> set[str]:
        """Return the half-weeks on offer whose queue is not finished."""
        return {half.row.period for half in self._offer.halves() if half.to_ask}

    # cards ---------------------------------------------------------------------------------------

    def _card(self, halves: Sequence[Offered]) -> Card | None:
        for half in halves:
            for member in half.to_ask[:1]:
                position = next(i for i, m in enumerate(half.queue, 1) if m.uid == member.uid)
                return self._made(
                    member.id or 0, half.row.period, cast("Why", member.role), position,
                    planned(half.row, half.queue),
                )  # fmt: skip
            if half.row.drawn_at is None and half.members:
                return None  # the older half-week is drawn first
        return None

    def _second_card(self, again: Sequence[second_looks.Waiting]) -> Card | None:
        for one in again[:1]:
            return self._made(one.id, one.period, one.kind, 1, len(again))
        return None

    def _made(self, id_: int, period: str, why: Why, position: int, of: int) -> Card:
        detail = self._store.detail(id_)
        row = detail.row
        skill = random_number(self._offer.seed(), period, row.uid, "skill") < SKILL_SHARE
        return Card(
            id=id_, uid=row.uid, period=period, chosen=why, position=position, of=of,
            start_ts=row.start_ts, source=row.source, project=row.project, title=row.title,
            first_request=_excerpt(detail.first_request), last_answer=_excerpt(detail.last_answer),
            files=detail.files[:3], asks_skill=skill and not why.startswith("second"),
            asks_explain=why == "second_28", asks_world=why == "second_7",
        )  # fmt: skip

    def sweep(self, period: str) -> list[SweepRow]:
        """Return the titles of the larger sessions of an undrawn half-week, in random order."""
        half = self._offer.undrawn(period)
        seed = self._offer.seed()
        large = [
            m
            for m in half.members
            if m.mid >= SWEEP_MINUTES and m.id is not None and m.uid not in half.given
        ]
        large.sort(key=lambda m: random_number(seed, period, m.uid, "sweep"))
        rows = self._store.rows([m.id for m in large if m.id is not None])
        return [
            SweepRow(row.id, row.uid, row.start_ts, row.source, row.project, row.title)
            for row in rows
        ]

    # what a person does --------------------------------------------------------------------------

    def draw(self, period: str) -> None:
        """Draw a half-week, once and for all. Asked again it changes nothing."""
        if any(h.row.period == period and h.row.drawn_at is not None for h in self._offer.halves()):
            return
        half = self._offer.undrawn(period)
        taken = {row.uid: row.answer_id for row in self._store.taken(period)}
        rest = [m for m in half.members if m.uid not in taken]
        size = self._offer.size()
        census = is_census(len(rest), size)
        places = [Place(uid, "take_all", answer_id=answer) for uid, answer in taken.items()]
        if rest:
            drawn = draw(self._offer.seed(), period, [m.uid for m in rest], shares(rest), size)
            for position, one in enumerate(drawn, 1):
                role = "census" if census else "certainty" if one.inclusion >= 1 else "drawn"
                uid = rest[one.place].uid
                places.append(Place(uid, role, one.u, one.inclusion, position))
        self._store.keep_draw(period, places, size, self._now())

    def stop(self, period: str) -> None:
        """Ask no more of a half-week; the rest is shown again."""
        self._store.stop_frame(period, self._now())

    def answer(self, card: Card, tag: Tag, *, asked_at: int, form_ms: int) -> Saved:
        """Keep the answer to a card; return what may be shown now."""
        second = card.chosen.startswith("second")
        if card.uid not in self.queued():
            raise Refusal("This card is no longer in the queue.", "Go on with the next one.")
        place = second_looks.place(self._store, card) if second else self._place(card)
        earlier = second_looks.first_of(self._store, card) if second else None
        seen = self._was_seen(card)
        answer_id = self._keep(card, tag, place, asked_at, form_ms, masked=not seen)
        return self._saved(answer_id, card, tag, place, form_ms, earlier)

    def answer_swept(
        self, id_: int, period: str, tag: Tag, *, asked_at: int, form_ms: int
    ) -> Saved:
        """Keep the answer to a session picked in the sweep, before the draw."""
        self._offer.undrawn(period)
        card = self._made(id_, period, "certainty", 1, 1)
        place = Place(card.uid, "swept")
        answer_id = self._keep(card, tag, place, asked_at, form_ms)
        return self._saved(answer_id, card, tag, place, form_ms)

    def _keep(  # noqa: PLR0913 -- how an answer was given belongs to it
        self, card: Card, tag: Tag, place: Place, asked_at: int, form_ms: int,
        *, masked: bool = True,
    ) -> str:  # fmt: skip
        from tokenworth.store.answers import Form  # noqa: PLC0415 -- SQLModel takes 0.3 s to load

        form = Form(
            masked=masked, asked_at=asked_at, answered_at=self._now(), form_ms=form_ms,
            source=place.role, u=place.u, position=place.position, inclusion=place.inclusion,
            declared_explore=self._store.declared(card.start_ts - DECLARED_MS, card.start_ts),
        )  # fmt: skip
        return self._answers().give([(card.uid, card.period)], tag, form)[0]

    def _saved(  # noqa: PLR0913, PLR0917 -- all that is told once an answer is kept
        self, answer_id: str, card: Card, tag: Tag, place: Place, form_ms: int,
        earlier: Answer | None = None,
    ) -> Saved:  # fmt: skip
        """Return what may be shown: everything after an answer, nothing after a skip."""
        if tag.status != "answered":
            return Saved(answer_id, None, (), None, too_quick=False)
        return Saved(
            answer_id, self._detail(card.id), _why(place, card), earlier, form_ms < TOO_QUICK_MS
        )

    def change(self, uid: str, period: str, tag: Tag, *, asked_at: int, form_ms: int) -> str:
        """Keep a change beside the first answer, made with everything shown; return its id."""
        from tokenworth.store.answers import Form  # noqa: PLC0415 -- as above

        before = [a for a in self._store.answers_in([period]) if a.session_uid == uid]
        source = before[-1].source if before else "volunteered"
        form = Form(False, asked_at, self._now(), form_ms, source)  # noqa: FBT003 -- not masked
        return self._answers().give([(uid, period)], tag, form)[0]

    def practice(self, answers: Sequence[tuple[Purpose, Fate]]) -> int:
        """Keep the answers to the practice set; return in how many both codes agree."""
        rows = [(n, p.value, f.value) for n, (p, f) in enumerate(answers, 1)]
        self._store.keep_practice(self._now(), rows)
        return sum(
            (row.purpose, row.fate) == given for row, given in zip(PRACTICE, answers, strict=False)
        )

    def _was_seen(self, card: Card) -> bool:
        """Whether the numbers of a card were shown before: its blind answer was taken back."""
        if card.chosen.startswith("second"):
            return any(
                (one.source, one.session_uid, one.tag.status) == (card.chosen, card.uid, "answered")
                for one in self._store.second_answers()
            )
        given = told(self._store.answers_in([card.period])).get(card.uid)
        return given is not None and given.first.tag.status == "answered"

    def _place(self, card: Card) -> Place:
        for member in self._store.members([card.period]):
            if member.uid == card.uid and member.role is not None:
                return Place(member.uid, member.role, member.u, member.inclusion, member.position)
        raise Refusal("This card is no longer in the queue.", "Go on with the next one.")


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else flat[: EXCERPT - 1] + "…"


def _why(place: Place, card: Card) -> tuple[str, ...]:
    if place.role == "swept":
        return ("You picked it in the sweep: it counts for itself only.",)
    if card.chosen == "census":
        return ("There were few sessions in this half-week: all of them are asked about.",)
    if place.role.startswith("second"):
        share = 100 * (place.inclusion or 0)
        return (f"A second look, drawn by chance: {share:.0f} of 100 of those answered then.",)
    if card.chosen == "certainty":
        return ("It was so large a part of the half-week that it was sure to be drawn.",)
    chance = place.inclusion or 1.0
    return (
        f"It had a chance of {100 * chance:.0f} % to be drawn: it stands for {1 / chance:.1f}.",
        f"Its random number is {place.u:.6f}: made of this store's seed, the half-week and it.",
    )
