"""ChatGPT exports: conversations made by hand, with numbers counted by hand."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.domain.importer import Said, Spot
from tokenworth.domain.records import Act, Call, Event, Flag, Piece, Thread, identity
from tokenworth.estimating import count
from tokenworth.importers.chatgpt import IMPORTER, Tree, grow, missing_parts
from tokenworth.importers.chatgpt.read import FULL, TITLE_RANK, conversation_of
from tokenworth.reading.archives import FileSource, MemberSource, members
from tokenworth.reading.elements import elements

NOON = 1_790_000_000  # 21 September 2026, in seconds
TWO = "hello world"  # two tokens, in o200k and in cl100k


@dataclass(frozen=True)
class Held:
    """A source that lies in memory."""

    data: bytes
    name: str = "conversations.json"

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


def node(
    key: str, parent: str | None, role: str, text: object = TWO, **other: Any
) -> dict[str, Any]:
    """Return a node as ChatGPT writes it; ``other`` goes into the message."""
    parts = text if isinstance(text, list) else [text]
    message = {
        "author": {"role": role},
        "content": {"content_type": "text", "parts": parts},
        "create_time": NOON,
        "metadata": {"model_slug": "gpt-4o"} if role == "assistant" else {},
    }
    return {"id": key, "parent": parent, "children": [], "message": message | other}


def conversation(*nodes: dict[str, Any], **other: Any) -> dict[str, Any]:
    root = {"id": "root", "parent": None, "children": [], "message": None}
    mapping = {made["id"]: made for made in (root, *nodes)}
    return {
        "conversation_id": "c",
        "title": "A chat",
        "create_time": NOON,
        "mapping": mapping,
    } | other


def pruned(whole: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(whole))
    for one in made["mapping"].values():
        del one["children"]
    return made


def pieces(*conversations: object) -> list[Piece]:
    return read(json.dumps(conversations).encode())


def read(data: bytes) -> list[Piece]:
    return list(IMPORTER.read(Held(data), Spot()))


def calls(*conversations: object) -> list[Call]:
    return [call for piece in pieces(*conversations) for call in piece.calls]


def call(key: str, *conversations: object) -> Call:
    """Return the call of a node of conversation "c"; `key` may end in "+prompt"."""
    wanted = identity("chatgpt", "c", *key.split("+"))
    (found,) = [call for call in calls(*conversations) if call.id == wanted]
    return found


def events(*conversations: object) -> list[Event]:
    return [event for piece in pieces(*conversations) for event in piece.events]


def thread(*conversations: object) -> Thread:
    (found,) = [thread for piece in pieces(*conversations) for thread in piece.threads]
    return found


def words(data: bytes) -> list[str]:
    return [problem.words for piece in read(data) for problem in piece.problems]


SIMPLE = conversation(
    node("p", "root", "user", create_time=NOON + 1.25),
    node("a", "p", "assistant", create_time=NOON + 3.5),
)


class TestWhatIsCounted:
    def test_a_prompt_and_its_answer(self) -> None:
        (piece,) = pieces(SIMPLE)
        home = identity("chatgpt", "c")
        prompt = Call(
            identity("chatgpt", "c", "p", "prompt"), home, (NOON + 1) * 1000 + 250, "gpt-4o",
            2, None, None, None, None, None,
            Flag.ESTIMATED | Flag.PROMPT, FULL + 11, "", 1,
        )  # fmt: skip
        answer = Call(
            identity("chatgpt", "c", "a"), home, (NOON + 3) * 1000 + 500, "gpt-4o",
            None, None, None, None, 2 + 9, None,
            Flag.ESTIMATED, FULL + 11, "", 1,
        )  # fmt: skip
        assert piece.calls == [prompt, answer]
        assert piece.events == [
            Event(identity("chatgpt", "c", "p"), home, prompt.ts, Act.MESSAGE, 1)
        ]
        assert piece.problems == []
        assert piece.offset == 0

    def test_a_tool_call_counts_its_name_and_its_text(self) -> None:
        code = {"content_type": "code", "text": TWO, "language": "python"}
        chat = conversation(
            node("p", "root", "user"),
            node("t", "p", "assistant", content=code, recipient="python"),
            node("r", "t", "tool", content={"content_type": "execution_output", "text": "4"}),
            node("a", "r", "assistant", recipient="all"),
        )
        made = call("t", chat)
        assert made.tools == "python"
        assert made.output == count("python\nhello world") + 9 + 13 == 4 + 22
        assert call("a", chat).output == 11
        assert len(calls(chat)) == 3  # what the tool answered is nobody's output

    def test_abandoned_branches_were_generated_too(self) -> None:
        chat = conversation(
            node("p", "root", "user"),
            node("a1", "p", "assistant", metadata={"model_slug": "gpt-4"}),
            node("a2", "p", "assistant", create_time=NOON + 9),
            node("p2", "root", "user", create_time=NOON + 10),
            node("b", "p2", "assistant", create_time=NOON + 11),
            current_node="a2",
        )
        tree = grow(chat)
        assert [n.key for n in tree.answers()] == ["a1", "a2", "b"]
        assert [n.key for n in tree.path()] == ["root", "p", "a2"]
        assert len(events(chat)) == 2
        outputs = [made.output for made in calls(chat) if made.output is not None]
        assert outputs == [2, 11, 11]  # GPT-4 is counted with its own vocabulary
        assert call("p+prompt", chat).model == "gpt-4o"  # the answer on the current path

    def test_of_several_texts_in_a_turn_the_last_is_the_answer(self) -> None:
        chat = conversation(
            node("p", "root", "user"),
            node("a1", "p", "assistant"),
            node("a2", "a1", "assistant"),
            node("c", "a2", "assistant", channel="commentary"),
            node("p2", "c", "user"),
            node("a3", "p2", "assistant", channel="final"),
        )
        assert [n.key for n in grow(chat).answers()] == ["a2", "a3"]
        assert len(grow(chat).generated()) == 4

    def test_hidden_and_empty_messages_are_no_prompts(self) -> None:
        chat = conversation(
            node("p1", "root", "user", metadata={"is_visually_hidden_from_conversation": True}),
            node("p2", "p1", "user", metadata={"is_user_system_message": True}),
            node("p3", "p2", "user", ""),
            node(
                "p4", "p3", "user", content={"content_type": "user_editable_context", "text": "x"}
            ),
            node("s", "p4", "system"),
            node("e", "s", "assistant", ["", " \n"]),
            node(
                "recap",
                "e",
                "assistant",
                content={"content_type": "reasoning_recap", "text": "4 s"},
            ),
        )
        (piece,) = pieces(chat)
        assert (piece.calls, piece.events, piece.problems) == ([], [], [])
        assert [made.key for made in piece.threads] == ["c"]

    def test_images_have_no_estimate(self) -> None:
        image = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://x"}
        chat = conversation(
            node("p", "root", "user", [image]), node("a", "p", "assistant", [image])
        )
        assert len(events(chat)) == 1
        (made,) = calls(chat)
        assert (made.id, made.output) == (identity("chatgpt", "c", "a"), None)

    def test_parts_that_are_objects_give_their_text(self) -> None:
        spoken = [
            {"content_type": "audio_transcription", "text": "hello"},
            {"content_type": "real_time_user_audio_video_asset_pointer", "frames": []},
            " world",
        ]
        chat = conversation(node("p", "root", "user", spoken), node("a", "p", "assistant"))
        assert call("p+prompt", chat).input == count("hello\n world")

    def test_citation_marks_are_not_counted(self) -> None:
        cited = "hello\ue200cite\ue202turn0search1\ue201 world"
        chat = conversation(node("p", "root", "user"), node("a", "p", "assistant", cited))
        assert call("a", chat).output == 11
        assert thread(chat).last_answer == TWO

    def test_hidden_reasoning_makes_an_estimate_a_floor(self) -> None:
        thoughts = {"content_type": "thoughts", "thoughts": [{"summary": "", "content": TWO}]}
        chat = conversation(
            node("p", "root", "user"),
            node("t", "p", "assistant", content=thoughts),
            node("a", "t", "assistant"),
            node("p2", "a", "user"),
            node("b", "p2", "assistant"),
        )
        assert call("t", chat).output == 11
        floors = {key: bool(call(key, chat).flags & Flag.FLOOR) for key in "tab"}
        assert floors == {"t": True, "a": True, "b": False}

    @pytest.mark.parametrize(
        ("model", "floor"),
        [
            ("o3-mini-high", True), ("o1", True), ("gpt-5-5", True), ("gpt-5-t-mini", True),
            ("gpt-4o", False), ("gpt-4-1", False), ("gpt-5-1-instant", False),
            ("gpt-5-chat", False), ("gpt-6-thinking", True), ("", False),
        ],
    )  # fmt: skip
    def test_reasoning_models_are_always_a_floor(self, model: str, floor: bool) -> None:
        answer = node("a", "p", "assistant", metadata={"model_slug": model})
        made = call("a", conversation(node("p", "root", "user"), answer))
        assert bool(made.flags & Flag.FLOOR) is floor
        assert made.output == 11  # where the model is not told it is still one of OpenAI's

    def test_the_model_is_the_nearest_told_by_an_assistant(self) -> None:
        chat = conversation(
            node("p", "root", "user", metadata={"model_slug": "auto"}),
            node("a", "p", "assistant", metadata={}),
            node("p2", "a", "user"),
            node("b", "p2", "assistant", metadata={"model_slug": "gpt-4-1"}),
            node("d", "b", "assistant", metadata={"model_slug": "auto"}),
            default_model_slug="gpt-4o-mini",
        )
        assert [call(key, chat).model for key in ("a", "b", "d")] == [
            "gpt-4o-mini",
            "gpt-4-1",
            "gpt-4-1",
        ]
        assert [call(f"{key}+prompt", chat).model for key in ("p", "p2")] == [
            "gpt-4o-mini",
            "gpt-4-1",
        ]

    def test_auto_and_nothing_are_no_models(self) -> None:
        chat = conversation(
            node("p", "root", "user"),
            node("a", "p", "assistant", metadata=None),
            node("p2", "a", "user"),
            default_model_slug="auto",
        )
        assert {made.model for made in calls(chat)} == {""}
        assert call("p2+prompt", chat).input == 2  # nobody answered it


class TestTimes:
    def test_a_node_without_a_time_has_its_ancestors(self) -> None:
        chat = conversation(
            node("p", "root", "user", create_time=NOON + 5),
            node("a", "p", "assistant", create_time=None),
            node("b", "a", "assistant", create_time=0),
        )
        assert {made.ts for made in calls(chat)} == {(NOON + 5) * 1000}

    def test_else_the_conversation_s_or_that_of_its_first_message(self) -> None:
        timeless = node("p", "root", "user", create_time=None)
        assert calls(conversation(timeless))[0].ts == NOON * 1000
        assert (
            calls(conversation(timeless, create_time=None, update_time=NOON))[0].ts == NOON * 1000
        )
        late = conversation(timeless, node("a", "p", "assistant", create_time=NOON - 60))
        assert {made.ts for made in calls(late)} == {(NOON - 60) * 1000}

    @pytest.mark.parametrize("moment", [NOON, NOON * 1e3, NOON * 1e6, NOON * 10**9])
    def test_the_unit_is_told_by_the_size(self, moment: float) -> None:
        chat = conversation(node("p", "root", "user", create_time=moment), create_time=None)
        assert calls(chat)[0].ts == NOON * 1000

    @pytest.mark.parametrize(
        "moment", [None, 0, -1, 1e300, 1.7e308, float("nan"), "now", True, [], 10**400]
    )
    def test_a_conversation_without_any_time_is_left_out_and_told_of(self, moment: object) -> None:
        chat = conversation(node("p", "root", "user", create_time=moment), create_time=None)
        (piece,) = pieces(chat)
        assert (piece.threads, piece.calls, piece.events) == ([], [], [])
        assert "nothing in it has a time" in piece.problems[0].words


class TestThreads:
    def test_what_is_told_of_a_conversation(self) -> None:
        chat = conversation(
            *(one for one in SIMPLE["mapping"].values() if one["message"]),
            node("old", "p", "assistant", "an abandoned answer", create_time=NOON + 99),
            current_node="a",
            update_time=NOON + 7.9,
            gizmo_id="g-p-123",
        )
        assert thread(chat) == Thread(
            id=identity("chatgpt", "c"),
            key="c",
            title="A chat",
            title_rank=TITLE_RANK + NOON + 7,
            folder="ChatGPT project g-p-123",
            folder_count=1,
            first_request=TWO,
            first_request_ts=(NOON + 1) * 1000 + 250,
            last_answer=TWO,
            last_answer_ts=(NOON + 3) * 1000 + 500,
            automated=False,
        )

    @pytest.mark.parametrize("title", [None, "", " ", "New chat", 5])
    def test_a_placeholder_is_no_title(self, title: object) -> None:
        made = thread(conversation(title=title))
        assert (made.title, made.title_rank) == ("", 0)

    def test_a_custom_gpt_is_no_folder(self) -> None:
        assert thread(conversation(gizmo_id="g-abc")).folder == ""

    def test_excerpts_are_masked_and_then_cut(self) -> None:
        secret = "gh" + "p_" + "a1B2" * 9
        text = f"use {secret} " + "x" * 3000
        made = thread(conversation(node("p", "root", "user", text), title=f"about {secret}"))
        assert made.first_request.startswith("use [masked: GitHub token, 40 characters] xxx")
        assert len(made.first_request) == 2000
        assert made.title == "about [masked: GitHub token, 40 characters]"

    def test_without_a_current_node_the_newest_leaf_is_the_current_one(self) -> None:
        chat = conversation(
            node("p", "root", "user"),
            node("new", "p", "assistant", "newer", create_time=NOON + 2),
            node("old", "p", "assistant", "older", create_time=NOON + 1),
        )
        for current in (None, "gone", 7):
            assert thread(chat | {"current_node": current}).last_answer == "newer"

    def test_the_older_id_stands_in_for_the_conversation_s(self) -> None:
        chat = {key: value for key, value in SIMPLE.items() if key != "conversation_id"}
        assert thread(chat | {"id": "c"}) == thread(SIMPLE)


class TestTwoShapes:
    def test_the_full_copy_of_a_node_outweighs_the_pruned_one(self) -> None:
        full, thin = calls(SIMPLE), calls(pruned(SIMPLE))
        assert [made.id for made in full] == [made.id for made in thin]
        assert [made.weight for made in full] == [FULL + 11, FULL + 11]
        assert [made.weight for made in thin] == [11, 11]

    def test_of_two_pruned_copies_the_longer_wins(self) -> None:
        longer = conversation(node("p", "root", "user", TWO + "!"))
        shorter = conversation(node("p", "root", "user"))
        assert calls(pruned(longer))[0].weight == calls(pruned(shorter))[0].weight + 1


def broken_trees() -> Iterator[tuple[str, dict[str, Any], str]]:
    a, b = node("a", "b", "user"), node("b", "a", "assistant")
    yield "a circle", conversation(a, b), ""
    yield "its own parent", conversation(node("a", "a", "user"), node("b", "a", "assistant")), ""
    yield "orphans", conversation(node("a", "gone", "user"), node("b", "lost", "assistant")), ""
    odd = conversation(node("a", "root", "user"), node("b", "a", "assistant"))
    odd["mapping"] |= {"x": None, "y": [1], "z": "text"}
    odd["mapping"][""] = node("", "", "user")
    yield "nodes that are none", odd, "4 of its nodes could not be read"
    bare = conversation(node("a", "root", "user"), node("b", "a", "assistant"))
    bare["mapping"] |= {
        "c": {"parent": "a", "message": {"content": None}},
        "d": {"parent": "a", "message": {"author": None, "content": 5, "metadata": []}},
        "e": {"parent": 9, "message": {"author": {"role": 3}, "content": {"parts": {"a": 1}}}},
        "f": {},
    }
    yield "messages without what they need", bare, ""


class TestDamage:
    @pytest.mark.parametrize(("_name", "chat", "said"), list(broken_trees()))
    def test_a_broken_tree_keeps_what_is_sound(
        self, _name: str, chat: dict[str, Any], said: str
    ) -> None:
        (piece,) = pieces(chat)
        assert len(piece.events) == 1
        assert [made.input or made.output for made in piece.calls] == [2, 11]
        assert [said in problem.words for problem in piece.problems] == [True] * bool(said)

    @pytest.mark.parametrize(
        ("element", "said"),
        [
            (b"5", "no conversation"),
            (b"{}", "no mapping"),
            (b'{"id": "x", "mapping": null}', "no mapping"),
            (b'{"title": "x", "mapping": {}}', "no id"),
            (b'{"id": "x" "mapping": {}}', "could not be read"),
            (b'{"id": "x", "mapping": ' + b"[" * 60_000 + b"]" * 60_000 + b"}", "nested too deep"),
        ],
    )
    def test_a_broken_conversation_is_one_problem_and_the_rest_is_kept(
        self, element: bytes, said: str
    ) -> None:
        good = json.dumps(SIMPLE).encode()
        pieces_read = read(b"[" + good + b"," + element + b"," + good + b"]")
        (problem,) = [problem for piece in pieces_read for problem in piece.problems]
        assert problem.line == 2
        assert said in problem.words
        assert len([made for piece in pieces_read for made in piece.calls]) == 4

    @pytest.mark.parametrize("oddity", [b"NaN", b"1e999", b"9" * 5000, b'"\\ud83d"', b'"\xff"'])
    def test_what_json_does_not_allow_costs_no_conversation(self, oddity: bytes) -> None:
        data = json.dumps([SIMPLE]).encode().replace(b'"A chat"', oddity)
        assert len([made for piece in read(data) for made in piece.calls]) == 2
        (said,) = words(data) or ["Conversation 1"]  # a number too large for a title may be no loss
        assert said.startswith("Conversation 1")

    def test_half_of_a_character_can_be_counted(self) -> None:
        data = json.dumps([conversation(node("p", "root", "user", "x\ud83d"))]).encode()
        (piece,) = read(data)
        assert piece.calls[0].input == count("x\ufffd")
        assert "broken character" in piece.problems[0].words

    def test_a_file_that_ends_early_keeps_what_came_before(self) -> None:
        data = json.dumps([SIMPLE, SIMPLE]).encode()[:-40]
        (piece,) = read(data)
        assert len(piece.calls) == 2
        assert [problem.kind for problem in piece.problems] == ["unfinished"]

    def test_a_file_that_fails_while_it_is_read_keeps_what_came_before(self) -> None:
        class Failing(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                data = super().read(size)
                if data:
                    return data
                raise OSError(5, "the disk is gone")

        @dataclass(frozen=True)
        class FailingSource(Held):
            def open(self) -> BinaryIO:
                return Failing(self.data)

        source = FailingSource(json.dumps([SIMPLE]).encode()[:-1] + b',{"a": ' + b" " * (1 << 25))
        found: list[Piece] = []
        with pytest.raises(OSError, match="disk is gone"):
            found.extend(IMPORTER.read(source, Spot()))
        assert [len(piece.calls) for piece in found] == [2]

    def test_new_kinds_of_nodes_are_counted_by_name(self) -> None:
        chat = conversation(
            node("a", "root", "critic"),
            node("b", "a", "critic"),
            node("d", "b", "assistant", content={"content_type": "hologram", "parts": [TWO]}),
            node("e", "d", "assistant", author=None),
        )
        (piece,) = pieces(chat)
        assert piece.calls == []
        assert [problem.words for problem in piece.problems] == [
            "Unknown and left out: content type hologram (nodes: 1).",
            "Unknown and left out: role critic (nodes: 2).",
            "Unknown and left out: text without an author (nodes: 1).",
        ]


KEYS = st.sampled_from(["a", "b", "c", "d", "root", ""])
ODD = st.none() | st.integers() | st.floats() | st.text(max_size=3) | st.just([]) | st.just({})
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "author": ODD | st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"])}),
        "content": ODD
        | st.fixed_dictionaries(
            {}, optional={"content_type": ODD | st.just("thoughts"), "parts": ODD | st.lists(ODD)}
        ),
        "create_time": ODD,
        "recipient": ODD,
        "channel": ODD,
        "metadata": ODD | st.fixed_dictionaries({"model_slug": ODD, "attachments": ODD}),
    },
)
NODES = ODD | st.fixed_dictionaries({"parent": KEYS | ODD, "message": MESSAGES | ODD})


@given(
    mapping=st.dictionaries(KEYS, NODES),
    other=st.dictionaries(
        st.sampled_from(["title", "create_time", "update_time", "current_node", "gizmo_id"]), ODD
    ),
)
def test_no_tree_is_too_odd(mapping: dict[str, Any], other: dict[str, Any]) -> None:
    data = json.dumps([{"id": "c", "update_time": NOON, "mapping": mapping, **other}]).encode()
    (piece,) = read(data)
    assert piece == read(data)[0]
    assert len({made.id for made in piece.calls}) == len(piece.calls)
    assert len({made.id for made in piece.events}) == len(piece.events)
    assert all(made.ts > 0 for made in (*piece.calls, *piece.events))
    assert sum(problem.line == 1 for problem in piece.problems) <= 1
    list(IMPORTER.transcript(Held(data), "c"))


@given(st.lists(st.integers(-1, 30), min_size=1, max_size=30))
def test_every_node_is_kept_once_whatever_its_parent(parents: list[int]) -> None:
    nodes = [node(str(n), str(parent), "assistant") for n, parent in enumerate(parents)]
    tree = grow({"mapping": {made["id"]: made for made in nodes}})
    assert sorted(tree.nodes) == sorted(str(n) for n in range(len(parents)))
    seen: set[str] = set()
    for made in tree.nodes.values():
        assert made.parent in seen | {""}
        seen.add(made.key)
    assert len(tree.generated()) == len(parents)


def test_a_long_chain_takes_no_more_than_its_length() -> None:
    chain = [node(str(n), str(n - 1), "assistant", create_time=None) for n in range(20_000)]
    tree = grow({"mapping": {made["id"]: made for made in chain}, "create_time": NOON})
    assert len(tree.path()) == 20_000
    assert len(tree.answers()) == 1


def test_fifty_conversations_are_a_piece() -> None:
    many = [SIMPLE | {"conversation_id": str(n)} for n in range(120)]
    found = pieces(*many)
    assert [len(piece.threads) for piece in found] == [50, 50, 20]
    assert [piece.offset for piece in found] == [0, 0, 0]
    assert [piece.line for piece in found] == [50, 100, 120]
    assert [found[1].calls[0].line, found[2].calls[-1].line] == [51, 120]


def test_a_list_under_conversations_and_a_single_conversation_are_read_too() -> None:
    for data in ({"conversations": [SIMPLE]}, SIMPLE):
        (piece,) = read(json.dumps(data, indent=2).encode())
        assert piece.calls == calls(SIMPLE)


def test_a_transcript_is_the_current_path_in_words() -> None:
    chat = conversation(
        node("s", "root", "system", "rules"),
        node("p", "s", "user", "sum?"),
        node("x", "p", "assistant", "abandoned"),
        node(
            "h",
            "p",
            "assistant",
            content={"content_type": "thoughts", "thoughts": [{"summary": "so"}]},
        ),
        node("t", "h", "assistant", "1+1", recipient="python"),
        node("r", "t", "tool", "2"),
        node("a", "r", "assistant", "It is 2."),
        current_node="a",
    )
    other = SIMPLE | {"conversation_id": "other"}
    source = Held(json.dumps([5, other, chat]).encode())
    assert list(IMPORTER.transcript(source, "c")) == [
        Said(NOON * 1000, "person", "sum?"),
        Said(NOON * 1000, "note", "so"),
        Said(NOON * 1000, "tool", "python\n1+1"),
        Said(NOON * 1000, "tool", "2"),
        Said(NOON * 1000, "assistant", "It is 2."),
    ]
    assert list(IMPORTER.transcript(source, "none")) == []


class TestRecognising:
    @pytest.mark.parametrize("indent", [None, 2])
    def test_by_content(self, indent: int | None) -> None:
        for data in ([SIMPLE], SIMPLE, {"conversations": [SIMPLE]}):
            head = json.dumps(data, indent=indent).encode()[:4096]
            assert IMPORTER.recognises("x", head)
            assert IMPORTER.recognises("x", b"\xef\xbb\xbf" + head)

    def test_when_the_head_ends_inside_the_first_message(self) -> None:
        long = conversation(node("p", "root", "user", 'x "mapping": [ { ' * 1000))
        assert IMPORTER.recognises("x", json.dumps([long]).encode()[:4096])

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"[]",
            b"{}",
            b"[5]",
            b'{"mapping": {}}',
            b'[{"id": "x", "conversation_id": "y", "title": "z", "is_anonymous": true}]',
            b'[{"uuid": "x", "name": "y", "chat_messages": [{"mapping": 1, "id": 2}]}]',
            b'[{"id": 1, "chat_messages": [], "mapping": {}}]',
            b'[{"id": 1, "deep": {"mapping": {}}}]',
            b'{"id": 1, "text": "{\\"mapping\\": 5}"}',
            b'<html><script>var jsonData = [{"title": "x", "mapping": {}}]</script>',
            b"PK\x03\x04",
            b"\xff\xfe\x00",
        ],
    )
    def test_nothing_else(self, data: bytes) -> None:
        assert not IMPORTER.recognises("conversations.json", data)

    @given(st.binary(max_size=200))
    def test_never_raises(self, data: bytes) -> None:
        for start in (b"", b"[{", b'{"id":"'):
            IMPORTER.recognises("x", start + data)

    def test_by_name_only_what_may_be_one(self) -> None:
        names = ("conversations-000.JSON", "export.zip", "chat.html", "file-abc.dat")
        assert [IMPORTER.wants(name) for name in names] == [True, True, False, False]
        assert IMPORTER.places({}, Path("/home/x"), "linux") == ()


def test_parts_that_an_export_lacks_are_named() -> None:
    paths = ["chat.html", "user.json", "conversations-000.json", "conversations-001.json"]
    manifest = json.dumps({"export_files": [{"path": path, "size_bytes": 1} for path in paths]})
    there = ["x.zip!conversations-001.json", "x.zip!sub/user.json"]
    assert missing_parts(manifest.encode(), there) == ["conversations-000.json"]
    assert missing_parts(manifest.encode(), [*there, "C:\\x\\conversations-000.json"]) == []
    for broken in (b"", b"[]", b'{"export_files": [5]}', b"\xff", b"[" * 9999):
        assert missing_parts(broken, there) == []


PUBLIC = Path(__file__).parents[2] / "../shared/fixtures/chatgpt"

# conversations, prompts (off), answers (off), generated (off), tool calls, o200k prompt / output
EXPECTED = {
    "full-2025-real/conversations.json": (25, 36, 0, 39, 3, 50, 7, 7, 10_679, 18_264),
    "old-zip-2024-real/*.zip": (1, 1, 0, 1, 0, 1, 0, 0, 29, 611),
    # The list of expected numbers has 8,724: it counts citation marks, which are no text.
    "pruned-split-2026-real/conversations-001.json": (2, 14, 0, 14, 0, 14, 0, 0, 1_634, 8_350),
    "split-zip-2026/*.zip": (7, 25, 2, 28, 5, 30, 7, 0, 2_185 + 1_634, 6_721 + 8_350),
    "branches/chatgpt-export.json": (2, 5, 0, 5, 0, 9, 0, 4, 79, 1_096),
    "branches/chatgpt-tree.json": (1, 5, 2, 6, 3, 6, 3, 0, 15, 87),
    "reimport/older/*.json": (4, 5, 0, 6, 2, 10, 6, 2, 1_697, 4_240),
    "reimport/newer/*.json": (6, 8, 0, 10, 2, 14, 6, 2, 2_998, 7_760),
    "reimport/newest-pruned/*.json": (6, 8, 0, 10, 2, 12, 4, 0, 2_998, 7_302),
    "synthetic-v1/conversations.json": (1, 1, 0, 2, 1, 2, 1, 0, 6, 16),
    "synthetic-v2/conversations.json": (2, 3, 0, 4, 1, 4, 1, 0, 18, 30),
    "synthetic-sharded/*.json": (2, 2, 0, 3, 1, 3, 1, 0, 13, 23),
    "synthetic-discarded/conversations.json": (1, 1, 0, 3, 2, 4, 3, 0, 5, 23),
}


def sources(pattern: str) -> Iterator[FileSource | MemberSource]:
    """Yield what is recognised of the public files."""
    for path in sorted(PUBLIC.glob(pattern)):
        found = members(path) if path.suffix == ".zip" else iter([FileSource(str(path))])
        for source in found:
            assert isinstance(source, FileSource | MemberSource)
            with source.open() as handle:
                head = handle.read(4096)
            if IMPORTER.recognises(source.name, head):
                yield source


def trees(pattern: str) -> Iterator[Tree]:
    for source in sources(pattern):
        with source.open() as handle:
            for _number, element in elements(handle):
                assert isinstance(element, bytes)
                found, said = conversation_of(element)
                assert found is not None, said
                yield grow(found)


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public files are not beside the checkout")
class TestPublicFiles:
    @pytest.mark.parametrize("pattern", EXPECTED)
    def test_trees(self, pattern: str) -> None:
        grown = list(trees(pattern))
        facts = [len(grown)]
        for nodes in (
            [n for tree in grown for n in tree.prompts()],
            [n for tree in grown for n in tree.answers()],
            [n for tree in grown for n in tree.generated()],
        ):
            facts += [len(nodes), sum(not n.on_path for n in nodes)]
        facts.append(sum(len(tree.tool_calls()) for tree in grown))
        facts.append(sum(count(n.text) for tree in grown for n in tree.prompts()))
        facts.append(sum(count(n.text) for tree in grown for n in tree.generated()))
        assert tuple(facts) == EXPECTED[pattern]

    @pytest.mark.parametrize("pattern", EXPECTED)
    def test_records(self, pattern: str) -> None:
        expected = EXPECTED[pattern]
        found = [piece for source in sources(pattern) for piece in IMPORTER.read(source, Spot())]
        made = [one for piece in found for one in piece.calls]
        prompts = [one for one in made if one.flags & Flag.PROMPT]
        assert len([one for piece in found for one in piece.threads]) == expected[0]
        assert len([one for piece in found for one in piece.events]) == len(prompts) == expected[1]
        assert len(made) - len(prompts) == expected[5]
        assert sum(one.input or 0 for one in prompts) == expected[8]
        assert sum(bool(one.tools) for one in made) == expected[7]

    def test_importing_again_keeps_the_fuller_copy_and_deletes_nothing(self) -> None:
        kept: dict[int, Call] = {}
        sizes = []
        for name in ("older", "newer", "newest-pruned"):
            for source in sources(f"reimport/{name}/*.json"):
                for piece in IMPORTER.read(source, Spot()):
                    for one in piece.calls:
                        if one.id not in kept or one.weight > kept[one.id].weight:
                            kept[one.id] = one
            sizes.append(len(kept))
        assert sizes == [5 + 10, 8 + 14, 8 + 14]
        assert sum(bool(one.tools) for one in kept.values()) == 2
        assert all(one.weight >= FULL for one in kept.values())

    def test_side_files_are_no_conversations(self) -> None:
        names = {Path(source.name).name for source in sources("**/*.json")}
        assert not {name for name in names if name.startswith(("shared", "ads", "codex", "user"))}
