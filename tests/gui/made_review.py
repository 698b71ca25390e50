"""A made-up queue: the methods of the library that Review calls, in memory."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.review import PRACTICE, Card, Half, Queue, Saved, SweepRow
from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.domain.views import Answer, SessionDetail, SessionRow, Usage

OLDER, NEWER = "2026-W10a", "2026-W10b"
HOUR_MS = 3_600_000
HIDDEN = ("wren-huge", "713", "$88.13", "417", "53 min", "97")
"""What must not be told of the open card: model, tokens, cost, turns, attention."""
TITLES = (
    "Retry webhook deliveries with backoff",
    "Why does the tide table skip a day?",
    "Rename the harbour fields <b>in the API</b>",
    "Draw the lamp's schedule as a diagram",
    "Write a migration for berth numbers",
)
REQUEST = (
    "The webhook sender gives up after one failure. Add retries with exponential backoff and "
    "jitter, keep the order per customer, and do not touch the dead-letter que…"
)
ANSWER = (
    "Done. Deliveries now retry up to 6 times; the queue keeps one in flight per customer. I also "
    "updated the dead-letter handling and its tests, and the docs for it…"
)


def ts(day: int, hour: int = 0, minute: int = 0) -> int:
    """A time in March 2026, in the system's zone as Review shows it."""
    return int(datetime(2026, 3, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


def made_half(period: str = OLDER, **given: Any) -> Half:
    """A half-week of 61 sessions of which 10 are asked about."""
    start, end = (ts(2), ts(5)) if period == OLDER else (ts(5), ts(9))
    made = Half(period, start, end, 61, 10, 0, 0, 0, 0, census=False, state="asking")
    return replace(made, **given)


def made_card(number: int, **given: Any) -> Card:
    """The card of one made-up session."""
    made = Card(
        id=number, uid=f"{number:012x}", period=OLDER, chosen="drawn", position=number, of=10,
        start_ts=ts(3, 14, 5), source="claude_code", project="payments-api",
        title=TITLES[number % len(TITLES) - 1], first_request=REQUEST, last_answer=ANSWER,
        files=("webhooks/sender.py", "webhooks/queue.py", "tests/test_sender.py"),
        asks_skill=False, asks_explain=False, asks_world=False,
    )  # fmt: skip
    return replace(made, **given)


def made_detail(card: Card, answers: Sequence[Answer] = ()) -> SessionDetail:
    """Everything of a made-up session."""
    row = SessionRow(
        id=card.id, uid=card.uid, start_ts=card.start_ts, end_ts=card.start_ts + 97 * 60_000,
        source=card.source, project=card.project, title=card.title, active_min=53.0, turns=417,
        purpose=None, fate=None, value_min=None, status=None, new_tokens=713_000,
        estimated_tokens=None, cost_usd=88.13, unpriced_tokens=0, automated=False,
        unattended=False,
    )  # fmt: skip
    usage = Usage(
        card.uid, 20_000, 600_000, 0, 7_130_000, 93_000, None, None, None, 40, 1, 88.13, 0, 53.0,
        0, None, None,
    )  # fmt: skip
    return SessionDetail(
        row=row, first_request=REQUEST, last_answer=ANSWER, branch="main", folder="/home/robin",
        files=card.files, usage=usage, models=("wren-huge",), attention_low=31.0,
        attention_high=74.0, answers=tuple(answers), note="", origins=(),
    )  # fmt: skip


class ReviewLibrary:
    """A queue of cards; what is answered leaves it, what is taken back while blind returns."""

    def __init__(self, cards: Sequence[Card] = (), *, halves: Sequence[Half] | None = None) -> None:
        self.path = Path("/home/robin/store.db")
        self.demo = False
        self.commits = 1
        self.cards = list(cards)
        self.halves = list(halves) if halves is not None else [made_half(planned=len(cards))]
        self.given: dict[str, tuple[Card, Tag, int]] = {}
        self.seen: set[str] = set()
        self.answers: dict[str, list[Answer]] = {}
        self.earlier: Answer | None = None
        self.refusals: list[Exception] = []
        self.told: list[tuple[Any, ...]] = []
        self.needs_import = False
        self.practice_due = False
        self.words: tuple[str, ...] = ("Only the last two half-weeks are asked about.",)
        self.settings: dict[str, str] = {}
        self.swept: list[SweepRow] = []
        self.times: tuple[float | None, float | None] = (None, None)

    def close(self) -> None:
        """Nothing is open."""

    def count(self) -> int:
        """Return a number of sessions."""
        return 61

    def changed_since(self, token: int) -> int:
        """Return the number of commits."""
        return max(token, self.commits)

    def setting(self, name: str) -> str | None:
        """Return a setting."""
        return self.settings.get(name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        self.commits += 1
        self.settings[name] = value
        if name == "asked_per_period":
            self.halves = [
                replace(half, planned=int(value)) if half.state == "undrawn" else half
                for half in self.halves
            ]

    def queue(self) -> Queue:
        """Return what is left."""
        halves = tuple(self._now(half) for half in self.halves)
        undrawn = next((half.period for half in halves if half.state == "undrawn"), "")
        asking = {half.period for half in halves if half.state == "asking"}
        left = [
            card
            for card in self.cards
            if card.uid not in self.seen
            and (card.period in asking or card.chosen.startswith("second"))
        ]
        return Queue(
            halves, len(left), left[0] if left else None, undrawn, self.words, self.needs_import,
            self.practice_due, *self.times,
        )  # fmt: skip

    def _now(self, half: Half) -> Half:
        if half.state != "asking":
            return half
        mine = [card for card in self.cards if card.period == half.period]
        said = {card.uid: tag for card, tag, _ in self.given.values()}
        asked = [card for card in mine if card.uid in self.seen]
        skipped = [c for c in asked if c.uid in said and said[c.uid].status != "answered"]
        state: Any = "asking" if len(asked) < len(mine) else "done"
        return replace(half, planned=len(mine), asked=len(asked), skipped=len(skipped), state=state)

    def draw(self, period: str) -> None:
        """Draw a half-week."""
        self._refuse()
        self.told.append(("draw", period))
        self.halves = [
            replace(half, state="asking") if half.period == period else half for half in self.halves
        ]

    def stop(self, period: str) -> None:
        """Ask no more of it."""
        self._refuse()
        self.told.append(("stop", period))
        self.halves = [
            replace(self._now(half), state="stopped") if half.period == period else half
            for half in self.halves
        ]

    def sweep(self, period: str) -> list[SweepRow]:
        """Return the titles not answered for yet."""
        self.told.append(("sweep", period))
        return [row for row in self.swept if row.uid not in self.seen]

    def detail(self, id_: int) -> SessionDetail:
        """Return everything of a session."""
        known = {card.id: card for card in self.cards}
        card = known.get(id_) or made_card(id_)
        return made_detail(card, self.answers.get(card.uid, ()))

    def answer(self, card: Card, tag: Tag, *, asked_at: int, form_ms: int) -> Saved:
        """Keep an answer."""
        self._refuse()
        if card.uid in self.seen:
            raise Refusal("This card is no longer in the queue.")
        return self._keep(card, tag, asked_at, form_ms, card.chosen)

    def answer_swept(
        self, id_: int, period: str, tag: Tag, *, asked_at: int, form_ms: int
    ) -> Saved:
        """Keep an answer from the sweep."""
        self._refuse()
        card = made_card(id_, period=period)
        return self._keep(card, tag, asked_at, form_ms, "swept")

    def _keep(self, card: Card, tag: Tag, asked_at: int, form_ms: int, source: str) -> Saved:
        self.commits += 1
        answer_id = f"answer-{self.commits}"
        self.told.append((source, card.uid, tag))
        self.given[answer_id] = (card, tag, form_ms)
        self.seen.add(card.uid)
        self._add(answer_id, card, tag, asked_at, masked=True)
        if tag.status != "answered":
            return Saved(answer_id, None, (), None, too_quick=False)
        second = card.chosen.startswith("second")
        return Saved(
            answer_id, self.detail(card.id), ("It had a chance of 31 % to be drawn.",),
            self.earlier if second else None, form_ms < 2000,
        )  # fmt: skip

    def _add(self, answer_id: str, card: Card, tag: Tag, asked_at: int, *, masked: bool) -> None:
        self.answers.setdefault(card.uid, []).append(
            Answer(answer_id, card.uid, tag, "drawn", masked, None, asked_at, asked_at, 9000,
                   card.period)
        )  # fmt: skip

    def change(self, uid: str, period: str, tag: Tag, *, asked_at: int, form_ms: int) -> str:
        """Keep a change."""
        self._refuse()
        self.commits += 1
        answer_id = f"change-{self.commits}"
        card = next((c for c, _, _ in self.given.values() if c.uid == uid), made_card(1))
        self.told.append(("change", uid, tag))
        self.given[answer_id] = (card, tag, form_ms)
        self._add(answer_id, replace(card, period=period), tag, asked_at, masked=False)
        return answer_id

    def untag(self, answer_ids: Sequence[str]) -> list[str]:
        """Take back; what was seen stays out of the queue, as in the store."""
        for answer_id in answer_ids:
            self.commits += 1
            card, tag, _ = self.given.pop(answer_id)
            self.told.append(("untag", card.uid))
            if tag.status != "answered" or card.chosen.startswith("second"):
                self.seen.discard(card.uid)
        return [f"withdrawn-{answer_id}" for answer_id in answer_ids]

    def practice(self, answers: Sequence[tuple[Purpose, Fate]]) -> int:
        """Keep the practice set."""
        self.commits += 1
        self.told.append(("practice", len(answers)))
        self.practice_due = False
        return sum(
            (row.purpose, row.fate) == given for row, given in zip(PRACTICE, answers, strict=True)
        )

    def _refuse(self) -> None:
        if self.refusals:
            raise self.refusals.pop(0)


def made_sweep(number: int) -> list[SweepRow]:
    """Titles for the sweep."""
    return [
        SweepRow(
            100 + n, f"{100 + n:012x}", ts(2 + n % 3, 9 + n), "codex", "tide-tables",
            TITLES[n % len(TITLES)],
        )
        for n in range(number)
    ]  # fmt: skip
