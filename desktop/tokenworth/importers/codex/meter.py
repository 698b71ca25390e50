"""Running totals become the tokens of single calls."""

from operator import sub

import msgspec

from tokenworth.importers.codex.records import Info, Usage

Tokens = tuple[int | None, int | None, int | None, int | None, int | None]
"""Whole input, of that read from and written to a cache, whole output, of that thought."""


class Paid(msgspec.Struct, gc=False):
    """What one call took, in classes that do not overlap (but ``reasoning``, a part of output)."""

    input: int | None
    cache_write: int
    cache_read: int | None
    output: int | None
    reasoning: int | None
    consistent: bool  # the parts were not more than the whole


class Meter(msgspec.Struct):
    """How far the totals of a file have run."""

    total: Tokens | None = None
    epoch: int = 0  # how often a total fell
    untold: int = 0  # calls without a total

    def place(self) -> str:
        """Return the total as text: it names a place in the conversation, in every copy of it."""
        return "" if self.total is None else told(self.total)

    def step(self, info: Info, *, forked: bool) -> tuple[Tokens, tuple[str, str, str]] | None:
        """Take in a row: return the tokens of its call, and its name; None if it adds nothing.

        ``forked``: the totals go on from another file's, not from zero.
        """
        usage, last = info.total_token_usage, info.last_token_usage
        if usage is None:
            return None if last is None else self._untold(tokens(last))
        total, old = tokens(usage), self.total
        if total == old:
            return None
        if old is None:
            added = _first(total, last) if forked else total
        else:
            if None in total:
                total = _of([b if a is None else a for a, b in zip(total, old, strict=True)])
            added = _less(total, old)
            if any(each is not None and each < 0 for each in added):
                self.epoch += 1
                added = total if last is None else tokens(last)
        self.total = total
        if not any(added):
            return None
        return added, (str(self.epoch), told(total), told(tokens(last)) if last else "")

    def _untold(self, last: Tokens) -> tuple[Tokens, tuple[str, str, str]] | None:
        """Take in a call without a total; a total that follows holds it."""
        if not any(last):
            return None
        self.untold += 1
        old = self.total or (None,) * 5
        self.total = _of([_sum(a, b) for a, b in zip(old, last, strict=True)])
        return last, (str(self.epoch), f"untold {self.untold}", told(last))


def tokens(usage: Usage) -> Tokens:
    """Return the counts in order.

    Versions that do not record cache writes were never charged for any.
    """
    return (
        usage.input_tokens,
        usage.cached_input_tokens,
        usage.cache_write_input_tokens or 0,
        usage.output_tokens,
        usage.reasoning_output_tokens,
    )


def paid(added: Tokens) -> Paid:
    """Return the tokens of a call in classes that do not overlap."""
    whole, read, written, output, reasoning = added
    fresh = None if whole is None else whole - (read or 0) - (written or 0)
    consistent = fresh is None or fresh >= 0
    if not consistent:
        fresh, read, written = whole, 0, 0
    if output is not None and reasoning is not None and reasoning > output:
        reasoning, consistent = output, False
    return Paid(fresh, written or 0, read, output, reasoning, consistent)


def told(counts: Tokens) -> str:
    """Return counts as text. A replay may name as 0 what the original left out: they are one."""
    whole, read, written, output, thought = counts
    return f"{whole or 0}/{read or 0}/{written or 0}/{output or 0}/{thought or 0}"


def _of(counts: list[int | None]) -> Tokens:
    whole, read, written, output, reasoning = counts
    return whole, read, written, output, reasoning


def _sum(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else one + other


def _less(total: Tokens, old: Tokens) -> Tokens:
    if None in old or None in total:
        return _of(
            [a if b is None or a is None else a - b for a, b in zip(total, old, strict=True)]
        )
    return tuple(map(sub, total, old))


def _first(total: Tokens, last: Usage | None) -> Tokens:
    """Return what the first row of a fork adds: the rest was paid for in the file it came from."""
    if last is None:
        return total
    added = tokens(last)
    over = any((a or 0) < (b or 0) for a, b in zip(total, added, strict=True))
    return total if over else added
