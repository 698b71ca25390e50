"""What the Goodhart plot says: correlation given attention first, then the raw one, then notes."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from tokenworth.domain.trending import Relation, RelationPoint
from tokenworth.gui import words
from tokenworth.gui.charts import net_words
from tokenworth.gui.charts.sentences import Line, span_words, tr

_HYPHEN: Final = re.compile(r"(?<![\w.])-(?=\d)")
SEVERAL: Final = 2


def dressed(text: str) -> str:
    """Return a measure's words with real minus signs."""
    return _HYPHEN.sub(words.MINUS, text)


def can_be_told(relation: Relation) -> bool:
    """Whether there is a correlation to speak of."""
    return relation.partial.is_shown


def missing(relation: Relation) -> str:
    """Return how many weeks there are where they are too few for the plot; else nothing."""
    partial = relation.partial
    if partial.n >= partial.minimum_n:
        return ""
    return tr("not enough yet: {n} of {least} weeks").format(
        n=words.count(partial.n), least=words.count(partial.minimum_n)
    )


def parts(relation: Relation) -> tuple[str, str, str]:
    """Return headline, raw correlation and notes: the measure gives the raw one as first note."""
    if missing(relation):
        return "", "", ""
    notes = [dressed(note) for note in relation.notes]
    first = notes[:1] if relation.raw.is_shown else []
    return dressed(relation.words), "".join(first), "\n".join(notes[len(first) :])


def whole(relation: Relation) -> str:
    """Return what a look at the plot would tell."""
    lacking = missing(relation)
    if lacking:
        return tr("Tokens against value: {lacking}.").format(lacking=lacking)
    said = [part.replace("\n", " ") for part in parts(relation) if part]
    said.insert(min(len(said), SEVERAL), _spread_words(relation.points))
    return " ".join(said)


def _spread_words(points: Sequence[RelationPoint]) -> str:
    if not points:
        return ""
    ordered = sorted(points, key=lambda point: point.new_tokens)
    least, most = ordered[0], ordered[-1]
    text = tr(
        "{count} weeks are drawn, from {least} new tokens in {first} to {most} in {last}; "
        "a point stands where one may be told, in {told} of them."
    )
    return text.format(
        count=words.count(len(points)),
        least=words.tokens(least.new_tokens),
        first=least.week,
        most=words.tokens(most.new_tokens),
        last=most.week,
        told=words.count(sum(point.net.value is not None for point in points)),
    )


def read_out(point: RelationPoint) -> tuple[str, list[Line]]:
    """Return title and lines of one week: exact tokens, net time with all it rests on."""
    net = point.net
    value = net_words.reason_words(net) if net.value is None else net_words.net_minutes(net.value)
    lines = [
        Line("", tr("new tokens"), words.count(point.new_tokens)),
        Line("", tr("attention"), words.minutes(point.attention)),
        Line("", tr("net time, as told"), value),
    ]
    interval = net_words.interval_words(net, point.attention)
    if interval and net.interval != net_words.COMPLETE:
        lines.append(Line("", tr("its 95 % interval"), interval))
    if net.skips is not None:
        first, last = (net_words.net_minutes(part) for part in net.skips)
        parts_ = tr("{first} or {last}").format(first=first, last=last)
        lines.append(Line("", tr("by how skips are read"), parts_))
    lines.append(Line("", tr("from"), net_words.chosen_words(net)))
    return week_title(point.week), lines


def week_title(key: str) -> str:
    """Return the name and the days of an ISO week: "W7 · 9–15 Feb 2026"."""
    year, _, number = key.partition("-W")
    first = date.fromisocalendar(int(year), int(number), 1)
    last = first + timedelta(days=len(words.DAYS) - 1)
    return f"W{int(number)} · {span_words(first, last, year=True)}"
