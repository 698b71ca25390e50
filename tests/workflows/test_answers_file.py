"""Answers move between stores with their chain, and estimates come out the same."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from claude_lines import answer, prompt, write

from tokenworth.cli import main
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import SessionQuery
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

DAY = 24 * 60
TAGS = (
    Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(1), "It works: “so”."),
    Tag(Purpose.SHOW, Fate.KEPT, None, Minutes.of(0)),
    Tag(status="skipped"),
)


def now() -> int:
    return int(datetime(2026, 3, 12, 10, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    for i in range(30):
        at = (3 + i // 10) * DAY + 20 * (i % 10)
        lines = [prompt(f"s{i}", 0, at, f"Work {i}"), answer(f"s{i}", 0, at + 2, 50)]
        write(tmp_path / "history" / f"s{i}.jsonl", lines)
    return tmp_path / "history"


def opened(tmp_path: Path, history: Path, name: str) -> Library:
    import_files(tmp_path / name, [history])
    return Library(tmp_path / name, clock=now)


@pytest.fixture
def told(tmp_path: Path, history: Path) -> Iterator[Library]:
    """A store with a draw answered, one change, one answer taken back, and a note."""
    library = opened(tmp_path, history, "old.db")
    library.queue()
    library.draw("2026-W10b")
    number = 0
    while (card := library.queue().card) is not None:
        saved = library.answer(card, TAGS[number % 3], asked_at=1, form_ms=9000)
        if number == 0:
            library.change(card.uid, card.period, TAGS[1], asked_at=2, form_ms=9000)
        if number == 1:
            library.untag([saved.answer_id])
            number += 1
        number += 1
    ids = library.session_ids(SessionQuery())
    library.note(ids[0], "A note")
    yield library
    library.close()


def test_an_empty_store_gets_the_same_chain_and_the_same_estimates(
    told: Library, tmp_path: Path, history: Path
) -> None:
    told.export_answers(tmp_path / "answers")
    assert (tmp_path / "answers").stat().st_mode & 0o777 == 0o600
    other = opened(tmp_path, history, "new.db")
    looked = other.import_answers(tmp_path / "answers", dry_run=True)
    assert looked.answers > 10
    assert all(week.coverage.answered == 0 for week in other.trend().weeks)
    moved = other.import_answers(tmp_path / "answers")
    assert moved == looked
    assert (moved.known, moved.unknown_sessions, moved.notes) == (0, 0, 1)
    assert moved.draws
    assert not moved.continued
    assert other.doubts() == []
    assert other.trend() == told.trend()
    assert other.compare(["2026-W10"]).rows == told.compare(["2026-W10"]).rows
    other.export_answers(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "answers").read_bytes()
    again = other.import_answers(tmp_path / "answers")
    assert (again.answers, again.known, again.notes) == (0, moved.answers, 0)
    other.close()


def test_behind_own_answers_the_chain_is_continued(
    told: Library, tmp_path: Path, history: Path
) -> None:
    told.export_answers(tmp_path / "answers")
    other = opened(tmp_path, history, "new.db")
    own = other.session_ids(SessionQuery())[-1]
    other.tag([own], TAGS[1], masked=True, asked_at=1, form_ms=9000)
    moved = other.import_answers(tmp_path / "answers")
    assert moved.continued
    assert other.doubts() == []
    other.close()


def test_answers_of_sessions_not_held_are_kept(told: Library, tmp_path: Path) -> None:
    told.export_answers(tmp_path / "answers")
    other = Library(tmp_path / "empty.db", clock=now)
    assert other.import_answers(tmp_path / "answers").unknown_sessions > 0
    other.export_answers(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "answers").read_bytes()
    other.close()


def test_what_was_changed_or_cut_is_refused(told: Library, tmp_path: Path) -> None:
    told.export_answers(tmp_path / "answers")
    lines = (tmp_path / "answers").read_text("utf-8").splitlines()
    changed = json.loads(lines[2])
    changed["row"]["fate"] = "u"
    other = Library(tmp_path / "empty.db", clock=now)
    for wrong, words in (
        ([*lines[:2], json.dumps(changed), *lines[3:]], "broken at line 4"),
        (lines[:-1], "ends too early"),
        ([*lines[:5], lines[5][:20]], "Line 6"),
        (['{"format": "other"}'], "no answers of this app"),
        ([json.dumps({"format": "tokenworth answers", "version": 9})], "newer"),
        ([lines[0], '{"kind": "setting", "row": {}}'], "none of its kinds"),
    ):
        (tmp_path / "wrong").write_text("\n".join(wrong), "utf-8")
        with pytest.raises(Refusal, match=words):
            other.import_answers(tmp_path / "wrong")
    assert other.trend().weeks == ()
    assert other.doubts() == []
    other.close()


def test_the_command_line(
    told: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, store = str(tmp_path / "answers"), str(tmp_path / "old.db")
    assert main(["tags", "export", file, "--store", store]) == 0
    assert main(["tags", "import", file, "--store", store, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == 0
    assert main(["tags", "import", file, "--store", store, "--dry-run"]) == 0
    assert "0 answers would be taken over" in capsys.readouterr().out
    assert main(["tags", "import", str(tmp_path / "none"), "--store", store]) == 3
    assert told.doubts() == []
