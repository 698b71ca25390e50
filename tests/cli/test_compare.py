import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tokenworth.cli import main
from tokenworth.cli.weeks import around
from tokenworth.domain.comparison import Cell, Comparison, Difference, Row, Span
from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import Bounds, Coverage, Trend, Usage, Week

NOBODY = Coverage(3, 0, 2, 0, 0, 2, 10.0, 8.0, None, None, None, 0, ())
FATES = dict.fromkeys("upkda-", 0)
IN_USE = Estimate(
    "M3", "in_use", "share", 0.65, 0.44, 0.81, 20, 10, "690 attention minutes of 112 sessions",
    "drawn", "Wilson-eff", skips=(0.65, 0.52),
)  # fmt: skip


class FakeLibrary:
    """Weeks in memory, and what was asked of them."""

    def __init__(self, keys: Sequence[str] = ("2026-W10", "2026-W09", "2026-W08")) -> None:
        self.zone = ZoneInfo("UTC")
        self.keys = keys
        self.asked: list[Any] = []

    def close(self) -> None:
        pass

    def spans(self) -> list[Span]:
        return [self.span(key) for key in self.keys]

    def span(self, key: str) -> Span:
        return Span(key, f"Week of {key}", "2026-03-02", "2026-03-08", whole=True)

    def trend(self) -> Trend:
        weeks = [
            Week(
                key, 0, 1, dict(FATES), dict(FATES), Usage.nothing(key), NOBODY,
                Bounds(None, None, None, 1, None),
            )
            for key in self.keys
        ]  # fmt: skip
        return Trend(tuple(weeks), "UTC")

    def compare(
        self, keys: Sequence[str], *, elapsed: bool = False, picked_from: int = 1
    ) -> Comparison:
        self.asked.append((tuple(keys), elapsed, picked_from))
        many = len(keys)
        few = not_enough("M5", "net", "min", 7, 12)
        difference = Difference(-0.07, -0.33, 0.19, words="no difference we could see")
        rows = (
            Row("Got", "in_use", "In use", "", "share", (Cell(IN_USE),) * many, difference),
            Row("Got", "net", "Net time", "", "min", (Cell(few),) * many),
            Row(
                "How", "attention", "Attention", "", "min", (Cell(exact=690, low=5, high=9),) * many
            ),
            Row("How", "mix", "Outcomes", "", "share", (Cell(parts=(("u", 0.4),)),) * many),
            Row("Burned", "energy", "Energy", "", "kWh", (Cell(words="not known"),) * many),
        )
        return Comparison(
            tuple(map(self.span, keys)), (NOBODY,) * many, ("2 of 3 looked at",) * many,
            tuple(map(Usage.nothing, keys)), "**No** difference.", rows, 2,
            "adjusted for 2 comparisons", (), ("a note",),
        )  # fmt: skip


class Line:
    def __init__(
        self, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        self.library, self.capsys = library, capsys
        monkeypatch.setattr("tokenworth.workflows.library.Library", lambda _path, **_: library)

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        out, err = self.capsys.readouterr()
        return status, out, err


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(FakeLibrary(), monkeypatch, capsys)


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], (("2026-W09", "2026-W10"), False, 1)),
        (["2026-W08", "2026-W10", "--elapsed"], (("2026-W08", "2026-W10"), True, 1)),
        (["2026-02", "2026-W09a", "2026-W09b"], (("2026-02", "2026-W09a", "2026-W09b"), False, 1)),
        (
            ["2026-02-20..2026-03-05", "2026-W53", "--picked-from", "8"],
            (("2026-02-20..2026-03-05", "2026-W53"), False, 8),
        ),
        (
            ["--around", "2026-03-01"],
            (("2026-02-01..2026-02-28", "2026-03-01..2026-03-28"), False, 1),
        ),
        (
            ["--around", "2026-03-01", "--weeks", "1"],
            (("2026-02-22..2026-02-28", "2026-03-01..2026-03-07"), False, 1),
        ),
    ],
)
def test_what_is_compared(line: Line, arguments: list[str], asked: Any) -> None:
    assert line("compare", *arguments)[0] == 0
    assert line.library.asked == [asked]


@pytest.mark.parametrize(
    "arguments",
    [
        ["2026-W09"],
        ["2026-W09", "2026-W09"],
        ["2026-W01", "2026-W02", "2026-W03", "2026-W04", "2026-W05"],
        ["2026-W09", "--around", "2026-03-01"],
        ["--weeks", "3"],
        ["--around", "2026-03-01", "--weeks", "0"],
        ["--around", "yesterday"],
        *(
            ["2026-W08", text]
            for text in (
                "last", "2026-W9", "2025-W53", "2026-W09c", "2026-13", "2026", "2026-03-01",
                "2026-03-05..2026-03-01", "2026-02-30..2026-03-01", "20260301..20260305", "..",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_no_period_is_not_understood(line: Line, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        line("compare", *arguments)
    assert stopped.value.code == 2
    assert line.library.asked == []


def test_two_weeks_are_needed(line: Line) -> None:
    line.library.keys = ("2026-W10",)
    status, _, err = line("compare")
    assert status == 3
    assert "not two weeks" in err


def test_around_a_day_there_are_equally_many_days() -> None:
    assert around(date(2026, 1, 1), 1) == ["2025-12-25..2025-12-31", "2026-01-01..2026-01-07"]
    with pytest.raises(Refusal):
        around(date(1, 1, 2), 4)


def test_compare_in_words(line: Line) -> None:
    _, out, _ = line("compare")
    assert out.startswith("No difference.\n")
    assert "65 % (44–81)" in out
    assert "not enough yet: 7 of 12" in out


def test_compare_in_json(line: Line) -> None:
    status, out, _ = line("compare", "--json")
    told = json.loads(out)
    assert status == 0
    assert set(told) == {
        "spec", "spans", "coverage", "rows", "comparisons", "adjusted", "sentence", "steady",
        "notes",
    }  # fmt: skip
    assert told["spans"][0] == msgspec.to_builtins(line.library.span("2026-W09"))
    assert told["coverage"][0]["answered"] == 2
    assert told["coverage"][0]["words"] == "2 of 3 looked at"
    assert (told["comparisons"], told["sentence"]) == (2, "No difference.")
    energy, in_use, net, attention, mix = told["rows"]
    assert in_use["difference"] == {
        "value": -0.07, "low": -0.33, "high": 0.19, "exact": False, "open_high": False,
        "outside_zero": False, "words": "no difference we could see",
    }  # fmt: skip
    del in_use["difference"]
    assert in_use == {
        "group": "Got", "key": "in_use", "name": "In use", "unit": "share",
        "cells": [{
            "value": 0.65, "low": 0.44, "high": 0.81, "n": 20, "minimum_n": 10,
            "denominator": "690 attention minutes of 112 sessions", "chosen": "drawn",
            "interval": "Wilson-eff", "reason": None, "exact": None, "words": None, "parts": None,
            "open_high": False, "skips": [0.65, 0.52],
        }] * 2,
    }  # fmt: skip
    assert net["difference"] is None
    cell = net["cells"][0]
    assert (cell["value"], cell["low"], cell["high"]) == (None, None, None)
    assert (cell["n"], cell["minimum_n"]) == (7, 12)
    assert cell["reason"] == "not enough yet: 7 of 12"
    cell = attention["cells"][0]
    assert (cell["value"], cell["exact"], cell["low"], cell["high"]) == (None, 690, 5, 9)
    assert mix["cells"][0]["parts"] == {"u": 0.4}
    assert energy["cells"][0]["reason"] == "not known"


def test_a_week_has_its_measures(line: Line) -> None:
    _, out, _ = line("week", "2026-W09", "--json")
    told = json.loads(out)
    assert told["week"]["key"] == "2026-W09"
    assert line.library.asked == [(("2026-W09",), False, 1)]
    assert [row["key"] for row in told["measures"]] == [
        "energy", "in_use", "net", "attention", "mix"
    ]  # fmt: skip
    row = told["measures"][1]
    assert (row["group"], row["unit"], row["value"], row["n"]) == ("Got", "share", 0.65, 20)
    assert (row["chosen"], row["denominator"]) == ("drawn", "690 attention minutes of 112 sessions")
    _, out, _ = line("week")
    assert out.startswith("Week 2026-W10\n  2 of 3 sessions looked at")
    assert "drawn by chance" in out
    assert line("week", "2026-W30")[0] == 3
