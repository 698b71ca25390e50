"""Claude Code's files: each trap with lines made by hand and totals counted by hand."""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tokenworth.domain.importer import Spot
from tokenworth.domain.records import Act, Call, Event, Flag, Piece, Problem, Thread, identity
from tokenworth.importers import claude_code
from tokenworth.importers.claude_code import walk
from tokenworth.importers.claude_code.records import loosely
from tokenworth.reading.lines import blocks

FIXTURES = Path(__file__).parents[2] / "../shared/fixtures"
EXPECTED = FIXTURES / "EXPECTED-coding-agents.tsv"
S = "0c9e1f6a-0000-4000-8000-000000000001"
NINE = 1_784_538_000_000  # 2026-07-20T09:00:00Z


@dataclass
class Memory:
    """A file that stands in memory."""

    data: bytes
    name: str = f"/home/kim/.claude/projects/-home-kim-shop/{S}.jsonl"

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


@dataclass
class Library:
    """What pieces come to, with the rule of weights applied as the store does."""

    calls: dict[int, Call] = field(default_factory=dict)
    events: dict[int, Event] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, pieces: Iterable[Piece]) -> "Library":
        for piece in pieces:
            for call in piece.calls:
                held = self.calls.get(call.id, call)
                kept = call if call.weight >= held.weight else held
                kept.ts = min(call.ts, held.ts)
                self.calls[call.id] = kept
            for event in piece.events:
                self.events.setdefault(event.id, event)
            for thread in piece.threads:
                self.threads[thread.key] = thread
            self.problems += piece.problems
        return self

    def sums(self) -> tuple[int, ...]:
        """Return calls, input, 5-minute and 1-hour writes, reads and output."""
        calls = self.calls.values()
        columns = ("input", "cache_write_5m", "cache_write_1h", "cache_read", "output")
        return (len(calls), *(sum(getattr(c, name) or 0 for c in calls) for name in columns))

    def acts(self, act: Act) -> int:
        return sum(event.act == act for event in self.events.values())


def clock(second: float) -> str:
    minutes, rest = divmod(int(second * 1000), 60_000)
    return f"2026-07-20T09:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}Z"


def usage(output: Any = 10, **other: Any) -> dict[str, Any]:
    """Return 3 input, 40 written for 5 minutes, 60 for an hour, 500 read."""
    return {
        "input_tokens": 3,
        "cache_creation_input_tokens": 100,
        "cache_read_input_tokens": 500,
        "cache_creation": {"ephemeral_5m_input_tokens": 40, "ephemeral_1h_input_tokens": 60},
        "output_tokens": output,
        **other,
    }


def envelope(kind: str, second: float, uuid: str | None, **other: Any) -> dict[str, Any]:
    return {
        "parentUuid": None, "isSidechain": False, "userType": "external", "cwd": "/home/kim/shop",
        "sessionId": S, "version": "2.1.70", "gitBranch": "main", "type": kind,
        "uuid": uuid or f"{kind}-{second}", "timestamp": clock(second), **other,
    }  # fmt: skip


def prompt(
    content: Any, second: float = 0, uuid: str | None = None, **other: Any
) -> dict[str, Any]:
    return envelope("user", second, uuid, message={"role": "user", "content": content}, **other)


def answer(
    key: str | None,
    second: float = 1,
    output: Any = 10,
    blocks: Sequence[dict[str, Any]] = (),
    *,
    stop: str | None = "end_turn",
    model: str = "claude-sonnet-5",
    spent: dict[str, Any] | None = None,
    **other: Any,
) -> dict[str, Any]:
    message = {
        "model": model, "id": key, "type": "message", "role": "assistant",
        "content": list(blocks) or [{"type": "text", "text": f"Answer {key}."}],
        "stop_reason": stop, "usage": usage(output) if spent is None else spent,
    }  # fmt: skip
    return envelope("assistant", second, None, message=message, requestId=f"req_{key}", **other)


def tool(key: str, name: str, **given: Any) -> dict[str, Any]:
    return {"type": "tool_use", "id": key, "name": name, "input": given}


def result(key: str, text: str, second: float = 2, extra: Sequence[Any] = ()) -> dict[str, Any]:
    content = [{"tool_use_id": key, "type": "tool_result", "content": text}, *extra]
    return prompt(content, second, toolUseResult={"stdout": text})


def packed(*lines: dict[str, Any] | bytes) -> bytes:
    """Return a file, written as the tool writes it."""
    parts = [
        line if isinstance(line, bytes)
        else json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode()
        for line in lines
    ]  # fmt: skip
    return b"".join(part + b"\n" for part in parts)


def pieces(*lines: dict[str, Any] | bytes) -> list[Piece]:
    return list(claude_code.IMPORTER.read(Memory(packed(*lines)), Spot()))


def only(*lines: dict[str, Any] | bytes) -> Piece:
    (piece,) = pieces(*lines)
    return piece


class TestAnswers:
    """Lines become calls."""

    def test_an_answer_is_counted_with_all_its_kinds(self) -> None:
        (call,) = only(answer("msg_A", 1, 10)).calls
        assert call == Call(
            identity("claude_code", "msg_A"), identity("claude_code", S), NINE + 1000,
            "claude-sonnet-5", 3, 40, 60, 500, 10, None, 0, 10 + 2**40, "", 1,
        )  # fmt: skip

    def test_lines_of_one_answer_are_one_call(self) -> None:
        piece = only(
            answer("msg_A", 1, 2, [{"type": "thinking", "thinking": "x"}], stop=None),
            answer("msg_A", 2, 2, [tool("t1", "Read", file_path="/a.py")], stop=None),
            result("t1", "ok", 3),
            answer("msg_A", 4, 420, [tool("t2", "mcp__a,b"), tool("t1", "Read")], stop="tool_use"),
            answer("msg_B", 5, 7),
        )
        first, second = piece.calls
        assert (first.ts, first.output, first.input, first.line) == (NINE + 1000, 420, 3, 1)
        assert first.tools == "Read,mcp__a_b"
        assert (second.output, second.tools, second.line) == (7, "", 5)
        assert piece.duplicates == 0
        assert Library().add([piece]).sums() == (2, 6, 80, 120, 1000, 427)

    def test_the_largest_output_brings_its_other_counts(self) -> None:
        late = answer("msg_A", 2, 5, spent=usage(5, input_tokens=99))
        (call,) = only(answer("msg_A", 1, 8), late).calls
        assert (call.output, call.input) == (8, 3)

    def test_an_answer_without_a_stop_reason_is_a_floor(self) -> None:
        floor, right = only(
            answer("msg_A", 1, stop=None), answer("msg_A", 2, stop=None), answer("msg_B", 3)
        ).calls
        assert (floor.flags, right.flags) == (Flag.FLOOR, 0)

    def test_what_the_tool_wrote_itself_is_no_call(self) -> None:
        piece = only(prompt("Hello"), answer("x1", model="<synthetic>", isApiErrorMessage=True))
        assert piece.calls == []
        assert piece.threads[0].last_answer == ""

    def test_an_answer_without_usage_is_no_call_but_is_the_last_answer(self) -> None:
        record = answer("msg_A")
        del record["message"]["usage"]
        piece = only(prompt("Hello"), record)
        assert piece.calls == []
        assert piece.threads[0].last_answer == "Answer msg_A."

    def test_older_records_do_not_split_cache_writes(self) -> None:
        spent = usage()
        del spent["cache_creation"]
        (call,) = only(answer("msg_A", spent=spent)).calls
        assert (call.cache_write_5m, call.cache_write_1h) == (100, 0)

    def test_a_count_that_is_not_there_is_unknown(self) -> None:
        (call,) = only(answer("msg_A", spent={"output_tokens": 4})).calls
        assert (call.input, call.cache_write_5m, call.cache_write_1h) == (None, None, None)
        assert (call.cache_read, call.output) == (None, 4)

    def test_an_answer_without_an_id_is_known_by_its_record(self) -> None:
        (call,) = only(answer(None, 1)).calls
        assert call.id == identity("claude_code", "assistant-1")

    def test_a_try_of_another_model_is_one_more_call(self) -> None:
        tries = [
            usage(136, model="claude-fable-5", cache_creation=None, type="message"),
            usage(20, model="claude-sonnet-5"),
            usage(20),
        ]
        one, other = only(answer("msg_A", output=20, spent=usage(20, iterations=tries))).calls
        assert (one.model, one.output, other.model, other.output) == (
            "claude-sonnet-5", 20, "claude-fable-5", 136,
        )  # fmt: skip
        assert (other.cache_write_5m, other.cache_write_1h) == (100, 0)
        assert other.id == identity("claude_code", "msg_A", "iteration", "0")

    def test_a_sub_agents_file_counts_for_its_parent(self) -> None:
        piece = only(
            prompt("Look around", isSidechain=True, agentId="a1"),
            answer("msg_S", 1, 9, isSidechain=True, agentId="a1"),
        )
        (call,) = piece.calls
        assert (call.flags, call.weight, call.thread) == (
            Flag.SIDECHAIN, 9, identity("claude_code", S),
        )  # fmt: skip
        assert piece.events == []
        (thread,) = piece.threads
        assert (thread.key, thread.folder, thread.folder_count) == (S, "/home/kim/shop", 1)
        assert (thread.first_request, thread.last_answer, thread.title) == ("", "", "")

    def test_a_replay_by_a_sub_agent_never_wins(self) -> None:
        replay = answer("msg_A", 5, 500, isSidechain=True)
        library = Library().add(pieces(replay)).add(pieces(answer("msg_A", 1, 10)))
        (call,) = library.calls.values()
        assert (call.output, call.flags, call.ts) == (10, 0, NINE + 1000)

    def test_a_replay_in_the_same_file_is_said_to_be_a_duplicate(self) -> None:
        piece = only(answer("msg_A"), answer("msg_B"), {**answer("msg_A"), "requestId": "req_new"})
        assert (len(piece.calls), piece.duplicates) == (2, 1)

    def test_progress_repeats_sub_agents_and_yields_to_their_files(self) -> None:
        inner = {k: v for k, v in answer("msg_S", 2, 70).items() if k in ("message", "requestId")}
        inner |= {"type": "assistant", "timestamp": clock(2), "uuid": "in"}
        line = envelope("progress", 3, "p1", data={"type": "agent_progress", "message": inner})
        (call,) = only(line).calls
        assert (call.weight, call.flags, call.output) == (70 - 2**40, Flag.SIDECHAIN, 70)
        assert (call.ts, call.thread) == (NINE + 2000, identity("claude_code", S))
        agent = answer("msg_S", 2, 60, isSidechain=True)
        assert [c.weight for c in only(line, agent).calls] == [60]
        (kept,) = Library().add(pieces(agent)).add(pieces(line)).calls.values()
        assert kept.output == 60


class TestPersons:
    """Which records are a person's doing."""

    @pytest.mark.parametrize(
        "line",
        [
            prompt("Fix it"),
            prompt([{"type": "text", "text": "Fix it"}]),
            prompt([{"type": "text", "text": "<ide_opened_file>x</ide_opened_file>"},
                    {"type": "text", "text": "Fix it"}]),
            prompt("<system-reminder>a\nb</system-reminder>\nFix it", promptSource="typed"),
            envelope("attachment", 0, "q", attachment={"type": "queued_command",
                     "prompt": "Fix it", "commandMode": "prompt", "origin": {"kind": "human"}}),
            envelope("attachment", 0, "q", attachment={"type": "queued_command",
                     "prompt": [{"type": "text", "text": "Fix it"}], "commandMode": "prompt"}),
        ],
    )  # fmt: skip
    def test_a_prompt_opens_the_thread(self, line: dict[str, Any]) -> None:
        piece = only(line)
        key = identity("claude_code", "event", line["uuid"])
        assert piece.events == [Event(key, identity("claude_code", S), NINE, Act.MESSAGE, 1)]
        assert (piece.threads[0].first_request, piece.threads[0].first_request_ts) == (
            "Fix it", NINE,
        )  # fmt: skip

    def test_a_picture_alone_is_a_prompt(self) -> None:
        (event,) = only(prompt([{"type": "image", "source": {}}])).events
        assert event.act == Act.MESSAGE

    @pytest.mark.parametrize(
        "text",
        [
            "<command-name>/model</command-name>",
            "<command-message>x</command-message>\n<command-name>/x</command-name>",
            "<bash-input>ls</bash-input>",
        ],
    )
    def test_commands_are_acts_and_no_prompts(self, text: str) -> None:
        piece = only(prompt(text))
        assert [event.act for event in piece.events] == [Act.COMMAND]
        assert piece.threads[0].first_request == ""

    @pytest.mark.parametrize(
        "line",
        [
            prompt("Fix it", isMeta=True),
            prompt("Fix it", isCompactSummary=True),
            prompt("Fix it", isVisibleInTranscriptOnly=True),
            prompt("Fix it", isSidechain=True),
            prompt("Fix it", origin={"kind": "task-notification"}),
            prompt("Fix it", promptSource="system"),
            prompt("<system-reminder>only this</system-reminder>"),
            prompt(""),
            prompt("<local-command-stdout>x</local-command-stdout>"),
            prompt("<local-command-caveat>x</local-command-caveat>"),
            prompt("Caveat: The messages below were made by a command"),
            prompt("<bash-stdout>x</bash-stdout>"),
            prompt("<task-notification>x</task-notification>"),
            prompt("<ci-monitor-event>x</ci-monitor-event>"),
            prompt("This session is being continued from a previous one"),
            prompt("[Request interrupted by user]"),
            result("t1", "[Request interrupted by user]"),
            envelope("attachment", 0, "q", attachment={"type": "queued_command",
                     "prompt": "x", "commandMode": "task-notification"}),
            envelope("attachment", 0, "q", attachment={"type": "queued_command",
                     "prompt": "x", "commandMode": "prompt", "origin": {"kind": "hook"}}),
            envelope("attachment", 0, "q", attachment={"type": "todo", "prompt": "x"}),
        ],
    )  # fmt: skip
    def test_what_only_looks_like_a_person_is_none(self, line: dict[str, Any]) -> None:
        piece = only(line)
        assert piece.events == []
        assert piece.problems == []

    def test_an_interrupt_stands_in_a_text_block(self) -> None:
        mark = {"type": "text", "text": "[Request interrupted by user for tool use]"}
        piece = only(prompt([mark]), result("t1", "refused", 3, [mark]))
        assert [event.act for event in piece.events] == [Act.INTERRUPT, Act.INTERRUPT]

    def test_a_prompt_copied_into_another_session_is_the_same_act(self) -> None:
        copy = {**prompt("Fix it", uuid="u1"), "sessionId": "other"}
        library = Library().add(pieces(prompt("Fix it", uuid="u1"))).add(pieces(copy))
        assert len(library.events) == 1

    def test_a_prompt_without_a_uuid_has_an_identity_too(self) -> None:
        bare = prompt("Fix it")
        del bare["uuid"]
        (event,) = only(bare).events
        assert event.id == identity("claude_code", "event", f"{S}{clock(0)}Fix it")


class TestThreads:
    """What is told of a session."""

    def thread(self, *lines: dict[str, Any] | bytes) -> Thread:
        (thread,) = only(prompt("Fix it"), *lines).threads
        return thread

    def test_the_persons_title_wins_over_the_tools(self) -> None:
        given = {"type": "custom-title", "customTitle": "Parser", "sessionId": S}
        made = {"type": "ai-title", "aiTitle": "Fixing", "sessionId": S}
        assert (self.thread(given, made).title, self.thread(given, made).title_rank) == (
            "Parser",
            4,
        )
        assert (self.thread(made).title, self.thread(made).title_rank) == ("Fixing", 3)

    def test_a_summary_titles_the_session_that_holds_its_leaf(self) -> None:
        own = {"type": "summary", "summary": "Mine", "leafUuid": "user-0"}
        foreign = {"type": "summary", "summary": "Another's", "leafUuid": "nowhere"}
        thread = Library().add(pieces(own, foreign, prompt("Fix it"))).threads[S]
        assert (thread.title, thread.title_rank) == ("Mine", 2)
        assert self.thread(own).title == "Mine"
        assert self.thread(foreign).title_rank == 0

    def test_the_folder_seen_most_often_and_the_last_branch(self) -> None:
        thread = self.thread(
            answer("msg_A", 1, cwd="/home/kim/shop/web", gitBranch="dev"),
            answer("msg_A", 2, cwd="/home/kim/shop/web"),
            answer("msg_B", 3, cwd="/home/kim/shop/web", gitBranch="dev"),
        )
        assert (thread.folder, thread.folder_count, thread.branch) == (
            "/home/kim/shop/web",
            2,
            "dev",
        )

    def test_the_last_answer_is_the_main_conversations(self) -> None:
        thread = self.thread(
            answer("msg_A", 1, blocks=[{"type": "text", "text": "y" * 3000}]),
            answer("msg_B", 2, blocks=[tool("t1", "Bash", command="ls")]),
            answer("msg_C", 3, isSidechain=True),
        )
        assert (thread.last_answer, thread.last_answer_ts) == ("y" * 2000, NINE + 1000)

    def test_the_first_request_is_cleaned_and_cut(self) -> None:
        long = "<system-reminder>x</system-reminder>" + "z" * 2500
        thread = Library().add(pieces(prompt("<command-name>/x"), prompt(long, 1))).threads[S]
        assert (thread.first_request, thread.first_request_ts) == ("z" * 2000, NINE + 1000)

    def test_files_are_named_by_how_often_they_were_touched(self) -> None:
        thread = self.thread(
            answer("msg_A", 1, blocks=[tool("t1", "Write", file_path="/a/one.py"),
                                       tool("t2", "Edit", file_path="C:\\b\\two.py")]),
            answer("msg_B", 2, blocks=[tool("t3", "MultiEdit", file_path="/b/two.py"),
                                       tool("t4", "Read", file_path="/b/read.py"),
                                       tool("t5", "NotebookEdit", notebook_path="/n/three.ipynb"),
                                       tool("t6", "Edit", file_path="/b/four.py")]),
        )  # fmt: skip
        assert thread.files == "two.py\none.py\nthree.ipynb"

    @pytest.mark.parametrize(
        ("signs", "automated"),
        [
            ({}, None),
            ({"entrypoint": "cli"}, False),
            ({"promptSource": "typed"}, False),
            ({"entrypoint": "claude-vscode"}, None),
            ({"entrypoint": "sdk-ts"}, True),
            ({"entrypoint": "cli", "sessionKind": "bg"}, True),
            ({"entrypoint": "cli", "promptSource": "sdk"}, True),
        ],
    )
    def test_who_started_it(self, signs: dict[str, str], automated: bool | None) -> None:
        (thread,) = only(prompt("Fix it", **signs)).threads
        assert thread.automated is automated

    def test_records_without_a_session_belong_to_the_one_the_file_is_named_after(self) -> None:
        bare = answer("msg_A")
        del bare["sessionId"]
        assert [thread.key for thread in only(bare).threads] == [S]


BROKEN = {
    "half a line": b'{"type":"user","message":',
    "not JSON": b"hello",
    "no record": b"[1,2]",
    "brackets": b'{"type":"user","x":' + b"[" * 100_000,
}
MENDED = {
    "a lone surrogate": rb'{"type":"user","message":{"content":"a\ud800b"},"uuid":"m","timestamp":'
    rb'"2026-07-20T09:00:09Z"}',
    "bytes that are no UTF-8": b'{"type":"user","message":{"content":"a\xffb"},"uuid":"m",'
    b'"timestamp":"2026-07-20T09:00:09Z"}',
    "not a number": b'{"type":"user","message":{"content":"a"},"x":NaN,"uuid":"m",'
    b'"timestamp":"2026-07-20T09:00:09Z"}',
}


class TestBadInput:
    """One problem each, and everything else is kept."""

    @pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
    def test_a_broken_line_costs_itself(self, line: bytes) -> None:
        piece = only(answer("msg_A"), line, answer("msg_B"))
        assert [(p.line, p.kind) for p in piece.problems] == [(2, "broken line")]
        assert Library().add([piece]).sums() == (2, 6, 80, 120, 1000, 20)

    @pytest.mark.parametrize("line", MENDED.values(), ids=MENDED)
    def test_a_mended_line_is_kept(self, line: bytes) -> None:
        piece = only(answer("msg_A"), line, answer("msg_B"))
        assert [(p.line, p.kind) for p in piece.problems] == [(2, "mended line")]
        assert len(piece.calls) == 2
        assert [event.id for event in piece.events] == [identity("claude_code", "event", "m")]

    @pytest.mark.parametrize("count", [-1, 1.5, True, 10**12 + 1, "12", [1], {"n": 1}, 10**300])
    def test_what_is_no_count_is_unknown(self, count: Any) -> None:
        piece = only(answer("msg_A", spent=usage(4, input_tokens=count)), answer("msg_B"))
        first, second = piece.calls
        assert (first.input, first.cache_read, first.output, second.input) == (None, 500, 4, 3)
        (problem,) = piece.problems
        assert (problem.line, problem.kind) == (1, "mended line")

    @pytest.mark.parametrize("odd", [5, "x", [1]])
    def test_fields_of_another_form_cost_themselves(self, odd: Any) -> None:
        piece = only(
            answer("msg_A", spent=usage(4, cache_creation=odd, iterations=odd)),
            {**prompt("Hello"), "origin": odd, "cwd": odd, "entrypoint": odd, "gitBranch": odd},
            {**prompt("x", 1), "message": odd, "attachment": odd, "data": odd},
            {"type": "summary", "leafUuid": odd, "summary": odd},
            {"type": "custom-title", "customTitle": odd},
        )
        assert Library().add([piece]).sums() == (1, 3, 100, 0, 500, 4)
        assert [event.act for event in piece.events] == [Act.MESSAGE]
        assert {p.kind for p in piece.problems} <= {"mended line"}

    def test_unknown_records_are_named_once_a_type(self) -> None:
        line = {"type": "future-record", "sessionId": S}
        piece = only(line, answer("msg_A"), line, {"sessionId": S}, {"type": 5}, line)
        assert [(p.line, p.kind) for p in piece.problems] == [
            (1, "unknown record"), (4, "unknown record"),
        ]  # fmt: skip
        assert "3 of type 'future-record'" in piece.problems[0].words
        assert len(piece.calls) == 1

    @pytest.mark.parametrize(
        "kind",
        ["mode", "permission-mode", "pr-link", "queue-operation", "last-prompt", "system",
         "file-history-snapshot", "bridge-session"],
    )  # fmt: skip
    def test_records_of_context_are_no_problem(self, kind: str) -> None:
        assert only({"type": kind, "sessionId": S, "operation": "enqueue"}).problems == []

    def test_a_line_too_long_is_passed_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            walk,
            "blocks",
            lambda handle, offset: blocks(handle, offset, 1024, 4096),
        )
        piece = only(answer("msg_A"), prompt("x" * 9000), answer("msg_B"))
        assert [(p.line, p.kind) for p in piece.problems] == [(2, "too long")]
        assert [call.line for call in piece.calls] == [1, 3]

    def test_an_answer_without_a_time_gets_the_one_before(self) -> None:
        piece = only(answer("msg_A", 1), {**answer("msg_B"), "timestamp": "yesterday"})
        assert [call.ts for call in piece.calls] == [NINE + 1000, NINE + 1000]
        assert [(p.line, p.kind) for p in piece.problems] == [(2, "no time")]

    def test_an_answer_that_can_have_no_time_is_left_out(self) -> None:
        piece = only({**answer("msg_A"), "timestamp": None}, answer("msg_B"))
        assert len(piece.calls) == 1
        assert [(p.line, p.kind) for p in piece.problems] == [(1, "no time")]

    def test_an_empty_file_and_half_a_line_are_nothing(self) -> None:
        assert list(claude_code.IMPORTER.read(Memory(b""), Spot())) == []
        half = packed(answer("msg_A"))[:-20]
        assert list(claude_code.IMPORTER.read(Memory(half), Spot())) == []

    def test_blank_lines_are_nothing(self) -> None:
        piece = only(b"", b"  ", b"\r", answer("msg_A"))
        assert (piece.problems, piece.calls[0].line) == ([], 4)

    def test_an_unfinished_last_line_is_left_for_next_time(self) -> None:
        whole = packed(answer("msg_A"), prompt("Next", 3))
        (piece,) = claude_code.IMPORTER.read(Memory(whole + packed(answer("msg_B"))[:-9]), Spot())
        assert (piece.offset, piece.line, len(piece.calls), piece.problems) == (
            len(whole), 2, 1, [],
        )  # fmt: skip

    def test_a_last_line_without_a_newline_is_read_if_it_is_whole(self) -> None:
        whole = packed(answer("msg_A"), prompt("Next", 3))
        data = whole + packed(prompt("More", 4), answer("msg_B", 5))
        (piece,) = claude_code.IMPORTER.read(Memory(data[:-1]), Spot())
        assert (len(piece.calls), len(piece.events)) == (2, 2)
        assert piece.offset == len(data) - len(packed(answer("msg_B", 5)))
        assert piece.line == 3


class TestGoingOn:
    """A file that grew is read on from where the last piece says."""

    def test_the_answer_that_may_go_on_is_read_again_whole(self) -> None:
        data = packed(
            prompt("Fix it"),
            answer("msg_A", 1),
            answer("msg_B", 2, 3, [tool("t1", "Read")], stop=None),
            result("t1", "ok", 3),
        )
        (piece,) = claude_code.IMPORTER.read(Memory(data), Spot())
        assert piece.offset == len(packed(prompt("Fix it"), answer("msg_A", 1)))
        assert piece.line == 2
        grown = data + packed(answer("msg_B", 4, 90, [tool("t2", "Bash")]), answer("msg_C", 5))
        spot = Spot(piece.offset, piece.line, piece.state)
        (rest,) = claude_code.IMPORTER.read(Memory(grown), spot)
        assert [(c.tools, c.output, c.line) for c in rest.calls] == [
            ("Read,Bash", 90, 3),
            ("", 10, 6),
        ]
        assert Library().add([piece, rest]).sums() == (3, 9, 120, 180, 1500, 110)
        assert rest.threads[0].folder_count == 4

    def test_a_prompt_ends_the_answer_before_it(self) -> None:
        data = packed(prompt("Fix it"), answer("msg_A", 1), prompt("Next", 2))
        (piece,) = claude_code.IMPORTER.read(Memory(data), Spot())
        assert (piece.offset, piece.line) == (len(data), 3)
        assert list(claude_code.IMPORTER.read(Memory(data), Spot(len(data), 3, piece.state))) == []

    def test_a_first_request_is_told_once(self) -> None:
        data = packed(prompt("First"))
        (piece,) = claude_code.IMPORTER.read(Memory(data), Spot())
        spot = Spot(piece.offset, piece.line, piece.state)
        (rest,) = claude_code.IMPORTER.read(Memory(data + packed(prompt("Second", 9))), spot)
        assert (piece.threads[0].first_request, rest.threads[0].first_request) == ("First", "")

    def test_a_state_that_is_not_ours_is_a_fresh_start(self) -> None:
        data = packed(answer("msg_A"))
        (piece,) = claude_code.IMPORTER.read(Memory(data), Spot(0, 0, b"\xc1 what"))
        assert len(piece.calls) == 1

    def test_a_long_file_comes_in_pieces_and_no_answer_is_cut(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(walk, "_RECORDS", 3)
        monkeypatch.setattr(walk, "blocks", lambda handle, offset: blocks(handle, offset, 2048))
        lines: list[dict[str, Any] | bytes] = [prompt("Fix it")]
        for number in range(30):
            lines += [
                answer(f"msg_{number}", number, 1, [tool(f"a{number}", "Read")], stop=None),
                answer(f"msg_{number}", number + 0.5, 50, [tool(f"b{number}", "Bash")]),
            ]
        found = pieces(*lines)
        assert len(found) > 5
        calls = [call for piece in found for call in piece.calls]
        assert [(call.output, call.tools) for call in calls] == [(50, "Read,Bash")] * 30
        assert [call.line for call in calls] == list(range(2, 62, 2))
        assert found[-1].threads[0].folder_count == 31


# Two ways of reading -----------------------------------------------------------------------------

words = st.sampled_from([
    "Fix it", "größe “x”", "a\nb\t\\", '"usage":{"output_tokens":9}', '{"type":"assistant"}',
    "[Request interrupted by user", "<command-name>/x", "<system-reminder>r</system-reminder> do",
    "x" * 3000,
])  # fmt: skip
keys = st.sampled_from(["msg_A", "msg_B", "msg_C"])
seconds = st.integers(0, 600)
tools = st.sampled_from(
    [tool("t1", "Read"), tool("t2", "Edit", file_path="/a/b.py", new="x" * 900)]
)
parts = st.lists(words.map(lambda text: {"type": "text", "text": text}) | tools, max_size=3)
records = st.one_of(
    st.builds(prompt, words, seconds, isMeta=st.booleans()),
    st.builds(
        answer, keys, seconds, st.integers(0, 999), parts,
        stop=st.sampled_from([None, "end_turn"]), isSidechain=st.booleans(),
        cwd=st.sampled_from(["/home/kim/shop", "/tmp"]),  # noqa: S108 - a name, not a file
    ),
    st.builds(result, st.just("t1"), words.map(lambda text: text * 500), seconds),
    st.builds(
        lambda inner, second: envelope(
            "progress", second, None, data={"message": inner, "type": "agent_progress"}
        ),
        st.builds(answer, keys, seconds, st.integers(0, 999))
        | st.builds(result, st.just("t1"), words, seconds),
        seconds,
    ),
    st.just({"type": "summary", "summary": "Sum", "leafUuid": "user-0"}),
    st.just({"type": "later", "sessionId": S}),
)  # fmt: skip


def other_layouts(lines: list[dict[str, Any]]) -> list[bytes]:
    """Return the same file with spaces, with escapes, and with the keys the other way round."""
    return [
        b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines),
        b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines),
        packed(*(dict(reversed(line.items())) for line in lines)),
    ]


def everything(data: bytes) -> Any:
    """Return all that was read, but where the file goes on."""
    return [
        (p.threads, p.calls, p.events, p.problems, p.line, p.state, p.duplicates)
        for p in claude_code.IMPORTER.read(Memory(data), Spot())
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(records, max_size=12))
def test_a_file_reads_the_same_in_every_layout(lines: list[dict[str, Any]]) -> None:
    expected = everything(packed(*lines))
    for data in other_layouts(lines):
        assert everything(data) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(records, max_size=12))
def test_the_tolerant_way_reads_what_the_strict_one_reads(lines: list[dict[str, Any]]) -> None:
    expected = everything(packed(*lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "strict", lambda line: loosely(line)[0])
        patch.setattr(walk, "_TOOL_RESULT", b"\x00never")
        assert everything(packed(*lines)) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(records, min_size=1, max_size=12), st.data())
def test_a_file_that_grew_comes_to_the_same(
    lines: list[dict[str, Any]], draw: st.DataObject
) -> None:
    # An answer taken up again after a prompt is told apart by weight: only its tools may differ.
    data = packed(*lines)
    whole = Library().add(claude_code.IMPORTER.read(Memory(data), Spot()))
    cut = draw.draw(st.integers(0, len(data)))
    first = list(claude_code.IMPORTER.read(Memory(data[:cut]), Spot()))
    spot = Spot(first[-1].offset, first[-1].line, first[-1].state) if first else Spot()
    grown = Library().add(first).add(claude_code.IMPORTER.read(Memory(data), spot))
    assert grown.sums() == whole.sums()
    assert {(e.id, e.act, e.ts) for e in grown.events.values()} == {
        (e.id, e.act, e.ts) for e in whole.events.values()
    }


@pytest.mark.parametrize("main_first", [True, False])
def test_the_main_copy_gives_the_numbers_wherever_the_file_was_cut(main_first: bool) -> None:
    aside, main = answer("B", 0, 7, isSidechain=True), answer("B", 1, 5, isSidechain=False)
    lines = [main, aside] if main_first else [aside, main]
    whole = Library().add(claude_code.IMPORTER.read(Memory(packed(*lines)), Spot()))
    apart = Library()
    for line in lines:
        apart.add(claude_code.IMPORTER.read(Memory(packed(line)), Spot()))
    assert whole.sums() == apart.sums()
    assert whole.sums()[-1] == 5


@settings(max_examples=150, deadline=None)
@given(st.lists(records, min_size=1, max_size=4), st.data())
def test_no_damage_escapes_as_an_exception(
    lines: list[dict[str, Any]], draw: st.DataObject
) -> None:
    data = bytearray(packed(*lines))
    for _ in range(draw.draw(st.integers(1, 5))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at] = draw.draw(st.integers(0, 255))
    list(claude_code.IMPORTER.read(Memory(bytes(data)), Spot()))
    list(claude_code.IMPORTER.transcript(Memory(bytes(data)), S))
    claude_code.IMPORTER.recognises("x.jsonl", bytes(data[:4096]))


# Places and names --------------------------------------------------------------------------------

HOME = Path("/home/kim")


def test_places_without_settings() -> None:
    assert claude_code.places({}, HOME, "linux") == (
        HOME / ".claude/projects",
        HOME / ".config/claude/projects",
        HOME / ".config/Claude/local-agent-mode-sessions",
    )
    assert claude_code.places({}, HOME, "darwin")[2] == (
        HOME / "Library/Application Support/Claude/local-agent-mode-sessions"
    )


def test_places_of_the_environment_come_instead() -> None:
    given_two = {"CLAUDE_CONFIG_DIR": "/a, /b,", "XDG_CONFIG_HOME": "/c"}
    assert claude_code.places(given_two, HOME, "linux") == (
        Path("/a/projects"), Path("/b/projects"), Path("/c/Claude/local-agent-mode-sessions"),
    )  # fmt: skip
    assert Path("/c/claude/projects") in claude_code.places(
        {"XDG_CONFIG_HOME": "/c"}, HOME, "linux"
    )


def test_places_on_windows(tmp_path: Path) -> None:
    (tmp_path / "Packages" / "Claude_x1").mkdir(parents=True)
    environment = {"USERPROFILE": "/u", "APPDATA": "/r", "LOCALAPPDATA": str(tmp_path)}
    found = claude_code.places(environment, HOME, "win32")
    assert found[0] == Path("/u/.claude/projects")
    assert found[2:] == (
        Path("/r/Claude/local-agent-mode-sessions"),
        tmp_path / "Packages/Claude_x1/LocalCache/Roaming/Claude/local-agent-mode-sessions",
    )


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (f"{S}.jsonl", True), ("agent-1f.jsonl", True), ("history.jsonl", False),
        ("a/journal.jsonl", False), ("sessions-index.json", False), ("x.meta.json", False),
    ],
)  # fmt: skip
def test_files_are_wanted_by_name(name: str, wanted: bool) -> None:
    assert claude_code.IMPORTER.wants(name) is wanted


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (packed(prompt("Fix it")), True),
        (packed(answer("msg_A")), True),
        (packed({"type": "mode", "sessionId": S}, prompt("Fix it")), True),
        (packed({"type": "summary", "summary": "x", "leafUuid": "y"}), True),
        (packed({"type": "file-history-snapshot", "messageId": "x", "snapshot": {}}), True),
        (packed(b"broken", prompt("Fix it")), True),
        (packed(prompt("x" * 9000))[:4096], True),
        (b'{"parentUuid": null, "isSidechain": false, "cwd": "/ho', True),
        (packed({"type": "session_meta", "timestamp": "x", "payload": {}}), False),
        (packed({"type": "user", "sessionId": S, "message": {"role": "user", "parts": []}}), False),
        (packed({"type": "session", "id": S}), False),
        (packed({"role": "user", "content": "x"}), False),
        (b"[1,2]", False), (b"", False), (b"hello\n", False),
    ],
)  # fmt: skip
def test_a_file_is_recognised_by_what_it_holds(head: bytes, known: bool) -> None:
    assert claude_code.IMPORTER.recognises(f"{S}.jsonl", head) is known


def test_a_transcript_is_what_was_said_in_order() -> None:
    data = packed(
        {"type": "mode", "sessionId": S},
        prompt("<ide_selection>x</ide_selection>Fix it", 0),
        answer("msg_A", 1, blocks=[{"type": "text", "text": "I will."}], stop=None),
        answer("msg_A", 2, blocks=[tool("t1", "Edit", file_path="webhooks/sender.py", old="x")]),
        result("t1", "secret output", 3),
        answer("msg_S", 4, isSidechain=True),
        envelope("system", 5, None, subtype="compact_boundary"),
        prompt([{"type": "text", "text": "[Request interrupted by user]"}], 6),
        answer("msg_B", 7, blocks=[tool("t2", "Bash", command="make\n  test"), tool("t3", "Wait")]),
        answer("msg_A", 1, blocks=[{"type": "text", "text": "I will."}]),
        {**prompt("Elsewhere", 8), "sessionId": "other"},
        b"broken",
    )
    said = [(s.ts - NINE, s.who, s.text) for s in claude_code.IMPORTER.transcript(Memory(data), S)]
    assert said == [
        (0, "person", "Fix it"),
        (1000, "assistant", "I will."),
        (2000, "tool", "Edit webhooks/sender.py"),
        (5000, "note", "The conversation so far was replaced by a summary."),
        (6000, "note", "Interrupted."),
        (7000, "tool", "Bash make test"),
        (7000, "tool", "Wait"),
    ]


# Real files --------------------------------------------------------------------------------------


def rows() -> list[dict[str, str]]:
    """Return what is expected of the real files."""
    if not EXPECTED.exists():
        return []
    lines = [line.rstrip("\n").split("\t") for line in EXPECTED.read_text("utf-8").splitlines()]
    names, *others = [line for line in lines if not line[0].startswith("#")]
    table = [dict(zip(names, line, strict=False)) for line in others]
    return [row for row in table if row["path"].startswith("claude-code/")]


def files(path: str) -> list[Path]:
    """Return the files a row is about: one, a folder's, or two in braces."""
    if "{" in path:
        before, _, after = path.partition("{")
        names, _, end = after.partition("}")
        return [FIXTURES / f"{before}{name}{end}" for name in names.split(",")]
    place = FIXTURES / path
    return sorted(place.rglob("*.jsonl")) if path.endswith("/") else [place]


@pytest.mark.skipif(not EXPECTED.exists(), reason="the real files are not in this checkout")
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['scope']} {row['path']}")
def test_real_files_come_to_what_is_expected(row: dict[str, str]) -> None:
    library = Library()
    for path in files(row["path"]):
        library.add(claude_code.IMPORTER.read(Memory(path.read_bytes(), str(path)), Spot()))
    extra = row["scope"] == "extra"
    library.calls = {key: c for key, c in library.calls.items() if (c.weight < 0) == extra}
    names = ("calls", "input", "cw5", "cw1", "cr", "output")
    assert library.sums() == tuple(int(row[name]) for name in names)
    assert ",".join(sorted({call.model for call in library.calls.values()})) == row["models"]
    if not extra:
        called = [name for c in library.calls.values() for name in c.tools.split(",") if name]
        assert len(called) == int(row["tools"])
        assert library.acts(Act.MESSAGE) == int(row["turns"])
        assert library.acts(Act.INTERRUPT) == int(row["interrupts"])
