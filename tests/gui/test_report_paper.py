"""`report` writes PDF and PNG without a display."""

from pathlib import Path

import pytest
from claude_lines import answer, prompt, write

from tokenworth.cli import main

pytestmark = pytest.mark.usefixtures("qapp")


def test_pdf_and_png(tmp_path: Path) -> None:
    lines = [prompt("a", 0, 0, "Mend"), answer("a", 0, 1, 50)]
    write(tmp_path / "history" / "a.jsonl", lines)
    store = ["--store", str(tmp_path / "store.db")]
    assert main(["import", *store, str(tmp_path / "history")]) == 0
    period = ["--period", "2026-03", "--audience", "me"]
    assert main(["report", *store, *period, "--out", str(tmp_path / "r.pdf")]) == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    assert main(["report", *store, *period, "--format", "png", "--out", str(tmp_path)]) == 0
    assert {one.name for one in tmp_path.glob("*.png")} == {"paired.png", "attention.png"}
    assert main(["report", *store, *period, "--format", "pdf"]) == 3
