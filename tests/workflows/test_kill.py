"""kill -9 at any moment: nothing acknowledged is lost, nothing is counted twice."""

import os
import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import tokenworth
from tokenworth.domain.views import SessionQuery, Usage
from tokenworth.samples import write
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

KILLS = 25
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(tokenworth.__file__).parents[1])}
IMPORT = """
import sys
from pathlib import Path
from tokenworth.intake import importing
importing.BATCH_RECORDS = 40
from tokenworth.workflows.importing import import_files
import_files(
    Path(sys.argv[1]), [Path(sys.argv[2])], progress=lambda _: print("stored", flush=True)
)
"""
TAG = """
import sys
from pathlib import Path
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import SessionQuery
from tokenworth.workflows.library import Library
library = Library(Path(sys.argv[1]), create=False)
ids = library.session_ids(SessionQuery())
print("ready", flush=True)
for number in range(10_000):
    tag = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(number % 9), Minutes.of(0))
    for given in library.tag([ids[number % len(ids)]], tag, masked=True, asked_at=0, form_ms=0):
        print(given, flush=True)
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write(folder, seed=3, end=date(2026, 3, 1), weeks=8)
    return folder


def totals(path: Path) -> tuple[Usage, list[str]]:
    library = Library(path, create=False)
    (total,) = library.usage("total")
    doubts = library.doubts()
    library.close()
    return total, doubts


@pytest.mark.slow
def test_killed_imports(files: Path, tmp_path: Path) -> None:
    import_files(tmp_path / "whole.db", [files])
    expected, _ = totals(tmp_path / "whole.db")
    command = [sys.executable, "-c", IMPORT]
    done = subprocess.run(
        [*command, str(tmp_path / "counted.db"), str(files)],
        check=True,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    )
    batches = done.stdout.count("stored")
    assert batches > KILLS
    rng = random.Random(1)
    path = tmp_path / "killed.db"
    for number in range(KILLS):
        if number % 5 == 0:  # each store is killed five times on its way
            path = tmp_path / f"killed{number}.db"
        child = subprocess.Popen(
            [*command, str(path), str(files)], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
        )
        assert child.stdout is not None
        for _ in range(rng.randrange(0, batches // 6)):
            child.stdout.readline()
        child.kill()
        child.wait()
        child.stdout.close()
        assert child.returncode == -signal.SIGKILL
        if path.exists():
            library = Library(path)
            assert library.doubts() == []
            library.close()
        if number % 5 == 4:
            import_files(path, [files])
            assert totals(path) == (expected, [])


@pytest.mark.slow
def test_killed_tagging(files: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    import_files(path, [files])
    rng = random.Random(2)
    given: list[str] = []
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", TAG, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        given += [child.stdout.readline().strip() for _ in range(rng.randrange(1, 40))]
        child.kill()
        given += [line.strip() for line in child.stdout if len(line.strip()) == 32]
        child.wait()
        child.stdout.close()
    library = Library(path, create=False)
    kept = [
        answer.answer_id
        for id_ in library.session_ids(SessionQuery())
        for answer in library.detail(id_).answers
    ]
    assert len(kept) == len(set(kept))
    assert set(given) <= set(kept)
    assert len(kept) - len(given) <= KILLS  # at most the one under way each time
    assert library.doubts() == []
    library.close()
