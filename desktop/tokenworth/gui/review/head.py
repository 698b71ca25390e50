"""What stands above everything in Review: the question, the half-week, how far it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tokenworth.domain.review import Half
from tokenworth.gui.keys import TypedAhead
from tokenworth.gui.review.parts import line
from tokenworth.gui.review.undo import Asking
from tokenworth.gui.review.words import days, drawn, say

SECOND: dict[str, str] = {
    "second_7": "A second look, drawn by chance among what you answered about a week ago",
    "second_28": "A second look, drawn by chance among what you answered four weeks ago",
}


class Head(QWidget):
    """The page's title, a line under it, and progress."""

    why_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zone = ""
        self.title = line("", "title")
        self.line = line("", "muted")
        self.why = QPushButton(say("why this one?"))
        self.why.setProperty("role", "link")
        self.why.setAccessibleName(say("Why this one?"))
        self.why.setToolTip(say("How sessions are drawn (?)"))
        self.why.clicked.connect(self.why_asked)
        self.waiting = TypedAhead()
        self.count = line("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line)
        row.addWidget(self.why)
        row.addStretch(1)
        row.addWidget(self.waiting)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.bar)

    def show_words(self, title: str, words: str = "") -> None:
        """Show a title and a line, and no progress."""
        self._show(title, words)

    def show_practice(self, number: int, of: int) -> None:
        """Show how far the practice set is."""
        self._show(say("Practice"), say("Made-up sessions, two keys each."), (number, of))

    def show_card(self, asking: Asking, half: Half | None, *, kept: bool = False) -> None:
        """Show what a card belongs to, and how far its half-week is."""
        card, title = asking.card, say("What came of it?")
        if asking.is_second:
            self._show(title, say(SECOND[card.chosen]), why=not kept)
            return
        when = days(half, self.zone) if half else card.period
        if half is None or asking.way == "sweep" or not card.of:
            self._show(title, f"{when} · {say('picked in the sweep')}")
            return
        progress = (card.position, card.of)
        self._show(title, f"{when} · {drawn(half)}", progress, why=not kept, kept=kept)

    def _show(
        self,
        title: str,
        words: str,
        progress: tuple[int, int] | None = None,
        *,
        why: bool = False,
        kept: bool = False,
    ) -> None:
        self.title.setText(title)
        self.line.setText(f"{words} ·" if why else words)
        self.line.setVisible(bool(words))
        self.why.setVisible(why)
        self.count.setVisible(progress is not None)
        self.bar.setVisible(progress is not None)
        if progress is not None:
            number, of = progress
            told = say("{number} of {of}", number=number, of=of)
            self.count.setText(told)
            self.bar.setRange(0, 2 * of)
            self.bar.setValue(2 * number - (0 if kept else 1))  # the one in hand is half done
            self.bar.setAccessibleName(told)
