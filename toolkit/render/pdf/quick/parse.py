"""Parses a filled page: by the XML parser where that gives the same tree as the HTML one.

WeasyPrint reads HTML by a parser written in Python, which forgives everything and takes its
time. The national template, and most that extend it, write elements closed and in their proper
places; then XML's parser, written in C, finds the same elements in a sixth of the time. What it
found is checked against the few places where HTML would have moved, closed or added something;
at any doubt the HTML parser reads the page anew.

Source: the HTML Standard, 13.2 (parsing), for what a parser moves and adds.
"""

import re
from io import BytesIO
from xml.etree import ElementTree

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from toolkit.render.pdf.weasyprint import parsed

Element = ElementTree.Element

_VOID = re.compile(r'<(meta|link|br|col|hr|img|wbr)((?:\s+[a-z][a-z0-9:-]*="[^"<>]*")*)\s*>')
"""Elements that have no end in HTML."""

_DOCTYPE = "<!DOCTYPE html>"

_WORDS = frozenset("span b i em strong small sub sup br wbr a time abbr code img".split())
_TEXTS = frozenset("p h1 h2 h3 h4 h5 h6".split())
_BLOCKS = frozenset("main section article div address header footer figure figcaption".split())
_FLOW = _WORDS | _TEXTS | _BLOCKS | {"table", "hr"}
_ROWS = frozenset(("thead", "tbody", "tfoot"))
_INSIDE: dict[str, frozenset[str]] = {
    "html": frozenset(("head", "body")),
    "head": frozenset(("meta", "title")),
    "body": _FLOW,
    "table": _ROWS | {"caption", "colgroup"},
    "colgroup": frozenset(("col",)),
    "tr": frozenset(("th", "td")),
    "caption": _WORDS,
    "th": _FLOW,
    "td": _FLOW,
    "title": frozenset(),
    "br": frozenset(),
    "wbr": frozenset(),
    "hr": frozenset(),
    "col": frozenset(),
    "meta": frozenset(),
    "img": frozenset(),
    **dict.fromkeys(_ROWS, frozenset(("tr",))),
    **dict.fromkeys(_BLOCKS, _FLOW),
    **dict.fromkeys(_TEXTS, _WORDS),
    **dict.fromkeys(_WORDS - {"a", "br", "wbr", "img"}, _WORDS),
    "a": frozenset(),  # an <a> anywhere in an <a> closes the first
}
"""What may stand in what without a parser moving anything; all else is left to HTML's parser."""

_WITHOUT_TEXT = frozenset(("html", "head", "table", "colgroup", "tr")) | _ROWS

_READ_OTHERWISE = re.compile(r"""<[!?]|/>|\r|&\#(?!3[49];)|="[^"]*[\n\t]|='[^']*[\n\t]""")
"""Comments and the like, ends that HTML passes over, old line ends, numbered characters, lines
within an attribute."""


def page_of(html: str, base_url: str, fetcher: URLFetcher) -> HTML:
    """Parse a page into what WeasyPrint lays out.

    Args:
        html: the whole page.
        base_url: what its addresses are relative to, as a ``file:`` URL.
        fetcher: asked for pictures.
    """
    root = quick_tree(html)
    if root is None:
        return HTML(string=html, base_url=base_url, url_fetcher=fetcher)
    return parsed(root, base_url, fetcher)


def quick_tree(html: str) -> Element | None:
    """Parse a page as XML; None where HTML's parser could find another tree."""
    start, doctype, rest = html.partition(_DOCTYPE)
    if start.strip() or not doctype or _READ_OTHERWISE.search(rest):
        return None
    try:
        page = BytesIO(_VOID.sub(r"<\1\2/>", rest).encode())
        root = ElementTree.parse(page).getroot()  # noqa: S314  no DTD gets past the check above
    except (ElementTree.ParseError, UnicodeEncodeError):
        return None
    if [part.tag for part in root] != ["head", "body"] or not _alike(root):
        return None
    return _spaced(root, rest)


def _alike(element: Element) -> bool:
    """Check whether HTML's parser would leave everything in an element where it stands."""
    allowed = _INSIDE.get(element.tag)
    if allowed is None:
        return False
    bare = element.tag in _WITHOUT_TEXT
    if bare and element.text and not element.text.isspace():
        return False
    if any(name != name.lower() or name[0] == "{" for name in element.attrib):
        return False
    return all(
        child.tag in allowed
        and not (bare and child.tail and not child.tail.isspace())
        and _alike(child)
        for child in element
    )


def _spaced(root: Element, html: str) -> Element:
    """Put the space around head and body where HTML's parser puts it."""
    _head, body = root
    after = (body.tail or "") + html[html.rfind("</html>") + len("</html>") :]
    root.text = body.tail = None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + after
    else:
        body.text = (body.text or "") + after
    return root
