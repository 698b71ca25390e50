"""Plain text for a terminal: numbers never alone, unknown never 0, estimates marked."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from tokenworth.domain.views import ImportSummary, SessionRow, SourceRow, Usage, Week

UNKNOWN = "unknown"
HIDDEN = "hidden"
NAMES = {"u": "in use", "p": "in part", "k": "kept", "d": "discarded", "a": "abandoned"}
UNITS = ((10**9, "G"), (10**6, "M"), (10**3, "k"))
HUNDRED = 100


def plain(text: str) -> str:
    """Return text that is safe in a terminal: no control or direction characters, one line."""
    flat = " ".join(text.split())
    return "".join(c for c in flat if unicodedata.category(c) not in ("Cc", "Cf"))


def tokens(number: int | None, *, estimated: bool = False) -> str:
    """Return a count of tokens: "18.2 M", "≈ 900" where estimated, "unknown" for None."""
    if number is None:
        return UNKNOWN
    mark = "≈ " if estimated else ""
    for size, unit in UNITS:
        if abs(number) >= size:
            return f"{mark}{number / size:.1f} {unit}"
    return f"{mark}{number}"


def money(dollars: float | None) -> str:
    """Return dollars at list price."""
    if dollars is None:
        return UNKNOWN
    sign, size = "−" if dollars < 0 else "", abs(dollars)
    return f"{sign}${size:.2f}" if size < HUNDRED else f"{sign}${size:,.0f}"


def share(part: float | None) -> str:
    """Return a share as a percentage; "none" where nothing was looked at."""
    return "none" if part is None else f"{HUNDRED * part:.0f} %"


def minutes(number: float | None) -> str:
    """Return minutes as "2 h 05" or "12 min", with a true minus sign."""
    if number is None:
        return UNKNOWN
    sign = "−" if round(number) < 0 else ""
    whole = abs(round(number))
    return f"{sign}{whole} min" if whole < 2 * 60 else f"{sign}{whole // 60} h {whole % 60:02}"


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """Return a table: the first `left` columns aligned to the left, the others to the right."""
    lines = [[plain(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(head))]
    out = []
    for line in lines:
        cells = []
        for i, cell in enumerate(line):
            pad = " " * (widths[i] - width(cell))
            cells.append(cell + pad if i < left else pad + cell)
        out.append("  ".join(cells).rstrip())
    return "\n".join(out)


def usage(rows: Sequence[Usage], by: str) -> str:
    """Return exact sums beside what was said of the same sessions."""
    head = (
        by, "input", "cache write", "cache read", "output", "estimated", "sessions", "list price",
        "attention", "looked at", "in use",
    )  # fmt: skip
    lines = [_usage(row) for row in rows]
    note = (
        "\nList price is what the tokens would cost at public prices: not a bill. "
        '"looked at": share of attention in tagged sessions; "in use": of that.'
    )
    return table(head, lines) + "\n" + note


def _usage(row: Usage) -> tuple[str, ...]:
    key = row.key or "(none)"
    if row.is_hidden:
        return (key, *[HIDDEN] * 5, str(row.sessions), *[HIDDEN] * 4)
    guessed = _sum(row.estimated_input, row.estimated_output)
    return (
        key,
        tokens(row.input),
        tokens(_sum(row.cache_write_5m, row.cache_write_1h)),
        tokens(row.cache_read),
        tokens(row.output),
        "–" if guessed is None else tokens(guessed, estimated=True),
        str(row.sessions),
        money(row.cost_usd) + (" + unpriced" if row.unpriced_tokens else ""),
        minutes(row.attention_min),
        share(row.tagged_attention_share),
        share(row.in_use_attention_share),
    )


def _sum(*numbers: int | None) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def sessions(
    rows: Sequence[SessionRow], zone: tzinfo, names: dict[str, str], *, blind: bool
) -> str:
    """Return sessions; in blind mode what would bias a tag is hidden until it is given."""
    lines = []
    for row in rows:
        hidden = row.queued or (blind and row.status != "answered")
        lines.append(
            (
                row.uid,
                moment(row.start_ts, zone).strftime("%Y-%m-%d %H:%M"),
                names.get(row.source, row.source),
                row.project[:24],
                row.title[:48],
                _outcome(row),
                HIDDEN if row.queued else _minutes(row.active_min, UNKNOWN),
                HIDDEN if row.queued else _minutes(row.value_min, "–"),
                HIDDEN if hidden else _new_tokens(row),
                HIDDEN if hidden else money(row.cost_usd),
            )
        )
    head = (
        "id", "when", "source", "project", "title", "outcome", "active", "value", "new tokens",
        "list price",
    )  # fmt: skip
    return table(head, lines, left=6)


def _outcome(row: SessionRow) -> str:
    if row.queued:
        return HIDDEN
    return NAMES.get(row.fate or "", row.status or "not looked at").replace("_", " ")


def _minutes(number: float | None, none: str) -> str:
    return none if number is None else minutes(number)


def _new_tokens(row: SessionRow) -> str:
    if row.new_tokens is None and row.estimated_tokens is not None:
        return tokens(row.estimated_tokens, estimated=True)
    return tokens(row.new_tokens)


def moment(ts: int, zone: tzinfo) -> datetime:
    """Return a time given in ms as the clock of a zone shows it."""
    return datetime.fromtimestamp(ts / 1000, UTC).astimezone(zone)


def week(found: Week, words: Sequence[str]) -> str:
    """Return one week: coverage first, then what was got, then what was burned."""
    new = sum(found.tokens.values())
    parts = [
        f"{NAMES[fate]} {tokens(found.tokens[fate])}" for fate in "upkda" if found.tokens[fate]
    ]
    parts.append(f"not looked at {tokens(found.tokens['-'])}")
    lines = [f"Week {found.key}", *(f"  {line}" for line in words)]
    lines.append(f"  New tokens: {tokens(new)} ({', '.join(parts)}).")
    if guessed := sum(found.estimated.values()):
        lines.append(f"  Estimated tokens, kept apart: {tokens(guessed, estimated=True)}.")
    lines.append(
        f"  At list price (not a bill): {money(found.usage.cost_usd)}"
        + (f", {tokens(found.usage.unpriced_tokens)} tokens unpriced." if
           found.usage.unpriced_tokens else ".")
    )  # fmt: skip
    return "\n".join(lines)


def imported(summary: ImportSummary, names: dict[str, str], problem_limit: int = 20) -> str:
    """Return what an import did, and what could not be read."""
    lines = [
        f"{names.get(row.kind, row.kind or 'Other files')}: {row.files} files, "
        f"{row.sessions} new sessions, {row.messages} new messages, "
        f"{row.duplicates} copies left out, {row.problems} problems"
        for row in summary.sources
    ] or ["Nothing new."]
    lines += [
        f"  {plain(problem.file)}{f', line {problem.line}' if problem.line else ''}: "
        f"{plain(problem.words)}"
        for problem in summary.problems[:problem_limit]
    ]
    if len(summary.problems) > problem_limit:
        lines.append(f"  and {len(summary.problems) - problem_limit} more: `sources` lists them")
    if summary.cancelled:
        lines.append("Stopped early; what was read is kept.")
    return "\n".join(lines)


def sources(rows: Sequence[SourceRow]) -> str:
    """Return the sources in the store."""
    lines = [
        (
            row.name, row.counting, str(row.files), str(row.sessions), _day(row.first_ts),
            _day(row.last_ts), _day(row.last_import_ts), str(row.problems),
        )
        for row in rows
    ]  # fmt: skip
    head = (
        "source", "tokens", "files", "sessions", "first day", "last day", "imported", "problems",
    )  # fmt: skip
    return table(head, lines, left=2)


def _day(ts: int | None) -> str:
    return "–" if ts is None else f"{datetime.fromtimestamp(ts / 1000, UTC):%Y-%m-%d}"


def size(number: int) -> str:
    """Return bytes as "4.2 MB"."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if number < 1000 or unit == "GB":  # noqa: PLR2004 -- decimal units
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000  # type: ignore[assignment]
    return ""
