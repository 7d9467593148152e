"""A finding: one thing to mend, said so that its author can mend it."""

from dataclasses import dataclass
from enum import IntEnum

from toolkit.messages import Text


class Severity(IntEnum):
    """How much a finding weighs; larger is worse."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """Lower-case name, as in JSON: ``"error"``, ``"warning"``, ``"note"``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in an input file.

    Lines and columns count from 1 and in characters; 0 means the file as a whole. For a
    spreadsheet ``sheet`` and ``cell`` (``"B7"``) name the place and line and column are
    those of the cell; ``page`` is the number of the sheet.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""
    page: int = 0

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{self.sheet}!{self.cell}"
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, its place, its field and its remedy.

    ``path`` is the canonical path of the value (``("applications", "new", "total")``),
    empty when the finding is about the whole file. ``field`` is the same in the author's
    own words. ``length`` is how many characters a frame underlines. ``citation`` says
    where the demand comes from, or is empty.
    """

    code: str
    severity: Severity
    position: Position
    path: tuple[str, ...]
    field: str
    message: Text
    remedy: Text | None = None
    citation: Text | None = None
    length: int = 1
    related: tuple[tuple[Position, Text], ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: the order of the file, since an author mends from top to bottom."""
        place = self.position
        return (place.file, place.page, place, self.code, self.path)
