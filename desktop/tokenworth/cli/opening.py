"""The store that a command works on."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tokenworth.places import store_path

if TYPE_CHECKING:
    from tokenworth.workflows.library import Library


def path_of(options: argparse.Namespace) -> Path:
    """Return the path of the store that was asked for, or of the person's own."""
    path: Path | None = options.store
    if path is not None:
        return path.absolute()
    return store_path()


@contextlib.contextmanager
def opened(options: argparse.Namespace) -> Iterator["Library"]:
    """Open the store, and close it whatever happens. Raises Refusal where there is none."""
    from tokenworth.workflows.library import Library  # noqa: PLC0415 -- an import needs none of it

    library = Library(path_of(options), create=False)
    try:
        yield library
    finally:
        library.close()
