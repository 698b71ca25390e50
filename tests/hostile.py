"""Texts that would act if a format took them for more than words: picked by hand, and made up."""

from collections.abc import Callable
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
    "[click](https://a.example)", "![p](file:///etc/passwd)", "<a href='//b'>x</a>",
    "</title></style><iframe>", "]]> --> <!--", "| a | b |", "# head", "> quote", "1. one",
    "www.a.example", "https://a.example", "a@b.example", "<https://a.example>", "&lt;b&gt; &#60;",
    "=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(1)", "\t=1", "\r=1", "\uff1d1+1", "\u202eevil\u202c",
    "\x1b[31mred\x1b[0m\x07", "\x00nul", "a\nb\r\nc", "`code`", "*b* _i_ ~s~", "a" * 400, "\ud800",
    "mailto:a@b.example", "file:///etc/passwd", "(/URI (x))", ") Tj /JavaScript (",
    "\\) >> /Launch", "{\\rtf1}", "%PDF-1.4 endobj", "endstream endobj 1 0 obj << /OpenAction",
    "\u202eevil", "\x00\x1b[31m", "a" * 3000,
)  # fmt: skip
PIECES = (
    "<", ">", "</", "/>", "&", '"', "'", "(", ")", "\\", "[", "]", "{", "}", "%", "#", "!", "|",
    "=", "\n", "\r", "\t", "\x00", "\x1b", "<<", ">>", "script", "svg", "href=", "onload=", "style",
    "javascript:", "https://a.example", "www.a", "@", "/JS ", "/JavaScript ", "/Launch ", "/URI ",
    "/OpenAction ", "/AA ", "/EmbeddedFile ", "/RichMedia ", "/SubmitForm ", "/GoToR ", "/Annots ",
    "/S ", "/A ", "endobj ", "endstream ", "1 0 obj ", "stream\n", "xref\n", "trailer ", "(a) Tj ",
    "]]>", "-->", "<!--", "<?xpacket", "\u202e", "\ufeff", "\ufffc", "\ud800",
)  # fmt: skip
"""What HTML, Markdown, tables, XML and PDF are made of."""
TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(PIECES) | st.text(max_size=6), max_size=10
).map("".join)


def hostile(test: Callable[..., None]) -> Any:
    """Try the texts picked by hand, then 500 made up."""
    for text in HOSTILE:
        test = example(text)(test)
    return settings(max_examples=500, deadline=None)(given(TEXTS)(test))
