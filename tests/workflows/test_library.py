from collections.abc import Iterator
from pathlib import Path

import pytest
from claude_lines import answer, prompt, write

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import SessionQuery
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

WEEK = 7 * 24 * 60
USED = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(0))


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A session in week 10, two in week 12: the second of them five minutes long, all else less."""
    folder = tmp_path / "history"
    write(folder / "A.jsonl", [prompt("A", 1, 0, "Fix the tide table"), answer("A", 1, 1, 100)])
    at = 2 * WEEK
    write(folder / "B.jsonl", [prompt("B", 1, at, "Draw a map"), answer("B", 1, at + 1, 10)])
    lines = [prompt("C", 1, at + 600, "Read the log"), answer("C", 1, at + 601, 20)]
    lines += [prompt("C", 2, at + 605, "And the other"), answer("C", 2, at + 606, 5)]
    write(folder / "C.jsonl", lines)
    return folder


@pytest.fixture
def library(tmp_path: Path, history: Path) -> Iterator[Library]:
    import_files(tmp_path / "store.db", [history])
    opened = Library(tmp_path / "store.db")
    yield opened
    opened.close()


def named(library: Library, title: str) -> int:
    (id_,) = library.session_ids(SessionQuery(text=title))
    return id_


def test_a_trend_goes_from_the_first_week_to_the_last(library: Library) -> None:
    weeks = library.trend().weeks
    assert [week.key for week in weeks] == ["2026-W10", "2026-W11", "2026-W12"]
    # 10 fresh and 30 written beside each answer's output
    assert [week.tokens["-"] for week in weeks] == [140, 0, 40 + 10 + 2 * 40 + 25]
    assert [week.usage.sessions for week in weeks] == [1, 0, 2]
    assert len(weeks[1].coverage.days_without_import) == 7
    assert weeks[1].usage.input is None


def test_tags_move_tokens_from_grey_to_their_outcome(library: Library) -> None:
    id_ = named(library, "map")
    (given,) = library.tag([id_], USED, masked=True, asked_at=5, form_ms=9000)
    week = library.trend().weeks[-1]
    assert (week.tokens["u"], week.tokens["-"]) == (50, 105)
    assert (week.coverage.answered, week.coverage.volunteered, week.coverage.sessions) == (1, 1, 2)
    # attention: B lead 1.5 and tail 1; C the same and 5 minutes between
    assert week.coverage.attention_min == 2.5 + 7.5
    assert (week.bounds.low, week.bounds.high) == (0.25, 1.0)
    told = Minutes.of(5).value - 2.5
    assert week.bounds.told_min == pytest.approx(told)
    assert week.bounds.tipping_min == pytest.approx(-told)
    library.untag([given])
    assert library.trend().weeks[-1].tokens["-"] == 155
    kept = library.detail(id_).answers
    assert [answer_.tag.status for answer_ in kept] == ["answered", "withdrawn"]
    assert kept[0].masked


@pytest.mark.parametrize("query", [SessionQuery(), SessionQuery(sources=("claude_code",))])
def test_weeks_at_hand_are_those_of_the_store(
    library: Library, tmp_path: Path, history: Path, query: SessionQuery
) -> None:
    """Every chart of a filter takes the same weeks; nobody's change is missed for it."""
    other = SessionQuery(sources=("codex",))
    assert [week.usage.sessions for week in library.trend(query).weeks] == [1, 0, 2]
    assert library.trend(other).weeks == ()
    assert sum(day.sessions for day in library.calendar(query)) == 3
    (given,) = library.tag([named(library, "map")], USED, masked=True, asked_at=5, form_ms=9000)
    assert library.trend(query).weeks[-1].tokens["u"] == 50
    assert sum(week.minutes["needed"]["u"] for week in library.mix(query)[-1:]) == 2.5
    library.untag([given])
    assert library.trend(query).weeks[-1].tokens["u"] == 0
    at = 2 * WEEK + 1200
    write(history / "D.jsonl", [prompt("D", 1, at, "Mend a net"), answer("D", 1, at + 1, 7)])
    import_files(tmp_path / "store.db", [history])
    assert [week.usage.sessions for week in library.trend(query).weeks] == [1, 0, 3]


def test_sessions_are_found_by_why_they_were_held(library: Library) -> None:
    id_ = named(library, "map")
    library.tag([id_], USED, masked=True, asked_at=5, form_ms=9000)
    assert library.session_ids(SessionQuery(purposes=("needed", "show"))) == [id_]
    assert library.session_ids(SessionQuery(purposes=("show",))) == []


def test_a_click_on_a_week_leads_to_its_sessions(library: Library) -> None:
    library.tag([named(library, "map")], USED, masked=True, asked_at=5, form_ms=9000)

    def titles(**query: object) -> list[str]:
        ids = library.session_ids(SessionQuery(**query))  # type: ignore[arg-type]
        return sorted(row.title for row in library.rows(ids))

    assert titles(week="2026-W12") == ["Draw a map", "Read the log"]
    assert titles(week="2026-W12", fates=("u",)) == ["Draw a map"]
    assert titles(week="2026-W12", fates=("-",)) == ["Read the log"]
    assert titles(week="2026-W11") == []


def test_a_transcript_is_read_from_its_source(library: Library, history: Path) -> None:
    id_ = named(library, "log")
    said = [(turn.who, turn.text) for turn in library.transcript(id_)]
    assert said == [
        ("person", "Read the log"),
        ("assistant", "Done."),
        ("person", "And the other"),
        ("assistant", "Done."),
    ]
    (history / "C.jsonl").unlink()
    with pytest.raises(Refusal, match="gone"):
        library.transcript(id_)
    assert library.detail(id_).first_request == "Read the log"


def test_masked_sorting_tells_nothing_of_the_untagged(library: Library) -> None:
    library.tag([named(library, "map")], USED, masked=True, asked_at=5, form_ms=9000)
    by_tokens = library.session_ids(SessionQuery(sort="tokens"))
    assert by_tokens[0] == named(library, "map")
    by_time = library.session_ids(SessionQuery(untagged=True))
    assert [id_ for id_ in by_tokens if id_ != by_tokens[0]] == by_time
    open_ = library.session_ids(SessionQuery(sort="tokens", masked=False))
    assert open_[0] == named(library, "tide")


def test_one_form_for_many(library: Library) -> None:
    ids = library.session_ids(SessionQuery())
    given = library.tag(ids, USED, masked=False, asked_at=5, form_ms=1)
    assert len(given) == 3
    assert {row.fate for row in library.rows(ids)} == {"u"}
    library.untag(given)
    assert {row.fate for row in library.rows(ids)} == {None}


def test_other_writers_are_noticed(library: Library, tmp_path: Path) -> None:
    before = library.changed_since(0)
    assert library.changed_since(before) == before
    other = Library(tmp_path / "store.db")
    other.set_setting("blind", "0")
    other.close()
    assert library.changed_since(before) != before
    assert library.setting("blind") == "0"


def test_sums_follow_the_zone(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Monday 09:00 UTC is still Sunday in Honolulu."""
    assert library.trend().weeks[0].key == "2026-W10"
    library.close()
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Pacific/Honolulu")
    moved = Library(tmp_path / "store.db")
    assert [row.key for row in moved.usage("day")] == ["2026-03-01", "2026-03-15", "2026-03-16"]
    assert moved.trend().weeks[0].key == "2026-W09"
    assert moved.doubts() == []
    moved.close()
