"""`report` writes PDF and PNG without a display."""

import contextlib
import re
import zlib
from pathlib import Path

import pytest
from claude_lines import answer, prompt, write

from tokenworth.cli import main
from tokenworth.domain.report import REDACTIONS, ReportRequest
from tokenworth.domain.views import SessionQuery
from tokenworth.gui import paper
from tokenworth.workflows.library import Library

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


def test_what_was_taken_out_is_in_no_byte_of_the_pdf(tmp_path: Path) -> None:
    lines = [prompt("a", 0, 0, "Mend the heliotrope winch"), answer("a", 0, 1, 50)]
    for line in lines:
        line["cwd"] = "/home/robin/zephyr-quay"
    write(tmp_path / "history" / "a.jsonl", lines)
    store = tmp_path / "store.db"
    assert main(["import", "--store", str(store), str(tmp_path / "history")]) == 0
    library = Library(store)
    (id_,) = library.session_ids(SessionQuery())
    quoted = (library.rows([id_])[0].uid,)
    out = ReportRequest("2026-03", audience="me", redaction=REDACTIONS["public"], quoted=quoted)
    made, told = (
        library.report(out),
        library.report(
            ReportRequest("2026-03", audience="me", redaction=REDACTIONS["me"], quoted=quoted)
        ),
    )
    library.close()
    for report, is_out in ((made, True), (told, False)):
        words = paper.Sheets(report, "A4").document.toPlainText()
        content = paper.pdf(report)
        whole = content + b"".join(streams(content))
        for own in ("zephyr-quay", "heliotrope winch"):
            assert (own not in words) == is_out
            assert own.encode() not in whole
            if is_out:
                assert own.encode("utf-16-be").hex().encode() not in whole
        assert b"robin" not in whole


def streams(content: bytes) -> list[bytes]:
    """Return every stream of a PDF, unpacked where it can be."""
    found = []
    for body in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(body))
    return found
