"""Rows of cells with spans → a grid in which every cell has its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.diagnostics import Position
from toolkit.importers.blocks import Cell, Grid

_WIDEST = 200


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a format states it; ``rowspan`` 0 means to the last row, as in HTML."""

    text: str
    place: Position
    rowspan: int = 1
    colspan: int = 1


def turned(one: Grid) -> Grid:
    """Return a grid with rows and columns exchanged."""
    cells = (
        Cell(c.column, c.row, c.text, c.place, rowspan=c.colspan, colspan=c.rowspan)
        for c in one.cells
    )
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(ordered), one.place, one.trail)


def grid(rows: Sequence[Sequence[RawCell]], place: Position, trail: tuple[int, ...] = ()) -> Grid:
    """Put cells in the first free places of their rows, as browsers do.

    Spans are cut at the last row and at places already taken.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for raw in row:
            while (number, column) in taken:
                column += 1
            height = min(raw.rowspan or len(rows), len(rows) - number)
            width = 1
            while (
                width < min(max(raw.colspan, 1), _WIDEST) and (number, column + width) not in taken
            ):
                width += 1
            taken |= {(number + y, column + x) for y in range(height) for x in range(width)}
            cells.append(Cell(number, column, raw.text, raw.place, height, width))
            column += width
    return Grid(tuple(cells), place, trail)
