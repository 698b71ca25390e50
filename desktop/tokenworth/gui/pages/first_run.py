"""What the window shows while its store is empty: what could be imported, nothing imported yet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tokenworth.domain.views import Found
from tokenworth.gui import words
from tokenworth.gui.labels import label

WIDEST_PX = 760


class FirstRun(QWidget):
    """Find my history, open files, or look around with sample data."""

    import_asked = Signal(object)
    """Kinds of the tools that were ticked."""
    files_asked = Signal()
    demo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[tuple[str, QCheckBox]] = []
        self.state = label(self.tr("Looking in the usual places…"), "muted")
        self.store = label("", "small")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.go = QPushButton(self.tr("Import"))
        self.go.setProperty("role", "primary")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._go)
        self.files = QPushButton(self.tr("Open files or an export…"))
        self.files.clicked.connect(self.files_asked)
        self.demo = QPushButton(self.tr("Look around with sample data"))
        self.demo.clicked.connect(self.demo_asked)

        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Nothing is here yet"), "title"))
        column.addWidget(
            label(
                self.tr(
                    "Tokenworth reads the history that AI tools have left on this disk, to ask "
                    "what came of it. It only reads: no file of another tool is changed, and "
                    "nothing leaves this machine."
                ),
                "muted",
            )
        )
        column.addSpacing(8)
        column.addWidget(self._card())
        column.addSpacing(8)
        column.addWidget(self._others())
        column.addSpacing(4)
        column.addWidget(self.store)
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        inside.setMaximumWidth(WIDEST_PX)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 16)
        outer.addWidget(scroll)

    def set_store(self, words_: str) -> None:
        """Say where what is imported will be kept, and how."""
        self.store.setText(words_)

    def show_found(self, found: Sequence[Found]) -> None:
        """List the tools found; all are ticked, and nothing is imported before the click."""
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.deleteLater()
        self.boxes = []
        for tool in found:
            self._rows.addWidget(self._row(tool))
        self.state.setText(
            self.tr("Found in the usual places. Nothing is imported before you say so.")
            if found
            else self.tr("No tool known here has left history in its usual place.")
        )
        self._count()

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Find my history"), "heading"))
        column.addWidget(self.state)
        column.addLayout(self._rows)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addStretch(1)
        column.addSpacing(4)
        column.addLayout(buttons)
        return card

    def _others(self) -> QWidget:
        others = QWidget()
        column = QVBoxLayout(others)
        column.setContentsMargins(0, 0, 0, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.files)
        buttons.addWidget(self.demo)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(
            label(
                self.tr(
                    "Or drop a file, a folder or a zip anywhere on this window. Sample data is "
                    "kept apart from yours."
                ),
                "muted",
            )
        )
        return others

    def _row(self, tool: Found) -> QWidget:
        row = QWidget()
        box = QCheckBox(tool.name.replace("&", "&&"))
        box.setChecked(True)
        box.toggled.connect(self._count)
        self.boxes.append((tool.kind, box))
        files = self.tr("file") if tool.files == 1 else self.tr("files")
        amount = f"{words.count(tool.files)} {files}"
        size = QLabel(f"{amount}, {words.size(tool.bytes)}")
        size.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.addWidget(box)
        top.addStretch(1)
        top.addWidget(size)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        under = QVBoxLayout()
        under.setContentsMargins(26, 0, 0, 0)
        under.setSpacing(2)
        under.addWidget(label(tool.place, "small"))
        if tool.retention:
            under.addWidget(label(tool.retention, "warning"))
        column.addLayout(under)
        said = ", ".join(filter(None, (tool.name, size.text(), tool.place, tool.retention)))
        box.setAccessibleName(said)
        return row

    def _ticked(self) -> list[str]:
        return [kind for kind, box in self.boxes if box.isChecked()]

    def _count(self) -> None:
        ticked = len(self._ticked())
        self.go.setEnabled(ticked > 0)
        self.go.setVisible(bool(self.boxes))
        self.go.setText(
            self.tr("Import from {count} tools").format(count=ticked)
            if ticked > 1
            else self.tr("Import")
        )

    def _go(self) -> None:
        self.import_asked.emit(self._ticked())
