"""What the box over the paired chart says of one week: exact values, estimates, why not more."""

from tokenworth.domain.views import Week
from tokenworth.gui import words
from tokenworth.gui.charts import net_words, sentences
from tokenworth.gui.charts.bars import ESTIMATED, ORDER
from tokenworth.gui.charts.sentences import Line, tr


def week_lines(week: Week) -> list[Line]:
    """Return the read-out of a week: exact values, the outcome beside every count."""
    if sentences.nothing_imported(week):
        return [Line("", tr("nothing imported"), "")]
    if sentences.is_empty(week):
        return [Line("", tr("no sessions"), "")]
    lines = [
        Line(fate, sentences.fate_words(fate), words.count(week.tokens.get(fate, 0)))
        for fate in reversed(ORDER)
        if week.tokens.get(fate, 0)
    ]
    lines.append(Line("", tr("new tokens"), words.count(sum(week.tokens.values()))))
    guessed = sum(week.estimated.values())
    if guessed:
        lines.append(
            Line(ESTIMATED, sentences.fate_words(ESTIMATED), words.tokens(guessed, estimated=True))
        )
    cost = words.money(week.usage.cost_usd)
    lines.append(Line("", tr("at list price, not a bill"), cost))
    if week.coverage.unpriced_share:
        share = words.percent(week.coverage.unpriced_share)
        lines.append(Line("", tr("of it unpriced"), share))
    seen = sentences.looked_at(week)
    lines += [
        Line("", tr("attention"), words.minutes(week.coverage.attention_min)),
        Line("", tr("of it looked at"), words.DASH if seen is None else words.percent(seen)),
        Line("", tr("of it in use"), _in_use(week)),
        *(_net_lines(week) or _told_lines(week)),
    ]
    return lines


def _in_use(week: Week) -> str:
    if week.in_use is not None and week.in_use.is_shown:
        return net_words.share_words(week.in_use)
    return sentences.bounds_short(week)


def _told_lines(week: Week) -> list[Line]:
    """Return M7 of a week: what was told, and what the others would have to be for a loss."""
    told, tipping = week.bounds.told_min, week.bounds.tipping_min
    if told is None:
        return []
    lines = [Line("", tr("net time of those looked at"), sentences.signed_minutes(told, 0))]
    if tipping is not None and week.bounds.untagged:
        text = tr("a loss if the others average under")
        lines.append(Line("", text, sentences.signed_minutes(tipping, 1)))
    return lines


def _net_lines(week: Week) -> list[Line]:
    """Return M5 of a week: value, interval and what it rests on, or why there is none."""
    net = week.net
    if net is None:
        return []
    value = net_words.reason_words(net) if net.value is None else net_words.net_minutes(net.value)
    if not net.is_shown and net.value is None:
        return [Line("", tr("net time, as told"), value), *_told_lines(week)]
    lines = [Line("", tr("net time, as told"), value)]
    interval = net_words.interval_words(net, week.coverage.attention_min)
    if interval and net.interval != net_words.COMPLETE:
        lines.append(Line("", tr("its 95 % interval"), interval))
    if net.skips is not None:
        parts = tr("{first} or {last}").format(
            first=net_words.net_minutes(net.skips[0]), last=net_words.net_minutes(net.skips[1])
        )
        lines.append(Line("", tr("by how skips are read"), parts))
    return [*lines, Line("", tr("from"), net_words.chosen_words(net))]
