"""What is said before a session starts."""

from collections.abc import Callable

from fake import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.gui.asks import Asks
from tokenworth.gui.before import BeforeDialog


class Declaring(FakeLibrary):
    """Keeps what is declared."""

    def __init__(self) -> None:
        super().__init__()
        self.declared: dict[int, tuple[bool, tuple[float, float] | None]] = {}

    def declare(self, *, explore: bool, forecast: tuple[float, float] | None = None) -> int:
        self.declared[7] = explore, forecast
        return 7

    def withdraw_declaration(self, declared_at: int) -> None:
        del self.declared[declared_at]


def test_it_is_kept_with_the_keyboard_and_can_be_taken_back(
    qtbot: QtBot, open_asks: Callable[[FakeLibrary], Asks]
) -> None:
    library, owner = Declaring(), QWidget()
    qtbot.addWidget(owner)
    asks, undo = open_asks(library), QUndoStack(owner)
    dialog = BeforeDialog(asks, undo, owner)
    qtbot.addWidget(dialog)
    dialog.show()
    save = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
    qtbot.keyClick(save, Qt.Key.Key_Space)
    assert dialog.error.text() == "Tick the line, or give the minutes; or cancel."
    qtbot.keyClick(dialog.explore, Qt.Key.Key_Space)
    for field, minutes in ((dialog.low, "30"), (dialog.high, "20")):
        field.selectAll()  # as Tab does
        qtbot.keyClicks(field, minutes)
    qtbot.keyClick(save, Qt.Key.Key_Space)
    assert dialog.error.text() == "The smaller number of minutes comes first."
    dialog.high.selectAll()
    qtbot.keyClicks(dialog.high, "60")
    with qtbot.waitSignal(asks.changed):
        qtbot.keyClick(save, Qt.Key.Key_Space)
    assert library.declared == {7: (True, (30.0, 60.0))}
    assert not dialog.isVisible()
    with qtbot.waitSignal(asks.changed):
        undo.undo()
    assert library.declared == {}
