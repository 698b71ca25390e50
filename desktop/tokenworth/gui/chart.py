"""What a chart is: a picture of an answer that can also be read as words and as a table."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol, TypeVar

import msgspec
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

Cell = str | int | float | None
S = TypeVar("S", contravariant=True)  # noqa: PLC0105 - one letter for the one kind of answer
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


class Table(msgspec.Struct, frozen=True):
    """The numbers of a chart. None is unknown and stays an empty cell."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Chart(Protocol[S]):
    """A chart shows one answer of the store; its colours come from the theme it is made with.

    A mark that is clicked, or chosen by key, emits ``opened``, a signal with a SessionQuery.
    """

    def show_data(self, value: S) -> None:
        """Draw an answer, keeping zoom and selection where they still make sense."""

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""

    def text_alternative(self) -> str:
        """Return the chart in words, with its numbers."""

    def csv_rows(self) -> list[list[str]]:
        """Return the chart's numbers as text, heads first; what is unknown is empty."""

    def save(self, path: Path) -> Path:
        """Save chart and words, as PNG or SVG by the suffix; return where. Raises Refusal."""


class Drawing(Protocol):
    """What a picture is made of."""

    def text_alternative(self) -> str:
        """Return the drawing in words."""

    def picture_size(self) -> QSizeF:
        """Return the size of the picture as it is on screen, in pixels."""

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint what is on screen, legend included, for a picture."""


def rows_of(table: Table) -> list[list[str]]:
    """Return a table as text, heads first."""
    return [list(table.heads), *([cell_text(cell) for cell in row] for row in table.rows)]


def table_of(rows: Sequence[Sequence[str]]) -> Table:
    """Return rows of text, heads first, as a table in which numbers are numbers again."""
    if not rows:
        return Table((), ())
    return Table(tuple(rows[0]), tuple(tuple(_cell(text) for text in row) for row in rows[1:]))


def _cell(text: str) -> Cell:
    if not _NUMBER.fullmatch(text):
        return text or None
    return float(text) if "." in text else int(text)


def cell_text(cell: Cell) -> str:
    """Return a cell in full; unknown is empty, fractions keep four places."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return str(cell)


def csv_text(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return heads and rows as CSV with plain numbers, for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([cell_text(cell) for cell in row] for row in rows)
    return text.getvalue()
