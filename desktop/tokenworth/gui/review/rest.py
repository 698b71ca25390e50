"""What Review says where there is no card: what is done, what is missing, how a draw works."""

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from tokenworth.domain.review import Half, Queue
from tokenworth.domain.views import SessionQuery
from tokenworth.gui import words
from tokenworth.gui.actions import Actions
from tokenworth.gui.review.words import days, say, seconds

Steps = list[tuple[str, Callable[[], object]]]
READY: Final = ("done", "stopped")


class Told(NamedTuple):
    """A heading and sentences."""

    heading: str
    sentences: tuple[str, ...]


def rest(queue: Queue, zone: str = "") -> Told:
    """Return what is said when nothing is left to ask."""
    if queue.needs_import:
        return Told(say("The last half-week waits for an import"), _done(queue, zone))
    if not queue.halves:
        return Told(say("Nothing to ask about yet"), queue.words)
    finished = [half for half in queue.halves if half.state in READY]
    if not finished:
        return Told(say("Nothing to ask about"), queue.words)
    more = say(
        "Cards come again once the half-week that is running has ended and is imported: on a "
        "Thursday and on a Monday."
    )
    heading = outcome(finished[-1], zone)
    others = tuple(outcome(half, zone) + "." for half in finished[:-1])
    return Told(heading, (more, *others, *_own_time(queue), *queue.words))


def steps_on(queue: Queue, actions: Actions, show: Callable[[SessionQuery], object]) -> Steps:
    """Return where to go from there, by the actions the window has; the first is the next step."""
    known = {entry.name: entry for entry in actions.entries()}
    ended = [half for half in queue.halves if half.state in READY]
    wanted: tuple[tuple[str, str], ...]
    if queue.needs_import:
        wanted = (("import_found", say("Import what is found")), ("go_sources", say("Sources")))
    elif not queue.halves:
        wanted = (("go_sources", say("Find my history")),)
    else:
        wanted = (("go_weeks", say("Weeks")), ("go_trends", say("Trends")))
    steps: Steps = [(words_, known[name].run) for name, words_ in wanted if name in known]
    if ended and not queue.needs_import:
        query = SessionQuery(start_ts=ended[-1].start_ts, end_ts=ended[-1].end_ts)
        steps.append((say("Its sessions"), partial(show, query)))
    return steps


def outcome(half: Half, zone: str = "") -> str:
    """Return how a half-week ended: "All 10 of Mon 2 – Wed 4 March are answered"."""
    when = days(half, zone)
    answered = half.asked - half.skipped
    if half.state == "stopped":
        return say("You stopped after {asked} of {planned} of {days}",
                   asked=half.asked, planned=half.planned, days=when)  # fmt: skip
    if half.skipped:
        return say("All {planned} of {days} are asked: {answered} answered, {skipped} left out",
                   planned=words.count(half.planned), days=when, answered=words.count(answered),
                   skipped=words.count(half.skipped))  # fmt: skip
    return say("All {planned} of {days} are answered", planned=words.count(half.planned), days=when)


def _done(queue: Queue, zone: str) -> tuple[str, ...]:
    finished = [half for half in queue.halves if half.state in READY]
    return (*queue.words, *(outcome(half, zone) + "." for half in finished))


def _own_time(queue: Queue) -> tuple[str, ...]:
    if queue.seconds_median is None or queue.seconds_p90 is None:
        return ()
    return (
        say("A card takes you {median} (median); nine of ten take less than {ninth}.",
            median=seconds(queue.seconds_median), ninth=seconds(queue.seconds_p90)),
    )  # fmt: skip


def stop_words(half: Half, zone: str = "") -> str:
    """Return what stopping a half-week does."""
    text = say("Stop here for {days}? {left} stay unasked, for good, and are shown again.",
               days=days(half, zone), left=words.count(half.planned - half.asked))  # fmt: skip
    if half.asked:
        return f"{text} " + say("The {count} so far count as a draw of {count}.", count=half.asked)
    return f"{text} " + say("With none answered there is no estimate for it.")


def why_sentences(*, second: bool) -> tuple[str, ...]:
    """Return how a draw works, with nothing of any session in it."""
    first = (
        say(
            "A half-week runs from Monday to Wednesday, or from Thursday to Sunday. When it has "
            "ended and is imported, the list of its sessions is frozen. What comes later enters "
            "the next list."
        ),
        say(
            "The chance to be asked about is made of three parts: 0.6 of it by the session’s share "
            "of your attention, 0.2 by its share of the cost, 0.2 the same for all. It is like "
            "stopping the clock at random minutes of your day."
        ),
        say(
            "Chance is a fixed random number, made of this store’s seed, the half-week and the "
            "session. Asked again, the same numbers come out: nobody can draw a second time."
        ),
        say("Where there are few sessions, all are asked about."),
        say(
            "Stopping early is fine: the chances are then worked out for as many as you answered. "
            "What you skip or cannot recall is kept as such, and no other session takes its place."
        ),
    )
    last = say("Why this very one came up is told once your answer is kept.")
    if second:
        again = say(
            "Each week three answers of a week ago and three of four weeks ago are drawn by chance "
            "and asked again, to see how steady your judgment is and how long work stays in use. "
            "What you said then stays hidden until you have answered."
        )
        return (again, *first, last)
    return (*first, last)


def practice_words() -> tuple[str, ...]:
    """Return what the practice set is."""
    return (
        say(
            "Twelve made-up sessions, two keys each, to see how you and the codes read the same "
            "words. Nothing depends on it: how often you agree is kept and shown beside your "
            "figures."
        ),
        say("It takes about two minutes, and comes again every six months."),
    )
