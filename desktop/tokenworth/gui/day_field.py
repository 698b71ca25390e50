"""A field for a day that may also be any day."""

from PySide6.QtCore import QDate, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QWidget

ANY_DAY = QDate(2000, 1, 1)
LAST_DAY = QDate(2100, 1, 1)


class DayField(QDateEdit):
    """Shows words for any day; what is typed, stepped to or picked begins at today.

    Qt keeps Tab within a date's parts for good while such words stand in for it, counts on from
    the least day, and opens the calendar there.
    """

    def __init__(self, words_for_any: str) -> None:
        super().__init__(ANY_DAY)
        self.setDateRange(ANY_DAY, LAST_DAY)
        self.setSpecialValueText(words_for_any)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.calendarWidget().installEventFilter(self)

    def is_any(self) -> bool:
        """Whether no day is set."""
        return self.date() == ANY_DAY

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001 - Qt's signature
        """Leave at once where there are no parts to go through."""
        if self.is_any():
            return QWidget.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        """Step from today where no day is set."""
        if self.is_any():
            self.setDate(QDate.currentDate())
        else:
            super().stepBy(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let a digit replace the words."""
        if self.is_any() and event.text().isdigit():
            self.setDate(QDate.currentDate())
            self.setSelectedSection(QDateEdit.Section.YearSection)
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Open the calendar at this month where no day is set."""
        if event.type() is QEvent.Type.Show and self.is_any():
            today = QDate.currentDate()
            self.calendarWidget().setCurrentPage(today.year(), today.month())
        return super().eventFilter(watched, event)
