"""A report as a Word document, through a .docx template with docxtpl's tags.

A template is compiled once; a report then fills only the parts with tags and writes them
beside the others, which stay deflated. A template that adds parts of its own (pictures,
links, whole documents) takes docxtpl's ordinary way. Both give the same document.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.errors import TemplateError
from toolkit.messages import Text, text
from toolkit.render import package
from toolkit.render.charts import pictures as chart_pictures
from toolkit.render.docx import attachments, fast, landscape, properties, signature, template
from toolkit.render.docx import charts as docx_chart
from toolkit.render.docx import ordinary as docx_ordinary
from toolkit.render.docx.error_location import reason, room
from toolkit.render.docx.styles import PART as STYLES
from toolkit.render.docx.template import BODY, WordTemplate
from toolkit.render.names import context
from toolkit.render.package import deflate
from toolkit.render.request import RenderRequest


def render(request: RenderRequest, ordinary: bool = False) -> bytes:
    """Make the document.

    Args:
        request: its ``template`` is a .docx of one of its folders.
        ordinary: take docxtpl's ordinary way in any case; the document is the same.

    Returns:
        A whole .docx. Equal requests give equal bytes.

    Raises:
        TemplateError: the template is missing or at fault; says where in the Word file.
        EnvironmentFault: charts cannot be drawn: no matplotlib, or no font for a character.
    """
    return filled(template_of(request), context(request.view), request, ordinary)


def filled(
    file: Path, names: Mapping[str, object], request: RenderRequest, ordinary: bool = False
) -> bytes:
    """Fill a template that was looked up already, with names that are there already."""
    word = template.template(file, request.plugin)
    chart_pictures.drawn(request.view, "png")  # a lack of fonts is no fault of the template
    if ordinary or word.ordinary is not None:
        made = docx_ordinary.parts(word, names, request.plugin, request.folders)
    else:
        parts = fast.parts(word, names, request.plugin)
        made = {name: _whole(word, name, xml) for name, xml in parts.items()}
    return _assembled(word, made, names, request)


def ordinary_way(file: Path, plugin: str) -> Text | None:
    """Return why a template cannot be filled the fast way; ``None`` if it can.

    Raises:
        TemplateError: the template is missing or has a broken tag.
    """
    return template.template(file, plugin).ordinary


def template_of(request: RenderRequest) -> Path:
    """Find the template in the first folder that has it.

    Raises:
        TemplateError: there is none.
    """
    for folder in request.folders:
        file = _below(folder, request.template)
        if file is not None and file.is_file():
            return file
    raise TemplateError(
        request.plugin,
        text("there is no template {name!r}", name=request.template),
        ", ".join(map(str, request.folders)),
    )


@lru_cache(maxsize=256)
def _below(folder: Path, name: str) -> Path | None:
    """Return the path, unless it leads out of the folder."""
    file = (folder / name).resolve()
    return file if file.is_relative_to(folder.resolve()) else None


def _whole(word: WordTemplate, name: str, xml: str) -> bytes:
    """Add declaration and root. Namespaces are declared at the root, not again at the body."""
    source = word.sources[name]
    if name == BODY:
        xml = xml[xml.index(">") + 1 :]
    return f"{source.head}{xml}{source.tail}".encode()


def _assembled(
    word: WordTemplate, made: dict[str, bytes], names: Mapping[str, Any], request: RenderRequest
) -> bytes:
    """Put made and unchanged parts together: properties, attachments, in the template's order."""
    made[properties.PART] = _properties(word, names, request)
    if BODY in made:
        made[BODY] = signature.centred(made[BODY])
    if request.view.charts:
        made.update(_charts(word, made, request))
    if any(table.landscape for table in request.view.tables.values()):
        made.update(landscape.turn(made, word.raw))
    if request.attachments:
        made.update(_attached(word, made, request))
    kept = {part.name for part in word.parts}
    parts = [deflate(p.name, made[p.name]) if p.name in made else p for p in word.parts]
    parts += [deflate(name, made[name]) for name in sorted(made.keys() - kept)]
    return package.write(parts)


def _properties(word: WordTemplate, names: Mapping[str, Any], request: RenderRequest) -> bytes:
    try:
        return word.properties.fill(names, request.date).encode()
    except Exception as error:  # a template may raise anything
        problem = reason(error, names, word.file.name)
        where = f"{word.file}: {room(properties.PART)}"
        raise TemplateError(request.plugin, problem, where) from error


def _charts(word: WordTemplate, made: dict[str, bytes], request: RenderRequest) -> dict[str, bytes]:
    """Return the parts that charts need, new and changed."""
    charts, body = request.view.charts, made[BODY]
    for chart in charts:
        if f'r:embed="{docx_chart.relation(chart)}"'.encode() not in body:
            raise chart_pictures.forgotten(chart, request)
    changed = (template.TYPES, template.RELATIONS, STYLES)
    old = [made.get(name, word.raw[name]) for name in changed]
    pictures, *new = docx_chart.parts(charts, chart_pictures.drawn(request.view, "png"), *old)
    return {**pictures, **dict(zip(changed, new, strict=True))}


def _attached(
    word: WordTemplate, made: dict[str, bytes], request: RenderRequest
) -> dict[str, bytes]:
    types, relations = template.TYPES, template.RELATIONS
    announced = attachments.announced(
        made.get(types, word.raw[types]), made.get(relations, word.raw[relations]), word.number
    )
    document = made[BODY].decode()
    files = attachments.parts(request.attachments, document, word.number)
    return {types: announced[0], relations: announced[1], **files}
