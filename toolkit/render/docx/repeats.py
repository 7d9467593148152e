"""Ids that a repeated paragraph brings along a second time: of bookmarks, shapes, controls."""

import re

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_START, _END = f"{_W}bookmarkStart", f"{_W}bookmarkEnd"
_WITH_ID = re.compile(r"<(?:w:bookmarkStart|w:sdtPr|v:\w+)\b")
_REPEATS = re.compile(r"\{%-?\s*(?:for|macro|set)\b")


def may_repeat(source: str) -> bool:
    """Whether tags of prepared source may print something with an id more than once."""
    return bool(_WITH_ID.search(source) and _REPEATS.search(source))


def once(root: etree._Element) -> None:
    """Let each id, and each name of a bookmark, stand once."""
    _bookmarks(root)
    _shapes(root)
    _controls(root)


def _bookmarks(root: etree._Element) -> None:
    """Drop bookmarks whose name was there before, and ends without a beginning."""
    marks = list(root.iter(_START, _END))
    names: set[str] = set()
    open_: dict[str, list[etree._Element | None]] = {}
    pairs: list[tuple[etree._Element, etree._Element]] = []
    for mark in marks:
        waiting = open_.setdefault(str(mark.get(f"{_W}id")), [])
        if mark.tag == _START:
            name = str(mark.get(f"{_W}name"))
            waiting.append(None if name in names else mark)
            names.add(name)
        elif waiting and (start := waiting.pop()) is not None:
            pairs.append((start, mark))
    whole = {mark for pair in pairs for mark in pair}
    for mark in marks:
        if mark not in whole:
            _drop(mark)
    if len({start.get(f"{_W}id") for start, _ in pairs}) < len(pairs):
        for number, pair in enumerate(pairs):
            for mark in pair:
                mark.set(f"{_W}id", str(number))


def _shapes(root: etree._Element) -> None:
    """Name repeated shapes of the older kind anew; what defines a kind of shape stands once."""
    known: set[str] = set()
    for node in list(root.iter(f"{_VML}*")):
        name = node.get("id")
        if name is None or name not in known:
            known.add(name or "")
        elif node.tag == f"{_VML}shapetype":
            _drop(node)
        else:
            node.set("id", f"{name}-{len(known)}")
            known.add(f"{name}-{len(known)}")


def _controls(root: etree._Element) -> None:
    """Take repeated ids of content controls away; Word gives new ones."""
    known: set[str | None] = set()
    for node in list(root.iterfind(f".//{_W}sdtPr/{_W}id")):
        if node.get(f"{_W}val") in known:
            _drop(node)
        known.add(node.get(f"{_W}val"))


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
