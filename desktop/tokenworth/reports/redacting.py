"""What is taken out of a report before any format is written: names, titles, paths, secrets."""

from collections.abc import Iterable
from string import ascii_uppercase
from typing import Literal

from tokenworth.domain.report import OwnString, Redaction
from tokenworth.masking import mask
from tokenworth.reports.text import plain

Kind = Literal["project", "title", "path", "note", "learned", "branch"]
NO_PROJECT = "(no project)"


def letters(number: int) -> str:
    """Return A to Z, then AA, AB and so on, for 0, 1 and so on."""
    name = ""
    number += 1
    while number:
        number, place = divmod(number - 1, len(ascii_uppercase))
        name = ascii_uppercase[place] + name
    return name


class Redactor:
    """Gives every string of the person's the form in which it may leave, and notes which do."""

    def __init__(self, redaction: Redaction, projects: Iterable[str]) -> None:
        """Take what to take out, and the projects' names in the order of their pseudonyms."""
        self._redaction = redaction
        named = [name for name in dict.fromkeys(projects) if name]
        self._pseudonyms = {name: f"Project {letters(i)}" for i, name in enumerate(named)}
        self._titles = 0
        self.left: list[OwnString] = []

    def project(self, name: str, where: str) -> str:
        """Return a project's name, or its pseudonym, the same everywhere."""
        if not name:
            return NO_PROJECT
        if self._redaction.projects:
            return self._pseudonyms.setdefault(name, f"Project {letters(len(self._pseudonyms))}")
        return self._leave("project", name, where)

    def title(self, text: str, where: str) -> str:
        """Return a session's title, or a running number."""
        self._titles += 1
        if self._redaction.titles:
            return f"Session {self._titles}"
        return self._leave("title", text, where) or "(no title)"

    def path(self, text: str, where: str) -> str:
        """Return the name of a file or branch; "" where they are taken out."""
        return "" if self._redaction.paths else self._leave("path", text, where)

    def note(self, text: str, where: str, kind: Literal["note", "learned"] = "note") -> str:
        """Return the person's own words; "" where they are taken out."""
        return "" if self._redaction.notes else self._leave(kind, text, where)

    def _leave(self, kind: Kind, text: str, where: str) -> str:
        shown = mask(plain(text))
        if shown:
            self.left.append(OwnString(kind, shown, where))
        return shown
