"""Conversations become records."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from tokenworth.domain.importer import Said, Source, Spot
from tokenworth.domain.records import Act, Call, Event, Flag, Piece, Problem, Thread, identity
from tokenworth.estimating import count, output_tokens
from tokenworth.importers.chatgpt.node import Node, moment
from tokenworth.importers.chatgpt.tree import Tree, grow
from tokenworth.masking import excerpt
from tokenworth.reading.elements import elements
from tokenworth.reading.loose import decode as decode_loosely

KIND = "chatgpt"
TOGETHER = 50
"""Conversations in one piece."""
FULL = 1 << 40
TITLE_RANK = 1_000
"""Added to the seconds of `update_time`, so that the newest export gives the title."""
_UNTITLED = ("", "New chat")
_REASONING = re.compile(r"o[1-9](?![0-9])|gpt-5(?!.*(?:instant|chat))|.*(?:think|research|reason)")
_FAMILY = "gpt"  # whose factor holds where the model is not told

_decode = msgspec.json.Decoder().decode


def read(source: Source, _spot: Spot) -> Iterator[Piece]:
    """Read all conversations of a file, fifty a piece; the file is always read from its start."""
    batch = _Batch()
    number = 0
    try:
        with source.open() as handle:
            for number, element in elements(handle):
                if isinstance(element, Problem):
                    batch.problems.append(element)
                else:
                    batch.take(number, element)
                if len(batch.threads) >= TOGETHER:
                    yield batch.piece(number)
    except OSError:
        yield batch.piece(number)
        raise
    batch.problems += batch.unknown_names()
    yield batch.piece(number)


class _Batch:
    """What was read and not yet handed on."""

    def __init__(self) -> None:
        self.unknown: Counter[str] = Counter()
        self._clear()

    def _clear(self) -> None:
        self.threads: list[Thread] = []
        self.calls: list[Call] = []
        self.events: list[Event] = []
        self.problems: list[Problem] = []

    def piece(self, number: int) -> Piece:
        """Hand on what there is and start anew."""
        made = Piece(self.threads, self.calls, self.events, self.problems, 0, number)
        self._clear()
        return made

    def unknown_names(self) -> list[Problem]:
        """Return a problem for each kind of node that is new to us."""
        return [
            Problem(0, "unknown record", f"Unknown and left out: {name} (nodes: {times}).")
            for name, times in sorted(self.unknown.items())
        ]

    def take(self, number: int, element: bytes) -> None:
        """Read one conversation; what is wrong with it becomes one problem."""
        conversation, words = conversation_of(element)
        said = [words] if words else []
        if conversation is not None:
            tree = grow(conversation)
            self.unknown.update(unknown for n in tree.nodes.values() if (unknown := n.unknown))
            if tree.broken:
                said.append(f"{tree.broken} of its nodes could not be read")
            if tree.nodes and not all(node.ts for node in tree.nodes.values()):
                said.append("nothing in it has a time, so it was left out")
            else:
                self._add(conversation, tree, number)
        if said:
            text = f"Conversation {number}: {'; '.join(said)}."
            self.problems.append(Problem(number, "broken element", text))

    def _add(self, conversation: dict[str, Any], tree: Tree, number: int) -> None:
        key = _key(conversation)
        thread = identity(KIND, key)
        models = tree.answering_models()
        for node in tree.prompts():
            self.events.append(
                Event(identity(KIND, key, node.key), thread, node.ts or 0, Act.MESSAGE, number)
            )
            if node.text:  # of an image alone nothing is known
                call = _prompt(node, thread, key, models.get(node.key, ""))
                self.calls.append(_finish(call, node, tree, number))
        for node in tree.generated():
            self.calls.append(_finish(_written(node, thread, key), node, tree, number))
        self.threads.append(_thread(conversation, tree, key))


def conversation_of(element: bytes) -> tuple[dict[str, Any] | None, str]:
    """Return (conversation or None, what is wrong with it in words). Never raises."""
    words: str | None = None
    try:
        value = _decode(element)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        value, words = decode_loosely(element)
        if value is None:
            return None, f"it could not be read ({words})"
    if not isinstance(value, dict):
        return None, "it is no conversation"
    if not isinstance(value.get("mapping"), dict):
        return None, "it holds no messages (no mapping)"
    if not _key(value):
        return None, "it has no id"
    return value, words or ""


def _key(conversation: dict[str, Any]) -> str:
    names = ("conversation_id", "id")
    found = (conversation.get(name) for name in names)
    return next((key for key in found if isinstance(key, str) and key), "")


def _call(call_id: int, thread: int, model: str, flags: Flag) -> Call:
    """Return a call whose counts are all unknown."""
    return Call(
        call_id,
        thread,
        0,
        model,
        None,
        None,
        None,
        None,
        None,
        None,
        flags | Flag.ESTIMATED,
        0,
        "",
        0,
    )


def _prompt(node: Node, thread: int, key: str, model: str) -> Call:
    call = _call(identity(KIND, key, node.key, "prompt"), thread, model, Flag.PROMPT)
    call.input = count(node.text)
    return call


def _written(node: Node, thread: int, key: str) -> Call:
    thinks = node.thinks or _REASONING.match(node.model)
    flags = Flag.FLOOR if thinks else Flag.NONE
    call = _call(identity(KIND, key, node.key), thread, node.model, flags)
    if node.is_tool_call:
        call.tools = node.recipient
        text = f"{node.recipient}\n{node.text}"
        call.output = output_tokens(node.model or _FAMILY, text, 1)
    elif node.text:  # of an image alone nothing is known
        call.output = output_tokens(node.model or _FAMILY, node.text)
    return call


def _finish(call: Call, node: Node, tree: Tree, number: int) -> Call:
    call.ts = node.ts or 0
    call.weight = len(node.text) + (FULL if tree.full else 0)
    call.line = number
    return call


def _thread(conversation: dict[str, Any], tree: Tree, key: str) -> Thread:
    made = Thread(identity(KIND, key), key, automated=False)
    title = conversation.get("title")
    if isinstance(title, str) and title.strip() not in _UNTITLED:
        made.title = excerpt(title)
        updated = moment(conversation.get("update_time")) or 0
        made.title_rank = TITLE_RANK + updated // 1000
    gizmo = conversation.get("gizmo_id") or conversation.get("conversation_template_id")
    if isinstance(gizmo, str) and gizmo.startswith("g-p-"):
        made.folder = f"ChatGPT project {gizmo}"
        made.folder_count = 1
    answers = {node.key for node in tree.answers()}
    for node in tree.path():
        if node.is_prompt and node.text and not made.first_request:
            made.first_request, made.first_request_ts = excerpt(node.text), node.ts or 0
        elif node.key in answers and node.text:
            made.last_answer, made.last_answer_ts = excerpt(node.text), node.ts or 0
    return made


def transcript(source: Source, key: str) -> Iterator[Said]:
    """Yield what was said on the current path of a conversation. Raises OSError."""
    with source.open() as handle:
        for _number, element in elements(handle):
            if isinstance(element, Problem):
                continue
            conversation, _words = conversation_of(element)
            if conversation is not None and _key(conversation) == key:
                yield from _said(grow(conversation))
                return


def _said(tree: Tree) -> Iterator[Said]:
    for node in tree.path():
        if not node.text:
            continue
        if node.is_prompt:
            yield Said(node.ts or 0, "person", node.text)
        elif node.is_tool_call:
            yield Said(node.ts or 0, "tool", f"{node.recipient}\n{node.text}")
        elif node.kind in ("thoughts", "reasoning_recap"):
            yield Said(node.ts or 0, "note", node.text)
        elif node.is_generated:
            yield Said(node.ts or 0, "assistant", node.text)
        elif node.role == "tool":
            yield Said(node.ts or 0, "tool", node.text)
