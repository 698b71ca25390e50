"""The export dialog: what is chosen is shown, what leaves is listed, files are whole."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake import FakeLibrary
from made_report import make_report
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tokenworth.domain.comparison import Span
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import OwnString, Redaction, Report, ReportRequest
from tokenworth.gui.asks import Asks
from tokenworth.gui.export.dialog import ExportDialog
from tokenworth.gui.theme import Theme
from tokenworth.reports import html, markdown


class Reporting(FakeLibrary):
    """Returns a report that tells what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[ReportRequest] = []
        self.refusal: Refusal | None = None

    def report_periods(self) -> list[Span]:
        return [
            Span("2026-Q2", "Quarter 2 of 2026", "2026-04-01", "2026-06-30", whole=True),
            Span("2026-06", "June 2026", "2026-06-01", "2026-06-30", whole=True),
        ]

    def report(self, request: ReportRequest) -> Report:
        self.requests.append(request)
        if self.refusal:
            raise self.refusal
        name = "Project A" if request.redaction.projects else "harbour"
        strings = () if request.redaction.projects else (OwnString("project", name, "How"),)
        return make_report(name, own_strings=strings)


Open = Callable[..., tuple[ExportDialog, Reporting]]


@pytest.fixture
def export(qtbot: QtBot, open_asks: Callable[[FakeLibrary], Asks], theme: Theme) -> Iterator[Open]:
    kept = []

    def build(*quoted: str) -> tuple[ExportDialog, Reporting]:
        library, owner = Reporting(), QWidget()
        qtbot.addWidget(owner)
        dialog = ExportDialog(open_asks(library), theme, owner, quoted)
        dialog.show()
        kept.append((owner, dialog))
        qtbot.waitUntil(lambda: dialog.report is not None)
        return dialog, library

    yield build
    for owner, dialog in kept:
        dialog.close()
        owner.close()


def settled(qtbot: QtBot, dialog: ExportDialog) -> Report:
    qtbot.waitUntil(lambda: dialog.report is not None)
    report = dialog.report
    assert report is not None
    return report


def test_the_newest_quarter_for_a_manager_is_shown_first(export: Open, qtbot: QtBot) -> None:
    dialog, library = export("abc")
    request = library.requests[-1]
    assert (request.period, request.audience, request.compare) == ("2026-Q2", "manager", "")
    assert request.redaction == Redaction()
    assert request.quoted == ()
    assert not dialog.choices.told.isVisible()
    assert dialog.preview.pages.minimumHeight() > 400
    QTest.keyClick(dialog.choices.quotes, Qt.Key.Key_Space)
    settled(qtbot, dialog)
    assert library.requests[-1].quoted == ("abc",)


def test_an_audience_brings_its_redaction_and_a_tick_changes_it(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    box = dialog.choices.audience
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    settled(qtbot, dialog)
    assert library.requests[-1].audience == "public"
    assert library.requests[-1].redaction.projects
    assert "No word or name of yours" in dialog.strings.told.text()
    tick = dialog.choices.redacted["projects"]
    QTest.keyClick(tick, Qt.Key.Key_Space)
    settled(qtbot, dialog)
    assert not library.requests[-1].redaction.projects
    assert dialog.strings.rows.item(0, 1).text() == "harbour"
    assert dialog.tabs.tabText(1) == "What leaves (1)"
    QTest.keyClicks(dialog.strings.search, "tide")
    assert dialog.strings.found.rowCount() == 0


def test_sections_and_usage_can_be_left_out(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    QTest.keyClick(dialog.choices.sections["burned"], Qt.Key.Key_Space)
    QTest.keyClick(dialog.choices.usage, Qt.Key.Key_Space)
    settled(qtbot, dialog)
    assert "burned" not in library.requests[-1].sections
    assert not library.requests[-1].usage


def test_a_month_is_said_to_be_short_and_chosen(export: Open, qtbot: QtBot) -> None:
    dialog, _ = export()
    QTest.keyClick(dialog.choices.period, Qt.Key.Key_Down)
    settled(qtbot, dialog)
    assert "chosen by the author" in dialog.choices.told.text()
    assert "Fewer than 8 weeks" in dialog.choices.told.text()


def test_a_refusal_is_shown_instead_of_a_document(export: Open, qtbot: QtBot) -> None:
    dialog, library = export()
    library.refusal = Refusal("It covers at least 8 weeks.", "Choose a longer period.")
    QTest.keyClick(dialog.choices.usage, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "at least 8 weeks" in dialog.preview.words.toPlainText())
    assert not dialog.save.isEnabled()


@pytest.mark.parametrize(("form", "name"), [("html", "r.html"), ("markdown", "r.md")])
def test_what_is_shown_is_what_is_saved(
    export: Open, qtbot: QtBot, tmp_path: Path, form: str, name: str
) -> None:
    dialog, _ = export()
    dialog.choices.format.setCurrentIndex(dialog.choices.format.findData(form))
    report = settled(qtbot, dialog)
    before = os.umask(0)
    try:
        dialog.save_to(tmp_path / name)
    finally:
        os.umask(before)
    expected = html.html(report) if form == "html" else markdown.markdown(report)
    assert (tmp_path / name).read_text("utf-8") == expected
    assert dialog.preview.text.toPlainText() == expected
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert str(tmp_path / name) in dialog.told.text()


@pytest.mark.parametrize("form", ["pdf", "csv", "json"])
def test_other_formats_are_saved(export: Open, qtbot: QtBot, tmp_path: Path, form: str) -> None:
    dialog, _ = export()
    dialog.choices.format.setCurrentIndex(dialog.choices.format.findData(form))
    settled(qtbot, dialog)
    dialog.save_to(tmp_path / "r")
    assert (tmp_path / "r").stat().st_size > 500


def test_charts_are_saved_one_by_one(export: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog, _ = export()
    dialog.choices.format.setCurrentIndex(dialog.choices.format.findData("png"))
    settled(qtbot, dialog)
    dialog.save_to(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["paired.png"]


def test_what_cannot_be_written_is_said_and_nothing_half_is_left(
    export: Open, tmp_path: Path
) -> None:
    dialog, _ = export()
    dialog.save_to(tmp_path / "nowhere" / "r.pdf")
    assert "could not be written" in dialog.told.text()
    assert list(tmp_path.iterdir()) == []


def test_all_that_takes_focus_has_a_name(export: Open) -> None:
    dialog, _ = export()
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisibleTo(dialog):
            continue
        if widget.objectName().startswith("qt_") or widget.parent() is dialog.preview.pages:
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget
