"""What a rule may look at: the report, last year's, the day."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from toolkit.report import Report
from toolkit.rules.passage import Passage

T = TypeVar("T")


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
    def _results(self) -> dict[Callable[..., Any], Any]:
        return {}

    def once(self, work: Callable[["Context"], T]) -> T:
        """Return what ``work`` makes of this context; several rules share one run of it."""
        if work not in self._results:
            self._results[work] = work(self)
        result: T = self._results[work]
        return result

    def search(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield every match in the texts with its passage, in the order of the report."""
        for passage in self.passages:
            for match in pattern.finditer(passage.text):
                yield passage, match

    @property
    def year_before(self) -> Report | None:
        """The report to compare with, if it is for the year before (else see N605)."""
        previous = self.previous
        return previous if previous and previous.year == self.report.year - 1 else None

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
        for part in section.texts:
            inside = report.text(section.id, part.id)
            if inside.strip():
                yield Passage((section.id, part.id), inside)
