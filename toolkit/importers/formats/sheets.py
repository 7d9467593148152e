"""Sheets of a spreadsheet, as people see them → grids."""

import re
from collections.abc import Iterator, Mapping, Sequence

from toolkit.diagnostics import Position
from toolkit.importers import faults
from toolkit.importers.blocks import Block, Cell, Grid, Paragraph
from toolkit.limits import limits, variable
from toolkit.messages import text
from toolkit.sources.workbook_ids import reference
from toolkit.sources.xlsx import Filled, Shape, Sheet

_NAMED = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff]")
_WIDEST = 200

Place = tuple[int, int]


def blocks(sheets: Sequence[Sheet], file: str) -> list[Block]:
    """Return each visible sheet as one grid; a name that says something stands before it."""
    return [block for sheet in sheets if not sheet.shape.hidden for block in _sheet(sheet, file)]


def _sheet(sheet: Sheet, file: str) -> Iterator[Block]:
    filled = dict(_filled(sheet))
    if not filled:
        return
    top = Position(file, 1, 1, sheet.name, "A1")
    if _NAMED.search(sheet.name) and sheet.name not in filled.values():
        yield Paragraph(sheet.name, top)
    height, width = (max(place[axis] for place in filled) for axis in (0, 1))
    if width > _WIDEST or height * width > limits().values:
        raise faults.refused(
            top,
            text("The sheet “{sheet}” is larger than any report.", sheet=sheet.name),
            text("Delete what is not the report; the limit is {name}.", name=variable("values")),
        )
    yield Grid(tuple(_cells(sheet, filled, file, (height, width))), top)


def _filled(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    """Yield the words of each cell that is seen; one of a merged area counts where that begins."""
    for row, cells in sheet.cells.items():
        for column, cell in cells.items():
            words = _words(cell).strip()
            if words and _is_seen((row, column), sheet.shape):
                yield (row, column), words


def _words(cell: Filled) -> str:
    """Return what a cell shows; a formula that was never worked out shows itself."""
    return cell.formula if cell.value is None else cell.words


def _is_seen(place: Place, shape: Shape) -> bool:
    (row, column), (tall, wide) = place, shape.merged.get(place, (1, 1))
    rows, columns = range(row, row + tall), range(column, column + wide)
    return not (shape.hidden_rows.issuperset(rows) or shape.hidden_columns.issuperset(columns))


def _cells(sheet: Sheet, filled: Mapping[Place, str], file: str, size: Place) -> Iterator[Cell]:
    """Yield every place of the used area, the empty ones too; merged areas as one cell."""
    height, width = size
    covered: set[Place] = set()
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            if (row, column) in covered:
                continue
            tall, wide = sheet.shape.merged.get((row, column), (1, 1))
            tall, wide = min(tall, height + 1 - row), min(wide, width + 1 - column)
            covered |= {(row + y, column + x) for y in range(tall) for x in range(wide)}
            at = Position(file, row, column, sheet.name, reference(row, column))
            yield Cell(row - 1, column - 1, filled.get((row, column), ""), at, tall, wide)
