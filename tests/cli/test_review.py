import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tokenworth.cli import main
from tokenworth.cli.keyboard import BACK, ENTER, SPECIAL, Ended, Terminal
from tokenworth.domain.review import Card, Half, Queue, Saved, SweepRow, Why
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag, steps
from tokenworth.domain.views import Answer, SessionDetail, SessionQuery, SessionRow, Usage

MONDAY = 1_772_409_600_000  # 2026-03-02, 00:00 UTC
DAY = 86_400_000
HOUR = 3_600_000
PERIOD = "2026-W10a"
SESSIONS = ("Mend the tide table", "Draw the harbour", "Name the berths")


def card(number: int, chosen: Why = "drawn", *, skill: bool = False) -> Card:
    return Card(
        number, f"{number:012x}", PERIOD, chosen, number, 3, MONDAY + (14 * 60 + 5) * 60_000 + DAY,
        "claude_code", "harbour", SESSIONS[(number - 1) % 3], "The table skips a day",
        "It no longer does", ("tides.py", "test_tides.py"), skill, chosen == "second_28",
        chosen == "second_7",
    )  # fmt: skip


def detail(one: Card) -> SessionDetail:
    start = one.start_ts
    row = SessionRow(
        one.id, one.uid, start, start + 25 * 60_000, one.source, one.project, one.title, 12.0, 4,
        None, None, None, "answered", 640, None, 0.12, 0, None, False,
    )  # fmt: skip
    usage = msgspec.structs.replace(
        Usage.nothing(one.uid, 1), input=40, cache_write_5m=300, cache_read=5000, output=300,
        cost_usd=0.12, attention_min=0.0, messages=0,
    )  # fmt: skip
    return SessionDetail(
        row, "", "", "", "", one.files, usage, ("wren-large",), 8.0, 20.0, (), "", ()
    )


class FakeLibrary:
    """A queue in memory, and all that was asked of it."""

    def __init__(self, cards: Sequence[Card] = (), *, drawn: bool = True) -> None:
        self.zone = ZoneInfo("UTC")
        self.cards = list(cards)
        self.drawn = drawn
        self.given: list[Tag] = []
        self.changed: list[Tag] = []
        self.swept: dict[int, Tag] = {}
        self.draws: list[str] = []
        self.stopped: list[str] = []
        self.earlier: Answer | None = None
        self.on_queue: Callable[[], None] = lambda: None
        self.on_answer: Callable[[], None] = lambda: None
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def now(self) -> int:
        return MONDAY + 4 * DAY

    def queue(self) -> Queue:
        self.on_queue()
        done = len(self.given)
        half = Half(
            PERIOD, MONDAY, MONDAY + 3 * DAY, 61, 10, done, 0, len(self.swept), 0, False,
            "asking" if self.drawn else "undrawn",
        )  # fmt: skip
        left = len(self.cards) if self.drawn else 0
        return Queue(
            (half,), left, self.cards[0] if left else None, "" if self.drawn else PERIOD,
            ("Nothing older is asked about.",), False, False, None, None,
        )  # fmt: skip

    def answer(self, one: Card, tag: Tag, *, asked_at: int, form_ms: int) -> Saved:
        self.on_answer()
        assert one is self.cards.pop(0)
        assert (asked_at, form_ms >= 0) == (self.now(), True)
        self.given.append(tag)
        shown = detail(one) if tag.status == "answered" else None
        return Saved("a1", shown, ("It had a chance of 36 %.",), self.earlier, form_ms < 0)

    def change(self, uid: str, period: str, tag: Tag, *, asked_at: int, form_ms: int) -> str:
        assert (len(uid), period, asked_at, form_ms >= 0) == (12, PERIOD, self.now(), True)
        self.changed.append(tag)
        return "a2"

    def sweep(self, period: str) -> list[SweepRow]:
        assert not self.drawn
        assert period == PERIOD
        return [
            SweepRow(n, f"{n:012x}", MONDAY + HOUR, "codex", "harbour", f"1 of {title}")
            for n, title in enumerate(SESSIONS, 1)
        ]

    def answer_swept(
        self, id_: int, period: str, tag: Tag, *, asked_at: int, form_ms: int
    ) -> Saved:
        assert (period, asked_at, form_ms >= 0) == (PERIOD, self.now(), True)
        self.swept[id_] = tag
        return Saved("a3", detail(card(id_)), ("You picked it.",), None, too_quick=True)

    def stop(self, period: str) -> None:
        self.stopped.append(period)

    def draw(self, period: str) -> None:
        self.draws.append(period)
        self.drawn = True


class Review:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, library: FakeLibrary, script: str, *options: str) -> tuple[int, str, str]:
        self.monkeypatch.setattr("tokenworth.workflows.library.Library", lambda _path, **_: library)
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(script))
        status = main(["review", *options])
        out, err = self.capsys.readouterr()
        assert library.closed
        return status, out, err


@pytest.fixture
def review(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Review:
    return Review(monkeypatch, capsys)


def lines(*keys: str) -> str:
    return "".join(f"{key}\n" for key in keys)


def test_question_after_question_then_all_is_shown(review: Review) -> None:
    library = FakeLibrary([card(1), card(2)])
    status, out, _ = review(library, lines("2", "p", "5", "1", "", "", "4", "k", "0", "", ""))
    assert status == 0
    assert library.given == [
        Tag(Purpose.NEEDED, Fate.PART, Minutes.of(5), Minutes.of(1)),
        Tag(Purpose.OPTIONAL, Fate.KEPT, None, Minutes.of(0)),
    ]
    before, after = out.split("Kept:")[:2]
    assert "1 of 3, Mon 2 Mar – Wed 4 Mar 2026" in before
    assert "Tuesday 3 March 2026, 14:05 · Claude Code · harbour" in before
    assert "tides.py, test_tides.py" in before
    assert not any(word in before for word in ("$", "wren", "Attention", "chance of", "12 min"))
    assert after.startswith(" needed anyway; in use in part; by hand 30–60 min; after-work under 2")
    assert "fresh input 40, cache write 300, cache read 5.0 k, output 300" in after
    assert "$0.12" in after
    assert "wren-large" in after
    assert "12 min (8 min to 20 min); turns: 4; length: 25 min" in after
    assert "Why this one: It had a chance of 36 %." in after


@pytest.mark.parametrize(
    ("keys", "status"), [(["s"], "skipped"), (["2", "u", "x"], "cannot_recall")]
)
def test_what_is_not_answered_is_kept_as_such_and_shows_nothing(
    review: Review, keys: list[str], status: str
) -> None:
    library = FakeLibrary([card(1)])
    _, out, _ = review(library, lines(*keys))
    assert [tag.status for tag in library.given] == [status]
    assert library.given[0].purpose is None
    assert "$" not in out
    assert f"Kept: {status.replace('_', ' ')}." in out


def test_back_goes_back_one_question(review: Review) -> None:
    library = FakeLibrary([card(1)])
    review(library, lines("b", "1", "b", "2", "u", "4", "b", "b", "d", "3", "b", "2", "", ""))
    assert library.given == [Tag(Purpose.NEEDED, Fate.DISCARDED, None, Minutes.of(2))]


def test_a_stretch_of_minutes_is_typed_after_9_or_at_once(review: Review) -> None:
    library = FakeLibrary([card(1), card(2), card(3)])
    first = ["2", "u", "9", "40-20", "9", "20-40", "0", "", ""]
    review(library, lines(*first, "2", "u", "30", "0", "", "", "2", "u", "9", "", "1", "0", "", ""))
    assert [tag.by_hand for tag in library.given] == [
        Minutes.of(9, 20, 40), Minutes.of(9, 30, 30), Minutes.of(1)
    ]  # fmt: skip


def test_a_sentence_is_asked_for_after_exploring_or_when_wanted(review: Review) -> None:
    library = FakeLibrary([card(1), card(2), card(3)])
    review(
        library,
        lines(
            *("3", "d", "2", "0", "It fails on generics", "", ""),
            *("2", "d", "0", "l", "Tides are late", "", ""),
            *("2", "d", "0", "l", "b", "1", "", ""),
        ),
    )
    assert [tag.learned for tag in library.given] == [
        "It fails on generics", "Tides are late", None
    ]  # fmt: skip
    assert library.given[2].after_work == Minutes.of(1)


def test_all_can_be_changed_once_it_is_shown(review: Review) -> None:
    library = FakeLibrary([card(1), card(2)])
    script = lines("2", "a", "", "?", "c", "2", "d", "1", "", "2", "a", "", "c", "1", "s")
    review(library, script)
    assert [tag.fate for tag in library.given] == [Fate.ABANDONED] * 2
    assert library.changed == [Tag(Purpose.NEEDED, Fate.DISCARDED, None, Minutes.of(1))]


@pytest.mark.parametrize("keys", [["q"], ["2", "u", "q"], ["2", "d", "0", "l", "q"], ["2", "u"]])
def test_stopping_loses_nothing(review: Review, keys: list[str]) -> None:
    library = FakeLibrary([card(1), card(2)])
    status, out, _ = review(library, lines("2", "a", "", "", *keys))
    assert status == 0
    assert len(library.given) == 1
    assert "what you answered is kept. 1 left." in out


@pytest.mark.parametrize(("keys", "stops"), [(["x", "y"], True), (["n"], False), (["q"], False)])
def test_a_half_week_is_stopped_for_good_once_that_is_agreed(
    review: Review, keys: list[str], stops: bool
) -> None:
    library = FakeLibrary([card(1), card(2)])
    status, out, _ = review(library, lines(*keys), "--stop")
    assert status == 0
    assert "10 stay unasked, for good, and are shown again." in out
    assert "With none answered there is no estimate for it." in out
    assert library.stopped == [PERIOD] * stops
    assert ("It goes on." in out) is not stops
    assert not library.given


def test_where_nothing_is_asked_nothing_is_stopped(review: Review) -> None:
    library = FakeLibrary([card(1)])
    library.drawn = False
    _, out, _ = review(library, "", "--stop")
    assert (out, library.stopped) == ("No half-week is being asked about.\n", [])


def test_an_interrupt_keeps_what_was_saved(review: Review) -> None:
    library = FakeLibrary([card(1), card(2)])

    def interrupt() -> None:
        if library.given:
            raise KeyboardInterrupt

    library.on_answer = interrupt
    status, _, err = review(library, lines("2", "a", "", "", "2", "a", "", ""))
    assert status == 1
    assert "kept" in err
    assert len(library.given) == 1


def test_skill_is_asked_where_the_card_says_so(review: Review) -> None:
    library = FakeLibrary([card(1, skill=True), card(2, "second_7"), card(3, "second_28")])
    _, out, _ = review(
        library,
        lines(
            *("2", "u", "3", "0", "s", "p", "", ""),
            *("2", "u", "3", "0", "y", "", ""),
            *("2", "u", "3", "0", "n", "3", "", ""),
        ),
    )
    one, week, month = library.given
    assert (one.could_alone, one.can_explain, one.others, one.world_changed) == (
        "s",
        "p",
        None,
        None,
    )
    assert (week.could_alone, week.can_explain, week.world_changed) == (None, None, True)
    assert (month.could_alone, month.can_explain, month.others) == (None, "n", "l")
    assert "A second look, 2 of 3" in out


def test_the_first_answer_is_shown_after_a_second_look(review: Review) -> None:
    library = FakeLibrary([card(1, "second_7")])
    library.earlier = Answer(
        "a0", "1", Tag(Purpose.SHOW, Fate.KEPT), "drawn", True, None, 0, MONDAY, 9000, PERIOD
    )
    _, out, _ = review(library, lines("2", "a", "n", "", ""))
    before, after = out.split("Kept:")
    assert "First asked" not in before
    assert "First asked 2026-03-02, you said: to be seen using AI; kept, not in use." in after


def test_a_draw_is_asked_for_plainly(review: Review) -> None:
    library = FakeLibrary([card(1)], drawn=False)
    _, out, _ = review(library, lines("?", "n"))
    assert "Mon 2 Mar – Wed 4 Mar 2026: 10 of 61 sessions, drawn by chance." in out
    assert (library.draws, library.given) == ([], [])
    review(library, lines("y", "s"))
    assert (library.draws, len(library.given)) == ([PERIOD], 1)


def test_draw_asks_no_leave(review: Review) -> None:
    library = FakeLibrary([card(1)], drawn=False)
    review(library, lines("s"), "--draw")
    assert (library.draws, len(library.given)) == ([PERIOD], 1)
    library.cards = [card(1)]
    _, _, err = review(library, "", "--draw")
    assert "no half-week" in err
    assert library.draws == [PERIOD]


def test_the_sweep_comes_before_the_draw(review: Review) -> None:
    library = FakeLibrary(drawn=False)
    script = lines("4", "3 1", "2", "u", "7", "0", "", "", "s", "y")
    _, out, _ = review(library, script, "--sweep")
    assert library.swept == {3: Tag(Purpose.NEEDED, Fate.USED, Minutes.of(7), Minutes.of(0))}
    assert library.draws == [PERIOD]
    assert "  1  1 of Mend the tide table (Mon 02 Mar 01:00 · Codex · harbour)" in out
    assert "\n1 of Name the berths" in out
    assert "too quick" in out


def test_the_queue_in_json(review: Review) -> None:
    library = FakeLibrary([card(1)])
    status, out, _ = review(library, "", "--list", "--json")
    told: dict[str, Any] = json.loads(out)
    assert status == 0
    assert set(told) == {"halves", "left", "undrawn", "needs_import", "words", "spec"}
    assert (told["left"], told["undrawn"], told["halves"][0]["planned"]) == (1, None, 10)
    assert "tide" not in out
    _, out, _ = review(library, "", "--list")
    assert "being asked, 0 of 10 asked" in out
    assert "1 left to answer." in out


@pytest.mark.parametrize(
    "options", [["--json"], ["--list", "--draw"], ["--list", "--sweep"], ["--stop", "--draw"]]
)
def test_what_makes_no_sense_is_not_understood(options: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["review", *options])
    assert stopped.value.code == 2


def test_imported_text_cannot_move_the_cursor(review: Review) -> None:
    bad = "\x1b[2J\u202ename\r"
    one = msgspec.structs.replace(
        card(1), title=bad, project=bad, first_request=bad, last_answer=bad, files=(bad,)
    )
    _, out, _ = review(FakeLibrary([one]), lines("s"))
    assert not {"\x1b", "\u202e", "\r"} & set(out)
    assert "[2Jname" in out


KEYS = some.sampled_from([*"1234adkpu0579sxbqlyn", "", "\t", "c", "20-40", "a sentence", "ä"])


@given(some.lists(KEYS, max_size=60), some.booleans())
def test_whatever_is_typed_only_whole_answers_are_kept(keys: list[str], draw: bool) -> None:
    library = FakeLibrary([card(1), card(2), card(3)], drawn=not draw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tokenworth.workflows.library.Library", lambda _path, **_: library)
        patch.setattr(sys, "stdin", io.StringIO(lines(*keys)))
        patch.setattr(sys, "stdout", io.StringIO())
        assert main(["review"]) == 0
    for tag in [*library.given, *library.changed]:
        if tag.status != "answered":
            assert tag == Tag(status=tag.status)
            continue
        asked = steps(tag.purpose, tag.fate)
        assert (tag.by_hand is not None) == ("by_hand" in asked)
        assert (tag.after_work is not None) == ("after_work" in asked)
    assert all(tag.status == "answered" for tag in library.changed)


# elsewhere ----------------------------------------------------------------------------------------


class FakeSessions(FakeLibrary):
    """One session in the queue, masked as the library does it, and one that is not."""

    def session_ids(self, _query: SessionQuery) -> list[int]:
        return [1, 2]

    def rows(self, _ids: Sequence[int]) -> list[SessionRow]:
        shown = detail(card(2)).row
        masked = msgspec.structs.replace(
            detail(card(1)).row, active_min=None, turns=None, new_tokens=None, cost_usd=None,
            status=None, queued=True,
        )  # fmt: skip
        return [masked, shown]

    def usage(self, by: str) -> list[Usage]:
        if by == "total":
            return [detail(card(2)).usage]
        return [Usage.nothing("1", 1), detail(card(2)).usage]

    def setting(self, _name: str) -> str:
        return "0"  # not blind: the queue hides all the same


@pytest.fixture
def told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[str, str]]:
    def tell(*arguments: str) -> tuple[str, str]:
        monkeypatch.setattr(
            "tokenworth.workflows.library.Library", lambda _path, **_: FakeSessions()
        )
        assert main(arguments) == 0
        return tuple(capsys.readouterr())

    return tell


def test_sessions_in_the_queue_keep_their_numbers_hidden(
    told: Callable[..., tuple[str, str]],
) -> None:
    out, err = told("sessions")
    masked, shown = out.splitlines()[1:]
    assert masked.count("hidden") == 5
    assert "hidden" not in shown
    assert err.startswith("tokenworth: 1 session waits to be asked about")
    out, _ = told("sessions", "--json")
    masked_row, shown_row = json.loads(out)["rows"]
    assert {"active_min", "turns", "fate", "new_tokens", "end_ts"} <= set(masked_row["hidden"])
    assert all(masked_row[name] is None for name in masked_row["hidden"])
    assert (shown_row["hidden"], shown_row["new_tokens"]) == ([], 640)


def test_usage_of_sessions_in_the_queue_is_hidden(told: Callable[..., tuple[str, str]]) -> None:
    out, err = told("usage", "--by", "session")
    assert out.splitlines()[1].count("hidden") == 9
    assert "hidden" not in out.splitlines()[2]
    assert "1 session waits" in err
    out, err = told("usage", "--by", "session", "--json")
    masked, shown = json.loads(out)["rows"]
    assert (masked["attention_min"], masked["messages"], masked["sessions"]) == (None, None, 1)
    assert (shown["attention_min"], shown["input"]) == (0.0, 40)
    assert "1 of the rows" in told("usage", "--by", "project")[1]
    assert told("usage")[1] == ""


# a terminal ---------------------------------------------------------------------------------------


def terminal(*chunks: str) -> Terminal:
    waiting = list(chunks)
    return Terminal(lambda: waiting.pop(0), lambda: waiting.pop(0))


def test_keys_of_a_terminal() -> None:
    keys = terminal("2U", "\x7f", "\r", "\x1b[A", "\x1b", "\b", "\x04")
    pressed = [keys.key() for _ in range(7)]
    assert pressed == ["2", "u", BACK, ENTER, SPECIAL, SPECIAL, BACK]
    with pytest.raises(Ended):
        keys.key()


def test_what_was_typed_ahead_is_part_of_the_line() -> None:
    keys = terminal("920-40\r0", "920", "-40\n", "9", "")
    assert (keys.key(), keys.line(), keys.key()) == ("9", "20-40", "0")
    assert (keys.key(), keys.line()) == ("9", "20-40")
    keys.key()
    with pytest.raises(Ended):
        keys.line()


@contextmanager
def pseudo_terminal(patch: pytest.MonkeyPatch) -> Any:
    """Make standard input a terminal; give the other end and the terminal's settings."""
    import termios  # noqa: PLC0415 -- not on every system

    master, slave = os.openpty()
    try:
        with Path(os.ttyname(slave)).open() as stream:
            patch.setattr(sys, "stdin", stream)
            yield master, lambda: termios.tcgetattr(slave)
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no such terminals")
@pytest.mark.parametrize("broken", [False, True])
def test_single_keys_on_a_terminal_that_is_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], broken: bool
) -> None:
    library = FakeLibrary([card(1), card(2)])
    keys = [b"2d9\x7fd0l", b"Tides are late\r\r\r", b"s"]
    monkeypatch.setattr("tokenworth.workflows.library.Library", lambda _path, **_: library)

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pseudo_terminal(monkeypatch) as (master, settings):
        before = settings()

        def write() -> None:
            if settings() != before:  # single keys are on
                os.write(master, b"".join(keys))
                keys.clear()

        library.on_queue = write
        library.on_answer = interrupt if broken else lambda: None
        assert main(["review"]) == (1 if broken else 0)
        assert settings() == before
    assert not keys
    capsys.readouterr()
    if not broken:
        learned = "Tides are late"
        assert library.given == [
            Tag(Purpose.NEEDED, Fate.DISCARDED, None, Minutes.of(0), learned),
            Tag(status="skipped"),
        ]
