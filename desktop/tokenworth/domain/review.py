"""What Review shows: the queue, one card, the sweep, and what is revealed after saving."""

from typing import Literal

import msgspec

from tokenworth.domain.tag import Fate, Purpose
from tokenworth.domain.views import Answer, SessionDetail

Why = Literal["certainty", "drawn", "census", "second_7", "second_28"]


class Card(msgspec.Struct, frozen=True):
    """What is shown of a session while it is asked about: what helps memory, no more."""

    id: int
    uid: str
    period: str
    chosen: Why
    position: int  # 1 for the first of its period; of second looks, of the day's
    of: int
    start_ts: int
    source: str  # kind
    project: str
    title: str
    first_request: str  # at most 160 characters
    last_answer: str  # at most 160 characters
    files: tuple[str, ...]  # at most 3
    asks_skill: bool  # K1 and K2 are asked
    asks_explain: bool  # K2 alone is asked, and O: the look after 28 days
    asks_world: bool  # whether anything changed in the world since: the look after a week


class Half(msgspec.Struct, frozen=True):
    """One half-week on offer."""

    period: str
    start_ts: int
    end_ts: int
    sessions: int  # in its frame
    planned: int  # to be asked; before the draw, how many would be
    asked: int  # answered, skipped or not recalled so far
    skipped: int
    swept: int
    late: int
    census: bool
    state: Literal["undrawn", "asking", "done", "stopped", "empty"]


class Queue(msgspec.Struct, frozen=True):
    """Everything Review starts from."""

    halves: tuple[Half, ...]  # the older first
    left: int  # cards still to be answered, second looks included
    card: Card | None  # the next one; None where a draw must come first, or nothing is left
    undrawn: str  # the half-week to be drawn next; "" none
    words: tuple[str, ...]  # why not more, why nothing; in sentences
    needs_import: bool  # the last half-week has ended since the last import
    practice_due: bool
    seconds_median: float | None  # own form time over the last 20 answers; None under 5
    seconds_p90: float | None


class SweepRow(msgspec.Struct, frozen=True):
    """One title of the sweep."""

    id: int
    uid: str
    start_ts: int
    source: str
    project: str
    title: str


class Saved(msgspec.Struct, frozen=True):
    """What is shown once an answer is kept."""

    answer_id: str
    detail: SessionDetail | None  # None after a skip: nothing is revealed
    why: tuple[str, ...]  # how this one came to be asked, with its numbers
    earlier: Answer | None  # of a second look: the first answer
    too_quick: bool  # under 2 seconds: flagged, not filtered


class Practice(msgspec.Struct, frozen=True):
    """One made-up session of the practice set, with the answer the codes give it."""

    number: int
    words: str
    purpose: Purpose
    fate: Fate


PRACTICE = tuple(
    Practice(number, words, Purpose(purpose), Fate(fate))
    for number, (words, purpose, fate) in enumerate(
        (
            ("An agent fixed a failing CI job; merged after one line was changed.", "needed", "u"),
            ("An agent wrote a module of 400 lines; two functions were kept, the rest rewritten.",
             "needed", "p"),
            (("Docs were generated for every function because AI use is on a dashboard; merged; "
             "nobody opened them."), "show", "u"),
            (("You tried a migration to see if the model can do it; the branch is deleted; you "
             "know now that it fails on generics."), "explore", "d"),
            ("A chat gave a regular expression; you ran it once and were done.", "needed", "u"),
            ("A chat gave a wrong one; you wrote your own.", "needed", "d"),
            ("A long planning chat; the plan is saved; nothing was decided from it yet.",
             "needed", "k"),
            ("An agent ran two hours into the usage limit; no diff.", "needed", "a"),
            ("A dashboard you would never have built by hand; you look at it every morning.",
             "optional", "u"),
            (("Credits were about to expire: agents wrote tests for generated code, deleted on "
             "Monday."), "show", "d"),
            (("You asked how an unfamiliar API works; the answer was right; you went on and can "
             "explain it."), "needed", "u"),
            (("An AI review listed five issues in a colleague's change; one was real and you "
             "posted it."), "needed", "p"),
        ),
        1,
    )
)  # fmt: skip
