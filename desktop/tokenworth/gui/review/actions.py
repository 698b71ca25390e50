"""What Review can be told to do from the menus and the palette; letters stay answers."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from tokenworth.gui.actions import Actions

if TYPE_CHECKING:
    from collections.abc import Callable

translate = QCoreApplication.translate


class Reviewing(Protocol):
    """What the actions ask of the page."""

    def can_skip(self) -> bool:
        """Whether a card of the queue is open."""

    def skip(self) -> None:
        """Leave the open card out."""

    def explain(self) -> None:
        """Explain how a card comes to be drawn."""

    def can_stop(self) -> bool:
        """Whether the open card belongs to a half-week."""

    def stop(self) -> None:
        """Ask whether to stop here."""

    def practise(self) -> None:
        """Begin the practice set."""


def offer_actions(page: Reviewing, actions: Actions) -> None:
    """Put Review's actions in the menu of sessions."""
    rows: tuple[tuple[str, str, str, Callable[[], None], Callable[[], bool] | None], ...] = (
        ("review_skip", translate("Review", "Skip this &card"),
         translate("Review", "Leave the open card out; it is recorded, and not replaced"),
         page.skip, page.can_skip),
        ("review_why", translate("Review", "&Why this one?"),
         translate("Review", "How a card comes to be drawn"), page.explain, page.can_skip),
        ("review_stop", translate("Review", "Stop &here for this half-week…"),
         translate("Review", "Ask no more of this half-week; the rest is shown again"),
         page.stop, page.can_stop),
        ("review_practise", translate("Review", "&Practice set"),
         translate("Review", "Twelve made-up sessions, to see how you and the codes agree"),
         page.practise, None),
    )  # fmt: skip
    for name, text, tip, call, possible in rows:
        actions.add(name, text, "", tip, call, "session", possible)
