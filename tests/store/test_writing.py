import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from making import HOUR, MINUTE, START, TIMING, UTC_ZONE, call, event, piece, thread

from tokenworth.domain.records import Act, Flag
from tokenworth.domain.views import SessionQuery, SessionRow
from tokenworth.prices import price_list
from tokenworth.store.store import Store
from tokenworth.store.writing import FilePiece, Writer


def rows(store: Store) -> list[SessionRow]:
    return store.rows(store.session_ids(SessionQuery(descending=False, masked=False)))


def test_a_session_is_summed(store: Store, writer: Writer) -> None:
    added = writer.add(
        [
            piece(
                "a.jsonl",
                [thread("A", folder="/home/robin/shop", folder_count=2, first_request="Fix it")],
                [
                    call("1", "A", 1, output=100, cache_read=1000),
                    call("2", "A", 2, output=200, cache_write_5m=50, cache_write_1h=7),
                ],
                [event("e", "A", 0)],
            )
        ]
    )
    assert added["claude_code"].messages == 2
    (row,) = rows(store)
    assert row.new_tokens == 5 + 100 + 5 + 200 + 50 + 7
    assert (row.title, row.project, row.turns, row.unattended) == ("Fix it", "shop", 1, False)
    assert (row.start_ts, row.end_ts) == (START, START + 2 * MINUTE)
    # sonnet 4.5 a million: 3 fresh, 3.75 and 6 written, 0.3 read, 15 out
    dollars = (10 * 3 + 50 * 3.75 + 7 * 6 + 1000 * 0.3 + 300 * 15) / 1e6
    assert abs((row.cost_usd or 0) - dollars) < 1e-12
    (total,) = store.usage("total")
    assert (total.input, total.cache_write_5m, total.cache_write_1h) == (10, 50, 7)
    assert (total.cache_read, total.output, total.messages) == (1000, 300, 2)
    assert total.reasoning is None
    assert store.doubts() == []


def test_attention_of_the_specification(store: Store, writer: Writer) -> None:
    """Spec v1, 9.4."""
    acts = [(0, "a"), (1, "a"), (3, "b"), (4, "a"), (12, "b"), (13, "b"), (40, "c"), (46, "c")]
    for number, (at, name) in enumerate(acts):  # one by one: each import moves its neighbours
        writer.add([piece(name, [thread(name)], [], [event(str(number), name, at)])])
    got = {
        detail.row.start_ts: (detail.attention_low, detail.row.active_min, detail.attention_high)
        for detail in (store.detail(row.id) for row in rows(store))
    }
    assert got == {
        START: (2.5, 4.5, 5),
        START + 3 * MINUTE: (3.5, 5.5, 14),
        START + 40 * MINUTE: (1, 5, 12),
    }


def test_a_message_after_eight_hours_opens_a_session(store: Store, writer: Writer) -> None:
    night = HOUR / MINUTE * 8 + 2
    writer.add(
        [
            piece(
                "a",
                [thread("A")],
                [call("1", "A", 1), call("2", "A", night + 1)],
                [event("x", "A", 0), event("y", "A", night), event("z", "A", night + 5)],
            )
        ]
    )
    assert [(row.turns, row.new_tokens) for row in rows(store)] == [(1, 15), (2, 15)]
    first = rows(store)[0].uid
    writer.add([piece("a", [], [call("3", "A", 2 * night + 6)], [event("w", "A", 2 * night + 6)])])
    assert [row.turns for row in rows(store)] == [1, 2, 1]
    assert rows(store)[0].uid == first


def test_an_agent_at_work_is_no_silence(store: Store, writer: Writer) -> None:
    calls = [call(str(n), "A", 60 * n) for n in range(1, 10)]
    writer.add([piece("a", [thread("A")], calls, [event("x", "A", 0), event("y", "A", 600)])])
    assert [row.turns for row in rows(store)] == [2]


def test_commands_and_interrupts_open_nothing(store: Store, writer: Writer) -> None:
    acts = [
        event("x", "A", 0),
        event("y", "A", 600, Act.COMMAND),
        event("z", "A", 1200, Act.INTERRUPT),
    ]
    writer.add([piece("a", [thread("A")], [], acts)])
    assert [row.turns for row in rows(store)] == [1]


def test_sub_agents_belong_to_their_parent_whichever_comes_first(
    store: Store, writer: Writer
) -> None:
    child = piece(
        "c",
        [thread("C", parent=thread("A").id)],
        [call("9", "C", 3, flags=int(Flag.SIDECHAIN))],
        [],
    )
    writer.add([child])
    assert [(row.unattended, row.new_tokens) for row in rows(store)] == [(True, 15)]
    writer.add([piece("a", [thread("A")], [call("1", "A", 1)], [event("x", "A", 0)])])
    assert [(row.unattended, row.new_tokens) for row in rows(store)] == [(False, 30)]
    assert store.doubts() == []


def test_a_copy_belongs_to_the_older_thread(store: Store, writer: Writer) -> None:
    shared = [("1", 1.0), ("2", 2.0)]
    original = piece(
        "a", [thread("A")], [call(n, "A", at) for n, at in shared], [event("x", "A", 0)]
    )
    fork = piece(
        "b",
        [thread("B")],
        [*(call(n, "B", at) for n, at in shared), call("3", "B", 60)],
        [event("x", "B", 0), event("y", "B", 59)],
    )
    added = [writer.add([item])["claude_code"] for item in (fork, original)]
    assert [(item.messages, item.duplicates) for item in added] == [(3, 0), (0, 2)]
    assert [(row.turns, row.new_tokens) for row in rows(store)] == [(1, 30), (1, 15)]
    (total,) = store.usage("total")
    assert (total.messages, total.sessions) == (3, 2)
    assert store.doubts() == []


def test_a_copy_of_a_copy_belongs_to_the_first(store: Store, writer: Writer) -> None:
    """Z is resumed as M, M as B: each file holds all that was before."""
    calls = [("1", 1.0), ("2", 60.0), ("3", 120.0)]
    files = [
        piece(
            key,
            [thread(key)],
            [call(name, key, at) for name, at in calls[:length]],
            [event(f"e{name}", key, at - 1) for name, at in calls[:length]],
        )
        for length, key in ((1, "Z"), (2, "M"), (3, "B"))
    ]
    for item in (files[1], files[2], files[0]):
        writer.add([item])
    held = store.connection.execute(
        "SELECT key, messages, turns FROM session ORDER BY start_ts"
    ).fetchall()
    assert held == [("Z", 1, 1), ("M", 1, 1), ("B", 1, 1)]


def test_a_sub_agents_records_make_no_thread_younger(store: Store, writer: Writer) -> None:
    """As above; the first has a sub-agent, whose records no resume copies."""
    calls = [("1", 1.0), ("2", 600.0), ("3", 1200.0)]
    for length, key in ((1, "Z"), (2, "M"), (3, "B")):
        held = [call(name, key, at) for name, at in calls[:length]]
        if key == "Z":
            held.append(call("agent", key, 2, flags=int(Flag.SIDECHAIN)))
        acts = [event(f"e{name}", key, at - 1) for name, at in calls[:length]]
        writer.add([piece(key, [thread(key)], held, acts)])
    found = store.connection.execute("SELECT key, messages FROM session ORDER BY start_ts")
    assert found.fetchall() == [("Z", 2), ("M", 1), ("B", 1)]


def test_the_fuller_copy_stands_and_the_earlier_time(store: Store, writer: Writer) -> None:
    writer.add([piece("a", [thread("A")], [call("1", "A", 5, output=3)], [event("x", "A", 0)])])
    writer.add([piece("b", [thread("A")], [call("1", "A", 4, output=400)], [])])
    writer.add([piece("c", [thread("A")], [call("1", "A", 9, output=40)], [])])
    (total,) = store.usage("total")
    assert (total.output, total.messages) == (400, 1)


def test_unknown_stays_unknown_and_estimates_apart(store: Store, writer: Writer) -> None:
    nothing = {
        "input": None, "cache_write_5m": None, "cache_write_1h": None, "cache_read": None,
        "model": "gpt-4o", "flags": int(Flag.ESTIMATED),
    }  # fmt: skip
    prompt = {**nothing, "input": 7, "output": None, "flags": int(Flag.ESTIMATED | Flag.PROMPT)}
    writer.add(
        [
            piece(
                "a",
                [thread("A")],
                [call("1", "A", 1, **nothing), call("p", "A", 0, **prompt)],
                [event("x", "A", 0)],
                kind="chatgpt",
            )
        ]
    )
    (total,) = store.usage("total")
    assert (total.input, total.output, total.cache_read, total.cost_usd) == (None,) * 4
    assert (total.estimated_input, total.estimated_output, total.messages) == (7, 10, 1)
    (row,) = rows(store)
    assert (row.new_tokens, row.estimated_tokens) == (None, 17)


def test_a_model_without_a_price_is_counted_as_unpriced(store: Store, writer: Writer) -> None:
    writer.add(
        [
            piece(
                "a", [thread("A")], [call("1", "A", 1, model="no-such-model")], [event("x", "A", 0)]
            )
        ]
    )
    (total,) = store.usage("total")
    assert (total.cost_usd, total.unpriced_tokens) == (None, 15)


def test_a_script_gets_no_attention(store: Store, writer: Writer) -> None:
    writer.add(
        [piece("a", [thread("A", automated=True)], [call("1", "A", 1)], [event("x", "A", 0)])]
    )
    (row,) = rows(store)
    assert (row.active_min, row.unattended, row.automated, row.turns) == (0, True, True, 1)
    writer.add([piece("b", [thread("A", automated=False)], [], [event("y", "A", 2)])])
    (row,) = rows(store)
    assert row.automated is False
    assert row.active_min == 1.5 + 2 + 1


keys = st.sampled_from("ABC")
ats = st.integers(0, 2000)


@st.composite
def histories(draw: st.DrawFn) -> list[FilePiece]:
    """Threads, forks that hold copies of others' records at the same times, and sub-agents."""
    pieces = []
    for number in range(draw(st.integers(1, 6))):
        key = draw(keys)
        names = draw(st.lists(st.integers(0, 12), max_size=6, unique=True))
        calls = [call(str(n), key, 37 * n, output=draw(st.integers(1, 9))) for n in names]
        acts = [event(str(n), key, 611 * n) for n in draw(st.sets(st.integers(0, 3), max_size=3))]
        parent = thread("A").id if key == "C" and draw(st.booleans()) else 0
        pieces.append(piece(f"f{number}", [thread(key, parent=parent)], calls, acts))
    return pieces


@given(histories(), st.randoms(use_true_random=False))
def test_totals_do_not_depend_on_order_or_repetition(
    pieces: list[FilePiece], rng: random.Random
) -> None:
    seen = []
    for turn in range(2):
        given_pieces = list(pieces)
        if turn:
            rng.shuffle(given_pieces)
            given_pieces += given_pieces[:2]
        opened = _fresh()
        writer = opened.writer(UTC_ZONE, TIMING)
        for item in given_pieces:
            writer.add([item])
        (total,) = opened.usage("total") or [None]
        seen.append(
            total and (total.messages, total.input, total.output, round(total.attention_min, 9))
        )
        assert opened.doubts() == []
        _drop(opened)
    assert seen[0] == seen[1]
    assert seen[0] is None or seen[0][0] == len({c.id for p in pieces for c in p.piece.calls})


def _fresh() -> Store:
    opened = Store(Path(tempfile.mkdtemp()) / "store.db")
    opened.settle(UTC_ZONE, price_list(), price_list().date)
    return opened


def _drop(opened: Store) -> None:
    opened.close()
    shutil.rmtree(opened.path.parent)
