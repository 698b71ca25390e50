"""A generated history of some size: the totals are those its maker counted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tokenworth.domain.views import Usage
from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

MAKER = Path(__file__).parents[3] / "shared" / "bench" / "make_corpus.py"


def made(kind: str, seed: int, folder: Path) -> dict[str, Any]:
    subprocess.run(
        [sys.executable, str(MAKER), "--kind", kind, "--size", "100MB", "--seed", str(seed),
         "--out", str(folder)],
        check=True, capture_output=True,
    )  # fmt: skip
    truth: dict[str, Any] = json.loads((folder / "ground_truth.json").read_text())[kind]
    return truth


def tokens(kind: str, usage: Usage) -> dict[str, int | None]:
    if kind == "claude":
        return {
            "input": usage.input, "cache_5m": usage.cache_write_5m,
            "cache_1h": usage.cache_write_1h, "cache_read": usage.cache_read,
            "output": usage.output,
        }  # fmt: skip
    return {
        "input": (usage.input or 0) + (usage.cache_read or 0), "cached": usage.cache_read,
        "output": usage.output, "reasoning": usage.reasoning,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not MAKER.exists(), reason="what makes large histories is not at hand")
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("kind", ["claude", "codex"])
def test_totals_are_the_truth(kind: str, seed: int, tmp_path: Path) -> None:
    truth = made(kind, seed, tmp_path / "history")
    import_files(tmp_path / "store.db", [tmp_path / "history"])
    library = Library(tmp_path / "store.db")
    (total,) = library.usage("total")
    days = {row.key: row for row in library.usage("day")}
    models = {row.key: row for row in library.usage("model")}
    doubts = library.doubts()
    library.close()
    assert doubts == []
    assert tokens(kind, total) == truth["tokens"]
    assert (total.messages, total.sessions) == (truth["messages"], truth["sessions"])
    for found, wanted in ((days, truth["by_day"]), (models, truth["by_model"])):
        assert found.keys() == wanted.keys()
        for key, counts in wanted.items():
            assert {**tokens(kind, found[key]), "messages": found[key].messages} == counts
