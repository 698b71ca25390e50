"""Codex rollouts: lines made by hand, with numbers counted by hand."""

import importlib
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.importer import Said, Spot
from tokenworth.domain.records import Act, Call, Event, Flag, Piece, Problem, Thread, identity
from tokenworth.importers.codex import IMPORTER, gather, lineage, places, recognises, wants
from tokenworth.reading import lines as block_lines

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
START_MS = 1_772_442_000_000
A, B, C = "0000-a", "0000-b", "0000-c"
FIXTURES = Path(__file__).parents[2] / "../shared/fixtures"

reading = importlib.import_module("tokenworth.importers.codex.read")  # hidden by its function

Line = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """A source that lies in memory."""

    data: bytes
    name: str = "rollout-2026-03-02T10-00-00-0000-a.jsonl"

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


def line(kind: str, payload: Any, at: float = 0, **more: Any) -> Line:
    stamp = f"{START + timedelta(seconds=at):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    return {"timestamp": stamp, **more, "type": kind, "payload": payload}


def meta(key: str = A, at: float = 0, **more: Any) -> Line:
    payload = {
        "id": key,
        "cwd": "/home/robin/harbour",
        "originator": "codex_cli_rs",
        "source": "cli",
    }
    return line("session_meta", payload | more, at)


def context(model: str = "gpt-5.5", at: float = 0, **more: Any) -> Line:
    return line(
        "turn_context", {"turn_id": "t", "cwd": "/home/robin/harbour", "model": model} | more, at
    )


def event(kind: str, at: float = 0, **more: Any) -> Line:
    return line("event_msg", {"type": kind} | more, at)


def item(kind: str, at: float = 0, **more: Any) -> Line:
    return line("response_item", {"type": kind} | more, at)


def message(role: str, text: str, at: float = 0) -> Line:
    kind = "output_text" if role == "assistant" else "input_text"
    return item("message", at, role=role, content=[{"type": kind, "text": text}])


def tool(name: str, call: str, at: float = 0) -> Line:
    return item("function_call", at, name=name, arguments="{}", call_id=call)


def usage(whole: int, cached: int, output: int, thought: int, written: int | None = None) -> Line:
    counts = {
        "input_tokens": whole, "cached_input_tokens": cached, "output_tokens": output,
        "reasoning_output_tokens": thought, "total_tokens": whole + output,
    }  # fmt: skip
    return counts if written is None else counts | {"cache_write_input_tokens": written}


def count(total: Line | None, last: Line | None, at: float = 0) -> Line:
    info = {"total_token_usage": total, "last_token_usage": last, "model_context_window": 9000}
    return event("token_count", at, info=info, rate_limits=None)


def alone(whole: int, cached: int, output: int, thought: int, at: float = 0) -> Line:
    """Return the first row of a thread."""
    return count(usage(whole, cached, output, thought), usage(whole, cached, output, thought), at)


def packed(lines: Iterable[Line | str]) -> bytes:
    texts = [
        each if isinstance(each, str) else json.dumps(each, separators=(",", ":")) for each in lines
    ]
    return "".join(text + "\n" for text in texts).encode("utf-8", "surrogatepass")


@dataclass
class Merged:
    """What a store makes of pieces."""

    calls: dict[int, Call]
    events: dict[int, Event]
    threads: dict[int, Thread]
    problems: list[Problem]
    noted: list[Event]  # acts as they came, copies and all
    duplicates: int = 0

    @property
    def in_order(self) -> list[Call]:
        return sorted(self.calls.values(), key=lambda call: (call.ts, call.line))

    def sums(self) -> tuple[int, ...]:
        """Calls, input, cache writes, cache reads, output, reasoning."""
        calls = self.calls.values()
        names = ("input", "cache_write_5m", "cache_read", "output", "reasoning")
        return len(calls), *(sum(getattr(call, name) or 0 for call in calls) for name in names)

    def acts(self, act: Act) -> int:
        return sum(each.act == act for each in self.events.values())

    def words(self) -> list[tuple[int, str]]:
        return [(problem.line, problem.kind) for problem in self.problems]


def merged(*pieces: Piece) -> Merged:
    result = Merged({}, {}, {}, [], [])
    for piece in pieces:
        for call in piece.calls:
            old = result.calls.get(call.id)
            if old is None or call.weight > old.weight:
                result.calls[call.id] = call
        result.noted += piece.events
        for act in piece.events:
            old_act = result.events.get(act.id)
            if old_act is None or act.ts < old_act.ts:
                result.events[act.id] = act
        for thread in piece.threads:
            old_thread = result.threads.get(thread.id, thread)
            thread.first_request = old_thread.first_request or thread.first_request
            thread.first_request_ts = old_thread.first_request_ts or thread.first_request_ts
            thread.last_answer = thread.last_answer or old_thread.last_answer
            thread.last_answer_ts = thread.last_answer_ts or old_thread.last_answer_ts
            result.threads[thread.id] = thread
        result.problems += [each for each in piece.problems if each not in result.problems]
        result.duplicates += piece.duplicates
    return result


def pieces(lines: Iterable[Line | str], spot: Spot | None = None) -> list[Piece]:
    return list(IMPORTER.read(Held(packed(lines)), spot or Spot()))


def read(*lines: Line | str) -> Merged:
    return merged(*pieces(lines))


def together(*files: list[Line], roots: tuple[str, ...] = ()) -> Merged:
    spots = [Spot(root=root) for root in roots] or [Spot() for _ in files]
    return merged(*(p for f, spot in zip(files, spots, strict=True) for p in pieces(f, spot)))


class TestCalls:
    def test_a_call_is_what_the_totals_grew_by(self) -> None:
        found = read(
            meta(), context(),
            count(usage(1000, 0, 50, 10), usage(1000, 0, 50, 10), 5),
            count(usage(2500, 900, 120, 30), usage(1500, 900, 70, 20), 15),
        )  # fmt: skip
        first, second = found.in_order
        assert (first.input, first.cache_read, first.output, first.reasoning) == (1000, 0, 50, 10)
        assert (second.input, second.cache_read, second.output) == (600, 900, 70)
        assert (second.reasoning, second.cache_write_5m, second.cache_write_1h) == (20, 0, 0)
        assert (second.ts, second.weight) == (START_MS + 15_000, -START_MS - 15_000)
        assert (second.model, second.line, second.flags) == ("gpt-5.5", 4, 0)
        assert second.thread == identity("codex", A)

    def test_totals_told_again_are_no_call(self) -> None:
        row = alone(1000, 0, 50, 10, 5)
        found = read(meta(), context(), row, row, row | {"timestamp": "2026-03-02T10:00:00Z"})
        assert found.sums() == (1, 1000, 0, 0, 50, 10)

    def test_unchanged_totals_are_no_call_whatever_the_last_one_says(self) -> None:
        total = usage(1000, 0, 50, 10)
        found = read(meta(), count(total, total, 1), count(total, usage(700, 0, 9, 9), 2))
        assert found.sums() == (1, 1000, 0, 0, 50, 10)

    def test_a_lost_row_is_made_up_for_by_the_total(self) -> None:
        found = read(
            meta(),
            alone(1000, 0, 50, 10, 1),
            count(usage(5000, 3000, 90, 20), usage(1000, 800, 5, 1), 2),
        )
        assert found.sums() == (2, 1000 + 1000, 0, 3000, 90, 20)

    def test_totals_that_fall_begin_anew(self) -> None:
        found = read(
            meta(),
            alone(1000, 400, 50, 10, 1),
            count(usage(300, 100, 20, 5), usage(200, 100, 15, 5), 2),
            count(usage(900, 300, 30, 9), usage(600, 200, 10, 4), 3),
        )
        assert [call.input for call in found.in_order] == [600, 100, 400]
        assert found.sums() == (3, 1100, 0, 400 + 100 + 200, 75, 19)

    def test_the_same_totals_in_two_epochs_are_two_calls(self) -> None:
        found = read(meta(), alone(10, 0, 5, 0, 1), alone(4, 0, 2, 0, 2), alone(10, 0, 5, 0, 3))
        # 10/5, then 4/2 (fell), then 10/5 grown from 4/2
        assert found.sums() == (3, 10 + 4 + 6, 0, 0, 5 + 2 + 3, 0)

    def test_totals_reset_to_nothing_are_no_call(self) -> None:
        found = read(meta(), alone(10, 0, 5, 0, 1), alone(0, 0, 0, 0, 2), alone(3, 0, 1, 0, 3))
        assert found.sums() == (2, 13, 0, 0, 6, 0)

    def test_rows_without_a_total_count_each(self) -> None:
        row = count(None, usage(100, 60, 9, 3), 1)
        assert read(meta(), row, row).sums() == (2, 80, 0, 120, 18, 6)

    def test_a_total_holds_what_was_told_without_one(self) -> None:
        found = read(
            meta(),
            count(None, usage(100, 60, 9, 3), 1),
            count(usage(150, 80, 12, 4), usage(50, 20, 3, 1), 2),
        )
        assert found.sums() == (2, 40 + 30, 0, 80, 12, 4)

    def test_cache_writes_are_taken_out_of_the_input(self) -> None:
        total = usage(1000, 300, 50, 10, written=200)
        assert read(meta(), count(total, total, 1)).sums() == (1, 500, 200, 300, 50, 10)

    def test_more_parts_than_the_whole_are_told_once(self) -> None:
        found = read(
            meta(),
            alone(100, 300, 5, 0, 1),
            count(usage(150, 600, 9, 0), usage(50, 300, 4, 0), 2),
        )
        assert found.sums() == (2, 150, 0, 0, 9, 0)
        assert found.words() == [(2, "inconsistent")]

    def test_what_is_not_recorded_stays_unknown(self) -> None:
        bare = {"input_tokens": 10, "output_tokens": 1}
        (call,) = read(meta(), count(bare, bare, 1)).in_order
        assert (call.input, call.output) == (10, 1)
        assert call.cache_read is None
        assert call.reasoning is None

    def test_rows_that_tell_of_limits_only_are_no_calls(self) -> None:
        found = read(
            meta(),
            event("token_count", info=None, rate_limits={"primary": {"used_percent": 3.0}}),
            event("token_count", info={"prompt": 1420, "completion": 910}),
        )
        assert found.sums() == (0, 0, 0, 0, 0, 0)
        assert not found.problems

    def test_the_model_is_that_of_the_context_before(self) -> None:
        found = read(
            meta(), context("one"), alone(1, 0, 1, 0, 1),
            context("two"), count(usage(3, 0, 2, 0), None, 2),
        )  # fmt: skip
        assert [call.model for call in found.in_order] == ["one", "two"]

    def test_without_a_context_the_row_may_name_the_model(self) -> None:
        row = alone(1, 0, 1, 0, 1)
        row["payload"]["info"]["model"] = "gpt-5"
        assert read(meta(), row).in_order[0].model == "gpt-5"
        assert read(meta(), alone(1, 0, 1, 0, 1)).in_order[0].model == ""

    def test_a_compaction_is_no_call(self) -> None:
        found = read(
            meta(),
            alone(100, 0, 5, 0, 1),
            line("compacted", {"message": "", "replacement_history": [message("user", "hi")]}),
            event("context_compacted"),
            count(usage(120, 0, 6, 0), usage(20, 0, 1, 0), 2),
        )
        assert found.sums() == (2, 120, 0, 0, 6, 0)
        assert not found.events

    def test_a_stream_of_exec_json_has_no_counts_and_harms_nothing(self) -> None:
        found = read(
            {"type": "thread.started", "thread_id": "x"},
            {"type": "turn.completed", "usage": {"input_tokens": 100, "output_tokens": 5}},
            {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "hi"}]},
            event("turn.completed", usage={"input_tokens": 100, "output_tokens": 5}),
        )
        assert not found.calls
        assert found.words() == [(1, "no counts")]


class TestUsageRecords:
    @staticmethod
    def record(response: str, counts: Line, at: float) -> Line:
        return line("token_usage_record", {"response_id": response, "usage": counts}, at)

    def test_they_are_calls_where_nothing_else_counts(self) -> None:
        found = read(
            meta(), context(), tool("shell", "c1"),
            self.record("r1", usage(100, 60, 9, 3), 1),
            self.record("r1", usage(100, 60, 9, 3), 2),
            self.record("r2", usage(50, 20, 3, 1), 3),
        )  # fmt: skip
        assert found.sums() == (2, 70, 0, 80, 12, 4)
        assert [call.tools for call in found.in_order] == ["shell", ""]

    @pytest.mark.parametrize("first", [True, False])
    def test_beside_totals_they_are_none(self, first: bool) -> None:
        record, row = self.record("r1", usage(100, 60, 9, 3), 1), alone(100, 60, 9, 3, 1)
        both = [record, row] if first else [row, record]
        found = read(meta(), tool("shell", "c1"), *both, self.record("r2", usage(5, 0, 1, 0), 2))
        assert found.sums() == (1, 40, 0, 60, 9, 3)
        assert found.in_order[0].tools == "shell"

    def test_a_file_that_grows_goes_on_with_them(self) -> None:
        lines = [meta(), *(self.record(f"r{n}", usage(10, 4, 1, 0), n) for n in range(4))]
        assert_cut_is_whole(packed(lines), len(packed(lines[:3])))
        assert_cut_is_whole(packed(lines), len(packed(lines[:3])) - 1)


def parent() -> list[Line]:
    return [
        meta(A, 0), context("gpt-5.5", 1), event("user_message", 2, message="Add a tide table"),
        alone(1000, 0, 50, 10, 5), alone(1000, 0, 50, 10, 6),
        count(usage(2500, 900, 120, 30), usage(1500, 900, 70, 20), 15),
    ]  # fmt: skip


def replay(lines: list[Line], at: float) -> list[Line]:
    """Return copies of lines with new times, as a fork writes them."""
    return [
        line(each["type"], each["payload"], at + number / 1000, ordinal=number + 1)
        for number, each in enumerate(lines)
    ]


SPAWNED = {"source": {"subagent": {"thread_spawn": {"parent_thread_id": A, "depth": 1}}}}
OWN = count(usage(3300, 1500, 150, 35), usage(800, 600, 30, 5), 660)  # 200 / 600 / 30 / 5


class TestForks:
    def test_a_forks_replay_is_its_parents(self) -> None:
        child = [meta(B, 600, forked_from_id=A), *replay(parent(), 600), OWN]
        found = together(child, parent())
        assert found.sums() == (3, 1600 + 200, 0, 1500, 150, 35)
        assert [call.thread for call in found.in_order] == [
            identity("codex", A), identity("codex", A), identity("codex", B),
        ]  # fmt: skip
        assert found.acts(Act.MESSAGE) == 1
        assert {thread.parent for thread in found.threads.values()} == {0}

    def test_a_fork_alone_keeps_its_replay(self) -> None:
        found = together([meta(B, 600, forked_from_id=A), *replay(parent(), 600), OWN])
        assert found.sums() == (3, 1800, 0, 1500, 150, 35)
        assert set(found.threads) == {identity("codex", B)}

    def test_a_sub_agent_works_for_its_parent(self) -> None:
        child = [
            meta(B, 600, forked_from_id=A, **SPAWNED), *replay(parent(), 600),
            context("gpt-5.5-mini", 650), event("user_message", 651, message="look closely"), OWN,
        ]  # fmt: skip
        found = together(child, parent())
        last = found.in_order[-1]
        assert found.sums() == (3, 1800, 0, 1500, 150, 35)
        assert [call.flags for call in found.in_order] == [0, 0, Flag.SIDECHAIN]
        assert (last.model, last.thread) == ("gpt-5.5-mini", identity("codex", B))
        assert found.acts(Act.MESSAGE) == 1
        assert found.threads[identity("codex", B)].parent == identity("codex", A)

    def test_a_sub_agent_without_a_replay_begins_at_nothing(self) -> None:
        child = [meta(B, 600, parent_thread_id=A, source="cli"), alone(70, 20, 7, 2, 610)]
        found = together(parent(), child)
        assert found.sums() == (3, 1600 + 50, 0, 900 + 20, 127, 32)
        assert found.threads[identity("codex", B)].parent == identity("codex", A)

    def test_totals_that_go_on_without_a_replay_begin_at_the_last_call(self) -> None:
        child = [meta(B, 600, forked_from_id=A), OWN]
        assert together(child).sums() == (1, 200, 0, 600, 30, 5)

    def test_the_file_may_say_where_its_own_rows_begin(self) -> None:
        copied = replay(parent(), 600)
        own = OWN | {"ordinal": len(copied) + 1}
        first = meta(B, 600, subagent_history_start_ordinal=len(copied) + 1, **SPAWNED)
        found = together([first, *copied, own])
        assert found.sums() == (1, 200, 0, 600, 30, 5)
        assert found.duplicates == 2
        assert not found.events

    def test_siblings_share_what_was_copied_from_a_lost_parent(self) -> None:
        one = [meta(B, 600, forked_from_id=A), *replay(parent()[1:], 600), OWN]
        other_own = count(usage(2600, 900, 125, 30), usage(100, 0, 5, 0), 990)
        two = [meta(C, 900, forked_from_id=A), *replay(parent()[1:], 900), other_own]
        found = together(two, one)
        assert found.sums() == (4, 1800 + 100, 0, 1500, 155, 35)
        assert [call.thread for call in found.in_order].count(identity("codex", B)) == 3
        assert found.acts(Act.MESSAGE) == 1

    def test_a_fork_of_a_fork_is_traced_by_what_it_copies(self) -> None:
        one = [meta(B, 600, forked_from_id=A), *replay(parent(), 600), OWN]
        two = [meta(C, 900, forked_from_id=B), *replay(one, 900)]
        assert together(two, one, parent()).sums() == (3, 1800, 0, 1500, 150, 35)

    def test_a_fork_of_a_fork_is_traced_by_what_is_known_from_outside(self) -> None:
        one = [meta(B, 600, forked_from_id=A), *replay(parent()[1:], 600), OWN]
        two = [meta(C, 900, forked_from_id=B), *replay(one[1:], 900)]
        assert together(two, one, parent()).sums()[0] == 6
        assert together(two, one, parent(), roots=(A, A, "")).sums()[0] == 3

    def test_a_fork_that_copies_the_end_only_shares_that(self) -> None:
        again, more = event("user_message", 20, message="Add a tide table"), OWN
        child = [meta(B, 600, forked_from_id=A), *replay([*parent()[-1:], again, more], 600)]
        found = together([*parent(), again, more], child)
        assert found.acts(Act.MESSAGE) == 2
        assert found.sums()[0] == 3

    def test_threads_forked_from_one_another_end(self) -> None:
        found = together([meta(B, 1, forked_from_id=A), meta(A, 2, forked_from_id=B), OWN])
        assert found.sums()[0] == 1

    def test_a_second_head_of_the_same_thread_changes_nothing(self) -> None:
        found = read(
            *parent(), meta(A, 20, cwd="/home/robin/pier"), meta(A, 21, cwd="/home/robin/pier"), OWN
        )
        (thread,) = found.threads.values()
        assert (thread.key, thread.parent, found.sums()[0]) == (A, 0, 3)


class TestPersons:
    def test_a_prompt_told_twice_is_one_turn(self) -> None:
        found = read(
            meta(), message("user", "<environment_context>\n  <cwd>/work</cwd>"),
            message("user", "# AGENTS.md instructions for /work\n\nBe brief."),
            message("user", "Add a tide table"),
            event("user_message", 1, message="Add a tide table\n", images=[]),
            event("item_completed", 1, item={"type": "UserMessage", "content": [
                {"type": "text", "text": "Add a tide table"}]}),
            alone(10, 0, 1, 0, 2), message("user", "injected some new way"),
        )  # fmt: skip
        (act,) = found.noted
        assert (act.act, act.ts, act.line) == (Act.MESSAGE, START_MS + 1000, 5)
        assert found.threads[identity("codex", A)].first_request == "Add a tide table"

    def test_the_same_words_said_again_are_another_turn(self) -> None:
        again = event("user_message", 1, message="continue")
        found = read(meta(), again, again, alone(10, 0, 1, 0, 2), again)
        assert found.acts(Act.MESSAGE) == 3

    def test_items_tell_prompts_where_events_do_not(self) -> None:
        said = {"type": "UserMessage", "content": [{"type": "text", "text": "Add a tide table"}]}
        found = read(
            meta(), message("user", "Add a tide table"),
            event("item_completed", 1, item=said), alone(10, 0, 1, 0, 2),
        )  # fmt: skip
        assert found.acts(Act.MESSAGE) == 1

    def test_messages_tell_prompts_where_nothing_else_does(self) -> None:
        found = read(
            meta(), message("user", "<user_instructions>\nBe brief."),
            message("user", "Add a tide table", 3), tool("shell", "c1"), alone(10, 0, 1, 0, 4),
            message("user", "<turn_aborted>\nThe user interrupted."),
            message("user", "Now test it", 5), message("assistant", "Done.", 6),
        )  # fmt: skip
        assert found.acts(Act.MESSAGE) == 2
        assert sorted(act.line for act in found.events.values()) == [3, 7]
        (thread,) = found.threads.values()
        assert (thread.first_request, thread.first_request_ts) == (
            "Add a tide table", START_MS + 3000,
        )  # fmt: skip
        assert (thread.last_answer, thread.last_answer_ts) == ("Done.", START_MS + 6000)

    def test_an_editors_words_are_left_out_of_a_request(self) -> None:
        text = "# Context from my IDE setup:\n## Open tabs\n## My request for Codex:\nFix it\n"
        found = read(meta(), event("user_message", 1, message=text))
        assert found.threads[identity("codex", A)].first_request == "Fix it"

    def test_an_interrupt_is_an_act_and_no_turn(self) -> None:
        found = read(
            meta(), event("user_message", 1, message="Go"),
            message("user", "<turn_aborted>\nThe user interrupted."),
            event("turn_aborted", 2, reason="interrupted", turn_id="t1"),
            event("turn_aborted", 3, reason="interrupted", turn_id="t2"),
        )  # fmt: skip
        assert (found.acts(Act.MESSAGE), found.acts(Act.INTERRUPT)) == (1, 2)

    def test_a_prompt_of_a_picture_is_a_turn_and_no_title(self) -> None:
        found = read(
            meta(), event("user_message", 1, message="", images=["data:..."]),
            event("user_message", 2, message="What is it?"),
        )  # fmt: skip
        assert found.acts(Act.MESSAGE) == 2
        assert found.threads[identity("codex", A)].first_request == "What is it?"


class TestThread:
    def test_tools_stand_on_the_call_that_follows(self) -> None:
        found = read(
            meta(), tool("shell", "c1"), tool("shell", "c1"), tool("odd,name", "c2"),
            item("function_call_output", call_id="c1", output="x" * 900),
            alone(10, 0, 1, 0, 1), alone(10, 0, 1, 0, 2),
            item("custom_tool_call", name="apply_patch", call_id="c3", input="*** Begin Patch"),
            item("local_shell_call", call_id="c4", action={"type": "exec"}),
            item("web_search_call", id="w1", action={"type": "search"}),
            count(usage(20, 0, 2, 0), None, 3), tool("later", "c5"),
        )  # fmt: skip
        assert [call.tools for call in found.in_order] == [
            "shell,odd_name", "apply_patch,local_shell,web_search",
        ]  # fmt: skip

    def test_what_the_file_tells_of_its_thread(self) -> None:
        patch = "*** Begin Patch\n*** Update File: src/moon.py\n@@\n*** Add File: b/sun.py\n"
        found = read(
            meta(A, git={"branch": "tides"}), *[context(cwd="/home/robin/pier")] * 2,
            event("user_message", 1, message="Add a tide table"),
            item("custom_tool_call", name="apply_patch", call_id="c", input=patch),
            event("patch_apply_end", success=True, changes={"C:\\work\\sun.py": {"type": "add"}}),
            event("patch_apply_end", success=False, changes={"/home/robin/no.py": {"type": "add"}}),
            event("item_completed", item={"type": "FileChange", "changes": {"a/sea.py": {}}}),
            event("agent_message", 4, message="Half done."),
            event("agent_message", 5, message="Done. " + "x" * 3000),
            event("thread_name_updated", 6, thread_id=A, thread_name="Tides"),
            event("thread_name_updated", 6, thread_id=B, thread_name="Another's"),
        )  # fmt: skip
        (thread,) = found.threads.values()
        assert (thread.key, thread.title, thread.title_rank) == (A, "Tides", 4)
        assert (thread.folder, thread.folder_count, thread.branch) == (
            "/home/robin/pier",
            2,
            "tides",
        )
        assert thread.files.split("\n") == ["sun.py", "moon.py", "sea.py"]
        assert (thread.last_answer[:6], len(thread.last_answer)) == ("Done. ", 2000)
        assert thread.last_answer_ts == START_MS + 5000

    @pytest.mark.parametrize(
        ("source", "originator", "automated"),
        [
            ("cli", "codex_cli_rs", False),
            ("vscode", "Codex Desktop", False),
            ("exec", "codex_exec", True),
            ("unknown", "codex_exec", True),
            ("mcp", "someone", None),
            ({"subagent": "review"}, "codex_cli_rs", None),
        ],
    )
    def test_who_was_at_work(self, source: Any, originator: str, automated: bool | None) -> None:
        found = read(meta(source=source, originator=originator), alone(1, 0, 1, 0))
        assert found.threads[identity("codex", A)].automated is automated

    def test_a_file_that_names_no_thread_names_it_itself(self) -> None:
        (piece,) = IMPORTER.read(Held(packed([alone(1, 0, 1, 0)])), Spot())
        assert piece.threads[0].key == "0000-a"
        (piece,) = IMPORTER.read(Held(packed([alone(1, 0, 1, 0)]), "C:\\x\\odd.jsonl"), Spot())
        assert piece.threads[0].key == "odd"

    def test_a_file_without_calls_or_acts_tells_of_no_thread(self) -> None:
        found = read(meta(), context())
        assert not found.threads


BAD = {
    "not JSON": ('{"timestamp":', "broken line"),
    "not an object": ("[1,2]", "broken line"),
    "nested too deep": ('{"payload":' + "[" * 100_000 + "]" * 100_000 + "}", "broken line"),
    "half a character": (
        '{"timestamp":"2026-03-02T09:00:00Z","type":"turn_context","payload":{"cwd":"\\ud83d"}}',
        "mended line",
    ),
    "not a number": (
        '{"timestamp":"2026-03-02T09:00:00Z","type":"turn_context","payload":{"x":NaN}}',
        "mended line",
    ),
    "unknown type": (json.dumps(line("moon_phase", {"full": True})), "unknown record"),
    "unknown event": (json.dumps(event("moon_phase")), "unknown record"),
    "unknown item": (json.dumps(item("moon_phase")), "unknown record"),
    "no payload": ('{"timestamp":"2026-03-02T09:00:00Z","type":"event_msg"}', "unknown record"),
    "a payload that is text": (
        '{"timestamp":"2026-03-02T09:00:00Z","type":"event_msg","payload":"x"}', "unknown record",
    ),
}  # fmt: skip


class TestBadInput:
    @pytest.mark.parametrize("name", BAD)
    def test_one_bad_line_is_one_problem_and_costs_nothing_else(self, name: str) -> None:
        text, kind = BAD[name]
        found = read(meta(), alone(10, 0, 1, 0, 1), text, count(usage(30, 0, 3, 0), None, 2))
        assert found.sums() == (2, 30, 0, 0, 3, 0)
        assert found.words() == [(3, kind)]

    @pytest.mark.parametrize("bad", [-1, True, 1.5, 2.0, 10**12 + 1, 10**300, "12", None, [1]])
    def test_a_count_that_is_none_drops_its_row(self, bad: Any) -> None:
        row = count(usage(20, 0, 2, 0), usage(10, 0, 1, 0), 2)
        row["payload"]["info"]["total_token_usage"]["output_tokens"] = bad
        if bad is None:
            row["payload"]["info"]["last_token_usage"]["input_tokens"] = float("nan")
        found = read(meta(), alone(10, 0, 1, 0, 1), row, count(usage(30, 0, 3, 0), None, 3))
        assert found.sums() == (2, 30, 0, 0, 3, 0)  # the next total makes up for it
        assert found.words() == [(3, "bad count")]

    @pytest.mark.parametrize("bad", ["x", [1], 3])
    def test_counts_in_no_known_form_drop_their_row(self, bad: Any) -> None:
        row = event("token_count", 2, info=bad)
        found = read(meta(), row, alone(10, 0, 1, 0, 3))
        assert found.sums() == (1, 10, 0, 0, 1, 0)
        assert found.words() == [(2, "bad count")]

    def test_an_unknown_type_is_told_once_a_file(self) -> None:
        lines = [meta(), event("moon_phase"), event("moon_phase"), event("tide")]
        whole = packed(lines)
        cut = len(packed(lines[:2]))
        first = list(IMPORTER.read(Held(whole[:cut]), Spot()))
        second = list(IMPORTER.read(Held(whole), after(first)))
        told = [problem.line for piece in first + second for problem in piece.problems]
        assert told == [2, 4]

    def test_a_record_without_a_time_gets_the_one_before(self) -> None:
        row = alone(10, 0, 1, 0) | {"timestamp": "soon"}
        found = read(meta(A, 7), row)
        assert found.in_order[0].ts == START_MS + 7000
        assert found.words() == [(2, "no time")]

    def test_a_call_at_no_time_is_left_out(self) -> None:
        row = alone(10, 0, 1, 0) | {"timestamp": None}
        found = read(meta() | {"timestamp": 5}, row, count(usage(30, 0, 3, 0), None, 2))
        assert found.sums() == (1, 20, 0, 0, 2, 0)
        assert found.words() == [(2, "no time")]

    def test_a_line_too_long_is_passed_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = block_lines.blocks
        monkeypatch.setattr(
            reading, "blocks", lambda handle, offset=0: real(handle, offset, 512, 2048)
        )
        found = read(
            meta(), alone(10, 0, 1, 0, 1),
            event("agent_message", message="x" * 5000), count(usage(30, 0, 3, 0), None, 2),
        )  # fmt: skip
        assert found.sums() == (2, 30, 0, 0, 3, 0)
        assert found.words() == [(3, "too long")]
        assert found.in_order[-1].line == 4

    def test_blank_lines_and_a_mark_at_the_start_are_nothing(self) -> None:
        found = read("\ufeff" + json.dumps(meta()), "", "  ", alone(10, 0, 1, 0, 1))
        assert found.sums()[0] == 1
        assert not found.problems
        assert set(found.threads) == {identity("codex", A)}

    def test_a_state_that_is_no_state_begins_anew(self) -> None:
        (piece,) = pieces([meta(), alone(10, 0, 1, 0, 1)], Spot(state=b"\xff\x00"))
        assert len(piece.calls) == 1

    @given(st.lists(st.deferred(lambda: CONFUSED), max_size=4))
    def test_values_of_any_kind_raise_nothing(self, lines: list[Any]) -> None:
        data = packed([meta(), *lines, alone(10, 0, 1, 0, 1)])
        first = list(IMPORTER.read(Held(data), Spot()))
        assert merged(*first).sums()[0] >= 0
        assert list(IMPORTER.read(Held(data + packed([OWN])), after(first)))
        list(IMPORTER.transcript(Held(data), A))

    def test_bytes_of_any_kind_raise_nothing(self) -> None:
        rest = b'\x00\xff\n{"type":1}\n{"type":"event_msg","payload":{"type":[]}}\n"x"\n'
        rest += b'{"type":"session_meta","payload":{"id":[],"source":{"subagent":3},"git":4}}\n'
        rest += b'{"type":"response_item","payload":{"type":"message","role":{},"content":7}}\n'
        rest += b'{"type":[],"payload":{}}\n{"type":{},"payload":4}\n'
        found = merged(*IMPORTER.read(Held(rest + packed([alone(10, 0, 1, 0, 1)])), Spot()))
        assert found.sums()[0] == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)
FIELDS = {name: ANYTHING for name in gather.Payload.__struct_fields__ if name != "type"}
TYPES = st.sampled_from([*sorted(gather.KNOWN_TYPES), "moon"])
KINDS = st.sampled_from([*sorted(gather.KNOWN_ITEMS), *sorted(gather.KNOWN_EVENTS), "moon"])
CONFUSED = st.fixed_dictionaries(
    {"timestamp": st.just("2026-03-02T09:00:00Z") | ANYTHING, "type": TYPES | ANYTHING},
    optional={
        "payload": st.fixed_dictionaries({"type": KINDS | ANYTHING}, optional=FIELDS) | ANYTHING,
        "ordinal": ANYTHING,
    },
)
"""Lines with anything in any place."""


# files that grow -------------------------------------------------------------------------------


def after(done: list[Piece]) -> Spot:
    return Spot(done[-1].offset, done[-1].line, done[-1].state) if done else Spot()


def assert_cut_is_whole(data: bytes, cut: int) -> None:
    whole = merged(*IMPORTER.read(Held(data), Spot()))
    first = list(IMPORTER.read(Held(data[:cut]), Spot()))
    assert after(first).offset <= data.rfind(b"\n", 0, cut) + 1
    second = list(IMPORTER.read(Held(data), after(first)))
    grown = merged(*first, *second)
    assert grown.calls == whole.calls
    assert grown.events == whole.events
    assert grown.threads == whole.threads
    key = [(problem.line, problem.kind, problem.words) for problem in whole.problems]
    assert sorted((p.line, p.kind, p.words) for p in grown.problems) == sorted(key)


TEXTS = st.sampled_from(
    ["continue", "Add a tide table", "größe \U0001f30a", "# AGENTS.md instructions"]
)
NUMBERS = st.integers(0, 3)


@st.composite
def rollouts(draw: st.DrawFn) -> bytes:
    """Return a rollout as any version may have written it, and some that none has."""
    fork = draw(st.sampled_from([{}, {"forked_from_id": B}, SPAWNED]))
    lines: list[Line | str] = [meta(A, 0, **fork)]
    total = [0, 0, 0, 0]
    for at in range(draw(st.integers(0, 14))):
        lines += draw(st.sampled_from(STEPS))(draw, at, total)
    spaced = draw(st.booleans())
    texts = [
        each if isinstance(each, str)
        else json.dumps(each, ensure_ascii=draw(st.booleans()))
        if spaced else json.dumps(each, separators=(",", ":"))
        for each in lines
    ]  # fmt: skip
    return packed(texts)


def grow(draw: st.DrawFn, at: int, total: list[int]) -> list[Line]:
    last = [draw(NUMBERS) + 5, draw(NUMBERS), draw(NUMBERS) + 4, draw(NUMBERS)]
    if draw(st.integers(0, 9)) == 0:
        total[:] = [0, 0, 0, 0]
    total[:] = [a + b for a, b in zip(total, last, strict=True)]
    row = count(usage(*total), usage(*last), at)
    if draw(st.integers(0, 5)) == 0:
        row["payload"]["info"]["total_token_usage"] = None
    return [row] * draw(st.integers(1, 2))


def prompt(draw: st.DrawFn, at: int, _total: list[int]) -> list[Line]:
    text = draw(TEXTS)
    said = {"type": "UserMessage", "content": [{"type": "text", "text": text}]}
    forms = [
        message("user", text, at),
        event("user_message", at, message=text),
        event("item_completed", at, item=said),
    ]
    return draw(st.sampled_from([forms, forms[:1], forms[:2], forms[1:2], forms[2:]]))


def work(draw: st.DrawFn, at: int, _total: list[int]) -> list[Line]:
    call, text = f"c{draw(NUMBERS)}", draw(TEXTS)
    steps = [
        tool("shell", call, at),
        item("function_call_output", at, call_id=call, output='{"token_count":1}' * 9),
        item("reasoning", at, summary=[], encrypted_content="x" * 99),
        message("assistant", f"{text}!", at),
        event("agent_message", at, message=text),
        message("developer", "<permissions instructions>", at),
        event("exec_command_end", at, stdout="y" * 99),
        line("compacted", {"message": "", "replacement_history": []}, at),
        event("turn_aborted", at, reason="interrupted", turn_id=call),
        event("task_complete", at),
        event(
            "patch_apply_end", at, success=True, changes={f"/home/robin/{call}.py": {"type": "add"}}
        ),
        event("thread_name_updated", at, thread_id=A, thread_name=text),
        context(f"gpt-{call}", at, cwd=f"/home/robin/{call}"),
        meta(draw(st.sampled_from([A, B])), at),
    ]
    chosen = draw(st.lists(st.sampled_from(range(len(steps))), max_size=4))
    return [steps[number] for number in chosen]


def oddity(draw: st.DrawFn, _at: int, _total: list[int]) -> list[str]:
    return [BAD[draw(st.sampled_from([each for each in BAD if each != "nested too deep"]))][0]]


STEPS = (grow, prompt, work, work, oddity)


@given(rollouts(), st.data())
def test_a_file_read_in_two_parts_is_the_file(data: bytes, draw: st.DataObject) -> None:
    ends = [found.start() for found in re.finditer(b"\n", data)]
    near = st.sampled_from(ends).flatmap(lambda end: st.integers(end, end + 1))
    assert_cut_is_whole(data, draw.draw(near | st.integers(0, len(data))))


@given(rollouts())
def test_lines_passed_over_tell_nothing(data: bytes) -> None:
    fast = list(IMPORTER.read(Held(data), Spot()))
    with pytest.MonkeyPatch.context() as patch:
        never = re.compile(rb"(?!)").match
        patch.setattr(gather, "PASSED_OVER", dict.fromkeys(gather.PASSED_OVER, never))
        plain = list(IMPORTER.read(Held(data), Spot()))
    assert fast == plain


def test_a_usual_line_is_passed_over() -> None:
    none, both = gather.PASSED_OVER[False, False], gather.PASSED_OVER[True, True]
    for each in (
        item("function_call_output", call_id="c", output="x"),
        item("reasoning", summary=[]),
        message("developer", "x"),
        line("response_item", {"type": "reasoning"}, ordinal=12),
    ):
        assert none(packed([each])), each
    for each in (message("user", "x"), message("assistant", "x")):
        assert both(packed([each]))
        assert not none(packed([each]))
    for each in (meta(), context(), alone(1, 0, 1, 0), tool("shell", "c")):
        assert not both(packed([each]))


def test_many_lines_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LINES", 2)
    real = block_lines.blocks
    monkeypatch.setattr(reading, "blocks", lambda handle, offset=0: real(handle, offset, 700))
    rows = [count(usage(10 * n, 0, n, 0), None, n) for n in range(1, 12)]
    parts = pieces([meta(), *rows])
    assert len(parts) > 2
    assert [part.offset for part in parts] == sorted({part.offset for part in parts})
    assert merged(*parts).sums() == (11, 110, 0, 0, 11, 0)


# packed files ----------------------------------------------------------------------------------


class TestPacked:
    NAME = "rollout-2026-03-02T10-00-00-0000-a.jsonl.zst"

    def read(self, data: bytes) -> list[Piece]:
        return list(IMPORTER.read(Held(data, self.NAME), Spot()))

    def test_it_is_what_it_was(self) -> None:
        plain = pieces(parent())
        (piece,) = self.read(zstandard.compress(packed(parent())))
        assert (piece.calls, piece.events, piece.threads) == (
            plain[0].calls, plain[0].events, plain[0].threads,
        )  # fmt: skip
        assert (piece.offset, piece.line, piece.state) == (0, 0, b"")
        assert merged(*plain, piece).sums() == merged(*plain).sums()

    def test_its_last_line_needs_no_newline(self) -> None:
        (piece,) = self.read(zstandard.compress(packed(parent())[:-1]))
        assert len(piece.calls) == 2
        assert not piece.problems

    def test_frames_one_after_another_are_one_file(self) -> None:
        whole = packed(parent())
        (piece,) = self.read(zstandard.compress(whole[:300]) + zstandard.compress(whole[300:]))
        assert len(piece.calls) == 2

    def test_damage_is_told_and_what_was_read_is_kept(self) -> None:
        data = zstandard.compress(packed([*parent(), *[context()] * 5]))
        (piece,) = self.read(data + b"\x28\xb5\x2f\xfd" + b"\xff" * 50)
        assert len(piece.calls) == 2
        assert [problem.kind for problem in piece.problems] == ["broken file"]

    def test_half_a_file_is_no_failure(self) -> None:
        data = zstandard.compress(packed(parent()))
        assert len(self.read(data[: len(data) // 2])) == 1

    def test_a_trap_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "_UNPACKED_MOST", 10_000)
        (piece,) = self.read(zstandard.compress(b"\n" * 10**6))
        assert [problem.kind for problem in piece.problems] == ["broken file"]

    def test_a_name_alone_packs_nothing(self) -> None:
        (piece,) = self.read(packed(parent()))
        assert len(piece.calls) == 2

    def test_its_transcript_is_that_of_the_plain_file(self) -> None:
        data = zstandard.compress(packed(parent()))
        said = list(IMPORTER.transcript(Held(data, self.NAME), A))
        assert said == list(IMPORTER.transcript(Held(packed(parent())), A))


# the row of the table --------------------------------------------------------------------------


def test_where_rollouts_lie() -> None:
    home = Path("/home/robin")
    assert places({}, home, "linux") == (
        home / ".codex" / "sessions", home / ".codex" / "archived_sessions",
    )  # fmt: skip
    assert places({"CODEX_HOME": "/srv/codex"}, home, "darwin")[0] == Path("/srv/codex/sessions")
    other = places({"USERPROFILE": "/users/robin"}, home, "win32")
    assert other[1] == Path("/users/robin/.codex/archived_sessions")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("rollout-2026-03-02T10-00-00-x.jsonl", True),
        ("a/child.jsonl", True),
        ("rollout-x.jsonl.zst", True),
        ("history.jsonl", False),
        ("C:\\x\\session_index.jsonl", False),
        ("state_5.sqlite", False),
        ("notes.zst", False),
    ],
)
def test_which_names_are_worth_a_look(name: str, wanted: bool) -> None:
    assert wants(name) is wanted


def test_a_rollout_is_known_by_its_lines() -> None:
    long = packed([meta(base_instructions={"text": "x" * 9000})])
    spaced = json.dumps(meta()).encode()
    turned = b'{"type":"session_meta","timestamp":"2026-03-02T09:00:00Z","payload":{"id":"x"}}\n'
    for head in (long[:4096], spaced, turned, b"\xef\xbb\xbf" + long[:4096], b"\n{oh\n" + spaced):
        assert recognises("x.jsonl", head)
    others = (
        b"", b"[]", b"null\n", b'{"role":"user","content":"hi"}\n',
        b'{"type":"thread.started","thread_id":"x"}\n',
        b'{"parentUuid":null,"type":"user","timestamp":"2026-03-02T09:00:00Z","message":{}}\n',
        packed([line("moon_phase", {})]), bytes(range(256)),
    )  # fmt: skip
    for head in others:
        assert not recognises("x.jsonl", head)
    assert recognises("x.jsonl.zst", zstandard.compress(long)[:4096])
    assert not recognises("x.bin", zstandard.compress(long)[:4096])


def test_a_head_tells_where_a_thread_came_from() -> None:
    def head(**more: Any) -> bytes:
        return packed([meta(B, 0, **more, base_instructions={"text": 'x"id":"no" ' * 900})])[:4096]

    assert lineage(head()) == (B, "")
    assert lineage(head(forked_from_id=None)) == (B, "")
    assert lineage(head(forked_from_id=A)) == (B, A)
    assert lineage(head(parent_thread_id=A)) == (B, A)
    assert lineage(head(forked_from_id=C, parent_thread_id=A)) == (B, C)
    assert lineage(head(**SPAWNED)) == (B, A)
    assert lineage(head(session_id=C)) == (B, "")
    assert lineage(packed([context()])) is None
    assert lineage(b"") is None
    assert lineage(zstandard.compress(head())) is None


def test_a_transcript_is_what_was_said() -> None:
    lines = [
        meta(), message("developer", "<permissions instructions>"),
        message("user", "# AGENTS.md instructions\nBe brief."),
        message("user", "Add a tide table", 1),
        event("user_message", 1, message="Add a tide table"),
        item("function_call", 2, name="shell", arguments='{"command":\n ["ls"]}', call_id="c1"),
        item("function_call_output", 3, call_id="c1", output="secret"),
        item("local_shell_call", 4, action={"command": ["ls"]}),
        event("agent_message", 5, message="Done."), message("assistant", "Done.", 5),
        line("compacted", {"message": "", "replacement_history": [message("user", "old")]}, 6),
        event("turn_aborted", 7, reason="interrupted"),
    ]  # fmt: skip
    assert list(IMPORTER.transcript(Held(packed(lines)), A)) == [
        Said(START_MS + 1000, "person", "Add a tide table"),
        Said(START_MS + 2000, "tool", 'shell {"command": ["ls"]}'),
        Said(START_MS + 4000, "tool", 'local_shell {"command":["ls"]}'),
        Said(START_MS + 5000, "assistant", "Done."),
        Said(START_MS + 6000, "note", "The conversation so far was replaced by a summary."),
        Said(START_MS + 7000, "note", "Interrupted."),
    ]


def test_a_transcript_of_messages_only() -> None:
    lines = [meta(), message("user", "Hi", 1), message("assistant", "Yes?", 2), "{oh"]
    said = [(each.who, each.text) for each in IMPORTER.transcript(Held(packed(lines)), A)]
    assert said == [("person", "Hi"), ("assistant", "Yes?")]


# what real files hold --------------------------------------------------------------------------

EXPECTED = FIXTURES / "EXPECTED-coding-agents.tsv"
NAMES = (
    "calls",
    "input",
    "cw5",
    "cw1",
    "cr",
    "output",
    "reasoning",
    "turns",
    "tools",
    "interrupts",
)
DIFFERENT: dict[str, dict[str, Any]] = {
    # Files that end with a tool call: no token counts follow that it could stand on.
    "2026-06-17T18-52-52-019ed6ed-d8b6-7d40-b672-764045f61e13.jsonl": {"tools": 127},
    "2026-06-17T22-14-47-019ed7a6-b622-7683-a718-e3f4947d2fac.jsonl": {"tools": 141},
    "2026-06-19T21-25-03-019ee1c5-e558-74b3-b2d5-da8e71f777f4.jsonl": {"tools": 48},
    # One of each record, all prompts the same word; its one call has one model.
    "stage0-small.jsonl": {"turns": 4, "tools": 4, "models": "gpt-5.6-luna"},
    # A sub-agent alone: nobody typed its prompts.
    "2026-07-21T09-10-00-019f8000-0000-7000-8000-00000000000b.jsonl": {"turns": 0},
}


def expected() -> list[dict[str, str]]:
    if not EXPECTED.is_file():
        return []
    rows = [row.split("\t") for row in EXPECTED.read_text("utf-8").splitlines() if row[0] != "#"]
    return [
        dict(zip(rows[0], row, strict=False)) for row in rows[1:] if row[1].startswith("codex/")
    ]


@pytest.mark.skipif(not EXPECTED.is_file(), reason="the folder of real files is not here")
class TestExpected:
    @pytest.mark.parametrize("row", expected(), ids=lambda row: f"{row['scope']} {row['path']}")
    def test_a_row(self, row: dict[str, str]) -> None:
        path = FIXTURES / row["path"]
        files = [path] if row["scope"] == "file" else sorted(path.rglob("*.jsonl*"))
        found = merged(
            *(
                piece
                for file in files
                for piece in IMPORTER.read(Held(file.read_bytes(), str(file)), Spot())
            )
        )
        calls = found.calls.values()
        got: dict[str, Any] = dict(zip(("calls", "input", "cw5", "cr", "output", "reasoning"),
                                       found.sums(), strict=True))  # fmt: skip
        got |= {
            "cw1": sum(call.cache_write_1h or 0 for call in calls),
            "turns": found.acts(Act.MESSAGE),
            "interrupts": found.acts(Act.INTERRUPT),
            "tools": sum(len(call.tools.split(",")) for call in calls if call.tools),
            "models": ",".join(sorted({call.model for call in calls})),
        }
        want: dict[str, Any] = {name: int(row[name]) for name in NAMES}
        want["models"] = row["models"]
        want |= DIFFERENT.get(path.name.removeprefix("rollout-"), {})
        assert got == want

    def test_the_packed_file_counts_once_beside_the_plain_one(self) -> None:
        name = "rollout-2026-06-19T15-49-09-019ee092-5d6c-7481-b301-b1d6cd77de0e.jsonl"
        plain = FIXTURES / "codex/sessions/2026/06/19" / name
        other = FIXTURES / "codex/derived/sessions/2026/06/19" / f"{name}.zst"
        found = [
            list(IMPORTER.read(Held(file.read_bytes(), file.name), Spot()))
            for file in (plain, other)
        ]
        assert merged(*found[0], *found[1]).sums() == merged(*found[0]).sums()
        assert found[0][0].events == found[1][0].events
