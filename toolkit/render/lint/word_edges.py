"""What a tag of a Word template stands in: a block begins and ends in one cell, link or field."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CELLS = (f"{W}tc", f"{W}txbxContent")
_BLOCKS = (*_CELLS, f"{W}sdtContent", f"{W}footnote")
_LINES = (*_BLOCKS, f"{W}hyperlink", f"{W}fldSimple")
_ROWS = {"tr": (f"{W}tbl", f"{W}sdtContent"), "tc": (f"{W}tr", f"{W}sdtContent")}
"""What a block of rows or of cells begins and ends in."""
FIELD = "#field"
"""Behind a home: the field of Word that is open there."""
Fields = dict[etree._Element, int]


def fields(root: etree._Element) -> Fields:
    """Number the fields of a part; give for each text within one the number of the innermost."""
    open_: list[int] = []
    within: Fields = {}
    for number, node in enumerate(root.iter(f"{W}fldChar", f"{W}t")):
        kind = node.get(f"{W}fldCharType")
        if node.tag == f"{W}t":
            if open_:
                within[node] = open_[-1]
        elif kind == "begin":
            open_.append(number)
        elif kind == "end" and open_:
            open_.pop()
    return within


def home(paragraph: etree._Element, words: etree._Element, letter: str, open_: Fields) -> str:
    """Name what a tag stands in; empty for the text itself.

    Args:
        paragraph: the one of the tag.
        words: the first text element that holds a part of the tag.
        letter: docxtpl's.
        open_: what `fields` gave.
    """
    holder = next(_start(paragraph, words, letter).iterancestors(*_holders(letter)), None)
    path = "" if holder is None else holder.getroottree().getpath(holder)
    return f"{path}{FIELD}{open_[words]}" if words in open_ else path


def is_within_a_line(home: str) -> bool:
    """Whether a home is something smaller than a cell or a box, or a note."""
    name = home.rpartition("/")[2].partition("[")[0]
    return FIELD in home or name in ("w:sdtContent", "w:hyperlink", "w:fldSimple", "w:footnote")


def _holders(letter: str) -> tuple[str, ...]:
    return _ROWS.get(letter, _BLOCKS if letter == "p" else _LINES)


def _start(paragraph: etree._Element, words: etree._Element, letter: str) -> etree._Element:
    """Return the row, cell, paragraph or text that the tag stands for."""
    if letter in _ROWS:
        around = next(paragraph.iterancestors(f"{W}{letter}"), None)
        return paragraph if around is None else around
    return paragraph if letter == "p" else words
