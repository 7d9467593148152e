"""Text files: dumps of pages with a cell a line, tables between bars or tabs, aligned columns."""

import re
from collections.abc import Iterator, Sequence

from toolkit.diagnostics import Position
from toolkit.importers.blocks import Block, Cell, Document, Grid, Paragraph
from toolkit.importers.encoding import decode

_BAR = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"^[\s|+:=─━┌┐└┘├┤┬┴┼-]*$")
_FEWEST = 3
"""A row between bars has at least so many cells; a dump with a cell a line has fewer."""


def read(data: bytes, file: str) -> Document:
    """Read a text file in any of the usual encodings."""
    words, findings = decode(data, file)
    lines = [
        Paragraph(line, Position(file, number, 1))
        for number, line in enumerate(words.split("\n"), 1)
    ]
    return Document(file, tuple(_blocks(lines)), findings=tuple(findings))


def _blocks(lines: Sequence[Paragraph]) -> Iterator[Block]:
    rows: list[tuple[Paragraph, list[str]]] = []
    for line in lines:
        cells = _cells(line.text)
        if cells is not None:
            rows.append((line, cells))
            continue
        if rows and _RULE.match(line.text) and line.text.strip():
            continue
        if rows:
            yield _grid(rows)
            rows = []
        if line.text.strip():
            yield Paragraph(_stripped(line.text), line.place)
    if rows:
        yield _grid(rows)


def _stripped(words: str) -> str:
    return words.strip(" \u3000\u00a0\ufeff")


def _cells(line: str) -> list[str] | None:
    """Cut a line that is a whole row: cells between tabs, or between bars at both ends."""
    if "\t" in line.strip("\n"):
        cells = line.split("\t")
        filled = sum(bool(cell.strip()) for cell in cells)
        label = bool(cells[0].strip()) and len(cells) >= _FEWEST
        return cells if filled > 1 or (filled == 1 and label) else None
    if _RULE.match(line):
        return None
    words = line.strip()
    inner = _BAR.split(words)
    if len(inner) < _FEWEST:
        return None
    if _BAR.match(words[0]) and _BAR.match(words[-1]):
        inner = inner[1:-1]
    return inner


def _grid(rows: Sequence[tuple[Paragraph, list[str]]]) -> Grid:
    cells = []
    for number, (line, words) in enumerate(rows):
        column = 1
        for place, cell in enumerate(words):
            at = Position(line.place.file, line.place.line, column)
            cells.append(Cell(number, place, cell.strip(), at))
            column += len(cell) + 1
    return Grid(tuple(cells), rows[0][0].place)
