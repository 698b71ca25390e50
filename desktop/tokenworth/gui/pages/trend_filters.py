"""The filters over the paired chart: one source, one project, one model, or all."""

from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tokenworth.domain.views import SessionQuery
from tokenworth.gui.boxes import offer

LETTERS: Final = 8
WIDEST_PX: Final = 190


class Choices(msgspec.Struct, frozen=True):
    """What the filters offer."""

    sources: dict[str, str]  # kind to name
    projects: list[str]
    models: list[str]


class TrendFilters(QWidget):
    """Three boxes in a row; ``changed`` when one is set otherwise."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.source = self._box(self.tr("Source"))
        self.project = self._box(self.tr("Project"))
        self.model = self._box(self.tr("Model"))
        self.boxes = (self.source, self.project, self.model)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in self.boxes:
            row.addWidget(box, 1)
        self.offer(Choices({}, [], []))

    def query(self) -> SessionQuery:
        """Return what the filters let through."""
        source, project, model = (box.currentData() for box in self.boxes)
        return SessionQuery(
            sources=() if source is None else (source,),
            projects=() if project is None else (project,),
            model="" if model is None else model,
        )

    def words(self) -> list[str]:
        """Return what is let through, in words: "all sources", "tide-tables"."""
        said = []
        for box in self.boxes:
            text = box.currentText()
            if box.currentIndex() > 0:
                said.append(text)
            elif box is not self.model:
                said.append(text[:1].lower() + text[1:])
        return said

    def offer(self, choices: Choices) -> bool:
        """Offer these. Returns whether what was chosen is gone, so that all is shown again."""
        before = self.query()
        projects = {name: name or self.tr("(no project)") for name in choices.projects}
        offer(self.source, self.tr("All sources"), choices.sources)
        offer(self.project, self.tr("All projects"), projects)
        offer(self.model, self.tr("All models"), {name: name for name in choices.models})
        return self.query() != before

    def show_everything(self) -> None:
        """Take all filters off."""
        for box in self.boxes:
            box.setCurrentIndex(0)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS)
        box.setMaximumWidth(WIDEST_PX)
        box.currentIndexChanged.connect(self.changed)
        return box
