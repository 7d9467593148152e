"""Header rows of a grid → which grid columns belong to which column of an official table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.forms.model import Item, Table
from toolkit.importers.blocks import Cell
from toolkit.importers.labels import Likeness, choose, key, likeness
from toolkit.importers.reading import Notes

Chain = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of one header, left to right.

    ``cells`` are the lowest header cells; ``chains`` the form's column each was read as, or
    None. ``width`` is that of the grid, for a table that goes on without its header.
    """

    cells: tuple[Cell, ...]
    chains: tuple[Chain | None, ...]
    width: int
    aligned: bool = True
    """False where the header's spans are wrong: the cells are in the form's order then."""

    def known(self) -> int:
        """How many columns were recognised."""
        return sum(chain is not None for chain in self.chains)


def names(item: Item) -> tuple[str, ...]:
    """All spellings of a label."""
    return (item.label, *item.variants)


def leaves(table: Table) -> tuple[Chain, ...]:
    """Return the table's columns, each with its groups before it."""
    return tuple(chain for top in table.columns for chain in top.chains())


def labels(table: Table) -> tuple[Item, ...]:
    """Return every column and column group once."""
    return tuple(dict.fromkeys(item for chain in leaves(table) for item in chain))


def read(header: Sequence[tuple[Cell, ...]], table: Table, width: int, notes: Notes) -> Heads:
    """Recognise the columns of a table in its header rows.

    Args:
        header: the header rows, each with all cells that touch it.
        table: the official table the rows below belong to.
        width: of the grid.
        notes: a column that is only like its label is reported there.
    """
    bottoms = _bottoms(header, width)
    chains = leaves(table)
    if _is_torn(bottoms, header, chains) or _is_ragged(header, width):
        return _by_reading(header, chains, width)
    found = [_leaf(above, chains) for _, above in bottoms]
    cells = [cell for cell, _ in bottoms]
    if _in_order(cells, chains) is not None:
        found = [match or pair for match, pair in zip(found, _pairs(cells, chains), strict=True)]
    kept = _unique(found)
    for cell, pair in zip(cells, kept, strict=True):
        if pair is not None and pair[1] is Likeness.NEAR:
            notes.near(cell.text, pair[0][-1].label, cell.place, table.path)
    return Heads(tuple(cells), tuple(pair[0] if pair else None for pair in kept), width)


def _is_torn(
    bottoms: Sequence[tuple[Cell, tuple[str, ...]]],
    header: Sequence[tuple[Cell, ...]],
    chains: tuple[Chain, ...],
) -> bool:
    """Whether a column does not stand under its group, though the group is there."""
    there = {key(cell.text) for row in header for cell in row}
    for _, words in bottoms:
        pair = _leaf(words, chains)
        group = pair[0][-2].label if pair and len(pair[0]) > 1 else ""
        if key(group) in there - {""} and key(group) not in map(key, words):
            return True
    return False


def _is_ragged(header: Sequence[tuple[Cell, ...]], width: int) -> bool:
    """Whether rows without any span are of different length, as where a text has tabs."""
    cells = [cell for row in header for cell in row]
    spans = any(cell.colspan > 1 or cell.rowspan > 1 for cell in cells)
    return not spans and len(header) > 1 and any(len(row) < width for row in header)


def _by_reading(header: Sequence[tuple[Cell, ...]], chains: tuple[Chain, ...], width: int) -> Heads:
    """Where spans are wrong, take the labels as they follow in the source, or nothing."""
    cells = sorted(
        {cell for row in header for cell in row}, key=lambda cell: (cell.row, cell.column)
    )
    wanted = sorted(chains, key=len)
    names_of_leaves = {key(chain[-1].label) for chain in chains}
    found = [cell for cell in cells if key(cell.text) in names_of_leaves]
    if [key(cell.text) for cell in found] != [key(chain[-1].label) for chain in wanted]:
        return Heads((), (), width)
    pairs = dict(zip(wanted, found, strict=True))
    return Heads(tuple(pairs[chain] for chain in chains), chains, width, aligned=False)


Pair = tuple[Chain, Likeness]


def _bottoms(header: Sequence[tuple[Cell, ...]], width: int) -> list[tuple[Cell, tuple[str, ...]]]:
    """Return the lowest filled header cells, each with the labels down to it."""
    found: dict[Cell, tuple[str, ...]] = {}
    for column in range(width):
        chain = [
            cell for row in header if (cell := _at(row, column)) is not None and key(cell.text)
        ]
        bottom = next((cell for cell in reversed(chain) if column in cell.columns), None)
        if bottom is not None and bottom not in found:
            found[bottom] = tuple(dict.fromkeys(cell.text for cell in chain if cell != bottom))
    return [(cell, (*above, cell.text)) for cell, above in found.items()]


def _at(row: tuple[Cell, ...], column: int) -> Cell | None:
    """Return the cell over a column; an empty one takes the label at its left, as a group would."""
    found = None
    for cell in row:
        if cell.column > column:
            break
        if column in cell.columns or key(cell.text):
            found = cell if key(cell.text) else found
    return found


def _leaf(words: tuple[str, ...], chains: tuple[Chain, ...]) -> Pair | None:
    """Find the column that a chain of labels means, by its last label and its groups."""
    own = tuple(dict.fromkeys(chain[-1] for chain in chains))
    spelled = list(dict.fromkeys(names(item) for item in own))
    match = choose(words[-1], spelled)
    if match is None:
        parts = tuple(_PARTS.split(words[-1]))
        return _leaf((*words[:-1], *parts), chains) if len(parts) > 1 else None
    fitting = [chain for chain in chains if names(chain[-1]) == spelled[match.index]]
    if len(fitting) > 1:
        fitting = [chain for chain in fitting if _groups_fit(chain, words)]
    return (fitting[0], match.likeness) if len(fitting) == 1 else None


_PARTS = re.compile(r"\s*[\n/／:：]\s*|\s*[-—–]+\s*")
"""A group and its column may stand in one cell: 法人或其他组织-商业企业."""

_IN_BRACKETS = re.compile(r"[（(]([^（()）]+)[)）]")
"""A group may be told in brackets: 行政诉讼（复议后起诉）."""


def _groups_fit(chain: Chain, words: tuple[str, ...]) -> bool:
    above = [part for word in words[:-1] for part in (word, *_IN_BRACKETS.findall(word))]
    return any(likeness(word, names(chain[-2]))[0] >= Likeness.LOOSE for word in above)


def _in_order(cells: Sequence[Cell], chains: tuple[Chain, ...]) -> int | None:
    """Report where the form's whole sequence of labels begins among the header cells."""
    wanted = [{key(name) for name in names(chain[-1])} for chain in chains]
    there = [key(cell.text) for cell in cells]
    starts = [
        start
        for start in range(len(there) - len(wanted) + 1)
        if all(words in known for words, known in zip(there[start:], wanted, strict=False))
    ]
    return starts[0] if len(starts) == 1 else None


def _pairs(cells: Sequence[Cell], chains: tuple[Chain, ...]) -> list[Pair | None]:
    start = _in_order(cells, chains) or 0
    pairs: list[Pair | None] = [None] * len(cells)
    pairs[start : start + len(chains)] = [(chain, Likeness.EXACT) for chain in chains]
    return pairs


def _unique(found: Sequence[Pair | None]) -> list[Pair | None]:
    """Of several header cells read as one column the best counts; equals count as unknown."""
    kept: list[Pair | None] = []
    for pair in found:
        rivals = [other for other in found if other and pair and other[0] == pair[0]]
        best = max((other[1] for other in rivals), default=Likeness.NONE)
        alone = [other for other in rivals if other[1] is best]
        kept.append(pair if pair and pair[1] is best and len(alone) == 1 else None)
    return kept
