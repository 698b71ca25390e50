"""What the app promises of privacy, seen from outside: no connection, files of its owner only."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sealed

import tokenworth
from tokenworth import preflight

PACKAGES = Path(tokenworth.__file__).parents[1]
CAUGHT = 97
AUDIT = f"""
import os, socket, sys
def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname") or (
        event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6)
    ):
        os.write(2, f"{{event}} {{arguments[1:]}}\\n".encode())
        os._exit({CAUGHT})
sys.addaudithook(watch)
"""
WINDOW = pytest.mark.skipif(
    preflight.check(window=False) is not None, reason="Qt's system libraries are not installed"
)


class Watched:
    """Runs Python where a first step towards the internet is its last."""

    def __init__(self, guard: str, folder: Path) -> None:
        self.guard = guard
        self.environment = {**os.environ, "PYTHONPATH": str(PACKAGES)}
        if guard == "audit":
            (folder / "sitecustomize.py").write_text(AUDIT)
            self.environment["PYTHONPATH"] = f"{folder}{os.pathsep}{PACKAGES}"

    def run(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run it under umask 000, so that files are only as private as the app makes them."""
        sealing = [sealed.__file__] if self.guard == "kernel" else []
        done = subprocess.run(
            [sys.executable, *sealing, *arguments],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=90,
            env={**self.environment, **more},
            **({} if os.name == "nt" else {"umask": 0}),
        )
        if self.guard == "kernel" and done.returncode == sealed.UNSUPPORTED:
            pytest.skip("this kernel takes no filters")
        return done

    def app(self, *arguments: str | Path, **more: str) -> str:
        """Run the app to its good end; return what it printed."""
        done = self.run("-m", "tokenworth", *arguments, **more)
        assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
        return done.stdout


@pytest.fixture(params=["audit", "kernel"])
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Watched:
    return Watched(str(request.param), tmp_path)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Two small files of Claude Code, made up."""
    folder = tmp_path / "history"
    folder.mkdir()
    for name in ("0f1a", "0f1b"):
        thread = {"sessionId": name, "cwd": "/home/robin/harbour", "isSidechain": False}
        usage = {"input_tokens": 10, "output_tokens": 100, "cache_read_input_tokens": 500}
        lines = (
            {
                "type": "user", "uuid": f"{name}-u", "timestamp": "2026-03-02T09:00:00.000Z",
                "message": {"role": "user", "content": "Fix the tide table"}, **thread,
            },
            {
                "type": "assistant", "uuid": f"{name}-a", "timestamp": "2026-03-02T09:01:00.000Z",
                "message": {
                    "id": f"msg_{name}", "role": "assistant", "model": "claude-sonnet-4-5",
                    "stop_reason": "end_turn", "usage": usage,
                    "content": [{"type": "text", "text": "Done."}],
                }, **thread,
            },
        )  # fmt: skip
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text)
    return folder


def open_to_others(folder: Path) -> list[str]:
    """Return what others than the owner could read, or write, or look into."""
    found = [folder, *folder.rglob("*")]
    loose = [path for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    return [f"{path} {path.lstat().st_mode:o}" for path in loose if not path.is_symlink()]


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_the_guard_ends_what_opens_a_socket(watched: Watched, family: str) -> None:
    done = watched.run("-c", f"import socket; socket.socket(socket.{family}); print('got through')")
    assert done.returncode in (CAUGHT, -31)  # 31: SIGSYS
    assert "got through" not in done.stdout


def test_the_guard_lets_everything_else_be(watched: Watched) -> None:
    words = "import socket; socket.socketpair()" if os.name != "nt" else ""
    assert watched.run("-c", words).returncode == 0


def test_a_day_on_the_command_line_opens_no_connection(watched: Watched, history: Path) -> None:
    watched.app("import", history)
    usage = json.loads(watched.app("usage", "--json"))
    assert usage
    for command in (["sessions", "--json"], ["week", "2026-W10"], ["sources"], ["check"]):
        assert watched.app(*command)


@WINDOW
@pytest.mark.slow
def test_the_window_on_sample_data_opens_no_connection(watched: Watched, own_places: Path) -> None:
    watched.app("--demo", TOKENWORTH_SMOKE="1", QT_QPA_PLATFORM="offscreen")
    if os.name == "posix":
        assert not open_to_others(own_places / "tokenworth")


@pytest.mark.skipif(os.name != "posix", reason="modes as on POSIX")
def test_what_is_kept_is_for_its_owner_only(
    tmp_path: Path, history: Path, own_places: Path
) -> None:
    watched = Watched("none", tmp_path)
    before = set(own_places.rglob("*"))
    watched.app("import", history)
    watched.app("usage")
    kept = own_places / "tokenworth"
    assert [path for path in kept.rglob("*") if path.is_file()]
    assert not open_to_others(kept)
    elsewhere = set(own_places.rglob("*")) - before - {kept, *kept.rglob("*")}
    assert not elsewhere
