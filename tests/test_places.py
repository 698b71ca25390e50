"""Where the person's own files are, and who can look into their folder."""

import os
import stat
import sys
from pathlib import Path

import pytest

from tokenworth import places

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes as on POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_is_in_the_one_folder(own_places: Path) -> None:
    home = own_places / "tokenworth"
    assert places.data_dir() == home
    assert places.store_path() == home / "tokenworth.db"
    assert places.demo_store_path() == home / "demo" / "tokenworth.db"
    assert places.log_path() == home / "tokenworth.log"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as on Linux")
def test_without_a_word_it_is_where_the_system_keeps_such_things(
    own_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOKENWORTH_HOME")
    assert places.data_dir() == own_places / ".local" / "share" / "Tokenworth"


@POSIX
def test_new_folders_are_their_owners_only(own_places: Path) -> None:
    before = os.umask(0)
    try:
        folder = places.demo_store_path().parent
    finally:
        os.umask(before)
    assert mode(folder) == mode(folder.parent) == 0o700
    assert folder.parent.parent == own_places


@POSIX
def test_the_default_folder_is_closed_to_others_if_it_was_open(
    own_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOKENWORTH_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(own_places))
    monkeypatch.setattr(places, "user_data_path", lambda *_, **__: own_places / "Tokenworth")
    (own_places / "Tokenworth").mkdir()
    (own_places / "Tokenworth").chmod(0o755)
    assert mode(places.data_dir()) == 0o700


@POSIX
def test_a_folder_that_the_person_named_keeps_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("TOKENWORTH_HOME", str(tmp_path))
    assert mode(places.data_dir()) == 0o755
