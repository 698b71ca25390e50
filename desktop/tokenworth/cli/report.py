"""`report`: the export dialog's job, without a display."""

import argparse
import os
import sys
from typing import Any

from tokenworth.cli.opening import opened
from tokenworth.cli.output import say, say_json
from tokenworth.cli.statuses import DONE
from tokenworth.domain.refusal import Refusal
from tokenworth.domain.report import REDACTIONS, SUFFIXES, Format, Report, ReportRequest
from tokenworth.preflight import check
from tokenworth.reports.written import written
from tokenworth.workflows.saving import save


def report(options: argparse.Namespace) -> int:
    """Write a report, or print it."""
    with opened(options) as library:
        if options.periods:
            found = library.report_periods()
            if options.json:
                say_json({"periods": found})
            else:
                say("\n".join(f"{span.key:24} {span.name}" for span in found) or "None yet.")
            return DONE
        made = library.report(_request(options, library))
    if options.strings:
        _tell_strings(made, as_json=options.json)
        return DONE
    form = _format(options)
    if form == "png":
        return _save_pictures(made, options)
    content = _content(made, form, options)
    if options.out is None:
        if form in ("pdf", "csv"):
            raise Refusal(f"A {form} needs a file.", "Name one with --out.")
        say(content.decode())
    else:
        save(options.out, content)
        sys.stderr.write(f"Written: {options.out}\n")
    return DONE


def _request(options: argparse.Namespace, library: Any) -> ReportRequest:
    period = options.period
    if period is None:
        found = library.report_periods()
        if not found:
            raise Refusal(
                "There is nothing in the store yet.", "`import` reads what is found here."
            )
        period = found[0].key
    return ReportRequest(
        period=period,
        compare=options.compare,
        audience=options.audience,
        redaction=options.redact or REDACTIONS[options.audience],
        sections=options.sections,
        usage=not options.no_usage,
        quoted=tuple(library.find(prefix)[1] for prefix in options.quote),
        paper=options.paper,
    )


def _tell_strings(made: Report, *, as_json: bool) -> None:
    if as_json:
        say_json({"strings": made.own_strings})
        return
    say(
        "\n".join(f"{one.kind:10} {one.text}  ({one.where})" for one in made.own_strings) or "None."
    )


def _format(options: argparse.Namespace) -> Format:
    if options.format:
        chosen: Format = options.format
        return chosen
    if options.json:
        return "json"
    suffix = options.out.suffix.lower() if options.out else ""
    named: dict[str, Format] = {end: form for form, end in SUFFIXES.items()}
    named[".htm"] = "html"
    if suffix and suffix not in named:
        raise Refusal(f"{options.out.name} tells no format.", "Choose one with --format.")
    return named.get(suffix, "markdown")


def _content(made: Report, form: Format, options: argparse.Namespace) -> bytes:
    if form == "pdf":
        drawn: bytes = _paper().pdf(made, options.paper)
        return drawn
    return written(made, form)


def _paper() -> Any:
    """Return what draws, offscreen. Raises Refusal where Qt's system libraries are missing."""
    missing = check(window=False)
    if missing is not None:
        raise Refusal(missing.words, "HTML, Markdown, CSV and JSON need none of them.")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tokenworth.gui import paper  # noqa: PLC0415 -- Qt is loaded for PDF and PNG alone

    paper.ready()
    return paper


def _save_pictures(made: Report, options: argparse.Namespace) -> int:
    if options.out is None or not options.out.is_dir():
        raise Refusal("Pictures need a folder.", "Name one with --out.")
    drawn = _paper()
    for one in made.pictures:
        path = options.out / f"{one.key}.png"
        save(path, drawn.png(one))
        sys.stderr.write(f"Written: {path}\n")
    return DONE
