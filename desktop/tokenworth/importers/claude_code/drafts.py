"""One answer, gathered from the lines it was streamed in, made into calls."""

from typing import Any

from msgspec import Struct

from tokenworth.domain.records import Call, Flag, identity
from tokenworth.importers.claude_code.records import Block, Message, Record, Usage
from tokenworth.importers.claude_code.told import Told

SYNTHETIC = "<synthetic>"
"""The model of answers the tool wrote itself: nobody paid for them."""

_RANK = 2**40
"""More than any output: a copy in the main conversation outweighs a replay by a sub-agent, and
that outweighs what a progress record repeats of it."""
_FILE_TOOLS = frozenset({"Edit", "Write", "NotebookEdit", "MultiEdit"})


class Draft(Struct, gc=False):
    """What is known so far of one answer."""

    key: str
    told: Told
    ts: int
    offset: int  # where its first line stands
    line: int
    cwd: Any
    request: Any
    model: str
    sidechain: bool
    progress: bool  # told by a progress record of the parent
    usage: Usage
    best: int = -1  # the largest output so far
    finished: bool = False
    tools: dict[Any, str] | None = None
    touched: list[str] | None = None

    def line_of(self, record: Record, message: Message, usage: Usage) -> bool:
        """Take the counts of a line in; return whether it belongs to a copy of the answer."""
        output = -1 if usage.output_tokens is None else usage.output_tokens
        aside = record.is_sidechain is True
        if self.sidechain and not aside and not self.progress:
            self.sidechain, self.best = False, -1  # as its copies rank when they are read apart
        if output >= self.best and (self.sidechain or not aside):
            self.best, self.usage = output, usage
        if message.stop_reason is not None:
            self.finished = True
        if self.request == record.request_id:
            return False
        self.request = record.request_id
        return True

    def tool(self, block: Block) -> None:
        """Take a tool call in; one seen before, by its id, is the same call."""
        name = block.name.replace(",", "_") if isinstance(block.name, str) else "?"
        if self.tools is None:
            self.tools = {}
        key = block.id if isinstance(block.id, str) else len(self.tools)
        if key in self.tools:
            return
        self.tools[key] = name
        if name in _FILE_TOOLS and block.input is not None:
            path = block.input.file_path or block.input.notebook_path
            if isinstance(path, str):
                self.touched = [*(self.touched or ()), path.replace("\\", "/").rpartition("/")[2]]

    def calls(self) -> list[Call]:
        """Return the call, and one more for every try that another model made."""
        usage, tools = self.usage, ",".join(self.tools.values()) if self.tools else ""
        made = [self._call(identity("claude_code", self.key), self.model, usage, tools)]
        if usage.iterations:
            for index, each in enumerate(usage.iterations):
                if isinstance(each.model, str) and each.model not in (self.model, SYNTHETIC):
                    key = identity("claude_code", self.key, "iteration", str(index))
                    made.append(self._call(key, each.model, each, ""))
        return made

    def _call(self, key: int, model: str, usage: Usage, tools: str) -> Call:
        split = usage.cache_creation
        five = split.ephemeral_5m_input_tokens if split else None
        hour = split.ephemeral_1h_input_tokens if split else None
        if not five and not hour:  # older records do not tell the two apart
            five = usage.cache_creation_input_tokens
            hour = None if five is None else 0
        output = usage.output_tokens
        return Call(
            key,
            self.told.id,
            self.ts,
            model,
            usage.input_tokens,
            five,
            hour,
            usage.cache_read_input_tokens,
            output,
            None,
            (0 if self.finished else _FLOOR) | (_SIDECHAIN if self.sidechain else 0),
            (output or 0) + (-_RANK if self.progress else 0 if self.sidechain else _RANK),
            tools,
            self.line,
        )


_FLOOR, _SIDECHAIN = Flag.FLOOR.value, Flag.SIDECHAIN.value
