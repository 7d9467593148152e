"""A tree of values put together path by path, in any order: what a workbook's cells add up to."""

from dataclasses import dataclass, field

from toolkit.diagnostics import Position
from toolkit.sources.node import Entry, Mapping, Node, Scalar, Sequence

Path = tuple[str, ...]


@dataclass(slots=True)
class _Group:
    position: Position
    below: "dict[str, tuple[Position, _Group | Node]]" = field(default_factory=dict)

    def node(self) -> Mapping:
        entries = (
            Entry(key, place, item.node() if isinstance(item, _Group) else item)
            for key, (place, item) in self.below.items()
        )
        return Mapping(tuple(entries), self.position)


class Tree:
    """Grows by `put`; ``root`` is what it came to."""

    def __init__(self, top: Position) -> None:
        self._top = _Group(top)

    @property
    def root(self) -> Mapping:
        """The whole tree."""
        return self._top.node()

    def open(self, path: Path, position: Position) -> None:
        """See that the groups down to a path are there, even if they stay empty."""
        self._group(path, position)

    def put(self, path: Path, node: Scalar | Sequence) -> Position | None:
        """Put one value at its path; gives the place of the value that is there already."""
        group = self._group(path[:-1], node.position)
        if group is None:
            return self._top.position
        if path[-1] in group.below:
            return group.below[path[-1]][0]
        group.below[path[-1]] = (node.position, node)
        return None

    def _group(self, path: Path, position: Position) -> _Group | None:
        group = self._top
        for step in path:
            item = group.below.setdefault(step, (position, _Group(position)))[1]
            if not isinstance(item, _Group):
                return None
            group = item
        return group
