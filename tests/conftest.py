"""What every test stands in: places of its own, no network, UTC, and no thread left behind."""

import os
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tokenworth import preflight

TESTS = Path(__file__).parent
IN_CI = bool(os.environ.get("CI"))

os.environ.setdefault(
    "QT_QPA_PLATFORM", "offscreen"
)  # no window jumps up; without a display Qt aborts
os.environ["TZ"] = "UTC"
os.environ["LC_ALL"] = "C.UTF-8"
if hasattr(time, "tzset"):
    time.tzset()

settings.register_profile(
    "tests",
    deadline=None,
    max_examples=50,
    derandomize=IN_CI,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")

MISSING = preflight.check(window=False)
NEEDS_QT = re.compile(
    rb"^\s*(?:from|import) (?:PySide6|pyqtgraph|pytestqt|tokenworth\.gui)", re.MULTILINE
)
NEEDS_CHECKOUT = ("test_house.py", "test_launch.py")
CHECKOUT = (TESTS.parent / "desktop" / "launch.py").is_file()

FORBIDDEN = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
LOCAL = "127.0.0.1"
connections: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what would leave this machine. Windows makes its socket pairs by way of LOCAL."""
    if event in FORBIDDEN:
        one = arguments[0]
        inner = not isinstance(one, socket.socket) or one.family == getattr(socket, "AF_UNIX", None)
        if inner or (sys.platform == "win32" and str(arguments[1:]).startswith(f"(('{LOCAL}'")):
            return
    elif event not in LOOK_UPS:
        return
    connections.append(f"{event} {arguments[1:]}")
    raise PermissionError(f"a test tried to use the network: {connections[-1]}")


sys.addaudithook(watch)


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Take pytest-qt out where Qt's libraries are missing: it would end the run at its start."""
    if MISSING and IN_CI:
        raise pytest.UsageError(MISSING.words)
    if MISSING:
        pluginmanager.unregister(name="pytest-qt")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what cannot run here: Qt without its libraries, the house without its checkout."""
    if collection_path.name in NEEDS_CHECKOUT and not CHECKOUT:
        return True
    if not MISSING:
        return None
    if collection_path == TESTS / "gui":
        return True
    is_test = collection_path.suffix == ".py" and collection_path.is_file()
    return True if is_test and NEEDS_QT.search(collection_path.read_bytes()) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out."""
    if MISSING:
        terminalreporter.write_line(f"The tests of the window were left out. {MISSING.words}")


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own, so that it can neither see nor touch the person's files."""
    home = tmp_path_factory.mktemp("home")
    for name, place in {
        "HOME": "",
        "USERPROFILE": "",
        "TOKENWORTH_HOME": "tokenworth",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CONFIG_HOME": ".config",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "CLAUDE_CONFIG_DIR": ".claude",
        "CODEX_HOME": ".codex",
    }.items():
        monkeypatch.setenv(name, str(home / place))
    return home


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout, for tests of what is not in the wheel."""
    if not CHECKOUT:
        pytest.skip("only in a checkout")
    return TESTS.parent


@pytest.fixture
def attempts() -> list[str]:
    """What the network guard has refused during this test."""
    return connections


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Fail a test that used the network, even if it hid it, or that left a thread running."""
    before = set(threading.enumerate())
    yield
    tried, connections[:] = list(connections), []
    assert not tried
    started = [one for one in threading.enumerate() if one not in before and not one.daemon]
    for one in started:
        one.join(timeout=2)
    assert not [one.name for one in started if one.is_alive()]
