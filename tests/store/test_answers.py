import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TIMING, UTC_ZONE, call, event, piece, thread

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag, minutes_value, steps
from tokenworth.store.answers import Answers, Form
from tokenworth.store.store import Store
from tokenworth.store.writing import Writer

ASKED = Form(masked=True, asked_at=1, answered_at=2, form_ms=9000)
USED = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(1))


@pytest.fixture
def answers(store: Store, writer: Writer) -> Answers:
    writer.add([piece("a", [thread("A")], [call("1", "A", 1)], [event("x", "A", 0)])])
    return Answers(store.connection, store.path)


def uid_of(store: Store) -> str:
    return str(store.connection.execute("SELECT uid FROM session").fetchone()[0])


def shown(store: Store) -> tuple[object, ...]:
    row = store.connection.execute(
        "SELECT status, purpose, fate, round(value_min, 3), changed FROM session"
    ).fetchone()
    return tuple(row)


def test_an_answer_stands_until_it_is_changed_or_taken_back(store: Store, answers: Answers) -> None:
    uid = uid_of(store)
    (first,) = answers.give([(uid, "2026-W02a")], USED, ASKED)
    # 30 to 60 minutes count (60 - 30) / ln 2 = 43.281; under 2 min after-work counts 1
    assert shown(store) == ("answered", "needed", "u", 42.281, 0)
    (second,) = answers.give([(uid, "2026-W02a")], Tag(Purpose.SHOW, Fate.KEPT), ASKED)
    assert shown(store) == ("answered", "show", "k", 0.0, 1)
    answers.withdraw([second], 5)
    assert shown(store) == ("answered", "needed", "u", 42.281, 0)
    answers.withdraw([first], 6)
    assert shown(store) == (None, None, None, None, 0)
    kept = store.detail(1).answers
    assert [a.tag.status for a in kept] == ["answered", "answered", "withdrawn", "withdrawn"]
    assert [a.replaces for a in kept] == [None, first, second, first]


def test_skipped_is_kept_and_is_no_outcome(store: Store, answers: Answers) -> None:
    answers.give([(uid_of(store), "2026-W02a")], Tag(status="skipped"), ASKED)
    assert shown(store) == ("skipped", None, None, None, 0)


def test_answers_are_chained(store: Store, answers: Answers) -> None:
    uid = uid_of(store)
    for _ in range(3):
        answers.give([(uid, "2026-W02a")], USED, ASKED)
    assert answers.broken_links() == []
    names = [row[1] for row in store.connection.execute("PRAGMA table_info(answer)")]
    rows = [
        dict(zip(names, row, strict=True))
        for row in store.connection.execute("SELECT * FROM answer ORDER BY seq")
    ]
    link = "0" * 64
    for row in rows:
        assert row["prev_hash"] == link
        del row["seq"]
        text = json.dumps(row, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        link = hashlib.sha256(text.encode()).hexdigest()
    store.connection.execute("UPDATE answer SET fate = 'd' WHERE seq = 2")
    assert answers.broken_links() == [rows[2]["answer_id"]]


def test_one_answer_for_many_is_all_or_none(store: Store, answers: Answers) -> None:
    with pytest.raises(Refusal):
        answers.withdraw(["no such answer"], 1)
    assert store.detail(1).answers == ()


def test_answers_outlive_their_session(store: Store, writer: Writer, answers: Answers) -> None:
    """A sub-agent's own session goes when its parent comes; what was said of it stays."""
    writer.add([piece("c", [thread("C", parent=thread("P").id)], [call("9", "C", 3)], [])])
    uid = store.connection.execute("SELECT uid FROM session WHERE unattended").fetchone()[0]
    answers.give([(uid, "2026-W02a")], USED, ASKED)
    writer.add([piece("p", [thread("P")], [call("8", "P", 2)], [event("p", "P", 1)])])
    gone = store.connection.execute("SELECT count(*) FROM session WHERE uid = ?", (uid,))
    assert gone.fetchone()[0] == 0
    kept = store.connection.execute("SELECT count(*) FROM answer WHERE session_uid = ?", (uid,))
    assert kept.fetchone()[0] == 1


def test_answers_stand_again_when_a_store_is_read_anew(
    store: Store, answers: Answers, tmp_path: Path
) -> None:
    answers.give([(uid_of(store), "2026-W02a")], USED, ASKED)
    other = Store(tmp_path / "other.db")
    columns = ",".join("?" * 33)
    other.connection.executemany(
        f"INSERT INTO answer VALUES ({columns})",
        store.connection.execute("SELECT * FROM answer").fetchall(),
    )
    again = piece("a", [thread("A")], [call("1", "A", 1)], [event("x", "A", 0)])
    other.writer(UTC_ZONE, TIMING).add([again])
    assert shown(other) == ("answered", "needed", "u", 42.281, 0)
    other.close()


def test_notes(store: Store, answers: Answers) -> None:
    uid = uid_of(store)
    assert answers.note(uid, "first", 1) == ""
    assert answers.note(uid, "second", 2) == "first"
    assert store.detail(1).note == "second"


@given(st.sampled_from(list(Purpose)), st.sampled_from(list(Fate)), st.booleans())
def test_what_is_asked_follows_the_form(purpose: Purpose, fate: Fate, learned: bool) -> None:
    asked = steps(purpose, fate, learned=learned)
    assert asked[:2] == ("purpose", "fate")
    in_use = fate in (Fate.PART, Fate.USED)
    needs_hand = purpose is Purpose.EXPLORE or (purpose is Purpose.NEEDED and in_use)
    assert ("by_hand" in asked) == needs_hand
    assert ("after_work" in asked) == (fate is not Fate.ABANDONED)
    assert ("learned" in asked) == (learned or purpose is Purpose.EXPLORE)


def test_buckets_of_the_specification() -> None:
    """Spec v1, 1: the row of values."""
    values = [Minutes.of(key).value for key in range(9)]
    assert [round(value, 3) for value in values] == [
        0, 1, 3.274, 9.102, 21.640, 43.281, 86.562, 173.123, 346.247,
    ]  # fmt: skip
    assert Minutes.of(9, 20, 20).value == 20
    assert minutes_value(0, 10) == 5
    for bad in ((9, 30, 20), (9, -1, 2), (9, 0, 0), (10, 0, 0), (-1, 0, 0)):
        with pytest.raises(ValueError):  # noqa: PT011 -- the words are for people
            Minutes.of(*bad)


def test_by_hand_time_counts_only_where_the_work_would_have_been_done() -> None:
    hour = Minutes.of(6)
    counted = {
        (Purpose.NEEDED, Fate.USED), (Purpose.NEEDED, Fate.PART),
        (Purpose.EXPLORE, Fate.USED), (Purpose.EXPLORE, Fate.PART),
    }  # fmt: skip
    for purpose in Purpose:
        for fate in Fate:
            tag = Tag(purpose, fate, hour, Minutes.of(2))
            expected = hour.value if (purpose, fate) in counted else 0
            assert tag.value_minutes == expected - Minutes.of(2).value
    taught = Tag(Purpose.EXPLORE, Fate.DISCARDED, hour, None, "it fails on generics")
    assert taught.value_minutes == hour.value
