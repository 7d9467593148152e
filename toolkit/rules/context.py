"""What a rule may look at: the report, last year's, the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.report import Report
from toolkit.rules.reading.claims import Claim, claims
from toolkit.rules.reading.passage import Passage


@dataclass(frozen=True)
class Context:
    """A report with what it is compared to. ``today`` is None when no day matters."""

    report: Report
    previous: Report | None = None
    today: date | None = None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The opening and the texts of all sections, in order; empty ones left out."""
        return tuple(_passages(self.report))

    def passage(self, section: str) -> Passage:
        """Return the text of a section; empty if there is none."""
        found = (p for p in self.passages if p.path == (section,))
        return next(found, Passage((section,), ""))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the texts say about counts of the tables, in order."""
        government, year = self.is_government, self.report.year
        return tuple(c for p in self.passages for c in claims(p, year, government=government))

    def count(self, *path: str) -> int | None:
        """Return a cell in 件; None where it is blank or the form has no such cell."""
        value = self.report.cells.get(path)
        return value if isinstance(value, int) else None

    @cached_property
    def is_government(self) -> bool:
        """Whether a people's government reports, not one of its departments."""
        organization = self.report.organization
        if organization.kind:
            return organization.kind == "government"
        return organization.name.endswith("人民政府")


def _passages(report: Report) -> Iterator[Passage]:
    if report.opening.strip():
        yield Passage(("opening",), report.opening)
    for section in report.form.sections:
        words = report.narratives.get(section.id, "")
        if words.strip():
            yield Passage((section.id,), words)
