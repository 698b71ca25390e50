"""How the flow is painted: bands, the grey to scale, nodes, and labels that can be read."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from tokenworth.domain.trending import Flow
from tokenworth.gui.charts import flow_amounts, flow_words
from tokenworth.gui.charts.bars import ORDER, fill
from tokenworth.gui.charts.flow_layout import FATE, NODE_PX, Band, Laid, Node, is_estimated
from tokenworth.gui.charts.sentences import fate_words, tr
from tokenworth.gui.charts.spots import Key
from tokenworth.gui.theme import Theme

LABEL_GAP_PX: Final = 7
PAD_PX: Final = 6
BAND_STRENGTH: Final = 0.42
FAINT_STRENGTH: Final = 0.18
POINTED: Final = 0.25  # stronger, where pointed at
EDGE_STRENGTH: Final = 0.6
PILL_STRENGTH: Final = 0.78
CENTRE: Final = Qt.AlignmentFlag.AlignVCenter


class FlowPainter:
    """Paints one laid-out flow."""

    def __init__(self, theme: Theme, flow: Flow, laid: Laid) -> None:
        self._theme = theme
        self._flow = flow
        self._laid = laid
        self._font = theme.font("small")
        self._metrics = QFontMetricsF(self._font)
        self._estimated = is_estimated(flow)

    def paint(self, painter: QPainter, room: QRectF, pointed: Key | None) -> None:
        """Paint heads, bands, the grey, nodes, and labels over all."""
        self._paint_heads(painter, room)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for band in self._laid.bands:
            own = ("band", band.stage, band.start, band.end)
            self._paint_band(painter, band, POINTED if own == pointed else 0.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_grey(painter)
        for node in self._laid.nodes:
            bar = node.bar.adjusted(0, 0, 0, max(0.0, 1 - node.bar.height()))
            painter.fillRect(bar, self._colour(node.column, node.key))
        painter.setFont(self._font)
        for node in self._laid.nodes:
            self._paint_label(painter, room, node)
        if self._estimated:
            self._paint_whole(painter)

    def _colour(self, column: int, key: str) -> QColor:
        code = flow_words.fate_code(key)
        if column == FATE and code in ORDER:
            return self._theme.fate_colour(code)
        return self._theme.colour("accent")

    def _paint_band(self, painter: QPainter, band: Band, stronger: float) -> None:
        colour = self._colour(band.stage + 1, band.end)
        strength = BAND_STRENGTH if band.stage + 1 == FATE else FAINT_STRENGTH
        edge = QColor(colour)
        colour.setAlphaF(strength + stronger)
        painter.fillPath(band.path, colour)
        if self._estimated and band.stage > 0:
            edge.setAlphaF(EDGE_STRENGTH)
            painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(band.upper)
            painter.drawPath(band.lower)

    def _paint_heads(self, painter: QPainter, room: QRectF) -> None:
        painter.setFont(self._theme.font("small", strong=True))
        painter.setPen(self._theme.colour("muted"))
        names = list(zip(self._laid.left, flow_words.heads(), strict=True))
        if self._estimated:
            names.append((self._laid.whole.left(), tr("all there is")))
        for left, name in names:
            place = QRectF(left, room.top(), room.right() - left, self._metrics.height())
            painter.drawText(place, CENTRE, name)

    def _paint_grey(self, painter: QPainter) -> None:
        """Paint the grey band to scale, its label on it or, where it is thin, below."""
        grey = self._laid.grey
        if grey.isEmpty() and self._estimated:
            return
        band = grey.toRect()
        band.setHeight(max(1, band.height()))
        fill(painter, self._theme, "-", [band])
        text = flow_words.grey_words(self._flow)
        wide = self._metrics.horizontalAdvance(text) + 2 * PAD_PX
        high = self._metrics.height() + 4
        if grey.height() >= high + 4:
            top = grey.top() + min(PAD_PX + 2.0, (grey.height() - high) / 2)
            place = QRectF(grey.left() + NODE_PX + LABEL_GAP_PX - PAD_PX, top, wide, high)
            self._pill(painter, place, 1.0)
        else:
            below = QPointF(grey.left() - PAD_PX, grey.bottom() + 3)
            place = QRectF(below.x(), below.y(), wide, high)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(place.adjusted(PAD_PX, 0, 0, 0), CENTRE, text)

    def _paint_label(self, painter: QPainter, room: QRectF, node: Node) -> None:
        """Write a node's name and value beside it: in two lines where an interval needs them."""
        high = self._metrics.height()
        if node.pitch < high - 2:
            return
        left = node.bar.right() + LABEL_GAP_PX
        is_last = node.column == FATE
        right = room.right() if is_last else self._laid.left[node.column + 1] - LABEL_GAP_PX
        wide = right - left
        name = flow_words.node_name(self._flow, node)
        value = flow_words.node_value(self._flow, node)
        top = node.bar.center().y() - high / 2
        if self._estimated and node.pitch >= 2 * high:
            lines = [[(name, "text")], [(value, "muted")]]
            top -= high / 2
        else:
            beside = self._metrics.horizontalAdvance(value) + LABEL_GAP_PX
            kept = self._kept(name, wide - beside)
            lines = [[(kept, "text"), (value, "muted")]]
        for line in lines:
            self._paint_line(painter, QRectF(left, top, wide, high), line, on_band=not is_last)
            top += high

    def _paint_line(
        self, painter: QPainter, place: QRectF, line: list[tuple[str, str]], *, on_band: bool
    ) -> None:
        kept: list[tuple[float, str, str]] = []
        at = place.left()
        for text, colour in line:
            words = self._kept(text, place.right() - at)
            kept.append((at, words, colour))
            at += self._metrics.horizontalAdvance(words) + LABEL_GAP_PX
        if on_band:
            ground = QRectF(place.left() - 3, place.top(), at - LABEL_GAP_PX + 6 - place.left(), 0)
            ground.setHeight(place.height())
            self._pill(painter, ground, PILL_STRENGTH)
        for left, words, colour in kept:
            painter.setPen(self._theme.colour(colour))
            painter.drawText(
                QRectF(left, place.top(), place.width(), place.height()), CENTRE, words
            )

    def _kept(self, text: str, wide: float) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide + 1)

    def _pill(self, painter: QPainter, place: QRectF, strength: float) -> None:
        """Paint a quiet ground under words that stand on bands or on the hatch."""
        ground = self._theme.colour("surface")
        ground.setAlphaF(strength)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_whole(self, painter: QPainter) -> None:
        """Paint all there is beside the estimate: what was looked at, and the rest hatched."""
        whole, unseen = self._laid.whole, self._laid.unseen
        seen = whole.toRect()
        seen.setBottom(unseen.toRect().top() - 1)
        painter.fillRect(seen, self._theme.colour("accent"))
        fill(painter, self._theme, "-", [unseen.toRect()])
        high = self._metrics.height()
        value = self._flow.total - self._flow.unseen
        left = whole.right() + LABEL_GAP_PX
        wide = self._laid.left[0] - left - LABEL_GAP_PX
        first = min(max((whole.top() + unseen.top()) / 2 - high, whole.top()),
                    whole.bottom() - 4 * high)  # fmt: skip
        second = max(min(unseen.center().y() - high, whole.bottom() - 2 * high), first + 2 * high)
        for top, name, amount in (
            (first, tr("looked at"), value),
            (second, fate_words("-"), self._flow.unseen),
        ):
            share = flow_amounts.share_words(self._flow, amount)
            told = f"{flow_amounts.amount_words(self._flow, amount)}, {share}"
            for line, (text, colour) in enumerate(((name, "text"), (told, "muted"))):
                place = QRectF(left, top + line * high, wide + 2, high)
                painter.setPen(self._theme.colour(colour))
                painter.drawText(place, CENTRE, self._kept(text, wide))
