"""Sessions chosen one by one, to be quoted in the report."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

UID: Final = Qt.ItemDataRole.UserRole
LIST_PX: Final = 88


class Quotes(QWidget):
    """What was chosen in Sessions: none is quoted before it is ticked, each can be taken off."""

    changed = Signal()

    def __init__(self, quoted: Sequence[str]) -> None:
        super().__init__()
        self.tick = QCheckBox()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sessions to be quoted"))
        self.list.setFixedHeight(LIST_PX)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for uid in dict.fromkeys(quoted):
            QListWidgetItem(uid, self.list).setData(UID, uid)
        self.remove = QPushButton(self.tr("Re&move from the list"))
        self.remove.setAutoDefault(False)
        none = QLabel(self.tr("To quote sessions, choose them in Sessions first."))
        none.setProperty("role", "small")
        none.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.tick, self.list, self.remove, none):
            column.addWidget(widget)
            widget.setVisible(bool(quoted) is (widget is not none))
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.remove.clicked.connect(self._remove)
        self.tick.toggled.connect(self._fit)
        self.list.itemSelectionChanged.connect(self._fit_button)
        self._fit()

    def uids(self) -> tuple[str, ...]:
        """Return the sessions to be quoted; none where that is not ticked."""
        return tuple(self._listed()) if self.tick.isChecked() else ()

    def name(self, titles: Mapping[str, str]) -> None:
        """Show these titles for the sessions."""
        for uid, item in self._listed().items():
            item.setText(titles.get(uid) or uid)

    def _listed(self) -> dict[str, QListWidgetItem]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return {str(item.data(UID)): item for item in items}

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        if not self.list.count():
            self.tick.setChecked(False)
        (self.list if self.list.count() else self.tick).setFocus()
        self._fit()

    def _fit(self) -> None:
        count = self.list.count()
        words = self.tr("&Quote 1 session") if count == 1 else self.tr("&Quote {n} sessions")
        self.tick.setText(words.format(n=count))
        self.tick.setEnabled(bool(count))
        self.list.setEnabled(self.tick.isChecked())
        self._fit_button()
        self.changed.emit()

    def _fit_button(self) -> None:
        self.remove.setEnabled(self.tick.isChecked() and bool(self.list.selectedItems()))
