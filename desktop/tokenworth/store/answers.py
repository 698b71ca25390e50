"""What a person says: answers appended to a hash chain, and notes. Through SQLModel's tables."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session as Unit
from sqlmodel import col, select

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import FORM_VERSION, Minutes, Tag
from tokenworth.store import tables
from tokenworth.store.connection import Connection, refusals
from tokenworth.store.standing import answers_of, held, restand
from tokenworth.store.week_views import forget_frame, forget_session

FIRST_HASH = "0" * 64


@dataclass(frozen=True)
class Form:
    """How a form was filled in."""

    masked: bool
    asked_at: int  # ms
    answered_at: int  # ms
    form_ms: int
    source: str = "volunteered"
    u: float | None = None  # its random number
    position: int | None = None  # in the queue
    inclusion: float | None = None  # at the planned number
    declared_explore: bool | None = None


def engine_over(connection: Connection) -> Engine:
    """Return an engine that works on an open connection, one writing transaction at a time."""
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: connection, poolclass=StaticPool
    )
    event.listen(engine, "begin", lambda opened: opened.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def fingerprint(answer: tables.Answer) -> str:
    """Return the SHA-256 of a record: its columns but the running number, as canonical JSON."""
    values = {name: getattr(answer, name) for name in tables.Answer.model_fields if name != "seq"}
    text = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Answers:
    """The append-only answers and the notes of one open store."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._engine = engine_over(connection)

    def give(self, sessions: Sequence[tuple[str, str]], tag: Tag, form: Form) -> list[str]:
        """Append one answer for each (session uid, period), all or none; return their ids.

        Raises Refusal.
        """
        rows = []
        with refusals(self._path), Unit(self._engine) as unit:
            for uid, period in sessions:
                again = form.source.startswith("second")
                before = [
                    answer
                    for answer in held(answers_of(self._connection, uid))
                    if answer.source.startswith("second") == again
                ]
                row = _row(uid, period, tag, form)
                row.first_or_changed = "changed" if before else "first"
                row.replaces = before[-1].answer_id if before else None
                rows.append(row)
            return self._append(unit, rows)

    def withdraw(self, answer_ids: Sequence[str], now: int) -> list[str]:
        """Take answers back by appending withdrawals; return the ids of those. Raises Refusal."""
        with refusals(self._path), Unit(self._engine) as unit:
            found = {
                row.answer_id: row
                for row in unit.exec(
                    select(tables.Answer).where(col(tables.Answer.answer_id).in_(answer_ids))
                )
            }
            if len(found) != len(set(answer_ids)):
                raise Refusal("An answer to be taken back is not in this store.")
            rows = []
            for answer_id in answer_ids:
                old = found[answer_id]
                form = Form(bool(old.masked), now, now, 0, old.source)
                row = _row(old.session_uid, old.period, Tag(status="withdrawn"), form)
                row.first_or_changed, row.replaces = "changed", answer_id
                rows.append(row)
            return self._append(unit, rows)

    def _append(self, unit: Unit, rows: Sequence[tables.Answer]) -> list[str]:
        last = unit.exec(
            select(tables.Answer).order_by(col(tables.Answer.seq).desc()).limit(1)
        ).first()
        link = fingerprint(last) if last else FIRST_HASH
        ids = []
        for row in rows:
            row.prev_hash = link
            link = fingerprint(row)
            ids.append(row.answer_id)
        unit.add_all(rows)
        unit.flush()
        for uid in {row.session_uid for row in rows}:
            restand(self._connection, uid)
            forget_session(self._connection, uid)
        for period in {row.period for row in rows}:
            forget_frame(self._connection, period)
        unit.commit()
        return ids

    def note(self, uid: str, text: str, now: int) -> str:
        """Set a session's note; return the one before. Raises Refusal."""
        with refusals(self._path), Unit(self._engine) as unit:
            row = unit.get(tables.Note, uid)
            before = row.text if row else ""
            row = row or tables.Note(session_uid=uid, text="", changed_at=now)
            row.text, row.changed_at = text, now
            unit.add(row)
            unit.commit()
        return before

    def broken_links(self) -> list[str]:
        """Return the answers whose link to the one before does not hold; all well: none."""
        broken = []
        link = FIRST_HASH
        with refusals(self._path), Unit(self._engine) as unit:
            for row in unit.exec(select(tables.Answer).order_by(col(tables.Answer.seq))):
                if row.prev_hash != link:
                    broken.append(row.answer_id)
                link = fingerprint(row)
        return broken


def _row(uid: str, period: str, tag: Tag, form: Form) -> tables.Answer:
    return tables.Answer(
        answer_id=uuid.uuid4().hex,
        session_uid=uid,
        period=period,
        form_version=FORM_VERSION,
        source=form.source,
        purpose=tag.purpose.value if tag.purpose else None,
        fate=tag.fate.value if tag.fate else None,
        **_minutes("c", tag.by_hand),
        **_minutes("r", tag.after_work),
        learned=tag.learned or None,
        k1=tag.could_alone,
        k2=tag.can_explain,
        others=tag.others,
        world_changed=None if tag.world_changed is None else int(tag.world_changed),
        declared_explore=None if form.declared_explore is None else int(form.declared_explore),
        u=form.u,
        position=form.position,
        lambda_n=form.inclusion,
        status=tag.status,
        masked=int(form.masked),
        first_or_changed="first",
        asked_at=form.asked_at,
        answered_at=form.answered_at,
        form_ms=form.form_ms,
        prev_hash="",
    )


def _minutes(letter: str, told: Minutes | None) -> dict[str, Any]:
    names: Iterable[str] = (f"{letter}_key", f"{letter}_lo", f"{letter}_hi", f"{letter}_val")
    values = (told.key, told.low, told.high, told.value) if told else (None,) * 4
    return dict(zip(names, values, strict=True))
