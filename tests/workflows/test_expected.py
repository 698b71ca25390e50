"""Files of strangers, with totals counted by others: held to wherever they are at hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tokenworth.workflows.importing import import_files
from tokenworth.workflows.library import Library

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
TABLE = FIXTURES / "EXPECTED-coding-agents.tsv"
COLUMNS = {
    "calls": "messages",
    "input": "input",
    "cw5": "cache_write_5m",
    "cw1": "cache_write_1h",
    "cr": "cache_read",
    "output": "output",
}


def rows() -> Iterator[dict[str, str]]:
    if TABLE.is_file():
        with TABLE.open() as file:
            lines = (line for line in file if not line.startswith("#"))
            for row in csv.DictReader(lines, delimiter="\t"):
                if row["path"].startswith(("claude-code/", "codex/")):
                    yield row


ROWS = list(rows())
EXTRA = {row["path"]: row for row in ROWS if row["scope"] == "extra"}


def paths(row: dict[str, str]) -> list[Path]:
    """A path may name two files in braces."""
    path = row["path"]
    if "{" not in path:
        return [FIXTURES / path]
    head, _, rest = path.partition("{")
    names, _, tail = rest.partition("}")
    return [FIXTURES / f"{head}{name}{tail}" for name in names.split(",")]


@pytest.mark.skipif(not ROWS, reason="the table of expected totals is not at hand")
@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["scope"] != "extra"],
    ids=lambda row: f"{row['scope']}-{row['path'][-40:]}",
)
def test_totals_through_the_store(row: dict[str, str], tmp_path: Path) -> None:
    import_files(tmp_path / "store.db", paths(row))
    library = Library(tmp_path / "store.db")
    found = library.usage("total")
    assert library.doubts() == []
    library.close()
    got = {name: getattr(found[0], field) or 0 if found else 0 for name, field in COLUMNS.items()}
    extra = EXTRA.get(row["path"], {})
    wanted = {name: int(row[name]) + int(extra.get(name, 0)) for name in COLUMNS}
    assert got == wanted


@pytest.mark.skipif(not ROWS, reason="the table of expected totals is not at hand")
@pytest.mark.slow
def test_everything_at_once_in_either_order(tmp_path: Path) -> None:
    """All Claude Code and Codex files of one folder: the order of import changes nothing."""
    files = [
        path
        for kind in ("claude-code", "codex")
        for path in sorted((FIXTURES / kind).rglob("*.jsonl*"))
    ]
    seen = []
    for number, order in enumerate((files, files[::-1])):
        path = tmp_path / f"{number}.db"
        for file in order:
            import_files(path, [file])
        library = Library(path)
        (total,) = library.usage("total")
        assert library.doubts() == []
        library.close()
        seen.append([getattr(total, field) for field in COLUMNS.values()])
    assert seen[0] == seen[1]
