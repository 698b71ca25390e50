"""What is known at the line being read: the thread, the time, and what went wrong."""

from typing import Any

from tokenworth.domain.records import Problem
from tokenworth.importers.codex.records import Record
from tokenworth.importers.codex.told import Told
from tokenworth.reading.times import milliseconds


class Log:
    """The lines of one file, as they are read."""

    def __init__(self, name: str, line: int, told: Told) -> None:
        self.line = line  # lines read so far
        self.told = told
        self.problems: list[Problem] = []
        self._name = name
        self._stamp: Any = None  # the time last parsed, as text and as number
        self._ms = 0

    def problem(self, kind: str, words: str) -> None:
        """Note a problem of the line being read."""
        self.problems.append(Problem(self.line, kind, words))

    def once(self, kind: str, what: str) -> None:
        """Note once a file what was passed over."""
        if what not in self.told.reported:
            self.told.reported.append(what)
            self.problem(kind, f"{what}: passed over, all others were kept")

    def named(self) -> Told:
        """Return the thread; it is called after the file where nothing else names it."""
        if not self.told.key:
            self.told.named_by(self._name)
        return self.told

    def replayed(self, record: Record) -> bool:
        """Whether the file itself says that a record is a copy of the parent's."""
        ordinal = record.ordinal
        return type(ordinal) is int and ordinal < self.told.start

    def now(self, record: Record) -> int | None:
        """Return a record's time, None if it has none."""
        stamp = record.timestamp
        if stamp != self._stamp or type(stamp) is not str:
            ms = milliseconds(stamp)
            if ms is None:
                return None
            self._stamp, self._ms = stamp, ms
        self.told.ts = self._ms
        return self._ms

    def time(self, record: Record) -> int | None:
        """Return the time of a record, else that of the record before."""
        ts = self.now(record)
        if ts is not None:
            return ts
        if not self.told.ts:
            self.problem("no time", "the record has no time and was left out")
            return None
        self.problem("no time", "the record has no time and got that of the record before it")
        return self.told.ts
