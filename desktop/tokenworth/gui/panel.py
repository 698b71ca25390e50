"""Everything about one session; what would bias a tag is hidden until it is given."""

from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.tag import BUCKET_WORDS, FATE_WORDS, PURPOSE_WORDS, TYPED, Minutes
from tokenworth.domain.views import Answer, SessionDetail, Turn
from tokenworth.gui import words
from tokenworth.gui.asks import Asks
from tokenworth.gui.models.sessions import SOURCES

OPENING: Final = 360
"""Characters shown of what is kept of a request or an answer."""


class Panel(QTabWidget):
    """Two leaves: what is known of a session, and what was said in it."""

    tag_asked = Signal()
    noted = Signal(int, str, str)
    """A session, its note before and its note now."""

    def __init__(self, asks: Asks) -> None:
        super().__init__()
        self._asks = asks
        self._detail: SessionDetail | None = None
        self._transcript_of: int | None = None
        self.zone = ""
        self.blind = True
        self.setAccessibleName(self.tr("The session"))
        self.setDocumentMode(True)
        self._build()
        self.currentChanged.connect(lambda _: self._read())
        self.clear_session()

    @property
    def session(self) -> int | None:
        """The session shown."""
        return None if self._detail is None else self._detail.row.id

    def show_session(self, detail: SessionDetail) -> None:
        """Show one session."""
        if detail.row.id != self.session:
            self._transcript_of = None
            self.transcript.clear()
            self.note.setPlainText(detail.note)
        elif not self.note.hasFocus():
            self.note.setPlainText(detail.note)
        self._detail = detail
        self._body.show()
        self._nothing.hide()
        self._fill(detail)
        self._read()

    def clear_session(self, text: str = "") -> None:
        """Show no session."""
        self._detail = None
        self._transcript_of = None
        self.transcript.clear()
        self._body.hide()
        self._nothing.setText(text or self.tr("Choose a session to see what is known of it."))
        self._nothing.show()

    def is_hidden(self) -> bool:
        """Whether the numbers of the session shown are hidden."""
        if self._detail is None:
            return False
        row = self._detail.row
        return row.queued or (self.blind and row.status != "answered")

    # building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self._nothing = _label("muted")
        column.addWidget(self._nothing)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        self._labels: dict[str, QLabel] = {}
        for name, role in (
            ("where", "muted"), ("title", "heading"), ("request", ""), ("answer", ""),
            ("files", "muted"),
        ):  # fmt: skip
            self._labels[name] = _label(role)
            body.addWidget(self._labels[name])
        self.tag = QPushButton(self.tr("Say what came of it (T)"))
        self.tag.clicked.connect(self.tag_asked)
        body.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        for name, head in (
            ("numbers", self.tr("Burned, beside what was said")),
            ("history", self.tr("Answers")),
            ("origins", self.tr("Read from")),
        ):
            body.addWidget(_label("heading", head))
            self._labels[name] = _label("")
            body.addWidget(self._labels[name])
            if name == "history":
                body.addWidget(_label("heading", self.tr("Note")))
                body.addWidget(self._build_note())
        body.addStretch(1)
        column.addWidget(self._body)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.setAccessibleName(self.tr("What is known of the session"))
        self.transcript = QPlainTextEdit()
        self.transcript.setReadOnly(True)
        self.transcript.setAccessibleName(self.tr("Transcript"))
        self.addTab(area, self.tr("Session"))
        self.addTab(self.transcript, self.tr("Transcript"))

    def _build_note(self) -> QPlainTextEdit:
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Your own words; kept when you leave this field"))
        self.note.setMaximumHeight(90)
        self.note.setTabChangesFocus(True)
        self.note.installEventFilter(self)
        return self.note

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the note when its field is left."""
        if watched is self.note and event.type() is QEvent.Type.FocusOut and self._detail:
            before, now = self._detail.note, self.note.toPlainText()
            if before != now:
                self.noted.emit(self._detail.row.id, before, now)
        return False

    # contents -------------------------------------------------------------------------------------

    def _fill(self, detail: SessionDetail) -> None:
        row = detail.row
        where = [words.when(row.start_ts, self.zone), SOURCES.get(row.source, row.source)]
        where += [text for text in (row.project, detail.branch) if text]
        self._put("where", " · ".join(where))
        self._put("title", row.title or self.tr("(no title)"))
        self._put("request", _quoted(detail.first_request))
        self._put("answer", _quoted(detail.last_answer))
        self._put("files", ", ".join(detail.files))
        self._put("numbers", self._numbers(detail))
        told = [self._told(answer) for answer in detail.answers]
        self._put("history", "\n".join(told) or self.tr("Nobody has looked at it yet."))
        self._put("origins", "\n".join(detail.origins))
        again = row.status is not None
        self.tag.setText(
            self.tr("Change what came of it (T)") if again else self.tr("Say what came of it (T)")
        )

    def _put(self, name: str, text: str) -> None:
        self._labels[name].setText(words.breakable(text))
        self._labels[name].setVisible(bool(text))

    def _numbers(self, detail: SessionDetail) -> str:
        if detail.row.queued:
            return self.tr(
                "It waits in Review: all numbers stay hidden until its card is answered."
            )
        if self.is_hidden():
            return self.tr("Tokens, cost and model stay hidden until you say what came of it.")
        used, row = detail.usage, detail.row
        lines = [
            self.tr("Your own time: about {mid} ({low} to {high})").format(
                mid=words.minutes(row.active_min),
                low=words.minutes(detail.attention_low),
                high=words.minutes(detail.attention_high),
            )
        ]
        if row.new_tokens is not None:
            parts = (
                (self.tr("fresh input"), used.input),
                (self.tr("written to cache, 5 min"), used.cache_write_5m),
                (self.tr("written to cache, 1 h"), used.cache_write_1h),
                (self.tr("read from cache"), used.cache_read),
                (self.tr("output"), used.output),
            )
            lines += [f"{words.tokens(number)} {name}" for name, number in parts]
        if row.estimated_tokens is not None:
            estimated = words.tokens(row.estimated_tokens, estimated=True)
            lines.append(self.tr("{number} tokens, estimated, at least").format(number=estimated))
        price = self.tr("{money} at list price, not a bill").format(money=words.money(row.cost_usd))
        if row.unpriced_tokens:
            price += self.tr("; no price known for {number} tokens").format(
                number=words.tokens(row.unpriced_tokens)
            )
        lines.append(price)
        if detail.models:
            lines.append(", ".join(detail.models))
        return "\n".join(lines)

    def _told(self, answer: Answer) -> str:
        tag = answer.tag
        said = {
            "withdrawn": self.tr("taken back"),
            "skipped": self.tr("skipped"),
            "cannot_recall": self.tr("could not be recalled"),
        }.get(tag.status, "")
        if not said:
            parts: list[str] = []
            if tag.purpose is not None:
                parts.append(self.tr(PURPOSE_WORDS[tag.purpose]))
            if tag.fate is not None:
                parts.append(self.tr(FATE_WORDS[tag.fate]))
            for name, told in (
                (self.tr("by hand"), tag.by_hand), (self.tr("after-work"), tag.after_work),
            ):  # fmt: skip
                if told is not None:
                    parts.append(f"{name} {_bucket(told)}")
            if tag.learned:
                parts.append(f"“{tag.learned}”")
            said = " · ".join(parts)
        how = self.tr("numbers hidden") if answer.masked else self.tr("numbers seen")
        if tag.status == "withdrawn":
            return f"{words.when(answer.answered_at, self.zone)}: {said}"
        return f"{words.when(answer.answered_at, self.zone)}: {said} ({how})"

    # transcript -----------------------------------------------------------------------------------

    def _read(self) -> None:
        """Fetch the transcript once it is looked at."""
        id_ = self.session
        if id_ is None or self.currentWidget() is not self.transcript:
            return
        if self._transcript_of == id_:
            return
        self._transcript_of = id_
        self.transcript.setPlainText(self.tr("Reading…"))

        def done(turns: list[Turn]) -> None:
            if self.session == id_:
                self.transcript.setPlainText(self._written(turns))

        def failed(error: Exception) -> None:
            if self.session == id_:
                self.transcript.setPlainText(str(error))

        self._asks.ask(lambda library: library.transcript(id_), done, failed)

    def _written(self, turns: list[Turn]) -> str:
        who: dict[str, Any] = {
            "person": self.tr("You"),
            "assistant": self.tr("Assistant"),
            "tool": self.tr("Tool"),
            "note": self.tr("Note"),
        }
        if not turns:
            return self.tr("The source file holds no text of this session.")
        return "\n\n".join(
            f"{who.get(turn.who, turn.who)} · {words.when(turn.ts, self.zone)}\n{turn.text}"
            for turn in turns
        )


def _label(role: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > OPENING:
        text = text[:OPENING].rsplit(" ", 1)[0] + "…"
    return f"“{text}”" if text else ""


def _bucket(told: Minutes) -> str:
    if told.key == TYPED:
        return f"{words.minutes(told.low)}–{words.minutes(told.high)}"
    return BUCKET_WORDS[told.key]
