"""A report as the bytes of each format that is written, not drawn."""

from tokenworth.domain.report import Format, Report


def written(report: Report, form: Format) -> bytes:
    """Return a report as one file. Raises ValueError for PDF and PNG, which gui/paper draws."""
    from tokenworth.reports import csvs, html, jsons, markdown  # noqa: PLC0415 -- once one is asked

    if form == "csv":
        return csvs.archive(report)
    if form == "html":
        return html.html(report).encode()
    if form == "markdown":
        return markdown.markdown(report).encode()
    if form == "json":
        return jsons.document(report).encode()
    raise ValueError(form)
