"""The lower lane of the paired chart: net time where it may be told, else the bounds of M7."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tokenworth.domain.views import Week
from tokenworth.gui.charts import net_words
from tokenworth.gui.charts.axes import Tick, runs, share_ticks, time_ticks
from tokenworth.gui.charts.marks import Bounds, RunWords, Span
from tokenworth.gui.charts.net import NetBar, NetBars, net_bar, net_range
from tokenworth.gui.charts.sentences import tr
from tokenworth.gui.theme import Theme

if TYPE_CHECKING:
    from tokenworth.gui.charts.screen import ScreenItem

SHARES: Final = (-0.04, 1.08)
TICK_PX: Final = 26
EDGE_PX: Final = 10


class Lane:
    """What is drawn in the lane, on which scale, under which words."""

    def __init__(self, theme: Theme) -> None:
        small = theme.font("small")
        self.bounds = Bounds(theme)
        self.unseen = RunWords(theme, small, "muted", tr("none"))
        self.net = NetBars(theme, in_slots=True)
        self.undrawn = RunWords(theme, small, "muted", tr("none"))
        self.few = RunWords(theme, small, "muted", "")
        self.items: tuple[ScreenItem, ...] = (
            self.bounds,
            self.unseen,
            self.net,
            self.undrawn,
            self.few,
        )
        self.tells_net = False
        self.span = SHARES

    def show(self, weeks: Sequence[Week]) -> None:
        """Draw weeks: net time as soon as that of one week may be shown."""
        bars = _net_bars(weeks)
        self.tells_net = bool(bars)
        self.span = net_range(bars) if bars else SHARES
        self.net.set_bars(bars)
        said = [net_words.lane_words(week) if bars else "" for week in weeks]
        is_drawn = [week.net is not None for week in weeks]
        self.few.set_runs(
            runs(["" if not drawn else text for text, drawn in zip(said, is_drawn, strict=True)])
        )
        self.undrawn.set_runs(
            runs(["" if drawn else text for text, drawn in zip(said, is_drawn, strict=True)])
        )
        self.bounds.set_spans([] if bars else _spans(weeks))
        self.unseen.set_runs(runs([] if bars else _unseen(weeks)))

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Return title and a quieter remark, for much room, for less, and for little."""
        if not self.tells_net:
            return ((tr("Share of attention now in use, at least and at most"), ""),)
        title = tr("Net time a week, as told, with its 95 % interval")
        return (
            (title, tr("It does not cover wrong by-hand times, wrong attention, missing imports.")),
            (title, tr("Not covered: wrong times, missing imports.")),
            (title, tr("Covers chance only.")),
            (tr("Net time a week, as told"), tr("Covers chance only.")),
        )

    def ticks(self, height: float) -> list[Tick]:
        """Return the ticks of the lane's axis at a height in pixels."""
        if self.tells_net:
            low, high = self.span
            least = low + (high - low) * EDGE_PX / max(height, 1.0)  # under it is the strip's label
            ticks = time_ticks(low, high, max(2, int(height / TICK_PX)))
            return [tick for tick in ticks if tick.value >= least or not tick.value]
        shares = share_ticks()
        return shares[::2] if height < len(shares) * TICK_PX else shares


def _net_bars(weeks: Sequence[Week]) -> list[NetBar]:
    found = (
        net_bar(index, week.net, week.coverage.attention_min) for index, week in enumerate(weeks)
    )
    return [bar for bar in found if bar is not None]


def _spans(weeks: Sequence[Week]) -> list[Span]:
    told = [(index, week.bounds) for index, week in enumerate(weeks) if week.coverage.answered]
    return [
        Span(index, bounds.low, bounds.high)
        for index, bounds in told
        if bounds.low is not None and bounds.high is not None
    ]


def _unseen(weeks: Sequence[Week]) -> list[str]:
    nobody = tr("none looked at")
    return [
        nobody if week.coverage.sessions and not week.coverage.answered else "" for week in weeks
    ]
