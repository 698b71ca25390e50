"""The tidy tables of a report, for CSV and JSON: one row a thing, unknown left empty."""

from collections.abc import Sequence
from typing import Any

import msgspec

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.report import DataColumn, DataTable
from tokenworth.domain.views import Coverage, Usage, Week
from tokenworth.reports.facts import Facts, Part
from tokenworth.reports.redacting import Redactor

Value = str | int | float | None
FATES = (
    ("u", "in_use_as_it_came"),
    ("p", "in_use_in_part"),
    ("k", "kept"),
    ("d", "discarded"),
    ("a", "abandoned"),
    ("-", "not_looked_at"),
)
ESTIMATE = (
    DataColumn("value", "as unit", "the point; empty where it may not be said"),
    DataColumn("low", "as unit", "lower end of the 95 % interval"),
    DataColumn("high", "as unit", "upper end of the 95 % interval"),
    DataColumn("n", "answers", "answers it rests on"),
    DataColumn("minimum_n", "answers", "with fewer it is not shown"),
    DataColumn("denominator", "words", "what it is of"),
    DataColumn("chosen", "words", "drawn by chance, or everything"),
    DataColumn("interval", "words", "how the interval was made"),
    DataColumn("reason", "words", "why nothing, or no point, is shown"),
)


def all_of(facts: Facts, redactor: Redactor) -> tuple[DataTable, ...]:
    """Return every table the request allows."""
    found = [_measures(facts), _weeks(facts), _coverage(facts)]
    if facts.request.usage:
        found.append(_usage(facts))
    for name, words, parts in (
        ("projects", "attention and outcomes by project",
         [(redactor.project(part.name, "Table of projects"), part) for part in facts.projects]),
        ("tools", "attention and outcomes by tool", [(p.name, p) for p in facts.sources]),
        ("models", "attention and outcomes by model", [(p.name, p) for p in facts.models]),
    ):  # fmt: skip
        found.append(_parts(facts, name, words, parts))
    return tuple(found)


def _estimate(told: Estimate | None) -> tuple[Value, ...]:
    if told is None:
        return (None,) * len(ESTIMATE)
    return (
        told.value, told.low, told.high, told.n, told.minimum_n, told.denominator or None,
        told.chosen, told.interval, told.reason or None,
    )  # fmt: skip


def _measures(facts: Facts) -> DataTable:
    columns = (
        DataColumn("period", "key", "the period"),
        DataColumn("group", "words", "Got, Burned, How, How sure"),
        DataColumn("measure", "key", "the measure's stable name"),
        DataColumn("name", "words", "the measure's name"),
        DataColumn("unit", "words", "share is 0 to 1"),
        DataColumn("exact", "as unit", "an exact number; empty for estimates"),
        *ESTIMATE,
    )
    rows: list[tuple[Value, ...]] = []
    for place, span in enumerate(facts.comparison.spans):
        for row in facts.comparison.rows:
            if facts.may_show(row):
                one = row.cells[place]
                head = (span.key, row.group, row.key, row.name, row.unit, one.exact)
                rows.append((*head, *_estimate(one.estimate)))
    return DataTable("measures", "every measure of every period", columns, tuple(rows))


def _weeks(facts: Facts) -> DataTable:
    columns = [
        DataColumn("week", "ISO week", "the week"),
        DataColumn("sessions", "sessions", "sessions that began in it"),
        DataColumn("looked_at", "sessions", "answered, however chosen"),
        DataColumn("drawn", "sessions", "answered among those drawn by chance"),
        DataColumn("attention_min", "min", "the person's own time, mid reading"),
        DataColumn("looked_at_attention_min", "min", "of it, in sessions looked at"),
    ]
    usage = facts.request.usage
    if usage:
        columns += [
            DataColumn(f"new_tokens_{name}", "tokens", f"new tokens: {name.replace('_', ' ')}")
            for _, name in FATES
        ]
    for key, unit in (("net", "min"), ("in_use", "share")):
        columns += [
            DataColumn(f"{key}_{one.name}", unit if one.unit == "as unit" else one.unit, one.words)
            for one in ESTIMATE
        ]
    rows = tuple(_week(week, usage=usage) for week in facts.weeks)
    return DataTable("weeks", "one row a week", tuple(columns), rows)


def _week(week: Week, *, usage: bool) -> tuple[Value, ...]:
    told = week.coverage
    values: list[Value] = [
        week.key, told.sessions, told.answered, told.drawn, told.attention_min,
        told.answered_attention_min,
    ]  # fmt: skip
    if usage:
        values += [week.tokens.get(fate) for fate, _ in FATES]
    return (*values, *_estimate(week.net), *_estimate(week.in_use))


def _coverage(facts: Facts) -> DataTable:
    columns = (DataColumn("name", "key", "what is counted"), DataColumn("number", "", ""))
    rows = _counts(facts, facts.coverage, without="days_without_import")
    return DataTable("coverage", "how much was looked at (M1)", columns, rows)


def _usage(facts: Facts) -> DataTable:
    columns = (
        DataColumn("name", "key", "class of tokens, or another count"),
        DataColumn("number", "tokens", "exact; empty is unknown"),
    )
    rows = _counts(facts, facts.usage, without="key")
    return DataTable("usage", "exact counts beside coverage and outcomes", columns, rows)


def _counts(
    facts: Facts, counted: Coverage | Usage, *, without: str
) -> tuple[tuple[Value, ...], ...]:
    """Return the fields that hold a number, a row each, money only where it may be said."""
    names = [
        name
        for name in counted.__struct_fields__
        if name != without and not (_is_money(name) and _no_money(facts))
    ]
    return tuple((name, getattr(counted, name)) for name in names)


def _is_money(name: str) -> bool:
    return "usd" in name


def _no_money(facts: Facts) -> bool:
    return facts.request.redaction.money or not facts.request.usage


def _parts(facts: Facts, name: str, words: str, parts: Sequence[tuple[str, Part]]) -> DataTable:
    columns = [
        DataColumn("name", "words", "shown name"),
        DataColumn("attention_min", "min", "the person's own time"),
        DataColumn("sessions", "sessions", ""),
        DataColumn("looked_at_share", "share", "of attention"),
        DataColumn("in_use_share", "share", "of what was looked at"),
    ]
    if facts.request.usage:
        columns.append(DataColumn("new_tokens", "tokens", "recorded"))
    rows: list[tuple[Value, ...]] = []
    for shown, part in parts:
        used = part.usage
        new = [used.input, used.cache_write_5m, used.cache_write_1h, used.output]
        known = [number for number in new if number is not None]
        row: list[Value] = [
            shown, used.attention_min, used.sessions, used.tagged_attention_share,
            used.in_use_attention_share,
        ]  # fmt: skip
        if facts.request.usage:
            row.append(sum(known) if known else None)
        rows.append(tuple(row))
    return DataTable(name, words, tuple(columns), tuple(rows))


def data_of(facts: Facts, found: Sequence[DataTable]) -> dict[str, Any]:
    """Return what the JSON export holds beside its words: builtins only."""
    request = msgspec.to_builtins(facts.request)
    request.pop("quoted")
    return {
        "request": request,
        "spans": msgspec.to_builtins(facts.comparison.spans),
        "seed_fingerprint": facts.seed_fingerprint or None,
        "last_hash": facts.last_hash or None,
        "prices_date": facts.prices_date,
        "tables": [one.name for one in found],
    }
