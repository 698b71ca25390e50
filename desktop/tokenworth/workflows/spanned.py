"""One span with all that is known of it, and its estimates."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import msgspec

from tokenworth.domain.comparison import Span
from tokenworth.domain.estimate import Estimate, hidden
from tokenworth.domain.frame import Frame
from tokenworth.domain.views import Coverage, SessionQuery, Usage
from tokenworth.domain.week import day_start
from tokenworth.measures import after_work, net, per_token, shares, slower
from tokenworth.store.store import Store
from tokenworth.store.weeks import HeldRow
from tokenworth.workflows import masks, spans, weeks, windows


@dataclass
class Spanned:
    """One span with all that is known of it."""

    span: Span
    rows: list[HeldRow]
    frames: list[Frame]
    usage: Usage
    tokens: dict[str, int]  # recorded new tokens by fate
    coverage: Coverage

    @property
    def left(self) -> int:
        """How many are still in its queue: its estimates are hidden."""
        return sum(frame.left for frame in self.frames)

    @cached_property
    def estimates(self) -> dict[str, Estimate]:
        """The estimates by their keys; hidden while the queue is open."""
        window = self.span.key
        made = [
            *shares.headline(self.frames, window),
            net.net(self.frames, window),
            net.net(self.frames, window, net.METR_BELIEF),
            net.break_even(self.frames, window),
            after_work.after_work_ratio(self.frames, window),
            slower.slower(self.frames),
            *per_token.per_tokens(self.frames, window)[:2],
        ]
        if self.left:
            made = [hidden(one, self.left) for one in made]
        return {one.key: one for one in made}

    def shares(self, z: float) -> dict[str, Estimate]:
        """Return the shares with limits as wide as many comparisons want them."""
        return {one.key: one for one in shares.headline(self.frames, self.span.key, z)}


def spanned(store: Store, span: Span, zone: ZoneInfo, still_open: Collection[str]) -> Spanned:
    """Return one span with all that is known of it."""
    days = spans.bounds(span)
    times = day_start(days[0], zone), day_start(days[1], zone)
    rows = store.held_rows(SessionQuery(), times)
    loaded = windows.load(store, spans.halves(span), still_open)
    loaded |= windows.unfrozen(loaded, rows, zone)
    frames = [loaded[period] for period in spans.halves(span) if period in loaded]
    sums = weeks.usage(store, "total", SessionQuery(), days)
    usage = msgspec.structs.replace(sums[0], key=span.key) if sums else Usage.nothing(span.key)
    coverage = weeks.coverage_of(rows, frames)
    if usage.is_hidden:
        return Spanned(span, rows, frames, usage, {}, masks.coverage(coverage))
    tokens: dict[str, int] = {}
    for _, fate, recorded, _ in store.tokens_by_week_and_fate(SessionQuery(), days):
        tokens[fate] = tokens.get(fate, 0) + int(recorded or 0)
    return Spanned(span, rows, frames, usage, tokens, coverage)
