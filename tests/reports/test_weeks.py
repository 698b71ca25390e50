import re

import msgspec
import pytest

from tokenworth.domain.comparison import Cell, Comparison, Difference, Row, Span, Steady
from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.views import Coverage, Usage
from tokenworth.reports.amounts import amount
from tokenworth.reports.weeks import cell, comparison, measures

MINUS = "\u2212"
SPANS = (
    Span("2026-W09", "Week 9", "2026-02-23", "2026-03-01", whole=True),
    Span("2026-W10", "Week 10", "2026-03-02", "2026-03-08", whole=False),
)
NOBODY = Coverage(0, 0, 0, 0, 0, 0, 0.0, 0.0, None, None, None, 0, ())


def share(value: float | None, low: float, high: float, n: int = 20) -> Estimate:
    return Estimate(
        "M3", "in_use", "share", value, low, high, n, 10, "690 attention minutes of 112 sessions",
        "drawn", "Wilson-eff",
    )  # fmt: skip


def net(value: float | None, low: float, high: float, *, open_high: bool = False) -> Estimate:
    reason = "" if value is not None else "cannot tell gain from loss"
    return Estimate(
        "M5", "net", "min", value, low, high, 20, 12, "all 112 sessions", "drawn", "hull", reason,
        open_high=open_high,
    )  # fmt: skip


ROWS = (
    Row(
        "Got", "in_use", "In use", "share of attention", "share",
        (Cell(share(0.65, 0.44, 0.81)), Cell(share(0.58, 0.36, 0.77, n=18))),
        Difference(-0.07, -0.33, 0.19, words="no difference we could see"),
    ),
    Row(
        "Got", "net", "Net time, as told", "", "min",
        (Cell(net(None, -60, 545)), Cell(net(None, -360, 1800, open_high=True))), Difference(
            None, -900, 1860, open_high=True, words="cannot tell gain from loss"
        ),
    ),
    Row(
        "Got", "after_work", "After-work", "", "min per attention h",
        (Cell(not_enough("M8", "after_work", "min per attention h", 7, 12)), Cell()), Difference(
            words="not comparable: week 9 has too few answers"
        ),
    ),
    Row(
        "Burned", "new_tokens", "New tokens", "", "tokens", (Cell(exact=18.2e6),
        Cell(exact=43.9e6)), Difference(25.7e6, exact=True),
    ),
    Row(
        "Burned", "cost", "At list price", "not a bill", "USD", (Cell(exact=352.0),
        Cell(exact=141.0, words="+ 3 % unpriced")), Difference(-211, exact=True),
    ),
    Row(
        "How", "attention", "Attention", "", "min", (Cell(exact=690, low=534, high=840),
        Cell(exact=90)), None,
    ),
    Row(
        "How sure", "looked_at", "Looked at", "", "sessions", (Cell(exact=20), Cell(exact=1800)),
        None,
    ),
)  # fmt: skip
FOUND = Comparison(
    SPANS, (NOBODY, NOBODY), ("20 of 112 sessions looked at.", "18 of 148 sessions looked at."),
    (Usage.nothing("a"), Usage.nothing("b")), "You used **2.4 times the tokens** in week 10.", ROWS,
    6, "adjusted for 6 comparisons",
    (Steady("Net time", "min", (), (), 96.25, -75.4, 267.9, (), (), "nothing stands out"),),
    ("The second week is still going on.",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.654, "share", "65 %"),
        (12.4, "min", "12 min"),
        (-130, "min a week", f"{MINUS}2 h 10"),
        (-0.2, "min", "0 min"),
        (9.04, "min per attention h", "9.0 min"),
        (16.2, "min per attention h", "16 min"),
        (18.2e6, "tokens", "18.2 M"),
        (-211, "USD", f"{MINUS}$211"),
        (1234, "sessions", "1,234"),
        (0.3668, "factor", "0.37 times"),
        (0.1512, "min per attention min", "9.1 min an hour"),
        (0.004, "share", "under 1 %"),
        (0.996, "share", "over 99 %"),
        (0.3668, "kWh", "0.367 kWh"),
        (2, "", "2"),
    ],
)
def test_numbers_come_with_their_unit(value: float, unit: str, words: str) -> None:
    assert amount(value, unit).replace("\xa0", " ") == words


def text_of(one: Cell, unit: str = "share") -> str:
    return cell(one, unit).replace("\xa0", " ")


def test_an_estimate_has_its_interval_or_a_reason() -> None:
    assert text_of(Cell(share(0.65, 0.44, 0.81))) == "65 % (44–81)"
    assert text_of(Cell(share(None, 0.44, 0.81))) == "44–81 %"
    assert text_of(Cell(net(300, 70, 600)), "min") == "5 h 00 (70 min to 10 h 00)"
    assert text_of(Cell(net(20, -40, 80)), "min") == f"+20 min ({MINUS}40 to +80)"
    wide = f"{MINUS}6 h 00 to more than +30 h 00\ncannot tell gain from loss"
    assert text_of(Cell(net(None, -360, 1800, open_high=True)), "min") == wide
    assert text_of(Cell(not_enough("M8", "x", "share", 7, 12))) == "not enough yet: 7 of 12"
    complete = msgspec.structs.replace(share(0.65, 0.65, 0.65), interval="complete")
    assert text_of(Cell(complete)) == "65 %"
    bare = msgspec.structs.replace(share(0.65, 0, 0), low=None, high=None)
    assert "65" not in text_of(Cell(bare))
    skips = msgspec.structs.replace(share(0.65, 0.44, 0.81), skips=(0.65, 0.52))
    assert text_of(Cell(skips)).endswith("skipped ones read two ways: 65 % or 52 %")


def test_other_cells() -> None:
    assert text_of(Cell(exact=690, low=534, high=840), "min") == "11 h 30 (8 h 54 to 14 h 00)"
    assert text_of(Cell(exact=141, words="+ 3 % unpriced"), "USD") == "$141\n+ 3 % unpriced"
    assert text_of(Cell(words="nothing imported")) == "nothing imported"
    parts = Cell(parts=(("u", 0.4), ("-", 0.6)))
    assert text_of(parts) == "in use 40 %, not looked at 60 %"
    assert text_of(Cell()) == "–"


def test_a_difference_outside_zero_differs_by() -> None:
    apart = Difference(0.15, 0.03, 0.36, outside_zero=True, words="differs")
    row = msgspec.structs.replace(ROWS[0], difference=apart)
    told = comparison(msgspec.structs.replace(FOUND, rows=(row,)), 120)
    assert "differs by +15 points (+3 to +36)\n" in told


def test_side_by_side() -> None:
    told = comparison(FOUND, 120)
    lines = told.splitlines()
    assert lines[0] == "You used 2.4 times the tokens in week 10."
    assert "  Week 9 (23 Feb – 1 Mar 2026): 20 of 112 sessions looked at." in lines
    assert "  Week 10 (2 Mar – 8 Mar 2026, not a whole one): 18 of 148 sessions looked at." in lines
    heads = [line for line in lines if line in {"Got", "Burned", "How", "How sure"}]
    assert heads == ["Burned", "Got", "How", "How sure"]
    (in_use,) = (line for line in lines if line.startswith("  In use"))
    *cells, difference = re.split(r"  +", in_use.strip())
    assert cells == ["In use (share of attention)", "65 % (44–81)", "58 % (36–77)"]
    assert difference.startswith(f"{MINUS}7 points ({MINUS}33 to +19); no")
    assert "+25.7 M exact" in told
    assert f"{MINUS}$211 exact" in told
    assert f"{MINUS}15 h 00 to more than +31 h 00;" in told
    assert "adjusted for 6 comparisons" in " ".join(told.split())
    assert (
        "  Week 9, n = 20, drawn by chance, Wilson-eff interval; of 690 attention minutes of 112 "
        "sessions: In use" in lines
    )
    assert "  Net time: nothing stands out (mean 96 min, limits −75 min to 4 h 28)" in lines
    assert lines[-2:] == ["Notes", "  The second week is still going on."]
    assert max(map(len, lines)) <= 120
    assert not re.search(r"better|worse|[↑↓\xa0]", told)


def test_columns_stand_under_each_other() -> None:
    lines = comparison(FOUND, 120).splitlines()
    ends = {line.index(words) + len(words) for words in ("18.2 M", "$352", "(8 h 54 to 14 h 00)")
            for line in lines if words in line}  # fmt: skip
    (head,) = (line for line in lines if "Difference, 95 %" in line)
    assert ends == {head.index("Week 9") + len("Week 9")}


def test_a_narrow_terminal_gets_more_lines_and_no_fewer_words() -> None:
    narrow, wide = comparison(FOUND, 60), comparison(FOUND, 200)
    assert len(narrow.splitlines()) > len(wide.splitlines())
    assert sorted(narrow.split()) == sorted(wide.split())


def test_one_period_says_what_each_number_rests_on() -> None:
    one = msgspec.structs.replace(
        FOUND,
        spans=SPANS[:1],
        rows=tuple(msgspec.structs.replace(row, cells=row.cells[:1]) for row in ROWS),
    )
    lines = measures(one, 120).splitlines()
    heads = [line for line in lines if line in {"Got", "Burned", "How", "How sure"}]
    assert heads == ["How sure", "Burned", "Got", "How"]
    (in_use,) = (line for line in lines if line.startswith("  In use"))
    assert "n = 20, drawn by chance, Wilson-eff interval; of 690" in in_use
    (after,) = (line for line in lines if line.startswith("  After-work"))
    assert after.split("  ")[-1].strip() == "not enough yet: 7 of 12"


def test_imported_words_cannot_move_the_cursor() -> None:
    bad = msgspec.structs.replace(ROWS[3], cells=(Cell(words="\x1b[2J"), Cell(exact=1)))
    told = comparison(msgspec.structs.replace(FOUND, rows=(bad,), notes=("a\rb",)), 120)
    assert not {"\x1b", "\r"} & set(told)
