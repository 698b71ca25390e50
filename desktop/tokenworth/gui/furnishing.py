"""What a window that is already seen is furnished with: colours, the store, and the last resort."""

from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from tokenworth import places
from tokenworth.gui.asks import Asks
from tokenworth.gui.icons import app_icon
from tokenworth.gui.messages import Faults
from tokenworth.gui.single import Stores
from tokenworth.gui.theme import Look, Theme
from tokenworth.gui.window import Window
from tokenworth.gui.worker import Worker

LOOKS: Final[tuple[Look, ...]] = ("light", "dark", "system")


def furnish(app: QApplication, window: Window, stores: Stores, settings: QSettings) -> Asks:
    """Dress and furnish a window; nothing is opened yet."""
    theme = Theme(app)
    look = settings.value("look", "system")
    theme.apply(app, look if look in LOOKS else "system")
    app.setWindowIcon(QIcon(app_icon()))
    asks = Asks(Worker(app), parent=app)
    faults = Faults(places.log_path(), window)
    faults.install()
    asks.failed.connect(faults.report)
    window.furnish(asks, theme, stores)
    return asks
