"""Periods side by side, and one week's measures, as text for a terminal.

An estimate is never printed without its interval, its n, what it is of, and how its answers came.
"""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from tokenworth.domain.comparison import Cell, Comparison, Difference, Group, Row, Span, Steady
from tokenworth.domain.estimate import Estimate
from tokenworth.reports.amounts import KEPT_SPACE, amount, with_interval
from tokenworth.reports.text import NAMES, plain, width

SIDE_BY_SIDE: Final[tuple[Group, ...]] = ("Burned", "Got", "How", "How sure")
ALONE: Final[tuple[Group, ...]] = ("How sure", "Burned", "Got", "How")
CHOSEN: Final = {
    "drawn": "drawn by chance",
    "everything": "all were asked",
    "picked": "picked by you",
    "none": "",
}
WIDEST_NAME: Final = 34
WIDEST_CELL: Final = 40
NARROWEST_CELL: Final = 24
NARROWEST_LAST: Final = 26
LAST: Final = 40
"""Columns that the last one is given before the cells are made wider."""


def comparison(found: Comparison, columns: int) -> str:
    """Return two to four periods side by side, coverage first, for so many columns."""
    lines = [*_wrapped(plain(found.sentence.replace("**", "")), columns), "", "Looked at"]
    for span, words in zip(found.spans, found.coverage_words, strict=True):
        lines += _indented(f"{_named(span)}: {plain(words)}", columns)
    against = "" if len(found.spans) == 2 else "the last against the first, "  # noqa: PLR2004
    head = ("", *(plain(span.name) for span in found.spans))
    head = (*head, f"Difference, {against}95 %{', ' if found.adjusted else ''}{found.adjusted}")
    groups = [
        (group, [(title(row), *_cells(row), difference(row)) for row in found.rows
                 if row.group == group])
        for group in SIDE_BY_SIDE
    ]  # fmt: skip
    lines += ["", *_table(head, groups, columns)]
    lines += _steady(found.steady, columns)
    lines += _part("What the estimates rest on", _grounds(found), columns)
    lines += _part("Notes", map(plain, found.notes), columns)
    return "\n".join(lines).replace(KEPT_SPACE, " ")


def measures(found: Comparison, columns: int) -> str:
    """Return the measures of one period, each with what it rests on, for so many columns."""
    groups = [
        (group, [(title(row), cell(row.cells[0], row.unit), ground(row.cells[0].estimate))
                 for row in found.rows if row.group == group])
        for group in ALONE
    ]  # fmt: skip
    lines = _table(("", "", "rests on"), groups, columns)
    lines += _part("Notes", map(plain, found.notes), columns)
    return "\n".join(lines).replace(KEPT_SPACE, " ")


def in_order(rows: Sequence[Row], groups: Sequence[Group]) -> list[Row]:
    """Return rows in the order of their groups, and as they came within each."""
    return sorted(rows, key=lambda row: groups.index(row.group))


# cells --------------------------------------------------------------------------------------------


def cell_of(found: Estimate) -> str:
    """Return an estimate with its interval, or the reason why there is none."""
    lines = []
    if found.interval == "complete" and found.value is not None:
        lines.append(amount(found.value, found.unit))
    elif found.low is not None and found.high is not None:
        lines.append(
            with_interval(
                found.value, found.low, found.high, found.unit, open_high=found.open_high,
                signed=found.low < 0,
            )
        )  # fmt: skip
    elif not found.reason:
        lines.append("not shown: no interval is known")
    if found.reason:
        lines.append(plain(found.reason))
    if found.skips is not None:
        two = " or ".join(amount(value, found.unit) for value in found.skips)
        lines.append(f"skipped ones read two ways: {two}")
    return "\n".join(lines)


def cell(one: Cell, unit: str) -> str:
    """Return what stands in one cell: an estimate, an exact number, or words."""
    lines = []
    if one.estimate is not None:
        lines.append(cell_of(one.estimate))
    elif one.exact is not None:
        number = amount(one.exact, unit)
        if one.low is not None and one.high is not None:
            number = with_interval(
                one.exact, one.low, one.high, unit, open_high=False, signed=False
            )
        lines.append(number)
    if one.parts:
        named = {**NAMES, "-": "not looked at"}
        lines.append(
            ", ".join(f"{named.get(key, plain(key))} {amount(part, 'share')}"
                      for key, part in one.parts if part > 0)
        )  # fmt: skip
    if one.words:
        lines.append(plain(one.words))
    return "\n".join(lines) or "–"


def _cells(row: Row) -> list[str]:
    return [cell(one, row.unit) for one in row.cells]


def difference(row: Row) -> str:
    """Return a row's difference with its interval, or the words in its place."""
    found = row.difference
    if found is None:
        return ""
    number = _difference_number(found, "points" if row.unit == "share" else row.unit)
    if number and found.outside_zero:
        number, said = f"differs by {number}", plain(found.words).removeprefix("differs")
        return f"{number}{said}"
    return "; ".join(part for part in (number, plain(found.words)) if part) or "–"


def _difference_number(found: Difference, unit: str) -> str:
    if found.exact and found.value is not None:
        return f"{amount(found.value, unit, signed=True)} exact"
    if found.low is None or found.high is None:
        return ""
    return with_interval(
        found.value, found.low, found.high, unit, open_high=found.open_high, signed=True
    )


# what stands around the table ---------------------------------------------------------------------


def _named(span: Span) -> str:
    first, last = date.fromisoformat(span.first_day), date.fromisoformat(span.last_day)
    days = f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
    return f"{plain(span.name)} ({days}{'' if span.whole else ', not a whole one'})"


def title(row: Row) -> str:
    """Return a row's name with what stands behind it."""
    return plain(f"{row.name} ({row.more})" if row.more else row.name)


def ground(found: Estimate | None) -> str:
    """Return what an estimate rests on; nothing where none is shown."""
    if found is None or (found.value is None and not found.is_shown):
        return ""
    parts = [f"n = {found.n}", CHOSEN[found.chosen]]
    if found.interval not in ("complete", "none", ""):
        parts.append(f"{found.interval} interval")
    words = ", ".join(part for part in parts if part)
    return f"{words}; of {plain(found.denominator)}" if found.denominator else words


def _grounds(found: Comparison) -> list[str]:
    """Return what the estimates rest on, those with the same ground together."""
    named: dict[str, list[str]] = {}
    for place, span in enumerate(found.spans):
        for row in found.rows:
            if rests_on := ground(row.cells[place].estimate):
                named.setdefault(f"{plain(span.name)}, {rests_on}", []).append(plain(row.name))
    return [f"{rests_on}: {'; '.join(rows)}" for rests_on, rows in named.items()]


def _steady(found: Sequence[Steady], columns: int) -> list[str]:
    lines = []
    for one in found:
        words = plain(one.words)
        if one.mean is not None and one.lower is not None and one.upper is not None:
            limits = f"{amount(one.lower, one.unit)} to {amount(one.upper, one.unit)}"
            words += f" (mean {amount(one.mean, one.unit)}, limits {limits})"
        lines.append(f"{plain(one.name)}: {words}")
    return _part("Week after week", lines, columns)


def _part(head: str, lines: Iterable[str], columns: int) -> list[str]:
    body = [line for words in lines for line in _indented(words, columns)]
    return ["", head, *body] if body else []


# layout -------------------------------------------------------------------------------------------


def _wrapped(text: str, columns: int) -> list[str]:
    lines = []
    for part in text.split("\n"):
        lines += textwrap.wrap(
            part, max(columns, 1), break_on_hyphens=False, break_long_words=False
        ) or [""]
    return lines


def _indented(text: str, columns: int) -> list[str]:
    first, *rest = _wrapped(text, columns - 4)
    return [f"  {first}", *(f"    {line}" for line in rest)]


def _table(
    head: Sequence[str], groups: Sequence[tuple[str, Sequence[Sequence[str]]]], columns: int
) -> list[str]:
    """Return lines: names to the left, numbers to the right, the last column what is left over."""
    rows = [head, *(row for _, group in groups for row in group)]
    many = len(head) - 2
    room = (columns - WIDEST_NAME - LAST - 2 * len(head)) // many
    caps = [WIDEST_NAME, *[min(WIDEST_CELL, max(NARROWEST_CELL, room))] * many]
    wide = [
        max(width(line) for row in rows for line in _wrapped(row[i], cap))
        for i, cap in enumerate(caps)
    ]
    wide.append(max(NARROWEST_LAST, columns - sum(wide) - 2 * len(wide) - 2))
    lines = [f"  {line}".rstrip() for line in _laid_out(head, wide)]
    for name, group in groups:
        if group:
            lines.append(name)
            lines += [f"  {line}" for row in group for line in _laid_out(row, wide)]
    return lines


def _laid_out(row: Sequence[str], wide: Sequence[int]) -> list[str]:
    cells = [_wrapped(text, size) for text, size in zip(row, wide, strict=True)]
    lines = []
    for i in range(max(map(len, cells))):
        line = ""
        for place, (cell_lines, size) in enumerate(zip(cells, wide, strict=True)):
            text = cell_lines[i] if i < len(cell_lines) else ""
            pad = " " * (size - width(text))
            line += (pad + text if 0 < place < len(wide) - 1 else text + pad) + "  "
        lines.append(line.rstrip())
    return lines
