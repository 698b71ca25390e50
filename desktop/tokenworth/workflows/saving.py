"""Writing a file for a person: whole or not at all, readable by its owner only."""

import os
import tempfile
from pathlib import Path

from tokenworth.domain.refusal import Refusal


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises Refusal."""
    try:
        write_whole(path, content)
    except OSError as error:
        words = error.strerror or str(error)
        raise Refusal(
            f"{path} could not be written: {words}.", "Choose another folder, or make room."
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its final name, then put it there. Raises OSError; nothing half is left.

    The file has mode 0600 under any umask.
    """
    kept: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        kept = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        kept.chmod(0o600)
        kept.replace(path)
    except OSError:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
