"""A table that goes on over a page: labels and rows that the page cut in two, made whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.importers.blocks import Cell, Grid
from toolkit.importers.labels import key
from toolkit.importers.tables.rows import Labels
from toolkit.importers.tables.tokens import is_value

Pair = tuple[Cell, Cell]


def mended(grid: Grid, labels: Labels) -> Grid:
    """Join cells over a page where the form knows the joined label and neither half.

    Where all other cells of the row have words on one side only, the row was cut and its two
    parts become one; so they do where one has the label and the other the values. Else only the
    label of a group was cut.
    """
    cells = list(grid.cells)
    for row in sorted(grid.breaks, reverse=True):
        pairs = list(_pairs(cells, row))
        cut = [pair for pair in pairs if _is_cut(pair, labels)]
        torn = _is_torn(cells, row)
        if not cut and not torn:
            continue
        below = [cell for cell in cells if cell.row == row]
        whole = all(pair in cut or not (_words(pair[0]) and _words(pair[1])) for pair in pairs)
        if whole and len(pairs) == len(below):
            cells = [_joined(cell, pairs, 1) for cell in cells if cell not in below]
            cells = [replace(c, row=c.row - 1) if c.row > row else c for c in cells]
        elif torn:
            cells = [_unclear(cell, row) for cell in cells]
        else:
            halves = [second for _, second in cut]
            cells = [_joined(cell, cut, 0) for cell in cells if cell not in halves]
    return replace(grid, cells=tuple(cells), breaks=())


def _pairs(cells: Sequence[Cell], row: int) -> Iterator[Pair]:
    """Yield the cells that meet at a page's edge and have the same columns."""
    above = {c.column: c for c in cells if c.row + c.rowspan == row}
    for cell in cells:
        first = above.get(cell.column)
        if cell.row == row and first is not None and first.colspan == cell.colspan:
            yield first, cell


def _words(cell: Cell) -> str:
    return cell.text.strip()


def _is_cut(pair: Pair, labels: Labels) -> bool:
    first, second = _words(pair[0]), _words(pair[1])
    halves = (key(first), key(second))
    if not all(halves) or labels.is_known(first) or labels.is_known(second):
        return False
    return labels.is_known(first + second)


def _is_torn(cells: Sequence[Cell], row: int) -> bool:
    """Whether a row's label stands on one page and all its numbers on the other."""
    low = [cell for cell in cells if cell.rowspan == 1 and _words(cell)]  # no groups
    above = [_words(cell) for cell in low if cell.row == row - 1]
    below = [_words(cell) for cell in low if cell.row == row]
    for names, figures in ((above, below), (below, above)):
        if names and figures and all(map(_is_figure, figures)) and not any(map(_is_figure, names)):
            return True
    return False


def _is_figure(words: str) -> bool:
    """Whether it is a number or a mark, in one piece or several."""
    return not any(char >= "一" for char in words) or is_value(words)


def _unclear(cell: Cell, row: int) -> Cell:
    """Mark a blank beside the label of a torn row: its number is on the other page."""
    blank = not _words(cell) and cell.rowspan == 1 and cell.row in (row - 1, row)
    return replace(cell, text="…") if blank else cell


def _joined(cell: Cell, pairs: Sequence[Pair], shared: int) -> Cell:
    """Let a cell take in its other half; ``shared`` is the number of rows both count."""
    for first, second in pairs:
        if first is cell:
            words = _words(first) + _words(second)
            return replace(cell, text=words, rowspan=first.rowspan + second.rowspan - shared)
    return cell
