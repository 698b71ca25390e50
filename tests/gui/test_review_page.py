"""The Review place over a made-up queue: typed as a person would, with nothing else touched."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from made_review import (
    HIDDEN,
    NEWER,
    OLDER,
    ReviewLibrary,
    made_card,
    made_half,
    made_sweep,
)
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QUndoStack
from PySide6.QtWidgets import QApplication, QLabel, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.domain.views import Answer, SessionQuery
from tokenworth.gui.actions import Actions
from tokenworth.gui.asks import Asks
from tokenworth.gui.pages.review import ReviewPage
from tokenworth.gui.review.words import days
from tokenworth.gui.theme import Theme

SPECIAL = {"\n": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace, "\x1b": Qt.Key.Key_Escape}
USED = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(0))


class Room:
    """A page in a window of its own, and a person at its keyboard."""

    def __init__(self, qtbot: QtBot, asks: Asks, theme: Theme, library: ReviewLibrary) -> None:
        self.qtbot = qtbot
        self.library = library
        self.owner = QWidget()
        qtbot.addWidget(self.owner)
        self.undo = QUndoStack(self.owner)
        self.actions = Actions(self.owner)
        self.ran: list[str] = []
        for name, key in (("tag", "T"), ("next_untagged", "N"), ("go_trends", "Ctrl+4")):
            self.actions.add(name, name, key, "", lambda name=name: self.ran.append(name), "view")
        self.actions.add("undo", "Undo", "Ctrl+Z", "", self.undo.undo, "edit")
        self.page = ReviewPage(asks, theme, self.actions, self.undo)
        self.stage = self.page.stage
        self.page.setParent(self.owner)
        self.owner.resize(1024, 640)
        self.page.resize(828, 530)
        self.owner.show()
        qtbot.waitExposed(self.owner)
        self.page.begin_at.setFocus()
        qtbot.waitUntil(lambda: self.page.queue is not None)

    @property
    def shown(self) -> QWidget:
        """The room of Review that is shown."""
        return self.stage.shown

    @property
    def card(self) -> str:
        """The uid of the card that is asked."""
        asking = self.stage.card.asking
        assert asking is not None
        return asking.card.uid

    def press(self, keys: str) -> None:
        """Press keys at once, wherever the focus is."""
        for key in keys:
            target = self.owner.focusWidget()
            assert target is not None
            if key in SPECIAL:
                self.qtbot.keyClick(target, SPECIAL[key])
            else:
                self.qtbot.keyClicks(target, key)

    def until(self, view: QWidget) -> None:
        """Wait until a room is shown and the store rests."""
        self.qtbot.waitUntil(lambda: self.shown is view and self.page._ticket is None)

    def until_card(self, number: int) -> None:
        """Wait until a card is asked."""
        uid = f"{number:012x}"
        self.qtbot.waitUntil(lambda: self.shown is self.stage.card and self.card == uid)

    def answer(self, number: int, keys: str) -> None:
        """Wait until a card is asked, answer it, and wait until it is kept."""
        self.until_card(number)
        self.press(f"{keys}\n")
        self.until(self.stage.reveal)

    def wait_told(self, number: int) -> None:
        """Wait until the store was told so many things and the page rests."""
        self.qtbot.waitUntil(lambda: len(self.library.told) >= number)
        self.qtbot.waitUntil(lambda: self.page._ticket is None)

    def answered(self) -> list[tuple[Any, ...]]:
        """What was answered, in order."""
        return [one for one in self.library.told if one[0] not in ("draw", "sweep", "stop")]


@pytest.fixture
def enter(
    qtbot: QtBot, open_asks: Callable[[ReviewLibrary], Asks], theme: Theme
) -> Iterator[Callable[[ReviewLibrary], Room]]:
    rooms: list[Room] = []

    def build(library: ReviewLibrary) -> Room:
        rooms.append(Room(qtbot, open_asks(library), theme, library))
        return rooms[-1]

    yield build
    for room in rooms:
        room.owner.close()


def drawn(number: int, **given: Any) -> ReviewLibrary:
    """A library whose queue holds so many cards."""
    return ReviewLibrary([made_card(n, of=number, **given) for n in range(1, number + 1)])


def undrawn(**given: Any) -> ReviewLibrary:
    """A library with a half-week before its draw."""
    library = ReviewLibrary(
        [made_card(n) for n in range(1, 11)], halves=[made_half(state="undrawn", **given)]
    )
    library.swept = made_sweep(5)
    return library


def texts(root: QObject) -> str:
    """Everything a page says to eyes and to a screen reader, hidden rooms too."""
    said = []
    for widget in [root, *root.findChildren(QWidget)]:
        if isinstance(widget, QLabel):
            said.append(widget.text())
        if isinstance(widget, QWidget):
            said += [widget.toolTip(), widget.statusTip(), widget.whatsThis()]
            said += [widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
            spoken = QAccessible.queryAccessibleInterface(widget)
            said += [spoken.text(kind) for kind in QAccessible.Text]
    return "\n".join(said)


def test_twenty_cards_take_two_to_four_keys_and_enter(
    enter: Callable[[ReviewLibrary], Room],
) -> None:
    room = enter(drawn(20))
    runs = ["2u50", "2k0", "2a", "1u2", "3a4"] * 4
    for number, keys in enumerate(runs, 1):
        room.until_card(number)
        room.press(keys)
        assert 2 <= len(keys) <= 4
        room.press("\n")
        room.until(room.stage.reveal)
        assert QApplication.activeModalWidget() is None
        room.press("\n")
    room.until(room.stage.rest)
    assert [said[1] for said in room.answered()] == [f"{n:012x}" for n in range(1, 21)]
    assert room.answered()[0][2] == USED
    assert room.ran == []
    assert room.stage.rest.heading.text() == f"All 20 of {days(made_half())} are answered"


def test_the_head_says_which_half_week_and_how_far(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(10))
    room.until_card(1)
    assert room.page.badge() == "10 left"
    head = room.stage.head
    assert head.line.text() == f"{days(made_half())} · 10 of 61 sessions, drawn by chance ·"
    assert (head.count.text(), head.bar.value(), head.bar.maximum()) == ("1 of 10", 1, 20)
    room.press("s")
    room.until_card(2)
    assert head.count.text() == "2 of 10"
    assert room.page.badge() == "9 left"


@pytest.mark.parametrize(("key", "status"), [("s", "skipped"), ("x", "cannot_recall")])
def test_what_is_left_out_reveals_nothing(
    enter: Callable[[ReviewLibrary], Room], key: str, status: str
) -> None:
    room = enter(drawn(2))
    room.until_card(1)
    room.press(key)
    room.until_card(2)
    assert room.answered() == [("drawn", made_card(1).uid, Tag(status=status))]  # type: ignore[arg-type]
    assert not any(secret in texts(room.page) for secret in HIDDEN)


def test_nothing_hidden_is_told_while_a_card_is_open(
    enter: Callable[[ReviewLibrary], Room],
) -> None:
    room = enter(drawn(3))
    room.until_card(1)
    assert not any(secret in texts(room.page) for secret in HIDDEN)
    room.press("2u50\n")
    room.until(room.stage.reveal)
    told = texts(room.page)
    assert all(secret in told for secret in ("wren-huge", "$88.13", "417", "53 min", "7.13 M"))
    assert "31 min to 1 h 14 min" in told
    assert "needed anyway" in told
    assert "a chance of 31 %" in told
    room.press("\n")
    room.until_card(2)
    assert not any(secret in texts(room.page) for secret in (*HIDDEN, "chance of 31"))


def test_certainty_is_not_told_from_chance(enter: Callable[[ReviewLibrary], Room]) -> None:
    sure, chance = enter(drawn(2, chosen="certainty")), enter(drawn(2))
    assert texts(sure.page) == texts(chance.page)


def test_backspace_goes_back_one_question(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(1))
    room.until_card(1)
    room.press("2u5\b\b\b1k0\n")
    room.until(room.stage.reveal)
    assert room.answered()[0][2] == Tag(Purpose.SHOW, Fate.KEPT, None, Minutes.of(0))


def test_keys_typed_while_saving_are_neither_lost_nor_saved_twice(
    enter: Callable[[ReviewLibrary], Room],
) -> None:
    room = enter(drawn(3))
    room.until_card(1)
    room.press("s2u50\n\n2a\n")  # never waits for the store
    room.wait_told(3)
    room.until(room.stage.reveal)
    assert [(said[1][-1], said[2].status) for said in room.answered()] == [
        ("1", "skipped"), ("2", "answered"), ("3", "answered"),
    ]  # fmt: skip
    assert room.answered()[1][2] == USED
    assert room.answered()[2][2] == Tag(Purpose.NEEDED, Fate.ABANDONED)


def test_what_was_not_kept_is_said_and_stands_in_the_form(
    enter: Callable[[ReviewLibrary], Room],
) -> None:
    room = enter(drawn(2))
    room.library.refusals.append(Refusal("The store is on a full disk.", "Make room."))
    room.until_card(1)
    room.press("2u50\n")
    room.qtbot.waitUntil(lambda: "full disk" in texts(room.page))
    assert room.answered() == []
    assert room.undo.count() == 0
    assert room.shown is room.stage.card
    room.press("\n")
    room.until(room.stage.reveal)
    assert room.answered() == [("drawn", made_card(1).uid, USED)]


def test_a_change_is_kept_beside_the_first_answer(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(2))
    room.answer(1, "2u50")
    room.press("c")
    assert room.shown is room.stage.card
    assert "You said: needed anyway · in use as it came" in texts(room.page)
    room.press("\x1b")
    assert room.shown is room.stage.reveal
    room.press("c1k0\n")
    room.wait_told(2)
    room.until(room.stage.reveal)
    assert [said[0] for said in room.answered()] == ["drawn", "change"]
    assert "First you said: needed anyway · in use as it came" in texts(room.page)
    room.press("\n")
    room.until_card(2)


def test_undo_takes_an_answer_back_and_asks_again(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(3))
    room.answer(1, "2u50")
    room.press("\n")
    room.until_card(2)
    room.qtbot.keyClick(room.owner.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.until_card(1)
    assert "You have seen its numbers" in texts(room.page)
    room.press("s")  # nothing to skip: its numbers were seen
    room.press("2k1\n")
    room.wait_told(3)
    room.until(room.stage.reveal)
    assert [said[0] for said in room.answered()] == ["drawn", "untag", "change"]
    room.press("\n")
    room.until_card(2)


def test_a_skip_taken_back_is_asked_blind(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(2))
    room.until_card(1)
    room.press("s")
    room.until_card(2)
    room.undo.undo()
    room.answer(1, "2u50")
    assert [said[0] for said in room.answered()] == ["drawn", "untag", "drawn"]


def test_redo_gives_the_same_answer_as_a_change(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(2))
    room.answer(1, "2u50")
    room.undo.undo()
    room.until_card(1)
    room.undo.redo()
    room.until_card(2)
    assert [said[0] for said in room.answered()] == ["drawn", "untag", "change"]
    assert room.answered()[2][2] == USED


def test_letters_are_answers_and_not_keys_of_other_places(
    enter: Callable[[ReviewLibrary], Room],
) -> None:
    room = enter(drawn(2, asks_skill=True))
    room.until_card(1)
    room.press("2u50s")  # slowly, and no skip
    room.press("tn\n")
    room.until(room.stage.reveal)
    told = room.answered()[0][2]
    assert (told.could_alone, told.can_explain) == ("s", "n")
    assert room.ran == []


def test_why_this_one_explains_and_leaves_the_answer_alone(
    enter: Callable[[ReviewLibrary], Room],
) -> None:
    room = enter(drawn(1))
    room.until_card(1)
    room.press("2u?")
    assert room.shown is room.stage.why
    said = room.stage.why.text
    assert "0.6 of it" in said
    assert "nobody can draw a second time" in said
    assert not any(secret in said for secret in HIDDEN)
    room.press("\x1b50\n")
    room.until(room.stage.reveal)
    assert room.answered()[0][2] == USED


def test_stopping_asks_once_in_the_page(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(4))
    room.until_card(1)
    room.press("s")
    room.until_card(2)
    room.page.stop()
    assert "3 stay unasked" in room.stage.confirm.words.text()
    room.press("\x1b")
    assert room.stage.confirm.isHidden()
    assert room.owner.focusWidget() is room.stage.card.form
    room.page.stop()
    room.qtbot.mouseClick(room.stage.confirm.accept, Qt.MouseButton.LeftButton)
    room.until(room.stage.rest)
    assert room.library.told[-1] == ("stop", OLDER)
    assert room.stage.rest.heading.text().startswith("You stopped after 1 of 4")
    assert room.page.badge() == ""


def test_a_card_in_hand_outlives_news_in_the_store(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(2))
    room.until_card(1)
    room.press("2u")
    room.page.asks.tell(lambda library: library.set_setting("x", "1"))
    room.qtbot.waitUntil(lambda: room.library.commits == 2 and room.page._ticket is None)
    assert room.stage.card.form.current() == "by_hand"
    room.press("50\n")
    room.until(room.stage.reveal)


def test_before_the_draw(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(undrawn(late=2))
    room.until(room.stage.half)
    assert "61 sessions in this half-week, 2 of them late" in room.stage.half.text
    assert room.stage.half.sizes[10].isChecked()
    room.qtbot.mouseClick(room.stage.half.sizes[15], Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: "15 of them are drawn" in room.stage.half.text)
    assert room.library.settings == {"asked_per_period": "15"}
    room.stage.half.start.setFocus()
    room.press("\n")
    room.until_card(1)
    assert room.library.told == [("draw", OLDER)]


def test_few_sessions_are_all_asked(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(undrawn(sessions=8, planned=8, census=True))
    room.until(room.stage.half)
    assert "all 8 are asked about" in room.stage.half.text
    assert not room.stage.half.sizes[10].isVisible()


def test_the_sweep_asks_on_the_spot(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(undrawn())
    room.until(room.stage.half)
    room.press("w")
    room.until(room.stage.sweep)
    tree = room.stage.sweep.findChild(QTreeWidget)
    assert tree is not None
    assert tree.topLevelItemCount() == 5
    room.qtbot.keyClick(tree, Qt.Key.Key_Down)
    room.press(" ")
    room.until(room.stage.card)
    assert not any(secret in texts(room.page) for secret in HIDDEN)
    room.press("sx")  # nothing to skip: it is left, or answered
    room.press("\x1b")
    assert room.shown is room.stage.sweep
    room.press(" ")
    room.until(room.stage.card)
    room.press("2u70\n")
    room.until(room.stage.reveal)
    room.press("\n")
    room.until(room.stage.sweep)
    assert tree.topLevelItemCount() == 4
    kept = [said[:2] for said in room.answered()]
    assert kept == [("swept", f"{101:012x}")]
    room.press("\x1b")
    room.until(room.stage.half)


def test_a_second_look_hides_what_was_said(enter: Callable[[ReviewLibrary], Room]) -> None:
    library = drawn(1, chosen="second_28", asks_explain=True, period="2026-W14+28")
    card = library.cards[0]
    library.earlier = Answer(
        "a", card.uid, Tag(Purpose.SHOW, Fate.DISCARDED), "drawn", True, None, 1, 1, 9000
    )
    room = enter(library)
    room.until_card(1)
    assert room.stage.head.line.text().startswith("A second look")
    assert "On " not in texts(room.stage.reveal)
    room.press("2u50y4\n")
    room.until(room.stage.reveal)
    assert room.answered()[0][2] == Tag(
        Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(0), can_explain="y", others="x"
    )
    assert "you said: to be seen using AI · discarded" in texts(room.page)


def test_after_a_week_the_world_is_asked_last(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(1, chosen="second_7", asks_world=True))
    room.answer(1, "2ay")
    assert room.answered()[0][2] == Tag(Purpose.NEEDED, Fate.ABANDONED, world_changed=True)


def test_the_practice_set(enter: Callable[[ReviewLibrary], Room]) -> None:
    library = drawn(1)
    library.practice_due = True
    room = enter(library)
    room.until(room.stage.note)
    room.press("\n")
    assert room.shown is room.stage.practice
    room.press("4\b2p")
    assert room.stage.practice.verdict.text() == "The same why, another outcome."
    assert "The codes say: needed anyway · in use as it came" in texts(room.stage.practice)
    room.press("u\n")  # compared already: u changes nothing
    room.press("2p\n1u\n\x1b")
    room.until_card(1)
    room.page.practise()
    assert room.stage.practice.number == 4
    room.press("3d\n2u\n2d\n2k\n2a\n4u\n1d\n2u\n2p\n")
    room.until(room.stage.note)
    assert room.stage.note.heading.text() == "You and the codes agree in 11 of 12"
    assert library.told == [("practice", 12)]
    room.press("\n")
    room.until_card(1)


def test_practice_is_no_gate(enter: Callable[[ReviewLibrary], Room]) -> None:
    library = drawn(1)
    library.practice_due = True
    room = enter(library)
    room.until(room.stage.note)
    room.press("\x1b")
    room.until_card(1)


def test_nothing_to_ask_says_so_and_offers_the_next_step(
    enter: Callable[[ReviewLibrary], Room],
) -> None:
    library = ReviewLibrary(halves=[])
    library.words = ("Nothing is imported yet, so there is nothing to ask about.",)
    room = enter(library)
    room.until(room.stage.rest)
    assert "Nothing is imported yet" in room.stage.rest.text
    assert room.stage.rest.buttons == []  # this window has no Sources
    room.actions.add("go_sources", "", "", "", lambda: room.ran.append("sources"), "view")
    room.page.shown()
    room.qtbot.waitUntil(lambda: bool(room.stage.rest.buttons))
    room.press("\n")
    assert room.ran == ["sources"]


def test_a_half_week_that_waits_for_an_import(enter: Callable[[ReviewLibrary], Room]) -> None:
    library = ReviewLibrary(halves=[made_half(state="empty")])
    library.needs_import = True
    room = enter(library)
    room.actions.add("import_found", "", "", "", lambda: room.ran.append("import"), "file")
    room.page.shown()
    room.qtbot.waitUntil(lambda: bool(room.stage.rest.buttons))
    assert room.stage.rest.heading.text() == "The last half-week waits for an import"
    room.press("\n")
    assert room.ran == ["import"]


def test_done_tells_own_times_and_leads_on(enter: Callable[[ReviewLibrary], Room]) -> None:
    library = drawn(1)
    library.times = (9.2, 13.6)
    room = enter(library)
    room.answer(1, "2a")
    room.press("\n")
    room.until(room.stage.rest)
    assert "9 seconds (median)" in room.stage.rest.text
    trends, sessions = room.stage.rest.buttons
    room.press("\n")
    assert (trends.text(), room.ran) == ("Trends", ["go_trends"])
    with room.qtbot.waitSignal(room.page.show_sessions) as asked:
        room.qtbot.mouseClick(sessions, Qt.MouseButton.LeftButton)
    half = room.library.halves[0]
    assert asked.args == [SessionQuery(start_ts=half.start_ts, end_ts=half.end_ts)]


def test_the_next_half_week_follows(enter: Callable[[ReviewLibrary], Room]) -> None:
    library = ReviewLibrary(
        [made_card(1, of=1), made_card(2, period=NEWER)],
        halves=[made_half(), made_half(NEWER, state="undrawn")],
    )
    room = enter(library)
    room.until_card(1)
    room.press("x")
    room.until(room.stage.half)
    assert "0 answered, 1 left out" in room.stage.half.text
    room.press("\n")
    room.until_card(2)


def test_imported_text_is_shown_as_text(enter: Callable[[ReviewLibrary], Room]) -> None:
    room = enter(drawn(3))
    room.press("ss")
    room.until_card(3)
    assert "<b>in the API</b>" in texts(room.page)
    for label in room.page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


@pytest.mark.parametrize("keys", ["", "2u50\n", "2u50\nc", "?"])
def test_what_takes_the_focus_has_a_name(enter: Callable[[ReviewLibrary], Room], keys: str) -> None:
    room = enter(drawn(2))
    room.until_card(1)
    room.press(keys[:5])
    if len(keys) > 4:
        room.until(room.stage.reveal)
        room.press(keys[5:])
    for widget in room.page.findChildren(QWidget):
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisible():
            spoken = QAccessible.queryAccessibleInterface(widget)
            assert spoken.text(QAccessible.Text.Name), widget
