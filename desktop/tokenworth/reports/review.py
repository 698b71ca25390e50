"""Review in a terminal: what is asked about, and what is shown once the answer is kept."""

from datetime import tzinfo
from typing import Final

from tokenworth.domain.review import Card, Half, Queue, Saved, SweepRow
from tokenworth.domain.tag import (
    ALONE_WORDS,
    BUCKET_WORDS,
    EXPLAIN_WORDS,
    FATE_WORDS,
    OTHERS_WORDS,
    PURPOSE_WORDS,
    TYPED,
    Minutes,
    Tag,
)
from tokenworth.domain.views import SessionDetail, Usage
from tokenworth.reports.text import UNKNOWN, minutes, moment, money, plain, tokens

STATES: Final = {
    "undrawn": "not drawn yet",
    "asking": "being asked",
    "done": "done",
    "stopped": "stopped early",
    "empty": "no sessions",
}
MS_A_MINUTE: Final = 60_000


def days(half: Half, zone: tzinfo) -> str:
    """Return the days of a half-week: "Mon 2 Mar – Wed 4 Mar 2026"."""
    first, last = moment(half.start_ts, zone), moment(half.end_ts - 1, zone)
    return f"{first:%a} {first.day} {first:%b} – {last:%a} {last.day} {last:%b %Y}"


def half_words(half: Half, zone: tzinfo) -> str:
    """Return a half-week with how many of it are asked, and how they are chosen."""
    if half.state == "empty":
        return f"{days(half, zone)}: no sessions."
    number = f"{half.sessions} session{'' if half.sessions == 1 else 's'}"
    if half.census:
        return f"{days(half, zone)}: {number}, few enough to ask about all."
    return f"{days(half, zone)}: {half.planned} of {number}, drawn by chance."


def stopping(half: Half, zone: tzinfo) -> str:
    """Return what stopping a half-week does."""
    said = (
        f"Ask no more of {days(half, zone)}? {half.planned - half.asked} stay unasked, for good, "
        "and are shown again."
    )
    if half.asked:
        return f"{said} The {half.asked} so far count as a draw of {half.asked}."
    return f"{said} With none answered there is no estimate for it."


def queue(found: Queue, zone: tzinfo) -> str:
    """Return what there is to be asked; nothing of any session."""
    lines = []
    for half in found.halves:
        lines.append(half_words(half, zone))
        if half.state != "empty":
            parts = [STATES[half.state], f"{half.asked} of {half.planned} asked"]
            parts += [
                f"{count} {name}"
                for count, name in (
                    (half.skipped, "skipped or not recalled"),
                    (half.swept, "swept before the draw"),
                    (half.late, "late"),
                )
                if count
            ]
            lines.append("  " + ", ".join(parts))
    lines.append(f"{found.left} left to answer.")
    if found.seconds_median is not None and found.seconds_p90 is not None:
        lines.append(
            f"Your answers take {found.seconds_median:.0f} s in the median, one in ten over "
            f"{found.seconds_p90:.0f} s."
        )
    return "\n".join([*lines, *map(plain, found.words)])


def card(asked: Card, half: Half | None, zone: tzinfo, names: dict[str, str]) -> str:
    """Return what helps memory of a session, and nothing that would colour the answer."""
    place = f"{asked.position} of {asked.of}"
    if asked.chosen.startswith("second"):
        head = f"A second look, {place}"
    else:
        head = f"{place}, {days(half, zone)}" if half else place
    at = moment(asked.start_ts, zone)
    where = [f"{at:%A} {at.day} {at:%B %Y, %H:%M}", names.get(asked.source, asked.source)]
    where += [asked.project] if asked.project else []
    lines = ["", head, " · ".join(map(plain, where)), plain(asked.title)]
    lines += [f"  “{plain(said)}”" for said in (asked.first_request, asked.last_answer) if said]
    if asked.files:
        lines.append("  " + ", ".join(map(plain, asked.files)))
    return "\n".join(lines)


def title(row: SweepRow, zone: tzinfo, names: dict[str, str]) -> str:
    """Return one title of the sweep."""
    at = moment(row.start_ts, zone)
    where = [f"{at:%a %d %b %H:%M}", names.get(row.source, row.source), row.project]
    return f"{plain(row.title)} ({' · '.join(plain(part) for part in where if part)})"


def revealed(saved: Saved, zone: tzinfo) -> str:
    """Return all that was hidden while a session was asked about."""
    lines = []
    if saved.detail is not None:
        lines += _hidden(saved.detail)
    lines += [f"  Why this one: {' '.join(map(plain, saved.why))}"] if saved.why else []
    if saved.earlier is not None:
        at = moment(saved.earlier.answered_at, zone)
        lines.append(f"  First asked {at:%Y-%m-%d}, you said: {told(saved.earlier.tag)}.")
    if saved.too_quick:
        lines.append(
            "  That took under 2 seconds. It is kept, with a flag: too quick to have read."
        )
    return "\n".join(lines)


def told(tag: Tag) -> str:
    """Return an answer in words."""
    if tag.status != "answered":
        return tag.status.replace("_", " ")
    parts = [PURPOSE_WORDS[tag.purpose]] if tag.purpose else []
    parts += [FATE_WORDS[tag.fate]] if tag.fate else []
    parts += [f"by hand {_stretch(tag.by_hand)}"] if tag.by_hand else []
    parts += [f"after-work {_stretch(tag.after_work)}"] if tag.after_work else []
    parts += [f"without AI {ALONE_WORDS[tag.could_alone]}"] if tag.could_alone else []
    parts += [f"could explain it {EXPLAIN_WORDS[tag.can_explain]}"] if tag.can_explain else []
    parts += [f"work for others {OTHERS_WORDS[tag.others]}"] if tag.others else []
    parts += [f"learned “{plain(tag.learned)}”"] if tag.learned else []
    return "; ".join(parts)


def _stretch(given: Minutes) -> str:
    if given.key == TYPED:
        return f"{given.low:g}–{given.high:g} min"
    return BUCKET_WORDS[given.key]


def _hidden(detail: SessionDetail) -> list[str]:
    row, usage = detail.row, detail.usage
    unpriced = f", {tokens(usage.unpriced_tokens)} tokens unpriced" if usage.unpriced_tokens else ""
    between = f"{_minutes(detail.attention_low)} to {_minutes(detail.attention_high)}"
    turns = UNKNOWN if row.turns is None else str(row.turns)
    length = minutes((row.end_ts - row.start_ts) / MS_A_MINUTE)
    return [
        f"  Tokens: {_tokens(usage)}",
        f"  At list price (not a bill): {money(usage.cost_usd)}{unpriced}",
        f"  Model: {', '.join(map(plain, detail.models)) or UNKNOWN}",
        f"  Attention: {_minutes(row.active_min)} ({between}); turns: {turns}; length: {length}",
    ]


def _minutes(number: float | None) -> str:
    return UNKNOWN if number is None else minutes(number)


def _tokens(usage: Usage) -> str:
    written = [n for n in (usage.cache_write_5m, usage.cache_write_1h) if n is not None]
    parts = [
        f"{name} {tokens(number)}"
        for name, number in (
            ("fresh input", usage.input),
            ("cache write", sum(written) if written else None),
            ("cache read", usage.cache_read),
            ("output", usage.output),
        )
    ]
    guessed = [n for n in (usage.estimated_input, usage.estimated_output) if n is not None]
    if guessed:
        parts.append(f"estimated, kept apart {tokens(sum(guessed), estimated=True)}")
    return ", ".join(parts)
