"""The fast way: fill the parts with tags as text; nothing is parsed into a tree and back."""

from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from docxtpl import DocxTemplate

from toolkit.errors import TemplateError
from toolkit.render.docx.error_location import place, reason
from toolkit.render.docx.grids import with_grids
from toolkit.render.docx.repair import repaired
from toolkit.render.docx.tags import fill, number_drawings
from toolkit.render.docx.template import BODY, Source, WordTemplate


def parts(word: WordTemplate, names: Mapping[str, Any], plugin: str) -> dict[str, str]:
    """Fill every part with tags.

    Returns:
        Part name → XML without a declaration; of the text, from ``w:body`` on.

    Raises:
        TemplateError: says where in the Word file.
    """
    filled = {}
    for name, source in word.sources.items():
        xml = filled_part(word, source, names, plugin, word.patch)
        if name == BODY:
            xml = number_drawings(_with_grids(xml, word))
        filled[name] = xml
    return filled


def filled_part(
    word: WordTemplate,
    source: Source,
    names: Mapping[str, Any],
    plugin: str,
    patch: DocxTemplate,
) -> str:
    """Fill one part and see that it is well-formed: docxtpl would silently drop what is not.

    Raises:
        TemplateError: an unknown name, a forbidden access, any other fault while the
            template runs, or elements that cross.
    """
    try:
        xml = fill(source.template, names, patch)
        if not source.proven:
            expat.ParserCreate().Parse(xml, True)
        if source.fragile:
            xml = repaired(xml)
    except Exception as error:  # a template may raise anything
        where = place(source.text, source.original, source.name, names)
        raise TemplateError(
            plugin, reason(error, names, word.file.name), f"{word.file}: {where}"
        ) from error
    return xml


def _with_grids(xml: str, word: WordTemplate) -> str:
    """Mend the grids of tables whose cells come and go by tags."""
    return str(word.patch.xml_to_string(with_grids(xml))) if word.moves_cells else xml
