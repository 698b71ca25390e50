"""A store that is made up: the methods of the library over 60 sessions of 12 weeks, in memory."""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from fake_review import FakeReview

from tokenworth.domain.tag import Fate, Purpose, Tag
from tokenworth.domain.views import (
    Answer,
    Bounds,
    Coverage,
    Found,
    ProblemRow,
    SessionDetail,
    SessionQuery,
    SessionRow,
    SourceRow,
    Trend,
    Turn,
    Usage,
    Week,
)

MONDAY_MS = 1_767_571_200_000  # Mon 5 Jan 2026, 00:00 UTC: the first of the 12 weeks
HOUR_MS = 3_600_000
WEEK_MS = 7 * 24 * HOUR_MS
WEEKS = 12
SESSIONS = 60
ZONE = "UTC"

KINDS = {
    "claude_code": "Claude Code",
    "codex": "Codex CLI",
    "chatgpt": "ChatGPT export",
}
PROJECTS = ("harbour-api", "tide-tables", "lighthouse", "")
MODELS = ("wren-large", "wren-small", "heron-2")
TITLES = (
    "Retry webhook deliveries with backoff",
    "Why does the tide table skip a day in March?",
    "Rename the harbour fields in the API",
    "Draw the lamp's schedule as a diagram",
    "Write a migration for berth numbers",
    "Summarise the minutes of the harbour board",
    "Fix the flaky test of the fog signal",
    "Compare two ways to store soundings",
    "Explain this regular expression",
    "Plan the next quarter's slides",
)


def _week_of(ts: int) -> int:
    return (ts - MONDAY_MS) // WEEK_MS


def _week_key(number: int) -> str:
    year, week, _ = datetime.fromtimestamp((MONDAY_MS + number * WEEK_MS) / 1000, UTC).isocalendar()
    return f"{year}-W{week:02d}"


def _make_row(number: int, dice: random.Random) -> SessionRow:
    start = MONDAY_MS + (number * WEEKS * WEEK_MS) // SESSIONS + dice.randrange(8, 18) * HOUR_MS
    kind = tuple(KINDS)[number % 3]
    tagged = number % 2 == 0 and number < SESSIONS - 6
    fate = "upkda"[dice.randrange(5)] if tagged else None
    recorded = dice.randrange(20_000, 900_000)
    return SessionRow(
        id=number + 1,
        uid=f"{number + 1:012x}",
        start_ts=start,
        end_ts=start + dice.randrange(300, 7000) * 1000,
        source=kind,
        project=PROJECTS[number % len(PROJECTS)],
        title=TITLES[number % len(TITLES)],
        active_min=round(dice.uniform(1, 90), 1),
        turns=dice.randrange(1, 60),
        purpose=dice.choice(list(Purpose)).value if tagged else None,
        fate=fate,
        value_min=round(dice.uniform(-30, 110), 1) if fate in ("u", "p") else 0.0 if fate else None,
        status="answered" if tagged else "skipped" if number % 13 == 1 else None,
        new_tokens=None if kind == "chatgpt" else recorded,
        estimated_tokens=recorded // 10 if kind == "chatgpt" else None,
        cost_usd=None if kind == "chatgpt" else round(recorded * 4e-6, 2),
        unpriced_tokens=0,
        automated=number % 17 == 5,
        unattended=number % 17 == 5,
    )


def make_rows(sessions: int = SESSIONS) -> dict[int, SessionRow]:
    """Return made-up sessions by id, the same each time."""
    dice = random.Random(7)
    return {row.id: row for row in (_make_row(number, dice) for number in range(sessions))}


_KEYS: dict[str, Callable[[SessionRow], object]] = {
    "when": lambda row: row.start_ts,
    "source": lambda row: row.source,
    "project": lambda row: row.project or None,
    "title": lambda row: row.title.casefold(),
    "active": lambda row: row.active_min,
    "turns": lambda row: row.turns,
    "outcome": lambda row: None if row.fate is None else Fate(row.fate).rank,
    "value": lambda row: row.value_min,
    "tokens": lambda row: row.new_tokens if row.new_tokens is not None else row.estimated_tokens,
    "cost": lambda row: row.cost_usd,
}


def model_of(row: SessionRow) -> str:
    """Return the model a made-up session used."""
    return MODELS[row.id % len(MODELS)]


def _fits(row: SessionRow, query: SessionQuery) -> bool:
    words = f"{row.title} {row.project}".casefold().split()
    return all(
        (
            all(any(w.startswith(part) for w in words) for part in query.text.casefold().split()),
            query.start_ts is None or row.start_ts >= query.start_ts,
            query.end_ts is None or row.start_ts < query.end_ts,
            not query.sources or row.source in query.sources,
            not query.projects or row.project in query.projects,
            not query.model or query.model == model_of(row),
            not query.fates or (row.fate or "-") in query.fates,
            not query.untagged or row.status is None,
            not query.week or query.week == _week_key(_week_of(row.start_ts)),
        )
    )


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def usage_of(rows: Sequence[SessionRow], key: str) -> Usage:
    """Return the counts of some made-up sessions."""
    new = _sum(row.new_tokens for row in rows)
    guessed = _sum(row.estimated_tokens for row in rows)
    attention = sum(row.active_min for row in rows)
    tagged = [row for row in rows if row.fate is not None]
    told = sum(row.active_min for row in tagged)
    in_use = sum(row.active_min for row in tagged if row.fate in ("u", "p"))
    return Usage(
        key=key,
        input=None if new is None else int(new * 0.2),
        cache_write_5m=None if new is None else int(new * 0.5),
        cache_write_1h=0 if new is not None else None,
        cache_read=None if new is None else int(new * 11),
        output=None if new is None else int(new) - int(new * 0.2) - int(new * 0.5),
        reasoning=None,
        estimated_input=None if guessed is None else int(guessed * 0.4),
        estimated_output=None if guessed is None else int(guessed) - int(guessed * 0.4),
        messages=sum(row.turns * 2 for row in rows),
        sessions=len(rows),
        cost_usd=_sum(row.cost_usd for row in rows),
        unpriced_tokens=0,
        attention_min=attention,
        tagged_sessions=len(tagged),
        tagged_attention_share=told / attention if attention else None,
        in_use_attention_share=in_use / told if told else None,
    )


def _coverage(rows: Sequence[SessionRow], gap: tuple[str, ...]) -> Coverage:
    answered = [row for row in rows if row.status == "answered"]
    return Coverage(
        sessions=len(rows),
        unattended=sum(row.unattended for row in rows),
        answered=len(answered),
        skipped=sum(row.status == "skipped" for row in rows),
        cannot_recall=0,
        volunteered=len(answered),
        attention_min=sum(row.active_min for row in rows),
        answered_attention_min=sum(row.active_min for row in answered),
        cost_usd=_sum(row.cost_usd for row in rows),
        answered_cost_usd=_sum(row.cost_usd for row in answered),
        unpriced_share=0.0 if rows else None,
        changed=0,
        days_without_import=gap,
    )


def _bounds(rows: Sequence[SessionRow]) -> Bounds:
    told = [row for row in rows if row.fate is not None]
    open_ = [row for row in rows if row.fate is None]
    attention = sum(row.active_min for row in rows)
    if not told or not attention:
        return Bounds(low=None, high=None, told_min=None, untagged=len(open_), tipping_min=None)
    in_use = sum(row.active_min for row in told if row.fate in ("u", "p"))
    unknown = sum(row.active_min for row in open_)
    net = sum(row.value_min or 0 for row in told)
    return Bounds(
        low=in_use / attention,
        high=(in_use + unknown) / attention,
        told_min=net,
        untagged=len(open_),
        tipping_min=-net / len(open_) if open_ else None,
    )


def week_of_rows(number: int, rows: Sequence[SessionRow]) -> Week:
    """Return one made-up week of the paired chart."""
    tokens = dict.fromkeys("adkpu-", 0)
    estimated = dict.fromkeys("adkpu-", 0)
    for row in rows:
        tokens[row.fate or "-"] += row.new_tokens or 0
        estimated[row.fate or "-"] += row.estimated_tokens or 0
    key = _week_key(number)
    return Week(
        key=key,
        start_ts=MONDAY_MS + number * WEEK_MS,
        end_ts=MONDAY_MS + (number + 1) * WEEK_MS,
        tokens=tokens,
        estimated=estimated,
        usage=usage_of(rows, key),
        coverage=_coverage(rows, ("2026-02-04", "2026-02-05") if number == 4 else ()),
        bounds=_bounds(rows),
    )


class FakeLibrary(FakeReview):
    """Answers as the library does; ``empty`` has no sessions, ``demo`` says it is sample data."""

    def __init__(self, sessions: int = SESSIONS, *, demo: bool = False) -> None:
        self.path = Path("/home/robin/.local/share/tokenworth/store.db")
        self.demo = demo
        self.by_id = make_rows(sessions)
        self.answers: dict[int, list[Answer]] = {}
        self.before: dict[str, tuple[int, SessionRow]] = {}
        self.notes: dict[int, str] = {}
        self.settings: dict[str, str] = {}
        self.asked: list[str] = []
        self.commits = 1
        self.closed = False

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True

    def count(self) -> int:
        """Return the number of sessions."""
        return len(self.by_id)

    def session_ids(self, query: SessionQuery) -> list[int]:
        """Return the ids that fit, sorted; unknown values last."""
        self.asked.append("session_ids")
        fitting = [row for row in self.by_id.values() if _fits(row, query)]
        hidden = query.masked and query.sort in ("tokens", "cost", "outcome", "value")

        def value(row: SessionRow) -> object:
            return None if hidden and row.status is None else _KEYS[query.sort](row)

        known = [row for row in fitting if value(row) is not None]
        known.sort(key=value, reverse=query.descending)  # type: ignore[arg-type]
        return [row.id for row in [*known, *(row for row in fitting if value(row) is None)]]

    def rows(self, ids: Sequence[int]) -> list[SessionRow]:
        """Return rows in the order of the ids."""
        return [self.by_id[id_] for id_ in ids]

    def detail(self, id_: int) -> SessionDetail:
        """Return everything of one session."""
        row = self.by_id[id_]
        return SessionDetail(
            row=row,
            first_request=f"{row.title}. Keep the order, and <b>do not</b> touch the rest.",
            last_answer="Done. Deliveries now retry up to 6 times; the queue keeps one in flight.",
            branch="main",
            folder=f"/home/robin/{row.project}" if row.project else "",
            files=("webhooks/sender.py", "webhooks/queue.py", "tests/test_sender.py"),
            usage=usage_of([row], row.uid),
            models=(model_of(row),),
            attention_low=row.active_min * 0.7,
            attention_high=row.active_min * 1.4,
            answers=tuple(self.answers.get(id_, ())),
            note=self.notes.get(id_, ""),
            origins=(f"/home/robin/.{row.source}/{row.uid}.jsonl",),
        )

    def transcript(self, id_: int) -> list[Turn]:
        """Return a short conversation."""
        row = self.by_id[id_]
        return [
            Turn(
                ts=row.start_ts, who="person", text=f"{row.title}, please. <img src=x> stays text."
            ),
            Turn(
                ts=row.start_ts + 20_000, who="assistant", text="I will look at the sender first."
            ),
            Turn(ts=row.start_ts + 40_000, who="tool", text="read webhooks/sender.py"),
            Turn(ts=row.start_ts + 90_000, who="assistant", text="Done.\n\nDeliveries now retry."),
        ]

    def choices(self) -> dict[str, list[str]]:
        """Return what filters can choose from."""
        rows = self.by_id.values()
        return {
            "sources": sorted({row.source for row in rows}),
            "projects": sorted({row.project for row in rows if row.project}),
            "models": sorted({model_of(row) for row in rows}),
        }

    def tag(
        self, ids: Sequence[int], tag: Tag, *, masked: bool, asked_at: int, form_ms: int
    ) -> list[str]:
        """Answer for some sessions."""
        made = []
        for id_ in ids:
            self.commits += 1
            answer_id = f"answer-{self.commits}"
            row = self.by_id[id_]
            self.before[answer_id] = (id_, row)
            self.answers.setdefault(id_, []).append(
                Answer(
                    answer_id,
                    row.uid,
                    tag,
                    "volunteered",
                    masked,
                    None,
                    asked_at,
                    asked_at,
                    form_ms,
                )
            )
            self.by_id[id_] = msgspec.structs.replace(
                row,
                purpose=tag.purpose.value if tag.purpose else None,
                fate=tag.fate.value if tag.fate else None,
                value_min=tag.value_minutes if tag.status == "answered" else None,
                status=tag.status,
            )
            made.append(answer_id)
        return made

    def untag(self, answer_ids: Sequence[str]) -> list[str]:
        """Put the rows back as they were before those answers."""
        for answer_id in answer_ids:
            self.commits += 1
            id_, row = self.before[answer_id]
            self.by_id[id_] = row
            self.answers[id_] = [a for a in self.answers[id_] if a.answer_id != answer_id]
        return [f"withdrawn-{answer_id}" for answer_id in answer_ids]

    def note(self, id_: int, text: str) -> str:
        """Keep a note; returns the one before."""
        self.commits += 1
        before = self.notes.get(id_, "")
        self.notes[id_] = text
        return before

    def trend(self, query: SessionQuery | None = None) -> Trend:
        """Return the whole history by week."""
        self.asked.append("trend")
        rows = [row for row in self.by_id.values() if _fits(row, query or SessionQuery())]
        if not rows:
            return Trend(weeks=(), zone=ZONE)
        numbers = [_week_of(row.start_ts) for row in rows]
        return Trend(
            weeks=tuple(
                week_of_rows(number, [row for row in rows if _week_of(row.start_ts) == number])
                for number in range(min(numbers), max(numbers) + 1)
            ),
            zone=ZONE,
        )

    def sources(self) -> list[SourceRow]:
        """Return one row a tool."""
        self.asked.append("sources")
        return [_source(kind, self.by_id.values()) for kind in self.choices()["sources"]]

    def problems(self, kind: str = "") -> list[ProblemRow]:
        """Return two problems of one tool."""
        if not self.by_id or kind not in ("", "codex"):
            return []
        return [
            ProblemRow("/home/robin/.codex/r-a.jsonl", 412, "json", "Not JSON; one line left out."),
            ProblemRow("/home/robin/.codex/r-b.jsonl", 9, "record", "Unknown record type “moon”."),
        ]

    def found(self) -> list[Found]:
        """Return two tools with files on this machine."""
        gone = "Claude Code deletes its logs after 30 days."
        return [
            Found("claude_code", "Claude Code", "~/.claude/projects", 214, 48_200_000, gone),
            Found("codex", "Codex CLI", "~/.codex/sessions", 31, 6_100_000, ""),
        ]

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


def _source(kind: str, all_rows: Iterable[SessionRow]) -> SourceRow:
    rows = [row for row in all_rows if row.source == kind]
    return SourceRow(
        kind=kind,
        name=KINDS[kind],
        counting="estimated" if kind == "chatgpt" else "recorded",
        places=(f"/home/robin/.{kind}",),
        files=len(rows),
        bytes=len(rows) * 210_000,
        sessions=len(rows),
        first_ts=min(row.start_ts for row in rows),
        last_ts=max(row.start_ts for row in rows),
        last_import_ts=MONDAY_MS + WEEKS * WEEK_MS,
        problems=2 if kind == "codex" else 0,
        retention="Claude Code deletes its logs after 30 days." if kind == "claude_code" else "",
    )
