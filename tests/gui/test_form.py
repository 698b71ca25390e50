import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from tokenworth.domain.tag import FATE_WORDS, Fate, Minutes, Purpose, Tag
from tokenworth.gui.form import TagForm
from tokenworth.gui.theme import Theme


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> TagForm:
    assert not theme.dark  # the form is dressed
    made = TagForm()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.begin(1)
    return made


def fill(qtbot: QtBot, form: TagForm, keys: str) -> Tag:
    """Type keys and Enter, as a person would; return what was said."""
    said: list[Tag] = []
    form.answered.connect(lambda tag, _at, _ms: said.append(tag))
    for key in keys:
        qtbot.keyClicks(form.focusWidget() or form, key)
    qtbot.keyClick(form.focusWidget() or form, Qt.Key.Key_Return)
    form.answered.disconnect()
    assert len(said) == 1, form.current()
    return said[0]


@pytest.mark.parametrize(
    ("keys", "tag"),
    [
        ("2u50", Tag(Purpose.NEEDED, Fate.USED, Minutes.of(5), Minutes.of(0))),
        ("2p31", Tag(Purpose.NEEDED, Fate.PART, Minutes.of(3), Minutes.of(1))),
        ("2k0", Tag(Purpose.NEEDED, Fate.KEPT, None, Minutes.of(0))),
        ("2a", Tag(Purpose.NEEDED, Fate.ABANDONED)),
        ("1u2", Tag(Purpose.SHOW, Fate.USED, None, Minutes.of(2))),
        ("4d7", Tag(Purpose.OPTIONAL, Fate.DISCARDED, None, Minutes.of(7))),
        ("3a4", Tag(Purpose.EXPLORE, Fate.ABANDONED, Minutes.of(4))),
        ("3d41", Tag(Purpose.EXPLORE, Fate.DISCARDED, Minutes.of(4), Minutes.of(1))),
    ],
)
def test_one_key_a_question_then_enter(qtbot: QtBot, form: TagForm, keys: str, tag: Tag) -> None:
    assert fill(qtbot, form, keys) == tag


def test_a_sentence_after_exploring(qtbot: QtBot, form: TagForm) -> None:
    assert fill(qtbot, form, "3d41It fails on generics").learned == "It fails on generics"


def test_tab_asks_for_the_sentence(qtbot: QtBot, form: TagForm) -> None:
    for key in "2u50":
        qtbot.keyClicks(form, key)
    qtbot.keyClick(form, Qt.Key.Key_Tab)
    assert form.current() == "learned"
    assert fill(qtbot, form, "Read the log first").learned == "Read the log first"


def test_backspace_goes_back_one(qtbot: QtBot, form: TagForm) -> None:
    for key in "2u5":
        qtbot.keyClicks(form, key)
    assert form.current() == "after_work"
    qtbot.keyClick(form, Qt.Key.Key_Backspace)
    assert form.current() == "by_hand"
    qtbot.keyClick(form, Qt.Key.Key_Backspace)
    qtbot.keyClick(form, Qt.Key.Key_Backspace)
    assert form.current() == "purpose"
    assert fill(qtbot, form, "1k0") == Tag(Purpose.SHOW, Fate.KEPT, None, Minutes.of(0))


def test_a_typed_range(qtbot: QtBot, form: TagForm) -> None:
    for key in "2u9":
        qtbot.keyClicks(form, key)
    for text in ("20", "45"):
        qtbot.keyClicks(form.focusWidget(), text)
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    tag = fill(qtbot, form, "0")
    assert tag.by_hand == Minutes(9, 20, 45)


def test_a_wrong_range_is_said_and_asked_again(qtbot: QtBot, form: TagForm) -> None:
    for key in "2u9":
        qtbot.keyClicks(form, key)
    for text in ("45", "20"):
        qtbot.keyClicks(form.focusWidget(), text)
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert form.current() == "by_hand"


@pytest.mark.parametrize(("key", "status"), [("s", "skipped"), ("x", "cannot_recall")])
def test_left_out_is_recorded(qtbot: QtBot, form: TagForm, key: str, status: str) -> None:
    with qtbot.waitSignal(form.answered) as said:
        qtbot.keyClicks(form, key)
    assert said.args[0] == Tag(status=status)  # type: ignore[arg-type]


def test_unfinished_is_not_saved(qtbot: QtBot, form: TagForm) -> None:
    said = []
    form.answered.connect(lambda *given: said.append(given))
    for key in "2u":
        qtbot.keyClicks(form, key)
    qtbot.keyClick(form, Qt.Key.Key_Return)
    assert said == []
    assert form.current() == "by_hand"


def test_escape_leaves(qtbot: QtBot, form: TagForm) -> None:
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(form, Qt.Key.Key_Escape)


def test_by_mouse_and_a_change_of_mind(qtbot: QtBot, form: TagForm) -> None:
    """An answer that makes another question moot takes that one's answer along."""
    for step, key in (("purpose", "2"), ("fate", "u"), ("by_hand", "5"), ("after_work", "1")):
        qtbot.mouseClick(form.questions[step].buttons[key], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.questions["fate"].buttons["a"], Qt.MouseButton.LeftButton)
    assert fill(qtbot, form, "") == Tag(Purpose.NEEDED, Fate.ABANDONED)


def test_buttons_are_named_with_their_keys(form: TagForm) -> None:
    buttons = form.questions["fate"].buttons
    assert {key: button.accessibleName() for key, button in buttons.items()} == {
        fate.value: f"{fate.value}, {FATE_WORDS[fate]}" for fate in Fate
    }


def test_the_form_measures_its_own_time(qtbot: QtBot, form: TagForm) -> None:
    with qtbot.waitSignal(form.answered) as said:
        qtbot.keyClicks(form, "s")
    _, asked_at, form_ms = said.args
    assert asked_at > 1_700_000_000_000
    assert 0 <= form_ms < 60_000


def test_skill_is_asked_of_a_third(qtbot: QtBot, form: TagForm) -> None:
    form.begin(1, skill=True)
    tag = fill(qtbot, form, "2u50sp")
    assert (tag.could_alone, tag.can_explain, tag.others) == ("s", "p", None)


def test_after_four_weeks_explaining_and_others_are_asked(qtbot: QtBot, form: TagForm) -> None:
    form.begin(1, explain=True)
    tag = fill(qtbot, form, "2k0n3")
    assert (tag.could_alone, tag.can_explain, tag.others) == (None, "n", "l")


def test_after_a_week_the_world_is_asked(qtbot: QtBot, form: TagForm) -> None:
    form.begin(1, world=True)
    assert fill(qtbot, form, "2an").world_changed is False


def test_what_is_not_asked_is_not_shown_and_not_told(qtbot: QtBot, form: TagForm) -> None:
    form.begin(1, skill=True, explain=True, world=True)
    form.begin(1)
    shown = [step for step, question in form.questions.items() if not question.isHidden()]
    assert shown == ["purpose", "fate", "by_hand", "after_work"]
    assert fill(qtbot, form, "2a") == Tag(Purpose.NEEDED, Fate.ABANDONED)


def test_x_still_means_cannot_recall_between_questions(qtbot: QtBot, form: TagForm) -> None:
    form.begin(1, skill=True)
    qtbot.keyClicks(form, "2a")
    assert form.foot.hints["skip"].isHidden()  # s is an answer now
    with qtbot.waitSignal(form.answered) as said:
        qtbot.keyClicks(form, "x")
    assert said.args[0] == Tag(status="cannot_recall")


def test_the_sentence_comes_last_and_backspace_leaves_it(qtbot: QtBot, form: TagForm) -> None:
    form.begin(1, explain=True)
    for key in "3d41y1":
        qtbot.keyClicks(form.focusWidget() or form, key)
    assert form.current() == "learned"
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Backspace)
    assert form.current() == "others"
    tag = fill(qtbot, form, "2some of it")
    assert (tag.others, tag.learned) == ("s", "some of it")


def test_backspace_leaves_a_range_that_is_not_typed(qtbot: QtBot, form: TagForm) -> None:
    for key in "2u9":
        qtbot.keyClicks(form, key)
    qtbot.keyClicks(form.focusWidget(), "20")
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    for _ in range(4):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Backspace)
    assert fill(qtbot, form, "51").by_hand == Minutes.of(5)


def test_a_sentence_is_typed_after_the_focus_comes_back(qtbot: QtBot, form: TagForm) -> None:
    for key in "3a4":
        qtbot.keyClicks(form, key)
    form.setFocus()
    said: list[Tag] = []
    form.answered.connect(lambda tag, _at, _ms: said.append(tag))
    qtbot.keyClicks(form.focusWidget(), "sx")
    assert said == []


def test_no_time_runs_while_the_form_is_out_of_sight(qtbot: QtBot, form: TagForm) -> None:
    form.hide()
    form.begin(1)
    qtbot.waitUntil(lambda: not form.isVisible())
    with qtbot.waitSignal(form.answered) as said:
        form.skip()
    assert said.args[2] == 0


def test_a_held_enter_saves_nothing(form: TagForm) -> None:
    said: list[Tag] = []
    form.answered.connect(lambda tag, _at, _ms: said.append(tag))
    form.keyPressEvent(press("2"))
    form.keyPressEvent(press("a"))
    form.keyPressEvent(press("\r", Qt.Key.Key_Return, held=True))
    assert said == []
    form.keyPressEvent(press("\r", Qt.Key.Key_Return))
    assert len(said) == 1


def test_a_screen_reader_hears_the_question(qtbot: QtBot, form: TagForm) -> None:
    assert form.accessibleDescription().startswith("Why? 1 to be seen using AI, 2 needed anyway")
    qtbot.keyClicks(form, "2a")
    assert form.accessibleDescription() == "All answered. Enter saves."
    assert form.questions["by_hand"].buttons["2"].accessibleName() == "2, 2–5 min"


def press(text: str, key: Qt.Key = Qt.Key.Key_unknown, *, held: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, held)
