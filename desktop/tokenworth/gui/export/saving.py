"""A report as the bytes of its format, the names of its files, and putting them down whole."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tokenworth.domain.report import SUFFIXES, Format, Paper, Picture, Report, ReportRequest
from tokenworth.gui.asks import later


def content(report: Report, form: Format, paper: Paper) -> bytes:
    """Return a report as one file. Raises ValueError for PNG, which is a file a chart."""
    if form == "pdf":
        written: bytes = _paper().pdf(report, paper)
        return written
    text: bytes = later("tokenworth.reports.written").written(report, form)
    return text


def drawing(picture: Picture) -> bytes:
    """Return one chart as PNG."""
    drawn: bytes = _paper().png(picture)
    return drawn


def size_of(picture: Picture) -> tuple[float, float]:
    """Return how wide and high a chart is as PNG, in points."""
    size = _paper().png_size(picture)
    return size.width(), size.height()


def pictures(report: Report, key: str = "") -> list[Picture]:
    """Return the charts of a report, or the one of this key."""
    return [one for one in report.pictures if key in ("", one.key)]


def proposed(period: str, form: Format, chart: str = "") -> str:
    """Return a name for the file: tokenworth-2026-Q3.pdf, tokenworth-2026-Q3-paired.png."""
    parts = ("tokenworth", period.replace("..", "_"), chart)
    return f"{'-'.join(part for part in parts if part)}{SUFFIXES[form]}"


def targets(report: Report, period: str, folder: Path) -> dict[Path, Picture]:
    """Return the charts by the files they go to, all in one folder."""
    return {folder / proposed(period, "png", one.key): one for one in pictures(report)}


def files(
    report: Report, request: ReportRequest, form: Format, path: Path, chart: str = ""
) -> dict[Path, bytes]:
    """Return what is to be written where; ``path`` is a folder for all charts, else a file."""
    if form != "png":
        return {path: content(report, form, request.paper)}
    if not chart:
        named = targets(report, request.period, path)
        return {target: drawing(one) for target, one in named.items()}
    return {path: drawing(pictures(report, chart)[0])}


def write(contents: Mapping[Path, bytes]) -> None:
    """Write each file whole or not at all, for its owner only (0600). Raises Refusal."""
    save = later("tokenworth.workflows.saving").save
    for path, written in contents.items():
        save(path, written)


def print_pages(report: Report, printer: Any, paper: Paper) -> None:
    """Print the pages on a printer (QPrinter) that a person chose."""
    _paper().print_to(report, printer, paper)


def _paper() -> Any:
    return later("tokenworth.gui.paper")
