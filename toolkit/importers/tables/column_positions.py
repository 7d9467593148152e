"""Which column each number of a table without lines stands in, by the places of the words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from toolkit.forms.model import Table
from toolkit.importers.blocks import PAGE, Word
from toolkit.importers.labels import key
from toolkit.importers.tables import columns
from toolkit.importers.tables.columns import Chain
from toolkit.importers.tables.rows import Row
from toolkit.importers.tables.wrapped_labels import Stack, overlap

_UNDER = 0.4
"""Share of the way to the next column; a number stands no further off its own column."""
_STRAIGHT = 4
"""Full rows; fewer do not show that a text's columns stand straight."""
_FIT = 0.7
"""So many columns, at least, have their numbers under their label."""

Head = tuple[Stack, Chain | None]


@dataclass(slots=True)
class Line:
    """Numbers on one height, and the row of the form they stand beside."""

    values: list[Word]
    row: Row | None = None
    label: str = ""

    @property
    def height(self) -> float:
        """Where its numbers stand, from above."""
        return self.values[0].line

    def words(self) -> str:
        """Return it as one row of the source."""
        return " | ".join([*([self.label] if self.label else []), *(v.words for v in self.values)])


@dataclass(slots=True)
class Part:
    """One table: the labels of its columns, left to right, and its lines."""

    table: Table
    heads: list[Head] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def heads(table: Table, above: Sequence[Stack], wanted: int) -> list[Head]:
    """Return the labels of a table's columns, left to right, as many as there are numbers in a row.

    Other words at the height of these labels are columns that the form does not have.
    """
    chains = columns.leaves(table)
    known = _once([(stack, chain) for stack in above if (chain := _leaf(stack, chains))])
    if len(known) < len(chains):
        return []
    edge = min(stack.left for stack, _ in known)
    top, bottom = min(s.top for s, _ in known), max(s.bottom for s, _ in known)
    strange: list[Head] = [
        (stack, None)
        for stack in above
        if not stack.known and stack.middle > edge and top <= stack.top <= bottom
    ]
    known = [*known, *strange]
    if len(known) < wanted:
        return []
    across = sorted(known, key=lambda head: head[0].middle)
    names = [chain[-1].label for _, chain in across if chain]
    if len(set(names)) == len(names):
        return across
    if names != [chain[-1].label for chain in chains]:
        return []
    following = iter(chains)
    return [(head, next(following) if chain else None) for head, chain in across]


def _leaf(stack: Stack, chains: Sequence[Chain]) -> Chain | None:
    """Return the first column with this label."""
    mine = key(stack.words)
    return next(
        (chain for chain in chains if mine in {key(name) for name in columns.names(chain[-1])}),
        None,
    )


def _once(heads: Sequence[tuple[Stack, Chain]]) -> list[Head]:
    """Of a label that stands twice, one over the other, keep the lower."""
    kept: list[Head] = []
    for stack, chain in heads:
        again = [h for h in kept if h[1] == chain and overlap(h[0], stack)]
        kept = [head for head in kept if head not in again]
        kept.append((stack, chain))
    return kept


def centres(part: Part) -> dict[int, list[float]]:
    """Return where each column stands on each page: where the numbers of full rows do.

    Without any full row the labels say it. Nothing is said of a page without a full row where
    others have one, and nothing at all where the numbers neither stand under the labels nor
    the labels in the form's order.
    """
    pages: dict[int, list[list[Word]]] = {}
    for line in part.lines:
        if len(line.values) == len(part.heads):
            pages.setdefault(int(line.height // PAGE), []).append(line.values)
    stand = {
        page: [median(value.middle for value in column) for column in zip(*full, strict=True)]
        for page, full in pages.items()
    }
    middles = [head.middle for head, _ in part.heads]
    if not stand:
        return {int(line.height // PAGE): middles for line in part.lines}
    first = next(iter(stand.values()))
    fitting = sum(_nearest(centre, middles) == i for i, centre in enumerate(first))
    return stand if fitting > len(middles) * _FIT or _side_by_side(part) else {}


def _side_by_side(part: Part) -> bool:
    """Whether the labels stand one after the other in the form's order, none over another."""
    chains = [chain for _, chain in part.heads]
    apart = all(not overlap(left[0], right[0]) for left, right in pairwise(part.heads))
    return apart and chains == list(columns.leaves(part.table))


def _nearest(middle: float, middles: Sequence[float]) -> int:
    return min(range(len(middles)), key=lambda i: abs(middles[i] - middle))


def placed(line: Line, stand: Sequence[float], sure: bool) -> dict[int, Word] | None:
    """Pair numbers with columns; None if one stands between two, or two in one.

    Where there are as many numbers as columns, each may stand further off. With fewer, a blank
    is among them, and the columns must be ``sure``.
    """
    full = len(line.values) == len(stand)
    if not stand or not (full or sure):
        return None
    share = 2 * _UNDER if full else _UNDER
    found: dict[int, Word] = {}
    for index, value in enumerate(line.values):
        column = index if full else _nearest(value.middle, stand)
        others = [abs(centre - stand[column]) for i, centre in enumerate(stand) if i != column]
        room = share * min(others, default=float("inf"))
        if column in found or abs(stand[column] - value.middle) > room:
            return None
        found[column] = value
    return found or None


def is_sure(part: Part, page: int) -> bool:
    """Whether a text's columns stand straight: no number of a full row under another column."""
    full = [
        line.values
        for line in part.lines
        if len(line.values) == len(part.heads) and int(line.height // PAGE) == page
    ]
    if len(full) < _STRAIGHT:
        return False
    edges = [
        (min(v.left for v in column), max(v.right for v in column))
        for column in zip(*full, strict=True)
    ]
    return all(left[1] < right[0] for left, right in pairwise(edges))
