"""Sheets of a spreadsheet → grids; how XLSX and ODS are alike."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.diagnostics import Position
from toolkit.importers import faults
from toolkit.importers.blocks import Block, Cell, Grid, Paragraph
from toolkit.limits import limits, variable
from toolkit.messages import text

_NAMED = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff]")
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: filled cells by (row, column) from 0, and merged areas as height and width."""

    name: str
    cells: Mapping[tuple[int, int], str]
    merged: Mapping[tuple[int, int], tuple[int, int]]


def blocks(sheets: Sequence[Sheet], file: str) -> list[Block]:
    """Give each sheet as one grid; a name that says something stands before it."""
    return [block for sheet in sheets for block in _sheet(sheet, file)]


def _sheet(sheet: Sheet, file: str) -> Iterator[Block]:
    filled = {place: words for place, words in sheet.cells.items() if words.strip()}
    if not filled:
        return
    top = Position(file, 1, 1, sheet.name, "A1")
    if _NAMED.search(sheet.name) and sheet.name not in filled.values():
        yield Paragraph(sheet.name, top)
    height, width = (max(place[axis] for place in filled) + 1 for axis in (0, 1))
    if width > _WIDEST or height * width > limits().values:
        raise faults.refused(
            top,
            text("The sheet “{sheet}” is larger than any report.", sheet=sheet.name),
            text("Delete what is not the report; the limit is {name}.", name=variable("values")),
        )
    yield Grid(tuple(_cells(sheet, file, height, width)), top)


def _cells(sheet: Sheet, file: str, height: int, width: int) -> Iterator[Cell]:
    """Give every place of the used area, the empty ones too; merged areas as one cell."""
    covered: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            if (row, column) in covered:
                continue
            tall, wide = sheet.merged.get((row, column), (1, 1))
            tall, wide = min(tall, height - row), min(wide, width - column)
            area = {(row + y, column + x) for y in range(tall) for x in range(wide)}
            covered |= area
            place = Position(file, row + 1, column + 1, sheet.name, reference(row, column))
            words = sheet.cells.get((row, column), "").strip()
            yield Cell(row, column, words, place, tall, wide)


def reference(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: (6, 1) is ``B7``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def place(name: str) -> tuple[int, int] | None:
    """Read a cell's name: ``B7`` is (6, 1)."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def number(stored: str) -> str:
    """Word a stored number as people see it: ``0.30000000000000004`` is 0.3."""
    try:
        value = float(stored)
    except ValueError:
        return stored
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    return f"{value:.10g}" if abs(value) >= 0.0001 else stored
