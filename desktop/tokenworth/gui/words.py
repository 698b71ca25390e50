"""How numbers, times and shares are said: three figures, a unit, and a word for what is unknown.

Times are milliseconds since 1970, as everywhere in the app; zone "" is the system's.
"""

import re
from datetime import UTC, date, datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

DASH: Final = "—"
ABOUT: Final = "≈"
MINUS: Final = "\u2212"
MS: Final = 1000
MINUTES_AN_HOUR: Final = 60
LONG_MIN: Final = 600
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_LONG: Final = re.compile(r"\S{25,}")
_PIECES: Final = re.compile(r".{1,24}")
_STEPS: Final = ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k"))


def unknown() -> str:
    """Return the word for what is not known."""
    return translate("words", "unknown")


def breakable(text: str) -> str:
    """Return text in which a line can end inside a long path or word too."""
    return _LONG.sub(lambda found: "\u200b".join(_PIECES.findall(found[0])), text)


def tip(text: str) -> str:
    """Return imported text for a tool tip: without this Qt would read it as HTML."""
    return f"<qt>{escape(text)}</qt>"


def signed(text: str) -> str:
    """Return a number's text with a real minus sign."""
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


def count(number: int | None) -> str:
    """Return a whole number: "4,812"."""
    return unknown() if number is None else signed(f"{number:,}")


def _three_figures(number: float) -> str:
    size = abs(number)
    places = 2 if round(size, 2) < 10 else 1 if round(size, 1) < 100 else 0  # noqa: PLR2004 - figures
    return f"{number:.{places}f}"


def _scaled(number: float, steps: tuple[tuple[int, str], ...], unit: str = "") -> str:
    for step, letter in steps:
        if abs(number) >= step * 0.9995:  # what rounds up to 1,000 belongs to the next step
            return f"{_three_figures(number / step)} {letter}{unit}"
    return f"{number:.0f}" + (f" {unit}" if unit else "")


def tokens(number: int | None, *, estimated: bool = False) -> str:
    """Return a number of tokens in three figures: "18.2 M", "≈ 18.2 M" if estimated."""
    if number is None:
        return unknown()
    text = signed(_scaled(number, _STEPS))
    return f"{ABOUT} {text}" if estimated else text


def size(bytes_: int | None) -> str:
    """Return a file size: "12.3 MB"."""
    return unknown() if bytes_ is None else _scaled(bytes_, _STEPS, "B")


def minutes(value: float | None) -> str:
    """Return a stretch of time given in minutes: "1 h 35 min", "11.4 h", "under 1 min"."""
    if value is None:
        return unknown()
    sign = MINUS if value < 0 else ""
    span = abs(value)
    if 0 < span < 0.5:  # noqa: PLR2004 - would round to none
        return sign + translate("words", "under 1 min")
    if round(span) >= LONG_MIN:
        return sign + translate("words", "{hours} h").format(hours=f"{span / MINUTES_AN_HOUR:.1f}")
    hours, rest = divmod(round(span), MINUTES_AN_HOUR)
    if not hours:
        return (sign if rest else "") + translate("words", "{minutes} min").format(minutes=rest)
    if not rest:
        return sign + translate("words", "{hours} h").format(hours=hours)
    return sign + translate("words", "{hours} h {minutes} min").format(hours=hours, minutes=rest)


def money(usd: float | None) -> str:
    """Return US dollars: "$141", "$3.46", "under $0.01"."""
    if usd is None:
        return unknown()
    sign = MINUS if usd < 0 else ""
    value = abs(usd)
    if 0 < value < 0.005:  # noqa: PLR2004 - would round to none
        return sign + translate("words", "under $0.01")
    return f"{sign}${value:,.2f}" if round(value, 2) < 100 else f"{sign}${value:,.0f}"  # noqa: PLR2004


def percent(share: float | None) -> str:
    """Return a share of 1 in whole percent: "26 %"."""
    if share is None:
        return unknown()
    if 0 < share < 0.005:  # noqa: PLR2004 - would round to none
        return translate("words", "under 1 %")
    return signed(f"{share * 100:.0f} %")


def moment_of(ts: int, zone: str = "") -> datetime:
    """Return a time given in milliseconds since 1970 as the clock of a zone shows it."""
    return datetime.fromtimestamp(ts / MS, UTC).astimezone(ZoneInfo(zone) if zone else None)


def _today(zone: str) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(zone) if zone else None).date()


def day(ts: int | None, zone: str = "", *, today: date | None = None) -> str:
    """Return a day in a zone ("" the system's): "Tue 3 Mar", with the year if not this year's."""
    if ts is None:
        return unknown()
    moment = moment_of(ts, zone)
    weekday = translate("words", DAYS[moment.weekday()])
    month = translate("words", MONTHS[moment.month - 1])
    text = f"{weekday} {moment.day} {month}"
    this_year = (today or _today(zone)).year
    return text if moment.year == this_year else f"{text} {moment.year}"


def when(ts: int | None, zone: str = "", *, today: date | None = None) -> str:
    """Return a moment in a zone ("" the system's): "Tue 3 Mar 14:05"."""
    if ts is None:
        return unknown()
    return f"{day(ts, zone, today=today)} {moment_of(ts, zone):%H:%M}"


def brief(ts: int, zone: str = "", *, today: date | None = None) -> str:
    """Return a moment in little room: "3 Mar 14:05", "3 Mar 2025" if not this year."""
    moment = moment_of(ts, zone)
    text = f"{moment.day} {translate('words', MONTHS[moment.month - 1])}"
    if moment.year != (today or _today(zone)).year:
        return f"{text} {moment.year}"
    return f"{text} {moment:%H:%M}"


def bytes_of(done: int, all_: int) -> str:
    """Return how much of a size is done: "12.3 MB of 48.2 MB"."""
    return translate("words", "{done} of {all}").format(done=size(done), all=size(all_))


def lately(ts: int | None, zone: str = "", *, today: date | None = None) -> str:
    """Return a moment as a person says it: "today 09:12", "yesterday 23:50", "Tue 3 Mar 14:05"."""
    if ts is None:
        return translate("words", "never")
    moment = moment_of(ts, zone)
    ago = ((today or _today(zone)) - moment.date()).days
    if ago == 0:
        return translate("words", "today {time}").format(time=f"{moment:%H:%M}")
    if ago == 1:
        return translate("words", "yesterday {time}").format(time=f"{moment:%H:%M}")
    return when(ts, zone, today=today)
