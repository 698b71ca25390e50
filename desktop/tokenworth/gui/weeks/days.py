"""Two small dialogs: any stretch of days, and the days before and after one."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

MOST_DAYS: Final = 366
USUAL_DAYS: Final = 14


class _Dialog(QDialog):
    """Fields over OK and Cancel; words under them say what they mean."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields = QFormLayout()
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.ok = buttons.button(standard.Ok)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(self.fields)
        column.addWidget(self.told)
        column.addWidget(buttons)
        self.setMinimumWidth(340)

    def add_day(self, name: str, day: date, most: date) -> QDateEdit:
        """Add a field for a day."""
        field = QDateEdit(QDate(day.year, day.month, day.day))
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setMaximumDate(QDate(most.year, most.month, most.day))
        field.setAccessibleName(name)
        field.dateChanged.connect(self.check)
        self.fields.addRow(name, field)
        return field

    def check(self) -> None:
        """Say what the fields mean, and whether it can be."""


class DaysDialog(_Dialog):
    """Asks for a first and a last day."""

    def __init__(
        self,
        days: tuple[date, date],
        today: date,
        done: Callable[[date, date], None],
        parent: QWidget,
    ) -> None:
        super().__init__(self.tr("Any days"), parent)
        self.first = self.add_day(self.tr("First day"), days[0], today)
        self.last = self.add_day(self.tr("Last day"), days[1], today)
        self.accepted.connect(lambda: done(day_of(self.first), day_of(self.last)))
        self.check()

    def check(self) -> None:
        """Refuse a last day before the first."""
        days = (day_of(self.last) - day_of(self.first)).days + 1
        self.ok.setEnabled(days > 0)
        if days <= 0:
            self.told.setText(self.tr("The last day is before the first."))
        elif days == 1:
            self.told.setText(self.tr("1 day, both included."))
        else:
            self.told.setText(self.tr("{days} days, both included.").format(days=days))


class AroundDialog(_Dialog):
    """Asks for a day, and how many days before it and from it on."""

    def __init__(
        self, day: date, today: date, done: Callable[[date, int], None], parent: QWidget
    ) -> None:
        super().__init__(self.tr("Before and after a day"), parent)
        self.day = self.add_day(self.tr("Day"), day, today)
        self.days = QSpinBox()
        self.days.setRange(1, MOST_DAYS)
        self.days.setValue(USUAL_DAYS)
        self.days.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        name = self.tr("Days on each side")
        self.days.setAccessibleName(name)
        self.days.valueChanged.connect(self.check)
        self.fields.addRow(name, self.days)
        self.accepted.connect(lambda: done(day_of(self.day), self.days.value()))
        self.check()

    def check(self) -> None:
        """Say which days those are."""
        text = self.tr("{days} days before {day}, and {days} from that day on.")
        day = day_of(self.day).isoformat()
        self.told.setText(text.format(days=self.days.value(), day=day))


def day_of(field: QDateEdit) -> date:
    """Return the day in a field."""
    day = field.date()
    return date(day.year(), day.month(), day.day())
