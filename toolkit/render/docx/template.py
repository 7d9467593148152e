"""A Word template, read and compiled once: what is filled, what stays, and which way it goes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docxtpl import DocxTemplate
from jinja2 import Template, meta
from jinja2.exceptions import TemplateError as JinjaError
from lxml import etree

from toolkit.errors import TemplateError
from toolkit.messages import Text, text
from toolkit.render import package
from toolkit.render.docx import properties as docx_properties
from toolkit.render.docx.attachments import free_number
from toolkit.render.docx.error_location import place, reason, room
from toolkit.render.docx.grids import with_grids
from toolkit.render.docx.opened import BODY, TYPES, Unfit, opened
from toolkit.render.docx.properties import Properties
from toolkit.render.docx.repair import may_damage
from toolkit.render.docx.styles import with_styles
from toolkit.render.docx.tags import compiled, environment, has_tags, prepare
from toolkit.render.docx.well_formed import always_well_formed
from toolkit.render.package import Part, deflate

__all__ = ["BODY", "RELATIONS", "TYPES", "Source", "WordTemplate", "template"]

RELATIONS = "word/_rels/document.xml.rels"
ORDINARY = frozenset({"image", "link", "subdoc"})
"""Names of what changes other parts of the package; docxtpl's ordinary way offers them."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_CHANGES_GRID = re.compile(r'\{%|w:gridSpan w:val="\{\{')


@dataclass(frozen=True, slots=True)
class Source:
    """One part with tags: Jinja2 source, the compiled template, the part as Word saved it.

    ``proven`` is true when no run of the template can give XML that is not well-formed,
    ``fragile`` when tags may leave a cell or a header without what Word asks for.
    """

    name: str
    text: str
    template: Template
    original: bytes
    proven: bool
    fragile: bool
    head: str = _HEAD
    tail: str = ""


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A compiled template.

    ``parts`` are all parts in the order they are written; of those in ``sources`` and of the
    properties only the name counts. ``ordinary`` says why docxtpl's ordinary way is needed,
    ``None`` if it is not. ``moves_cells`` is true when the grid of a table depends on tags.
    ``number`` is that of the custom XML part for attachments.
    """

    file: Path
    data: bytes
    patch: DocxTemplate
    parts: tuple[Part, ...]
    raw: dict[str, bytes]
    sources: dict[str, Source]
    properties: Properties
    ordinary: Text | None
    moves_cells: bool
    number: int


def template(file: Path, plugin: str) -> WordTemplate:
    """Return the compiled template; it is compiled again when the file has changed.

    Raises:
        TemplateError: the file is missing, not a .docx, or has a broken tag.
    """
    try:
        state = file.stat()
    except OSError as error:
        raise TemplateError(
            plugin, text("the template {file} cannot be read", file=str(file)), str(file)
        ) from error
    return _compiled(file, state.st_mtime_ns, state.st_size, plugin)


@lru_cache(maxsize=64)
def _compiled(file: Path, changed: int, size: int, plugin: str) -> WordTemplate:
    try:
        data = with_styles(opened(file.read_bytes(), file.name))
        patch = DocxTemplate(BytesIO(data))
        raw = package.read(_saved(patch))
    except Unfit as error:
        problem = text("{problem}. {remedy}", problem=error.message, remedy=error.remedy)
        raise TemplateError(plugin, problem, str(file)) from error
    except (OSError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise TemplateError(
            plugin, text("{file} is not a Word document (.docx)", file=file.name), str(file)
        ) from error
    sources = {name: _source(file, plugin, patch, name, xml) for name, xml in _texts(patch, raw)}
    sources = {name: part for name, part in sources.items() if name == BODY or has_tags(part.text)}
    return WordTemplate(
        file=file,
        data=data,
        patch=patch,
        parts=tuple(deflate(name, content) for name, content in raw.items()),
        raw=raw,
        sources=sources,
        properties=_properties(file, plugin, raw),
        ordinary=_why_ordinary(sources),
        moves_cells=_moves_cells(sources[BODY].text, patch),
        number=free_number(tuple(raw)),
    )


def _saved(patch: DocxTemplate) -> bytes:
    """Save the template unfilled: the parts, names and relationships docxtpl would write."""
    document = patch.get_docx()
    _ = document.core_properties  # python-docx adds them to a file that has none
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _texts(patch: DocxTemplate, raw: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return name and XML of each part docxtpl fills, in the form it hands to ``patch_xml``."""
    texts = [(BODY, patch.get_xml())]
    for uri in (patch.HEADER_URI, patch.FOOTER_URI):
        for _, part in patch.get_headers_footers(uri):
            texts.append((str(part.partname).lstrip("/"), patch.get_part_xml(part)))
    notes = "word/footnotes.xml"
    if notes in raw:
        texts.append((notes, raw[notes].decode("utf-8").split("?>", 1)[-1].lstrip()))
    return texts


def _source(file: Path, plugin: str, patch: DocxTemplate, name: str, xml: str) -> Source:
    prepared = prepare(xml, patch)
    original = xml.encode("utf-8")
    try:
        made = compiled(prepared)
        proven = always_well_formed(environment().parse(prepared))
    except JinjaError as error:
        where = place(prepared, original, name)
        raise TemplateError(plugin, reason(error, {}, file.name), f"{file}: {where}") from error
    parts = (name, prepared, made, original, proven, may_damage(prepared))
    if name != BODY:
        return Source(*parts)
    whole = patch.xml_to_string(patch.get_docx().element)
    head = _HEAD + whole[: whole.index("<w:body")] + "<w:body>"
    return Source(*parts, head, "</w:document>")


def _properties(file: Path, plugin: str, raw: dict[str, bytes]) -> Properties:
    part = docx_properties.PART
    try:
        return docx_properties.read(raw.get(part, b""))
    except JinjaError as error:
        raise TemplateError(
            plugin, reason(error, {}, file.name), f"{file}: {room(part)}"
        ) from error


def _why_ordinary(sources: dict[str, Source]) -> Text | None:
    for source in sources.values():
        used = meta.find_undeclared_variables(environment().parse(source.text)) & ORDINARY
        if used:
            return text("{name}() adds a part to the document", name=min(used))
    return None


def _moves_cells(source: str, patch: DocxTemplate) -> bool:
    """Whether the grid of a table is to be mended: once for all, or by what tags do."""
    if any(_CHANGES_GRID.search(table) for table in _TABLE.findall(source)):
        return True
    before = patch.get_xml()
    return bool(patch.xml_to_string(with_grids(before)) != before)
