"""Builds the tree of a data file from a stream of openings, values and closings."""

from dataclasses import dataclass, field

from toolkit.diagnostics import Finding, Position
from toolkit.limits import limits
from toolkit.messages import text
from toolkit.sources import faults
from toolkit.sources.node import Entry, Mapping, Node, Scalar, Sequence
from toolkit.sources.slips.slip import Place


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet; ``key`` waits for its value."""

    position: Position
    is_mapping: bool
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    places: dict[str, Position] = field(default_factory=dict)
    key: tuple[str, Position] | None = None

    def node(self) -> Node:
        if self.is_mapping:
            return Mapping(tuple(self.entries), self.position)
        return Sequence(tuple(self.items), self.position)


class Builder:
    """Takes a document piece by piece, without recursion, within the limits."""

    def __init__(self, file: str, written: Place = lambda line, column: (line, column)) -> None:
        """Begin a tree.

        Args:
            file: its name, for positions.
            written: leads from a place in the text that is read to that in the file.
        """
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._file, self._written = file, written
        self._open: list[_Open] = []
        self._count = 0
        self._limits = limits()

    def place(self, line: int, column: int) -> Position:
        """Make a position in the file that is being read."""
        return Position(self._file, *self._written(line, column))

    def open_mapping(self, position: Position) -> None:
        """Begin a mapping."""
        self._begin(position, is_mapping=True)

    def open_sequence(self, position: Position) -> None:
        """Begin a list."""
        self._begin(position, is_mapping=False)

    def close(self) -> None:
        """End the innermost mapping or list."""
        self._put(self._open.pop().node())

    def value(self, scalar: Scalar) -> None:
        """Take a key or a value, whichever is due."""
        self._count += 1
        if self._count > self._limits.values:
            message = text("The file holds more than {limit} values.", limit=self._limits.values)
            raise faults.over_limit("values", scalar.position, message)
        top = self._open[-1] if self._open else None
        if top is not None and top.is_mapping and top.key is None:
            top.key = (scalar.raw, scalar.position)
        else:
            self._put(scalar)

    def _begin(self, position: Position, *, is_mapping: bool) -> None:
        if len(self._open) >= self._limits.depth:
            message = text("Nested deeper than {limit} levels.", limit=self._limits.depth)
            raise faults.over_limit("depth", position, message)
        top = self._open[-1] if self._open else None
        if top is not None and top.is_mapping and top.key is None:
            raise faults.unreadable(position, "a key must be a word")
        self._open.append(_Open(position, is_mapping))

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if not top.is_mapping:
            top.items.append(node)
            return
        key, position = top.key or ("", node.position)
        top.key = None
        if key in top.places:
            path = (*(o.key[0] for o in self._open if o.key), key)
            self.findings.append(faults.duplicate(position, key, top.places[key], path))
            return
        top.places[key] = position
        top.entries.append(Entry(key, position, node))
