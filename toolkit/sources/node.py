"""A data file as it was written: values with their places, before any meaning is given."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.diagnostics import Finding, Position


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value.

    ``value`` is ``int``, ``Decimal``, ``bool``, ``None``, ``str``, or the ``float`` NaN or
    infinity; ``raw`` is the text as written; ``plain`` is False for quoted and block text.
    """

    value: object
    raw: str
    position: Position
    plain: bool = True

    @property
    def length(self) -> int:
        """How many characters a frame underlines; a block of text counts as one."""
        return max(1, len(self.raw)) if self.plain else 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One key with its value."""

    key: str
    position: Position
    node: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; no key stands twice."""

    entries: tuple[Entry, ...]
    position: Position

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def find(self, *keys: str) -> Entry | None:
        """Return the first entry under one of the keys, or None."""
        return next((entry for entry in self.entries if entry.key in keys), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    position: Position


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True)
class Source:
    """One data file, read.

    ``data`` is the file byte for byte; ``text`` its lines for frames (empty for a
    spreadsheet); ``findings`` are the faults that did not keep it from being read.
    """

    file: str
    root: Mapping
    data: bytes = b""
    text: str = ""
    findings: tuple[Finding, ...] = field(default=())
