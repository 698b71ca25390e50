"""Opening the one file: private modes, safe pragmas, and refusals in words."""

import contextlib
import os
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlcipher3.dbapi2 as sqlcipher

from tokenworth.domain.refusal import Refusal
from tokenworth.store.migrations import VERSION, migrate

if TYPE_CHECKING:  # the two are of one shape, and only one has types
    from sqlite3 import Connection
else:
    Connection = sqlcipher.Connection
BUSY_SECONDS = 30
PRAGMAS = (
    "foreign_keys=OFF",  # order of arrival is not order of reference: a sub-agent may come first
    "journal_mode=WAL",
    "synchronous=FULL",  # with NORMAL a power cut loses answers already acknowledged
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
)


def make_private(path: Path) -> None:
    """Make the file (mode 0600) and its folder (0700) before SQLite does, under any umask.

    SQLite gives its -wal and -shm the mode of the file. Raises OSError.
    """
    folder = path.parent
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700)
        folder.chmod(0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def connect(path: Path, key: str | bytes | None = None) -> Connection:
    """Open an existing store without looking at its version. Raises Refusal."""
    address = f"file:{urllib.parse.quote(str(path))}?mode=rw"
    with refusals(path):
        connection: Any = sqlcipher.connect(
            address,
            uri=True,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        try:
            _unlock(connection, key)
            for pragma in PRAGMAS:
                connection.execute("PRAGMA " + pragma)
            connection.execute("CREATE TEMP TABLE queued (uid TEXT PRIMARY KEY)")
        except BaseException:
            connection.close()
            raise
        return cast("Connection", connection)


def _unlock(connection: Connection, key: str | bytes | None) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")  # else a wrong key is told on stderr
    if isinstance(key, bytes):
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    elif key is not None:
        connection.execute("PRAGMA key='" + key.replace("'", "''") + "'")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def open_store(path: Path, *, create: bool = True, key: str | bytes | None = None) -> Connection:
    """Open a store at this version, making or migrating it where needed. Raises Refusal."""
    if not path.exists() and not create:
        raise Refusal(f"There is no store at {path}.", "Import something first.")
    with refusals(path):
        if create:
            make_private(path)
        connection = connect(path, key)
        try:
            migrate(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn what the file system and SQLite say into a Refusal a person can act on."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        if refusal := _refusal(path, str(error)):
            raise refusal from error
        raise  # a fault of ours
    except OSError as error:
        words = error.strerror or str(error)
        raise Refusal(
            f"The store {path} cannot be used: {words}.",
            "Check the folder's permissions and space.",
        ) from error


def _refusal(path: Path, said: str) -> Refusal | None:
    low = said.lower()
    if "locked" in low or "busy" in low:
        return Refusal(
            f"The store {path} is in use by another program.", "Close it, or try again in a moment."
        )
    if "full" in low:
        return Refusal(
            f"There is no space left for the store {path}; it was left as it was.",
            "Free some space and try again.",
        )
    if "readonly" in low or "unable to open" in low:
        return Refusal(
            f"The store {path} cannot be written to.", "Check the permissions of its folder."
        )
    if "not a database" in low or "malformed" in low or "encrypted" in low or "i/o" in low:
        return Refusal(
            f"The store {path} is damaged, or is no store of this app ({said}).",
            "It was left as it is. Put a copy of it back, or choose another store.",
        )
    return None


@contextlib.contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """One write transaction: everything in it, or nothing. Raises Refusal."""
    with refusals(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


__all__ = [
    "VERSION",
    "Connection",
    "connect",
    "make_private",
    "open_store",
    "refusals",
    "transaction",
]
