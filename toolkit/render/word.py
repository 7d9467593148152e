"""The Word document: its template is read for what would be lost, and filled if nothing would."""

from toolkit.render.docx import document
from toolkit.render.lint.refuse import refuse
from toolkit.render.names import context
from toolkit.render.request import RenderRequest


def render(request: RenderRequest, ordinary: bool = False) -> bytes:
    """Build the document; see `toolkit.render.docx.document.render`.

    Raises:
        TemplateError: the template is missing, or ``plugins check`` finds errors in it.
        EnvironmentFault: charts cannot be drawn: no matplotlib, or no font for a character.
    """
    file, names = document.template_of(request), context(request.view)
    refuse(file, request, names)
    return document.filled(file, names, request, ordinary)
