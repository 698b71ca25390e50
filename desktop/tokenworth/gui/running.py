"""What goes on while the window is open: imports asked for, imports by the clock, and news."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import ImportSummary, Progress, SourceRow
from tokenworth.gui import words
from tokenworth.gui.asks import Asks
from tokenworth.gui.bars import StatusLine
from tokenworth.gui.imports import Imports, progress_words, summary_words
from tokenworth.gui.messages import Messages

RESCAN_MS: Final = 15_000
LOOK_MS: Final = 2_000
BREATH_MS: Final = 5_000
"""Least time between two rescans, however often the window comes to the front."""


class Running(QObject):
    """Keeps the status line true and the store fresh."""

    sources_asked = Signal()
    leave_demo_asked = Signal()
    still = Signal()
    """Nothing is being written any more."""

    def __init__(
        self, asks: Asks, imports: Imports, status: StatusLine, messages: Messages
    ) -> None:
        super().__init__(status)
        self._asks = asks
        self._imports = imports
        self._status = status
        self._messages = messages
        self._last = ""
        self._told_quietly = ""
        imports.progressed.connect(self._progress)
        imports.finished.connect(self._finished)
        imports.refused.connect(self._refused)
        imports.idle.connect(self.still)
        status.cancelled.connect(self.cancel)
        asks.changed.connect(self.refresh)
        asks.preparing.connect(self._preparing)
        asks.opened.connect(self._opened)
        self.since_rescan = QElapsedTimer()
        self._rescans = QTimer(self, interval=RESCAN_MS)
        self._rescans.timeout.connect(self.rescan)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(asks.look)

    @property
    def busy(self) -> bool:
        """Whether something is being written by an import."""
        return self._imports.busy

    def begin(self, arguments: Sequence[str]) -> None:
        """Start an import, or say why not."""
        if self._asks.path is None:
            self._messages.say(self.tr("No store is open, so nothing can be imported."))
        elif self._asks.demo:
            self._messages.say(
                self.tr("This is sample data. Leave it, then import your own history."),
                self.tr("Leave sample data"),
                self.leave_demo_asked.emit,
                stay=True,
            )
        elif self._imports.begin(self._asks.path, arguments):
            self._status.run(self.tr("Import: looking at the files…"))
        else:
            self._messages.say(self.tr("An import is running; this one can follow it."))

    def rescan(self) -> None:
        """Read what has changed in files imported before, unless something runs."""
        if self.since_rescan.isValid() and self.since_rescan.elapsed() < BREATH_MS:
            return
        if self._asks.path is not None and not self._asks.demo and self._asks.count:
            self.since_rescan.start()
            self._imports.rescan(self._asks.path)

    def cancel(self) -> None:
        """Stop the import after the batch in hand."""
        self._imports.cancel()
        if self._imports.busy and not self._imports.quiet:
            self._status.run(self.tr("Finishing the batch in hand…"), cancellable=False)

    def stop(self) -> None:
        """Start nothing by the clock any more."""
        self._rescans.stop()
        self._looks.stop()

    def rest(self) -> None:
        """Show what was last, if anything was."""
        self._status.rest("")
        self.refresh()

    def refresh(self) -> None:
        """Ask when the last import was, and how many sessions there are."""
        self._asks.ask(lambda library: library.sources(), self._sources)

    def _opened(self) -> None:
        self._last = ""
        self._rescans.start()
        self._looks.start()
        if not self._imports.busy:
            self._status.rest("")

    def _sources(self, rows: Sequence[SourceRow]) -> None:
        last = max((row.last_import_ts for row in rows if row.last_import_ts), default=None)
        if not self._imports.busy or self._imports.quiet:
            self._status.rest(self._rest_words(last))

    def _rest_words(self, last: int | None) -> str:
        if last is None:
            return self.tr("Nothing imported yet")
        said = self.tr("Last import {when}").format(when=words.lately(last))
        return f"{said}: {self._last}" if self._last else said

    def _progress(self, progress: Progress) -> None:
        share = progress.bytes_done / progress.bytes if progress.bytes else None
        self._status.run(
            self.tr("Importing: {progress}").format(progress=progress_words(progress)), share
        )

    def _preparing(self, done: int, all_: int) -> None:
        self._status.run(
            self.tr("Making sample data…"), done / all_ if all_ else None, cancellable=False
        )

    def _finished(self, summary: ImportSummary, quiet: bool) -> None:  # noqa: FBT001 - a signal
        new = sum(source.sessions for source in summary.sources)
        problems = sum(source.problems for source in summary.sources)
        if not quiet or new:
            sessions = self.tr("1 new session") if new == 1 else self.tr("{count} new sessions")
            wrong = self.tr("1 problem") if problems == 1 else self.tr("{count} problems")
            self._last = ", ".join(
                (
                    sessions.format(count=words.count(new)),
                    wrong.format(count=words.count(problems)),
                )
            )
        if not quiet:
            self._status.rest("")
            self._messages.say(
                summary_words(summary),
                self.tr("Sources"),
                self.sources_asked.emit,
                stay=problems > 0,
            )
        self._asks.look()
        self.refresh()

    def _refused(self, refusal: Refusal, quiet: bool) -> None:  # noqa: FBT001 - a signal
        if not quiet:
            self._status.rest("")
        if quiet and str(refusal) == self._told_quietly:
            return  # the clock would say it again every quarter of a minute
        if quiet:
            self._told_quietly = str(refusal)
        self._messages.refuse(refusal)
        self.refresh()
