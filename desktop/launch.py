"""Set up, once, what the app or its tests need, then run them. Standard library only.

``python3 desktop`` and ``python3 tests`` come through here. Everything goes into ``.venv`` beside
this folder: the versions of the locks, each file held against its checksum. ``.venv/ready`` says
which locks it holds, so the second time costs nothing. ``python3 desktop/launch.py checks`` adds
the developer's tools and prints the path of the environment's Python.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "app": ("requirements.lock",),
    "tests": ("tests/requirements.lock", "requirements.lock"),
    "checks": (".ci/requirements.lock", "tests/requirements.lock", "requirements.lock"),
}
"""What is installed for each purpose: the first of its locks, which holds all of the others."""
SIZES = {"app": "about 440 MB", "tests": "about 480 MB", "checks": "about 560 MB"}
FAILED = 3
INTERRUPTED = 130

STEP = re.compile(r"(Collecting|Requirement already satisfied:) ([\w.-]+)==(\S+)")
FILE = re.compile(r"(Processing) .*?([^/\\]+?)-(\d[^-]*)-\S+\.whl")
SIZE = re.compile(r"\s*(?:Downloading|Using cached) \S+ \((.+)\)")


class SetupError(Exception):
    """Setting up cannot go on, in words; the person can mend it."""


class Setup:
    """The environment of one checkout."""

    def __init__(self, root: Path, purpose: str) -> None:
        self.root = root
        self.purpose = purpose
        self.locks = [root / name for name in LOCKS[purpose]]
        self.folder = root / ".venv"
        self.stamp = self.folder / "ready"
        inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.python = self.folder.joinpath(*inside)

    def is_ready(self) -> bool:
        """Whether the environment holds this very lock, for this version of Python."""
        try:
            known = self.stamp.read_text("ascii").split()
        except (OSError, ValueError):
            return False
        return digest(self.locks[0]) in known and self.python.exists()

    def make_ready(self) -> None:
        """Set up what is not there yet. Raises SetupError, in words, and OSError."""
        if self.is_ready():
            return
        with alone(self.root):
            if self.is_ready():  # by the other one, while this one waited
                return
            began = time.monotonic()
            self._make_folder()
            self.stamp.unlink(missing_ok=True)
            self._install()
            self._add_checkout()
            fresh = self.stamp.with_suffix(".new")
            fresh.write_text("\n".join(digest(lock) for lock in self.locks) + "\n", "ascii")
            fresh.replace(self.stamp)
            say(f"Ready after {time.monotonic() - began:.0f} s.")

    def _make_folder(self) -> None:
        with contextlib.suppress(OSError):
            settings = (self.folder / "pyvenv.cfg").read_text("utf-8")
            if self.python.exists() and re.search(rf"version\S* = {version()}\.", settings):
                return
        for make in (by_venv, by_hand):
            if self.folder.exists():
                shutil.rmtree(self.folder)
            if make(self.folder):
                return
        raise SetupError(
            f"Python's venv module could not make {self.folder}. "
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )

    def _install(self) -> None:
        options = ["--require-hashes", "--only-binary=:all:", "--progress-bar=off", "--no-input"]
        quiet = ["--disable-pip-version-check", "--no-warn-script-location"]
        order = ["install", *options, *quiet, "-r", str(self.locks[0])]
        total = self.locks[0].read_text("utf-8").count("==") - _compared(self.locks[0])
        log = self.folder / "setup.log"
        progress = Progress(total, SIZES[self.purpose])
        with log.open("w", encoding="utf-8") as kept, self._start(order) as pip:
            for line in pip.stdout or ():
                kept.write(line)
                progress.read(line)
        if pip.returncode:
            raise SetupError(f"{progress.trouble()} All that pip said is in {log}.")

    def _start(self, order: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self._pip(), *order],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            cwd=self.root,
            env=environment(PYTHONUNBUFFERED="1"),
        )

    def _pip(self) -> list[str]:
        if pip_version() >= (22, 3):  # the first that installs into another environment
            return [sys.executable, "-m", "pip", "--python", str(self.python)]
        if importlib.util.find_spec("ensurepip") and not call(self.python, "-m", "ensurepip"):
            return [str(self.python), "-m", "pip"]
        mend = "sudo apt install python3-pip" if shutil.which("apt-get") else "see pip's manual"
        raise SetupError(f"Python's installer, pip, is missing. To install it: {mend}")

    def _add_checkout(self) -> None:
        """Put desktop/ on the environment's path, so that the app runs as it stands here."""
        base = {"base": str(self.folder), "platbase": str(self.folder)}
        packages = Path(sysconfig.get_path("purelib", "venv", base))
        line = os.path.relpath(self.root / "desktop", packages)
        (packages / "tokenworth-checkout.pth").write_text(line + "\n", "utf-8")


class Progress:
    """Turns what pip prints into a line for each package."""

    def __init__(self, total: int, size: str) -> None:
        self.total = total
        self.size = size
        self.seen: list[str] = []
        self.errors: list[str] = []
        self.is_offline = False
        self._waiting = ""

    def read(self, line: str) -> None:
        """Take in one line of pip's and say what it means."""
        step, size = STEP.match(line) or FILE.match(line), SIZE.match(line)
        if line.startswith("Ignoring "):
            self.total -= 1
        elif step and step[2] not in self.seen:
            self._tell("")
            if not self.seen:
                say(f"Setting up once, in .venv: {self.total} packages, {self.size}.")
            self.seen.append(step[2])
            self._waiting = f"{len(self.seen):4}/{self.total}  {step[2]} {step[3]}"
            if step[1].startswith("Requirement"):
                self._tell(", already there")
        elif size:
            self._tell(f", {size[1]}")
        elif line.startswith("Installing collected"):
            self._tell("")
            say("Installing them.")
        elif "WARNING: Retrying" in line:
            self.is_offline = True
            say("No answer from the package index; trying again.")
        elif line.lstrip().startswith("ERROR:"):
            self.errors.append(line.strip()[len("ERROR:") :].strip())

    def trouble(self) -> str:
        """Return why it failed, in words."""
        said = " ".join(self.errors)
        if "HASH" in said or "hashes" in said.lower():
            return "A downloaded file is not the one that was locked, so nothing was installed."
        if "No matching distribution" in said and not self.is_offline:
            return (
                "One of the packages is not made for this machine: it takes 64-bit Windows, "
                "macOS 13 or newer, or Linux with glibc 2.34 (on ARM 2.39) or newer."
            )
        if "No space left" in said:
            return f"The disk is full; {self.size} are needed."
        return "The packages could not be fetched: is there a connection? Then run this again."

    def _tell(self, rest: str) -> None:
        if self._waiting:
            say(self._waiting + rest)
            self._waiting = ""


def by_venv(folder: Path) -> bool:
    """Make an environment with Python's own module; Debian has it, but not the pip that it adds."""
    return call(Path(sys.executable), "-m", "venv", "--without-pip", str(folder)) == 0


def by_hand(folder: Path) -> bool:
    """Make an environment where that module is missing: a link, a folder and a file of settings."""
    if os.name == "nt":
        return False
    base = Path(getattr(sys, "_base_executable", sys.executable))
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(base)
    (folder / "lib" / f"python{version()}" / "site-packages").mkdir(parents=True)
    lines = (
        f"home = {base.parent}",
        "include-system-site-packages = false",
        f"version = {version()}.{sys.version_info[2]}",
    )
    (folder / "pyvenv.cfg").write_text("\n".join(lines) + "\n", "utf-8")
    return True


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keep a second set-up of the same checkout waiting, where the system can."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        yield
        return
    held = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another set-up of this checkout is at work; waiting for it.")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def version() -> str:
    """Return the running Python's version, as in "3.11"."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def pip_version() -> tuple[int, ...]:
    """Return the version of this Python's pip; empty where it has none."""
    try:
        pip = importlib.import_module("pip")
    except ImportError:
        return ()
    return tuple(int(part) for part in re.findall(r"\d+", pip.__version__)[:2])


def digest(lock: Path) -> str:
    """Return the checksum of a lock for the running Python. Raises OSError."""
    return hashlib.sha256(lock.read_bytes() + version().encode()).hexdigest()


def environment(**more: str) -> dict[str, str]:
    """Return the variables for a child: nothing that would bring in packages from elsewhere."""
    strange = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")
    kept = {name: value for name, value in os.environ.items() if name not in strange}
    return {**kept, "PYTHONSAFEPATH": "1", "PIP_USER": "0", **more}


def call(python: Path, *arguments: str) -> int:
    """Run a Python without a word; return its exit status."""
    done = subprocess.run([python, *arguments], capture_output=True, check=False, env=environment())
    return done.returncode


def say(words: str) -> None:
    """Speak to the person; standard output is the program's own."""
    print(words, file=sys.stderr, flush=True)


def run(python: Path, arguments: list[str]) -> int:
    """Become the program; on Windows, which cannot, run it and return its exit status."""
    command = [str(python), *arguments]
    if os.name != "nt":
        os.execve(command[0], command, environment())  # noqa: S606 - no shell is wanted
    with subprocess.Popen(command, env=environment()) as child:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # the child has it too, and decides
                return child.wait()


def prepare(purpose: str) -> Path:
    """Set up; return the environment's Python. Raises SystemExit, with words, where it cannot."""
    os.umask(0o077)
    if sys.version_info[:2] < OLDEST:
        say(f"Tokenworth needs Python 3.11 or newer, and this is {version()}: use a newer one.")
        raise SystemExit(FAILED)
    setup = Setup(ROOT, purpose)
    try:
        setup.make_ready()
    except SetupError as error:
        say(str(error))
    except OSError as error:
        say(f"Setting up failed: {error.strerror or error}: {error.filename or setup.folder}")
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
        raise SystemExit(INTERRUPTED) from None
    else:
        return setup.python
    raise SystemExit(FAILED)


def _compared(lock: Path) -> int:
    """Count the "==" of a lock that stand in conditions, not in pins."""
    lines = lock.read_text("utf-8").splitlines()
    return sum(line.partition(";")[2].count("==") for line in lines)


if __name__ == "__main__":
    print(prepare(sys.argv[1] if len(sys.argv) > 1 else "app"))
