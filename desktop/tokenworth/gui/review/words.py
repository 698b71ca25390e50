"""What Review says of half-weeks, times and answers."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from tokenworth.domain.review import Card, Half
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
from tokenworth.gui import words
from tokenworth.gui.models.sessions import SOURCES

DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
STATUS: Final = {
    "skipped": "skipped",
    "cannot_recall": "could not be recalled",
    "withdrawn": "taken back",
}


def say(text: str, **values: object) -> str:
    """Return a sentence of Review in the person's language, its gaps filled in."""
    translated = QCoreApplication.translate("Review", text)
    return translated.format(**values) if values else translated


def undo_keys() -> str:
    """Return the keys of undo as this desktop writes them."""
    keys = QKeySequence(QKeySequence.StandardKey.Undo)
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def days(half: Half, zone: str = "") -> str:
    """Return the days of a half-week: "Mon 2 – Wed 4 March", with the year if not this year's."""
    first = words.moment_of(half.start_ts, zone)
    last = words.moment_of(half.end_ts - 1, zone)
    ends = []
    for moment, month in ((first, first.month != last.month), (last, True)):
        day = f"{say(words.DAYS[moment.weekday()])} {moment.day}"
        ends.append(f"{day} {say(MONTHS[moment.month - 1])}" if month else day)
    year = words.day(half.start_ts, zone).rpartition(" ")[2]  # only there if not this year's
    text = " – ".join(ends)
    return f"{text} {year}" if year == str(first.year) else text


def moment(ts: int, zone: str = "") -> str:
    """Return a moment in full: "Tuesday 3 March, 14:05"."""
    when = words.moment_of(ts, zone)
    day = f"{say(DAYS[when.weekday()])} {when.day} {say(MONTHS[when.month - 1])}"
    return f"{day}, {when:%H:%M}"


def place(card: Card, zone: str = "") -> str:
    """Return when and where a session was: "Tuesday 3 March, 14:05 · Claude Code · harbour"."""
    parts = [moment(card.start_ts, zone), SOURCES.get(card.source, card.source), card.project]
    return words.breakable(" · ".join(part for part in parts if part))


def title_of(card: Card) -> str:
    """Return a session's title, as long as it is."""
    return words.breakable(card.title) or say("(no title)")


def seconds(value: float) -> str:
    """Return seconds: "9 seconds"."""
    return say("{count} seconds", count=f"{value:.0f}")


def sessions(number: int) -> str:
    """Return a number of sessions: "1 session", "61 sessions"."""
    one = say("1 session")
    return one if number == 1 else say("{count} sessions", count=words.count(number))


def drawn(half: Half) -> str:
    """Return how many of a half-week are asked about, and how they were chosen."""
    if half.census:
        return say("all {sessions}", sessions=sessions(half.planned))
    return say(
        "{planned} of {sessions}, drawn by chance",
        planned=words.count(half.planned),
        sessions=sessions(half.sessions),
    )


def said(tag: Tag) -> str:
    """Return an answer in words: "needed anyway · in use in part · by hand 30–60 min"."""
    if tag.status != "answered":
        return say(STATUS[tag.status])
    parts = [say(PURPOSE_WORDS[tag.purpose])] if tag.purpose else []
    if tag.fate:
        parts.append(say(FATE_WORDS[tag.fate]))
    return " · ".join([*parts, *(f"{name} {value}" for name, value in told(tag))])


def told(tag: Tag) -> list[tuple[str, str]]:
    """Return what was told beside purpose and fate, as (question, answer)."""
    rows = []
    if tag.by_hand is not None:
        rows.append((say("by hand"), _minutes(tag.by_hand)))
    if tag.after_work is not None:
        rows.append((say("after-work"), _minutes(tag.after_work)))
    for name, code, known in (
        (say("without AI:"), tag.could_alone, ALONE_WORDS),
        (say("can explain it:"), tag.can_explain, EXPLAIN_WORDS),
        (say("others had to fix it:"), tag.others, OTHERS_WORDS),
    ):
        if code is not None:
            rows.append((name, say(known[code])))
    if tag.world_changed is not None:
        rows.append((say("changed since:"), say("yes") if tag.world_changed else say("no")))
    if tag.learned:
        rows.append((say("learned:"), f"“{tag.learned}”"))
    return rows


def _minutes(given: Minutes) -> str:
    if given.key == TYPED:
        return f"{words.minutes(given.low)} – {words.minutes(given.high)}"
    return say(BUCKET_WORDS[given.key])
