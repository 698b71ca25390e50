import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from tokenworth.domain.refusal import Refusal
from tokenworth.store import asked_tables, migrations
from tokenworth.store import tables as declared
from tokenworth.store.connection import connect, open_store
from tokenworth.store.store import Store


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_files_are_private_under_any_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store(tmp_path / "new" / "store.db")
        store.set_setting("a", "b")
        assert mode(tmp_path / "new") == 0o700
        found = sorted((tmp_path / "new").iterdir())
        assert [path.name for path in found] == ["store.db", "store.db-shm", "store.db-wal"]
        assert {mode(path) for path in found} == {0o600}
        store.close()
    finally:
        os.umask(before)


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(path).close()
    opened = connect(path)
    opened.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    opened.close()
    before = path.read_bytes()
    with pytest.raises(Refusal, match="newer version"):
        Store(path)
    assert path.read_bytes() == before


def test_a_damaged_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"this is no database, " * 500)
    before = path.read_bytes()
    with pytest.raises(Refusal, match="damaged"):
        Store(path)
    assert path.read_bytes() == before


def test_a_missing_store_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no store"):
        Store(tmp_path / "store.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_locked_store_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tokenworth.store.connection.BUSY_SECONDS", 0.05)
    path = tmp_path / "store.db"
    first, second = Store(path), Store(path)
    first.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refusal, match="in use by another program"):
        second.set_setting("a", "b")
    first.connection.execute("ROLLBACK")
    second.set_setting("a", "b")
    assert first.setting("a") == "b"
    first.close()
    second.close()


def test_a_full_disk_is_refused_and_nothing_is_half_stored(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Refusal, match="no space left"):
        store.set_setting("big", "x" * 1_000_000)
    assert store.setting("big") is None
    store.close()


def test_a_key_opens_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(path, key=b"k" * 32)
    store.set_setting("a", "canary words")
    store.close()
    assert b"canary" not in path.read_bytes()
    with pytest.raises(Refusal):
        Store(path, key=b"x" * 32)
    with pytest.raises(Refusal):
        Store(path)
    again = Store(path, key=b"k" * 32)
    assert again.setting("a") == "canary words"
    again.close()


def test_the_steps_end_where_the_tables_are_declared(tmp_path: Path) -> None:
    """Columns, types, nullability, keys and indexes, table by table."""
    store = open_store(tmp_path / "store.db")
    plain = sqlite3.connect(":memory:")
    from sqlalchemy import create_engine  # noqa: PLC0415 -- the test's own

    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    plain = sqlite3.connect(tmp_path / "declared.db")
    names = set(SQLModel.metadata.tables)
    assert {declared.Message.__tablename__, asked_tables.FrameSession.__tablename__} <= names
    for name in sorted(names):
        ours = _shape(store, name)
        theirs = _shape(plain, name)
        assert ours == theirs, name
    made = {
        row[0]
        for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row[0].startswith(("sqlite_", "session_text"))
    }
    assert made == names
    plain.close()
    store.close()


TYPES = {"VARCHAR": "TEXT", "FLOAT": "REAL"}


def _shape(connection: object, table: str) -> tuple[object, object]:
    columns = [
        (name, TYPES.get(kind, kind), bool(required), key)
        for _, name, kind, required, _, key in connection.execute(  # type: ignore[attr-defined]
            f'PRAGMA table_info("{table}")'
        )
    ]
    indexes = {
        (name, unique): [
            row[2]
            for row in connection.execute(f'PRAGMA index_info("{name}")')  # type: ignore[attr-defined]
        ]
        for _, name, unique, origin, _ in connection.execute(  # type: ignore[attr-defined]
            f'PRAGMA index_list("{table}")'
        )
        if origin == "c"
    }
    return columns, indexes


@pytest.mark.parametrize("broken", range(len(migrations.STEPS[0])))
def test_a_step_that_breaks_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    path = tmp_path / "store.db"
    statements = list(migrations.STEPS[0])
    statements.insert(broken, "SELECT this is no SQL")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (tuple(statements),))
        with pytest.raises(Exception, match="no such column"):
            Store(path)
    opened = connect(path)
    assert opened.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    opened.close()
    Store(path).close()
