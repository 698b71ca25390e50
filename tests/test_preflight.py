"""What is said where a library or the display is missing."""

import sys
from pathlib import Path

import pytest

from tokenworth import preflight

LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux leaves them out"
)
ALL = {**preflight.DRAWING, **preflight.X11}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian with every library, without a display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(preflight, "loads", lambda _name: True)
    monkeypatch.setattr(preflight, "_x11_answers", lambda: True)
    monkeypatch.setattr(preflight.shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)


@LINUX
def test_with_all_there_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert preflight.check(window=True) is None
    assert preflight.check(window=False) is None


@LINUX
def test_a_missing_library_is_told_with_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    gone = {"libGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setattr(preflight, "loads", lambda name: name not in gone)
    assert preflight.check(window=True) == preflight.Missing(
        "The window needs system libraries that are not installed; "
        "run: sudo apt install libgl1 libxcb-cursor0",
        3,
        ("libGL.so.1", "libxcb-cursor.so.0"),
    )
    drawing = preflight.check(window=False)
    assert drawing is not None
    assert drawing.libraries == ("libGL.so.1",)


@LINUX
def test_without_apt_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(preflight.shutil, "which", lambda _name: None)
    monkeypatch.setattr(preflight, "loads", lambda name: name != "libEGL.so.1")
    missing = preflight.check(window=True)
    assert missing is not None
    assert "libEGL.so.1" in missing.words
    assert "sudo" not in missing.words


@LINUX
def test_no_display_is_told_with_what_is_missing_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "loads", lambda _name: False)
    missing = preflight.check(window=True)
    assert missing is not None
    assert missing.exit_status == 4
    assert missing.words.startswith("There is no display here")
    assert missing.words.count("sudo apt install") == 1
    assert missing.words.endswith(f"{' '.join(ALL.values())} xvfb xauth")


@LINUX
def test_no_display_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = preflight.check(window=True)
    assert missing is not None
    assert missing.words.endswith("sudo apt install xvfb xauth")
    monkeypatch.setattr(preflight.shutil, "which", lambda name: f"/usr/bin/{name}")
    missing = preflight.check(window=True)
    assert missing is not None
    assert "xvfb-run -a" in missing.words
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert preflight.check(window=True) is None


@LINUX
def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if preflight.loads("libxcb.so.1"):
        assert not preflight.has_display({"DISPLAY": ":4711"})


@LINUX
def test_wayland_needs_its_own_libraries_or_those_of_x11(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "wayland-0").touch()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(preflight, "loads", lambda name: name not in preflight.X11)
    assert preflight.check(window=True) is None
    monkeypatch.setattr(preflight, "loads", lambda name: name not in preflight.WAYLAND)
    assert preflight.check(window=True) is None
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    assert preflight.check(window=True) is not None


def test_other_systems_bring_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(preflight, "loads", lambda _name: False)
    assert preflight.check(window=True) is None
