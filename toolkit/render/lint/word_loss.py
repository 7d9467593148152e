"""What goes with the paragraph, row or cell of a tag though it is no text: breaks, pictures."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from toolkit.messages import Text, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OWN_BOOKMARK = re.compile(r"_GoBack|_Hlk\d+|OLE_LINK\d+")
"""Word's own: where the cursor last was, and what was copied."""
_BREAK = text("a page break")
_NAMED = {
    "sectPr": text("a section break"),
    "pageBreakBefore": _BREAK,
    "br": text("a line or page break"),
    "drawing": text("a picture or shape"),
    "pict": text("a picture or shape"),
    "object": text("an embedded object"),
    "fldChar": text("a field"),
    "fldSimple": text("a field"),
    "instrText": text("a field"),
    "bookmarkStart": text("a bookmark"),
    "bookmarkEnd": text("a bookmark"),
    "commentRangeStart": text("the anchor of a comment"),
    "commentRangeEnd": text("the anchor of a comment"),
    "commentReference": text("the anchor of a comment"),
    "footnoteReference": text("a footnote"),
    "endnoteReference": text("an endnote"),
    "sym": text("a symbol"),
    "oMath": text("a formula"),
    "tab": text("a tab"),
    "tc": text("a cell"),
    "tbl": text("a table"),
    "hyperlink": text("a link"),
    "noBreakHyphen": text("a hyphen"),
}
_LOST = (*(f"{W}{name}" for name in _NAMED if name not in ("oMath", "tab", "tc", "tbl",
         "hyperlink", "noBreakHyphen")), f"{_M}oMath")  # fmt: skip


def name_of(element: str) -> Text:
    """Name an element of WordprocessingML as a person knows it."""
    return _NAMED[element]


def lost(whole: etree._Element) -> Iterator[Text]:
    """Yield, once each, what stands in a paragraph, row or cell besides text."""
    yield from _named(whole.iter(*_LOST), whole)


def within(
    paragraph: etree._Element, first: etree._Element, last: etree._Element
) -> Iterator[Text]:
    """Yield what stands between two pieces of one tag, and goes when they are joined."""
    nodes = list(paragraph.iter())
    between = nodes[nodes.index(first) + 1 : nodes.index(last)]
    found = [node for node in between if node.tag in (*_LOST, f"{W}noBreakHyphen")]
    yield from _named((n for n in found if n.tag != f"{W}br" or n.get(f"{W}type")), paragraph)
    if _link(first) is not _link(last) or any(node.tag == f"{W}hyperlink" for node in between):
        yield _NAMED["hyperlink"]


def _link(node: etree._Element) -> etree._Element | None:
    return next(node.iterancestors(f"{W}hyperlink"), None)


def _named(nodes: Iterable[etree._Element], whole: etree._Element) -> Iterator[Text]:
    named: dict[str, Text] = {}
    marks = {mark.get(f"{W}id") for mark in whole.iter(f"{W}bookmarkStart") if _is_own(mark)}
    for node in nodes:
        name = etree.QName(node).localname
        if name.startswith("bookmark") and node.get(f"{W}id") in marks:
            continue
        if name == "bookmarkEnd" and _begins_own(whole, node.get(f"{W}id")):
            continue
        if name == "pageBreakBefore" and node.get(f"{W}val") in ("0", "false", "off"):
            continue
        named.setdefault(str(_NAMED[name]), _NAMED[name])
    yield from named.values()


def _begins_own(whole: etree._Element, mark: str | None) -> bool:
    """Whether the end is that of Word's own bookmark, begun elsewhere."""
    return any(
        start.get(f"{W}id") == mark and _is_own(start)
        for start in whole.getroottree().iter(f"{W}bookmarkStart")
    )


def _is_own(mark: etree._Element) -> bool:
    return bool(_OWN_BOOKMARK.fullmatch(mark.get(f"{W}name") or ""))
