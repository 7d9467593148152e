"""Filling one XML part of a Word template: what docxtpl does, with data that stays data."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template

from toolkit.render.docx import dashes, quotes, slots, texts
from toolkit.render.docx.looks import look
from toolkit.render.sandbox import Sandbox
from toolkit.render.typesetting.title import title_lines

TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
"""A whole tag of Jinja2; splitting by it gives text and tags in turn."""
SCOPE = re.compile(r"(\{[{%#])(tr|tc|p|r)(?=[\s-])")
"""docxtpl's letter at the start of a tag."""
_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_SIGNS = "\n\t\a\f"
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*(")')
_FIRST_DRAWING_ID = 1001
_TITLE_WIDTH = 19
"""Ems of a title line; 20 fit, but a face that stands in may have wide digits."""


@lru_cache(maxsize=1)
def environment() -> Sandbox:
    """Return the environment of all Word templates."""
    sandbox = Sandbox(finalize=slots.in_text)
    sandbox.filters["balanced"] = balanced
    sandbox.globals["look"] = look
    sandbox.globals.update(slots.GLOBALS)
    texts.of_text_alone(sandbox)
    return sandbox


def compiled(source: str) -> Template:
    """Compile prepared source; what it prints is looked at, see `slots`."""
    sandbox = environment()
    code = sandbox.compile(texts.joined_seen(slots.guarded(sandbox.parse(source))))
    return sandbox.template_class.from_code(sandbox, code, sandbox.globals)


def balanced(title: str, width: int = _TITLE_WIDTH) -> str:
    """Break a title over lines of like length, ``width`` in ems: ``{{ title|balanced }}``."""
    return "\n".join(title_lines(title, width))


def prepare(xml: str, patch: DocxTemplate) -> str:
    """Make Jinja2 source of a part as Word saved it.

    ``patch`` lends docxtpl's ``patch_xml``. Its escapes for literal braces (``{_{`` …) are
    resolved here and not in the finished text, where they might be data.
    """
    plain = quotes.protect(dashes.kept(dashes.joined(xml)))
    pieces = TAG.split(quotes.restore(patch.patch_xml(plain)))
    pieces[::2] = map(_literal_braces, pieces[::2])
    pieces[1::2] = map(_unescaped, pieces[1::2])
    return "".join(pieces)


def a_tag_a_line(source: str) -> tuple[str, list[str]]:
    """Put each tag of prepared source on a line of its own; the lines' tags, from line 2."""
    pieces = TAG.split(source)
    tags = [" ".join(tag.split("\n")) for tag in pieces[1::2]]
    texts = [piece.replace("\n", " ") for piece in pieces[::2]]
    whole = texts[0] + "".join(f"\n{tag}{rest}" for tag, rest in zip(tags, texts[1:], strict=True))
    return whole, tags


def _unescaped(tag: str) -> str:
    """Resolve the references that ``patch_xml`` leaves: quotes stand so in attributes."""
    return tag.replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")


def _literal_braces(text: str) -> str:
    for written, meant in _BRACES.items():
        if written in text:
            text = text.replace(written, f'{{{{ "{meant}" }}}}')
    return text


def has_tags(source: str) -> bool:
    """Whether there is anything to fill."""
    return "{{" in source or "{%" in source or "{#" in source


def fill(template: Template, names: Mapping[str, Any], patch: DocxTemplate) -> str:
    """Run a prepared part and finish it as docxtpl does: line breaks and tabs become elements."""
    return _listings(template.render(names), patch)


def _listings(xml: str, patch: DocxTemplate) -> str:
    """Resolve line feeds, tabs and docxtpl's signs, in the paragraphs that have any."""
    sign = _next_sign(xml, 0)
    if sign < 0:
        return xml
    if "<w:txbxContent" in xml:  # paragraphs within paragraphs: docxtpl's own order decides
        return _PARAGRAPH.sub(lambda found: str(patch.resolve_listing(found.group())), xml)
    pieces: list[str] = []
    done = 0
    while sign >= 0:
        start = max(xml.rfind("<w:p>", done, sign), xml.rfind("<w:p ", done, sign))
        end = xml.find("</w:p>", sign) + len("</w:p>")
        if start < 0 or end < len("</w:p>"):
            start = end = sign + 1
        pieces += (xml[done:start], str(patch.resolve_listing(xml[start:end])))
        done = end
        sign = _next_sign(xml, done)
    return "".join((*pieces, xml[done:]))


def _next_sign(xml: str, start: int) -> int:
    """Find the next sign from a place on; ``-1`` if there is none. Quicker than an expression."""
    return min((at for sign in _SIGNS if (at := xml.find(sign, start)) >= 0), default=-1)


def number_drawings(xml: str) -> str:
    """Return each drawing an id of its own, as docxtpl numbers them: 1001, 1002 …."""
    if "<wp:docPr" not in xml:
        return xml
    pieces = _DRAWING_ID.split(xml)
    ids = (str(number) for number in range(_FIRST_DRAWING_ID, len(pieces) + _FIRST_DRAWING_ID))
    return "".join(
        part + next(ids) if place % 3 == 1 else part for place, part in enumerate(pieces)
    )
