"""Plain invented words: projects, requests, answers. Nobody and nothing real."""

from random import Random
from typing import Final, NamedTuple


class Project(NamedTuple):
    """An invented project."""

    name: str
    files: tuple[str, ...]
    things: tuple[str, ...]


PROJECTS: Final = (
    Project(
        "harbour-lights",
        ("beacon.py", "tides.py", "signals.py", "chart.py", "test_signals.py"),
        ("beacon schedule", "tide table", "signal log", "fog horn timer", "harbour chart"),
    ),
    Project(
        "tea-ledger",
        ("ledger.ts", "stock.ts", "labels.ts", "totals.test.ts", "import.ts"),
        ("stock count", "delivery note", "label sheet", "monthly total", "supplier list"),
    ),
    Project(
        "orchard-map",
        ("rows.rs", "trees.rs", "harvest.rs", "map.rs", "main.rs"),
        ("row plan", "tree register", "harvest forecast", "irrigation map", "pruning list"),
    ),
    Project(
        "paper-kites",
        ("kite.go", "wind.go", "line.go", "workshop.go", "kite_test.go"),
        ("wind model", "line tension", "workshop plan", "material list", "flight diary"),
    ),
    Project(
        "bell-tower",
        ("changes.py", "ringers.py", "practice.py", "tower.py"),
        ("change ringing method", "practice rota", "bell weights", "tower diary"),
    ),
)

_ASKS: Final = (
    "Add a column for the season to the {thing}.",
    "The {thing} drops the last row. Find out why and mend it.",
    "Write tests for the {thing}, the empty case too.",
    "Rename the fields of the {thing} so that units stand in the names.",
    "Make the {thing} load in less than a second.",
    "Explain how {file} puts the {thing} together.",
    "Let the {thing} be sorted by date.",
    "Split {file}: reading apart from showing.",
    "The {thing} must keep what it does not understand.",
    "Show a warning when the {thing} is older than a week.",
    "Move the {thing} to its own file.",
    "Print the {thing} on one page.",
)
_FOLLOW_UPS: Final = (
    "Now the same for the other place where it is used.",
    "Keep the old name working for a while.",
    "That is too much. Only the first part, please.",
    "Run the tests again.",
    "Why did you choose that order?",
    "Leave {file} as it was.",
    "Good. Write one sentence for the change log.",
    "It still fails on an empty list.",
    "What would it cost to undo this later?",
    "Use the names we have in {file}.",
)
_ANSWERS: Final = (
    "I changed {file}: the {thing} is now read once and kept. The tests pass.",
    "The cause is in {file}. It stopped one line early when the {thing} had no last line break.",
    "Done. {file} has a new function and four tests; nothing else was touched.",
    "The {thing} is put together in two steps. First it is read, then sorted by day.",
    "I left the old name in place and made it point to the new one.",
    "Both places now share one function in {file}.",
    "The empty {thing} gives an empty page, and a test says so.",
    "Undoing it later means putting back one file, {file}.",
)
_NIGHT: Final = (
    "Go through every file and bring the comments up to date. Stop when the tests fail.",
    "Try the three layouts of the {thing} one after the other and note the times.",
    "Write a test for each function of {file} that has none.",
    "Replace the old names everywhere and open a branch with the result.",
)
_QUESTIONS: Final = (
    (
        "Sorting a shelf of maps",
        "How would you sort a shelf of old sea maps so that one finds them?",
    ),
    (
        "A notice for the reading room",
        "Word a short notice: the reading room closes early on Friday.",
    ),
    ("Watering a roof garden", "How often does a roof garden with herbs need water in June?"),
    ("A table of train times", "Turn these train times into a table with one row for each stop."),
    ("Difference between two knots", "What is the difference between a bowline and a sheet bend?"),
    (
        "A plan for the village fair",
        "Make a plan for a small fair: six stalls, one stage, two hours.",
    ),
    ("Units in a recipe for bread", "Rewrite a bread recipe for three loaves, in grams."),
    ("A regular expression for dates", "I need a regular expression for dates like 3 May 1990."),
    ("Naming the boats", "Ten names for rowing boats, all after winds."),
    ("How a lighthouse lens works", "Explain a lighthouse lens in six sentences."),
    ("A letter to the tea importer", "Draft a letter: the last delivery came without its note."),
    ("Checking a sum of fractions", "Is 2/3 + 3/8 more or less than 1? Show the steps."),
)
_MORE: Final = (
    "Shorter, please.",
    "And if there are only four of them?",
    "Put it in a list.",
    "Which part are you least sure of?",
    "Say it again for somebody who has never seen one.",
)
_REPLIES: Final = (
    "Begin with what people look for first. Put the rest behind it, in the order of the year. ",
    "There are three steps. Each can be checked before the next, and none needs a special tool. ",
    "In short: yes. The longer answer depends on the weather and on how much time there is. ",
    "Here is a version with half the words. The date stands first, the reason last. ",
    "Take the larger one to the left. What remains can be split evenly among the others. ",
)
LEARNED: Final = (
    "The reader needs the last line break.",
    "Sorting by day first is enough; the hour does not matter.",
    "The three layouts differ by less than the noise.",
    "One shared function is easier to test than two alike.",
)


def ask(rng: Random, project: Project, *, first: bool, alone: bool) -> str:
    """Return a request about a project."""
    texts = _NIGHT if alone else _ASKS if first else _FOLLOW_UPS
    return _filled(rng, rng.choice(texts), project)


def answer(rng: Random, project: Project) -> str:
    """Return an agent's answer."""
    return _filled(rng, rng.choice(_ANSWERS), project)


def question(rng: Random) -> tuple[str, str]:
    """Return (title, first question) of a conversation."""
    return rng.choice(_QUESTIONS)


def more(rng: Random) -> str:
    """Return a question that follows another."""
    return rng.choice(_MORE)


def reply(rng: Random) -> str:
    """Return an answer of some sentences."""
    return "".join(rng.choice(_REPLIES) for _ in range(rng.randint(2, 7))).strip()


def _filled(rng: Random, text: str, project: Project) -> str:
    return text.format(thing=rng.choice(project.things), file=rng.choice(project.files))
