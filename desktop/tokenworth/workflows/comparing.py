"""Periods side by side: exact sums, estimates of the half-weeks in them, and their differences."""

from collections.abc import Collection, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from tokenworth.domain.comparison import Comparison
from tokenworth.domain.week import day_of
from tokenworth.measures import sentences
from tokenworth.measures.words import coverage_words
from tokenworth.store.store import Store
from tokenworth.workflows import comparison_rows, spans, steadiness
from tokenworth.workflows.spanned import Spanned, spanned

MOST: Final = 4
PAIR: Final = 2


def compare(  # noqa: PLR0913 -- what is compared, and when
    store: Store, keys: Sequence[str], zone: ZoneInfo, now: int,
    still_open: Collection[str] = (), *, elapsed: bool = False, picked_from: int = 1,
) -> Comparison:  # fmt: skip
    """Return one to four spans side by side. Raises Refusal for what is no period.

    ``elapsed`` cuts all to the part of the last one that has passed. ``picked_from`` is how many
    spans the person chose these from: the more, the wider the limits.
    """
    today = day_of(now, zone)
    chosen = [spans.span(key, today) for key in list(keys)[:MOST]]
    if elapsed:
        passed = [today - spans.bounds(s)[0] + 1 for s in chosen if not s.whole]
        if passed:
            chosen = [spans.cut(one, max(1, min(passed))) for one in chosen]
    found = [spanned(store, one, zone, still_open) for one in chosen]
    return side_by_side(store, found, zone, still_open, picked_from=picked_from)


def side_by_side(
    store: Store, found: Sequence[Spanned], zone: ZoneInfo, still_open: Collection[str] = (),
    *, picked_from: int = 1,
) -> Comparison:  # fmt: skip
    """Return spans of which all is known side by side."""
    pairs = picked_from * (picked_from - 1) // PAIR if picked_from > PAIR else 1
    number = comparison_rows.comparable(found) * pairs
    rows = comparison_rows.rows(found, max(1, number))
    return Comparison(
        spans=tuple(one.span for one in found),
        coverage=tuple(one.coverage for one in found),
        coverage_words=tuple(coverage_words(one.coverage) for one in found),
        usage=tuple(one.usage for one in found),
        sentence=sentences.on_top([one.span for one in found], rows) if len(found) > 1 else "",
        rows=rows,
        comparisons=number if len(found) > 1 else 0,
        adjusted=sentences.adjusted(number) if len(found) > 1 else "",
        steady=steadiness.steady(store, zone, still_open),
        notes=sentences.notes([one.span for one in found], [one.frames for one in found]),
    )
