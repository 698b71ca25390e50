"""The store of sample data: real files of made-up sessions, imported and asked about as any."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from tokenworth.domain.review import PRACTICE, Card
from tokenworth.domain.tag import Fate, Minutes, Tag
from tokenworth.domain.week import DAY_MS, period_before, period_bounds, period_of
from tokenworth.places import demo_store_path
from tokenworth.samples import Given, write
from tokenworth.store.segments import session_uid
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import CLOCK, Library
from tokenworth.workflows.offering import SEED
from tokenworth.workflows.timing import zone

STAGES: Final = 3
DONE: Final = "samples_done"
VERSION: Final = "3"
MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
FORM_MS: Final = (7_400, 9_000, 10_200, 8_300, 12_600)
UNDRAWN_PART: Final = 4
"""In the first of so many parts of the time nothing was drawn."""
LEFT_OPEN: Final = 2
"""Half-weeks left for whoever looks around."""
OTHERWISE: Final = 0.25
CHANGED: Final = 0.1
SILENT: Final = 13
"""Every so many half-weeks the invented person stopped early."""


def prepare(progress: Callable[[int, int], None] = lambda _done, _all: None) -> Path:
    """Make the store of sample data where there is none; return its path. Raises Refusal.

    One left unfinished, or of an older version, is made anew: nothing in it is anybody's.
    """
    path = demo_store_path()
    if path.exists() and _is_done(path):
        return path
    for left in path.parent.glob(path.name + "*"):
        left.unlink()
    progress(0, STAGES)
    files = path.with_name("samples")
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(parents=True, mode=0o700)
    given = write(files, zone=zone())
    progress(1, STAGES)
    import_files(path, [files])
    progress(2, STAGES)
    _tell(path, given)
    progress(STAGES, STAGES)
    return path


def _is_done(path: Path) -> bool:
    library = Library(path)
    try:
        return library.setting(DONE) == VERSION
    finally:
        library.close()


class _Time:
    """The time of the invented person."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def _tell(path: Path, given: Sequence[Given]) -> None:
    """Go through the half-weeks as the invented person did: tag, draw, answer."""
    time = _Time(0)
    library = Library(path, clock=time)
    try:
        library.set_setting(SEED, "0" * 32)
        said = {session_uid(one.kind, one.key): one for one in given}
        ends = _volunteer(library, said, time)
        library.practice([(one.purpose, one.fate) for one in PRACTICE])
        periods = _periods(min(ends), max(ends), library)
        for number, period in enumerate(periods):
            _, end = period_bounds(period, library.zone)
            time.now = end + HOUR_MS
            if number >= len(periods) // UNDRAWN_PART:
                _review(library, said, time, 4 if number % SILENT == 0 else None)
        time.now = max(ends) + DAY_MS
        library.set_setting(CLOCK, str(time.now))
        library.set_setting(DONE, VERSION)
    finally:
        library.close()


def _volunteer(library: Library, said: dict[str, Given], time: _Time) -> list[int]:
    """Give the answers nobody asked for; return when the sessions ended."""
    ends = []
    for uid, one in said.items():
        id_, _ = library.find(uid)
        ends.append(library.rows([id_])[0].end_ts)
        if one.willing:
            time.now = ends[-1] + round(one.minutes_after * MINUTE_MS)
            library.tag([id_], one.tag, masked=True, asked_at=time.now, form_ms=FORM_MS[0])
    return ends


def _periods(first: int, last: int, library: Library) -> list[str]:
    """Return the half-weeks that have ended, but for the last ones, oldest first."""
    found = []
    period = period_before(period_of(last + DAY_MS, library.zone))
    while period_bounds(period, library.zone)[1] > first:
        found.append(period)
        period = period_before(period)
    return found[: LEFT_OPEN - 1 : -1]


def _review(library: Library, said: dict[str, Given], time: _Time, stop_after: int | None) -> None:
    """Draw what is due and answer its cards, second looks too."""
    queue = library.queue()
    while queue.undrawn:
        library.draw(queue.undrawn)
        queue = library.queue()
    answered = 0
    while queue.card is not None:
        card = queue.card
        if stop_after is not None and answered >= stop_after:
            for half in queue.halves:
                library.stop(half.period)
            return
        tag = _answer(said[card.uid], card) if card.uid in said else Tag(status="cannot_recall")
        time.now += MINUTE_MS
        library.answer(card, tag, asked_at=time.now, form_ms=FORM_MS[answered % len(FORM_MS)])
        answered += 1
        queue = library.queue()


def _answer(given: Given, card: Card) -> Tag:
    """Return what the invented person says to a card: now and then otherwise than before."""
    rng = Random(f"{card.uid} {card.chosen}")  # noqa: S311 -- not a secret
    tag = given.tag
    fates = {Fate.USED: Fate.PART, Fate.PART: Fate.USED, Fate.KEPT: Fate.USED}
    if card.chosen.startswith("second") and tag.fate in fates and rng.random() < OTHERWISE:
        tag = msgspec.structs.replace(tag, fate=fates[tag.fate])
    if card.chosen.startswith("second") and tag.by_hand is not None and rng.random() < OTHERWISE:
        tag = msgspec.structs.replace(tag, by_hand=Minutes.of(max(0, tag.by_hand.key - 1)))
    return msgspec.structs.replace(
        tag,
        could_alone=rng.choice("yyssn") if card.asks_skill else None,
        can_explain=rng.choice("yyyppn") if card.asks_skill or card.asks_explain else None,
        others=rng.choice("nnnnsx") if card.asks_explain else None,
        world_changed=rng.random() < CHANGED if card.asks_world else None,
    )
