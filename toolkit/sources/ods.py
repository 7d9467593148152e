"""The cells of an OpenDocument spreadsheet, as LibreOffice saves a workbook that was filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from lxml import etree

from toolkit.limits import limits
from toolkit.sources.archive import Archive
from toolkit.sources.number_formats import HIDDEN, Look
from toolkit.sources.ods_looks import looks
from toolkit.sources.xlsx import Cells, Filled, Shape, Sheet, shown_number

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_S = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HIDDEN = frozenset({"collapse", "filter"})
_TRUTH = {"TRUE": True, "FALSE": False}
"""LibreOffice saves the truth values of other programs as numbers that show themselves so."""
_MOST = 2_000
"""A filled row or cell is not repeated oftener; empty ones are, up to a million times."""

Element = etree._Element


def read(data: bytes, file: str) -> list[Sheet]:
    """Read every sheet, the hidden ones too.

    Raises:
        SourceError: N101 for what is no ODS, N103 for one beyond the limits.
    """
    return sheets(Archive(data, file))


def sheets(archive: Archive) -> list[Sheet]:
    """Read every sheet of an archive that is open; what the archive raises is raised."""
    root = archive.xml("content.xml")
    if root is None:
        raise archive.broken()
    concealed = set(_concealed(root))
    shown = looks(root, archive.xml("styles.xml"))
    found = []
    for number, table in enumerate(root.iter(f"{_T}table"), 1):
        name = table.get(f"{_T}name") or ""
        shape = Shape(hidden=table.get(f"{_T}style-name") in concealed)
        shape.hidden_columns.update(_hidden_columns(table))
        found.append(Sheet(name, number, _cells(table, archive, shape, shown), shape))
    return found


def _concealed(root: Element) -> Iterator[str | None]:
    """Yield the styles of tables that are not shown."""
    for style in root.iter(f"{_S}style"):
        looks = style.find(f"{_S}table-properties")
        if looks is not None and looks.get(f"{_T}display") == "false":
            yield style.get(f"{_S}name")


def _hidden_columns(table: Element) -> Iterator[int]:
    at = 1
    for column in table.iter(f"{_T}table-column"):
        times = _count(column, "number-columns-repeated")
        if column.get(f"{_T}visibility") in _HIDDEN:
            yield from range(at, at + min(times, _MOST))
        at += times


def _cells(table: Element, archive: Archive, shape: Shape, shown: Mapping[str, Look]) -> Cells:
    rows: Cells = {}
    at, count = 1, 0
    columns = dict(_column_styles(table))
    for row in table.iter(f"{_T}table-row"):
        filled = dict(_row(row, columns, shown))
        shape.comments.extend((at, column) for column in _commented(row))
        shape.merged.update({(at, column): area for column, area in _merged(row)})
        times = _count(row, "number-rows-repeated")
        if row.get(f"{_T}visibility") in _HIDDEN:
            shape.hidden_rows.update(range(at, at + min(times, _MOST)))
        for line in range(at, at + min(times, _MOST) if filled else at):
            rows[line] = filled
            count += len(filled)
        if count > limits().values:
            raise archive.too_many(table.get(f"{_T}name") or "")
        at += times
    return rows


def _column_styles(table: Element) -> Iterator[tuple[int, str]]:
    """Yield the style of the cells of each column that say nothing of their own."""
    at = 1
    for column in table.iter(f"{_T}table-column"):
        times = _count(column, "number-columns-repeated")
        style = column.get(f"{_T}default-cell-style-name") or ""
        yield from ((one, style) for one in range(at, at + min(times, _MOST)))
        at += times


def _row(
    row: Element, columns: Mapping[int, str], shown: Mapping[str, Look]
) -> Iterator[tuple[int, Filled]]:
    for at, cell, times in _cells_of(row):
        filled = _filled(cell) if cell.tag == f"{_T}table-cell" else None
        if filled is not None:
            own = cell.get(f"{_T}style-name") or row.get(f"{_T}default-cell-style-name")
            filled = _dressed(filled, cell, own or columns.get(at, ""), shown)
            yield from ((column, filled) for column in range(at, at + min(times, _MOST)))


def _cells_of(row: Element) -> Iterator[tuple[int, Element, int]]:
    """Yield the first column of each cell, the cell, and how many columns it stands for."""
    at = 1
    for cell in row.iterchildren(f"{_T}table-cell", f"{_T}covered-table-cell"):
        times = _count(cell, "number-columns-repeated")
        yield at, cell, times
        at += times


def _dressed(filled: Filled, cell: Element, style: str, shown: Mapping[str, Look]) -> Filled:
    """Note that a cell, or some of its words, is unseen or crossed out."""
    spans = (span.get(f"{_X}style-name") or "" for span in cell.iter(f"{_X}span"))
    seen = [shown[name] for name in (style, *spans) if name in shown]
    unseen, struck = any(o.is_unseen for o in seen), any(o.is_struck for o in seen)
    return replace(filled, is_unseen=unseen, is_struck=struck) if unseen or struck else filled


def _commented(row: Element) -> Iterator[int]:
    return (at for at, cell, _ in _cells_of(row) if cell.find(f"{_O}annotation") is not None)


def _merged(row: Element) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the areas that begin in a row: the column, with height and width."""
    for at, cell, _ in _cells_of(row):
        tall, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if tall * wide > 1:
            yield at, (tall, wide)


def _filled(cell: Element) -> Filled | None:
    kind = cell.get(f"{_O}value-type")
    formula = cell.get(f"{_T}formula", "").removeprefix("of:")
    words = "\n".join(_words(p) for p in cell.iterchildren(f"{_X}p"))
    if cell.get(f"{_CALC}value-type") == "error":
        return Filled(words, formula, error=True)
    if kind is None:
        return Filled(None, formula) if formula else None
    if kind == "boolean":
        return Filled(cell.get(f"{_O}boolean-value") == "true", formula)
    if words in _TRUTH:
        return Filled(_TRUTH[words], formula)
    if kind == "date":
        return Filled((cell.get(f"{_O}date-value") or "")[:10], formula)
    if kind in {"float", "currency", "percentage"}:
        number = _number(cell.get(f"{_O}value") or "", words)
        return Filled(number, formula, shown=_otherwise(number, words))
    return Filled(words, formula)


def _number(stored: str, shown: str) -> object:
    """Read a number with the decimals it is shown with."""
    try:
        number = shown_number(float(stored), 0)
        return Decimal(shown) if "." in shown and Decimal(shown) == number else number
    except (ValueError, OverflowError, InvalidOperation):
        return stored


def _otherwise(number: object, shown: str) -> str:
    """Return what is shown where that is another number; else nothing."""
    bare = shown.replace(",", "").strip()
    if not isinstance(number, int | Decimal) or isinstance(number, bool):
        return ""
    if not bare:
        return HIDDEN
    if bare.endswith("%"):
        return bare
    try:
        same = Decimal(bare) == number and not re.match(r"-?0[0-9]", bare)
    except InvalidOperation:  # a unit, a currency, a number in words
        return ""
    return "" if same else bare


def _words(paragraph: Element) -> str:
    """The text of a paragraph; runs of blanks, tabs and line breaks are elements of their own."""
    parts = [paragraph.text or ""]
    for piece in paragraph.iterchildren():
        if piece.tag == f"{_X}s":
            parts.append(" " * _count(piece, "c", _X))
        elif piece.tag == f"{_X}tab":
            parts.append("\t")
        elif piece.tag == f"{_X}line-break":
            parts.append("\n")
        elif isinstance(piece.tag, str):
            parts.append(_words(piece))
        parts.append(piece.tail or "")
    return "".join(parts)


def _count(element: Element, name: str, space: str = _T) -> int:
    words = element.get(f"{space}{name}") or "1"
    return int(words) if words.isdecimal() and len(words) < 8 else 1
