"""The guards of conftest.py guard."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from tokenworth import places


def test_a_connection_is_refused_and_remembered(attempts: list[str]) -> None:
    with socket.socket(socket.AF_INET) as one, pytest.raises(PermissionError):
        one.connect(("127.0.0.1", 9))
    with pytest.raises(PermissionError):
        socket.getaddrinfo("localhost", 80)
    assert len(attempts) == 2
    attempts.clear()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_sockets_within_the_machine_are_free(tmp_path: Path, attempts: list[str]) -> None:
    name = os.path.relpath(tmp_path / "s")  # a socket's name has room for 107 characters
    with socket.socket(socket.AF_UNIX) as door, socket.socket(socket.AF_UNIX) as guest:
        door.bind(name)
        door.listen()
        guest.connect(name)
    assert not attempts


def test_each_test_has_a_home_of_its_own(own_places: Path) -> None:
    assert Path.home() == own_places
    assert places.data_dir().is_relative_to(own_places)
    assert not list((own_places / "tokenworth").iterdir())


def test_the_clock_is_in_utc() -> None:
    assert time.localtime(0).tm_hour == 0


def test_the_thread_check_sees_threads() -> None:
    stop = threading.Event()
    worker = threading.Thread(target=stop.wait)
    worker.start()
    assert worker in threading.enumerate()
    assert not worker.daemon
    stop.set()
    worker.join()
