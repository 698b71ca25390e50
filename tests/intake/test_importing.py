import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from claude_lines import answer, prompt, write
from making import TIMING

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import ImportSummary, Progress
from tokenworth.intake import importing, reading
from tokenworth.intake.importing import Intake, Wish
from tokenworth.prices import price_list
from tokenworth.store.store import Store

UTC_ZONE = ZoneInfo("UTC")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store" / "store.db")
    opened.settle(UTC_ZONE, price_list(), price_list().date)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sessions of two answers each: 4 messages, 40 fresh input, 220 output."""
    made = tmp_path / "history"
    for name, at in (("S1", 0), ("S2", 600)):
        lines = [prompt(name, 1, at, "Go on"), answer(name, 1, at + 1, 100)]
        lines += [prompt(name, 2, at + 5, "And"), answer(name, 2, at + 6, 10)]
        write(made / "project" / f"{name}.jsonl", lines)
    return made


def take(store: Store, *paths: Path, **more: Any) -> ImportSummary:
    return Intake(store, UTC_ZONE, TIMING, **more).run(Wish(paths))


def totals(store: Store) -> tuple[int, int | None, int | None, int]:
    (total,) = store.usage("total")
    assert store.doubts() == []
    return total.messages, total.input, total.output, total.sessions


def test_importing_again_changes_nothing(store: Store, folder: Path) -> None:
    first = take(store, folder)
    assert [(s.kind, s.files, s.sessions, s.messages) for s in first.sources] == [
        ("claude_code", 2, 2, 4)
    ]
    assert totals(store) == (4, 40, 220, 2)
    assert take(store, folder).sources == ()
    assert totals(store) == (4, 40, 220, 2)


def test_a_touched_file_is_read_again_and_nothing_is_counted_twice(
    store: Store, folder: Path
) -> None:
    take(store, folder)
    os.utime(folder / "project" / "S1.jsonl", (1, 1))
    again = take(store, folder)
    assert [(s.files, s.messages, s.duplicates) for s in again.sources] == [(1, 0, 0)]
    assert totals(store) == (4, 40, 220, 2)


def test_a_file_that_grew_is_read_from_where_it_ended(store: Store, folder: Path) -> None:
    take(store, folder)
    path = folder / "project" / "S1.jsonl"
    offset = store.known_files()[str(path)].offset
    assert 0 < offset < path.stat().st_size
    with path.open("a") as file:
        file.write(json.dumps(answer("S1", 2, 6, 30)) + "\n")  # the same answer, written on
        file.write(json.dumps(answer("S1", 3, 8, 5)) + "\n")
    grown = take(store, folder)
    assert [(s.files, s.messages, s.duplicates) for s in grown.sources] == [(1, 1, 0)]
    assert totals(store) == (5, 50, 220 - 10 + 30 + 5, 2)


def test_an_unfinished_line_waits(store: Store, folder: Path) -> None:
    path = folder / "project" / "S1.jsonl"
    line = json.dumps(answer("S1", 3, 8, 5))
    with path.open("a") as file:
        file.write(line[:60])
    assert take(store, folder).problems == ()
    assert totals(store)[0] == 4
    with path.open("a") as file:
        file.write(line[60:] + "\n")
    assert take(store, folder).problems == ()
    assert totals(store) == (5, 50, 225, 2)


def test_a_file_cut_short_or_written_anew_keeps_what_was_read(store: Store, folder: Path) -> None:
    take(store, folder)
    write(folder / "project" / "S1.jsonl", [prompt("S1", 9, 30, "New"), answer("S1", 9, 31, 1)])
    take(store, folder)
    assert totals(store) == (5, 50, 221, 2)
    (folder / "project" / "S2.jsonl").unlink()
    assert take(store, folder).sources == ()
    assert totals(store) == (5, 50, 221, 2)


def test_copies_and_zips_of_the_same_add_nothing(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    take(store, folder)
    shutil.copytree(folder, tmp_path / "copy")
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    copied = take(store, tmp_path / "copy", archive)
    assert [(s.files, s.sessions, s.messages, s.duplicates) for s in copied.sources] == [
        (4, 0, 0, 8)
    ]
    assert totals(store) == (4, 40, 220, 2)
    assert take(store, archive).sources == ()


def test_a_zip_alone_is_enough(store: Store, folder: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    take(store, archive)
    assert totals(store) == (4, 40, 220, 2)


def test_a_zip_that_climbs_out_is_one_problem(store: Store, folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "bad.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(folder / "project" / "S1.jsonl", "../../S1.jsonl")
        packed.write(folder / "project" / "S2.jsonl", "project/S2.jsonl")
    summary = take(store, archive)
    assert len(summary.problems) == 1
    assert totals(store)[0] == 2


def test_links_in_a_circle_end(store: Store, folder: Path) -> None:
    (folder / "project" / "round").symlink_to(folder, target_is_directory=True)
    take(store, folder)
    assert totals(store) == (4, 40, 220, 2)


@pytest.mark.skipif(ROOT, reason="root may read everything")
def test_a_file_without_permission_is_one_problem_until_it_may_be_read(
    store: Store, folder: Path
) -> None:
    path = folder / "project" / "S1.jsonl"
    path.chmod(0)
    summary = take(store, folder)
    assert [(p.file, p.kind) for p in summary.problems] == [(str(path), "cannot be read")]
    assert totals(store)[0] == 2
    path.chmod(0o600)
    assert take(store, folder).problems == ()
    assert totals(store) == (4, 40, 220, 2)


def test_a_file_that_cannot_be_opened_is_one_problem(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, for root too: the open fails as it does without permission."""
    path = str(folder / "project" / "S1.jsonl")
    real = os.open

    def refuse(name: Any, *arguments: Any, **more: Any) -> Any:
        if name == path:
            raise PermissionError(13, "Permission denied", path)
        return real(name, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    summary = take(store, folder)
    assert [(p.file, p.kind) for p in summary.problems] == [(path, "cannot be read")]
    assert totals(store)[0] == 2
    monkeypatch.undo()
    assert take(store, folder).problems == ()
    assert totals(store) == (4, 40, 220, 2)
    assert store.problems() == []


def test_an_unknown_file_named_by_a_person_is_said_to_be_unknown(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader")
    assert [p.kind for p in take(store, path).problems] == ["unknown file"]


def test_cancelling_keeps_what_is_done(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_RECORDS", 1)
    stopped = take(store, folder, cancelled=lambda: True)
    assert stopped.cancelled
    assert totals(store)[0] == 2
    assert not take(store, folder).cancelled
    assert totals(store) == (4, 40, 220, 2)


def test_progress_ends_at_everything(store: Store, folder: Path) -> None:
    seen: list[Progress] = []
    take(store, folder, progress=seen.append)
    size = sum(path.stat().st_size for path in folder.rglob("*.jsonl"))
    assert (seen[-1].files_done, seen[-1].files) == (2, 2)
    assert (seen[-1].bytes_done, seen[-1].bytes) == (size, size)


def test_processes_bring_what_one_process_brings(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "IN_PROCESS_BYTES", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    take(store, folder)
    assert totals(store) == (4, 40, 220, 2)


def test_one_import_at_a_time(store: Store, folder: Path) -> None:
    refused: list[Refusal] = []

    def second(_: Progress) -> None:
        other = Store(store.path)
        try:
            take(other, folder)
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            other.close()

    take(store, folder, progress=second)
    assert refused
    assert "Another import" in refused[0].words


def test_default_places_are_found(store: Store, folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(folder, home / ".claude" / "projects")
    Intake(store, UTC_ZONE, TIMING).run(Wish(home=home))
    assert totals(store) == (4, 40, 220, 2)
    moved = tmp_path / "elsewhere"
    write(moved / "projects" / "p" / "S9.jsonl", [prompt("S9", 1, 0, "Hi"), answer("S9", 1, 1, 1)])
    wish = Wish(environment={"CLAUDE_CONFIG_DIR": str(moved)}, home=home)
    Intake(store, UTC_ZONE, TIMING).run(wish)
    assert totals(store) == (5, 50, 221, 3)


def test_nothing_of_another_tool_is_written(store: Store, folder: Path) -> None:
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*.jsonl")}
    take(store, folder)
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*.jsonl")} == before
