"""The cells of an XLSX, read from its XML. Formulas are not worked out, macros not looked at."""

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from toolkit.limits import limits
from toolkit.sources.archive import Archive
from toolkit.sources.number_formats import WHITE, Look, font, looks
from toolkit.sources.workbook_ids import decoded, place

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_EPOCH = date(1899, 12, 30)
_TRUE = frozenset({"1", "true"})
_WIDEST = 16_384
"""Columns of a sheet."""

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Filled:
    """One cell with something in it.

    ``value`` is text, a number as it is shown (``int`` or ``Decimal``), a truth value, a date as
    ``2023-01-20``, or None for a formula that was never worked out; ``formula`` begins with “=”;
    ``error`` marks ``#REF!`` and its like. ``shown`` is what a reader sees where that is another
    number; ``is_unseen`` marks white on white.
    """

    value: object
    formula: str = ""
    error: bool = False
    shown: str = ""
    is_unseen: bool = False
    is_struck: bool = False

    @property
    def words(self) -> str:
        """The value as a reader sees it."""
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return str(self.value).upper()
        return str(self.value)


Cells = dict[int, dict[int, Filled]]
"""Row → column → cell, both counted from 1."""


@dataclass(slots=True)
class Shape:
    """How people see a sheet; rows and columns are counted from 1.

    ``merged`` gives height and width of the area that begins in a cell.
    """

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    comments: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``number`` is its place among the others, from 1."""

    name: str
    number: int
    cells: Cells
    shape: Shape = field(default_factory=Shape)


def read(data: bytes, file: str) -> list[Sheet]:
    """Read every sheet, the hidden ones too.

    Raises:
        SourceError: N101 for what is no XLSX, N103 for one beyond the limits.
    """
    return sheets(Archive(data, file))


def sheets(archive: Archive) -> list[Sheet]:
    """Read every sheet of an archive that is open; what the archive raises is raised."""
    book = archive.xml("xl/workbook.xml")
    if book is None:
        raise archive.broken()
    reader = _Reader(
        archive, _shared(archive), list(looks(archive.xml("xl/styles.xml"))), _from_1904(book)
    )
    targets = _targets(archive)
    found = []
    for number, sheet in enumerate(book.iter(f"{_M}sheet"), 1):
        name, part = sheet.get("name") or "", targets.get(sheet.get(f"{_R}id") or "", "")
        shape = Shape(hidden=sheet.get("state") not in {None, "visible"})
        cells = reader.cells(part, name, shape)
        shape.comments.extend(_comments(archive, part))
        found.append(Sheet(name, number, cells, shape))
    return found


def _targets(archive: Archive) -> dict[str, str]:
    root = archive.xml("xl/_rels/workbook.xml.rels")
    if root is None:
        return {}
    targets = {r.get("Id") or "": r.get("Target") or "" for r in root.iter(f"{_P}Relationship")}
    return {
        name: target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for name, target in targets.items()
    }


def _comments(archive: Archive, part: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of a sheet that have a comment."""
    folder, _, name = part.rpartition("/")
    links = archive.xml(f"{folder}/_rels/{name}.rels")
    for link in links.iter(f"{_P}Relationship") if links is not None else ():
        if (link.get("Type") or "").endswith("/comments"):
            target = link.get("Target") or ""
            whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            page = archive.xml(posixpath.normpath(whole))
            for one in page.iter(f"{_M}comment") if page is not None else ():
                if found := place(one.get("ref") or ""):
                    yield found


def _shared(archive: Archive) -> list[Filled]:
    return [_worded(item) for item in archive.each("xl/sharedStrings.xml", f"{_M}si")]


def _worded(item: Element, formula: str = "") -> Filled:
    """Read a text, and note whether some of its words are white, or crossed out."""
    fonts = [font(look) for look in item.iterfind(f"{_M}r/{_M}rPr")]
    unseen, struck = any(ink == WHITE for ink, _ in fonts), any(line for _, line in fonts)
    return Filled(_text(item), formula, is_unseen=unseen, is_struck=struck)


def _text(item: Element) -> str:
    """Join the runs of a text, without its reading aid."""
    runs = item.iter(f"{_M}t")
    return "".join(
        decoded(run.text or "") for run in runs if next(run.iterancestors(f"{_M}rPh"), None) is None
    )


def _from_1904(book: Element) -> bool:
    properties = book.find(f"{_M}workbookPr")
    return properties is not None and properties.get("date1904") in _TRUE


class _Reader:
    """Reads sheets by the book's shared texts and formats."""

    def __init__(
        self, archive: Archive, shared: list[Filled], shown: list[Look], from_1904: bool
    ) -> None:
        self._archive, self._shared, self._shown = archive, shared, shown
        self._days = 1462 if from_1904 else 0

    def cells(self, part: str, sheet: str, shape: Shape) -> Cells:
        """Read a sheet's cells, and note its shape."""
        rows: Cells = {}
        count, at = 0, 0
        for row in self._archive.each(part, f"{_M}row", f"{_M}col", f"{_M}mergeCell"):
            if row.tag != f"{_M}row":
                _note(row, shape)
                continue
            given = row.get("r") or ""
            at = int(given) if given.isdecimal() else at + 1
            if _is_hidden(row, "ht"):
                shape.hidden_rows.add(at)
            column = 0
            for cell in row.iter(f"{_M}c"):
                found = place(cell.get("r") or "")
                column = found[1] if found else column + 1
                filled = self._filled(cell)
                if filled is not None:
                    rows.setdefault(at, {})[column] = filled
                    count += 1
            if count > limits().values:
                raise self._archive.too_many(sheet)
        return rows

    def _filled(self, cell: Element) -> Filled | None:
        filled, look = self._content(cell), self._look(cell)
        if filled is None or not (look.is_unseen or look.is_struck or look.code or any(look.words)):
            return filled
        shown = ""
        if isinstance(filled.value, int | Decimal) and not isinstance(filled.value, bool):
            shown = look.displayed(Decimal(filled.value))
        unseen, struck = look.is_unseen or filled.is_unseen, look.is_struck or filled.is_struck
        return replace(filled, shown=shown, is_unseen=unseen, is_struck=struck)

    def _look(self, cell: Element) -> Look:
        style = _index(cell)
        return self._shown[style] if style < len(self._shown) else Look()

    def _content(self, cell: Element) -> Filled | None:
        kind, worked = cell.get("t", "n"), cell.find(f"{_M}f")
        formula = "" if worked is None else f"={worked.text or ''}"
        inline = cell.find(f"{_M}is")
        if inline is not None:
            return _worded(inline, formula)
        stored = cell.findtext(f"{_M}v")
        if stored is None or (not stored and kind == "n"):
            return Filled(None, formula) if formula else None
        if kind == "s":
            known = stored.isdecimal() and int(stored) < len(self._shared)
            return replace(self._shared[int(stored)] if known else Filled(""), formula=formula)
        if kind == "b":
            return Filled(stored in _TRUE, formula)
        if kind == "n":
            return Filled(self._number(stored, self._look(cell).decimals), formula)
        return Filled(decoded(stored), formula, error=kind == "e")

    def _number(self, stored: str, decimals: int | None) -> object:
        try:
            number = float(stored)
            if not math.isfinite(number):
                return stored
            if decimals is None:
                return _date(number + self._days)
            return shown_number(number, decimals)
        except (ValueError, OverflowError, InvalidOperation):
            return stored


def _is_hidden(element: Element, size: str) -> bool:
    """Check whether a row or a column is hidden, or has no height or width."""
    return (
        element.get("hidden") in _TRUE
        or re.fullmatch(r"0+(\.0+)?", element.get(size) or "") is not None
    )


def _note(element: Element, shape: Shape) -> None:
    """Note hidden columns and merged areas."""
    if element.tag == f"{_M}mergeCell":
        first, _, last = (element.get("ref") or "").partition(":")
        start, end = place(first), place(last)
        if start and end:
            shape.merged[start] = (end[0] - start[0] + 1, end[1] - start[1] + 1)
    elif _is_hidden(element, "width"):
        least, most = element.get("min") or "", element.get("max") or ""
        if least.isdecimal() and most.isdecimal():
            shape.hidden_columns.update(range(int(least), min(int(most), _WIDEST) + 1))


def _index(cell: Element) -> int:
    style = cell.get("s") or "0"
    return int(style) if style.isdecimal() else 0


def _date(serial: float) -> str:
    """A day number as a date; before 1 March 1900 spreadsheets count a day that never was."""
    days = int(serial)
    return (_EPOCH + timedelta(days=days if days >= 60 else days + 1)).isoformat()


def shown_number(number: float, decimals: int) -> int | Decimal:
    """Read a stored number as it is shown: 36.2 in the format 0.00 is 36.20, 0.1+0.2 is 0.3."""
    exact = Decimal(format(number, ".15g"))
    if decimals > 0:
        padded = exact.quantize(Decimal(1).scaleb(-decimals))
        return padded if padded == exact else exact
    if exact == exact.to_integral_value() and abs(exact) < 10**15:
        return int(exact)
    return exact
