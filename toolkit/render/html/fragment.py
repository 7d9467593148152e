"""HTML fragment: a bare piece to paste into an office's content management system."""

from toolkit.render.html.templates import fill
from toolkit.render.request import RenderRequest


def render(request: RenderRequest) -> bytes:
    """Make the piece: no head, no script, no class; every style stands on its element.

    Raises:
        TemplateError: the template is absent, broken, uses an unknown name, or raises.
    """
    return fill(request, "fragment").html.encode()
