"""The window: its places, its store, its imports, and how it closes."""

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake import FakeLibrary
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent, QUndoCommand
from PySide6.QtWidgets import QSplitter, QVBoxLayout
from pytestqt.qtbot import QtBot

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import Imported, ImportSummary, Progress, SessionQuery
from tokenworth.gui import about
from tokenworth.gui.asks import Asks
from tokenworth.gui.imports import Imports, progress_words, summary_words
from tokenworth.gui.messages import Faults
from tokenworth.gui.page import Page
from tokenworth.gui.pages import PLACES, Place
from tokenworth.gui.palette import CommandPalette
from tokenworth.gui.single import Single, Stores
from tokenworth.gui.theme import Theme
from tokenworth.gui.window import Window
from tokenworth.gui.worker import Worker

CHILD = """
import json, sys
def say(**line): print(json.dumps(line), flush=True)
args = sys.argv[1:]
print("a stray word")
say(progress=dict(files_done=1, files=2, bytes_done=5, bytes=10))
cancelled = False
if "wait" in args:
    cancelled = sys.stdin.readline() == "cancel\\n"
if "refuse" in args:
    say(refusal=dict(words="The store is locked.", mend="Close the other program."))
elif "crash" not in args:
    source = dict(kind="codex", files=2, sessions=14, messages=230, duplicates=3, problems=2)
    say(summary=dict(sources=[source], problems=[], seconds=1.5, cancelled=cancelled))
print(" ".join(args), file=open(sys.argv[3] + ".args", "a"))
"""


class PlainSessions(Page):
    """Stands in for the place Sessions."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        self.told: list[object] = []
        self.split = QSplitter(objectName="sessions")
        QVBoxLayout(self).addWidget(self.split)

    def shown(self) -> None:
        """Note it."""
        self.told.append("shown")

    def set_query(self, query: SessionQuery) -> None:
        """Note it."""
        self.told.append(query)

    def set_text(self, text: str) -> None:
        """Note it."""
        self.told.append(text)


PLAIN = (
    Place("sessions", "Sessions", "Ctrl+2", __name__, "PlainSessions"),
    Place("trends", "Trends", "Ctrl+4", __name__, "PlainSessions", needs="json"),
    PLACES[-1],
)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def make(
    qtbot: QtBot, theme: Theme, settings: QSettings, tmp_path: Path
) -> Iterator[Callable[..., Window]]:
    """Make a window over a made-up store; imports are made-up children."""
    child = tmp_path / "child.py"
    child.write_text(CHILD)
    windows: list[Window] = []

    def build(library: FakeLibrary | None = None) -> Window:
        opened = library or FakeLibrary()
        opened.path = tmp_path / "store.db"
        asks = Asks(Worker(), opener=lambda _path: opened)  # type: ignore[arg-type,return-value]
        imports = Imports(program=(sys.executable, str(child)))
        stores = Stores(opened.path, tmp_path / "demo.db", lambda _path: True)
        window = Window(settings)
        window.furnish(asks, theme, stores, imports=imports, places=PLAIN)
        window.running.since_rescan.start()  # a window that comes to the front would look at once
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.load_pages()
        with qtbot.waitSignal(asks.opened):
            asks.open(opened.path)
        qtbot.waitUntil(lambda: len(window.pages) == 3)
        return window

    yield build
    for window in windows:
        window.close()
        qtbot.waitUntil(window.isHidden)


def test_places_by_key_and_by_rail(qtbot: QtBot, make: Callable[..., Window]) -> None:
    window = make()
    assert window.place == "sessions"
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "sources"
    assert window.stack.currentWidget() is window.pages["sources"]
    window.rail.buttons["trends"].click()
    assert window.place == "trends"
    assert window.rail.buttons["trends"].isChecked()


def test_badge_counts_sessions(qtbot: QtBot, make: Callable[..., Window]) -> None:
    window = make(FakeLibrary(1234))
    button = window.rail.buttons["sessions"]
    qtbot.waitUntil(lambda: button.badge.text() == "1,234")
    assert button.accessibleName() == "Sessions, 1,234"


def test_empty_store_opens_on_sources(make: Callable[..., Window]) -> None:
    window = make(FakeLibrary(0))
    assert window.place == "sources"
    assert window.pages["sources"].empty


def test_search_goes_to_sessions_after_a_moment(qtbot: QtBot, make: Callable[..., Window]) -> None:
    window = make()
    window.go("trends")
    qtbot.keyClicks(window.top.search, "tide")
    page = window.pages["sessions"]
    qtbot.waitUntil(lambda: "tide" in page.told)
    assert "tid" not in page.told
    assert window.place == "sessions"
    qtbot.keyClick(window.top.search, Qt.Key.Key_Escape)
    assert page.told[-1] == ""


def test_a_mark_on_a_chart_shows_its_sessions(make: Callable[..., Window]) -> None:
    window = make()
    window.go("trends")
    window.pages["trends"].show_sessions.emit(SessionQuery(week="2026-W07"))
    assert window.place == "sessions"
    assert window.pages["sessions"].told[-1] == SessionQuery(week="2026-W07")


def test_status_line_is_honest(qtbot: QtBot, make: Callable[..., Window]) -> None:
    window = make()
    assert window.status.store._whole.startswith("Store: not encrypted, ")
    qtbot.waitUntil(lambda: window.status.doing.text().startswith("Last import "))


def test_import_runs_beside_the_window(
    qtbot: QtBot, make: Callable[..., Window], tmp_path: Path
) -> None:
    window = make()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/somewhere/export.zip")])
    drop = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        files,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert window.status.bar.isVisible()
    qtbot.waitUntil(window.messages.isVisible)
    assert window.messages.words.text() == (
        "14 new sessions, 230 messages, 3 copies left out, 2 problems"
    )
    qtbot.waitUntil(lambda: "14 new sessions, 2 problems" in window.status.doing.text())
    assert not window.status.bar.isVisible()
    store = tmp_path / "store.db"
    assert Path(f"{store}.args").read_text().split() == [
        "import", "--store", str(store), "--progress", "/somewhere/export.zip",
    ]  # fmt: skip
    window.messages.link.click()
    assert window.place == "sources"


def test_ticked_tools_are_imported(
    qtbot: QtBot, make: Callable[..., Window], tmp_path: Path
) -> None:
    window = make(FakeLibrary(0))
    window.pages["sources"].import_asked.emit(["codex", "claude_code"])
    qtbot.waitUntil(window.messages.isVisible)
    assert (
        Path(f"{tmp_path / 'store.db'}.args")
        .read_text()
        .endswith("--progress --kind codex --kind claude_code\n")
    )


def test_import_can_be_cancelled(qtbot: QtBot, make: Callable[..., Window]) -> None:
    window = make()
    window.running.begin(["wait"])
    qtbot.waitUntil(lambda: "1 of 2 files" in window.status.doing.text())
    window.running.begin(["again"])
    assert "An import is running" in window.messages.words.text()
    window.status.cancel.click()
    qtbot.waitUntil(lambda: window.messages.words.text().startswith("Cancelled: 14 new"))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("refuse", "The store is locked. Close the other program."),
        ("crash", "The import stopped before its end. What was read is kept; import again."),
    ],
)
def test_import_that_fails_says_so(
    qtbot: QtBot, make: Callable[..., Window], word: str, said: str
) -> None:
    window = make()
    window.running.begin([word])
    qtbot.waitUntil(lambda: window.messages.words.text() == said)
    assert not window.running.busy


def test_child_that_cannot_start_is_no_riddle(qtbot: QtBot, tmp_path: Path) -> None:
    imports = Imports(program=(str(tmp_path / "nothing"),))
    with qtbot.waitSignal(imports.refused) as told:
        imports.begin(tmp_path / "store.db", [])
    assert isinstance(told.args[0], Refusal)


def test_clock_reads_only_what_changed_and_says_nothing(
    qtbot: QtBot, make: Callable[..., Window], tmp_path: Path
) -> None:
    window = make()
    window.running.since_rescan.invalidate()
    with qtbot.waitSignal(window.running._imports.finished) as done:
        window.running.rescan()
    assert done.args[1] is True
    assert not window.messages.isVisible()
    assert Path(f"{tmp_path / 'store.db'}.args").read_text().endswith("--only-changed\n")


def test_sample_data_is_never_mixed(
    qtbot: QtBot, make: Callable[..., Window], tmp_path: Path
) -> None:
    window = make(FakeLibrary(demo=True))
    assert window.banner.isVisible()
    window.running.begin(["/my/files"])
    window.running.rescan()
    assert not window.running.busy
    assert "This is sample data." in window.messages.words.text()
    mine = FakeLibrary(2)
    window.asks._opener = lambda _path: mine  # type: ignore[assignment,return-value]
    with qtbot.waitSignal(window.asks.opened):
        window.messages.link.click()
    assert not window.banner.isVisible()
    assert not (tmp_path / "store.db.args").exists()


def test_store_that_does_not_open_leaves_the_one_that_is(
    qtbot: QtBot, make: Callable[..., Window]
) -> None:
    window = make()
    claimed: list[Path] = []
    window._stores = Stores(
        window.asks.path, Path("/other.db"), lambda path: claimed.append(path) or True
    )

    def refuse(_path: Path) -> FakeLibrary:
        raise Refusal("The store is damaged.", "Restore a backup.")

    mine = window.asks.path
    window.asks._opener = refuse  # type: ignore[assignment]
    window._stores.claim(Path("/other.db"))
    with qtbot.waitSignal(window.asks.not_opened):
        window.asks.open(Path("/other.db"))
    assert claimed == [Path("/other.db"), mine]
    assert window.messages.words.text() == "The store is damaged. Restore a backup."
    assert window.asks.path == mine


def test_closing_waits_for_the_batch(qtbot: QtBot, make: Callable[..., Window]) -> None:
    window = make()
    window.running.begin(["wait"])
    qtbot.waitUntil(lambda: "1 of 2 files" in window.status.doing.text())
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(window.isHidden)
    assert not window.running.busy


def test_place_and_splitter_are_remembered_and_nothing_else(
    qtbot: QtBot, make: Callable[..., Window], settings: QSettings
) -> None:
    window = make()
    window.go("trends")
    window.set_look("dark")
    window.close()
    qtbot.waitUntil(window.isHidden)
    assert set(settings.allKeys()) <= {"geometry", "place", "look", "splitters/sessions"}
    again = make()
    assert again.place == "trends"


def test_settings_are_the_owners_only(
    qtbot: QtBot, make: Callable[..., Window], settings: QSettings
) -> None:
    before = os.umask(0o077)
    try:
        window = make()
        window.close()
        qtbot.waitUntil(window.isHidden)
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(settings.fileName()).stat().st_mode) == 0o600


def test_blind_is_kept_in_the_store(qtbot: QtBot, make: Callable[..., Window]) -> None:
    library = FakeLibrary()
    library.settings["blind"] = "0"
    window = make(library)
    action = window.actions_list.entry("blind").action
    qtbot.waitUntil(lambda: not action.isChecked())
    with qtbot.waitSignal(window.asks.changed):
        action.trigger()
    assert library.settings["blind"] == "1"


def test_undo_says_what(make: Callable[..., Window]) -> None:
    window = make()
    undo = window.actions_list.entry("undo")
    assert not undo.possible()
    window.undo.push(QUndoCommand("set outcome on 14 sessions"))
    assert undo.text == "Undo set outcome on 14 sessions"
    assert undo.possible()
    undo.action.trigger()
    assert window.actions_list.entry("redo").text == "Redo set outcome on 14 sessions"


def test_palette_runs_what_is_chosen_and_remembers(
    qtbot: QtBot, make: Callable[..., Window]
) -> None:
    library = FakeLibrary()
    window = make(library)
    window.actions_list.entry("palette").action.trigger()
    palette = window.findChild(CommandPalette)
    qtbot.keyClicks(palette.field, "go to sources")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.place == "sources"
    qtbot.waitUntil(lambda: "recent_actions" in library.settings)
    assert json.loads(library.settings["recent_actions"]) == ["go_sources"]


def test_refusal_of_a_store_is_said(make: Callable[..., Window]) -> None:
    window = make()
    window.asks.refused.emit(Refusal("The store is from a newer Tokenworth.", "Update."))
    assert window.messages.words.text() == "The store is from a newer Tokenworth. Update."
    assert window.messages.words.textFormat() is Qt.TextFormat.PlainText


def test_words_stay_on_top_of_every_place(make: Callable[..., Window]) -> None:
    window = make()
    window.messages.say("Words", stay=True)
    for place in ("sources", "trends", "sessions"):
        window.go(place)
        middle = window.messages.geometry().center()
        seen = window.stack.childAt(middle)
        assert seen is window.messages or window.messages.isAncestorOf(seen)


def test_fault_of_ours_is_shown_once_logged_and_survived(
    make: Callable[..., Window], tmp_path: Path
) -> None:
    window = make()
    log = tmp_path / "log" / "tokenworth.log"
    faults = Faults(log, window)
    for number in range(2):
        faults.report(ValueError(f"fault {number} in {Path.home()}/secret"))
    assert faults.dialog is not None
    shown = faults.dialog.details.toPlainText()
    assert "fault 0 in ~/secret" in shown
    assert "fault 1" in shown
    assert shown.count("ValueError") == log.read_text().count("ValueError") == 2
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert window.isVisible()
    faults.dialog.close()


def test_one_window_a_store(qtbot: QtBot, tmp_path: Path) -> None:
    store = tmp_path / "new" / "store.db"
    first, second = Single(), Single()
    assert first.claim(store)
    assert first.claim(store)
    first.look()
    with qtbot.waitSignal(first.raised):
        assert not second.claim(store)
    assert second.claim(tmp_path / "other.db")
    first.release()
    assert second.claim(store)
    assert not list(tmp_path.glob("*other.db*"))
    second.release()


def test_what_an_import_did_in_words() -> None:
    one = Imported("codex", 1, 1, 1, 1, 1)
    assert summary_words(ImportSummary((one,), (), 1.0)) == (
        "1 new session, 1 message, 1 copy left out, 1 problem"
    )
    assert summary_words(ImportSummary((one, one), (), 1.0, cancelled=True)) == (
        "Cancelled: 2 new sessions, 2 messages, 2 copies left out, 2 problems"
    )
    assert progress_words(Progress(120, 2140, 12_300_000, 48_200_000)) == (
        "120 of 2,140 files, 12.3 MB of 48.2 MB"
    )


def test_diagnostics_tell_no_names() -> None:
    told = about.diagnostics(Path.home() / "x" / "store.db", 60)
    assert "60 sessions in ~/x/store.db" in told
    assert str(Path.home()) not in told
    assert "PySide6-Essentials 6." in told
