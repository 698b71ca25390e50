"""A comparison as Qt's tables want it: measures down, periods across, the difference last."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tokenworth.domain.comparison import Comparison, Group, Row
from tokenworth.gui import words
from tokenworth.gui.charts.bars import ORDER
from tokenworth.gui.charts.sentences import fate_words
from tokenworth.gui.weeks.cells import SHOWN_ROLE
from tokenworth.gui.weeks.words import (
    Run,
    Shown,
    cell_of,
    coverage_words,
    difference_of,
    difference_words,
    head_words,
    plain_of,
    reaches,
    sessions_tip,
    tr,
)

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
GROUPS: Final[tuple[Group, ...]] = ("Burned", "Got", "How", "How sure")
NOTHING: Final = Comparison((), (), (), (), "", (), 0, "", (), ())
"""Before the first answer."""


class Line(msgspec.Struct, frozen=True):
    """One row of the table: a group's name, or a measure with what its cells show."""

    group: Group
    row: Row | None = None
    cells: tuple[Shown, ...] = ()


def group_words(group: Group) -> str:
    """Return a group's name."""
    return {
        "Got": tr("Got"),
        "Burned": tr("Burned"),
        "How": tr("How"),
        "How sure": tr("How sure"),
    }[group]


def lines_of(comparison: Comparison) -> list[Line]:
    """Return the rows in the order of their groups, each group under its name.

    What was burned stands only where its coverage is told and what came of it is spoken of.
    """
    beside = bool(comparison.coverage_words) and any(row.group == "Got" for row in comparison.rows)
    scale = reaches(comparison.rows)
    lines: list[Line] = []
    for group in GROUPS:
        rows = [row for row in comparison.rows if row.group == group]
        if not rows or (group == "Burned" and not beside):
            continue
        lines.append(Line(group))
        lines += [Line(group, row, _cells(row, comparison, scale)) for row in rows]
    return lines


def _cells(row: Row, comparison: Comparison, scale: dict[str, float]) -> tuple[Shown, ...]:
    runs = (Run(row.name, is_value=True), *((Run(f" ({row.more})"),) if row.more else ()))
    told = f"{group_words(row.group)}: {row.name}" + (f" ({row.more})" if row.more else "")
    periods = [cell_of(row, at, comparison) for at in range(len(comparison.spans))]
    last = difference_of(row, comparison, scale)
    if not last.sentence:
        legend = ", ".join(f"{fate} {fate_words(fate)}" for fate in ORDER)
        said = tr("From left to right: {legend}.").format(legend=legend) if last.is_legend else ""
        not_told = tr("{name}: not a thing to be subtracted.").format(name=row.name)
        last = msgspec.structs.replace(last, sentence=said or not_told)
    return (Shown(runs, sentence=told), *periods, last)


class WeeksModel(QAbstractTableModel):
    """The lines of one comparison."""

    def __init__(self) -> None:
        super().__init__()
        self.comparison = NOTHING
        self._lines: list[Line] = []
        self._heads: list[tuple[str, str]] = []

    def show(self, comparison: Comparison, today: date, *, elapsed: bool) -> None:
        """Show another comparison."""
        self.beginResetModel()
        self.comparison = comparison
        self._lines = lines_of(comparison)
        self._heads = [("", "")]
        self._heads += [head_words(span, today, elapsed=elapsed) for span in comparison.spans]
        self._heads.append((difference_words(comparison), ""))
        self.endResetModel()

    def head(self, column: int) -> tuple[str, str]:
        """Return a column's name and the smaller words below it."""
        return self._heads[column]

    def period_at(self, column: int) -> int | None:
        """Return which period a column shows; None where it shows none."""
        at = column - 1
        return at if 0 <= at < len(self.comparison.spans) else None

    def is_group(self, row: int) -> bool:
        """Whether a row holds a group's name."""
        return self._lines[row].row is None

    def key_at(self, row: int) -> str:
        """Return the key of a row's measure; a group has none."""
        measure = self._lines[row].row
        return "" if measure is None else measure.key

    def row_of(self, key: str) -> int | None:
        """Return where a measure stands."""
        return next((at for at in range(len(self._lines)) if key and self.key_at(at) == key), None)

    # Qt's questions -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the arrow keys pass over the groups' names."""
        if not index.isValid() or self.is_group(index.row()):
            return Qt.ItemFlag.NoItemFlags
        never = Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | never

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or says."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if line.row is None:
            said = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return group_words(line.group) if said and index.column() == 0 else None
        shown = line.cells[index.column()]
        told = {
            SHOWN_ROLE: shown,
            Qt.ItemDataRole.DisplayRole: shown.text(),
            Qt.ItemDataRole.AccessibleTextRole: shown.sentence,
            Qt.ItemDataRole.ToolTipRole: words.tip(shown.sentence) if index.column() else None,
        }
        return told.get(role)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        name, under = self._heads[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{name}, {under}" if under else name or tr("Measure")
        at = self.period_at(section)
        if role == Qt.ItemDataRole.ToolTipRole and at is not None:
            span = self.comparison.spans[at]
            return words.tip(sessions_tip(span, self.comparison.coverage[at].sessions))
        return None

    # Copies ---------------------------------------------------------------------------------------

    def as_text(self, rows: Iterable[int], columns: Iterable[int]) -> str:
        """Return cells tab by tab under their heads, coverage first.

        Counts are never copied without an outcome: with what was burned goes the first that came.
        """
        wanted = {row for row in rows if not self.is_group(row)}
        if any(self._lines[row].group == "Burned" for row in wanted):
            estimates = (
                at
                for at, line in enumerate(self._lines)
                if line.group == "Got"
                and line.row is not None
                and not any(cell.parts for cell in line.row.cells)
            )
            wanted |= {next(estimates, 1)}
        across = sorted({0, *columns})
        heads = [str(self.headerData(at, Qt.Orientation.Horizontal)) for at in across]
        told = [plain_of(text) for text in coverage_words(self.comparison)]
        return "\n".join(
            [*told, "\t".join(heads)]
            + ["\t".join(_copied(self._lines[row].cells[at]) for at in across)
               for row in sorted(wanted)]
        )  # fmt: skip


def _copied(shown: Shown) -> str:
    text = shown.text()
    return " ".join(f"{text}; {shown.under}".split()) if shown.under else text
