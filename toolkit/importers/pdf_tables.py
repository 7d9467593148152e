"""Ruled tables of a PDF → grids; a table that goes on over a page is one grid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.diagnostics import Position
from toolkit.importers.blocks import Cell, Grid

_NEAR = 3.0
"""Points; lines nearer than that are one line."""
_MARGINS = 10.8
"""Points; what word processors leave free at both sides of a cell together."""
_SLACK = 2.0

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left."""


@dataclass(frozen=True, slots=True)
class Area:
    """The part of a table on one page: its cells with their text."""

    page: int
    box: Box
    cells: tuple[tuple[Box, str], ...]
    place: Position

    @classmethod
    def of(
        cls, table: Any, words: Sequence[dict[str, Any]], page: Any, file: str, n: int
    ) -> "Area":
        """Take a table that pdfplumber found, with the words inside."""
        boxes = [_box(cell) for cell in table.cells]
        texts: dict[Box, list[dict[str, Any]]] = {box: [] for box in boxes}
        for word in words:
            for box in boxes:
                if _inside(word, box):
                    texts[box].append(word)
                    break
        order = int(page.page_number) * 10_000 + int(table.bbox[1])
        place = Position(file, order, 1, f"page {page.page_number}", f"table {n}")
        cells = tuple((box, _text(found, box)) for box, found in texts.items())
        return cls(int(page.page_number), _box(table.bbox), cells, place)

    @property
    def top(self) -> float:
        """Distance from the top of the page, in points."""
        return self.box[1]

    def holds(self, word: dict[str, Any]) -> bool:
        """Whether a word stands inside."""
        return _inside(word, self.box)


def _box(values: Any) -> Box:
    left, top, right, bottom = map(float, values)
    return left, top, right, bottom


def _inside(word: dict[str, Any], box: Box) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _text(words: list[dict[str, Any]], box: Box) -> str:
    """Word a cell: its lines from top to bottom; a number that did not fit into one is whole."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["top"], w["x0"])):
        if lines and abs(lines[-1][0]["top"] - word["top"]) < _NEAR:
            lines[-1].append(word)
        else:
            lines.append([word])
    rows = [sorted(line, key=lambda w: float(w["x0"])) for line in lines]
    broken = all(len(row) == 1 and row[0]["text"].isdecimal() for row in rows)
    if broken and all(_fills(row[0], box) for row in rows[:-1]):
        return "".join(row[0]["text"] for row in rows)
    return "\n".join(" ".join(word["text"] for word in row) for row in rows)


def _fills(word: dict[str, Any], box: Box) -> bool:
    """Whether a cell has no room for one more digit behind a word."""
    width = float(word["x1"]) - float(word["x0"])
    free = box[2] - box[0] - _MARGINS - width
    return free < width / len(word["text"]) + _SLACK


def joins(above: Area, below: Area) -> bool:
    """Whether a table goes on at the top of the next page: the same width, the same place."""
    return (
        below.page == above.page + 1
        and abs(above.box[0] - below.box[0]) < _NEAR
        and abs(above.box[2] - below.box[2]) < _NEAR
    )


def grid(areas: Sequence[Area]) -> Grid:
    """Make one grid of the parts: columns by all their lines, rows page by page."""
    columns = _edges(x for area in areas for box, _ in area.cells for x in (box[0], box[2]))
    cells: list[Cell] = []
    breaks: list[int] = []
    start = 0
    for area in areas:
        breaks += [start] if start else []
        rows = _edges(y for box, _ in area.cells for y in (box[1], box[3]))
        for box, words in area.cells:
            row, below = _index(rows, box[1]), _index(rows, box[3])
            column, right = _index(columns, box[0]), _index(columns, box[2])
            place = Position(
                area.place.file,
                area.place.line,
                1,
                area.place.sheet,
                f"{area.place.cell}, row {row + 1}, column {column + 1}",
            )
            cells.append(
                Cell(start + row, column, words, place, max(1, below - row), max(1, right - column))
            )
        start += len(rows) - 1
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(cells), areas[0].place, breaks=tuple(breaks))


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
