"""Where tokens or money went: token class, model, why, and what became of it (M4)."""

from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tokenworth.domain.trending import Flow
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.chart import Table
from tokenworth.gui.charts import flow_words
from tokenworth.gui.charts.bars import ORDER
from tokenworth.gui.charts.flow_layout import (
    COLUMNS,
    FATE,
    MODEL,
    NODE_PX,
    PURPOSE,
    REST,
    Band,
    Laid,
    Node,
    grey_total,
    is_estimated,
    lay_out,
)
from tokenworth.gui.charts.flow_paint import PAD_PX, FlowPainter
from tokenworth.gui.charts.marked import MarkedChart
from tokenworth.gui.charts.sentences import Line
from tokenworth.gui.charts.spots import Choice, Key, Spot, plain_label, rect_path
from tokenworth.gui.theme import Theme

NOTHING: Final = Flow("looked_at", "tokens", 0.0, 0.0, (), {}, (), "", "")
ANSWERED: Final = tuple(fate for fate in ORDER if fate != "-")
HEAD_PX: Final = 8
LAST_COLUMN_SHARE: Final = 0.19
LAST_COLUMN_PX: Final = (164, 240)


class FlowChart(MarkedChart):
    """Draws a Flow. Arrows go from mark to mark; Enter opens the sessions of a model or outcome."""

    wanted = Signal(str, str)
    """Another view ("looked_at", "estimated") or unit ("tokens", "USD") is asked for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Where tokens went"))
        self._flow = NOTHING
        self._laid: Laid | None = None
        self.heading = plain_label("heading")
        self.coverage = plain_label("muted")
        self.reason = plain_label("muted")
        views = (("looked_at", self.tr("Looked at")), ("estimated", self.tr("Estimated")))
        units = (("tokens", self.tr("Tokens")), ("USD", self.tr("US dollars")))
        self.views, self.units = Choice(theme, self, views), Choice(theme, self, units)
        self._arrange()
        self.show_data(NOTHING)

    # What a chart can do -------------------------------------------------------------------------

    def show_data(self, value: Flow) -> None:
        """Draw a flow; the selected mark stays selected if it is still there."""
        self._flow = value
        self.heading.setText(flow_words.title_words(value))
        self.coverage.setText(value.coverage_words if value.total > 0 else "")
        self.reason.setText(flow_words.reason_words(value) if value.total > 0 else "")
        for label in (self.coverage, self.reason):
            label.setVisible(bool(label.text()))
        self.views.show_name("estimated" if is_estimated(value) else "looked_at")
        self.units.show_name(value.unit)
        self.lay_again()
        self.tell(self.text_alternative())

    def whole_words(self) -> str:
        """Return the flow in words, with its numbers."""
        return flow_words.whole_words(self._flow, self._laid.nodes if self._laid else ())

    def table(self) -> Table:
        """Return all links, and what was not looked at."""
        return flow_words.table_of(self._flow)

    def own_words(self) -> tuple[list[str], list[str]]:
        """Return the lines that belong to a saved picture."""
        above = [label.text() for label in (self.heading, self.coverage) if label.text()]
        return above, [self.reason.text()] if self.reason.text() else []

    def empty_words(self) -> tuple[str, str] | None:
        """Return what will be here."""
        if self._flow.total > 0:
            return None
        if self._flow.unit == "USD":
            return (
                self.tr("No price is known for these weeks"),
                self.tr("Tokens can be shown without one: choose Tokens above."),
            )
        return (
            self.tr("Nothing to draw yet"),
            self.tr(
                "Here the new tokens of four weeks will run from token class and model to what "
                "became of them. First some history with tokens has to be imported, under Sources."
            ),
        )

    # What is painted -----------------------------------------------------------------------------

    def lay_out(self, room: QRectF) -> list[Spot]:
        """Lay out nodes and bands."""
        small = QFontMetricsF(self.theme.font("small"))
        estimated = is_estimated(self._flow)
        head = small.height() + HEAD_PX
        share = room.width() * LAST_COLUMN_SHARE
        right = LAST_COLUMN_PX[0] if estimated else max(share, LAST_COLUMN_PX[0])
        foot = small.height() + 2 * PAD_PX  # the grey band's label, where the band is thin
        inside = room.adjusted(2, head, -2, -foot if self._is_thin(room, foot) else -2)
        plain, double = small.height() + 3, 2 * small.height() + 3
        lines = (plain, plain, double, double) if estimated else (plain,) * COLUMNS
        self._laid = lay_out(self._flow, inside, lines, min(right, LAST_COLUMN_PX[1]))
        return self._spots(self._laid)

    def _is_thin(self, room: QRectF, foot: float) -> bool:
        grey = grey_total(self._flow)
        if is_estimated(self._flow) and not grey:
            return False
        return grey * room.height() < 2 * foot * self._flow.total

    def _spots(self, laid: Laid) -> list[Spot]:
        spots = [
            Spot(("band", band.stage, band.start, band.end), band.target, 2 * band.stage + 1,
                 band.target.boundingRect().center().y())
            for band in laid.bands
        ]  # fmt: skip
        for node in laid.nodes:
            high = max(node.bar.height(), node.pitch)
            target = QRectF(
                node.bar.left() - 2, node.bar.center().y() - high / 2, NODE_PX + 4, high
            )
            spots.append(
                Spot(("node", node.column, node.key), rect_path(target), 2 * node.column,
                     node.bar.center().y())
            )  # fmt: skip
        if not laid.grey.isEmpty() or not is_estimated(self._flow):
            grey = laid.grey.adjusted(0, -3 if laid.grey.height() < HEAD_PX else 0, 0, 0)
            spots.append(Spot(("grey",), rect_path(grey), 0, grey.center().y()))
        if is_estimated(self._flow):
            spots.append(Spot(("unseen",), rect_path(laid.unseen), -1, laid.unseen.center().y()))
        return spots

    def paint_marks(self, painter: QPainter, room: QRectF) -> None:
        """Paint what was laid out, the band pointed at a little stronger."""
        if self._laid is not None:
            spot = self.current()
            pointed = None if spot is None else spot.key
            FlowPainter(self.theme, self._flow, self._laid).paint(painter, room, pointed)

    def hover(self, at: int | None) -> None:
        """Point at a mark: bands are then painted stronger."""
        if at != self.hovered:
            self.update()
        super().hover(at)

    def read_out(self, spot: Spot) -> tuple[str, list[Line]]:
        """Return the values of a node, a band, or the grey."""
        node, band = self._node(spot.key), self._band(spot.key)
        if node is not None:
            lines = flow_words.node_lines(self._flow, node)
            return flow_words.node_name(self._flow, node), lines
        if band is not None:
            lines = flow_words.band_lines(self._flow, band)
            return flow_words.band_title(self._flow, band), lines
        if spot.key == ("grey",) and is_estimated(self._flow):
            told = self.tr("In half-weeks without a draw nothing stands for the rest.")
            return flow_words.grey_words(self._flow), [Line("", told, "")]
        return self.tr("not looked at"), flow_words.unseen_lines(self._flow)

    def query_of(self, spot: Spot) -> SessionQuery | None:
        """Return the sessions of a model, of an outcome, or those not looked at."""
        node, band = self._node(spot.key), self._band(spot.key)
        if node is not None:
            return self._query({node.column: node.key})
        if band is not None:
            return self._query({band.stage: band.start, band.stage + 1: band.end})
        return SessionQuery(fates=("-",))

    # Inside --------------------------------------------------------------------------------------

    def _node(self, key: Key) -> Node | None:
        nodes = self._laid.nodes if self._laid else ()
        return next((one for one in nodes if ("node", one.column, one.key) == key), None)

    def _band(self, key: Key) -> Band | None:
        bands = self._laid.bands if self._laid else ()
        return next((b for b in bands if ("band", b.stage, b.start, b.end) == key), None)

    def _query(self, keys: dict[int, str]) -> SessionQuery:
        """Return the sessions of a mark, as far as a search can name them."""
        model, fate = keys.get(MODEL, ""), flow_words.fate_code(keys.get(FATE, ""))
        fates: tuple[str, ...] = (fate,) if fate else ()
        purposes = flow_words.purpose_codes(keys.get(PURPOSE, ""))
        if not fates and not purposes and not is_estimated(self._flow):
            fates = ANSWERED
        return SessionQuery(
            model="" if model == REST else model.removeprefix("model:"),
            fates=fates,
            purposes=purposes,
        )

    def _arrange(self) -> None:
        tips = (
            (self.views, self.tr("What was looked at as it is, or what it stands for")),
            (self.units, self.tr("New tokens, or cost at list price")),
        )
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        for choice, tip in tips:
            top.addSpacing(PAD_PX)
            choice.chosen.connect(self._want)
            for button in choice.by_name.values():
                button.setToolTip(tip)
                top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(PAD_PX)
        column.addLayout(top)
        column.addWidget(self.coverage)
        column.addWidget(self.room, 1)
        column.addWidget(self.reason)
        for label in (self.coverage, self.reason):
            label.setWordWrap(True)

    def _want(self) -> None:
        self.wanted.emit(self.views.name(), self.units.name())
