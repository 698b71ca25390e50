"""The card that asks what came of sessions: what helps memory, and nothing that biases."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from tokenworth.domain.views import SessionDetail
from tokenworth.gui import words
from tokenworth.gui.form import TagForm
from tokenworth.gui.models.sessions import SOURCES

SHOWN: Final = 160
"""Characters shown of the first request and of the last answer (spec v1, 2)."""


class AskCard(QScrollArea):
    """One session, or several at once, and the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.zone = ""
        self.form = TagForm()
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        self._labels: dict[str, QLabel] = {}
        for name, role in (
            ("where", "muted"), ("title", "heading"), ("request", ""), ("answer", ""),
            ("files", "muted"), ("hidden", "small"),
        ):  # fmt: skip
            label = QLabel()
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            if role:
                label.setProperty("role", role)
            self._labels[name] = label
            column.addWidget(label)
        column.addSpacing(6)
        column.addWidget(self.form)
        self.form.asks_now.connect(self._show_question)
        outer = QWidget()
        frame = QVBoxLayout(outer)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(card)
        frame.addStretch(1)
        self.setWidget(outer)

    def _show_question(self, question: QWidget) -> None:
        self.ensureWidgetVisible(question, 0, 60)

    def ask(self, detail: SessionDetail | None, number: int, *, blind: bool) -> None:
        """Ask about one session, or (without a detail) the same of several."""
        texts = dict.fromkeys(self._labels, "")
        if detail is not None:
            row = detail.row
            where = [words.when(row.start_ts, self.zone), SOURCES.get(row.source, row.source)]
            texts["where"] = " · ".join([*where, *([row.project] if row.project else [])])
            texts["title"] = row.title or self.tr("(no title)")
            texts["request"] = _quoted(detail.first_request)
            texts["answer"] = _quoted(detail.last_answer)
            texts["files"] = ", ".join(detail.files)
        if blind:
            texts["hidden"] = self.tr("Tokens, cost and model stay hidden until you save.")
        for name, text in texts.items():
            self._labels[name].setText(text)
            self._labels[name].setVisible(bool(text))
        self.verticalScrollBar().setValue(0)
        self.form.begin(number)
        self.form.setFocus()


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) > SHOWN:
        flat = flat[:SHOWN].rsplit(" ", 1)[0] + "…"
    return f"“{flat}”" if flat else ""
