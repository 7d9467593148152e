"""What Word asks of each part, and tags may have taken away: paragraphs, cells, rows, order.

A cell without a paragraph, a row without cells, a table without rows: Word calls such a file
damaged and opens none of it.
"""

from lxml import etree

from toolkit.render.docx import repeats
from toolkit.render.docx.slots import BLOCK, HOLDERS, RUN, TEXT, Position
from toolkit.render.docx.tags import TAG

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOLDERS = frozenset(HOLDERS) - {"body", "p", "hyperlink", "ins", "moveTo", "fldSimple"} | {
    "sdtContent"
}
_BLOCKS = tuple(f"{_W}{name}" for name, slot in HOLDERS.items() if slot == BLOCK)
_CELL, _ROW, _TABLE, _PARAGRAPH = (f"{_W}{name}" for name in ("tc", "tr", "tbl", "p"))
_WRAPPERS = (f"{_W}sdt", f"{_W}customXml")
_ORDERED = {f"{_W}tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar "
                         "textDirection tcFitText vAlign hideMark headers cellIns cellDel "
                         "cellMerge tcPrChange".split()}  # fmt: skip


def may_damage(source: str) -> bool:
    """Whether tags decide what a cell, a row, a table or a header holds, or repeat an id."""
    if repeats.may_repeat(source):
        return True
    position = Position()
    for place, piece in enumerate(TAG.split(source)):
        if not place % 2:
            position.pass_over(piece)
            continue
        decides = piece.startswith("{%") or position.slot not in (TEXT, RUN)
        if decides and (position.holder in _HOLDERS or position.within):
            return True
        if piece.startswith("{{"):
            position.pass_tag()
    return False


def repaired(xml: str) -> str:
    """Put paragraphs where Word asks for one, drop rows and tables with nothing in them."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for node in reversed(list(root.iter(_CELL, _ROW, _TABLE, *_BLOCKS, f"{_W}sdtContent"))):
        if node.tag == _ROW:
            _drop_unless(node, _CELL)
        elif node.tag == _TABLE:
            _drop_unless(node, _ROW)
            _begin_merges(node)
        elif node.tag == f"{_W}sdtContent":
            _drop_empty_control(node)
        else:
            _end_with_paragraph(node)
    for properties in root.iter(*_ORDERED):
        in_order(properties, _ORDERED[str(properties.tag)])
    repeats.once(root)
    return etree.tostring(root, encoding="unicode")


def in_order(properties: etree._Element, names: list[str]) -> None:
    """Put properties into the order of the schema; one that stands twice, once: the last."""
    places = {f"{_W}{name}": place for place, name in enumerate(names)}
    children = {child.tag: child for child in properties}
    ordered = sorted(children.values(), key=lambda child: places.get(str(child.tag), len(places)))
    if ordered != list(properties):
        properties[:] = ordered


def _drop_unless(node: etree._Element, name: str) -> None:
    """Take a row without cells or a table without rows away."""
    if any(child.tag == name or child.tag in _WRAPPERS for child in node):
        return
    _drop(node)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _drop_empty_control(content: etree._Element) -> None:
    """Take a content control around nothing away, unless it stands in a line."""
    control = content.getparent()
    if not len(content) and control is not None and control.getparent() is not None:
        _drop(control)


def _end_with_paragraph(node: etree._Element) -> None:
    """A cell ends with a paragraph, and so do a header, a note and a text box."""
    if node.tag != f"{_W}body" and not _ends_well(node):
        node.append(etree.Element(_PARAGRAPH))


def _ends_well(holder: etree._Element) -> bool:
    """Whether the last thing in a cell, a box or a content control is a paragraph."""
    held = [child for child in holder if child.tag in (_PARAGRAPH, _TABLE, *_WRAPPERS)]
    if held and held[-1].tag in _WRAPPERS:
        content = held[-1].find(f"{_W}sdtContent")
        return _ends_well(held[-1] if content is None else content)
    return bool(held) and held[-1].tag == _PARAGRAPH


def _begin_merges(table: etree._Element) -> None:
    """Let a merge begin where the row that began it is gone; its cell would not be seen."""
    above: dict[int, bool] = {}
    for row in table.iterchildren(_ROW):
        merged: dict[int, bool] = {}
        column = int(_value(row, "trPr", "gridBefore") or 0)
        for cell in row.iterchildren(_CELL):
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and not above.get(column):
                merge.set(f"{_W}val", "restart")
            merged[column] = merge is not None
            column += int(_value(cell, "tcPr", "gridSpan") or 1)
        above = merged


def _value(node: etree._Element, holder: str, name: str) -> str:
    found = node.find(f"{_W}{holder}/{_W}{name}")
    value = "" if found is None else found.get(f"{_W}val") or ""
    return value if value.isdecimal() else ""
