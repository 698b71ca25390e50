"""The list of actions, and what is made from it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.gui.actions import Actions, plain
from tokenworth.gui.palette import CommandPalette, ShortcutSheet, matching


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1024, 640)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(owner: QWidget) -> Actions:
    made = Actions(owner)
    made.ran_names = []  # type: ignore[attr-defined]
    for name, text, key in (
        ("open", "&Open files…", "Ctrl+O"),
        ("tag", "&Tag: research && code", "T"),
        ("table", "Data as &table", ""),
    ):
        made.add(name, text, key, f"tip of {name}", lambda name=name: _note(made, name), "file")
    return made


def _note(actions: Actions, name: str) -> None:
    actions.ran_names.append(name)  # type: ignore[attr-defined]


def test_names_and_keys_cannot_clash(actions: Actions) -> None:
    with pytest.raises(ValueError, match="already"):
        actions.add("open", "x", "", "", print, "file")
    with pytest.raises(ValueError, match=r"Ctrl\+O of other is open's"):
        actions.add("other", "x", "Ctrl+O", "", print, "file")
    with pytest.raises(ValueError, match="no menu"):
        actions.add("third", "x", "", "", print, "nowhere")
    actions.add("undo", "Undo", QKeySequence.StandardKey.Undo, "", print, "edit")
    with pytest.raises(ValueError, match=r"Ctrl\+Z"):
        actions.add("zap", "x", "Ctrl+Z", "", print, "edit")


def test_texts_lose_their_mnemonics() -> None:
    assert plain("&Tag: research && code") == "Tag: research & code"


def test_menus_hold_what_was_added_before_and_after(actions: Actions, qtbot: QtBot) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill(bar)
    actions.add("late", "Late", "", "", print, "view")
    shown = {action.text(): action for action in bar.actions() if action.isVisible()}
    assert list(shown) == ["&File", "&View"]
    assert [a.text() for a in shown["&View"].menu().actions()] == ["Late"]


def test_what_is_impossible_is_grey_in_its_menu_and_does_nothing(
    actions: Actions, qtbot: QtBot
) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill(bar)
    possible = [False]
    ran: list[int] = []
    action = actions.add(
        "maybe", "Maybe", "", "", lambda: ran.append(1), "edit", lambda: possible[0]
    )
    menu = next(a for a in bar.actions() if a.text() == "&Edit").menu()
    menu.aboutToShow.emit()
    assert not action.isEnabled()
    menu.aboutToHide.emit()
    action.trigger()
    assert ran == []
    possible[0] = True
    action.trigger()
    assert ran == [1]


def test_palette_finds_by_words_and_recent_first(actions: Actions) -> None:
    def found(text: str, recent: list[str]) -> list[str]:
        return [entry.name for entry in matching(actions.entries(), text, recent)]

    assert found("", []) == ["open", "tag", "table"]
    assert found("", ["table"]) == ["table", "open", "tag"]
    assert found("ta", []) == ["tag", "table"]
    assert found("data", ["tag"]) == ["table"]
    assert found("tip of open", []) == ["open"]
    assert found("nothing like it", []) == []


def test_palette_by_keyboard(qtbot: QtBot, actions: Actions, owner: QWidget) -> None:
    palette = CommandPalette(actions, [], owner)
    palette.open()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["tag"]


def test_palette_filters_as_one_types(qtbot: QtBot, actions: Actions, owner: QWidget) -> None:
    palette = CommandPalette(actions, [], owner)
    palette.open()
    qtbot.keyClicks(palette.field, "table")
    assert palette.list.topLevelItemCount() == 1
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["table"]
    other = CommandPalette(actions, [], owner)
    qtbot.keyClicks(other.field, "zzz")
    with qtbot.assertNotEmitted(other.chosen):
        qtbot.keyClick(other.field, Qt.Key.Key_Return)


def test_sheet_lists_every_key(actions: Actions, owner: QWidget) -> None:
    sheet = ShortcutSheet(actions, owner)
    rows = [sheet.list.topLevelItem(row) for row in range(sheet.list.topLevelItemCount())]
    assert [(row.text(0), row.text(1)) for row in rows] == [
        ("File", ""),
        ("Open files", "Ctrl+O"),
        ("Tag: research & code", "T"),
    ]
