"""What every format is read into: paragraphs and grids, in reading order, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.diagnostics import Finding, Position

PAGE = 100_000.0
"""From one page to the next, as far as heights of words are compared; no page is so long."""


@dataclass(frozen=True, slots=True)
class Word:
    """Some words without a space, and where they stand on the page.

    ``left``, ``right`` and ``line`` (the height of their middle, growing downwards) are in a unit
    of the format: points in a PDF, columns and lines in a text.
    """

    words: str
    left: float
    right: float
    line: float
    place: Position

    @property
    def middle(self) -> float:
        """Where its middle stands, from the left."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line or paragraph of text.

    ``title`` marks what the format itself calls a title (``<h1>``, Word's Title). ``trail`` names
    the containers it stands in, outermost first, where a format has such; it serves only to
    tell the report from the page around it. ``layouts`` say where its words stand, where a
    format knows that: one entry for each way to measure it. ``wrapped`` marks one line of a
    text, whose paragraph may go on in the next. ``caption`` marks words
    that are no part of it: under a picture, a watermark, a running head.
    """

    text: str
    place: Position
    title: bool = False
    trail: tuple[int, ...] = ()
    layouts: tuple[tuple[Word, ...], ...] = field(default=(), compare=False, repr=False)
    wrapped: bool = field(default=False, compare=False)
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell; ``row`` and ``column`` are its upper left place in the grid, from 0.

    ``text`` keeps line breaks inside the cell as ``\n``.
    """

    row: int
    column: int
    text: str
    place: Position
    rowspan: int = 1
    colspan: int = 1

    @property
    def columns(self) -> range:
        """The grid columns it covers."""
        return range(self.column, self.column + self.colspan)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of the source. Cells are in reading order and do not overlap.

    ``breaks`` are the rows a new page begins with.
    """

    cells: tuple[Cell, ...]
    place: Position
    trail: tuple[int, ...] = ()
    breaks: tuple[int, ...] = ()

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((cell.column + cell.colspan for cell in self.cells), default=0)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield each row: the cells that touch it, left to right, those from above included."""
        touching: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                touching[row].append(cell)
        for cells in touching:
            yield tuple(sorted(cells, key=lambda cell: cell.column))


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A published report as it was read, before any meaning is given."""

    file: str
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = field(default=())
