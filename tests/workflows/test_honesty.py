"""Whatever is tagged, in any order, after any imports: nothing is said that may not be."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from claude_lines import answer, prompt, write
from hypothesis import given, settings
from hypothesis import strategies as st

from tokenworth.cli import main
from tokenworth.domain.comparison import Comparison
from tokenworth.domain.estimate import Estimate
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import SessionQuery
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

DAY = 24 * 60
SESSIONS = 36
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
TAGS = (
    Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(1)),
    Tag(Purpose.NEEDED, Fate.PART, Minutes.of(9, 30, 200), Minutes.of(3)),
    Tag(Purpose.SHOW, Fate.KEPT, None, Minutes.of(0)),
    Tag(Purpose.EXPLORE, Fate.DISCARDED, Minutes.of(4), Minutes.of(2), "It fails."),
    Tag(Purpose.OPTIONAL, Fate.ABANDONED),
    Tag(status="skipped"),
    Tag(status="cannot_recall"),
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("import", "tag", "draw", "answer", "answer all", "stop", "untag", "days")),
        st.integers(0, 1000),
    ),
    min_size=1,
    max_size=14,
)


class Story:
    """A person with 36 sessions in two weeks who does things in any order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.moment = BEGIN + timedelta(days=7)
        self.given: list[str] = []
        self.path = folder / "store.db"
        self.more(4)
        self.library = Library(self.path, clock=lambda: int(self.moment.timestamp() * 1000))

    def more(self, number: int) -> None:
        """Import a session or some more, in any order."""
        for i in {number % SESSIONS, number * 7 % SESSIONS, number * 13 % SESSIONS}:
            at = (i % 12) * DAY + 40 * (i // 12)
            lines = []
            for turn in range(1 + i % 3):
                lines += [
                    prompt(f"s{i}", turn, at + 3 * turn, f"Work {i}"),
                    answer(f"s{i}", turn, at + 3 * turn + 1, 50 + i),
                ]
            write(self.folder / "history" / f"s{i}.jsonl", lines)
        import_files(self.path, [self.folder / "history"])

    def do(self, act: str, number: int) -> None:
        queue = self.library.queue()
        if act == "import":
            self.more(number)
        elif act == "tag":
            ids = self.library.session_ids(SessionQuery())
            tag = TAGS[number % len(TAGS)]
            self.given += self.library.tag(
                [ids[number % len(ids)]], tag, masked=True, asked_at=1, form_ms=9000
            )
        elif act == "draw" and queue.undrawn:
            self.library.draw(queue.undrawn)
        elif act in ("answer", "answer all"):
            self._answer(number, 1 if act == "answer" else 40)
        elif act == "stop" and queue.halves:
            self.library.stop(queue.halves[number % len(queue.halves)].period)
        elif act == "untag" and self.given:
            self.library.untag([self.given.pop(number % len(self.given))])
        elif act == "days":
            self.moment += timedelta(days=1 + number % 4)

    def _answer(self, number: int, times: int) -> None:
        for i in range(times):
            card = self.library.queue().card
            if card is None:
                return
            tag = TAGS[(number + i) % len(TAGS)]
            self.given.append(self.library.answer(card, tag, asked_at=1, form_ms=9000).answer_id)


def estimates(value: Any) -> Iterator[Estimate]:
    """Yield every estimate anywhere in a view."""
    if isinstance(value, Estimate):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from estimates(getattr(value, name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from estimates(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from estimates(one)


def check(told: Estimate) -> None:
    """Hold an estimate to R3."""
    if told.value is None and told.low is None and told.high is None:
        assert told.reason
        return
    assert told.n >= told.minimum_n or told.interval == "complete", told
    assert told.low is not None, told
    assert told.high is not None, told
    assert told.denominator, told
    assert told.chosen in ("drawn", "everything"), told
    assert told.value is not None or told.reason, told
    if told.value is not None:
        assert told.low <= told.value + 1e-9, told
        assert told.value <= told.high + 1e-9, told


def check_rows(found: Comparison) -> None:
    """Hold a comparison to R2 and to 7.1."""
    groups = [row.group for row in found.rows]
    assert {"Burned", "Got"} <= set(groups)
    assert all(words for words in found.coverage_words)
    for row in found.rows:
        if row.difference is not None and not row.difference.exact:
            apart = row.difference
            assert apart.words, row
            assert (apart.value is None) == (apart.low is None), row


def printed(path: Path, *arguments: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        status = main([arguments[0], "--store", str(path), *arguments[1:]])
    assert status == 0
    return out.getvalue()


@settings(max_examples=25, deadline=None)
@given(ACTS)
def test_no_place_says_what_may_not_be_said(acts: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        story = Story(Path(folder))
        try:
            for act, number in acts:
                try:
                    story.do(act, number)
                except Refusal:
                    continue
            library = story.library
            query = SessionQuery(projects=("harbour",))
            views = [
                library.trend(), library.trend(query), library.relation(), library.mix(),
                library.flow(), library.flow(view="estimated"), library.calibration(),
                library.flow(unit="USD", view="estimated"), library.calendar(),
            ]  # fmt: skip
            found = library.compare(["2026-W10", "2026-W11"])
            for view in (*views, found):
                for told in estimates(view):
                    check(told)
            check_rows(found)
            for week in library.trend().weeks:
                assert (week.net is None) == (week.in_use is None)
        finally:
            story.library.close()
        for text in (
            printed(story.path, "week", "2026-W10"),
            printed(story.path, "compare", "2026-W10", "2026-W11"),
        ):
            tokens = text.index("ew tokens")
            assert text.index("looked at") < tokens, "coverage stands above every count"
