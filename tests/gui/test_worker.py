"""The thread beside the window, and the questions it answers."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from fake import FakeLibrary
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tokenworth.domain.refusal import Refusal
from tokenworth.gui.asks import Asks
from tokenworth.gui.worker import Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Worker:
    assert qtbot
    return Worker()


def test_job_runs_elsewhere_and_its_answer_comes_here(qtbot: QtBot, worker: Worker) -> None:
    threads: list[int] = []

    def done(result: int) -> None:
        threads.extend([result, threading.get_ident()])

    worker.run(threading.get_ident, done)
    qtbot.waitUntil(lambda: len(threads) == 2)
    worker.close()
    assert threads[0] != threads[1] == threading.get_ident()


def test_jobs_run_in_order(qtbot: QtBot, worker: Worker) -> None:
    got: list[int] = []
    for number in range(20):
        worker.run(lambda number=number: number, got.append)
    qtbot.waitUntil(lambda: len(got) == 20)
    worker.close()
    assert got == list(range(20))


def test_dropped_answer_is_forgotten_and_its_job_not_begun(qtbot: QtBot, worker: Worker) -> None:
    gate = threading.Event()
    ran: list[str] = []
    got: list[object] = []
    worker.run(gate.wait)
    ticket = worker.run(lambda: ran.append("dropped"), got.append)
    worker.run(lambda: ran.append("kept"), got.append)
    ticket.drop()
    gate.set()
    qtbot.waitUntil(lambda: len(got) == 1)
    worker.close()
    assert ran == ["kept"]


def test_dropped_order_is_still_carried_out(worker: Worker) -> None:
    gate = threading.Event()
    ran: list[str] = []
    worker.run(gate.wait)
    worker.run(lambda: ran.append("tag"), order=True).drop()
    worker.run(lambda: ran.append("question"))
    closing = threading.Thread(target=gate.set)
    closing.start()
    worker.close()
    closing.join()
    assert "tag" in ran


def test_close_drops_questions_but_not_orders(worker: Worker) -> None:
    gate = threading.Event()
    begun = threading.Event()
    ran: list[str] = []

    def first() -> None:
        begun.set()
        gate.wait()

    worker.run(first)
    begun.wait()
    worker.run(lambda: ran.append("question"))
    worker.run(lambda: ran.append("order"), order=True)
    worker._closing = True
    gate.set()
    worker.close()
    assert ran == ["order"]


def test_failure_goes_to_its_owner_or_to_all(qtbot: QtBot, worker: Worker) -> None:
    owned: list[Exception] = []
    worker.run(lambda: 1 // 0, failed=owned.append)
    with qtbot.waitSignal(worker.failed) as loose:
        worker.run(lambda: {}["nothing"])
    worker.close()
    assert isinstance(owned[0], ZeroDivisionError)
    assert isinstance(loose.args[0], KeyError)


def test_asking_reaches_the_store(qtbot: QtBot, asks: Asks) -> None:
    got: list[int] = []
    asks.ask(lambda library: library.count(), got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [60] == [asks.count]


def test_telling_says_that_the_store_changed_once(
    qtbot: QtBot, asks: Asks, library: FakeLibrary
) -> None:
    changes: list[int] = []
    asks.changed.connect(lambda: changes.append(1))
    got: list[str] = []
    asks.tell(lambda opened: opened.note(3, "kept"), got.append)
    asks.look()
    asks.ask(lambda opened: opened.detail(3).note, got.append)
    qtbot.waitUntil(lambda: len(got) == 2)
    assert got == ["", "kept"]
    assert len(changes) == 1
    assert library.notes == {3: "kept"}


def test_what_others_write_is_noticed(qtbot: QtBot, asks: Asks, library: FakeLibrary) -> None:
    library.commits += 1
    with qtbot.waitSignal(asks.changed):
        asks.look()


def test_kept_setting_disturbs_nobody(qtbot: QtBot, asks: Asks, library: FakeLibrary) -> None:
    with qtbot.assertNotEmitted(asks.changed):
        asks.keep("x", "1")
        asks.look()
        got: list[object] = []
        asks.ask(lambda opened: opened.setting("x"), got.append)
        qtbot.waitUntil(lambda: bool(got))
    assert library.settings == {"x": "1"}


def test_refusal_is_told_and_questions_before_a_store_are_not(qtbot: QtBot) -> None:
    def refuse(_path: Path) -> FakeLibrary:
        raise Refusal("The store is locked.", "Close the other program.")

    asks = Asks(Worker(), opener=refuse)  # type: ignore[arg-type]
    loose: list[Exception] = []
    asks.failed.connect(loose.append)
    with qtbot.waitSignal(asks.refused) as told:
        asks.open(Path("/nowhere"))
        asks.ask(lambda library: library.count())
    asks.close()
    assert str(told.args[0]) == "The store is locked. Close the other program."
    assert loose == []


def test_opening_another_store_closes_the_first(
    qtbot: QtBot, open_asks: Callable[[FakeLibrary], Asks], library: FakeLibrary
) -> None:
    asks = open_asks(library)
    other = FakeLibrary(3, demo=True)
    asks._opener = lambda _path: other  # type: ignore[assignment,return-value]
    with qtbot.waitSignal(asks.opened):
        asks.open(other.path)
    assert library.closed
    assert (asks.demo, asks.count) == (True, 3)


def test_void_calls_keep_the_count_of_none(qtbot: QtBot) -> None:
    """PySide6 6.12 lost a reference to None at each void call on CPython 3.11, until it crashed."""
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("0")
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 50
