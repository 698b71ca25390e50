"""What the flow says: its nodes, bands and the unseen in numbers, words and as a table."""

from collections.abc import Iterable, Sequence
from typing import Final

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.tag import Fate, Purpose
from tokenworth.domain.trending import Flow, Link
from tokenworth.gui import words
from tokenworth.gui.chart import Cell, Table
from tokenworth.gui.charts import estimates
from tokenworth.gui.charts.flow_amounts import (
    ROUNDING,
    amount_words,
    brief_words,
    exact_words,
    share_words,
    unit_words,
)
from tokenworth.gui.charts.flow_layout import (
    COLUMNS,
    MODEL,
    PURPOSE,
    REST,
    Band,
    Node,
    drawn_links,
    grey_total,
    is_estimated,
    shown_total,
)
from tokenworth.gui.charts.sentences import Line, tr

MOST_LINES: Final = 7


def heads() -> tuple[str, ...]:
    """Return the names of the columns."""
    return tr("token class"), tr("model"), tr("why"), tr("outcome")


def title_words(flow: Flow) -> str:
    """Return the chart's heading."""
    told = {
        ("looked_at", "tokens"): tr("New tokens of what was looked at"),
        ("looked_at", "USD"): tr("List price of what was looked at"),
        ("estimated", "tokens"): tr("New tokens, estimated from what was looked at"),
        ("estimated", "USD"): tr("List price, estimated from what was looked at"),
    }
    return told["estimated" if is_estimated(flow) else "looked_at", flow.unit]


def reason_words(flow: Flow) -> str:
    """Return why there is no estimated view; empty where there is."""
    if not flow.reason:
        return ""
    told = tr("No estimated view: {reason}.")
    return told.format(reason=estimates.dressed(flow.reason))


def node_name(flow: Flow, node: Node) -> str:
    """Return a node's name; of the smallest models how many they are."""
    if node.key == REST:
        return tr("{count} more models").format(count=words.count(len(node.keys)))
    return flow.names.get(node.key, node.key)


def name_of(flow: Flow, key: str, band: Band | None = None) -> str:
    """Return the name of a band's end."""
    if key == REST:
        links = band.links if band is not None else ()
        return tr("{count} more models").format(count=words.count(len(links)))
    return flow.names.get(key, key)


def share_of(flow: Flow, node: Node) -> Estimate | None:
    """Return the estimated share of a purpose or an outcome."""
    if not is_estimated(flow) or node.column < PURPOSE:
        return None
    code = node.key.rpartition(":")[2]
    wanted = {f"purpose_{code}"} if node.column == PURPOSE else {f"fate_{fate_name(code)}"}
    return next((one for one in flow.shares if one.key in wanted | {node.key}), None)


def fate_name(code: str) -> str:
    """Return the outcome's name in a measure's keys: "used" for "u"."""
    return next((fate.name.lower() for fate in Fate if fate.value == code), code)


def node_value(flow: Flow, node: Node) -> str:
    """Return the value at a node: exact, or with its interval; empty where that is not known."""
    if not is_estimated(flow) or node.column <= MODEL:  # what models took is exact
        return amount_words(flow, node.value)
    low, high = limits_of(flow, node)
    if low is None or high is None:
        return ""
    whole = shown_total(flow)
    span = estimates.span_words(lambda part: brief_words(flow, part * whole), low, high)
    return f"{brief_words(flow, node.value)} ({span})"


def limits_of(flow: Flow, node: Node) -> tuple[float | None, float | None]:
    """Return the limits of a node's share: its estimate's, or those of its only link."""
    estimate = share_of(flow, node)
    if estimate is not None:
        return estimate.low, estimate.high
    reach = [
        link
        for link in drawn_links(flow)
        if link.stage == node.column - 1 and link.end in node.keys
    ]
    return (reach[0].low, reach[0].high) if len(reach) == 1 else (None, None)


def node_lines(flow: Flow, node: Node) -> list[Line]:
    """Return a node's read-out."""
    estimate = share_of(flow, node)
    if estimate is not None and estimate.is_shown:
        found = [Line("", unit_words(flow), node_value(flow, node))]
        return found + estimates.lines_of(tr("share"), estimate)
    if is_estimated(flow) and node.column >= PURPOSE:
        return [Line("", unit_words(flow), node_value(flow, node) or words.DASH)]
    return [
        Line("", unit_words(flow), exact_words(flow, node.value)),
        Line("", tr("of all, looked at or not"), share_words(flow, node.value)),
    ]


def band_title(flow: Flow, band: Band) -> str:
    """Return where a band comes from and goes to."""
    return tr("{start} to {end}").format(
        start=name_of(flow, band.start, band), end=name_of(flow, band.end, band)
    )


def band_lines(flow: Flow, band: Band) -> list[Line]:
    """Return a band's read-out; link by link where it stands for several."""
    if len(band.links) == 1:
        link = band.links[0]
        if is_estimated(flow) and link.stage > 0:
            told = Line("", unit_words(flow), link_words(flow, link))
            return [told, Line("", tr("share"), link_share(link))]
        return [
            Line("", unit_words(flow), exact_words(flow, link.value)),
            Line("", tr("of all, looked at or not"), share_words(flow, link.value)),
        ]
    links = sorted(band.links, key=lambda link: -link.value)
    found = [
        Line("", flow.names.get(_model(link), _model(link)), link_words(flow, link))
        for link in links[:MOST_LINES]
    ]
    more = len(links) - MOST_LINES
    if more > 0:
        found.append(Line("", tr("{count} more in the table").format(count=words.count(more)), ""))
    return found


def _model(link: Link) -> str:
    return link.start if link.stage == MODEL else link.end


def link_words(flow: Flow, link: Link) -> str:
    """Return a link's amount; an estimated one only with its interval."""
    if not is_estimated(flow) or link.stage == 0:
        return exact_words(flow, link.value)
    if link.low is None or link.high is None:
        return words.DASH
    whole = shown_total(flow)
    span = estimates.span_words(lambda part: amount_words(flow, part * whole), link.low, link.high)
    return f"{amount_words(flow, link.value)} ({span})"


def link_share(link: Link) -> str:
    """Return the limits of a link's share."""
    if link.low is None or link.high is None:
        return words.DASH
    return estimates.span_words(words.percent, link.low, link.high)


def grey_words(flow: Flow) -> str:
    """Return the label of the grey band."""
    if is_estimated(flow):
        told = tr("no draw, so no estimate: {value} of {total}, {share}")
    else:
        told = tr("not looked at: {value} of {total}, {share}")
    value = grey_total(flow)
    return told.format(
        value=amount_words(flow, value),
        total=amount_words(flow, flow.total),
        share=share_words(flow, value),
    )


def unseen_lines(flow: Flow) -> list[Line]:
    """Return the read-out of what nobody looked at: how much, and of which models."""
    found = [
        Line("-", unit_words(flow), exact_words(flow, flow.unseen)),
        Line("", tr("of all"), share_words(flow, flow.unseen)),
        Line("", tr("all there is"), exact_words(flow, flow.total)),
    ]
    if is_estimated(flow):
        return found
    sums = _sums((link.end, link.value) for link in flow.links if _is_grey_start(link))
    order = sorted(sums, key=lambda key: -sums[key])
    found += [
        Line("", flow.names.get(key, key), exact_words(flow, sums[key]))
        for key in order[:MOST_LINES]
    ]
    return found


def _is_grey_start(link: Link) -> bool:
    return link.stage == 0 and not link.looked_at


def _sums(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for key, value in parts:
        sums[key] = sums.get(key, 0.0) + value
    return sums


def whole_words(flow: Flow, nodes: Sequence[Node]) -> str:
    """Return what a look at the flow would tell, coverage first."""
    if flow.total <= 0:
        return tr("Nothing to draw yet.")
    unseen = tr("Not looked at: {value} of {total}, {share}.").format(
        value=exact_words(flow, flow.unseen),
        total=exact_words(flow, flow.total),
        share=share_words(flow, flow.unseen),
    )
    said = [estimates.dressed(flow.coverage_words), f"{title_words(flow)}.", unseen]
    if is_estimated(flow) and grey_total(flow) > ROUNDING * flow.total:
        said.append(f"{grey_words(flow)[:1].upper()}{grey_words(flow)[1:]}.")
    names = heads()
    for column in range(COLUMNS):
        found = [node for node in nodes if node.column == column]
        told = [" ".join((node_name(flow, node), node_value(flow, node))) for node in found]
        if told:
            said.append(f"{names[column][:1].upper()}{names[column][1:]}: {', '.join(told)}.")
    said += [
        estimates.sentence_of(estimate_name(flow, one), one) for one in flow.shares if one.is_shown
    ]
    said.append(reason_words(flow))
    return " ".join(part for part in said if part)


def estimate_name(flow: Flow, estimate: Estimate) -> str:
    """Return of what an estimate is: the name of its purpose or outcome."""
    kind, _, code = estimate.key.partition("_")
    fate = next((one.value for one in Fate if one.name.lower() == code), code)
    return flow.names.get(f"{kind}:{fate}", flow.names.get(estimate.key, estimate.key))


def table_of(flow: Flow) -> Table:
    """Return all there is, the unseen, every link and every estimated share."""
    unit = tr("new tokens") if flow.unit == "tokens" else tr("USD at list price")
    top = (
        tr("what"),
        tr("from"),
        tr("to"),
        unit,
        tr("share, %"),
        tr("low, %"),
        tr("high, %"),
        tr("answers"),
        tr("of"),
    )
    blank = (None,) * 5
    rows: list[tuple[Cell, ...]] = [
        (tr("all there is"), None, None, _cell(flow, flow.total), *blank),
        (tr("not looked at"), None, None, _cell(flow, flow.unseen), *blank),
    ]
    names = heads()
    for link in flow.links:
        seen = tr("estimated") if is_estimated(flow) and link.stage > 0 else tr("looked at")
        rows.append(
            (
                seen if link.looked_at else tr("not looked at"),
                f"{names[link.stage]}: {flow.names.get(link.start, link.start)}",
                f"{names[link.stage + 1]}: {flow.names.get(link.end, link.end)}",
                _cell(flow, link.value),
                None,
                _percent(link.low),
                _percent(link.high),
                None,
                None,
            )
        )
    for one in flow.shares:
        limits = (_percent(one.value), _percent(one.low), _percent(one.high))
        whole = one.denominator or one.reason
        name = estimate_name(flow, one)
        rows.append((tr("estimated share"), name, None, None, *limits, one.n, whole))
    return Table(top, tuple(rows))


def _cell(flow: Flow, value: float) -> Cell:
    return round(value) if flow.unit == "tokens" else float(value)


def _percent(share: float | None) -> Cell:
    return None if share is None else share * 100


def purpose_codes(node_key: str) -> tuple[str, ...]:
    """Return the code of a purpose's node; nothing for the one of what nobody looked at."""
    code = node_key.rpartition(":")[2]
    return (code,) if code in set(Purpose) else ()


def fate_code(node_key: str) -> str:
    """Return the code of an outcome's node."""
    return node_key.rpartition(":")[2]
