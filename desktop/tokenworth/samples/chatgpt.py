"""Sample conversations as two exports of ChatGPT hold them: an older whole, a newer pruned one."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from tokenworth.samples.plan import Session, uuid

_WHOLE_SHARE: Final = 0.6
_AGAIN: Final = 8  # conversations that both exports hold
_PART: Final = 100  # conversations in a file of the newer export


def write(folder: Path, sessions: list[Session], seed: int) -> Iterator[None]:
    """Write the conversations under ``folder``/chatgpt, yielding after each."""
    place = folder / "chatgpt"
    place.mkdir(parents=True, exist_ok=True)
    cut = round(len(sessions) * _WHOLE_SHARE)
    whole = []
    for session in sessions[:cut]:
        whole.append(_conversation(session, seed, pruned=False))
        yield
    text = json.dumps(whole, separators=(",", ":"), ensure_ascii=False)
    (place / "conversations.json").write_text(text, "utf-8", newline="\n")
    pruned = []
    for session in sessions[max(0, cut - _AGAIN) :]:
        pruned.append(_conversation(session, seed, pruned=True))
        yield
    pruned.sort(key=lambda each: str(each["conversation_id"]))
    for number, start in enumerate(range(0, len(pruned), _PART)):
        text = json.dumps(pruned[start : start + _PART], indent=1, ensure_ascii=False)
        (place / f"conversations-{number:03}.json").write_text(text, "utf-8", newline="\n")


def count(sessions: int) -> int:
    """Return how often `write` yields for so many conversations."""
    cut = round(sessions * _WHOLE_SHARE)
    return cut + sessions - max(0, cut - _AGAIN)


def _conversation(session: Session, seed: int, *, pruned: bool) -> dict[str, Any]:
    tree = _Tree(Random(f"{seed}/{session.key}"), pruned=pruned)  # noqa: S311 -- not a secret
    for exchange in session.exchanges:
        tree.ask(exchange.ts, exchange.request)
        step = exchange.steps[-1]
        tree.answer(step.ts, step.text, step.model)
    mapping = tree.nodes
    if pruned:
        mapping = {key: mapping[key] for key in sorted(mapping)}
    return {
        "title": session.title,
        "create_time": session.exchanges[0].ts / 1000,
        "update_time": session.end_ts / 1000 + 2,
        "mapping": mapping,
        "current_node": tree.last,
        "conversation_id": session.key,
        "default_model_slug": "auto",
        "is_archived": False,
        "id": session.key,
    }


class _Tree:
    """The nodes of one conversation."""

    def __init__(self, rng: Random, *, pruned: bool) -> None:
        self._rng = rng
        self._pruned = pruned
        self.nodes: dict[str, dict[str, Any]] = {}
        self.last = self._node(None, None)
        hidden = {
            "author": {"role": "system"},
            "content": {"content_type": "text", "parts": [""]},
            "create_time": None,
            "metadata": {"is_visually_hidden_from_conversation": True},
        }
        name = self._node(self.last, hidden, kept=not pruned)
        self.last = self.last if pruned else name

    def ask(self, ts: int, text: str) -> None:
        """Add a person's message."""
        self.last = self._node(self.last, _message("user", ts, text))

    def answer(self, ts: int, text: str, model: str) -> None:
        """Add an answer; now and then a first one that was asked for again."""
        again = self._rng.random() < 0.06  # noqa: PLR2004 -- now and then
        parent = self.last
        for late in (-4_000, 0) if again else (0,):
            message = _message("assistant", ts + late, text)
            message["metadata"] = {"model_slug": model}
            if not self._pruned:
                message |= {"recipient": "all", "channel": "final", "end_turn": True}
            self.last = self._node(parent, message)

    def _node(
        self, parent: str | None, message: dict[str, Any] | None, *, kept: bool = True
    ) -> str:
        name = uuid(self._rng)
        if not kept:
            return name
        node: dict[str, Any] = {"id": name, "parent": parent, "message": message}
        if message is not None:
            message["id"] = name
        if not self._pruned:
            node["children"] = []
            if parent is not None:
                self.nodes[parent]["children"].append(name)
        self.nodes[name] = node
        return name


def _message(role: str, ts: int, text: str) -> dict[str, Any]:
    return {
        "author": {"role": role},
        "content": {"content_type": "text", "parts": [text]},
        "create_time": ts / 1000,
    }
