"""The formats there are from the start, offered through the same hook as any other."""

from toolkit.hookspecs import hookimpl
from toolkit.province import Format

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE = "national/report.html"


@hookimpl
def formats() -> tuple[Format, ...]:
    """Word, PDF, a web page, a bare piece of a web page, and plain text."""
    return (
        Format("docx", ".docx", _WORD, "toolkit.render.word", "national/report.docx"),
        Format(
            "pdf", ".pdf", "application/pdf", "toolkit.render.pdf.document", _PAGE, shares="html"
        ),
        Format("html", ".html", "text/html", "toolkit.render.html.page", _PAGE),
        Format(
            "html-fragment",
            ".fragment.html",
            "text/html",
            "toolkit.render.html.fragment",
            "national/fragment.html",
        ),
        Format(
            "text", ".txt", "text/plain", "toolkit.render.html.plain_text", "national/report.txt"
        ),
    )
