"""The store of sample data: real files of made-up sessions, imported and tagged like any others."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tokenworth.places import demo_store_path
from tokenworth.samples import Given, write
from tokenworth.store.segments import session_uid
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library
from tokenworth.workflows.timing import zone

STAGES: Final = 3
DONE: Final = "samples_done"
MINUTE_MS: Final = 60_000
FORM_MS: Final = 9_000


def prepare(progress: Callable[[int, int], None] = lambda _done, _all: None) -> Path:
    """Make the store of sample data where there is none; return its path. Raises Refusal.

    One left unfinished is made anew: nothing in it is anybody's.
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
    _tag(path, given)
    progress(STAGES, STAGES)
    return path


def _is_done(path: Path) -> bool:
    library = Library(path)
    try:
        return library.setting(DONE) is not None
    finally:
        library.close()


def _tag(path: Path, given: Sequence[Given]) -> None:
    library = Library(path)
    try:
        for one in given:
            id_, _ = library.find(session_uid(one.kind, one.key))
            end = library.rows([id_])[0].end_ts
            at = end + round(one.minutes_after * MINUTE_MS)
            library.tag([id_], one.tag, masked=True, asked_at=at, form_ms=FORM_MS, answered_at=at)
        library.set_setting(DONE, "1")
    finally:
        library.close()
