"""Import files into a store, in this process."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tokenworth.domain.views import Found, ImportSummary, ProblemRow, Progress
from tokenworth.importers import IMPORTERS
from tokenworth.intake.finding import Candidate, Finder
from tokenworth.intake.importing import Intake, Wish, known_states
from tokenworth.prices import price_list
from tokenworth.store.store import Store
from tokenworth.workflows.timing import timing, zone


def import_files(  # noqa: PLR0913 -- each is a choice of its own
    store_path: Path,
    paths: Sequence[Path] = (),
    kinds: Sequence[str] = (),
    *,
    only_known: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportSummary:
    """Import paths, or with none what the tools left in their default places.

    `only_known` looks in default places for tools imported before only. Raises Refusal.
    """
    store = Store(store_path)
    try:
        here = zone()
        store.settle(here, price_list(), price_list().date)
        if only_known:
            held = {holding.kind for holding in store.holdings()}
            kinds = tuple(held.intersection(kinds) if kinds else held)
            if not kinds:
                return ImportSummary((), (), 0.0)
        intake = Intake(store, here, timing(), progress, cancelled)
        return intake.run(Wish(tuple(paths), tuple(kinds), os.environ, Path.home()))
    finally:
        store.close()


def look(
    store_path: Path, paths: Sequence[Path] = (), kinds: Sequence[str] = ()
) -> tuple[list[Found], list[ProblemRow]]:
    """Return what an import would read, by kind, and what it could not; nothing is imported."""
    known = {}
    if store_path.exists():
        store = Store(store_path, create=False)
        try:
            known = known_states(store)
        finally:
            store.close()
    finder = Finder(known, kinds)
    items = finder.paths(paths) if paths else finder.places(os.environ, Path.home())
    found: dict[str, list[int]] = {}
    problems = []
    for item in items:
        if isinstance(item, Candidate):
            found.setdefault(item.kind, []).append(item.size)
        else:
            problem = item.problem
            problems.append(ProblemRow(item.path, problem.line, problem.kind, problem.words))
    names = {row.kind: row for row in IMPORTERS}
    return [
        Found(kind, names[kind].name, "", len(sizes), sum(sizes), names[kind].retention)
        for kind, sizes in sorted(found.items())
    ], problems
