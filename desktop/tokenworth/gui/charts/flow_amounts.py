"""The flow's amounts in words: tokens or dollars, and shares of all."""

from typing import Final

from tokenworth.domain.trending import Flow
from tokenworth.gui import words
from tokenworth.gui.charts.sentences import tr

WHOLE_USD: Final = 10
ROUNDING: Final = 1e-9


def unit_words(flow: Flow) -> str:
    """Return what flows."""
    return tr("new tokens") if flow.unit == "tokens" else tr("cost at list price")


def amount_words(flow: Flow, value: float) -> str:
    """Return an amount in three figures."""
    return words.tokens(round(value)) if flow.unit == "tokens" else words.money(value)


def brief_words(flow: Flow, value: float) -> str:
    """Return an amount short enough for an interval: whole dollars where there are many."""
    if flow.unit == "USD" and value >= WHOLE_USD:
        return f"${value:,.0f}"
    return amount_words(flow, value)


def exact_words(flow: Flow, value: float) -> str:
    """Return an amount in full."""
    return words.count(round(value)) if flow.unit == "tokens" else words.money(value)


def share_words(flow: Flow, value: float) -> str:
    """Return which part of all an amount is; never 0 or 100 % for what is not."""
    share = value / flow.total if flow.total > 0 else None
    if share is not None and 0.995 <= share < 1 - ROUNDING:  # noqa: PLR2004 - would round to all
        return tr("over 99 %")
    return words.percent(share)
