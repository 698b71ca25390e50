"""What an export is to be: period, audience, what is taken out, sections, format."""

from collections.abc import Sequence
from datetime import date
from typing import Final, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.comparison import Span
from tokenworth.domain.report import (
    REDACTIONS,
    SECTIONS,
    Audience,
    Format,
    Paper,
    Redaction,
    ReportRequest,
)
from tokenworth.gui.weeks.days import DaysDialog
from tokenworth.gui.words import translate

SHORT_DAYS: Final = 56
ANY: Final = ".."


class Choices(QWidget):
    """The left side of the dialog."""

    changed = Signal()

    def __init__(self, quoted: Sequence[str]) -> None:
        super().__init__()
        self._quoted = list(quoted)
        self._spans: dict[str, Span] = {}
        self.period, self.compare = self._box(self.tr("Period")), self._box(self.tr("Beside"))
        self.audience, self.format = self._box(self.tr("For")), self._box(self.tr("Format"))
        self.paper = self._box(self.tr("Paper"))
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for name, widget in (
            (self.tr("&Period"), self.period), ("", self.told), (self.tr("&Beside"), self.compare),
            (self.tr("Fo&r"), self.audience), (self.tr("F&ormat"), self.format),
            (self.tr("P&aper"), self.paper),
        ):  # fmt: skip
            form.addRow(name, widget)
        for code, words in (("me", self.tr("me")), ("manager", self.tr("my manager")),
                            ("public", self.tr("anyone"))):  # fmt: skip
            self.audience.addItem(words, code)
        self.audience.setCurrentIndex(1)
        for code, words in formats():
            self.format.addItem(words, code)
        for code in get_args(Paper):
            self.paper.addItem(code, code)
        self.redacted = self._ticks(form, self.tr("Taken out"), redactable())
        self.sections = self._ticks(form, self.tr("Sections"), named_sections(), on=True)
        self.usage = QCheckBox(self.tr("&Leave usage out, and say so"))
        form.addRow(self.usage)
        words = self.tr("&Quote what is chosen in Sessions: {count}")
        self.quotes = QCheckBox(words.format(count=len(quoted)))
        self.quotes.setVisible(bool(quoted))
        form.addRow(self.quotes)
        self._audience_chosen()
        self._connect()

    def offer(self, spans: Sequence[Span]) -> None:
        """Offer these periods; the newest full quarter is chosen."""
        self._spans = {span.key: span for span in spans}
        blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.period.clear()
        self.compare.clear()
        self.compare.addItem(self.tr("nothing"), "")
        for span in spans:
            for box in (self.period, self.compare):
                box.addItem(span.name, span.key)
        for box in (self.period, self.compare):
            box.addItem(self.tr("Any days…"), ANY)
        self.blockSignals(blocked)
        self._tell()

    def request(self) -> ReportRequest | None:
        """Return what is wanted; None where there is no period."""
        period = self.period.currentData()
        if not period or period == ANY:
            return None
        compare = self.compare.currentData() or ""
        ticked = {name: box.isChecked() for name, box in self.redacted.items()}
        return ReportRequest(
            period=period,
            compare="" if compare in (ANY, period) else compare,
            audience=self.audience.currentData(),
            redaction=Redaction(**ticked),
            sections=tuple(name for name in SECTIONS if self.sections[name].isChecked()),
            usage=not self.usage.isChecked(),
            quoted=tuple(self._quoted) if self.quotes.isChecked() else (),
            paper=self.paper.currentData(),
        )

    def form(self) -> Format:
        """Return the format."""
        chosen: Format = self.format.currentData()
        return chosen

    # building -------------------------------------------------------------------------------------

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        return box

    def _ticks(
        self, form: QFormLayout, title: str, named: Sequence[tuple[str, str]], *, on: bool = False
    ) -> dict[str, QCheckBox]:
        group = QGroupBox(title)
        column = QVBoxLayout(group)
        column.setSpacing(2)
        boxes = {}
        for name, words in named:
            boxes[name] = QCheckBox(words)
            boxes[name].setChecked(on)
            column.addWidget(boxes[name])
        form.addRow(group)
        return boxes

    def _connect(self) -> None:
        self.audience.currentIndexChanged.connect(self._audience_chosen)
        for box in (self.period, self.compare):
            box.activated.connect(lambda _=0, box=box: self._chosen(box))
            box.currentIndexChanged.connect(self._tell)
        for box in (self.format, self.paper):
            box.currentIndexChanged.connect(self.changed)
        ticks = (*self.redacted.values(), *self.sections.values(), self.usage, self.quotes)
        for tick in ticks:
            tick.toggled.connect(self.changed)

    # what a person does ---------------------------------------------------------------------------

    def _audience_chosen(self) -> None:
        audience: Audience = self.audience.currentData()
        for name, box in self.redacted.items():
            blocked = box.blockSignals(True)  # noqa: FBT003 - Qt's signature
            box.setChecked(getattr(REDACTIONS[audience], name))
            box.blockSignals(blocked)
        self.changed.emit()

    def _chosen(self, box: QComboBox) -> None:
        if box.currentData() != ANY:
            return
        today = date.today()  # noqa: DTZ011 - the person's own day
        DaysDialog((today.replace(day=1), today), today,
                   lambda first, last: self._add(box, first, last), self).open()  # fmt: skip

    def _add(self, box: QComboBox, first: date, last: date) -> None:
        key = f"{first.isoformat()}..{last.isoformat()}"
        name = f"{first.isoformat()} – {last.isoformat()}"
        self._spans[key] = Span(key, name, first.isoformat(), last.isoformat(), whole=True)
        box.insertItem(box.count() - 1, name, key)
        box.setCurrentIndex(box.count() - 2)

    def _tell(self) -> None:
        span = self._spans.get(self.period.currentData() or "")
        told = []
        if span is not None:
            if "-Q" not in span.key or not span.whole:
                told.append(self.tr("The report says: chosen by the author."))
            days = date.fromisoformat(span.last_day) - date.fromisoformat(span.first_day)
            if days.days + 1 < SHORT_DAYS:
                told.append(self.tr("Fewer than 8 weeks: for yourself only."))
        self.told.setText(" ".join(told))
        self.told.setVisible(bool(told))
        self.changed.emit()


def formats() -> tuple[tuple[str, str], ...]:
    """Return the formats and their names."""
    return (
        ("pdf", "PDF"), ("html", "HTML"), ("markdown", "Markdown"),
        ("csv", translate("Export", "CSV tables (zip)")), ("json", "JSON"),
        ("png", translate("Export", "PNG, one a chart")),
    )  # fmt: skip


def redactable() -> tuple[tuple[str, str], ...]:
    """Return what can be taken out."""
    return (
        ("projects", translate("Export", "Project names")),
        ("titles", translate("Export", "Titles")),
        ("paths", translate("Export", "Names of files and branches")),
        ("notes", translate("Export", "Notes and what was learned")),
        ("money", translate("Export", "Money")),
    )


def named_sections() -> tuple[tuple[str, str], ...]:
    """Return the sections."""
    return (
        ("got", translate("Export", "Got")),
        ("burned", translate("Export", "Burned")),
        ("how", translate("Export", "How")),
        ("sure", translate("Export", "How sure")),
        ("charts", translate("Export", "Charts")),
        ("comparison", translate("Export", "Side by side")),
        ("sessions", translate("Export", "Quoted sessions")),
    )
