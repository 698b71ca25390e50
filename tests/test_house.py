"""The rules of the house: who may import whom, names, sizes, complete tables, locks."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tokenworth
from tokenworth import preflight
from tokenworth.domain.importer import Importer
from tokenworth.importers import IMPORTERS

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "desktop" / "tokenworth").rglob("*.py"))
LAUNCHERS = [ROOT / "desktop" / "__main__.py", ROOT / "desktop" / "launch.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LOCKS = ("requirements.lock", "tests/requirements.lock", ".ci/requirements.lock")
BANNED_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "base"}
NETWORK = {
    "socket", "socketserver", "ssl", "http", "urllib.request", "ftplib", "smtplib", "poplib",
    "imaplib", "xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore",
}  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    """Return every module a file imports, and every name it imports from one."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return names


def with_parents(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[: end + 1]) for end in range(len(parts))}


def pins(lock: str) -> dict[str, set[str]]:
    """Return the versions that a lock holds, by package."""
    found: dict[str, set[str]] = {}
    text = (ROOT / lock).read_text("utf-8")
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def wanted(group: str) -> list[Requirement]:
    """Return the requirements of a group of pyproject.toml, with those that it includes."""
    if not group:
        return [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    found = wanted("")
    for line in PROJECT["dependency-groups"][group]:
        found += [Requirement(line)] if isinstance(line, str) else wanted(line["include-group"])
    return found


def test_the_rooms_keep_to_their_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


@pytest.mark.parametrize("path", [*SOURCES, *LAUNCHERS], ids=name_of)
def test_nothing_imports_what_opens_connections(path: Path) -> None:
    reached = {parent for name in imported(path) for parent in with_parents(name)}
    assert not reached & NETWORK


def test_every_foreign_import_is_a_declared_dependency() -> None:
    distributions = packages_distributions()
    declared = {canonicalize_name(one.name) for one in wanted("")} | {"numpy", "shiboken6"}
    declared |= {"sqlalchemy"}  # numpy comes with pyqtgraph, sqlalchemy with sqlmodel
    for path in SOURCES:
        tops = {name.partition(".")[0] for name in imported(path)}
        foreign = tops - set(sys.stdlib_module_names) - {"tokenworth", "_typeshed"}
        for top in foreign:
            owners = {canonicalize_name(owner) for owner in distributions.get(top, [])}
            assert owners & declared, f"{name_of(path)} imports {top}"


def test_names_say_what_is_inside() -> None:
    parts = {part.removesuffix(".py") for path in SOURCES for part in path.relative_to(ROOT).parts}
    parts |= {path.stem.removeprefix("test_") for path in TESTS}
    assert not parts & BANNED_NAMES


def test_modules_are_short() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert not {name: count for name, count in lines.items() if count > 320}
    assert statistics.median(lines.values()) <= 150


def test_functions_are_short() -> None:
    long = [
        f"{name_of(path)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert not long


@pytest.mark.parametrize("path", [*SOURCES, *LAUNCHERS, *TESTS], ids=name_of)
def test_nothing_is_left_to_do(path: Path) -> None:
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "raise NotImplemented" + "Error"))
    assert not re.findall(rf"\b(?:{marks})\b", path.read_text("utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_pattern_meets_the_faults_of_the_oldest_python(path: Path) -> None:
    """Up to 3.11.4 possessive and atomic groups match wrongly (gh-101955, gh-106052).

    Debian 12 has 3.11.2. Possessive repeats of one character or set are sound: ``[a-z]++``.
    """
    texts = [
        node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    ]
    faulty = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")
    assert not [text for text in texts if faulty.search(text)]


def test_the_top_level_is_what_it_was_agreed_to_be() -> None:
    agreed = {"desktop", "resources", "tests", "pyproject.toml", "README.md", "LICENSE"}
    built = {"build", "dist"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - built == agreed | {"requirements.lock"}


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda row: str(row.kind))
def test_every_importer_is_complete(importer: Importer) -> None:
    home = Path("/home/somebody")
    assert re.fullmatch(r"[a-z][a-z0-9_]*", importer.kind)
    assert importer.name
    assert importer.counting in ("recorded", "estimated", "absent")
    for system in ("linux", "darwin", "win32"):
        assert all(place.is_absolute() for place in importer.places({}, home, system))
    for ask in (importer.wants, importer.recognises, importer.read, importer.transcript):
        assert callable(ask)
    assert not importer.recognises("", b"")
    assert not importer.recognises("x.bin", bytes(range(256)))
    module = sys.modules[f"tokenworth.importers.{importer.kind}"]
    assert len((module.__doc__ or "").strip()) > 80, "say which files, where, and what numbers mean"
    tests = list((ROOT / "tests" / "importers").glob(f"**/test_{importer.kind}*.py"))
    assert tests, f"no tests/importers/test_{importer.kind}.py"


def test_no_two_importers_have_one_name() -> None:
    assert len({row.kind for row in IMPORTERS}) == len({row.name for row in IMPORTERS})
    assert len({row.kind for row in IMPORTERS}) == len(IMPORTERS)


def test_the_command_line_starts_without_qt_and_without_the_database() -> None:
    words = (
        "import runpy, sys\n"
        "sys.argv = ['tokenworth', '--help']\n"
        "try: runpy.run_module('tokenworth', run_name='__main__')\n"
        "except SystemExit as end: status = end.code\n"
        "print(status or 0, *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    folder = str(Path(tokenworth.__file__).parents[1])
    said = subprocess.check_output([sys.executable, "-c", words], text=True, cwd=folder)
    status, *modules = said.splitlines()[-1].split()
    assert status == "0"
    assert not {"PySide6", "shiboken6", "pyqtgraph", "numpy"} & set(modules)


@pytest.mark.parametrize(
    ("lock", "group"), list(zip(LOCKS, ("", "test", "dev"), strict=True)), ids=LOCKS
)
def test_every_lock_holds_what_pyproject_asks_for(lock: str, group: str) -> None:
    held = pins(lock)
    for one in wanted(group):
        versions = held.get(canonicalize_name(one.name))
        assert versions, f"{one} is not in {lock}: run .ci/lock"
        assert all(one.specifier.contains(version) for version in versions), f"{one}: {versions}"


def test_each_lock_holds_the_smaller_ones() -> None:
    app, tests, checks = (pins(lock) for lock in LOCKS)
    assert app.items() <= tests.items() <= checks.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_file_has_a_checksum_and_no_place_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.partition("\n")[2].strip())
    assert entries
    for entry in entries:
        assert re.match(r"[\w.-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert not re.search(r"https?:|file:|--index|--find-links|/", text.partition("\n")[2])


@pytest.mark.parametrize(
    "name", [*LAUNCHERS, ROOT / ".ci" / "run", ROOT / ".ci" / "lock"], ids=name_of
)
def test_no_registry_is_named(name: Path) -> None:
    assert not re.search(r"https?://|pypi|pythonhosted|--index|--extra", name.read_text("utf-8"))


def test_the_readme_names_the_libraries_that_the_window_needs() -> None:
    words = (ROOT / "README.md").read_text("utf-8")
    assert f"sudo apt install {' '.join(preflight.DRAWING.values())}" in words
    assert f"sudo apt install {' '.join(preflight.X11.values())}" in words


def test_qt_is_one_that_runs_on_this_python() -> None:
    """6.12 drops references to None on Python 3.11."""
    versions = pins("requirements.lock")["pyside6-essentials"]
    assert {tuple(map(int, one.split(".")[:2])) for one in versions} <= {(6, 10), (6, 11)}
