"""Parts of Review by themselves: keys, focus, words, the answer that is done and undone."""

from collections.abc import Callable

import pytest
from made_review import NEWER, ReviewLibrary, made_card, made_detail, made_half, made_sweep, ts
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QUndoStack
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.domain.review import Queue, Saved
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag
from tokenworth.gui.asks import Asks
from tokenworth.gui.keys import EnterButton, KeyButton, TypedAhead
from tokenworth.gui.review.parts import Confirm, Scrolled, Telling
from tokenworth.gui.review.rest import outcome, rest, stop_words, why_sentences
from tokenworth.gui.review.reveal import Reveal
from tokenworth.gui.review.sweep import SweepView, card_of
from tokenworth.gui.review.undo import Asking, Given, ReviewCommand
from tokenworth.gui.review.words import days, drawn, said
from tokenworth.gui.theme import Theme

USED = Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(0))


def key(code: Qt.Key, text: str = "", *, held: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text, held)


def test_half_weeks_are_named_by_their_days() -> None:
    assert days(made_half(), "UTC").startswith("Mon 2 – Wed 4 March")
    assert days(made_half(NEWER), "UTC").startswith("Thu 5 – Sun 8 March")
    over = made_half(start_ts=ts(30), end_ts=ts(30) + 3 * 86_400_000)
    assert days(over, "UTC").startswith("Mon 30 March – Wed 1 April")
    old = made_half(start_ts=ts(2) - 366 * 86_400_000, end_ts=ts(4) - 366 * 86_400_000)
    assert days(old, "UTC").endswith(" 2025")


def test_a_census_says_so() -> None:
    assert drawn(made_half()) == "10 of 61 sessions, drawn by chance"
    assert drawn(made_half(census=True, planned=8, sessions=8)) == "all 8 sessions"
    assert drawn(made_half(census=True, planned=1, sessions=1)) == "all 1 session"


def test_an_answer_in_words() -> None:
    tag = Tag(
        Purpose.EXPLORE, Fate.DISCARDED, Minutes.of(9, 20, 45), Minutes.of(1), "It fails.",
        could_alone="s", can_explain="p", others="l", world_changed=False,
    )  # fmt: skip
    assert said(tag) == (
        "to find something out · discarded · by hand 20 min – 45 min · after-work under 2 min · "
        "without AI: slowly · can explain it: partly · others had to fix it: a lot · "
        "changed since: no · learned: “It fails.”"
    )
    assert said(Tag(status="cannot_recall")) == "could not be recalled"


def test_how_a_half_week_ended() -> None:
    done = made_half(state="done", asked=10, skipped=2)
    assert outcome(done, "UTC").endswith("are asked: 8 answered, 2 left out")
    stopped = made_half(state="stopped", asked=4)
    assert outcome(stopped, "UTC").startswith("You stopped after 4 of 10 of Mon 2")
    assert "6 stay unasked" in stop_words(replace(stopped, state="asking"))
    assert "draw of 4" in stop_words(stopped)
    assert "no estimate" in stop_words(made_half())


def test_what_is_said_when_all_half_weeks_are_empty() -> None:
    halves = (made_half(state="empty", sessions=0), made_half(NEWER, state="empty", sessions=0))
    queue = Queue(
        halves, 0, None, "", ("There were no sessions.",), needs_import=False,
        practice_due=False, seconds_median=None, seconds_p90=None,
    )  # fmt: skip
    assert rest(queue) == ("Nothing to ask about", ("There were no sessions.",))


def test_second_looks_have_a_reason_of_their_own() -> None:
    assert len(why_sentences(second=True)) == len(why_sentences(second=False)) + 1


def test_a_held_key_presses_once(qtbot: QtBot) -> None:
    button = EnterButton("Next")
    qtbot.addWidget(button)
    clicks: list[int] = []
    button.clicked.connect(lambda: clicks.append(1))
    button.keyPressEvent(key(Qt.Key.Key_Return, "\r"))
    button.keyPressEvent(key(Qt.Key.Key_Return, "\r", held=True))
    button.keyPressEvent(key(Qt.Key.Key_Enter, "\r"))
    assert len(clicks) == 2


def test_typed_ahead_is_typed_where_the_focus_goes(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    ahead, field = TypedAhead(), QLineEdit()
    column = QVBoxLayout(room)
    column.addWidget(ahead)
    column.addWidget(field)
    room.show()
    ahead.begin()
    for letter in "abc":
        qtbot.keyClicks(ahead, letter)
    ahead.keyPressEvent(key(Qt.Key.Key_D, "d", held=True))
    assert ahead.is_waiting
    field.setFocus()
    ahead.end()
    ahead.replay(room)
    assert field.text() == "abc"
    ahead.replay(room)
    assert field.text() == "abc"


def test_a_slow_wait_is_told(qtbot: QtBot) -> None:
    ahead = TypedAhead()
    qtbot.addWidget(ahead)
    ahead.begin()
    assert ahead.text() == ""
    qtbot.waitUntil(lambda: ahead.text() == "Keeping the answer…")
    ahead.end()
    assert ahead.text() == ""


def test_a_key_button_keeps_its_width_when_chosen(qtbot: QtBot, theme: Theme) -> None:
    assert not theme.dark
    button = KeyButton("u", "in use as it came")
    button.setCheckable(True)
    qtbot.addWidget(button)
    before = button.sizeHint()
    button.setChecked(True)
    assert button.sizeHint() == before
    assert button.accessibleName() == "u, in use as it came"


def test_scrolled_takes_no_more_room_than_needed(qtbot: QtBot) -> None:
    inside = QLabel("one line")
    scrolled = Scrolled(inside)
    qtbot.addWidget(scrolled)
    scrolled.resize(300, 400)
    scrolled.show()
    qtbot.waitUntil(lambda: scrolled.maximumHeight() == inside.sizeHint().height())


def test_a_view_told_the_same_keeps_its_button(qtbot: QtBot) -> None:
    view = Telling()
    qtbot.addWidget(view)
    pressed: list[int] = []

    def step() -> None:
        pressed.append(1)

    view.tell("Done", ["All."], [("Go", step)])
    first = view.buttons[0]
    view.tell("Done", ["All."], [("Go", step)])
    assert view.buttons[0] is first
    view.tell("Other", [], [("Go", step), ("Stay", step)])
    assert view.target() is view.buttons[0]
    assert view.text == "Other"
    view.buttons[1].click()
    assert pressed == [1]


def test_no_is_the_safe_answer(qtbot: QtBot) -> None:
    confirm = Confirm()
    qtbot.addWidget(confirm)
    confirm.ask("Stop here?", "Stop")
    confirm.show()
    assert confirm.focusWidget() is confirm.decline
    with qtbot.waitSignal(confirm.no):
        qtbot.keyClick(confirm, Qt.Key.Key_Escape)
    with qtbot.waitSignal(confirm.yes):
        qtbot.mouseClick(confirm.accept, Qt.MouseButton.LeftButton)


def test_the_sweep_ticks_by_space_enter_and_mouse(qtbot: QtBot) -> None:
    view = SweepView()
    qtbot.addWidget(view)
    rows = made_sweep(3)
    view.show_rows(rows)
    for press in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(view.ticked) as ticked:
            qtbot.keyClick(view.tree, press)
        assert ticked.args == [rows[0]]
        view.untick(rows[0].id)
    with qtbot.waitSignal(view.left):
        qtbot.keyClick(view.tree, Qt.Key.Key_Escape)
    view.show_rows([])
    assert view.target() is view.done
    assert not view.nothing.isHidden()


def test_a_card_of_the_sweep_holds_only_what_helps_memory() -> None:
    row = made_sweep(1)[0]
    detail = replace(made_detail(made_card(1)), first_request="word " * 80)
    card = card_of(row, NEWER, detail)
    assert (card.uid, card.period, len(card.first_request)) == (row.uid, NEWER, 160)
    assert card.first_request.endswith("…")
    assert [card.asks_skill, card.asks_explain, card.asks_world] == [False] * 3


def labels(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_unknown_is_said_and_estimates_stay_apart(qtbot: QtBot, theme: Theme) -> None:
    reveal = Reveal(theme)
    qtbot.addWidget(reveal)
    card = made_card(1)
    detail = made_detail(card)
    row = replace(
        detail.row, new_tokens=None, estimated_tokens=12_345, cost_usd=None, unpriced_tokens=700
    )
    detail = replace(detail, row=row, models=(), attention_low=None)
    reveal.show_saved(card, Saved("a", detail, (), None, too_quick=True), USED)
    text = labels(reveal)
    assert "≈ 12.3 k" in text
    assert "unknown" in text
    assert "fresh input" not in text
    assert "too quick to have read?" in text
    reveal.clear()
    assert "12.3 k" not in labels(reveal)


class Listener:
    """Notes what became of an answer."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def kept(self, command: ReviewCommand, saved: Saved) -> None:
        self.heard.append(f"kept {command.times_kept} {saved.answer_id}")

    def refused(self, command: ReviewCommand, error: Exception) -> None:
        self.heard.append(f"refused {command.text()} {error}")

    def taken_back(self, command: ReviewCommand) -> None:
        self.heard.append(f"taken back {command.text()}")


@pytest.mark.parametrize(("tag", "again"), [(USED, "change"), (Tag(status="skipped"), "drawn")])
def test_done_again_only_what_was_seen_is_a_change(
    qtbot: QtBot, open_asks: Callable[[ReviewLibrary], Asks], tag: Tag, again: str
) -> None:
    library = ReviewLibrary([made_card(1)])
    stack, listener = QUndoStack(), Listener()
    given = Given(tag, 1, 9000)
    stack.push(ReviewCommand(open_asks(library), Asking(made_card(1)), given, listener))
    stack.undo()
    stack.redo()
    qtbot.waitUntil(lambda: len(listener.heard) == 3)
    assert [one[0] for one in library.told] == ["drawn", "untag", again]
    assert listener.heard[2].startswith("kept 2 ")
