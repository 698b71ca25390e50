"""What happens in the sample: sessions, requests and answers, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import log
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tokenworth.samples import fiction

MINUTE_MS: Final = 60_000
UNPRICED: Final = "lantern-2-preview"
"""A model no price list knows."""

_KINDS: Final = ("claude_code", "codex", "chatgpt")
_TOOLS: Final = ("Read", "Edit", "Bash")


@dataclass(frozen=True)
class Step:
    """One answer of a model, or a part of the work on it."""

    ts: int
    model: str
    tool: str  # "" for the last words
    file: str
    text: str
    fresh: int  # tokens, as are the next four
    written: int
    read: int
    output: int
    reasoning: int


@dataclass(frozen=True)
class Exchange:
    """A request and what was done about it."""

    ts: int
    request: str
    steps: tuple[Step, ...]


@dataclass
class Session:
    """One thread of one tool."""

    kind: str
    key: str
    project: fiction.Project
    title: str
    alone: bool  # no person took part
    week: int
    exchanges: list[Exchange] = field(default_factory=list)
    helper: list[Step] = field(default_factory=list)  # what a sub-agent did
    fork_of: "Session | None" = None
    shared: int = 0  # exchanges copied from there

    @property
    def end_ts(self) -> int:
        """When the last answer came."""
        return self.exchanges[-1].steps[-1].ts


def uuid(rng: Random) -> str:
    """Return an identifier as tools make them."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def sessions(rng: Random, end: date, weeks: int, zone: ZoneInfo) -> list[Session]:
    """Return the sessions of ``weeks`` weeks up to that of ``end``, but for one week of rest."""
    monday = end - timedelta(days=end.weekday() + 7 * (weeks - 1))
    rest = weeks // 2 - 1 if weeks > 3 else -1  # noqa: PLR2004 -- few weeks need no rest
    made: list[Session] = []
    for week in range(weeks):
        if week == rest:
            continue
        for weekday in range(7):
            day = monday + timedelta(days=7 * week + weekday)
            if day <= end:
                made.extend(_day(rng, day, week, week / weeks, zone))
    _fork(rng, made)
    return made


def _day(rng: Random, day: date, week: int, grown: float, zone: ZoneInfo) -> Iterator[Session]:
    """Yield a day's sessions; ``grown`` goes from 0 in the first week to 1 in the last."""
    working = day.weekday() < 5  # noqa: PLR2004 -- Monday to Friday
    count = rng.randint(6, 9) + round(3 * grown) if working else int(rng.random() < 0.4)  # noqa: PLR2004
    clock = _at(day, 8 * 60 + 20 + rng.randrange(50), zone)
    for _ in range(count):
        kind = rng.choices(_KINDS, (0.5, 0.26, 0.24) if working else (0.2, 0.1, 0.7))[0]
        session = _session(rng, kind, clock, week, grown)
        yield session
        clock = session.end_ts + round(rng.uniform(3, 24) * MINUTE_MS)
    if rng.random() < 0.1 + 0.35 * grown:
        kind = rng.choice(_KINDS[:2])
        yield _session(
            rng, kind, _at(day, 22 * 60 + rng.randrange(80), zone), week, grown, alone=True
        )


def _at(day: date, minute: int, zone: ZoneInfo) -> int:
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return round(local.timestamp()) * 1000


def _session(  # noqa: PLR0913 -- where, when and how large it is
    rng: Random, kind: str, ts: int, week: int, grown: float, *, alone: bool = False
) -> Session:
    project = rng.choice(fiction.PROJECTS)
    title, request = fiction.question(rng)
    if kind != "chatgpt":
        request = fiction.ask(rng, project, first=True, alone=alone)
        title = request.rstrip(".").split(". ")[0]
    session = Session(kind, uuid(rng), project, title, alone, week)
    mean = 1.8 if kind == "chatgpt" else 3.6
    count = 1 if alone else min(14, 1 + int(rng.expovariate(1 / mean)))
    work = _Work(rng, session, _model(rng, kind, grown), grown)
    for _ in range(count):
        exchange = work.exchange(ts, request)
        session.exchanges.append(exchange)
        gap = 25 if rng.random() < 0.05 else min(14.0, max(0.4, rng.lognormvariate(log(2.2), 0.7)))  # noqa: PLR2004
        ts = max(ts + round(gap * MINUTE_MS), exchange.steps[-1].ts + 6_000)
        ask_more = fiction.more(rng) if kind == "chatgpt" else ""
        request = ask_more or fiction.ask(rng, project, first=False, alone=alone)
    if kind == "claude_code" and rng.random() < 0.12:  # noqa: PLR2004 -- a part of them
        session.helper = work.helper()
    return session


def _model(rng: Random, kind: str, grown: float) -> str:
    """Return the model of a session; newer ones come into use in the course of the weeks."""
    new = rng.random() < 2 * grown - 0.4
    if kind == "claude_code":
        return rng.choice(
            ("claude-sonnet-5", "claude-sonnet-5", "claude-opus-5")
            if new
            else ("claude-sonnet-4-6", "claude-sonnet-4-6", "claude-opus-4-6")
        )
    if kind == "codex":
        if rng.random() < 0.08:  # noqa: PLR2004 -- now and then
            return UNPRICED
        return "gpt-5.5" if new else "gpt-5.3-codex"
    return "gpt-5-t-mini" if rng.random() < 0.2 else "gpt-5-5" if new else "gpt-5-2"  # noqa: PLR2004


class _Work:
    """The work on one session: its context grows with every answer."""

    def __init__(self, rng: Random, session: Session, model: str, grown: float) -> None:
        self._rng = rng
        self._session = session
        self._model = model
        self._size = 1 + 1.3 * grown
        self._context = 0
        self._written = rng.randint(12_000, 21_000)

    def exchange(self, ts: int, request: str) -> Exchange:
        """Return a request and the steps of its answer."""
        rng, session = self._rng, self._session
        steps = []
        count = 0 if session.kind == "chatgpt" else int(rng.expovariate(1 / (1.3 * self._size)))
        count = rng.randint(6, 15) if session.alone else min(count, 7)
        at = ts
        for number in range(count + 1):
            at += round(rng.uniform(4, 22) * 1000)
            steps.append(self._step(at, self._model, last=number == count))
        return Exchange(ts, request, tuple(steps))

    def helper(self) -> list[Step]:
        """Return the steps of a sub-agent, begun during the first answer."""
        at = self._session.exchanges[0].steps[0].ts
        self._context, self._written = 0, self._rng.randint(3_000, 6_000)
        count = self._rng.randint(2, 6)
        return [
            self._step(at + 1000 + 3500 * k, "claude-haiku-4-5-20251001", last=k == count - 1)
            for k in range(count)
        ]

    def _step(self, ts: int, model: str, *, last: bool) -> Step:
        rng, project = self._rng, self._session.project
        output = 30 + round(rng.lognormvariate(log(240 * self._size), 0.7))
        step = Step(
            ts=ts,
            model=model,
            tool="" if last else rng.choice(_TOOLS),
            file=rng.choice(project.files),
            text=fiction.reply(rng)
            if self._session.kind == "chatgpt"
            else fiction.answer(rng, project),
            fresh=rng.randint(3, 14),
            written=self._written,
            read=self._context,
            output=output,
            reasoning=round(output * rng.uniform(0.1, 0.6)),
        )
        self._context += self._written
        self._written = output + round(rng.uniform(200, 1_900) * self._size)
        return step


def _fork(rng: Random, made: list[Session]) -> None:
    """Let one session be taken up again from its middle, in a file of its own."""
    for place, session in enumerate(made):
        if place < round(len(made) * 0.6):
            continue
        if session.kind == "claude_code" and not session.alone and len(session.exchanges) > 3:  # noqa: PLR2004
            fork = Session(
                session.kind, uuid(rng), session.project, "Another way: " + session.title,
                alone=False, week=session.week, fork_of=session, shared=2,
            )  # fmt: skip
            work = _Work(rng, fork, session.exchanges[0].steps[0].model, 0.6)
            ts = session.end_ts + 9 * MINUTE_MS
            request = fiction.ask(rng, session.project, first=False, alone=False)
            fork.exchanges.append(work.exchange(ts, request))
            made.insert(place + 1, fork)
            return
