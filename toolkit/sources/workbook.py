"""A workbook that “nianbao workbook” made and somebody filled in → the values of its reports."""

import importlib
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from toolkit.diagnostics import Finding, Position
from toolkit.sources import workbook_ids, workbook_layout
from toolkit.sources.node import Entry, Mapping, Node, Scalar, Sequence, Source
from toolkit.sources.tree import Path, Tree
from toolkit.sources.xlsx import Cells, Filled, Sheet

SUFFIXES = {".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods"}
"""Ending of a workbook → the module of this room that reads its cells."""

_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A container of old Office files; a workbook with a password is one as well."""

_NO_CHOICES: Mapping_[str, object] = MappingProxyType({})

Cutter = Callable[[bytes, str], list[Sheet]]


@dataclass(frozen=True, slots=True)
class Book:
    """The reports of one workbook by the key of their office; a book of one has the key ``""``."""

    reports: dict[str, Source]
    names: dict[str, str]
    """Key → name of the office, as the workbook has it."""


@lru_cache(maxsize=2)
def read(data: bytes, file: str, suffix: str) -> Book:
    """Read a workbook.

    Raises:
        SourceError: N101 for a file that is broken or has a password, N103 for one beyond the
            limits, N106 for a spreadsheet that is no workbook of ours.
    """
    if data.startswith(_ENCRYPTED):
        raise workbook_layout.with_password(file)
    cutter: Cutter = importlib.import_module(f"toolkit.sources.{SUFFIXES[suffix]}").read
    sheets = cutter(data, file)
    ours = [sheet for sheet in sheets if _cell(sheet.cells, 1, 1) == workbook_ids.MARK]
    if not ours:
        versions = (_cell(sheet.cells, 1, 1) for sheet in sheets)
        if any(version.startswith(workbook_ids.MARK.partition(" ")[0]) for version in versions):
            raise workbook_layout.other_version(file)
        raise workbook_layout.not_ours(file)
    reader = _Reader(file, data)
    known: dict[str, Sheet] = {}
    for sheet in sheets:
        if sheet not in ours:
            reader.common.extend(workbook_layout.foreign(file, sheet))
            continue
        name = _cell(sheet.cells, 1, 2)
        if name in known:
            reader.common.append(workbook_layout.copied(file, sheet, known[name]))
            continue
        known[name] = sheet
        reader.sheet(sheet)
    reader.common.extend(workbook_layout.missing_sheets(file, ours[0], set(known)))
    return reader.book()


def _cell(cells: Cells, row: int, column: int) -> str:
    filled = cells.get(row, {}).get(column)
    return filled.words if filled else ""


@dataclass(slots=True)
class _Office:
    """One report that is being put together."""

    tree: Tree
    findings: list[Finding] = field(default_factory=list)
    filled: bool = False


@dataclass(slots=True)
class _Region:
    """Rows that are read alike; ``columns`` has the id of each column with something to read."""

    kind: str
    path: str
    columns: dict[int, str]
    lines: list[tuple[Position, str]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    start: Position | None = None

    @property
    def at(self) -> Path:
        """The path of the text or list."""
        return tuple(self.path.removeprefix(workbook_ids.REQUIRED).split("."))


class _Reader:
    """Goes through sheets row by row."""

    def __init__(self, file: str, data: bytes) -> None:
        self._file, self._data = file, data
        self.common: list[Finding] = []
        self._offices: dict[str, _Office] = {}
        self._sheet = Sheet("", 0, {})
        self._told: set[tuple[str, int]] = set()

    def book(self) -> Book:
        """Return every report that has something in it."""
        if set(self._offices) - {""}:
            self._offices.pop("", None)
        reports = {
            key: Source(
                self._file, office.tree.root, self._data, "", (*self.common, *office.findings)
            )
            for key, office in self._offices.items()
            if office.filled or not key
        }
        names = {key: _office_name(source) for key, source in reports.items()}
        return Book(reports, names)

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet of ours."""
        self._sheet, self._told = sheet, set()
        if comments := sorted(sheet.shape.comments):
            self.common.append(workbook_layout.commented(self._at(*comments[0]), len(comments)))
        region: _Region | None = None
        seen: set[str] = set()
        for row in sorted(sheet.cells):
            cells = sheet.cells[row]
            name = _cell(sheet.cells, row, 1)
            if row == 1 or name == workbook_ids.OURS:
                continue
            if name.startswith("@"):
                self._close(region)
                region = self._region(row, name, cells)
            elif region is None:
                self._stray(row, cells, {})
            else:
                if name:
                    if name in seen and region.kind != workbook_ids.OFFICES:
                        self.common.append(workbook_layout.copied_row(self._at(row, 1)))
                        continue
                    seen.add(name)
                self._row(region, row, name, cells)
        self._close(region)
        expected = workbook_ids.unlisted(_cell(sheet.cells, 1, 3))
        self.common.extend(workbook_layout.missing_rows(self._at(1, 1), expected, seen))

    def _region(self, row: int, mark: str, cells: dict[int, Filled]) -> _Region:
        head, _, told = mark.partition("\n")
        kind, _, path = head.partition(" ")
        columns = {c: cell.words for c, cell in cells.items() if c > 1 and cell.words}
        missing = workbook_layout.missing_columns(
            self._at(row, 1), workbook_ids.unlisted(told), columns
        )
        self.common.extend(missing)
        return _Region(kind, path, columns, start=self._first(row + 1, columns))

    def _first(self, row: int, columns: dict[int, str]) -> Position:
        read = [c for c, name in columns.items() if name != workbook_ids.OURS]
        return self._at(row, min(read, default=2))

    def _row(self, region: _Region, row: int, name: str, cells: dict[int, Filled]) -> None:
        if region.kind == workbook_ids.TEXT:
            self._line(region, row, cells)
        elif region.kind == workbook_ids.LIST:
            self._merged(region, row)
            self._item(region, row, cells)
        elif not name:
            self._stray(row, cells, {})
            return
        elif region.kind == workbook_ids.OFFICES:
            self._merged(region, row)
            self._office_row(region, row, name, cells)
        else:
            self._merged(region, row)
            self._single(region, row, name, cells)
        self._stray(row, cells, region.columns)

    def _single(self, region: _Region, row: int, name: str, cells: dict[int, Filled]) -> None:
        """One row of a form's table, or one single value."""
        office = self._office("")
        path, choices = workbook_ids.chosen(name)
        row_total, required = (
            path.startswith(workbook_ids.DERIVED),
            path.startswith(workbook_ids.REQUIRED),
        )
        steps = tuple(path.lstrip(workbook_ids.DERIVED + workbook_ids.REQUIRED).split("."))
        for column, told in region.columns.items():
            if told == workbook_ids.OURS:
                continue
            total = row_total or told.startswith(workbook_ids.DERIVED)
            bare = told.removeprefix(workbook_ids.DERIVED)
            whole = steps if bare == workbook_ids.VALUE else (*steps, *bare.split("."))
            here = self._at(row, column)
            if region.kind == workbook_ids.CELLS and not row_total:
                office.tree.open(whole[:-1], here)
            value = self._value(
                cells.get(column), here, office, whole, total=total, choices=choices
            )
            if value is None and required:
                value = Scalar(None, "", here)
            self._put(office, whole, value)

    def _office_row(self, region: _Region, row: int, key: str, cells: dict[int, Filled]) -> None:
        """One office of a supervisor's sheet: each column is a field."""
        office = self._office(key)
        for column, told in region.columns.items():
            if told == workbook_ids.OURS:
                continue
            total, required = (
                told.startswith(workbook_ids.DERIVED),
                told.startswith(workbook_ids.REQUIRED),
            )
            name, choices = workbook_ids.chosen(
                told.lstrip(workbook_ids.DERIVED + workbook_ids.REQUIRED)
            )
            path, here = tuple(name.split(".")), self._at(row, column)
            if not total:
                office.tree.open(path[:-1], here)
            filled = cells.get(column)
            value = self._value(filled, here, office, path, total=total, choices=choices)
            if value is not None and not total and filled and not filled.formula:
                office.filled = True
            self._put(office, path, Scalar(None, "", here) if required and value is None else value)

    def _put(self, office: _Office, path: Path, value: Scalar | Sequence | None) -> None:
        if value is None:
            return
        first = office.tree.put(path, value)
        if first is not None:
            office.findings.append(workbook_layout.twice(value.position, first, path))

    def _value(
        self,
        filled: Filled | None,
        here: Position,
        office: _Office,
        path: Path,
        *,
        total: bool = False,
        choices: Mapping_[str, object] = _NO_CHOICES,
    ) -> Scalar | None:
        """What a cell gives; None where nothing was filled in."""
        if filled is None or (isinstance(filled.value, str) and not filled.value.strip()):
            return None
        if filled.error:
            office.findings.append(workbook_layout.broken_formula(here, filled.words, path))
            return None
        if filled.value is None:
            if not total:
                office.findings.append(workbook_layout.no_result(here, path))
            return None
        if filled.value == workbook_ids.EMPTY:
            return Scalar(None, "", here)
        office.findings.extend(self._doubts(here, filled))
        is_padded = _is_padded(filled)
        given: object = filled.shown if is_padded else filled.value
        words = filled.shown if is_padded else filled.words
        value = choices.get(words.strip(), given)
        return Scalar(value, str(value) if words.strip() in choices else words, here, _plain(value))

    def _doubts(self, here: Position, filled: Filled) -> Iterator[Finding]:
        yield from workbook_layout.looks_otherwise(here, filled)
        yield from self._concealed(here)

    def _concealed(self, here: Position) -> Iterator[Finding]:
        """Yield the first value of each hidden row, column and sheet, and a merged cell."""
        shape, told = self._sheet.shape, self._told
        for hidden, place in (
            (shape.hidden, ("sheet", 0)),
            (here.line in shape.hidden_rows, ("row", here.line)),
            (here.column in shape.hidden_columns, ("column", here.column)),
        ):
            if hidden and place not in told:
                told.add(place)
                yield workbook_layout.hidden(here)

    def _merged(self, region: _Region, row: int) -> None:
        for column, told in region.columns.items():
            tall, wide = self._sheet.shape.merged.get((row, column), (1, 1))
            lost = [c for c in region.columns if column < c < column + wide]
            read = [c for c in lost if region.columns[c] != workbook_ids.OURS]
            if told != workbook_ids.OURS and (read or tall > 1):
                self.common.append(workbook_layout.merged(self._at(row, column)))

    def _line(self, region: _Region, row: int, cells: dict[int, Filled]) -> None:
        for column, told in region.columns.items():
            filled = cells.get(column)
            if told == workbook_ids.VALUE and filled is not None:
                here = self._at(row, column)
                if filled.error:
                    fault = workbook_layout.broken_formula(here, filled.words, region.at)
                    self._office("").findings.append(fault)
                elif filled.value is None:
                    self._office("").findings.append(workbook_layout.no_result(here, region.at))
                elif filled.words.strip():
                    self._office("").findings.extend(self._doubts(here, filled))
                region.lines.append((here, filled.words))

    def _item(self, region: _Region, row: int, cells: dict[int, Filled]) -> None:
        entries = []
        for column, told in region.columns.items():
            place = self._at(row, column)
            filled = cells.get(column) if told != workbook_ids.OURS else None
            value = self._value(filled, place, self._office(""), region.at)
            if value is not None:
                entries.append(Entry(told, place, value))
        if entries and entries[0].key == workbook_ids.VALUE:
            region.items.append(entries[0].node)
        elif entries:
            region.items.append(Mapping(tuple(entries), entries[0].position))

    def _close(self, region: _Region | None) -> None:
        """Put a text or a list into the report when its last row is read."""
        if region is None or region.start is None:
            return
        required = region.path.startswith(workbook_ids.REQUIRED)
        path = region.at
        if region.kind == workbook_ids.LIST and region.items:
            node = Sequence(tuple(region.items), region.items[0].position)
            self._put(self._office(""), path, node)
        elif region.kind == workbook_ids.TEXT:
            words = workbook_layout.paragraphs(region.start, region.lines)
            if required or words.raw:
                self._put(self._office(""), path, words)

    def _stray(self, row: int, cells: dict[int, Filled], columns: dict[int, str]) -> None:
        """Report of what stands where the form has no place; nothing is dropped in silence."""
        for column, filled in cells.items():
            if column > 1 and column not in columns and filled.words.strip():
                self.common.append(workbook_layout.stray(self._at(row, column), filled.words))

    def _office(self, key: str) -> _Office:
        return self._offices.setdefault(key, _Office(Tree(Position(self._file))))

    def _at(self, row: int, column: int) -> Position:
        sheet = self._sheet
        cell = workbook_ids.reference(row, column)
        return Position(self._file, row, column, sheet.name, cell, sheet.number)


def _is_padded(filled: Filled) -> bool:
    """Check whether a number is shown with zeros before it, as a postal code is."""
    shown = filled.shown
    return shown.isdecimal() and shown.startswith("0") and shown.lstrip("0") == filled.words


def _plain(value: object) -> bool:
    return not isinstance(value, str)


def _office_name(source: Source) -> str:
    entry: Node = source.root
    for step in ("organization", "name"):
        found = entry.find(step) if isinstance(entry, Mapping) else None
        if found is None:
            return ""
        entry = found.node
    return entry.raw.strip() if isinstance(entry, Scalar) else ""
