"""HTML: one self-contained page for an office's web site."""

from toolkit.render.html.templates import fill
from toolkit.render.request import RenderRequest


def render(request: RenderRequest) -> bytes:
    """Make the page: style sheets inside, nothing referred to outside, UTF-8.

    Attachments of the request are left out: a web page stands beside its data file.

    Raises:
        TemplateError: the template is absent, broken, uses an unknown name, or raises.
    """
    return fill(request, "screen").html.encode()
