"""The store's one line of history: numbered steps of plain SQL, each one transaction.

To add one: append a tuple of statements to STEPS, change tables.py to match (a test holds the two
together), and put a small store of the version before under tests/store/.
"""

import contextlib
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from tokenworth.domain.refusal import Refusal

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)",
        """CREATE TABLE source_file (
            id INTEGER PRIMARY KEY NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL,
            size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
            "offset" INTEGER NOT NULL, line INTEGER NOT NULL, state BLOB NOT NULL,
            fingerprint BLOB NOT NULL, imported_at INTEGER NOT NULL)""",
        "CREATE UNIQUE INDEX source_file_path ON source_file (path)",
        """CREATE TABLE problem (
            id INTEGER PRIMARY KEY NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
            kind TEXT NOT NULL, words TEXT NOT NULL)""",
        "CREATE INDEX problem_file ON problem (file)",
        "CREATE TABLE model (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL)",
        "CREATE UNIQUE INDEX model_name ON model (name)",
        """CREATE TABLE project (
            id INTEGER PRIMARY KEY NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL)""",
        "CREATE UNIQUE INDEX project_path ON project (path)",
        """CREATE TABLE thread (
            id INTEGER PRIMARY KEY NOT NULL, kind TEXT NOT NULL, "key" TEXT NOT NULL,
            parent INTEGER NOT NULL, root INTEGER NOT NULL, title TEXT NOT NULL,
            title_rank INTEGER NOT NULL, folder TEXT NOT NULL, folder_count INTEGER NOT NULL,
            project INTEGER NOT NULL, branch TEXT NOT NULL, first_request TEXT NOT NULL,
            first_request_ts INTEGER NOT NULL, last_answer TEXT NOT NULL,
            last_answer_ts INTEGER NOT NULL, automated INTEGER, files TEXT NOT NULL)""",
        "CREATE INDEX thread_root ON thread (root)",
        "CREATE INDEX thread_parent ON thread (parent)",
        """CREATE TABLE thread_file (
            thread INTEGER NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (thread, file))""",
        "CREATE INDEX thread_file_file ON thread_file (file)",
        """CREATE TABLE message (
            id INTEGER PRIMARY KEY NOT NULL, thread INTEGER NOT NULL, session INTEGER NOT NULL,
            ts INTEGER NOT NULL, day INTEGER NOT NULL, model INTEGER NOT NULL,
            upper INTEGER NOT NULL, input INTEGER, cache_write_5m INTEGER, cache_write_1h INTEGER,
            cache_read INTEGER, output INTEGER, reasoning INTEGER, flags INTEGER NOT NULL,
            weight INTEGER NOT NULL, tools TEXT NOT NULL, file INTEGER NOT NULL,
            line INTEGER NOT NULL)""",
        "CREATE INDEX message_session ON message (session)",
        """CREATE TABLE act (
            id INTEGER PRIMARY KEY NOT NULL, thread INTEGER NOT NULL, session INTEGER NOT NULL,
            ts INTEGER NOT NULL, day INTEGER NOT NULL, act INTEGER NOT NULL,
            human INTEGER NOT NULL, low REAL NOT NULL, mid REAL NOT NULL, high REAL NOT NULL,
            file INTEGER NOT NULL, line INTEGER NOT NULL)""",
        "CREATE INDEX act_session ON act (session)",
        "CREATE INDEX act_ts ON act (ts)",
        """CREATE TABLE copy (
            record INTEGER NOT NULL, thread INTEGER NOT NULL, PRIMARY KEY (record, thread))""",
        "CREATE INDEX copy_thread ON copy (thread)",
        """CREATE TABLE session (
            id INTEGER PRIMARY KEY NOT NULL, uid TEXT NOT NULL, "key" TEXT NOT NULL,
            thread INTEGER NOT NULL, kind TEXT NOT NULL, project INTEGER NOT NULL,
            start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL, title TEXT NOT NULL,
            automated INTEGER, unattended INTEGER NOT NULL, turns INTEGER NOT NULL,
            low REAL NOT NULL, mid REAL NOT NULL, high REAL NOT NULL, messages INTEGER NOT NULL,
            new_tokens INTEGER, estimated_tokens INTEGER, cost REAL, unpriced INTEGER NOT NULL,
            status TEXT, purpose TEXT, fate TEXT, value_min REAL, changed INTEGER NOT NULL)""",
        "CREATE UNIQUE INDEX session_uid ON session (uid)",
        "CREATE INDEX session_thread ON session (thread)",
        "CREATE INDEX session_start ON session (start_ts)",
        "CREATE INDEX session_title ON session (title COLLATE NOCASE, start_ts DESC)",
        """CREATE TABLE session_day (
            session INTEGER NOT NULL, day INTEGER NOT NULL, model INTEGER NOT NULL,
            upper INTEGER NOT NULL, messages INTEGER NOT NULL, input INTEGER,
            cache_write_5m INTEGER, cache_write_1h INTEGER, cache_read INTEGER, output INTEGER,
            reasoning INTEGER, estimated_input INTEGER, estimated_output INTEGER, cost REAL,
            unpriced INTEGER NOT NULL, PRIMARY KEY (session, day, model, upper))""",
        "CREATE INDEX session_day_day ON session_day (day)",
        """CREATE TABLE attention_day (
            session INTEGER NOT NULL, day INTEGER NOT NULL, turns INTEGER NOT NULL,
            low REAL NOT NULL, mid REAL NOT NULL, high REAL NOT NULL,
            PRIMARY KEY (session, day))""",
        """CREATE TABLE answer (
            seq INTEGER PRIMARY KEY NOT NULL, answer_id TEXT NOT NULL, session_uid TEXT NOT NULL,
            period TEXT NOT NULL, form_version TEXT NOT NULL, source TEXT NOT NULL, u REAL,
            position INTEGER, lambda_n REAL, purpose TEXT, fate TEXT, c_key INTEGER, c_lo REAL,
            c_hi REAL, c_val REAL, r_key INTEGER, r_lo REAL, r_hi REAL, r_val REAL, learned TEXT,
            k1 TEXT, k2 TEXT, others TEXT, world_changed INTEGER, declared_explore INTEGER,
            status TEXT NOT NULL, masked INTEGER NOT NULL, first_or_changed TEXT NOT NULL,
            replaces TEXT, asked_at INTEGER NOT NULL, answered_at INTEGER NOT NULL,
            form_ms INTEGER NOT NULL, prev_hash TEXT NOT NULL)""",
        "CREATE UNIQUE INDEX answer_answer_id ON answer (answer_id)",
        "CREATE INDEX answer_session_uid ON answer (session_uid)",
        """CREATE TABLE note (
            session_uid TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL,
            changed_at INTEGER NOT NULL)""",
        """CREATE TABLE import_run (
            id INTEGER PRIMARY KEY NOT NULL, finished_at INTEGER NOT NULL, kind TEXT NOT NULL,
            files INTEGER NOT NULL, sessions INTEGER NOT NULL, messages INTEGER NOT NULL,
            duplicates INTEGER NOT NULL, problems INTEGER NOT NULL)""",
        """CREATE VIRTUAL TABLE session_text USING fts5 (
            title, request, project, tokenize = 'unicode61 remove_diacritics 2')""",
    ),
    (
        """CREATE TABLE frame (
            period TEXT PRIMARY KEY NOT NULL, start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL,
            frozen_at INTEGER NOT NULL, drawn_at INTEGER, stopped_at INTEGER,
            planned INTEGER NOT NULL)""",
        """CREATE TABLE frame_session (
            period TEXT NOT NULL, session_uid TEXT NOT NULL, sort TEXT NOT NULL,
            end_ts INTEGER NOT NULL, low REAL NOT NULL, mid REAL NOT NULL, high REAL NOT NULL,
            cost REAL, new_tokens INTEGER, estimated_tokens INTEGER, role TEXT, u REAL,
            inclusion REAL, position INTEGER, answer_id TEXT,
            PRIMARY KEY (period, session_uid))""",
        "CREATE INDEX frame_session_session_uid ON frame_session (session_uid)",
        """CREATE TABLE second_look (
            kind TEXT NOT NULL, session_uid TEXT NOT NULL, week TEXT NOT NULL,
            first_answer TEXT NOT NULL, u REAL NOT NULL, inclusion REAL NOT NULL,
            drawn_at INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (kind, session_uid))""",
        """CREATE TABLE second_week (
            kind TEXT NOT NULL, week TEXT NOT NULL, candidates INTEGER NOT NULL,
            PRIMARY KEY (kind, week))""",
        """CREATE TABLE practice (
            taken_at INTEGER NOT NULL, number INTEGER NOT NULL, purpose TEXT NOT NULL,
            fate TEXT NOT NULL, PRIMARY KEY (taken_at, number))""",
        """CREATE TABLE declaration (
            declared_at INTEGER PRIMARY KEY NOT NULL, explore INTEGER NOT NULL,
            forecast_low REAL, forecast_high REAL, withdrawn INTEGER NOT NULL)""",
        """CREATE TABLE week_view (
            week INTEGER PRIMARY KEY NOT NULL, made BLOB NOT NULL)""",
        "CREATE INDEX attention_day_day ON attention_day (day)",
        "CREATE INDEX answer_period ON answer (period)",
    ),
)
VERSION = len(STEPS)


def version_of(connection: Any) -> int:
    """Return the version a store says it is at; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Any, path: Path) -> None:
    """Walk the steps a store has not taken yet. Raises Refusal for a newer store.

    An older store that holds something is copied beside itself first.
    """
    version = version_of(connection)
    if version > VERSION:
        raise Refusal(
            f"The store {path} was written by a newer version of this app (it is at {version}, "
            f"this app knows {VERSION}).",
            "It was left as it is. Update the app, or choose another store.",
        )
    if 0 < version < VERSION:
        _copy(connection, path, version)
    for number in range(version + 1, VERSION + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) < number:  # another process may have been quicker
                for statement in STEPS[number - 1]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _copy(connection: Any, path: Path, version: int) -> None:
    target = path.with_name(f"{path.name}.before-{version + 1}")
    if target.exists():
        return
    target.touch(mode=0o600)
    with contextlib.closing(sqlcipher.connect(str(target))) as copy:
        connection.backup(copy)
