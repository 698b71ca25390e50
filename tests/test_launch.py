"""The two commands, on checkouts of their own: real environments, real pip, one made-up package."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

import launch

ROOT = Path(__file__).parents[1]
LAUNCHERS = ("desktop/__main__.py", "desktop/launch.py", "tests/__main__.py")
BASE = Path(getattr(sys, "_base_executable", sys.executable))
APP = """
import os, sys, tiny
mask = os.umask(0)
print(tiny.WORDS, sys.argv[1:], f"umask {mask:03o}", sys.prefix)
"""


def write_lock(root: Path, checksum: str) -> None:
    words = f"tiny==1.0 \\\n    --hash=sha256:{checksum}\n"
    words += f"other==2.0 ; sys_platform == 'nowhere' \\\n    --hash=sha256:{'0' * 64}\n"
    for name in ("requirements.lock", "tests/requirements.lock"):
        (root / name).write_text(f"# {name}\n{words}")


def make_checkout(root: Path) -> Path:
    """Lay out the launchers, an app of one file, and a lock of one package."""
    for name in LAUNCHERS:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    (root / "desktop" / "tokenworth").mkdir()
    (root / "desktop" / "tokenworth" / "__main__.py").write_text(APP)
    wheels = root / "wheels"
    wheels.mkdir()
    wheel = wheels / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("tiny.py", "WORDS = 'the tiny one'")
        packed.writestr("pytest.py", "import os, sys; print('tested', sys.argv[1:], os.getcwd())")
        info = "tiny-1.0.dist-info"
        packed.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        packed.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        packed.writestr(f"{info}/RECORD", "")
    write_lock(root, hashlib.sha256(wheel.read_bytes()).hexdigest())
    return root


def run(
    root: Path, folder: str, *arguments: str, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (root / "wheels").as_uri()}
    return subprocess.run(
        [BASE, root / folder, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd or root,
        env={**os.environ, **pip, "PIP_CONFIG_FILE": os.devnull, **more},
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that `python3 desktop` has set up."""
    root = make_checkout(tmp_path_factory.mktemp("made") / "a check out")
    first = run(root, "desktop", "usage", "--by", "day")
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"the tiny one ['usage', '--by', 'day'] umask 077 {root / '.venv'}\n"
    told = first.stderr.splitlines()
    assert re.fullmatch(r"Setting up once, in \.venv: 1 packages, about \d+ MB\.", told[0])
    assert told[1] == "   1/1  tiny 1.0"
    assert told[2] == "Installing them."
    assert re.fullmatch(r"Ready after \d+ s\.", told[3])
    return root


@pytest.fixture
def checkout(made: Path, tmp_path: Path) -> Path:
    """The same, somewhere else: a checkout that was moved after it was set up."""
    return Path(shutil.copytree(made, tmp_path / "checkout", symlinks=True))


def test_the_second_time_it_does_nothing(made: Path) -> None:
    before = (made / ".venv" / "setup.log").stat().st_mtime_ns
    again = run(made, "desktop", PIP_FIND_LINKS="/nowhere")
    assert (again.returncode, again.stderr) == (0, "")
    assert "the tiny one []" in again.stdout
    assert (made / ".venv" / "setup.log").stat().st_mtime_ns == before


@pytest.mark.skipif(os.name == "nt", reason="links and modes as on POSIX")
def test_a_moved_checkout_still_runs(checkout: Path) -> None:
    moved = run(checkout, "desktop")
    assert (moved.returncode, moved.stderr) == (0, "")
    assert str(checkout / ".venv") in moved.stdout


def test_a_new_lock_is_installed_and_the_tests_lock_holds_the_app_too(checkout: Path) -> None:
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("# a newer one\n")
    tests = run(checkout, "tests", "-k", "x", cwd=checkout.parent)
    assert tests.stdout == f"tested ['-k', 'x'] {checkout}\n"
    assert "   1/1  tiny 1.0, already there" in tests.stderr
    app = run(checkout, "desktop", PIP_FIND_LINKS="/nowhere")
    assert (app.returncode, app.stderr) == (0, "")


def test_a_file_that_is_not_the_locked_one_is_refused(checkout: Path) -> None:
    good = hashlib.sha256((checkout / "wheels" / "tiny-1.0-py3-none-any.whl").read_bytes())
    shutil.rmtree(checkout / ".venv")
    write_lock(checkout, "f" * 64)
    for _ in range(2):  # what failed does not count as done
        refused = run(checkout, "desktop")
        assert refused.returncode == 3
        assert "is not the one that was locked" in refused.stderr
        assert refused.stdout == ""
    write_lock(checkout, good.hexdigest())
    assert run(checkout, "desktop").returncode == 0


@pytest.mark.parametrize("damage", ["half made", "no python", "another version"])
def test_what_is_no_whole_environment_is_made_anew(checkout: Path, damage: str) -> None:
    venv = checkout / ".venv"
    if damage == "half made":  # stopped before the end
        (venv / "ready").unlink()
        (venv / "pyvenv.cfg").unlink()
    elif damage == "no python":  # it was uninstalled
        python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        python.unlink()
        python.symlink_to("/nowhere/python")
    else:  # the system's was upgraded
        (venv / "ready").write_text("0" * 64)
        (venv / "pyvenv.cfg").write_text("version = 3.5.1\n")
    (venv / "left over").touch()
    done = run(checkout, "desktop")
    assert done.returncode == 0, done.stderr
    assert not (venv / "left over").exists()


def test_nothing_from_elsewhere_gets_in(made: Path, tmp_path: Path) -> None:
    for name in ("tiny.py", "tokenworth.py", "runpy.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong one')")
    done = run(made, "desktop", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert "the tiny one" in done.stdout


def test_no_connection_is_said_in_words(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    refused = run(checkout, "desktop", PIP_FIND_LINKS=(checkout / "tests").as_uri())
    assert refused.returncode == 3
    assert len(refused.stderr.strip().splitlines()) == 1
    assert "setup.log" in refused.stderr


@pytest.mark.skipif(os.name == "nt", reason="only for systems with links")
def test_an_environment_can_be_made_without_the_venv_module(tmp_path: Path) -> None:
    assert launch.by_hand(tmp_path / "v")
    words = "import sys, sysconfig; print(sys.prefix, sysconfig.get_path('purelib'))"
    asked = [tmp_path / "v" / "bin" / "python", "-c", words]
    prefix, packages = subprocess.check_output(asked, text=True).split()
    assert prefix == str(tmp_path / "v")
    assert Path(packages).is_dir()
    assert Path(packages).is_relative_to(tmp_path)


def test_without_pip_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(launch, "pip_version", lambda: ())
    monkeypatch.setattr(
        launch.importlib.util,
        "find_spec",
        lambda name: None if name == "ensurepip" else find_spec(name),
    )
    root = make_checkout(tmp_path / "checkout")
    with pytest.raises(launch.SetupError, match="pip, is missing"):
        launch.Setup(root, "app").make_ready()


def test_an_old_python_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        launch.prepare("app")
    assert stopped.value.code == 3
    assert capsys.readouterr().err == (
        "Tokenworth needs Python 3.11 or newer, and this is 3.9: use a newer one.\n"
    )


@pytest.mark.parametrize("name", LAUNCHERS)
def test_an_old_python_can_read_the_launchers(name: str) -> None:
    ast.parse((ROOT / name).read_text(), feature_version=(3, 8))


def test_what_pip_prints_becomes_a_line_for_each_package(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = launch.Progress(3, "about 9 MB")
    for line in (
        "Ignoring tzdata: markers 'sys_platform == \"win32\"' don't match your environment",
        "Collecting one==1.2 (from -r x.lock (line 2))",
        "  Downloading one-1.2-cp311-none-any.whl (97.1 MB)",
        "Requirement already satisfied: two==2 in ./x (from -r x.lock (line 5))",
        "Requirement already satisfied: one==1.2 in ./x (from two->-r x.lock (line 5))",
        "Installing collected packages: one",
    ):
        progress.read(line + "\n")
    assert capsys.readouterr().err.splitlines() == [
        "Setting up once, in .venv: 2 packages, about 9 MB.",
        "   1/2  one 1.2, 97.1 MB",
        "   2/2  two 2, already there",
        "Installing them.",
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"], "not the one that was locked"),
        (["ERROR: No matching distribution found for x"], "not made for this machine"),
        (
            ["WARNING: Retrying (x)", "ERROR: No matching distribution found for x"],
            "is there a connection",
        ),
        (["ERROR: [Errno 28] No space left on device"], "disk is full"),
    ],
)
def test_why_pip_failed_is_told_in_words(lines: list[str], words: str) -> None:
    progress = launch.Progress(1, "about 9 MB")
    for line in lines:
        progress.read(line)
    assert words in progress.trouble()


def test_two_at_once_do_not_disturb_each_other(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    environment = {
        **os.environ,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": (checkout / "wheels").as_uri(),
        "PIP_CONFIG_FILE": os.devnull,
    }
    both = [
        subprocess.Popen([BASE, checkout / "desktop"], stderr=subprocess.PIPE, env=environment)
        for _ in range(2)
    ]
    said = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sum("Setting up once" in words for words in said) == 1
