"""Where labels and numbers of a table stand: spans worked out from the trees of the form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from toolkit.forms import Item


@dataclass(frozen=True, slots=True)
class Slot:
    """One label in the grid; ``chain`` are its item and the groups above it, outermost first."""

    chain: tuple[Item, ...]
    level: int
    first: int
    leaves: int
    leaf: bool

    @property
    def item(self) -> Item:
        """The item whose label it is."""
        return self.chain[-1]


def slots(items: Iterable[Item], start: int = 0) -> Iterator[Slot]:
    """Yield every label of a tree, groups before what is in them.

    ``first`` is the number of leaves before it, from ``start``; ``leaves`` how many it spans.
    """
    first = start
    for item in items:
        yield from _below((item,), 0, first)
        first += _leaves(item)


def _below(chain: tuple[Item, ...], level: int, first: int) -> Iterator[Slot]:
    item = chain[-1]
    yield Slot(chain, level, first, _leaves(item), not item.items)
    for child in item.items:
        yield from _below((*chain, child), level + 1, first)
        first += _leaves(child)


def _leaves(item: Item) -> int:
    return sum(1 for _ in item.chains())


def depth(items: Iterable[Item]) -> int:
    """Levels of labels in a tree; 0 for a single item without label."""
    return max((item.depth for item in items if item.label or item.items), default=0)


def shared_columns(counts: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Fit blocks with different numbers of value columns into one grid.

    Each block divides the width evenly; the grid has a line wherever a block has one.

    Args:
        counts: how many value columns the blocks have: ``{3, 2}``.

    Returns:
        For each count, how many grid columns each of its columns spans. ``{3, 2}`` gives
        ``{3: (1, 2, 1), 2: (2, 2)}``: the five columns of the form of 2019, with the labels.
    """
    distinct = set(counts)
    lines = sorted({Fraction(i, n) for n in distinct for i in range(n + 1)})
    return {n: tuple(_between(lines, i, n) for i in range(n)) for n in distinct}


def _between(lines: list[Fraction], index: int, count: int) -> int:
    low, high = Fraction(index, count), Fraction(index + 1, count)
    return sum(1 for line in lines if low < line <= high)


def shared_widths(counts: Iterable[int]) -> tuple[float, ...]:
    """Widths of the grid columns of `shared_columns`, adding up to 1."""
    lines = sorted({Fraction(i, n) for n in set(counts) for i in range(n + 1)})
    return tuple(float(b - a) for a, b in pairwise(lines))
