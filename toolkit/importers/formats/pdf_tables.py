"""Ruled tables of a PDF → grids; a table that goes on over a page is one grid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from toolkit.diagnostics import Position
from toolkit.importers.blocks import Cell, Grid

_NEAR = 3.0
"""Points; lines nearer than that are one line."""
_FEWEST_ENDS = 3
"""So many lines between columns, at least, end where a page cuts a table."""
_SLIT = 5.5
"""Points; no cell is so narrow or so low."""
_MARGINS = 10.8
"""Points; what word processors leave free at both sides of a cell together."""
_SLACK = 2.0

_OVER = 1.0
"""Points; a number may stand out of its cell so far."""
_OTHER = 0.4
"""Points; gaps that differ more are not those within one number."""

Word = dict[str, Any]
"""A word or a character as pdfplumber gives it."""
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
        boxes = [box for cell in table.cells if not _is_slit(box := _box(cell))]
        texts: dict[Box, list[dict[str, Any]]] = {box: [] for box in boxes}
        for word in words:
            for box, part in _shared(word, boxes):
                texts[box].append(part)
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


def _is_slit(box: Box) -> bool:
    """Whether it is no cell, but what stands between double lines."""
    return min(box[2] - box[0], box[3] - box[1]) <= _SLIT


def _inside(word: dict[str, Any], box: Box) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def cut_ends(page: Any) -> list[float]:
    """Return the heights at which a page cuts its first or last table, without a line of its own.

    Some programs draw no line there; only the lines between the columns end.
    """
    across = [float(e["top"]) for e in page.horizontal_edges if e["width"] > 2 * _SLIT]
    down = [edge for edge in page.vertical_edges if edge["height"] > _SLIT]
    found: list[float] = []
    for edges, lines, side in (
        ([float(edge["bottom"]) for edge in down], across, 1),
        ([-float(edge["top"]) for edge in down], [-y for y in across], -1),
    ):
        end = max(edges, default=0.0)
        ending = sum(abs(edge - end) < _NEAR for edge in edges)
        if lines and end - max(lines) > _SLIT and ending >= _FEWEST_ENDS:
            found.append(side * end)
    return found


def _shared(word: Word, boxes: Sequence[Box]) -> Iterator[tuple[Box, Word]]:
    """Yield a word to its cell, or its parts to theirs: numbers that touch over a line are two.

    Where it cannot be seen whether a number is two or runs out of its cell, every cell gets all
    of it with a space between, which no cell can be read from.
    """
    middle = next((box for box in boxes if _inside(word, box)), None)
    if not _is_number(word["text"]) or (middle and _keeps(word, middle)):
        if middle:
            yield middle, word
        return
    parts: dict[Box, list[Word]] = {}
    for char in word["chars"]:
        box = next((box for box in boxes if _inside(char, box)), middle)
        if box:
            parts.setdefault(box, []).append(char)
    apart = _are_apart([part for _, part in sorted(parts.items())])
    for box, chars in parts.items():
        texts = ["".join(char["text"] for char in part) for part in parts.values()]
        own = "".join(char["text"] for char in chars)
        yield box, {**word, "text": own if apart or len(parts) == 1 else " ".join(texts)}


def _keeps(word: Word, box: Box) -> bool:
    return bool(box[0] - _OVER <= word["x0"] and word["x1"] <= box[2] + _OVER)


def _is_number(words: str) -> bool:
    return any(char.isdecimal() for char in words) and not any(char >= "一" for char in words)


def _are_apart(parts: Sequence[Sequence[Word]]) -> bool:
    """Whether the gaps between parts are other ones than those inside."""
    inner = [right["x0"] - left["x1"] for part in parts for left, right in pairwise(part)]
    usual = median(inner) if inner else 0.0
    joints = [right[0]["x0"] - left[-1]["x1"] for left, right in pairwise(parts)]
    return all(abs(joint - usual) > _OTHER for joint in joints)


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
        if not found or value - found[-1] > _SLIT:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
