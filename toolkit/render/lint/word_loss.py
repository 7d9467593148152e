"""What goes with the paragraph, row or cell of a tag though it is no text: breaks, pictures."""

from collections.abc import Iterator

from lxml import etree

from toolkit.messages import Text, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OWN_BOOKMARK = "_GoBack"
"""Word's own, where the cursor last was."""
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
}
_LOST = (*(f"{W}{name}" for name in _NAMED if name not in ("oMath", "tab", "tc", "tbl")),
         f"{_M}oMath")  # fmt: skip


def name_of(element: str) -> Text:
    """Name an element of WordprocessingML as a person knows it."""
    return _NAMED[element]


def lost(whole: etree._Element) -> Iterator[Text]:
    """Yield, once each, what stands in a paragraph, row or cell besides text."""
    named: dict[str, Text] = {}
    marks = {
        mark.get(f"{W}id")
        for mark in whole.iter(f"{W}bookmarkStart")
        if mark.get(f"{W}name") == _OWN_BOOKMARK
    }
    for node in whole.iter(*_LOST):
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
        start.get(f"{W}id") == mark and start.get(f"{W}name") == _OWN_BOOKMARK
        for start in whole.getroottree().iter(f"{W}bookmarkStart")
    )
