"""The export dialog: what is chosen is shown, what leaves is listed, files are whole."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fake import FakeLibrary
from made_report import make_report
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tokenworth.domain.comparison import Span
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import OwnString, Picture, Redaction, Report, ReportRequest
from tokenworth.gui.asks import Asks
from tokenworth.gui.export import saving
from tokenworth.gui.export.choices import ANY
from tokenworth.gui.export.dialog import ExportDialog
from tokenworth.gui.paper import Sheets, png
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.days import DaysDialog
from tokenworth.reports import csvs, html, jsons, markdown
from tokenworth.workflows import saving as files

WAIT_MS = 5000


class Reporting(FakeLibrary):
    """Returns a report that tells what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[ReportRequest] = []
        self.refusal: Exception | None = None
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()

    def report_periods(self) -> list[Span]:
        return [
            Span("2026-Q2", "Quarter 2 of 2026 (April to June)", "2026-04-01", "2026-06-30", True),
            Span("2026-Q1", "Quarter 1 of 2026 (January to March)", "2026-01-01", "2026-03-31",
                 True),
            Span("2026-Q3", "Quarter 3 of 2026 (July to September)", "2026-07-01", "2026-09-30",
                 False),
            Span("2026-06", "June 2026", "2026-06-01", "2026-06-30", True),
        ]  # fmt: skip

    def find(self, prefix: str) -> tuple[int, str]:
        found = [row for row in self.by_id.values() if row.uid == prefix]
        if not found:
            raise Refusal("There is no such session.", "Choose another.")
        return found[0].id, found[0].uid

    def report(self, request: ReportRequest) -> Report:
        self.requests.append(request)
        self.begun.set()
        self.go_on.wait(5)
        if self.refusal:
            raise self.refusal
        name = "Project A" if request.redaction.projects else "harbour"
        strings = (
            OwnString("project", "harbour", "How"), OwnString("project", "harbour", "Table"),
            OwnString("note", "the tide\nturned", "Sessions"),
        )  # fmt: skip
        return make_report(name, own_strings=() if request.redaction.projects else strings)


Open = Callable[..., tuple[ExportDialog, Reporting]]


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def export(
    qtbot: QtBot, open_asks: Callable[[FakeLibrary], Asks], theme: Theme, owner: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:  # fmt: skip
    monkeypatch.setattr("tokenworth.gui.export.dialog.SETTLE_MS", 20)
    library = Reporting()
    asks = open_asks(library)
    kept = []

    def build(*quoted: str) -> tuple[ExportDialog, Reporting]:
        dialog = ExportDialog(asks, theme, owner, quoted)
        kept.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.report is not None or not library.go_on.is_set())
        return dialog, library

    yield build
    library.go_on.set()
    for dialog in kept:
        if not dialog._is_gone:
            dialog.reject()


def settled(qtbot: QtBot, dialog: ExportDialog) -> Report:
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=WAIT_MS)
    report = dialog.report
    assert report is not None
    return report


def choose(qtbot: QtBot, dialog: ExportDialog, form: str) -> Report:
    dialog.choices.format.setCurrentIndex(dialog.choices.format.findData(form))
    return settled(qtbot, dialog)


def saved(qtbot: QtBot, dialog: ExportDialog, path: Path) -> str:
    dialog.save_to(path)
    qtbot.waitUntil(lambda: not dialog.outgoing.is_busy, timeout=WAIT_MS)
    return dialog.told.text()


def tab_to(qtbot: QtBot, dialog: ExportDialog, wanted: QWidget) -> None:
    """Press Tab until a widget has the focus."""
    for _ in range(40):
        now = dialog.focusWidget()
        if now is wanted:
            return
        QTest.keyClick(now, Qt.Key.Key_Tab)
    qtbot.fail(f"Tab does not reach {wanted}")


def focusable(dialog: QWidget) -> list[QWidget]:
    """Return what takes the focus, without the inner parts of Qt's own widgets."""
    return [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and widget.isVisibleTo(dialog)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parentWidget(), QAbstractScrollArea | QComboBox)
    ]


# what is chosen -----------------------------------------------------------------------------------


def test_the_newest_quarter_for_a_manager_is_shown_first(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    request = library.requests[-1]
    assert (request.period, request.audience, request.compare) == ("2026-Q2", "manager", "")
    assert request.redaction == Redaction()
    assert not dialog.choices.told.isVisible()
    pages = Sheets(settled(qtbot, dialog), "A4").pages
    assert len(dialog.preview.pages._leaves) == pages
    assert dialog.preview.pages.minimumHeight() > 400


def test_nothing_is_quoted_before_it_is_ticked(export: Open, qtbot: QtBot) -> None:
    dialog, library = export("000000000001", "000000000002", "gone")
    quotes = dialog.choices.quotes
    names = [quotes.list.item(row).text() for row in range(3)]
    assert names == [library.by_id[1].title, library.by_id[2].title, "gone"]
    assert library.requests[-1].quoted == ()
    assert not quotes.remove.isEnabled()
    QTest.keyClick(quotes.tick, Qt.Key.Key_Space)
    settled(qtbot, dialog)
    assert library.requests[-1].quoted == ("000000000001", "000000000002", "gone")
    quotes.list.setFocus()
    quotes.list.setCurrentRow(1)
    QTest.keyClick(quotes.list, Qt.Key.Key_Delete)
    settled(qtbot, dialog)
    assert library.requests[-1].quoted == ("000000000001", "gone")
    quotes.list.selectAll()
    QTest.keyClick(quotes.remove, Qt.Key.Key_Space)
    settled(qtbot, dialog)
    assert library.requests[-1].quoted == ()
    assert not quotes.tick.isChecked()
    assert not quotes.tick.isEnabled()


def test_without_a_choice_in_sessions_it_is_said_how_to_quote(export: Open) -> None:
    dialog, _ = export()
    assert not dialog.choices.quotes.tick.isVisible()
    assert not dialog.choices.sections["sessions"].isEnabled()


def test_an_audience_brings_its_redaction_and_a_tick_changes_it(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    choose(qtbot, dialog, "markdown")
    QTest.keyClick(dialog.choices.audience, Qt.Key.Key_Down)
    settled(qtbot, dialog)
    assert library.requests[-1].audience == "public"
    assert library.requests[-1].redaction.projects
    assert "Project A" in dialog.preview.text.toPlainText()
    assert "harbour" not in dialog.preview.reader.toPlainText()
    assert "No word or name of yours" in dialog.strings.told.text()
    assert not dialog.choices.changed_words.isVisible()
    QTest.keyClick(dialog.choices.redacted["projects"], Qt.Key.Key_Space)
    settled(qtbot, dialog)
    assert not library.requests[-1].redaction.projects
    assert "harbour" in dialog.preview.text.toPlainText()
    assert "harbour" in dialog.preview.reader.toPlainText()
    assert dialog.strings.rows.item(0, 1).text() == "harbour"
    assert dialog.choices.changed_words.isVisible()
    assert "project names" in dialog.choices.changed_words.text()


def test_sections_and_usage_can_be_left_out(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    QTest.keyClick(dialog.choices.sections["burned"], Qt.Key.Key_Space)
    QTest.keyClick(dialog.choices.usage, Qt.Key.Key_Space)
    settled(qtbot, dialog)
    assert "burned" not in library.requests[-1].sections
    assert not library.requests[-1].usage


@pytest.mark.parametrize(
    ("key", "is_chosen", "is_short"),
    [("2026-Q1", False, False), ("2026-Q3", True, False), ("2026-06", True, True)],
)
def test_what_is_no_full_quarter_is_said_to_be_chosen(
    export: Open, key: str, is_chosen: bool, is_short: bool
) -> None:
    dialog, _ = export()
    period, told = dialog.choices.period, dialog.choices.told
    period.setCurrentIndex(period.findData(key))
    assert ("chosen by the author" in told.text()) is is_chosen
    assert ("fewer than 8 weeks" in told.text()) is is_short


@pytest.mark.parametrize(("last", "is_short"), [(date(2026, 3, 28), True), (date(2026, 3, 29), 0)])
def test_any_days_can_be_a_period(export: Open, qtbot: QtBot, last: date, is_short: bool) -> None:
    dialog, library = export()
    box = dialog.choices.period
    box.setCurrentIndex(box.findData(ANY))
    box.activated.emit(box.currentIndex())
    asked = dialog.findChild(DaysDialog)
    asked.first.setDate(date(2026, 2, 2))
    asked.last.setDate(last)
    asked.accept()
    settled(qtbot, dialog)
    assert library.requests[-1].period == f"2026-02-02..{last}"
    assert ("fewer than 8 weeks" in dialog.choices.told.text()) is bool(is_short)  # 55, 56 days
    assert library.requests[-1].compare == ""


def test_days_that_are_not_chosen_leave_the_period_as_it_was(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    box = dialog.choices.period
    box.setCurrentIndex(box.findData(ANY))
    box.activated.emit(box.currentIndex())
    QTest.keyClick(dialog.findChild(DaysDialog), Qt.Key.Key_Escape)
    settled(qtbot, dialog)
    assert box.currentData() == "2026-Q2"
    assert {request.period for request in library.requests} == {"2026-Q2"}


def test_periods_of_the_same_kind_stand_beside(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    beside = dialog.choices.compare
    offered = [beside.itemData(at) for at in range(beside.count())]
    assert offered == ["", "2026-Q1", "2026-Q3", ANY]
    assert not dialog.choices.sections["comparison"].isEnabled()
    QTest.keyClick(beside, Qt.Key.Key_Down)
    settled(qtbot, dialog)
    assert library.requests[-1].compare == "2026-Q1"
    assert dialog.choices.sections["comparison"].isEnabled()
    period = dialog.choices.period
    period.setCurrentIndex(period.findData("2026-Q1"))  # the same is not set beside itself
    settled(qtbot, dialog)
    assert library.requests[-1].compare == ""


def test_choices_are_kept_for_this_window_and_store(
    export: Open, qtbot: QtBot, theme: Theme, owner: QWidget,
    open_asks: Callable[[FakeLibrary], Asks],
) -> None:  # fmt: skip
    dialog, library = export("000000000001")
    choices = dialog.choices
    choices.period.setCurrentIndex(choices.period.findData("2026-Q1"))
    choices.compare.setCurrentIndex(choices.compare.findData("2026-Q2"))
    choices.audience.setCurrentIndex(2)
    choices.redacted["money"].setChecked(False)
    choices.sections["how"].setChecked(False)
    choices.quotes.tick.setChecked(True)
    choose(qtbot, dialog, "json")
    asked = library.requests[-1]
    dialog.reject()
    again, _ = export("000000000001")
    assert library.requests[-1] == msgspec.structs.replace(asked, quoted=())
    assert again.choices.form() == "json"
    again.reject()
    other = Reporting()
    other.path = Path("/another.db")
    fresh = ExportDialog(open_asks(other), theme, owner)
    settled(qtbot, fresh)
    assert fresh.choices.request() == ReportRequest("2026-Q2")
    fresh.reject()


# what is shown ------------------------------------------------------------------------------------


def test_a_refusal_is_shown_instead_of_a_document(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    library.refusal = Refusal("It covers at least 8 weeks.", "Choose a longer period.")
    QTest.keyClick(dialog.choices.usage, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "at least 8 weeks" in dialog.preview.words.text())
    assert not dialog.save.isEnabled()
    assert not dialog.print.isEnabled()
    assert dialog.strings.rows.rowCount() == 0


def test_a_fault_is_said_in_words_and_logged(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    library.refusal = ZeroDivisionError("of ours")
    with qtbot.waitSignal(dialog._asks.failed) as caught:
        QTest.keyClick(dialog.choices.usage, Qt.Key.Key_Space)
    assert caught.args == [library.refusal]
    assert "a fault in Tokenworth" in dialog.preview.words.text()


def test_a_late_answer_is_not_shown(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    before = settled(qtbot, dialog)
    library.go_on.clear()
    library.begun.clear()
    dialog.choices.usage.setChecked(True)
    assert dialog.report is None  # at once: nothing is saved that is not shown
    assert not dialog.save.isEnabled()
    assert dialog._veils[0].isVisible()
    assert dialog.preview.currentIndex() == 0  # the old one is still there, dimmed
    qtbot.waitUntil(library.begun.is_set)
    shown: list[Any] = []
    show = dialog._show
    dialog._show = lambda made: (shown.append(made.request), show(made))  # type: ignore[method-assign,func-returns-value]
    dialog.choices.audience.setCurrentIndex(2)
    library.go_on.set()
    after = settled(qtbot, dialog)
    assert [request.audience for request in shown] == ["public"]
    assert after != before
    assert not dialog._veils[0].isVisible()


def test_a_late_refusal_is_not_said_and_a_closed_dialog_stays_quiet(
    export: Open, qtbot: QtBot
) -> None:
    dialog, library = export()
    asks, refused = dialog._asks, []
    asks.refused.connect(refused.append)
    library.go_on.clear()
    library.begun.clear()
    library.refusal = Refusal("It is gone.", "Nothing to do.")
    dialog.choices.usage.setChecked(True)
    qtbot.waitUntil(library.begun.is_set)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    library.go_on.set()
    done: list[int] = []
    asks.ask(lambda asked: asked.count(), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert refused == []


def test_another_format_of_the_same_asks_the_store_once(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    choose(qtbot, dialog, "json")
    choose(qtbot, dialog, "csv")
    assert len(library.requests) == 1
    assert "[dictionary.csv]" in dialog.preview.text.toPlainText()


def test_the_file_itself_can_be_seen_and_nothing_is_loaded(export: Open, qtbot: QtBot) -> None:
    dialog, _ = export()
    report = choose(qtbot, dialog, "html")
    preview = dialog.preview
    assert preview.reader.isVisible()
    assert not preview.text.isVisible()
    QTest.keyClick(preview.as_written, Qt.Key.Key_Space)
    assert preview.text.isVisible()
    assert preview.text.toPlainText() == html.html(report)
    assert not preview.reader.openLinks()
    assert preview.reader.loadResource(2, QUrl.fromLocalFile("/etc/hostname")) is None
    choose(qtbot, dialog, "json")
    assert not preview.switch.isVisible()
    assert preview.text.toPlainText() == jsons.document(report)


def test_what_leaves_can_be_searched_and_read_in_full(export: Open) -> None:
    dialog, _ = export()
    strings = dialog.strings
    dialog.tabs.setCurrentIndex(1)
    assert dialog.tabs.tabText(1) == "What leaves (2)"
    assert "nothing leaves but these 2 strings" in strings.told.text()
    cells = [strings.rows.item(0, at).text() for at in range(4)]
    assert cells == ["project", "harbour", "How, Table", "2"]
    QTest.keyClicks(strings.search, "TIDE")
    assert strings.found.rowCount() == 1
    assert "Found: 1." in strings.told.text()
    strings.table.selectRow(0)
    assert strings.whole.toPlainText() == "the tide\nturned"
    QTest.keyClicks(strings.search, "x")
    assert strings.found.rowCount() == 0


@pytest.mark.parametrize("look", ["light", "dark"])
def test_paper_is_white_on_the_windows_own_colour(export: Open, theme: Theme, look: str) -> None:
    dialog, _ = export()
    theme.set_look(look)  # type: ignore[arg-type]
    seen = dialog.grab().toImage()
    pages = dialog.preview.pages
    place = pages._places()[0].topLeft().toPoint()
    ratio = seen.devicePixelRatio()
    inside = pages.mapTo(dialog, place) * ratio
    assert seen.pixelColor(3, 3) == theme.colour("window")
    assert seen.pixelColor(inside.x() + 9, inside.y() + 9).name() == "#ffffff"
    theme.set_look("light")


# out ----------------------------------------------------------------------------------------------


def test_the_keyboard_alone_saves_a_file(export: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog, _ = export()
    dialog.outgoing.folder = str(tmp_path)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.choices.period.setFocus()
    tab_to(qtbot, dialog, dialog.choices.format)
    QTest.keyClick(dialog.choices.format, Qt.Key.Key_Down)
    report = settled(qtbot, dialog)
    tab_to(qtbot, dialog, dialog.save)
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    chooser = dialog.findChild(QFileDialog)
    qtbot.waitUntil(chooser.isVisible)
    field = chooser.findChild(QLineEdit, "fileNameEdit")
    assert field.text() == "tokenworth-2026-Q2.html"
    field.selectAll()
    QTest.keyClicks(field, "mine")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Saved" in dialog.told.text(), timeout=WAIT_MS)
    assert (tmp_path / "mine.html").read_text("utf-8") == html.html(report)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("form", ["pdf", "html", "markdown", "csv", "json"])
def test_what_is_shown_is_what_is_saved(
    export: Open, qtbot: QtBot, tmp_path: Path, form: str
) -> None:
    dialog, _ = export()
    report = choose(qtbot, dialog, form)
    before = os.umask(0)
    try:
        told = saved(qtbot, dialog, tmp_path / "r")
    finally:
        os.umask(before)
    written = (tmp_path / "r").read_bytes()
    if form in ("html", "markdown", "json"):
        assert dialog.preview.text.toPlainText() == written.decode()
    wanted = {"html": html.html, "markdown": markdown.markdown, "json": jsons.document}
    if form == "pdf":
        assert written.startswith(b"%PDF-")
    elif form == "csv":
        assert written == csvs.archive(report)
    else:
        assert written == wanted[form](report).encode()
    assert (tmp_path / "r").stat().st_mode & 0o777 == 0o600
    assert str(tmp_path / "r") in told
    assert dialog.told.property("role") == "muted"


def test_all_charts_go_to_a_folder_or_one_to_a_file(
    export: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog, _ = export()
    report = choose(qtbot, dialog, "png")
    picture = next(block for block in report.blocks if isinstance(block, Picture))
    (leaf,) = dialog.preview.pages._leaves
    assert leaf.png == png(picture)
    image = QImage.fromData(leaf.png)
    assert leaf.width / leaf.height == image.width() / image.height(), "shown in its own shape"
    assert str(tmp_path) in saved(qtbot, dialog, tmp_path)
    target = tmp_path / "tokenworth-2026-Q2-paired.png"
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == png(picture)
    QTest.keyClick(dialog.choices.chart, Qt.Key.Key_Down)
    settled(qtbot, dialog)
    saved(qtbot, dialog, tmp_path / "one.png")
    assert (tmp_path / "one.png").read_bytes() == png(picture)


@pytest.mark.parametrize("replace", [True, False])
def test_charts_take_the_place_of_others_only_if_that_is_wanted(
    export: Open, qtbot: QtBot, tmp_path: Path, *, replace: bool
) -> None:
    dialog, _ = export()
    choose(qtbot, dialog, "png")
    target = tmp_path / "tokenworth-2026-Q2-paired.png"
    target.write_text("mine")
    dialog.save_to(tmp_path)
    asked = dialog.findChild(QMessageBox)
    assert asked is not None
    assert target.name in asked.text()
    if replace:
        standard = QMessageBox.StandardButton
        QTest.keyClick(asked.button(standard.Save), Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: "Saved" in dialog.told.text())
    else:
        QTest.keyClick(asked, Qt.Key.Key_Escape)
        assert not dialog.outgoing.is_busy
    assert target.read_bytes().startswith(b"\x89PNG" if replace else b"mine")


@pytest.mark.parametrize(
    ("form", "chart", "name"),
    [
        ("csv", "", "tokenworth-2026-Q2.zip"),
        ("markdown", "", "tokenworth-2026-Q2.md"),
        ("png", "paired", "tokenworth-2026-Q2-paired.png"),
    ],
)
def test_the_file_is_asked_for_with_a_name_and_its_ending(
    export: Open, qtbot: QtBot, form: str, chart: str, name: str
) -> None:
    dialog, _ = export()
    choose(qtbot, dialog, form)
    if chart:
        dialog.choices.chart.setCurrentIndex(dialog.choices.chart.findData(chart))
        settled(qtbot, dialog)
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    assert [Path(path).name for path in chooser.selectedFiles()] == [name]
    chooser.reject()


Trouble = Callable[[Path], object]


@pytest.fixture(params=["full", "forbidden", "folder"])
def troubled(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> tuple[Trouble, str]:
    """Return what makes writing fail, and what is said of it."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def forbidden(**_named: object) -> tuple[int, str]:
        raise PermissionError(errno.EACCES, "Permission denied")

    cases: dict[str, tuple[Trouble, str]] = {
        "full": (lambda _: monkeypatch.setattr(files.os, "fsync", full), "No space left"),
        "forbidden": (
            lambda _: monkeypatch.setattr(files.tempfile, "mkstemp", forbidden),
            "Permission denied",
        ),
        "folder": (Path.mkdir, "could not be written"),
    }
    return cases[request.param]


def test_what_cannot_be_written_is_said_and_nothing_half_is_left(
    export: Open, qtbot: QtBot, tmp_path: Path, troubled: tuple[Trouble, str]
) -> None:
    dialog, _ = export()
    trouble, words = troubled
    trouble(tmp_path / "r.pdf")
    there = list(tmp_path.iterdir())
    told = saved(qtbot, dialog, tmp_path / "r.pdf")
    assert words in told
    assert dialog.told.property("role") == "warning"
    assert dialog.save.isEnabled()
    assert list(tmp_path.iterdir()) == there


def test_a_save_that_fails_after_closing_is_said_by_the_window(
    export: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog, _ = export()
    with qtbot.waitSignal(dialog._asks.refused) as caught:
        dialog.save_to(tmp_path / "nowhere" / "r.pdf")
        dialog.reject()
    assert "could not be written" in str(caught.args[0])


def test_pages_are_printed_on_the_printer_chosen(
    export: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Chosen(QDialog):
        def __init__(self, printer: QPrinter, parent: QWidget) -> None:
            super().__init__(parent)
            self.printer = printer

        def setMinMax(self, first: int, last: int) -> None:  # noqa: N802 - Qt's name
            self.pages = first, last

    printed: list[tuple[Any, ...]] = []
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog", Chosen)
    monkeypatch.setattr(saving, "print_pages", lambda *told: printed.append(told))
    dialog, _ = export()
    report = settled(qtbot, dialog)
    QTest.keyClick(dialog.print, Qt.Key.Key_Space)
    asked = dialog.findChild(Chosen)
    assert asked.pages == (1, Sheets(report, "A4").pages)
    asked.accept()
    assert printed == [(report, asked.printer, "A4")]
    assert "printer" in dialog.told.text()


def test_only_pages_that_are_shown_can_be_printed(export: Open, qtbot: QtBot) -> None:
    dialog, _ = export()
    assert dialog.print.isEnabled()
    choose(qtbot, dialog, "json")
    assert not dialog.print.isEnabled()
    assert "PDF" in dialog.print.toolTip()


@pytest.mark.parametrize("form", ["pdf", "html", "json", "png"])
@pytest.mark.parametrize("tab", [0, 1])
def test_all_that_takes_focus_has_a_name(export: Open, qtbot: QtBot, form: str, tab: int) -> None:
    dialog, _ = export("000000000001")
    choose(qtbot, dialog, form)
    dialog.tabs.setCurrentIndex(tab)
    found = focusable(dialog)
    assert len(found) > 15
    for widget in found:
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget


def test_it_fits_a_small_screen(export: Open, qtbot: QtBot) -> None:
    dialog, _ = export("000000000001")
    for form in ("pdf", "html", "csv", "png"):
        choose(qtbot, dialog, form)
        assert dialog.minimumSizeHint().width() <= 1024
        assert dialog.minimumSizeHint().height() <= 640
    assert not dialog.findChildren(QDialogButtonBox)
