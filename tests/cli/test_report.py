"""`report`: every format without a display, whole or not at all, private."""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from claude_lines import answer, prompt, write

from tokenworth.cli import main

DAY = 24 * 60
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Nine weeks of a session a day, in a store."""
    for day in range(63):
        lines = [
            prompt(f"d{day}", 0, day * DAY, f"Mend winch {day}"),
            answer(f"d{day}", 0, day * DAY + 1, 50),
        ]
        write(tmp_path / "history" / f"d{day}.jsonl", lines)
    store = str(tmp_path / "store.db")
    assert main(["import", "--store", store, str(tmp_path / "history")]) == 0
    capsys.readouterr()

    def told(*arguments: str) -> tuple[int, str, str]:
        status = main(["report", "--store", store, *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return told


PERIOD = ("--period", "2026-03-02..2026-05-03")


def test_periods_are_listed(run: Run) -> None:
    status, out, _ = run("--periods", "--json")
    assert status == 0
    assert [one["key"] for one in json.loads(out)["periods"]][:2] == ["2026-Q2", "2026-Q1"]


def test_markdown_goes_to_the_terminal(run: Run) -> None:
    status, out, _ = run(*PERIOD)
    assert status == 0
    assert out.startswith("# What came of AI use")
    assert "chosen by the author" in out


@pytest.mark.parametrize("name", ["r.html", "r.md", "r.zip", "r.json"])
def test_files_are_whole_and_private(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "out" / name
    path.parent.mkdir()
    before = os.umask(0)
    try:
        status, _, err = run(*PERIOD, "--out", str(path))
    finally:
        os.umask(before)
    assert status == 0
    assert str(path) in err
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == [name]
    content = path.read_bytes()
    if name == "r.zip":
        assert "weeks.csv" in zipfile.ZipFile(path).namelist()
    else:
        assert b"self\\-report" in content or b"self-report" in content


def test_what_cannot_be_written_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    status, _, err = run(*PERIOD, "--out", str(tmp_path / "nowhere" / "r.html"))
    assert status == 3
    assert "could not be written" in err
    assert run(*PERIOD, "--out", str(tmp_path / "r.xyz"))[0] == 3
    assert run(*PERIOD, "--format", "csv")[0] == 3
    assert run("--period", "2026-04")[0] == 3


def test_what_leaves_is_listed_and_can_be_taken_out(run: Run) -> None:
    _, out, _ = run(*PERIOD, "--strings", "--json", "--audience", "me")
    assert {one["text"] for one in json.loads(out)["strings"]} == {"harbour"}
    _, out, _ = run(*PERIOD, "--strings", "--redact", "projects")
    assert out == "None.\n"


@pytest.mark.parametrize("wrong", [("--redact", "names"), ("--sections", "got,all")])
def test_unknown_names_are_refused(run: Run, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*PERIOD, *wrong)
    assert stopped.value.code == 2


def test_a_report_is_read_back_beside_a_period(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.json"
    assert run(*PERIOD, "--out", str(path))[0] == 0
    store = ["--store", str(tmp_path / "store.db")]
    assert main(["compare", "2026-03", *store, "--with", str(path)]) == 0
    out = capsys.readouterr().out
    assert "63 sessions looked at" in out
    (sessions,) = (line for line in out.splitlines() if line.startswith("Sessions"))
    assert sessions.split() == ["Sessions", "30", "63"]
    (in_use,) = (line for line in out.splitlines() if line.startswith("In use (share"))
    assert in_use.count("not enough yet: 0 of 10") == 2
    path.write_text("{}")
    assert main(["compare", "2026-03", *store, "--with", str(path)]) == 3
    with pytest.raises(SystemExit):
        main(["compare", *store, "--with", str(path)])
