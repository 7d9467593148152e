"""A format of the plugin's own: the report as plain text."""

from toolkit import RenderRequest


def render(request: RenderRequest) -> bytes:
    """Write title, headings and paragraphs, a line each."""
    lines = [request.view.title]
    for section in request.view.sections:
        lines += [section.heading, *(paragraph.text for paragraph in section.paragraphs)]
    return ("\n".join(lines) + "\n").encode()
