"""What stands round every place: banner, top bar, rail, status line, and where things are said."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tokenworth.gui.bars import Banner, Rail, StatusLine, TopBar, blank
from tokenworth.gui.messages import Messages
from tokenworth.gui.pages import Place
from tokenworth.gui.theme import Theme


class Frame(QWidget):
    """The window's central widget; each place has words to show until its page is made."""

    def __init__(self, places: Sequence[Place], theme: Theme) -> None:
        super().__init__()
        translate = QCoreApplication.translate
        self.top = TopBar()
        self.banner = Banner()
        self.banner.hide()
        self.rail = Rail(
            [(place.name, translate("Window", place.title), place.key) for place in places]
        )
        self.status = StatusLine()
        self.stack = QStackedWidget()
        self.blanks = {place.name: blank(self.tr("Reading…")) for place in places}
        for page in self.blanks.values():
            self.stack.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.messages = Messages(self.stack, theme)
        self.stack.currentChanged.connect(self.messages.raise_)  # a page shown anew covers it
