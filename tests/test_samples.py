import hashlib
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import pytest

import tokenworth
from tokenworth.domain.importer import Spot
from tokenworth.domain.tag import Fate, Purpose, steps
from tokenworth.domain.week import week_of, weeks_between
from tokenworth.measures.attention import credits  # noqa: A004
from tokenworth.prices import price_list
from tokenworth.samples import END, Given, plan, write

UTC = ZoneInfo("UTC")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Given]]:
    folder = tmp_path_factory.mktemp("sample")
    return folder, write(folder)


@pytest.fixture(scope="module")
def planned() -> list[plan.Session]:
    return plan.sessions(Random(7), END, 26, UTC)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files(folder)
    }


def records(folder: Path, pattern: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob(pattern)):
        for line in path.read_text("utf-8").splitlines():
            yield path, json.loads(line)


def test_the_same_seed_writes_the_same_bytes(
    sample: tuple[Path, list[Given]], tmp_path: Path
) -> None:
    folder, given = sample
    assert write(tmp_path / "again", 7, END, 26) == given
    assert fingerprint(tmp_path / "again") == fingerprint(folder)


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path; "
        "from tokenworth.samples import write; write(Path(sys.argv[1]), 7, date(2026, 11, 22), 2)"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "there")],
        check=True,
        cwd=Path(tokenworth.__file__).parents[1],
        env=os.environ | {"PYTHONHASHSEED": "1"},
    )
    write(tmp_path / "here", 7, date(2026, 11, 22), 2)
    assert fingerprint(tmp_path / "here") == fingerprint(tmp_path / "there")


def test_another_seed_writes_others(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    write(one, 1, END, 1)
    write(two, 2, END, 1)
    assert not set(fingerprint(one)) & {name for name in fingerprint(two) if "chatgpt" not in name}


def test_it_is_small_and_tells_how_far_it_is(
    sample: tuple[Path, list[Given]], tmp_path: Path
) -> None:
    size = sum(path.stat().st_size for path in files(sample[0]))
    assert 3_000_000 < size < 18_000_000
    told: list[tuple[int, int]] = []
    write(tmp_path, progress=lambda done, steps: told.append((done, steps)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {steps for _, steps in told} == {len(told)}


def test_half_a_year_with_a_week_of_rest(planned: list[plan.Session]) -> None:
    assert 600 <= len(planned) <= 1400
    weeks = Counter(week_of(session.exchanges[0].ts, UTC) for session in planned)
    first = week_of(plan._at(END - timedelta(weeks=25), 600, UTC), UTC)
    every = weeks_between(first, "2026-W47")
    assert len(every) == 26
    assert [week for week in every if week not in weeks] == ["2026-W34"]
    weekend = sum(
        datetime.fromtimestamp(session.exchanges[0].ts / 1000, UTC).weekday() > 4
        for session in planned
    )
    assert 0 < weekend < len(planned) / 6
    assert {session.kind for session in planned} == {"claude_code", "codex", "chatgpt"}


def test_use_grows(planned: list[plan.Session]) -> None:
    tokens: dict[bool, int] = defaultdict(int)
    for session in planned:
        if not 6 <= session.week < 20:
            for exchange in session.exchanges:
                tokens[session.week >= 20] += sum(s.written + s.output for s in exchange.steps)
    assert tokens[True] > 1.6 * tokens[False]


def test_a_working_week_has_believable_hours(planned: list[plan.Session]) -> None:
    acts = sorted(
        (exchange.ts, session.week)
        for session in planned
        if not session.alone
        for exchange in session.exchanges
    )
    hours: dict[int, float] = defaultdict(float)
    minutes = credits(None, [ts for ts, _ in acts], None)
    for (_, week), (_, mid, _) in zip(acts, minutes, strict=True):
        hours[week] += mid / 60
    assert 3 < median(hours.values()) < 15
    assert max(hours.values()) < 25


def test_some_agents_work_alone_at_night(planned: list[plan.Session]) -> None:
    alone = [session for session in planned if session.alone]
    assert 20 < len(alone) < len(planned) / 5
    assert all(session.exchanges[0].ts // 3_600_000 % 24 in (22, 23) for session in alone)
    assert all(len(session.exchanges) == 1 for session in alone)


def test_all_models_but_one_have_a_price(planned: list[plan.Session]) -> None:
    models = {
        step.model
        for session in planned
        for part in (*(exchange.steps for exchange in session.exchanges), session.helper)
        for step in part
    }
    day = END.toordinal() - date(1970, 1, 1).toordinal()
    unknown = [model for model in models if price_list().rates(model, day) is None]
    assert unknown == [plan.UNPRICED]
    assert len(models) >= 9


def test_no_line_is_of_anybody(sample: tuple[Path, list[Given]]) -> None:
    folder, _ = sample
    for _, record in records(folder, ".claude/**/*.jsonl"):
        assert record.get("cwd", "/home/sample/").startswith("/home/sample/")
    for _, record in records(folder, ".codex/**/*.jsonl"):
        assert record["payload"].get("cwd", "/home/sample/").startswith("/home/sample/")


def test_claude_code_files_have_what_real_ones_have(sample: tuple[Path, list[Given]]) -> None:
    folder, _ = sample
    holders: dict[str, set[Path]] = defaultdict(set)
    outputs: dict[tuple[Path, str], list[int]] = defaultdict(list)
    for path, record in records(folder, ".claude/projects/**/*.jsonl"):
        if "uuid" in record:
            holders[record["uuid"]].add(path)
        if record["type"] == "assistant":
            message = record["message"]
            outputs[path, message["id"]].append(message["usage"]["output_tokens"])
    shared = [paths for paths in holders.values() if len(paths) > 1]
    assert len(shared) > 4  # the fork
    assert len({frozenset(paths) for paths in shared}) == 1
    repeated = [counts for counts in outputs.values() if len(counts) > 1]
    assert len(repeated) > 200
    assert all(counts == sorted(counts) for counts in repeated)
    helpers = list(folder.glob(".claude/projects/*/*/subagents/agent-*.jsonl"))
    assert len(helpers) > 15
    for path, record in records(folder, ".claude/projects/*/*/subagents/agent-*.jsonl"):
        assert record["isSidechain"] is True
        assert record["sessionId"] == path.parent.parent.name


def test_codex_totals_run_up(sample: tuple[Path, list[Given]]) -> None:
    totals: dict[Path, dict[str, int]] = {}
    again = 0
    for path, record in records(sample[0], ".codex/**/*.jsonl"):
        info = record["payload"].get("info")
        if info is None:
            continue
        before = totals.get(path, dict.fromkeys(info["total_token_usage"], 0))
        after = totals[path] = info["total_token_usage"]
        if after == before:
            again += 1
            continue
        assert info["last_token_usage"] == {key: after[key] - before[key] for key in after}
    assert again > 5


def test_the_folder_of_a_rollout_is_the_local_day(tmp_path: Path) -> None:
    write(tmp_path, 3, END, 2, zone=ZoneInfo("Pacific/Auckland"))
    found = list(tmp_path.glob(".codex/sessions/*/*/*/rollout-*.jsonl"))
    assert found
    for path in found:
        day = "-".join(path.relative_to(tmp_path / ".codex" / "sessions").parts[:3])
        assert path.name.startswith(f"rollout-{day}T")
        assert "T08" <= path.name[18:21] <= "T23"


def test_the_newer_export_holds_some_conversations_again(
    sample: tuple[Path, list[Given]],
) -> None:
    folder, _ = sample
    whole = json.loads((folder / "chatgpt" / "conversations.json").read_text("utf-8"))
    pruned = [
        each
        for path in sorted((folder / "chatgpt").glob("conversations-*.json"))
        for each in json.loads(path.read_text("utf-8"))
    ]
    nodes = {each["conversation_id"]: set(each["mapping"]) for each in whole}
    again = [each for each in pruned if each["conversation_id"] in nodes]
    assert len(again) == 8
    for each in again:
        assert set(each["mapping"]) < nodes[each["conversation_id"]]
    for each in (*whole, *pruned):
        node = each["current_node"]
        while node is not None:  # every path leads to the root
            node = each["mapping"][node]["parent"]


def test_every_session_has_an_answer_and_wins_are_told_unasked_more_often(
    sample: tuple[Path, list[Given]], planned: list[plan.Session]
) -> None:
    _, given = sample
    by_key = {(session.kind, session.key): session for session in planned}
    assert len({(one.kind, one.key) for one in given}) == len(given)
    assert {(one.kind, one.key) for one in given} == set(by_key)
    willing = [one for one in given if one.willing]
    first = [one for one in willing if by_key[one.kind, one.key].week < 26 // 4]
    assert len(first) > len(willing) / 2
    assert 0.08 < len(willing) / len(planned) < 0.2
    won, all_won = (
        sum(one.tag.fate is not None and one.tag.fate.in_use for one in group) / len(group)
        for group in (willing, given)
    )
    assert won > all_won + 0.15
    assert {one.tag.fate for one in given} == set(Fate)
    assert {one.tag.purpose for one in given} == set(Purpose)
    last = max(session.end_ts for session in planned)
    for one in given:
        assert one.minutes_after >= 0
        assert by_key[one.kind, one.key].end_ts + one.minutes_after * 60_000 <= last + 6_000
        asked = steps(one.tag.purpose, one.tag.fate)
        assert (one.tag.by_hand is not None) == ("by_hand" in asked)
        assert (one.tag.after_work is not None) == ("after_work" in asked)


# read by the importers ---------------------------------------------------------------------------


class File:
    """A file on disk, as importers are given it."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)

    def open(self) -> BinaryIO:
        """Open it at its start."""
        return Path(self.name).open("rb")


def test_the_importers_read_every_file_without_a_problem(
    sample: tuple[Path, list[Given]], planned: list[plan.Session]
) -> None:
    importers = pytest.importorskip("tokenworth.importers", exc_type=ImportError).IMPORTERS
    rows = {row.kind: row for row in importers}
    calls: dict[str, dict[int, Any]] = defaultdict(dict)
    keys: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[int]] = defaultdict(set)
    for path in files(sample[0]):
        head = path.read_bytes()[:4096]
        kinds = [row.kind for row in importers if row.recognises(str(path), head)]
        assert len(kinds) == 1, path
        kind = kinds[0]
        assert rows[kind].wants(str(path))
        alone = set()
        for piece in rows[kind].read(File(path), Spot()):
            assert piece.problems == [], path
            keys[kind] |= {thread.key for thread in piece.threads}
            alone |= {thread.id for thread in piece.threads if thread.automated}
            people[kind] |= {event.id for event in piece.events if event.thread not in alone}
            for call in piece.calls:
                known = calls[kind].get(call.id)
                if known is None or known.weight < call.weight:
                    calls[kind][call.id] = call
    for kind in ("claude_code", "codex", "chatgpt"):
        part = [session for session in planned if session.kind == kind]
        assert {session.key for session in part} <= keys[kind]
        asked = sum(len(session.exchanges) for session in part if not session.alone)
        assert len(people[kind]) == asked, kind
    for kind in ("claude_code", "codex"):
        told = [
            step
            for session in planned
            if session.kind == kind
            for steps_ in (*(exchange.steps for exchange in session.exchanges), session.helper)
            for step in steps_
        ]
        read = calls[kind].values()
        assert len(read) == len(told)
        assert sum(call.output for call in read) == sum(step.output for step in told)
        assert sum(call.cache_read for call in read) == sum(step.read for step in told)
        fresh = sum(call.input + (call.cache_write_5m or 0) + (call.cache_write_1h or 0)
                    for call in read)  # fmt: skip
        assert fresh == sum(step.fresh + step.written for step in told)
