"""Imports, each in a process of its own: the window stays quick, and no crash there is one here."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

import tokenworth
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.views import ImportSummary, Progress
from tokenworth.gui import words

PROGRAM: Final = (sys.executable, "-m", "tokenworth")
PATIENCE_MS: Final = 10_000
"""A cancelled import that goes on for longer is killed; its last batch is undone whole."""

translate = QCoreApplication.translate


def progress_words(progress: Progress) -> str:
    """Return how far an import is, in words."""
    files = translate("imports", "{done} of {all} files").format(
        done=words.count(progress.files_done), all=words.count(progress.files)
    )
    return f"{files}, {words.bytes_of(progress.bytes_done, progress.bytes)}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{words.count(number)} {one if number == 1 else many}"


def summary_words(summary: ImportSummary) -> str:
    """Return what an import did, in words."""
    total = {
        field: sum(getattr(source, field) for source in summary.sources)
        for field in ("sessions", "messages", "duplicates", "problems")
    }
    said = [
        _counted(
            total["sessions"],
            translate("imports", "new session"),
            translate("imports", "new sessions"),
        ),
        _counted(
            total["messages"], translate("imports", "message"), translate("imports", "messages")
        ),
        _counted(
            total["duplicates"],
            translate("imports", "copy left out"),
            translate("imports", "copies left out"),
        ),
        _counted(
            total["problems"], translate("imports", "problem"), translate("imports", "problems")
        ),
    ]
    text = ", ".join(said)
    return (
        translate("imports", "Cancelled: {done}").format(done=text) if summary.cancelled else text
    )


class ImportRun(QObject):
    """One import, from its start to its summary or refusal."""

    progressed = Signal(object)
    """A Progress."""
    finished = Signal(object)
    """The ImportSummary, after the process has ended."""
    refused = Signal(object)
    """The Refusal, after the process has ended."""

    def __init__(
        self,
        store: Path,
        arguments: Sequence[str],
        parent: QObject | None = None,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        super().__init__(parent)
        self._answer: ImportSummary | Refusal | None = None
        self._rest = b""
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_environment())
        self._process.setProgram(program[0])
        self._process.setArguments(
            [*program[1:], "import", "--store", str(store), "--progress", *arguments]
        )
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._no_start)

    def start(self) -> None:
        """Begin."""
        self._process.start()

    def cancel(self) -> None:
        """Ask it to stop after the batch in hand, which is kept."""
        self._process.write(b"cancel\n")
        QTimer.singleShot(PATIENCE_MS, self, self._process.kill)

    def _read(self) -> None:
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            if line.strip():
                self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            told: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
            if "progress" in told:
                self.progressed.emit(msgspec.convert(told["progress"], Progress))
            elif "summary" in told:
                self._answer = msgspec.convert(told["summary"], ImportSummary)
            elif "refusal" in told:
                refusal = msgspec.convert(told["refusal"], dict[str, str])
                self._answer = Refusal(refusal["words"], refusal.get("mend", ""))
        except (msgspec.DecodeError, KeyError):
            return  # a stray print of a library is no reason to lose the import's own words

    def _end(self) -> None:
        self._read()
        if self._rest.strip():
            self._take(self._rest)
        if isinstance(self._answer, ImportSummary):
            self.finished.emit(self._answer)
        else:
            self.refused.emit(self._answer or self._stopped())

    def _no_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.refused.emit(self._stopped())

    def _stopped(self) -> Refusal:
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip()
        refusal = Refusal(
            self.tr("The import stopped before its end."),
            self.tr("What was read is kept; import again."),
        )
        refusal.add_note(said[-4000:])
        return refusal


class Imports(QObject):
    """The import that runs, if one does: those a person asked for go before those by the clock."""

    started = Signal()
    progressed = Signal(object)
    finished = Signal(object, bool)
    """The ImportSummary, and whether it was one by the clock."""
    refused = Signal(object, bool)
    idle = Signal()
    """Nothing runs any more."""

    def __init__(self, parent: QObject | None = None, program: Sequence[str] = PROGRAM) -> None:
        super().__init__(parent)
        self._program = program
        self._run: ImportRun | None = None
        self._next: tuple[Path, list[str]] | None = None
        self.quiet = False
        """Whether the import that runs is one by the clock."""

    @property
    def busy(self) -> bool:
        """Whether an import runs."""
        return self._run is not None

    def begin(self, store: Path, arguments: Sequence[str]) -> bool:
        """Start an import. Returns False if one that a person asked for runs already."""
        if self._run is not None and not self.quiet:
            return False
        if self._run is not None:
            self._next = (store, list(arguments))
            self._run.cancel()
            return True
        self._start(store, arguments, quiet=False)
        return True

    def rescan(self, store: Path) -> None:
        """Read what has changed, without a word, unless an import runs."""
        if self._run is None:
            self._start(store, ["--only-changed"], quiet=True)

    def cancel(self) -> None:
        """Stop after the batch in hand."""
        self._next = None
        if self._run is not None:
            self._run.cancel()

    def _start(self, store: Path, arguments: Sequence[str], *, quiet: bool) -> None:
        self.quiet = quiet
        self._run = ImportRun(store, arguments, self, self._program)
        if not quiet:
            self._run.progressed.connect(self.progressed)
        self._run.finished.connect(self._finished)
        self._run.refused.connect(self._refused)
        self.started.emit()
        self._run.start()

    def _finished(self, summary: ImportSummary) -> None:
        quiet = self._clear()
        self.finished.emit(summary, quiet)
        self._go_on()

    def _refused(self, refusal: Refusal) -> None:
        quiet = self._clear()
        self.refused.emit(refusal, quiet)
        self._go_on()

    def _clear(self) -> bool:
        if self._run is not None:
            self._run.deleteLater()
        self._run = None
        return self.quiet

    def _go_on(self) -> None:
        if self._next is not None:
            (store, arguments), self._next = self._next, None
            self._start(store, arguments, quiet=False)
        else:
            self.idle.emit()


def _environment() -> QProcessEnvironment:
    """Return our environment, with this very package first: from a checkout it is not installed."""
    environment = QProcessEnvironment.systemEnvironment()
    here = str(Path(tokenworth.__file__).parents[1])
    others = environment.value("PYTHONPATH")
    environment.insert("PYTHONPATH", os.pathsep.join([here, others]) if others else here)
    environment.insert("PYTHONIOENCODING", "utf-8")
    return environment
