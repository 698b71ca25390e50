"""Zip archives: what is read, and what is refused in words."""

import io
import shutil
import stat
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tokenworth.domain.records import Problem
from tokenworth.reading import archives
from tokenworth.reading.archives import FileSource, MemberSource, TooLarge, Unreadable, is_zip


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def on_disk(folder: Path, data: bytes) -> Path:
    path = folder / "export.zip"
    path.write_bytes(data)
    return path


def content(source: MemberSource) -> bytes:
    with source.open() as handle:
        return handle.read()


def read(path: Path) -> dict[str, bytes]:
    sources = [item for item in archives.members(path) if isinstance(item, MemberSource)]
    return {source.member: content(source) for source in sources}


def refused(path: Path) -> list[str]:
    return [item.words for item in archives.members(path) if isinstance(item, Problem)]


def test_a_file_is_its_own_source(tmp_path: Path) -> None:
    path = on_disk(tmp_path, b"abc")
    with FileSource(str(path)).open() as handle:
        assert handle.read() == b"abc"
    assert FileSource(str(path)).name == str(path)


def test_members_are_sources_named_after_archive_and_member(tmp_path: Path) -> None:
    path = on_disk(
        tmp_path,
        packed(
            ("x/a.json", b"[1]"), ("x/", b""), ("__MACOSX/x/._a.json", b"?"), ("b!c.json", b"2")
        ),
    )
    assert read(path) == {"x/a.json": b"[1]", "b!c.json": b"2"}
    assert refused(path) == []
    assert MemberSource(path, "x/a.json").name == f"{path}!x/a.json"
    assert is_zip(path.read_bytes()[:4096])
    assert not is_zip(b"[1]")


def test_one_zip_in_a_zip_is_opened_and_no_more(tmp_path: Path) -> None:
    third = packed(("deep.json", b"3"))
    second = packed(("a.json", b"2"), ("third.zip", third), ("../up.json", b"x"))
    path = on_disk(tmp_path, packed(("In/Second.ZIP", second), ("top.json", b"1")))
    assert read(path) == {"In/Second.ZIP!a.json": b"2", "top.json": b"1"}
    words = refused(path)
    assert len(words) == 2
    assert any("two archives deep" in said for said in words)
    assert any("outside the archive" in said for said in words)


@pytest.mark.parametrize("name", ["../a.json", "/a.json", "x/../../a.json", "C:/a.json", "..\\a"])
def test_a_member_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = on_disk(tmp_path, packed((name, b"1"), ("ok.json", b"2")))
    assert read(path) == {"ok.json": b"2"}
    (words,) = refused(path)
    assert "outside the archive" in words


def test_a_link_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("link.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    path = on_disk(tmp_path, made.getvalue())
    assert read(path) == {}
    assert "is a link" in refused(path)[0]


def test_an_encrypted_member_is_told_of_and_never_opened(tmp_path: Path) -> None:
    data = bytearray(packed(("secret.json", b"1"), ("open.json", b"2")))
    local, central = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    path = on_disk(tmp_path, bytes(data))
    assert read(path) == {"open.json": b"2"}
    assert "encrypted" in refused(path)[0]


def test_an_unknown_way_of_packing_is_told_of(tmp_path: Path) -> None:
    data = bytearray(packed(("a.json", b"1")))
    data[data.find(b"PK\x01\x02") + 10] = 97
    path = on_disk(tmp_path, bytes(data))
    assert "does not know" in refused(path)[0]


def test_a_member_that_is_there_twice_is_told_of(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(("a.json", b"1"), ("a.json", b"2"))
    path = on_disk(tmp_path, data)
    assert read(path) == {"a.json": b"2"}
    assert "twice" in refused(path)[0]


def test_what_is_no_zip_is_one_problem(tmp_path: Path) -> None:
    path = on_disk(tmp_path, b"PK\x03\x04 and then nothing of use")
    assert read(path) == {}
    assert "not a zip" in refused(path)[0]


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(archives.members(tmp_path / "none.zip"))


def test_a_member_that_has_gone_is_unreadable(tmp_path: Path) -> None:
    path = on_disk(tmp_path, packed(("a.json", b"1")))
    with pytest.raises(Unreadable, match="no longer"):
        MemberSource(path, "b.json").open()


def test_damaged_bytes_are_unreadable_while_reading(tmp_path: Path) -> None:
    data = bytearray(packed(("a.json", b"abc" * 1000), method=zipfile.ZIP_STORED))
    data[200] ^= 0xFF
    path = on_disk(tmp_path, bytes(data))
    with pytest.raises(Unreadable, match="damaged"):
        read(path)


def test_a_member_that_grows_without_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MEMBER_FLOOR", 1_000_000)
    path = on_disk(tmp_path, packed(("bomb.json", bytes(30_000_000)), ("ok.json", b"1")))
    assert path.stat().st_size * archives.GROWTH > 1_000_000  # the floor is not what stops it
    taken = io.BytesIO()
    handle = MemberSource(path, "bomb.json").open()
    with handle, pytest.raises(TooLarge, match="far more"):
        shutil.copyfileobj(handle, taken, 100_000)
    assert 0 < taken.tell() < 10_000_000
    assert content(MemberSource(path, "ok.json")) == b"1"


def test_an_archive_that_declares_more_than_it_can_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "ARCHIVE_FLOOR", 1_000_000)
    path = on_disk(tmp_path, packed(("bomb.json", bytes(30_000_000))))
    assert read(path) == {}
    assert "far more than its size" in refused(path)[0]


def test_a_bomb_in_a_zip_in_a_zip_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MEMBER_FLOOR", 100_000)
    inner = packed(("x.json", bytes(30_000_000)), method=zipfile.ZIP_STORED)
    path = on_disk(tmp_path, packed(("inner.zip", inner), ("ok.json", b"1")))
    assert read(path) == {"ok.json": b"1"}
    assert "far more" in refused(path)[0]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(1, 255), st.integers(0, 10_000))
def test_a_zip_damaged_anywhere_gives_members_problems_or_unreadable(
    tmp_path: Path, at: int, change: int, cut: int
) -> None:
    inner = packed(("a.json", b"[1, 2]"))
    data = bytearray(packed(("inner.zip", inner), ("b.json", b"abc" * 50)))
    data[at % len(data)] ^= change
    if cut < 2000:
        del data[cut % len(data) :]
    path = on_disk(tmp_path, bytes(data))
    for item in archives.members(path):
        if isinstance(item, MemberSource):
            with suppress(Unreadable):
                content(item)
