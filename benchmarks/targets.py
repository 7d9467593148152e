"""What the program is to reach beside its peers, as ratios within one run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks import docx_ways, pdf_ways, start_ways
from benchmarks.measure import Times


@dataclass(frozen=True, slots=True)
class Target:
    """``way`` takes ``bound`` times as long as ``than``, or more, or (``at_most``) less."""

    way: str
    than: str
    bound: float
    at_most: bool = False

    def ratio(self, times: Mapping[str, Times]) -> float | None:
        """How many times as long it takes, by the fastest runs; None where one was not taken."""
        if self.way not in times or self.than not in times:
            return None
        return times[self.way].fastest / times[self.than].fastest

    def is_met(self, ratio: float) -> bool:
        """Compare with the bound."""
        return ratio <= self.bound if self.at_most else ratio >= self.bound


TARGETS: Mapping[str, tuple[Target, ...]] = {
    "docx": (Target(docx_ways.BY_HAND, docx_ways.OURS, 50),),
    "pdf": (
        Target(pdf_ways.WITHOUT, pdf_ways.OURS, 20),
        Target(pdf_ways.WITH, pdf_ways.OURS, 1.3),
        Target(pdf_ways.OURS, pdf_ways.TYPST, 4, at_most=True),
    ),
    "start": (Target(start_ways.HELP, start_ways.BARE, 5, at_most=True),),
}


def judged(
    measured: Mapping[str, Mapping[str, Times]],
) -> Iterator[tuple[Target, float | None]]:
    """Give each target of what was measured with its ratio."""
    for group, times in measured.items():
        for target in TARGETS[group]:
            yield target, target.ratio(times)
