"""What was understood of a report: values with their places, what was not, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.forms import Form
from toolkit.forms.model import CellField, Path
from toolkit.importers import faults, numbers
from toolkit.importers.blocks import Document
from toolkit.validation.values import BLANK_MARKS


class Confidence(IntEnum):
    """How far a part of the reading can be relied on; larger is better."""

    LOW = 1
    """Something is missing or was not understood."""
    MEDIUM = 2
    """All was read, some of it by likeness or order: compare it with the source."""
    HIGH = 3
    """All was read by the form's own labels."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One value with the place and the words it was taken from."""

    value: object
    place: Position
    words: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words of the source that have no place in the form."""

    words: str
    place: Position


@dataclass(frozen=True, slots=True)
class Reading:
    """A published report, read.

    ``values`` holds texts (``str``), numbers and blank marks by path; a cell that the source
    does not have is there with the value None. ``findings`` are in the order of the source.
    ``left_out`` is what a page prints around the report.
    """

    document: Document
    form: Form
    values: Mapping[Path, Taken]
    unplaced: tuple[Unplaced, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[Unplaced, ...] = ()

    def confidence(self, part: Path) -> Confidence:
        """Judge a section, table or field by the findings about it."""
        worst = max(
            (found.severity for found in self.findings if found.path[: len(part)] == part),
            default=Severity.NOTE,
        )
        if worst is Severity.ERROR or not any(path[: len(part)] == part for path in self.values):
            return Confidence.LOW
        return Confidence.MEDIUM if worst is Severity.WARNING else Confidence.HIGH


@dataclass(slots=True)
class Notes:
    """The notebook of one import: the recognisers write here, and nowhere else."""

    form: Form
    values: dict[Path, Taken] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Unplaced] = field(default_factory=list)

    def copy(self) -> "Notes":
        """Return a notebook to try a reading in."""
        return Notes(
            self.form,
            dict(self.values),
            list(self.unplaced),
            list(self.findings),
            list(self.left_out),
        )

    def adopt(self, trial: "Notes") -> None:
        """Take over what was tried in a copy."""
        self.values, self.unplaced = trial.values, trial.unplaced
        self.findings, self.left_out = trial.findings, trial.left_out

    def understood(self) -> tuple[int, int]:
        """Return how much was read: cells with a number or blank mark, and how little was not."""
        fields = self.form.cell_at
        cells = [(t, fields[path].holds) for path, t in self.values.items() if path in fields]
        read = sum(
            not isinstance(taken.value, str)
            or taken.value in BLANK_MARKS
            or holds.is_absent(taken.value)
            or not holds.number
            for taken, holds in cells
        )
        return read, -len(self.unplaced)

    def cell(self, cell: CellField, words: str, place: Position, header: str = "") -> None:
        """Take one cell; a second, different value for it is reported and kept apart."""
        read = numbers.read(words, cell.holds, header)
        before = self.values.get(cell.path)
        if before is not None:
            if before.value != read.data:
                self.findings.append(
                    faults.twice(place, cell.path, cell.label, before.value, read.data)
                )
                self.unplaced.append(Unplaced(f"{cell.label}: {words}", place))
            return
        self.values[cell.path] = Taken(read.data, place, words)
        if not read.understood:
            self.findings.append(faults.not_a_number(place, words, cell.path, cell.label))
        elif read.helped:
            self.findings.append(faults.helped(place, words, read.data, cell.path, cell.label))

    def text(self, path: Path, value: str, place: Position) -> None:
        """Take a text or a word."""
        self.values[path] = Taken(value, place, value)

    def value(self, path: Path, value: object, place: Position, words: str) -> None:
        """Take a value that is no text, with the words it was read from."""
        self.values[path] = Taken(value, place, words)

    def aside(self, words: str, place: Position, path: Path = ()) -> None:
        """Keep what has no place in the form."""
        self.unplaced.append(Unplaced(words.strip(), place))
        self.findings.append(faults.unknown(place, words, path))

    def near(self, words: str, label: str, place: Position, path: Path) -> None:
        """Report a label that is only like the form's; once for each place."""
        found = faults.near_label(place, words, label, path)
        if found not in self.findings:
            self.findings.append(found)
