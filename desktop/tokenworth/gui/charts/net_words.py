"""Net time and shares in words: a number never without its interval, its answers and its whole."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.views import Week
from tokenworth.gui import words
from tokenworth.gui.charts.net import drawn_high

MINUTES_BELOW: Final = 120
WHOLE_HOURS_FROM: Final = 600
COMPLETE: Final = "complete"


def tr(text: str) -> str:
    """Return a text of this place in the person's language."""
    return QCoreApplication.translate("Trends", text)


def net_minutes(minutes: float) -> str:
    """Return net time with its sign: "+95 min", "−5.3 h", "+11 h"."""
    size = abs(minutes)
    if round(size) < MINUTES_BELOW:
        text, unit = f"{round(minutes):+,}" if round(minutes) else "0", tr("{minutes} min")
    else:
        places = 0 if size >= WHOLE_HOURS_FROM else 1
        hours = f"{minutes / words.MINUTES_AN_HOUR:+,.{places}f}"
        text, unit = hours.removesuffix(".0"), tr("{minutes} h")
    return unit.format(minutes=words.signed(text))


def interval_words(estimate: Estimate, attention_min: float) -> str:
    """Return "−6 h to more than +30 h"; empty where there is no interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    template = tr("{low} to more than {high}") if estimate.open_high else tr("{low} to {high}")
    return template.format(
        low=net_minutes(estimate.low), high=net_minutes(drawn_high(estimate, attention_min))
    )


def chosen_words(estimate: Estimate) -> str:
    """Return on how many answers an estimate rests, and how they were chosen."""
    number = (
        tr("1 answer")
        if estimate.n == 1
        else tr("{count} answers").format(count=words.count(estimate.n))
    )
    return tr("{number}, {how}").format(number=number, how=how_words(estimate))


def how_words(estimate: Estimate) -> str:
    """Return how the answers were chosen."""
    return {
        "drawn": tr("drawn by chance"),
        "everything": tr("all were asked"),
        "picked": tr("chosen by you"),
        "none": tr("none drawn"),
    }[estimate.chosen]


def reason_words(estimate: Estimate) -> str:
    """Return why a value, or all of an estimate, is not shown."""
    if estimate.reason:
        return words.signed(estimate.reason)
    if estimate.is_shown:
        return tr("cannot tell gain from loss")
    return tr("not enough yet: {n} of {least}").format(
        n=words.count(estimate.n), least=words.count(estimate.minimum_n)
    )


def lane_words(week: Week) -> str:
    """Return what stands in the lane of net time where no bar does: "5 of 12"; empty in a gap."""
    net = week.net
    if not week.coverage.sessions:
        return ""
    if net is None:
        return tr("none drawn")
    if net.is_shown or net.value is not None:
        return ""
    if net.n < net.minimum_n:
        return tr("{n} of {least}").format(n=words.count(net.n), least=words.count(net.minimum_n))
    return tr("not shown")


def net_sentence(estimate: Estimate, attention_min: float) -> str:
    """Return M5 as a sentence."""
    whole = tr(", for {whole}").format(whole=estimate.denominator) if estimate.denominator else ""
    rests = f"{chosen_words(estimate)}{whole}"
    interval = interval_words(estimate, attention_min)
    if estimate.value is None and not interval:
        return tr("Net time: {reason}.").format(reason=reason_words(estimate))
    if estimate.value is None:
        told = tr("Net time {interval}, as told: {reason}; {rests}.")
        said = told.format(interval=interval, reason=reason_words(estimate), rests=rests)
    elif estimate.interval == COMPLETE or not interval:
        told = tr("Net time {value}, as told; {rests}.")
        said = told.format(value=net_minutes(estimate.value), rests=rests)
    else:
        told = tr("Net time {value} ({interval}), as told; {rests}.")
        said = told.format(value=net_minutes(estimate.value), interval=interval, rests=rests)
    skips = skips_words(estimate)
    return f"{said} {skips}" if skips else said


def skips_words(estimate: Estimate) -> str:
    """Return the two readings of skipped sessions; empty where none was skipped."""
    if estimate.skips is None:
        return ""
    first, last = (net_minutes(part) for part in estimate.skips)
    told = tr("By how skipped sessions are read: {first} or {last}.")
    return told.format(first=first, last=last)


def share_words(estimate: Estimate) -> str:
    """Return a share with its interval: "64 % (45 to 80 %)"; why not, where there is none."""
    low, high = estimate.low, estimate.high
    if low is None or high is None:
        return reason_words(estimate)
    if estimate.interval == COMPLETE and estimate.value is not None:
        return words.percent(estimate.value)
    interval = tr("{low} to {high}").format(low=f"{low * 100:.0f}", high=words.percent(high))
    return interval if estimate.value is None else f"{words.percent(estimate.value)} ({interval})"


def in_use_sentence(estimate: Estimate | None) -> str:
    """Return M3's headline of a week; empty where it may not be shown."""
    if estimate is None or not estimate.is_shown:
        return ""
    told = tr("{share} of attention went into work now in use; {rests}.")
    return told.format(share=share_words(estimate), rests=chosen_words(estimate))
