"""OpenDocument spreadsheets, read from their XML; formulas are not worked out."""

from lxml import etree

from toolkit.importers.archive import Archive
from toolkit.importers.blocks import Document
from toolkit.importers.sheets import Sheet, blocks, number

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST = 2000
"""A repeated empty row or cell is not counted further; files end with a million of them."""

Element = etree._Element


def read(data: bytes, file: str) -> Document:
    """Read the sheets of an ODS, in order."""
    archive = Archive(data, file)
    root = archive.xml("content.xml")
    if root is None:
        raise archive.broken()
    sheets = [_sheet(table) for table in root.iter(f"{_T}table")]
    return Document(file, tuple(blocks(sheets, file)))


def _sheet(table: Element) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    row = 0
    for element in table.iter(f"{_T}table-row"):
        column = 0
        for cell in element.iterchildren(f"{_T}table-cell", f"{_T}covered-table-cell"):
            words, repeated = _words(cell), _count(cell, "number-columns-repeated")
            for x in range(repeated if words else 0):
                cells[row, column + x] = words
            tall, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if tall * wide > 1:
                merged[row, column] = (tall, wide)
            column += repeated
        row += _count(element, "number-rows-repeated")
    return Sheet(table.get(f"{_T}name") or "", cells, merged)


def _words(cell: Element) -> str:
    if cell.tag == f"{_T}covered-table-cell":
        return ""
    if cell.get(f"{_O}value-type") in {"float", "currency"}:
        return number(cell.get(f"{_O}value") or "")
    return "\n".join("".join(map(str, p.itertext())) for p in cell.iterchildren(f"{_X}p"))


def _count(element: Element, name: str) -> int:
    words = element.get(f"{_T}{name}") or "1"
    return min(int(words), _MOST) if words.isdecimal() else 1
