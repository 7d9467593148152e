"""Text files: dumps of pages with a cell a line, tables between bars or tabs, aligned columns."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.diagnostics import Position
from toolkit.importers.blocks import PAGE, Block, Cell, Document, Grid, Paragraph, Word
from toolkit.importers.formats.encoding import decode

_BAR = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"^[\s|+:=─━┌┐└┘├┤┬┴┼-]*$")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－·]{1,3}\s*\d{1,3}\s*[-—–－·]{1,3}|第\s*\d{1,3}\s*页(?:.{0,3}共\s*\d{1,3}\s*页)?)\s*"
)
_FEWEST = 3
"""A row between bars has at least so many cells; a dump with a cell a line has fewer."""


def read(data: bytes, file: str) -> Document:
    """Read a text file in any of the usual encodings."""
    words, findings = decode(data, file)
    return Document(file, tuple(blocks(words, file)), findings=tuple(findings))


def blocks(words: str, file: str, first: int = 1) -> Iterator[Block]:
    """Return the paragraphs and grids of a text that begins in line ``first`` of a file."""
    return _blocks(list(_lines(words, file, first)))


def _lines(words: str, file: str, first: int) -> Iterator[Paragraph]:
    """Yield the lines with the places of their words; the number of a page is no line."""
    page, blank, counted = 0, 0, "\f" in words
    for number, line in enumerate(words.split("\n"), first):
        page += line.count("\f")
        plain = line.replace("\f", "")
        alone = counted and blank > 1 and plain.strip() == str(page + 1)
        if _PAGE_NUMBER.fullmatch(plain):
            page += not counted
        elif not alone:
            place = Position(file, number, 1)
            layouts = _layouts(plain, place, page * PAGE + number)
            yield Paragraph(plain, place, layouts=layouts, wrapped=True)
        blank = 0 if plain.strip() else blank + 1


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
            yield replace(line, text=_stripped(line.text))
    if rows:
        yield _grid(rows)


def _layouts(line: str, place: Position, height: float) -> tuple[tuple[Word, ...], ...]:
    """Return where words stand: counted in characters, and with Han characters two columns wide."""
    parts = [(match.start(), match.group()) for match in re.finditer(r"\S+", line)]
    counted = tuple(Word(w, at, at + len(w), height, place) for at, w in parts)
    wide = []
    for at, words in parts:
        left = _width(line[:at])
        wide.append(Word(words, left, left + _width(words), height, place))
    return counted, tuple(wide)


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


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
    start = 1 if _BAR.match(words[0]) else 0
    end = -1 if _BAR.match(words[-1]) else None
    return inner[start:end]


def _grid(rows: Sequence[tuple[Paragraph, list[str]]]) -> Grid:
    cells = []
    for number, (line, words) in enumerate(rows):
        column = 1
        for place, cell in enumerate(words):
            at = Position(line.place.file, line.place.line, column)
            cells.append(Cell(number, place, cell.strip(), at))
            column += len(cell) + 1
    return Grid(tuple(cells), rows[0][0].place)
