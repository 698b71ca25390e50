"""What an export is to be: period, audience, what is taken out, sections, quotes, format."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
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
    Picture,
    Redaction,
    ReportRequest,
)
from tokenworth.gui.export.quotes import Quotes
from tokenworth.gui.export.words import (
    audiences,
    days_in,
    formats,
    kind_of,
    named_sections,
    redactable,
    short_name,
)
from tokenworth.gui.weeks.choice import today
from tokenworth.gui.weeks.days import DaysDialog
from tokenworth.gui.weeks.periods import days_span
from tokenworth.gui.weeks.words import days_words

SHORT_DAYS: Final = 56
ANY: Final = ".."
TICK_GAP_PX: Final = 2


class Choices(QWidget):
    """The left side of the dialog."""

    changed = Signal()

    def __init__(self, quoted: Sequence[str]) -> None:
        super().__init__()
        self._spans: dict[str, Span] = {}
        self._wanted: dict[str, Any] = {}
        self._last: dict[QComboBox, str] = {}
        self.period, self.compare = self._box(self.tr("Period")), self._box(self.tr("Beside"))
        self.audience, self.format = self._box(self.tr("For")), self._box(self.tr("Format"))
        self.paper, self.chart = self._box(self.tr("Paper")), self._box(self.tr("Chart"))
        self.told, self.changed_words = _words("small"), _words("warning")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._form = QFormLayout()
        self._column.addLayout(self._form)
        for name, widget in (
            (self.tr("&Period"), self.period), ("", self.told), (self.tr("&Beside"), self.compare),
            (self.tr("Fo&r"), self.audience), (self.tr("F&ormat"), self.format),
            (self.tr("P&aper"), self.paper), (self.tr("C&hart"), self.chart),
        ):  # fmt: skip
            self._form.addRow(name, widget)
        for box, offered in (
            (self.audience, audiences()), (self.format, formats()),
            (self.paper, tuple((code, code) for code in get_args(Paper))),
        ):  # fmt: skip
            for code, words in offered:
                box.addItem(words, code)
        self.audience.setCurrentIndex(1)
        self.redacted = self._ticks(self.tr("Taken out"), redactable())
        self._column.addWidget(self.changed_words)
        self.sections = self._ticks(self.tr("Sections"), named_sections(), columns=2, on=True)
        self.usage = QCheckBox(self.tr("&Leave usage out; the report says so"))
        self.quotes = Quotes(quoted)
        self._column.addWidget(self.usage)
        self._column.addWidget(self.quotes)
        self._audience_chosen()
        self._fit()
        self._connect()

    # what is chosen -------------------------------------------------------------------------------

    def offer(self, spans: Sequence[Span]) -> None:
        """Offer these periods; the first, the newest full quarter, is chosen if none was."""
        self._spans = {span.key: span for span in spans}
        kept = str(self._wanted.get("period", ""))
        if ANY in kept and spans:
            self._add_span(kept)
        blocked = self.period.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.period.clear()
        for span in self._spans.values():
            _add_item(self.period, span)
        if spans:
            self.period.addItem(self.tr("Any days…"), ANY)
        self.period.setCurrentIndex(max(0, self.period.findData(kept)))
        self.period.blockSignals(blocked)
        self._tell()

    def request(self) -> ReportRequest | None:
        """Return what is wanted; None where there is no period."""
        period = self._key(self.period)
        if not period:
            return None
        ticked = {name: box.isChecked() for name, box in self.redacted.items()}
        return ReportRequest(
            period=period,
            compare=self._key(self.compare),
            audience=self.audience.currentData(),
            redaction=Redaction(**ticked),
            sections=tuple(name for name in SECTIONS if self.sections[name].isChecked()),
            usage=not self.usage.isChecked(),
            quoted=self.quotes.uids(),
            paper=self.paper.currentData(),
        )

    def form(self) -> Format:
        """Return the format."""
        chosen: Format = self.format.currentData()
        return chosen

    def offer_charts(self, pictures: Sequence[Picture]) -> None:
        """Offer the charts of the report; the one chosen stays if it is still there."""
        chosen = self.chart.currentData() or ""
        blocked = self.chart.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.chart.clear()
        self.chart.addItem(self.tr("All, in a folder"), "")
        for one in pictures:
            self.chart.addItem(one.title, one.key)
        self.chart.setCurrentIndex(max(0, self.chart.findData(chosen)))
        self.chart.blockSignals(blocked)

    def keep(self) -> dict[str, Any]:
        """Return what is chosen, but not what is quoted."""
        ticks = {**self.redacted, **self.sections, "usage": self.usage}
        boxes = {"audience": self.audience, "format": self.format, "paper": self.paper}
        kept: dict[str, Any] = {name: box.currentData() for name, box in boxes.items()}
        kept |= {"period": self._key(self.period), "compare": self._key(self.compare)}
        return kept | {name: tick.isChecked() for name, tick in ticks.items()}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what was chosen; the periods as soon as they are offered."""
        self._wanted = dict(kept)
        for name, box in (
            ("audience", self.audience), ("format", self.format), ("paper", self.paper)
        ):  # fmt: skip
            box.setCurrentIndex(max(0, box.findData(kept[name])))
        for name, tick in {**self.redacted, **self.sections, "usage": self.usage}.items():
            tick.setChecked(kept[name])

    # building -------------------------------------------------------------------------------------

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        return box

    def _ticks(
        self, title: str, named: Sequence[tuple[str, str]], *, columns: int = 1, on: bool = False
    ) -> dict[str, QCheckBox]:
        group = QGroupBox(title)
        grid = QGridLayout(group)
        grid.setVerticalSpacing(0)
        boxes = {}
        for place, (name, words) in enumerate(named):
            boxes[name] = QCheckBox(words)
            boxes[name].setChecked(on)
            boxes[name].setMinimumHeight(boxes[name].fontMetrics().height() + 2 * TICK_GAP_PX)
            grid.addWidget(boxes[name], *divmod(place, columns))
        self._column.addWidget(group)
        return boxes

    def _connect(self) -> None:
        self.audience.currentIndexChanged.connect(self._audience_chosen)
        for box in (self.period, self.compare):
            box.activated.connect(lambda _=0, box=box: self._chosen(box))
        self.period.currentIndexChanged.connect(self._tell)
        self.compare.currentIndexChanged.connect(self._beside)
        for box in (self.format, self.paper, self.chart):
            box.currentIndexChanged.connect(self._fit)
        for tick in self.redacted.values():
            tick.toggled.connect(self._tell_redaction)
        for tick in (*self.redacted.values(), *self.sections.values(), self.usage):
            tick.toggled.connect(self._fit)
        self.quotes.changed.connect(self._fit)

    # what a person does ---------------------------------------------------------------------------

    def _audience_chosen(self) -> None:
        audience: Audience = self.audience.currentData()
        for name, box in self.redacted.items():
            blocked = box.blockSignals(True)  # noqa: FBT003 - Qt's signature
            box.setChecked(getattr(REDACTIONS[audience], name))
            box.blockSignals(blocked)
        self._tell_redaction()
        self.changed.emit()

    def _tell_redaction(self) -> None:
        usual = REDACTIONS[self.audience.currentData()]
        more = [
            box.text().replace("&", "").lower()
            for name, box in self.redacted.items()
            if getattr(usual, name) and not box.isChecked()
        ]
        told = self.tr("Usually taken out for {audience}, and left in here: {what}.")
        self.changed_words.setText(
            told.format(audience=self.audience.currentText(), what=", ".join(more))
        )
        self.changed_words.setVisible(bool(more))

    def _fit(self) -> None:
        """Offer only what makes a difference now."""
        form = self.form()
        self._form.setRowVisible(self.paper, form == "pdf")
        self._form.setRowVisible(self.chart, form == "png")
        self.sections["sessions"].setEnabled(bool(self.quotes.uids()))
        self.sections["comparison"].setEnabled(bool(self._key(self.compare)))
        self.changed.emit()

    def _key(self, box: QComboBox) -> str:
        """Return the key of a period; while days are asked for, of the one before."""
        key = str(box.currentData() or "")
        return self._last.get(box, "") if key == ANY else key

    def _chosen(self, box: QComboBox) -> None:
        if box.currentData() != ANY:
            return
        now = today()
        shown = self._spans.get(self._last.get(box) or self._last.get(self.period, ""))
        first, last = now.replace(day=1), now
        if shown is not None:
            first, last = date.fromisoformat(shown.first_day), date.fromisoformat(shown.last_day)
        days = first, min(last, now)
        dialog = DaysDialog(days, now, lambda first, last: self._add(box, first, last), self)
        dialog.rejected.connect(lambda: self._go(box, self._last.get(box, "")))
        dialog.open()

    def _add(self, box: QComboBox, first: date, last: date) -> None:
        key = days_span(first, last, today()).key
        self._add_span(key)
        if box.findData(key) < 0:
            _add_item(box, self._spans[key], before=box.count() - 1)
        self._go(box, key)

    def _add_span(self, key: str) -> None:
        first, last = (date.fromisoformat(day) for day in key.split(ANY))
        span = days_span(first, last, today())
        named = Span(key, days_words(span, today()), span.first_day, span.last_day, span.whole)
        self._spans[key] = named

    def _go(self, box: QComboBox, key: str) -> None:
        box.setCurrentIndex(max(0, box.findData(key)))

    def _tell(self) -> None:
        self._last[self.period] = self._key(self.period)
        self._offer_beside()
        span = self._spans.get(self._last[self.period])
        told = []
        if span is not None:
            if "-Q" not in span.key or not span.whole:
                told.append(self.tr("Not a full quarter: the report says “chosen by the author”."))
            if days_in(span) < SHORT_DAYS:
                told.append(self.tr("Short: fewer than 8 weeks, so only for yourself."))
        self.told.setText(" ".join(told))
        self.told.setVisible(bool(told))
        self._fit()

    def _beside(self) -> None:
        self._last[self.compare] = self._key(self.compare)
        self._fit()

    def _offer_beside(self) -> None:
        """Offer periods of the same kind to stand beside the one chosen."""
        period, kept = self._last[self.period], self._last.get(self.compare, "")
        kept = kept or str(self._wanted.pop("compare", ""))
        if ANY in kept and kept not in self._spans:
            self._add_span(kept)
        blocked = self.compare.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.compare.clear()
        self.compare.addItem(self.tr("nothing"), "")
        for span in self._spans.values():
            if span.key != period and (kind_of(span.key) == kind_of(period) or span.key == kept):
                _add_item(self.compare, span)
        if period:
            self.compare.addItem(self.tr("Any days…"), ANY)
        self.compare.setCurrentIndex(max(0, self.compare.findData(kept)))
        self.compare.blockSignals(blocked)
        self._last[self.compare] = self._key(self.compare)


def _add_item(box: QComboBox, span: Span, before: int | None = None) -> None:
    """Offer a period by its short name; its whole name and its days stand in the tool tip."""
    at = box.count() if before is None else before
    box.insertItem(at, short_name(span), span.key)
    days = f"{span.first_day} – {span.last_day}"
    tip = days if ANY in span.key else f"{span.name}, {days}"
    box.setItemData(at, tip, Qt.ItemDataRole.ToolTipRole)


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
