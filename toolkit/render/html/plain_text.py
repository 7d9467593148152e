"""Plain text: the whole report to read anywhere, to paste, to search, to compare."""

import re
from html import unescape

from toolkit.render.html.templates import fill
from toolkit.render.request import RenderRequest

_EMPTY = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
"""More than one empty line, as blocks without content leave."""


def render(request: RenderRequest) -> bytes:
    r"""Make the text: UTF-8 with ``\n`` line ends, tables as lines of cells between bars.

    Every place of a table's grid has its cell; the places that a span covers are empty.

    Raises:
        TemplateError: the template is absent, broken, uses an unknown name, or raises.
    """
    words = unescape(fill(request, "text").html)  # templates escape for HTML
    return (_EMPTY.sub("\n\n", words).strip("\n") + "\n").encode()
