"""Before a draw: what the half-week holds, how many are asked, and the sweep."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.review import Card, Half, SweepRow
from tokenworth.domain.views import SessionDetail
from tokenworth.gui import words
from tokenworth.gui.keys import EnterButton, KeyButton, is_enter
from tokenworth.gui.labels import label
from tokenworth.gui.models.sessions import SOURCES
from tokenworth.gui.review.parts import MOST, Paragraph, Scrolled, card, line
from tokenworth.gui.review.words import say, sessions

SIZES: Final = (6, 10, 15, 20)
EXCERPT: Final = 160
FILES: Final = 3
ROW_PX: Final = 30


class HalfView(QWidget):
    """The half-week that is drawn next."""

    draw_asked = Signal()
    sweep_asked = Signal()
    size_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.half: Half | None = None
        self._build()

    def show_half(self, half: Half, before: str = "") -> None:
        """Tell of a half-week; ``before`` says what became of the one before it."""
        self.half = half
        self._before.setText(before)
        self._before.setVisible(bool(before))
        self._holds.setText(_holds(half))
        self._asked.setText(_will_be_asked(half))
        for size, button in self.sizes.items():
            button.setChecked(not half.census and size == half.planned)
        for widget in (self._size_words, *self.sizes.values()):
            widget.setVisible(not half.census)
        self.start.setText(
            say("Ask about all of them (Enter)") if half.census else say("Draw and start (Enter)")
        )

    @property
    def text(self) -> str:
        """Everything it says."""
        told = (self._before, self._holds, self._asked)
        return "\n".join(one.text() for one in told if one.text())

    def target(self) -> QWidget:
        """Return what takes the keys."""
        return self.start

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take w for the sweep; leave the rest to the page."""
        if event.text().lower() == "w" and not event.modifiers():
            self.sweep_asked.emit()
        else:
            event.ignore()

    def _build(self) -> None:
        frame, column = card()
        self._before = Paragraph("", "muted")
        self._holds = label("", "heading")
        self._asked = Paragraph()
        column.addWidget(self._before)
        column.addWidget(self._holds)
        column.addWidget(self._asked)
        column.addLayout(self._build_sizes())
        column.addSpacing(10)
        column.addWidget(line(say("First, if you like: the sweep"), "heading"))
        why = Paragraph(
            say(
                "A list of titles. Tick those that saved or cost you more than an hour, and answer "
                "for each on the spot. They then count for themselves, and the draw is among the "
                "rest: rare big ones are not left to chance."
            ),
            "muted",
        )
        column.addWidget(why)
        self.sweep = KeyButton("w", say("Show the titles"))
        self.sweep.setAccessibleDescription(why.text())
        self.sweep.clicked.connect(self.sweep_asked)
        column.addWidget(self.sweep, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(10)
        self.start = EnterButton("", "primary")
        self.start.clicked.connect(self.draw_asked)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(frame), MOST)
        outer.addStretch(1)

    def _build_sizes(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._size_words = line(say("Asked about in each half-week"), "muted")
        row.addWidget(self._size_words)
        group = QButtonGroup(self)
        self.sizes: dict[int, QPushButton] = {}
        for size in SIZES:
            button = QPushButton(str(size))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "answer")
            button.setAccessibleName(say("Ask about {count} in each half-week", count=size))
            button.clicked.connect(lambda _=False, size=size: self.size_chosen.emit(size))
            group.addButton(button)
            self.sizes[size] = button
            row.addWidget(button)
        row.addStretch(1)
        return row


def _holds(half: Half) -> str:
    text = say("{sessions} in this half-week", sessions=sessions(half.sessions))
    if half.late:
        text += say(", {count} of them late", count=words.count(half.late))
    return text


def _will_be_asked(half: Half) -> str:
    parts = []
    if half.late:
        parts.append(say("Late ones were imported after their own half-week was frozen."))
    if half.swept:
        parts.append(say("You answered for {count} in the sweep.", count=words.count(half.swept)))
    if half.census:
        parts.append(
            say("They are few: all {count} are asked about, and nothing is left to chance.",
                count=words.count(half.planned))
        )  # fmt: skip
    else:
        parts.append(
            say("{count} of them are drawn by chance. You can stop at any card.",
                count=words.count(half.planned))
        )  # fmt: skip
    parts.append(say("There is one draw and no second one."))
    return " ".join(parts)


class SweepView(QWidget):
    """The titles of the larger sessions; those that are ticked are asked about on the spot."""

    ticked = Signal(object)
    """A SweepRow."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zone = ""
        self._rows: dict[int, SweepRow] = {}
        self._build()

    def show_rows(self, rows: Sequence[SweepRow]) -> None:
        """List titles, those already answered for left out."""
        at = max(0, self.tree.currentIndex().row())
        blocked = self.tree.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.tree.clear()
        self._rows = {row.id: row for row in rows}
        for row in rows:
            self._add(row)
        self.tree.blockSignals(blocked)
        self.nothing.setVisible(not rows)
        self.tree.setVisible(bool(rows))
        if rows:
            self.tree.setCurrentIndex(self.tree.model().index(min(at, len(rows) - 1), 0))

    def untick(self, id_: int) -> None:
        """Take a tick back: it was not answered for."""
        for number in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(number)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == id_:
                blocked = self.tree.blockSignals(True)  # noqa: FBT003 - Qt's signature
                item.setCheckState(0, Qt.CheckState.Unchecked)
                self.tree.blockSignals(blocked)

    def target(self) -> QWidget:
        """Return what takes the keys."""
        return self.tree if self._rows else self.done

    def eventFilter(self, _watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In the list Space and Enter tick, Esc ends the sweep; letters search nothing."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Space or is_enter(event):
            item = self.tree.currentItem()
            if item is not None:
                item.setCheckState(0, Qt.CheckState.Checked)
        else:
            return False
        return True

    def _build(self) -> None:
        frame, column = card()
        head = label(say("Which of these saved or cost you more than an hour?"), "heading")
        column.addWidget(head)
        column.addWidget(label(say("In random order. Most weeks it is none or a few."), "muted"))
        self.nothing = label(say("None of them took more than a moment of yours."))
        column.addWidget(self.nothing)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(head.text())
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setHeaderLabels([say("Title"), say("Project"), say("Tool"), say("When")])
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.installEventFilter(self)
        self.tree.itemChanged.connect(self._changed)
        column.addWidget(self.tree, 1)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        tick = KeyButton(say("Space"), say("saved or cost over an hour"), "bare")
        tick.clicked.connect(self._tick)
        foot.addWidget(tick)
        self.done = KeyButton(say("Esc"), say("end the sweep"), "bare")
        self.done.clicked.connect(self.left)
        foot.addWidget(self.done)
        foot.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(frame, 1)
        outer.addLayout(foot)

    def _add(self, row: SweepRow) -> None:
        title = row.title or say("(no title)")
        tool = SOURCES.get(row.source, row.source)
        when = words.when(row.start_ts, self.zone)
        item = QTreeWidgetItem([title, row.project, tool, when])
        item.setData(0, Qt.ItemDataRole.UserRole, row.id)
        item.setSizeHint(0, QSize(0, ROW_PX))
        item.setToolTip(0, words.tip(title))
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled)
        item.setCheckState(0, Qt.CheckState.Unchecked)
        self.tree.addTopLevelItem(item)

    def _tick(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            item.setCheckState(0, Qt.CheckState.Checked)

    def _changed(self, item: QTreeWidgetItem) -> None:
        row = self._rows.get(item.data(0, Qt.ItemDataRole.UserRole))
        if row is not None and item.checkState(0) is Qt.CheckState.Checked:
            self.ticked.emit(row)


def card_of(row: SweepRow, period: str, detail: SessionDetail) -> Card:
    """Return a title of the sweep as a card: of the detail only what helps memory."""
    return Card(
        id=row.id, uid=row.uid, period=period, chosen="certainty", position=0, of=0,
        start_ts=row.start_ts, source=row.source, project=row.project, title=row.title,
        first_request=_excerpt(detail.first_request), last_answer=_excerpt(detail.last_answer),
        files=detail.files[:FILES], asks_skill=False, asks_explain=False, asks_world=False,
    )  # fmt: skip


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else flat[: EXCERPT - 1] + "…"
