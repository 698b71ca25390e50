import json
from pathlib import Path
from typing import Any

import pytest
from claude_lines import answer, prompt, write

from tokenworth.cli import main


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Two sessions: Monday of week 10, and Monday of week 11."""
    folder = tmp_path / "history"
    first = [prompt("S1", 1, 0, "Fix the tide table"), answer("S1", 1, 1, 100)]
    first += [prompt("S1", 2, 3, "And the test"), answer("S1", 2, 4, 50)]
    week = 7 * 24 * 60
    second = [prompt("S2", 1, week, "Draw the harbour"), answer("S2", 1, week + 2, 7)]
    write(folder / "S1.jsonl", first)
    write(folder / "S2.jsonl", second)
    return folder


class Line:
    def __init__(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self.capsys = store, capsys

    def __call__(self, command: str, *arguments: str) -> tuple[int, str, str]:
        status = main([command, "--store", str(self.store), *arguments])
        out, err = self.capsys.readouterr()
        return status, out, err

    def json(self, command: str, *arguments: str) -> Any:
        status, out, _ = self(command, "--json", *arguments)
        assert status == 0
        return json.loads(out)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "store" / "store.db", capsys)


def test_import_says_what_it_did(line: Line, history: Path) -> None:
    done = line.json("import", str(history))
    assert set(done) == {"sources", "problems", "seconds"}
    assert done["sources"] == [
        {
            "kind": "claude_code", "files": 2, "sessions": 2, "messages": 3, "duplicates": 0,
            "problems": 0,
        }
    ]  # fmt: skip
    assert done["problems"] == []
    assert line.json("import", str(history))["sources"] == []


def test_usage_has_the_documented_shape(line: Line, history: Path) -> None:
    line.json("import", str(history))
    first, second = line.json("sessions")["rows"][::-1]
    line.json("tag", first["uid"], "--purpose", "needed", "--fate", "u", "--by-hand", "5")
    told = line.json("usage", "--by", "total")
    assert told["spec"]
    # attention of the first: lead 1.5, then 3 minutes, tail 1; of the second: lead and tail
    assert told["rows"] == [
        {
            "key": "total", "input": 30, "cache_write_5m": 60, "cache_write_1h": 30,
            "cache_read": 1500, "output": 157, "reasoning": None, "estimated_input": None,
            "estimated_output": None, "messages": 3, "sessions": 2,
            "cost_usd": pytest.approx((30 * 3 + 60 * 3.75 + 30 * 6 + 1500 * 0.3 + 157 * 15) / 1e6),
            "unpriced_tokens": 0, "attention_min": 8.0, "tagged_sessions": 1,
            "tagged_attention_share": pytest.approx(5.5 / 8), "in_use_attention_share": 1.0,
        }
    ]  # fmt: skip
    assert second["title"] == "Draw the harbour"


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("day", ["2026-03-02", "2026-03-09"]),
        ("week", ["2026-W10", "2026-W11"]),
        ("month", ["2026-03"]),
        ("project", ["harbour"]),
        ("model", ["claude-sonnet-4-5"]),
        ("source", ["claude_code"]),
    ],
)
def test_every_cut_sums_to_the_total(line: Line, history: Path, by: str, keys: list[str]) -> None:
    line.json("import", str(history))
    rows = line.json("usage", "--by", by)["rows"]
    assert [row["key"] for row in rows] == keys
    (total,) = line.json("usage")["rows"]
    for name in ("input", "cache_read", "output", "messages", "attention_min", "cost_usd"):
        assert sum(row[name] for row in rows) == pytest.approx(total[name])


def test_a_session_is_blind_until_it_is_tagged(line: Line, history: Path) -> None:
    line.json("import", str(history))
    row = line.json("sessions", "--search", "tide")["rows"][0]
    assert (row["new_tokens"], row["cost_usd"]) == (None, None)
    assert "new_tokens" in row["hidden"]
    _, out, _ = line("sessions")
    assert "hidden" in out
    line.json("tag", row["uid"][:6], "--purpose", "show", "--fate", "k", "--after-work", "0")
    row = line.json("sessions", "--search", "tide")["rows"][0]
    assert (row["new_tokens"], row["hidden"]) == (2 * 10 + 60 + 150, [])
    assert (row["purpose"], row["fate"], row["value_min"]) == ("show", "k", 0.0)


def test_filters(line: Line, history: Path) -> None:
    line.json("import", str(history))

    def titles(*arguments: str) -> list[str]:
        return [row["title"] for row in line.json("sessions", *arguments)["rows"]]

    assert titles() == ["Draw the harbour", "Fix the tide table"]
    assert titles("--from", "2026-03-09") == ["Draw the harbour"]
    assert titles("--to", "2026-03-02") == ["Fix the tide table"]
    assert titles("--search", "tid tab") == ["Fix the tide table"]
    assert titles("--search", '" OR *)') == titles("--search", "or")
    assert titles("--project", "harbour", "--limit", "1") == ["Draw the harbour"]
    assert titles("--outcome", "u") == []
    assert titles("--outcome", "-", "--untagged") == titles()


def test_a_week_in_words(line: Line, history: Path) -> None:
    line.json("import", str(history))
    _, out, _ = line("week", "2026-W10")
    assert "0 of 1 session looked at" in out
    assert "not looked at 230" in out
    found = line.json("week", "2026-W10")["week"]
    assert found["tokens"] == {"u": 0, "p": 0, "k": 0, "d": 0, "a": 0, "-": 230}
    assert found["bounds"]["low"] is None
    assert line("week", "2026-W30")[0] == 3


def test_problems_are_said_and_the_rest_is_kept(line: Line, history: Path) -> None:
    with (history / "S1.jsonl").open("a") as file:
        file.write('{"broken": \n')
    status, out, err = line("import", str(history))
    assert status == 1
    assert "S1.jsonl, line 5" in out
    assert "1 problem" in err
    assert line.json("usage")["rows"][0]["messages"] == 3


def test_what_cannot_be_done_is_refused(line: Line, tmp_path: Path, history: Path) -> None:
    assert line("usage")[0] == 3
    assert line("import", str(tmp_path / "nothing"))[0] == 3
    assert not line.store.exists()
    line.json("import", str(history))
    uid = line.json("sessions")["rows"][0]["uid"]
    assert line("tag", "zz", "--purpose", "needed", "--fate", "u")[0] == 3
    assert line("tag", uid, "--purpose", "needed")[0] == 3
    assert line("tag", uid, "--purpose", "show", "--fate", "k", "--by-hand", "3")[0] == 3
    with pytest.raises(SystemExit) as stopped:
        line("usage", "--by", "colour")
    assert stopped.value.code == 2


def test_check(line: Line, history: Path) -> None:
    line.json("import", str(history))
    assert line.json("check") == {"doubts": [], "sessions": 2}


def test_a_dry_run_imports_nothing(line: Line, history: Path) -> None:
    found = line.json("import", "--dry-run", str(history))
    assert found["files"][0]["files"] == 2
    assert not line.store.exists()


def test_progress_lines(line: Line, history: Path) -> None:
    status, out, _ = line("import", "--progress", str(history))
    lines = [json.loads(text) for text in out.splitlines()]
    assert status == 0
    assert lines[-1]["summary"]["sources"][0]["messages"] == 3
    assert lines[-2]["progress"]["files_done"] == 2
