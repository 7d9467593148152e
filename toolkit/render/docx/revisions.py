"""Tracked changes of a template, accepted: what was deleted is not filled, what was added is."""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = tuple(
    f"{_W}{name}"
    for name in (
        "del moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
        "rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange trPrChange "
        "tcPrChange numberingChange cellIns"
    ).split()
)
_ADDED = (f"{_W}ins", f"{_W}moveTo")
_PROPERTIES = (f"{_W}rPr", f"{_W}trPr")


def accepted(root: etree._Element) -> etree._Element:
    """Accept all changes of a part, in place."""
    for row in _found(root, ".//w:tr[w:trPr/w:del]"):
        _drop(row)
    ended = _found(root, ".//w:p[w:pPr/w:rPr/w:del]")
    for node in list(root.iter(*_GONE)):
        _drop(node)
    for node in list(root.iter(*_ADDED)):
        parent = node.getparent()
        if parent is None or parent.tag in _PROPERTIES:
            _drop(node)
        else:
            _unwrap(node)
    for paragraph in ended:
        _join_to_next(paragraph)
    return root


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    found: list[etree._Element] = root.xpath(path, namespaces={"w": _W[1:-1]})  # type: ignore[assignment]  # elements
    return found


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _unwrap(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    place = parent.index(node)
    parent[place : place + 1] = list(node)


def _join_to_next(paragraph: etree._Element) -> None:
    """Let a paragraph whose end was deleted begin the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{_W}p":
        return
    first = following.find(f"{_W}pPr")
    place = 0 if first is None else 1
    for child in [child for child in paragraph if child.tag != f"{_W}pPr"]:
        following.insert(place, child)
        place += 1
    _drop(paragraph)
