"""Rules that every importer keeps, whatever its format."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tokenworth.domain.importer import Importer, Spot
from tokenworth.domain.records import Flag, Piece
from tokenworth.importers import IMPORTERS
from tokenworth.reading.archives import FileSource
from tokenworth.samples import write

NAMES = {"claude_code": "*.jsonl", "codex": "*.jsonl", "chatgpt": "*.json"}
"""How the sample files of each kind are called."""
MOST_FILES = 12


@dataclass(frozen=True)
class Bytes:
    """A file that is no file."""

    data: bytes
    name: str

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    folder = tmp_path_factory.mktemp("samples")
    write(folder, seed=11, end=date(2026, 3, 1), weeks=3)
    found: dict[str, list[Path]] = {}
    for row in IMPORTERS:
        for path in sorted(folder.rglob(NAMES[row.kind])):
            with path.open("rb") as file:
                if row.recognises(str(path), file.read(4096)):
                    found.setdefault(row.kind, []).append(path)
    return found


def read(row: Importer, source: FileSource | Bytes, spot: Spot | None = None) -> list[Piece]:
    return list(row.read(source, spot or Spot()))


each = pytest.mark.parametrize("row", IMPORTERS, ids=lambda row: row.kind)


@each
def test_samples_are_read_without_a_problem(row: Importer, files: dict[str, list[Path]]) -> None:
    for path in files[row.kind]:
        pieces = read(row, FileSource(str(path)))
        assert [problem for piece in pieces for problem in piece.problems] == []
        assert any(piece.calls for piece in pieces)


@each
def test_reading_twice_gives_the_same(row: Importer, files: dict[str, list[Path]]) -> None:
    for path in files[row.kind][:MOST_FILES]:
        assert read(row, FileSource(str(path))) == read(row, FileSource(str(path)))


@each
def test_records_are_named_once_a_file(row: Importer, files: dict[str, list[Path]]) -> None:
    for path in files[row.kind][:MOST_FILES]:
        pieces = read(row, FileSource(str(path)))
        calls = [call.id for piece in pieces for call in piece.calls]
        acts = [event.id for piece in pieces for event in piece.events]
        assert len(calls) == len(set(calls))
        assert len(acts) == len(set(acts))
        assert set(calls).isdisjoint(acts)


@each
def test_times_lines_and_counts_can_be(row: Importer, files: dict[str, list[Path]]) -> None:
    for path in files[row.kind][:MOST_FILES]:
        for piece in read(row, FileSource(str(path))):
            for call in piece.calls:
                assert 1_577_836_800_000 < call.ts < 1_893_456_000_000  # 2020 to 2030
                assert call.line >= 1
                counts = (call.input, call.cache_read, call.output, call.reasoning)
                assert all(count is None or count >= 0 for count in counts)
                estimated = bool(call.flags & Flag.ESTIMATED)
                assert estimated == (row.counting == "estimated")


@each
def test_threads_are_told_with_their_key(row: Importer, files: dict[str, list[Path]]) -> None:
    for path in files[row.kind][:MOST_FILES]:
        for piece in read(row, FileSource(str(path))):
            told = {thread.id for thread in piece.threads}
            assert all(thread.key for thread in piece.threads)
            assert {call.thread for call in piece.calls} <= told


@each
def test_no_other_importer_takes_its_files(row: Importer, files: dict[str, list[Path]]) -> None:
    for path in files[row.kind][:MOST_FILES]:
        head = path.read_bytes()[:4096]
        assert [other.kind for other in IMPORTERS if other.recognises(str(path), head)] == [
            row.kind
        ]


@each
@given(data=st.data())
@settings(max_examples=40)
def test_a_file_cut_off_anywhere_gives_no_exception(
    row: Importer, files: dict[str, list[Path]], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(files[row.kind][:MOST_FILES]))
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    read(row, Bytes(whole[:cut], str(path)))


@each
@given(data=st.data())
@settings(max_examples=40)
def test_damage_gives_no_exception(
    row: Importer, files: dict[str, list[Path]], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(files[row.kind][:MOST_FILES]))
    whole = bytearray(path.read_bytes()[:60_000])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[at] = data.draw(st.sampled_from(b'{}[]",:\\\n0u\xff'))
    read(row, Bytes(bytes(whole), str(path)))


@each
def test_what_was_said_is_plain_text(row: Importer, files: dict[str, list[Path]]) -> None:
    path = files[row.kind][0]
    (key, *_) = [
        thread.key for piece in read(row, FileSource(str(path))) for thread in piece.threads
    ]
    said = list(row.transcript(FileSource(str(path)), key))
    assert {"person", "assistant"} <= {one.who for one in said}
    assert all(isinstance(one.text, str) and one.text for one in said)
