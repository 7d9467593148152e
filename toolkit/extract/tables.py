"""Two tables side by side, row by row and cell by cell."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from toolkit.diagnostics import Finding, Position
from toolkit.extract import faults
from toolkit.extract.fields import Fields, Names, squeezed
from toolkit.importers.blocks import Cell, Grid

Row = dict[int, Cell]
"""Cells that begin in one row, by column."""


def differences(wanted: Grid, shown: Grid, fields: Fields) -> Iterator[Finding]:
    """Yield which cells show something else, which rows lack and which were added."""
    names = fields.of_table(wanted)
    before, after = _rows(wanted), _rows(shown)
    keys = [_key(row) for row in before], [_key(row) for row in after]
    for what, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for one, other in zip(before[a:b], after[c:d], strict=False):
            yield from _cells(one, other, shown, names)
        here = _place(next(iter(after[c].values()), None), shown) if c < d else shown.place
        for row in before[a:b][d - c :]:
            words = " ".join(cell.text for cell in row.values())
            yield faults.missing(here, words, _name(row, names))
        for row in after[c:d][b - a :]:
            first = next(iter(row.values()), None)
            words = " ".join(cell.text for cell in row.values())
            if words.strip():
                yield faults.added(_place(first, shown), words)


def _rows(grid: Grid) -> list[Row]:
    rows: list[Row] = [{} for _ in range(grid.height)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell
    return rows


def _key(row: Row) -> tuple[tuple[int, str], ...]:
    return tuple((column, squeezed(cell.text)) for column, cell in sorted(row.items()))


def _cells(one: Row, other: Row, shown: Grid, names: Names) -> Iterator[Finding]:
    for column in sorted(one.keys() | other.keys()):
        a, b = one.get(column), other.get(column)
        before, after = a.text if a else "", b.text if b else ""
        if squeezed(before) != squeezed(after):
            place = _place(b or next(iter(other.values()), None), shown)
            label = names.get((a.row, a.column), faults.NO_FIELD) if a else faults.NO_FIELD
            yield faults.cell(place, before, after, label)


def _name(row: Row, names: Names) -> faults.Name:
    """Name a row by its first field."""
    found = (names[c.row, c.column] for c in row.values() if (c.row, c.column) in names)
    return next(found, faults.NO_FIELD)


def _place(cell: Cell | None, grid: Grid) -> Position:
    if cell is None:
        return grid.place
    where = f"{grid.place.cell}, row {cell.row + 1}, column {cell.column + 1}"
    return Position(cell.place.file, cell.place.line, 1, cell.place.sheet, where)
