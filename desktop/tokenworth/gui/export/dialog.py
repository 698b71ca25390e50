"""The export dialog: choose, see the real document, see what leaves, save or print."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import Report
from tokenworth.gui.asks import Asks
from tokenworth.gui.export import saving
from tokenworth.gui.export.choices import Choices
from tokenworth.gui.export.outgoing import Outgoing, words_of
from tokenworth.gui.export.preview import Made, Preview, prepare
from tokenworth.gui.export.strings import Strings
from tokenworth.gui.messages import announce
from tokenworth.gui.theme import Theme
from tokenworth.gui.weeks.veil import Veil

if TYPE_CHECKING:
    from tokenworth.workflows.library import Library

SETTLE_MS: Final = 250
LEAST: Final = QSize(900, 540)
LIKED: Final = QSize(980, 600)
MOST: Final = QSize(1280, 900)
ROUND_PX: Final = 40
"""How much of the window stays in sight round the dialog."""
LEFT_PX: Final = 330
_kept: WeakKeyDictionary[QWidget, dict[str, Any]] = WeakKeyDictionary()
"""What was chosen last, by window: in memory only."""


class ExportDialog(QDialog):
    """Asks what to export, and shows it before it leaves."""

    def __init__(
        self, asks: Asks, theme: Theme, parent: QWidget, quoted: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._asks = asks
        self._owner = parent
        self._made: Made | None = None
        self._last: Made | None = None
        self._number = 0
        """Of the newest question: answers to older ones are late, and not looked at."""
        self._is_gone = False
        self.outgoing = Outgoing(asks, self)
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(LEAST)
        room = parent.window().size() - QSize(ROUND_PX, ROUND_PX)
        self.resize(room.boundedTo(MOST).expandedTo(LIKED))
        self.choices = Choices(quoted)
        self.preview, self.strings = Preview(theme), Strings()
        self._build()
        self._veils = [Veil(theme, over) for over in (self.preview, self.strings)]
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._remember()
        self.choices.changed.connect(self._begin)
        self.finished.connect(self._gone)
        self.outgoing.said.connect(self._say)
        self.outgoing.refused.connect(self._warn)
        self.outgoing.changed.connect(self._enable)
        self._ask_first(tuple(dict.fromkeys(quoted)))

    @property
    def report(self) -> Report | None:
        """The document shown; None while there is none, or another one is being made."""
        return self._made.report if self._made else None

    # building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.addTab(self.preview, self.tr("Preview"))
        self.tabs.addTab(self.strings, self.tr("What leaves"))
        self.tabs.setAccessibleName(self.tr("Preview, and what leaves"))
        upper = QHBoxLayout()
        upper.setSpacing(14)
        upper.addWidget(self._left())
        upper.addWidget(self.tabs, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(upper, 1)
        whole.addLayout(self._foot())
        self._enable()

    def _left(self) -> QScrollArea:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.choices)
        always = QLabel(
            self.tr(
                "Always in it, whatever is chosen: that you report on yourself, the period, what "
                "was looked at and how it was chosen, intervals, what was left out, versions."
            )
        )
        always.setWordWrap(True)
        always.setProperty("role", "small")
        strip = QFrame()
        strip.setProperty("role", "strip")
        inside = QVBoxLayout(strip)
        inside.addWidget(always)
        column.addWidget(strip)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(side)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(LEFT_PX)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        return area

    def _foot(self) -> QHBoxLayout:
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.save, self.print = QPushButton(self.tr("&Save…")), QPushButton(self.tr("Prin&t…"))
        self.save.setProperty("role", "primary")
        self.close_button = QPushButton(self.tr("&Close"))
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        for button, call in (
            (self.close_button, self.reject), (self.print, self._print), (self.save, self._save),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, call=call: call())
            row.addWidget(button)
        return row

    def _remember(self) -> None:
        """Choose what was chosen last in this window, unless another store is open now."""
        kept = _kept.get(self._owner, {})
        if kept.get("store") == self._asks.path and "choices" in kept:
            self.choices.restore(kept["choices"])
            self.outgoing.folder = kept["folder"]

    def _gone(self) -> None:
        self._is_gone = self.outgoing.is_gone = True
        self._number += 1
        self._settle.stop()
        _kept[self._owner] = {
            "store": self._asks.path,
            "choices": self.choices.keep(),
            "folder": self.outgoing.folder,
        }

    # the document ---------------------------------------------------------------------------------

    def _ask_first(self, quoted: Sequence[str]) -> None:
        def offer(answer: tuple[list[Any], dict[str, str]]) -> None:
            if not self._is_gone:
                self.choices.quotes.name(answer[1])
                self.choices.offer(answer[0])

        self._asks.ask(
            lambda library: (library.report_periods(), _titles(library, quoted)),
            offer,
            lambda error: None if self._is_gone else self._failed(error),
        )

    def _begin(self) -> None:
        self._number += 1
        self._made = None
        self._say("")
        for veil in self._veils:
            veil.lay()
        self._enable()
        self._settle.start()

    def _ask(self) -> None:
        request, form, number = self.choices.request(), self.choices.form(), self._number
        if request is None:
            self._show_words(self.tr("There is nothing to report yet: the store has no sessions."))
            return
        known, chart = self._last, self._chart()
        report = known.report if known and known.request == request else None

        def make(library: "Library") -> Made | None:
            if number != self._number:
                return None  # another question has followed already
            made = report or library.report(request)
            return Made(made, request, form, prepare(made, form, request.paper, chart))

        self._asks.ask(
            make,
            lambda made: self._show(made) if made and number == self._number else None,
            lambda error: self._failed(error) if number == self._number else None,
        )

    def _show(self, made: Made) -> None:
        self._made = self._last = made
        self._lift()
        self.choices.offer_charts(saving.pictures(made.report))
        self.preview.show_report(made.shown, made.form)
        count = self.strings.show_strings(made.report.own_strings)
        self.tabs.setTabText(1, self.tr("What leaves ({n})").format(n=count))
        self._enable()

    def _show_words(self, words: str) -> None:
        self._made = None
        self._lift()
        self.preview.show_words(words)
        self.strings.show_strings(())
        self.tabs.setTabText(1, self.tr("What leaves"))
        announce(self, words)
        self._enable()

    def _lift(self) -> None:
        for veil in self._veils:
            veil.hide()

    def _failed(self, error: Exception) -> None:
        self._show_words(words_of(error, self._asks))

    def _enable(self) -> None:
        made = None if self.outgoing.is_busy else self._made
        has_file = bool(made and (made.form != "png" or made.shown.leaves))
        self.save.setEnabled(has_file)
        self.print.setEnabled(bool(made and made.form == "pdf"))
        is_pdf = self.choices.form() == "pdf"
        tip = "" if is_pdf else self.tr("Choose the format PDF to see the pages, and to print them")
        self.print.setToolTip(tip)

    def _warn(self, words: str) -> None:
        self._say(words, "warning")

    def _say(self, words: str, role: str = "muted") -> None:
        self.told.setProperty("role", role)
        self.told.style().polish(self.told)
        self.told.setText(words)
        self.told.setToolTip(f"<p>{escape(words)}</p>" if words else "")
        if words:
            announce(self, words)

    # out ------------------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._made is not None:
            self.outgoing.ask_where(self._made, self._chart())

    def save_to(self, path: Path) -> None:
        """Save the document shown in a file, or its charts in a folder; say where, or why not."""
        if self._made is not None:
            self.outgoing.save(self._made, path, self._chart())

    def _print(self) -> None:
        if self._made is not None:
            self.outgoing.ask_printer(self._made)

    def _chart(self) -> str:
        return str(self.choices.chart.currentData() or "")


def _titles(library: "Library", uids: Sequence[str]) -> dict[str, str]:
    """Return the titles of sessions; one that is gone has none."""
    found = {}
    for uid in uids:
        try:
            found[uid] = library.detail(library.find(uid)[0]).row.title
        except Refusal:
            found[uid] = ""
    return found
