"""The words of the export dialog: whom it is for, formats, what is taken out, sections."""

from datetime import date

from tokenworth.domain.comparison import Span
from tokenworth.domain.report import Audience, Format
from tokenworth.gui.words import translate


def days_in(span: Span) -> int:
    """Return how many days there are in a period."""
    return (date.fromisoformat(span.last_day) - date.fromisoformat(span.first_day)).days + 1


def kind_of(key: str) -> str:
    """Return what kind of period a key names: quarter, month or days."""
    if ".." in key:
        return "days"
    return "quarter" if "-Q" in key else "month"


def short_name(span: Span) -> str:
    """Return a period's name for a narrow place: "Quarter 4 of 2026, so far"."""
    name = span.name.partition(" (")[0]
    if span.whole:
        return name
    return translate("Export", "{period}, so far").format(period=name)


def audiences() -> tuple[tuple[Audience, str], ...]:
    """Return whom a report can be for."""
    return (
        ("me", translate("Export", "me")),
        ("manager", translate("Export", "my manager")),
        ("public", translate("Export", "anyone")),
    )


def formats() -> tuple[tuple[Format, str], ...]:
    """Return the formats and their names."""
    return (
        ("pdf", translate("Export", "PDF, or print")),
        ("html", "HTML"),
        ("markdown", "Markdown"),
        ("csv", translate("Export", "CSV tables (zip)")),
        ("json", "JSON"),
        ("png", translate("Export", "PNG of charts")),
    )


def redactable() -> tuple[tuple[str, str], ...]:
    """Return what can be taken out."""
    return (
        ("projects", translate("Export", "Project names")),
        ("titles", translate("Export", "Titles")),
        ("paths", translate("Export", "Names of files and branches")),
        ("notes", translate("Export", "Notes and what was learned")),
        ("money", translate("Export", "Money")),
    )


def named_sections() -> tuple[tuple[str, str], ...]:
    """Return the sections."""
    return (
        ("got", translate("Export", "Got")),
        ("burned", translate("Export", "Burned")),
        ("how", translate("Export", "How")),
        ("sure", translate("Export", "How sure")),
        ("charts", translate("Export", "Charts")),
        ("comparison", translate("Export", "Side by side")),
        ("sessions", translate("Export", "Quoted sessions")),
    )


def kinds() -> dict[str, str]:
    """Return what a string can be, in words."""
    return {
        "project": translate("Export", "project"),
        "title": translate("Export", "title"),
        "path": translate("Export", "file or branch"),
        "branch": translate("Export", "branch"),
        "note": translate("Export", "note"),
        "learned": translate("Export", "learned"),
    }
