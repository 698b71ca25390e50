"""What a chart is: a picture of a series that can also be read as words and as a table."""

import csv
import io
from collections.abc import Sequence
from typing import Protocol, TypeVar

import msgspec
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

Cell = str | int | float | None
S = TypeVar("S", contravariant=True)  # noqa: PLC0105 - one letter for the one kind of series


class Table(msgspec.Struct, frozen=True):
    """The numbers of a chart. None is unknown and stays an empty cell."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Chart(Protocol[S]):
    """A chart shows one series; colours come from the theme alone."""

    def show_series(self, series: S) -> None:
        """Draw a series, keeping zoom and selection where they still make sense."""

    def restyle(self) -> None:
        """Take the theme's colours and letters again."""

    def words(self) -> str:
        """Return the chart in words, with its numbers."""

    def table(self) -> Table:
        """Return the chart's numbers."""

    def picture_size(self) -> QSizeF:
        """Return the size of the picture as it is on screen, in pixels."""

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint what is on screen, legend included, for a picture."""


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
