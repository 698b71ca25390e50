"""The actions chosen last, the latest first; kept in the store, for they tell of its owner."""

from typing import Final

import msgspec

from tokenworth.gui.asks import Asks

MOST: Final = 12
SETTING: Final = "recent_actions"


class Recent:
    """Names of actions."""

    def __init__(self, asks: Asks) -> None:
        self._asks = asks
        self.names: list[str] = []

    def load(self) -> None:
        """Take those of the store that was opened."""
        self._asks.ask(lambda library: library.setting(SETTING), self._take)

    def add(self, name: str) -> None:
        """Put a name first, and keep it."""
        self.names = [name, *(other for other in self.names if other != name)][:MOST]
        self._asks.keep(SETTING, msgspec.json.encode(self.names).decode())

    def _take(self, setting: str | None) -> None:
        try:
            self.names = msgspec.json.decode(setting or "[]", type=list[str])
        except msgspec.DecodeError:
            self.names = []
