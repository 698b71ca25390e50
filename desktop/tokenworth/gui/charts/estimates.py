"""How the newer charts say an estimate: never without interval, answers, whole, and how chosen."""

import re
from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.gui import words
from tokenworth.gui.charts import net_words
from tokenworth.gui.charts.sentences import TO, Line, tr

LINE_LETTERS: Final = 46
WHOLE_FROM: Final = 10
_HYPHEN: Final = re.compile(r"(?<![\w.])-(?=\d)")
Say = Callable[[float], str]


def dressed(text: str) -> str:
    """Return a measure's words with real minus signs."""
    return _HYPHEN.sub(words.MINUS, text)


def number_words(value: float) -> str:
    """Return a ratio, a kappa or a factor: "0.91", "12.4"."""
    places = 2 if abs(value) < WHOLE_FROM else 1
    return words.signed(f"{round(value, places) + 0.0:.{places}f}")


def say_of(estimate: Estimate) -> Say:
    """Return how the estimate's numbers are said."""
    return words.percent if estimate.unit == "share" else number_words


def value_words(estimate: Estimate, say: Say | None = None) -> str:
    """Return "64 % (45–80 %)", the interval alone, or the reason why there is neither."""
    low, high = estimate.low, estimate.high
    say = say or say_of(estimate)
    if low is None or high is None:
        return net_words.reason_words(estimate)
    if estimate.interval == net_words.COMPLETE and estimate.value is not None:
        return say(estimate.value)
    interval = span_words(say, low, high)
    return interval if estimate.value is None else f"{say(estimate.value)} ({interval})"


def span_words(say: Say, low: float, high: float) -> str:
    """Return two limits; the unit once, where it is the same."""
    first, last = say(low), say(high)
    if low < 0:
        return tr("{low} to {high}").format(low=first, high=last)
    unit = first.rpartition(" ")[2]
    if unit in {"%", "k", "M", "G", "T"} and last.endswith(f" {unit}"):
        first = first.rpartition(" ")[0]
    if first.startswith("$") and last.startswith("$"):
        last = last[1:]
    return f"{first}{TO}{last}"


def rests_words(estimate: Estimate) -> str:
    """Return what an estimate rests on: "20 answers, drawn by chance, of 690 attention minutes"."""
    parts = [net_words.chosen_words(estimate)]
    if estimate.denominator:
        parts.append(tr("of {whole}").format(whole=estimate.denominator))
    return ", ".join(parts)


def interval_words(estimate: Estimate) -> str:
    """Return which interval it is; empty where there is none."""
    if not estimate.is_shown:
        return ""
    if estimate.interval == net_words.COMPLETE:
        return tr("all were asked: no sampling interval")
    return tr("95 % interval, {method}").format(method=estimate.interval)


def caption_words(estimate: Estimate) -> str:
    """Return what some estimates rest on, and that they have intervals; which, their tips say."""
    complete = estimate.interval == net_words.COMPLETE
    kind = interval_words(estimate) if complete else tr("95 % intervals")
    return f"{rests_words(estimate)}; {kind}"


def skips_words(estimate: Estimate, say: Say | None = None) -> str:
    """Return the two readings of those skipped; empty where none was."""
    if estimate.skips is None or not estimate.is_shown:
        return ""
    say = say or say_of(estimate)
    first, last = (say(part) for part in sorted(estimate.skips))
    told = tr("by how those skipped are read: {first} to {last}")
    return told.format(first=first, last=last)


def lines_of(name: str, estimate: Estimate, say: Say | None = None) -> list[Line]:
    """Return the read-out of an estimate."""
    if not estimate.is_shown:
        return [Line("", name, value_words(estimate, say))]
    found = [Line("", name, value_words(estimate, say))]
    return found + broken(grounds(estimate, say))


def grounds(estimate: Estimate, say: Say | None = None) -> list[str]:
    """Return why there is no value, what an estimate rests on, its interval, and the skips."""
    reason = dressed(estimate.reason) if estimate.value is None else ""
    told = (reason, rests_words(estimate), interval_words(estimate), skips_words(estimate, say))
    return [text for text in told if text]


def sentence_of(name: str, estimate: Estimate, say: Say | None = None) -> str:
    """Return an estimate as a sentence."""
    told = [f"{name}: {value_words(estimate, say)}"]
    if estimate.is_shown:
        told += grounds(estimate, say)
    return "; ".join(told) + "."


def broken(texts: Sequence[str]) -> list[Line]:
    """Return texts as lines no longer than a read-out is wide."""
    return [Line("", part, "") for text in texts for part in wrap(text, LINE_LETTERS)]
