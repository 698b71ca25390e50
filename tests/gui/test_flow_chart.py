"""Where tokens went: bands to scale, the unseen always there, estimates never without interval."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import (
    changes_with_theme,
    clicked,
    keeps_pictures,
    move_mouse,
    share,
    spot_of,
    walks,
)
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from showing import Show

from tokenworth.domain.trending import Flow, Link
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts.flow import FlowChart
from tokenworth.gui.charts.flow_layout import MOST_NODES, REST, lay_out
from tokenworth.gui.theme import Theme

Make = Callable[[Flow], FlowChart]
NAMES = {
    "class:input": "fresh input",
    "class:output": "output",
    "model:wren": "wren",
    "model:heron": "heron",
    "purpose:needed": "needed anyway",
    "purpose:show": "to be seen using AI",
    "fate:u": "in use as it came",
    "fate:d": "discarded",
    "unseen": "not looked at",
}
LABELS = (20.0,) * 4


def link(stage: int, start: str, end: str, value: float, **more: float) -> Link:
    return Link(stage, start, end, value, looked_at=True, **more)


def looked_at() -> Flow:
    """Return 300 tokens looked at, 700 not."""
    links = (
        link(0, "class:input", "model:wren", 100),
        link(0, "class:output", "model:wren", 150),
        link(0, "class:output", "model:heron", 50),
        Link(0, "class:input", "model:wren", 700, looked_at=False),
        link(1, "model:wren", "purpose:needed", 210),
        link(1, "model:wren", "purpose:show", 40),
        link(1, "model:heron", "purpose:show", 50),
        Link(1, "model:wren", "unseen", 700, looked_at=False),
        link(2, "purpose:needed", "fate:u", 130),
        link(2, "purpose:needed", "fate:d", 80),
        link(2, "purpose:show", "fate:u", 90),
        Link(2, "unseen", "unseen", 700, looked_at=False),
    )
    words = "20 of 150 sessions looked at: 300 of 1,000 new tokens."
    return Flow("looked_at", "tokens", 1000, 700, links, NAMES, (), words, "")


def estimated() -> Flow:
    links = (
        link(0, "class:input", "model:wren", 400),
        link(0, "class:output", "model:wren", 600),
        link(1, "model:wren", "purpose:needed", 700, low=0.5, high=0.9),
        link(1, "model:wren", "purpose:show", 300, low=0.1, high=0.5),
        link(2, "purpose:needed", "fate:u", 700, low=0.5, high=0.9),
        link(2, "purpose:show", "fate:d", 300, low=0.1, high=0.5),
    )
    shares = (
        share("purpose_needed", 0.7, 0.5, 0.9),
        share("purpose_show", 0.3, 0.1, 0.5),
        share("fate_used", 0.7, 0.5, 0.9),
        share("fate_discarded", 0.3, 0.1, 0.5),
    )
    return msgspec.structs.replace(looked_at(), view="estimated", links=links, shares=shares)


@pytest.fixture
def make(show: Show, theme: Theme) -> Make:
    def build(flow: Flow) -> FlowChart:
        chart = show(FlowChart(theme))
        chart.show_data(flow)
        return chart

    return build


# To scale ----------------------------------------------------------------------------------------


def test_bands_nodes_and_the_unseen_have_one_scale(make: Make) -> None:
    laid = make(looked_at())._laid
    assert laid is not None
    assert laid.grey.height() == pytest.approx(700 * laid.scale)
    heights = {node.key: node.bar.height() / laid.scale for node in laid.nodes}
    assert heights["model:wren"] == pytest.approx(250)
    assert heights["purpose:needed"] == pytest.approx(210)
    assert heights["fate:u"] == pytest.approx(220)
    assert laid.scale > 0.3


@given(
    st.lists(st.floats(0.001, 1e6), min_size=1, max_size=30),
    st.floats(0, 1e7),
    st.floats(200, 900),
)
def test_nothing_leaves_the_room_and_no_labels_collide(
    values: list[float], unseen: float, height: float
) -> None:
    links = []
    for at, value in enumerate(values):
        links += [
            link(0, "class:input", f"model:{at}", value),
            link(1, f"model:{at}", "purpose:needed", value),
            link(2, "purpose:needed", "fate:u", value),
        ]
    total = sum(values) + unseen
    flow = Flow("looked_at", "tokens", total, unseen, tuple(links), {}, (), "", "")
    room = QRectF(0, 0, 800, height)
    laid = lay_out(flow, room, LABELS, 160)
    assert laid.grey.height() == pytest.approx(unseen * laid.scale)
    assert laid.grey.bottom() == pytest.approx(height)
    assert len([node for node in laid.nodes if node.column == 1]) <= MOST_NODES
    for column in range(4):
        found = [node for node in laid.nodes if node.column == column]
        assert all(node.bar.bottom() <= laid.grey.top() + 1e-3 for node in found)
        assert all(node.bar.top() >= -1e-3 for node in found)
        middles = [node.bar.center().y() for node in found]
        gaps = [low - high for high, low in pairwise(middles)]
        assert all(gap >= min(20.0, 0.6 * height / MOST_NODES) - 1e-3 for gap in gaps)


def test_small_models_of_many_share_a_node_that_hides_no_token(make: Make) -> None:
    links = [link(0, "class:input", f"model:m{at}", 10 + at) for at in range(12)]
    flow = msgspec.structs.replace(looked_at(), links=tuple(links))
    chart = make(flow)
    laid = chart._laid
    assert laid is not None
    rest = next(node for node in laid.nodes if node.key == REST)
    assert rest.value == sum(10 + at for at in range(5))
    chart.select_key(("node", 1, REST))
    assert chart.readout.text().startswith("5 more models")
    assert sum("looked at" in row[0] for row in chart.csv_rows()) > 12


# The unseen --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unseen", [0.0, 1.0, 700.0, 1000.0])
def test_the_unseen_is_always_drawn(make: Make, unseen: float) -> None:
    links = () if unseen == 1000 else looked_at().links
    chart = make(msgspec.structs.replace(looked_at(), unseen=unseen, links=links))
    assert ("grey",) in [spot.key for spot in chart.spots]
    share_words = {0.0: "0 %", 1.0: "under 1 %", 700.0: "70 %", 1000.0: "100 %"}[unseen]
    assert f"Not looked at: {unseen:,.0f} of 1,000, {share_words}." in chart.text_alternative()
    laid = chart._laid
    assert laid is not None
    if unseen == 700:
        band = chart.grab().toImage().copy(laid.grey.toRect())
        assert len({band.pixelColor(300, y).name() for y in range(60, 120)}) > 1  # a hatch


def test_the_estimated_view_keeps_the_unseen_beside_it(make: Make) -> None:
    chart = make(estimated())
    laid = chart._laid
    assert laid is not None
    assert laid.unseen.height() == pytest.approx(0.7 * laid.whole.height())
    chart.select_key(("unseen",))
    assert "new tokens: 700" in chart.readout.text()
    assert "of all: 70 %" in chart.readout.text()


def test_what_no_draw_reaches_stays_grey_in_the_estimated_view(make: Make) -> None:
    chart = make(msgspec.structs.replace(estimated(), total=1250.0))
    laid = chart._laid
    assert laid is not None
    assert laid.grey.height() == pytest.approx(250 * laid.scale)
    assert "No draw, so no estimate: 250 of 1.25 k, 20 %." in chart.text_alternative()


# Numbers -----------------------------------------------------------------------------------------


def test_a_band_tells_the_number_it_was_given(make: Make) -> None:
    chart = make(looked_at())
    chart.select_key(("band", 2, "purpose:needed", "fate:d"))
    assert chart.readout.text().splitlines() == [
        "needed anyway to discarded",
        "new tokens: 80",
        "of all, looked at or not: 8 %",
    ]


def test_an_estimate_comes_with_interval_answers_and_whole(make: Make) -> None:
    chart = make(estimated())
    chart.select_key(("node", 3, "fate:d"))
    told = chart.readout.text()
    assert "new tokens: 300 (100–500)" in told
    assert "share: 30 % (10–50 %)" in told
    assert "20 answers, drawn by chance" in told
    assert "95 % interval" in told


def test_an_estimate_without_interval_is_not_said(make: Make) -> None:
    links = tuple(msgspec.structs.replace(one, low=None, high=None) for one in estimated().links)
    chart = make(msgspec.structs.replace(estimated(), links=links, shares=()))
    chart.select_key(("node", 3, "fate:u"))
    assert chart.readout.text().splitlines() == ["in use as it came", "new tokens: —"]


def test_the_reason_stands_where_there_is_no_estimate(make: Make) -> None:
    chart = make(msgspec.structs.replace(looked_at(), reason="not enough yet: 9 of 15"))
    assert chart.reason.text() == "No estimated view: not enough yet: 9 of 15."
    assert chart.views.name() == "looked_at"
    assert "not enough yet: 9 of 15" in chart.text_alternative()
    chart.show_data(looked_at())
    assert not chart.reason.isVisible()


def test_the_table_has_every_link_and_share(make: Make) -> None:
    rows = make(looked_at()).csv_rows()
    assert all(len(row) == len(rows[0]) for row in rows)
    assert rows[1][3] == "1000"
    assert rows[2][:4] == ["not looked at", "", "", "700"]
    assert ["looked at", "why: needed anyway", "outcome: discarded", "80"] in [
        row[:4] for row in rows
    ]
    shares = [row for row in make(estimated()).csv_rows() if row[0] == "estimated share"]
    assert shares[3][1] == "discarded"
    assert shares[3][4:8] == ["30", "10", "50", "20"]


def test_the_words_have_the_numbers_coverage_first(make: Make) -> None:
    chart = make(looked_at())
    said = chart.text_alternative()
    assert said.startswith("20 of 150 sessions looked at: 300 of 1,000 new tokens.")
    assert "Model: wren 250, heron 50." in said
    assert "Outcome: in use as it came 220, discarded 80." in said
    assert chart.accessibleDescription() == said


def test_money_is_said_as_money(make: Make) -> None:
    chart = make(msgspec.structs.replace(looked_at(), unit="USD"))
    assert "Not looked at: $700 of $1,000, 70 %." in chart.text_alternative()


# Keys, mouse, switches ---------------------------------------------------------------------------


def test_the_switches_ask_for_another_view(make: Make, qtbot: QtBot) -> None:
    chart = make(looked_at())
    with qtbot.waitSignal(chart.wanted) as wanted:
        chart.views.by_name["estimated"].click()
    assert wanted.args == ["estimated", "tokens"]
    with qtbot.waitSignal(chart.wanted) as wanted:
        chart.units.by_name["USD"].click()
    assert wanted.args == ["estimated", "USD"]
    with qtbot.assertNotEmitted(chart.wanted):
        chart.show_data(looked_at())
    assert (chart.views.name(), chart.units.name()) == ("looked_at", "tokens")


def test_arrows_walk_from_class_to_outcome(make: Make) -> None:
    chart = make(looked_at())
    told = walks(chart)
    assert len(told) == 7
    assert told[0].startswith("output")
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription().startswith("discarded")
    QTest.keyClick(chart, Qt.Key.Key_Up)
    assert chart.accessibleDescription().startswith("in use as it came")


def test_the_selected_mark_is_outlined(make: Make) -> None:
    chart = make(looked_at())
    before = chart.grab().toImage()
    chart.select_key(("node", 2, "purpose:show"))
    assert chart.grab().toImage() != before
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.selected is None
    assert chart.accessibleDescription() == chart.text_alternative()


def test_marks_open_their_sessions(make: Make, qtbot: QtBot) -> None:
    chart = make(looked_at())
    assert clicked(chart, qtbot, "node", 3, "fate:d") == SessionQuery(fates=("d",))
    looked = ("u", "p", "k", "d", "a")
    wanted = SessionQuery(model="heron", fates=looked)
    assert clicked(chart, qtbot, "node", 1, "model:heron") == wanted
    assert clicked(chart, qtbot, "node", 2, "purpose:show") == SessionQuery(purposes=("show",))
    assert clicked(chart, qtbot, "grey") == SessionQuery(fates=("-",))
    chart.select_key(("band", 2, "purpose:show", "fate:u"))
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == [SessionQuery(fates=("u",), purposes=("show",))]


def test_an_estimated_model_opens_all_its_sessions(make: Make, qtbot: QtBot) -> None:
    chart = make(estimated())
    assert clicked(chart, qtbot, "node", 1, "model:wren") == SessionQuery(model="wren")


def test_pointing_reads_out_and_leaving_stops(make: Make) -> None:
    chart = make(looked_at())
    move_mouse(chart, spot_of(chart, "grey"))
    assert chart.readout.isVisible()
    assert chart.readout.text().startswith("not looked at")
    chart.hover(chart.spot_at(QPointF(-5, -5)))
    assert not chart.readout.isVisible()


# Empty, pictures, colours ------------------------------------------------------------------------


def test_nothing_is_said_in_words(make: Make) -> None:
    nothing = Flow(
        "looked_at", "tokens", 0, 0, (), {}, (), "No sessions.", "not enough yet: 0 of 15"
    )
    chart = make(nothing)
    chart.grab()
    assert "Nothing to draw yet" in chart.text_alternative()
    assert "under Sources" in chart.text_alternative()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.selected is None
    chart.show_data(msgspec.structs.replace(nothing, unit="USD"))
    assert "choose Tokens" in chart.text_alternative()


@pytest.mark.parametrize("flow", [looked_at(), estimated()])
def test_pictures_hold_the_chart(make: Make, tmp_path: Path, flow: Flow) -> None:
    keeps_pictures(make(flow), tmp_path, "needed anyway")


def test_colours_are_the_theme_s(make: Make, theme: Theme) -> None:
    changes_with_theme(make(looked_at()), theme)
