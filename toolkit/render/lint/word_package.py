"""Tags in parts of a Word file that are never filled: links, charts, diagrams, properties."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from lxml import etree

from toolkit.diagnostics import Finding
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import text
from toolkit.render.docx.error_location import room, standing
from toolkit.render.docx.tags import TAG
from toolkit.render.lint import word_foreign
from toolkit.render.lint.tags import placed
from toolkit.render.lint.word_tags import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FILLED = re.compile(r"(?:word/(?:document|header\d*|footer\d*|footnotes)|docProps/core)\.xml\Z")
_BREAKS = re.compile(r"</(?:\w+:)?p>")
_MARKUP = re.compile(r"<[^>]*>")
_CORE = re.compile(
    r"<(?:dc:(?:title|subject|creator|description|identifier|language)|cp:(?:keywords|category))"
    r"\b[^>]*>.*?</", re.DOTALL,
)  # fmt: skip


def not_filled(raw: Mapping[str, bytes], file: str) -> Iterator[Finding]:
    """Find tags that would stay in the document as they stand."""
    for name, xml in raw.items():
        if name.endswith(".rels"):
            yield from _in_links(raw, name, file)
        elif name.endswith(".xml") and not _FILLED.match(name):
            yield from _in_part(name, xml, file)
        elif name == "docProps/core.xml":
            yield from _in_properties(name, xml, file)


def _in_part(name: str, xml: bytes, file: str) -> Iterator[Finding]:
    if b"{" not in xml and b"\x00{" not in xml:
        return
    try:
        written = etree.tostring(parse(xml), encoding="unicode")
    except etree.XMLSyntaxError:
        return
    attributes = re.findall(r'="([^"]*\{[^"]*)"', written)
    texts = [_MARKUP.sub("", piece) for piece in _BREAKS.split(written)]
    for words in (*attributes, *texts):
        for tag in dict.fromkeys(TAG.findall(unescape(words))):
            yield _stays(tag, name, file)


def _in_properties(name: str, xml: bytes, file: str) -> Iterator[Finding]:
    yield from _foreign(xml, file)
    rest = _CORE.sub("", xml.decode("utf-8", "replace"))
    for tag in dict.fromkeys(TAG.findall(unescape(_MARKUP.sub("", rest)))):
        yield _stays(tag, name, file)


def _foreign(xml: bytes, file: str) -> Iterator[Finding]:
    """Find placeholders of other systems in the properties that are filled."""
    for match in _CORE.finditer(xml.decode("utf-8", "replace")):
        words = TAG.sub("", unescape(_MARKUP.sub("", match[0].removesuffix("</"))))
        for foreign in word_foreign.left_over(words):
            message = text("“{words}” is no tag, and would be printed as it is", words=foreign)
            yield miss("P304", file, placed(room("docProps"), message), word_foreign.remedy())


def _stays(tag: str, part: str, file: str) -> Finding:
    message = text("{tag} stands in {part}, which is never filled", tag=tag, part=part)
    remedy = text("Put it into the text, a header, a footer or a footnote.")
    return miss("P304", file, message, remedy)


def _in_links(raw: Mapping[str, bytes], rels: str, file: str) -> Iterator[Finding]:
    """Find tags in the addresses of Word's own links, encoded as addresses are or not."""
    part = rels.replace("_rels/", "").removesuffix(".rels")
    for relation in parse(raw[rels]):
        address = unescape(unquote(relation.get("Target") or ""))
        tag = TAG.search(address)
        if tag is None:
            continue
        message = text("{tag} stands in the address of a link, which is never filled", tag=tag[0])
        remedy = text("Write {tag} in place of the link.", tag="{{r link(…, …) }}")
        paragraph = _linked(raw.get(part), relation.get("Id"))
        where = room(part) if paragraph is None else standing(part, paragraph)
        yield miss("P304", file, placed(where, message), remedy)


def _linked(xml: bytes | None, relation: str | None) -> etree._Element | None:
    if xml is None or relation is None:
        return None
    for node in parse(xml).iter():
        if node.get(f"{_R}id") == relation or node.get(f"{_R}link") == relation:
            return next(node.iterancestors(f"{W}p"), None)
    return None
