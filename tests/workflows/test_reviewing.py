"""The queue over a real store: what is due, what is drawn, what is kept, what is hidden."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from claude_lines import answer, prompt, write

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import REDACTIONS, ReportRequest
from tokenworth.domain.review import PRACTICE, Card
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import SessionQuery
from tokenworth.reports import markdown
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

DAY = 24 * 60
USED = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(0))
SKIP = Tag(status="skipped")
FIRST_HALF, SECOND_HALF = "2026-W10b", "2026-W11a"


class Clock:
    """A time that the test moves."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> int:
        return int(self.moment.timestamp() * 1000)


def session(folder: Path, name: str, at: float, turns: int = 1) -> None:
    """A session that begins so many minutes after Monday of week 10, 09:00."""
    lines = []
    for turn in range(turns):
        lines += [
            prompt(name, turn, at + 4 * turn, f"Work on {name}"),
            answer(name, turn, at + 4 * turn + 1, 100),
        ]
    write(folder / f"{name}.jsonl", lines)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """30 sessions from Thursday to Saturday of week 10, 8 on Monday and Tuesday of week 11."""
    folder = tmp_path / "history"
    for i in range(30):
        session(folder, f"thu{i:02}", (3 + i // 10) * DAY + 20 * (i % 10), 1 + i % 4)
    for i in range(8):
        session(folder, f"mon{i}", (7 + i // 4) * DAY + 30 * (i % 4), 1 + i % 3)
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 3, 12, 10, tzinfo=UTC))  # Thursday of week 11


@pytest.fixture
def library(tmp_path: Path, history: Path, clock: Clock) -> Iterator[Library]:
    import_files(tmp_path / "store.db", [history])
    opened = Library(tmp_path / "store.db", clock=clock)
    yield opened
    opened.close()


def next_card(library: Library) -> Card:
    card = library.queue().card
    assert card is not None
    return card


def say(library: Library, tag: Tag = USED, form_ms: int = 9000) -> Card:
    card = next_card(library)
    library.answer(card, tag, asked_at=1, form_ms=form_ms)
    return card


def test_the_last_two_half_weeks_are_offered_and_no_more(library: Library) -> None:
    queue = library.queue()
    assert [(h.period, h.sessions, h.planned, h.state, h.census) for h in queue.halves] == [
        (FIRST_HALF, 30, 10, "undrawn", False),
        (SECOND_HALF, 8, 8, "undrawn", True),
    ]
    assert (queue.card, queue.undrawn, queue.left) == (None, FIRST_HALF, 0)
    assert "remembered" in queue.words[-1]


def test_the_older_half_week_is_asked_first_then_the_census(library: Library) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    seen = [say(library) for _ in range(10)]
    assert [card.position for card in seen] == list(range(1, 11))
    assert {card.of for card in seen} == {10}
    assert len({card.uid for card in seen}) == 10
    assert library.queue().undrawn == SECOND_HALF
    library.draw(SECOND_HALF)
    seen = [say(library) for _ in range(8)]
    assert {card.chosen for card in seen} == {"census"}
    queue = library.queue()
    assert (queue.card, queue.left, [half.state for half in queue.halves]) == (
        None, 0, ["done", "done"],
    )  # fmt: skip


def test_a_second_request_draws_nothing_new(library: Library) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    card = next_card(library)
    library.draw(FIRST_HALF)
    assert next_card(library) == card
    library.set_setting("asked_per_period", "20")
    library.draw(FIRST_HALF)
    assert library.queue().halves[0].planned == 10


def test_tagged_and_swept_sessions_are_not_drawn(library: Library) -> None:
    library.queue()
    rows = library.sweep(FIRST_HALF)
    # 1, 2, 3 or 4 turns, 4 minutes apart: lead and tail alone come to 2.5 minutes
    assert len(rows) == 22
    library.answer_swept(rows[0].id, FIRST_HALF, USED, asked_at=1, form_ms=9000)
    library.tag([rows[1].id], USED, masked=True, asked_at=1, form_ms=9000)
    library.draw(FIRST_HALF)
    queued = {library.queue().halves[0].swept, library.queue().halves[0].planned}
    assert queued == {1, 10}
    drawn = {say(library).uid for _ in range(10)}
    assert not drawn & {rows[0].uid, rows[1].uid}
    with pytest.raises(Refusal):
        library.sweep(FIRST_HALF)


def test_late_sessions_enter_the_next_frame(
    library: Library, history: Path, clock: Clock, tmp_path: Path
) -> None:
    library.queue()
    session(history, "late", 3 * DAY + 600, 2)
    session(history, "new", 10 * DAY, 1)  # Thursday of week 11
    import_files(tmp_path / "store.db", [history])
    assert library.queue().halves[0].sessions == 30
    clock.moment += timedelta(days=4)  # Monday of week 12
    halves = library.queue().halves
    assert [(h.period, h.sessions, h.late) for h in halves] == [
        (SECOND_HALF, 8, 0),
        ("2026-W11b", 2, 1),
    ]


def test_what_a_session_grew_is_a_new_segment_of_the_next_frame(
    library: Library, history: Path, clock: Clock, tmp_path: Path
) -> None:
    library.queue()
    with (history / "mon7.jsonl").open("a") as file:
        for turn in (8, 9):
            at = 8 * DAY + 30 * 3 + 4 * turn
            file.write(json.dumps(prompt("mon7", turn, at, "More of it")) + "\n")
            file.write(json.dumps(answer("mon7", turn, at + 1, 100)) + "\n")
    session(history, "new", 10 * DAY, 1)
    import_files(tmp_path / "store.db", [history])
    clock.moment += timedelta(days=4)
    half = library.queue().halves[1]
    assert (half.period, half.sessions, half.late) == ("2026-W11b", 2, 0)


def test_unimported_half_weeks_wait(library: Library, clock: Clock) -> None:
    clock.moment = datetime(2031, 3, 13, tzinfo=UTC)
    queue = library.queue()
    assert queue.needs_import
    assert queue.halves == ()
    assert "Import again" in queue.words[0]


def test_skips_are_kept_and_not_replaced(library: Library) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    card = next_card(library)
    saved = library.answer(card, SKIP, asked_at=1, form_ms=900)
    assert saved.detail is None
    assert saved.why == ()
    half = library.queue().halves[0]
    assert (half.asked, half.skipped, half.planned) == (1, 1, 10)
    assert next_card(library).position == 2
    library.untag([saved.answer_id])
    assert next_card(library) == card


def test_an_answer_reveals_and_both_answers_are_kept(library: Library) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    card = next_card(library)
    saved = library.answer(card, USED, asked_at=1, form_ms=1500)
    assert saved.too_quick
    assert saved.detail is not None
    assert saved.detail.row.new_tokens is not None
    assert saved.why
    library.change(card.uid, card.period, Tag(Purpose.SHOW, Fate.KEPT), asked_at=2, form_ms=9000)
    kept = library.detail(card.id).answers
    assert [(a.masked, a.tag.purpose) for a in kept] == [
        (True, Purpose.NEEDED),
        (False, Purpose.SHOW),
    ]
    with pytest.raises(Refusal):
        library.answer(card, USED, asked_at=3, form_ms=9000)


def test_stopping_early_asks_no_more(library: Library) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    say(library)
    library.stop(FIRST_HALF)
    queue = library.queue()
    assert queue.halves[0].state == "stopped"
    assert (queue.left, queue.undrawn) == (0, SECOND_HALF)


def test_its_own_time_is_told_after_five(library: Library) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    for ms in (6000, 8000, 10_000, 12_000):
        say(library, form_ms=ms)
    assert library.queue().seconds_median is None
    say(library, form_ms=30_000)
    queue = library.queue()
    assert queue.seconds_median == 10.0
    assert queue.seconds_p90 == pytest.approx(22.8)


def test_a_second_look_is_drawn_after_three_days(library: Library, clock: Clock) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    first = [say(library) for _ in range(10)]
    library.stop(FIRST_HALF)
    library.draw(SECOND_HALF)
    library.stop(SECOND_HALF)
    clock.moment += timedelta(days=3, hours=1)  # Sunday of week 11
    queue = library.queue()
    assert queue.left == 3
    card = next_card(library)
    assert (card.chosen, card.asks_world, card.asks_skill) == ("second_7", True, False)
    again = Tag(Purpose.NEEDED, Fate.PART, Minutes.of(4), Minutes.of(1), world_changed=True)
    saved = library.answer(card, again, asked_at=1, form_ms=9000)
    assert saved.earlier is not None
    assert saved.earlier.tag == USED
    assert card.uid in {one.uid for one in first}
    assert library.queue().left == 2
    # what stands in the table is the first answer
    assert library.rows([card.id])[0].fate == "u"
    assert library.queue().left == 2


def test_after_28_days_others_and_explaining_are_asked(library: Library, clock: Clock) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    for _ in range(10):
        say(library)
    clock.moment += timedelta(days=29)
    card = next_card(library)
    assert (card.chosen, card.asks_explain) == ("second_28", True)


def test_a_third_is_asked_about_skill(library: Library) -> None:
    library.queue()
    library.set_setting("asked_per_period", "20")
    library.draw(FIRST_HALF)
    asked = [say(library).asks_skill for _ in range(20)]
    assert 1 <= sum(asked) <= 14


def test_practice_tells_in_how_many_both_codes_agree(library: Library) -> None:
    assert library.queue().practice_due
    answers = [(one.purpose, one.fate) for one in PRACTICE]
    answers[2] = (Purpose.NEEDED, Fate.USED)
    assert library.practice(answers) == 11
    assert not library.queue().practice_due


def test_a_declared_exploration_is_kept_with_the_answer(library: Library, clock: Clock) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    card = next_card(library)
    clock.moment = datetime.fromtimestamp(card.start_ts / 1000, UTC) - timedelta(minutes=5)
    library.declare(explore=True)
    clock.moment = datetime(2026, 3, 12, 10, tzinfo=UTC)
    library.answer(card, USED, asked_at=1, form_ms=9000)
    assert library.detail(card.id).answers[0].declared_explore is True
    other = say(library)
    assert library.detail(other.id).answers[0].declared_explore in (None, True)


@pytest.fixture
def queued(library: Library) -> Card:
    library.queue()
    library.draw(FIRST_HALF)
    return next_card(library)


def test_no_row_tells_what_would_bias(library: Library, queued: Card) -> None:
    (row,) = library.rows([queued.id])
    assert row.queued
    hidden = (row.active_min, row.turns, row.new_tokens, row.cost_usd, row.fate, row.status)
    assert hidden == (None,) * 6
    assert row.end_ts == row.start_ts
    detail = library.detail(queued.id)
    assert detail.row == row
    assert (detail.models, detail.attention_low, detail.usage.output) == ((), None, None)
    with pytest.raises(Refusal, match="waits in Review"):
        library.transcript(queued.id)
    say(library)
    assert library.rows([queued.id])[0].new_tokens is not None
    assert library.transcript(queued.id)


def test_no_order_and_no_filter_tells_it_either(library: Library, queued: Card) -> None:
    waiting = {row.id for row in library.rows(library.session_ids(SessionQuery())) if row.queued}
    assert len(waiting) == 10
    for sort in ("active", "turns", "tokens", "cost"):
        for descending in (True, False):
            query = SessionQuery(sort=sort, descending=descending, masked=False)  # type: ignore[arg-type]
            assert set(library.session_ids(query)[-10:]) == waiting
    model = SessionQuery(model="claude-sonnet-4-5")
    assert not waiting & set(library.session_ids(model))
    library.tag([queued.id], USED, masked=True, asked_at=1, form_ms=9000)
    assert queued.id not in library.session_ids(SessionQuery(fates=("u",)))
    assert queued.id not in library.session_ids(SessionQuery(purposes=("needed",)))
    assert queued.id in library.session_ids(SessionQuery(untagged=True))


def test_sums_over_few_sessions_do_not_tell_it(library: Library, queued: Card) -> None:
    by_session = {row.key: row for row in library.usage("session")}
    assert by_session[queued.uid].output is None
    assert sum(row.output is None for row in by_session.values()) == 10
    assert library.usage("total")[0].output is not None
    alone = library.usage("day", SessionQuery(text=queued.title))
    assert [row.output for row in alone] == [None]


def test_a_span_of_few_sessions_does_not_tell_it_either(library: Library) -> None:
    library.queue()
    library.draw(SECOND_HALF)
    monday = "2026-03-09..2026-03-09"
    found = library.compare([monday])
    assert found.coverage[0].sessions == 4
    assert found.usage[0].output is None
    assert found.coverage[0].cost_usd is None
    exact = {row.key: row.cells[0].exact for row in found.rows}
    assert [exact[key] for key in ("new_tokens", "cache_read", "cost", "attention")] == [None] * 4
    made = library.report(ReportRequest(monday, audience="me", redaction=REDACTIONS["me"]))
    tables = {table.name: table for table in made.tables}
    names = [column.name for column in tables["projects"].columns]
    (row,) = (dict(zip(names, row, strict=True)) for row in tables["projects"].rows)
    assert (row["sessions"], row["new_tokens"]) == (4, None)
    assert 400 not in {number for _, number in tables["usage"].rows}
    library.draw(FIRST_HALF)
    while library.queue().card is not None:
        say(library)
    assert library.compare([monday]).usage[0].output is not None


def test_a_report_keeps_the_estimates_of_an_open_queue(library: Library) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    for _ in range(6):
        say(library)
    made = library.report(ReportRequest("2026-03-05..2026-03-08", audience="me"))
    (measures,) = (table for table in made.tables if table.name == "measures")
    names = [column.name for column in measures.columns]
    rows = [dict(zip(names, row, strict=True)) for row in measures.rows]
    (in_use,) = (row for row in rows if row["measure"] == "in_use")
    assert (in_use["value"], in_use["low"]) == (None, None)
    assert "queue" in in_use["reason"]


def test_no_session_is_quoted_while_it_waits(library: Library, queued: Card) -> None:
    library.tag([queued.id], USED, masked=True, asked_at=1, form_ms=9000)
    request = ReportRequest("2026-03", audience="me", quoted=(queued.uid,))
    with pytest.raises(Refusal, match="waits in Review"):
        library.report(request)
    say(library)
    assert queued.title in markdown.markdown(library.report(request))


def test_stopping_shows_the_rest_again(library: Library, queued: Card) -> None:
    library.stop(FIRST_HALF)
    assert not library.rows([queued.id])[0].queued


def test_a_declaration_taken_back_counts_for_none(library: Library, clock: Clock) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    card = next_card(library)
    clock.moment = datetime.fromtimestamp(card.start_ts / 1000, UTC) - timedelta(minutes=5)
    library.withdraw_declaration(library.declare(explore=True, forecast=(30, 60)))
    clock.moment = datetime(2026, 3, 12, 10, tzinfo=UTC)
    library.answer(card, USED, asked_at=1, form_ms=9000)
    assert library.detail(card.id).answers[0].declared_explore is None
    assert library.calibration().forecasts.points == ()


def test_a_forecast_meets_the_session_that_follows(library: Library, clock: Clock) -> None:
    library.queue()
    library.draw(FIRST_HALF)
    card = next_card(library)
    clock.moment = datetime.fromtimestamp(card.start_ts / 1000, UTC) - timedelta(minutes=5)
    library.declare(explore=False, forecast=(30, 30))
    clock.moment = datetime(2026, 3, 12, 10, tzinfo=UTC)
    assert library.calibration().forecasts.points == ()
    tag = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(2))
    library.answer(card, tag, asked_at=1, form_ms=9000)
    ((forecast, actual),) = library.calibration().forecasts.points
    after_work = Minutes.of(2).value
    attention = library.rows([card.id])[0].active_min
    assert attention is not None
    assert (forecast, actual) == (30, pytest.approx(attention + after_work))


def test_a_second_look_taken_back_is_not_blind_the_next_time(
    library: Library, clock: Clock
) -> None:
    library.queue()
    for half in (FIRST_HALF, SECOND_HALF):
        library.draw(half)
        if half == FIRST_HALF:
            for _ in range(10):
                say(library)
        library.stop(half)
    clock.moment += timedelta(days=3, hours=1)
    card = next_card(library)
    saved = library.answer(card, USED, asked_at=1, form_ms=9000)
    library.untag([saved.answer_id])
    library.answer(next_card(library), USED, asked_at=1, form_ms=9000)
    second = [a for a in library.detail(card.id).answers if a.source == "second_7"]
    assert [a.masked for a in second if a.tag.status == "answered"] == [True, False]


def test_tags_given_after_the_draw_move_no_estimate(library: Library) -> None:
    """Spec v1, 9.8 d."""
    library.queue()
    for half in (FIRST_HALF, SECOND_HALF):
        library.draw(half)
    while library.queue().card is not None:
        say(library)
    before = library.compare(["2026-W10"])
    rest = library.session_ids(SessionQuery(untagged=True))[:5]
    library.tag(rest, Tag(Purpose.SHOW, Fate.KEPT), masked=True, asked_at=1, form_ms=9000)
    after = library.compare(["2026-W10"])
    told = [[row.cells[0].estimate for row in one.rows] for one in (before, after)]
    assert told[0] == told[1]
    assert after.coverage[0].volunteered == 5
