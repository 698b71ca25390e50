"""Where the flow's nodes and bands lie: one scale for all, and room for a label at each node."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from tokenworth.domain.tag import Purpose
from tokenworth.domain.trending import Flow, Link
from tokenworth.gui.charts.bars import ORDER

COLUMNS: Final = 4
MODEL: Final = 1
PURPOSE: Final = 2
FATE: Final = 3
MOST_NODES: Final = 8
"""So many models have a node of their own; the smallest of more share one."""
REST: Final = "\0rest"
NODE_PX: Final = 11
GAP_PX: Final = 7
WIDEST_GAP_PX: Final = 22
UNSEEN_GAP_PX: Final = 12
LEAST_SCALE: Final = 0.4  # of the height: what labels leave to the scale, however many they are
THINNEST_PX: Final = 4.0  # of a band that can still be pointed at
GAUGE_PX: Final = 112
PURPOSES: Final = (Purpose.NEEDED, Purpose.EXPLORE, Purpose.OPTIONAL, Purpose.SHOW)


class Node(msgspec.Struct, frozen=True):
    """One node: its column, its sum, and its bar."""

    column: int
    key: str
    value: float
    bar: QRectF
    pitch: float  # the height that is its own, label included
    keys: tuple[str, ...]  # of the nodes it stands for


class Band(msgspec.Struct, frozen=True):
    """One band between two nodes; more links than one where a node stands for more."""

    stage: int
    start: str
    end: str
    links: tuple[Link, ...]
    path: QPainterPath
    target: QPainterPath  # at least as thick as a finger can point
    upper: QPainterPath
    lower: QPainterPath

    @property
    def value(self) -> float:
        """Tokens or USD."""
        return sum(link.value for link in self.links)


class Laid(msgspec.Struct, frozen=True):
    """The whole drawing. All heights but the gaps are to one scale."""

    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    grey: QRectF  # the band of what has none of its own
    whole: QRectF  # estimated view: all there is, beside it
    unseen: QRectF  # what nobody looked at: the grey band, or the foot of the whole
    scale: float  # pixels a token or USD
    left: tuple[float, ...]  # of each column


def is_estimated(flow: Flow) -> bool:
    """Whether the estimated view is what is shown."""
    return flow.view == "estimated" and not flow.reason


def drawn_links(flow: Flow) -> list[Link]:
    """Return the links that have bands of their own; the grey ones are one band together."""
    return [link for link in flow.links if link.looked_at and link.value > 0]


def shown_total(flow: Flow) -> float:
    """Return what the bands sum up to: what was looked at, or what it stands for."""
    return sum(link.value for link in drawn_links(flow) if link.stage == PURPOSE)


def grey_total(flow: Flow) -> float:
    """Return how much the grey band holds: the unseen, or what no estimate reaches."""
    return max(0.0, flow.total - shown_total(flow)) if is_estimated(flow) else flow.unseen


def lay_out(flow: Flow, room: QRectF, labels_px: Sequence[float], right_px: float) -> Laid:
    """Return where all lies. Takes each column's height of a label, and the last label's width."""
    links, stands_for = _merged(drawn_links(flow))
    columns = _columns(links)
    estimated = is_estimated(flow)
    below = grey_total(flow)
    gap = UNSEEN_GAP_PX if below or not estimated else 0.0
    most = (1 - LEAST_SCALE) * room.height()
    lines = [
        min(label, most / max(1, len(column)))
        for label, column in zip(labels_px, columns, strict=True)
    ]
    scale = _scale(columns, below, room.height() - gap, lines)
    first = room.left() + (GAUGE_PX if estimated else 0)
    step = (room.right() - right_px - NODE_PX - first) / (COLUMNS - 1)
    left = tuple(first + step * at for at in range(COLUMNS))
    high = below * scale
    grey = QRectF(left[0], room.bottom() - high, left[-1] + NODE_PX - left[0], high)
    whole, unseen = QRectF(), grey
    if estimated:
        whole = QRectF(room.left(), room.top(), NODE_PX, flow.total * scale)
        high = flow.unseen * scale
        unseen = QRectF(whole.left(), whole.bottom() - high, NODE_PX, high)
    nodes: list[Node] = []
    for at, column in enumerate(columns):
        stack = QRectF(left[at], room.top(), NODE_PX, grey.top() - gap - room.top())
        nodes += _stack(at, column, stack, (scale, lines[at]), stands_for)
    return Laid(tuple(nodes), tuple(_bands(links, nodes, scale)), grey, whole, unseen, scale, left)


def _merged(links: Sequence[Link]) -> tuple[list[tuple[Link, str, str]], tuple[str, ...]]:
    """Return links with the keys of their nodes: the smallest of many models share a node."""
    sums: dict[str, float] = {}
    for link in links:
        if link.stage == 0:
            sums[link.end] = sums.get(link.end, 0.0) + link.value
    order = sorted(sums, key=lambda key: -sums[key])
    rest = tuple(order[MOST_NODES - 1 :]) if len(order) > MOST_NODES else ()

    def model(key: str) -> str:
        return REST if key in rest else key

    named = [
        (
            link,
            model(link.start) if link.stage == MODEL else link.start,
            model(link.end) if link.stage == 0 else link.end,
        )
        for link in links
    ]
    return named, rest


def _columns(links: Sequence[tuple[Link, str, str]]) -> list[list[tuple[str, float]]]:
    """Return the nodes of each column in order, with the greater of what comes in and goes out."""
    flows: list[dict[str, list[float]]] = [{} for _ in range(COLUMNS)]
    for link, start, end in links:
        flows[link.stage].setdefault(start, [0.0, 0.0])[1] += link.value
        flows[link.stage + 1].setdefault(end, [0.0, 0.0])[0] += link.value
    columns = []
    for at, found in enumerate(flows):
        column = [(key, max(sums)) for key, sums in found.items()]
        column.sort(key=_order_of(at))
        columns.append(column)
    return columns


def _order_of(column: int) -> Callable[[tuple[str, float]], tuple[bool, float]]:
    known: Sequence[str] = {PURPOSE: PURPOSES, FATE: ORDER}.get(column, ())

    def place(node: tuple[str, float]) -> tuple[bool, float]:
        key, value = node
        code = key.rpartition(":")[2]
        if code in known:
            return False, known.index(code)
        return key == REST or bool(known), -value

    return place


def _scale(
    columns: Sequence[Sequence[tuple[str, float]]],
    below: float,
    height: float,
    lines: Sequence[float],
) -> float:
    """Return the pixels a unit with which the fullest column just fits."""

    def need(scale: float) -> float:
        tallest = max(
            sum(_pitch(value, scale, line) for _, value in column)
            for column, line in zip(columns, lines, strict=True)
        )
        return tallest + below * scale

    whole = below + max((sum(v for _, v in column) for column in columns), default=0.0)
    if whole <= 0 or height <= 0:
        return 0.0
    low, high = 0.0, height / whole
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if need(middle) <= height else (low, middle)
    return low


def _pitch(value: float, scale: float, line: float) -> float:
    return max(value * scale + GAP_PX, line)


def _stack(
    at: int, column: Sequence[tuple[str, float]], room: QRectF,
    measures: tuple[float, float], rest: tuple[str, ...],
) -> list[Node]:  # fmt: skip
    scale, line = measures
    pitches = [_pitch(value, scale, line) for _, value in column]
    spare = max(0.0, room.height() - sum(pitches)) / max(1, len(column))
    top, nodes = room.top(), []
    for (key, value), own in zip(column, pitches, strict=True):
        pitch = own + min(spare, WIDEST_GAP_PX)
        high = value * scale
        bar = QRectF(room.left(), top + (pitch - high) / 2, room.width(), high)
        nodes.append(Node(at, key, value, bar, pitch, rest if key == REST else (key,)))
        top += pitch
    return nodes


def _bands(
    links: Sequence[tuple[Link, str, str]], nodes: Sequence[Node], scale: float
) -> list[Band]:
    """Return the bands, leaving and reaching each node in the order of the nodes beyond."""
    found = {(node.column, node.key): node for node in nodes}
    order = {name: at for at, name in enumerate(found)}
    joined: dict[tuple[int, str, str], list[Link]] = {}
    for link, start, end in links:
        joined.setdefault((link.stage, start, end), []).append(link)
    leaves = {name: node.bar.top() for name, node in found.items()}
    starts: dict[tuple[int, str, str], float] = {}
    keys = sorted(joined, key=lambda key: (order[key[0], key[1]], order[key[0] + 1, key[2]]))
    for key in keys:
        starts[key] = leaves[key[0], key[1]]
        leaves[key[0], key[1]] += scale * sum(link.value for link in joined[key])
    reaches = {name: node.bar.top() for name, node in found.items()}
    bands = []
    for key in sorted(keys, key=lambda key: (order[key[0] + 1, key[2]], order[key[0], key[1]])):
        stage, start, end = key
        high = scale * sum(link.value for link in joined[key])
        left, right = found[stage, start].bar.right(), found[stage + 1, end].bar.left()
        ends = (left, starts[key], right, reaches[stage + 1, end])
        reaches[stage + 1, end] += high
        bands.append(_band(key, tuple(joined[key]), ends, high))
    return bands


def _band(
    key: tuple[int, str, str], links: tuple[Link, ...],
    ends: tuple[float, float, float, float], high: float,
) -> Band:  # fmt: skip
    left, start, right, end = ends
    more = max(0.0, THINNEST_PX - high) / 2
    return Band(
        *key, links,
        ribbon(ends, high), ribbon((left, start - more, right, end - more), high + 2 * more),
        _curve(left, start, right, end), _curve(left, start + high, right, end + high),
    )  # fmt: skip


def _curve(left: float, start: float, right: float, end: float) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(left, start)
    middle = (left + right) / 2
    path.cubicTo(middle, start, middle, end, right, end)
    return path


def ribbon(ends: tuple[float, float, float, float], high: float) -> QPainterPath:
    """Return a band of a height between two places, (left, top, right, top)."""
    left, start, right, end = ends
    path = _curve(left, start, right, end)
    path.lineTo(right, end + high)
    middle = (left + right) / 2
    path.cubicTo(middle, end + high, middle, start + high, left, start + high)
    path.closeSubpath()
    return path
