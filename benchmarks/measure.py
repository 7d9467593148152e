"""Times several ways of doing one thing, turn by turn, so that all meet the same machine."""

import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

WARMING = 5
"""Rounds before those that count: in a batch, the first reports of a process are few."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: ``do`` is called with the number of the report.

    ``at_most``: how often a slow way is taken. ``many``: how many reports one call makes.
    """

    name: str
    do: Callable[[int], object]
    at_most: int = 10**6
    many: int = 1


@dataclass(frozen=True, slots=True)
class Spent:
    """What a way returns whose work another process does: its processor time, milliseconds."""

    processor: float


@dataclass(slots=True)
class Times:
    """What a way took, in milliseconds a report: by the clock, and of processors."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Median by the clock."""
        return statistics.median(self.wall)

    @property
    def processor(self) -> float:
        """Median of processor time, which other work on the machine disturbs less."""
        return statistics.median(self.cpu)

    @property
    def fastest(self) -> float:
        """Least processor time of all runs: what others do on the machine can only add to it."""
        return min(self.cpu)


def interleaved(
    ways: list[Way], rounds: int, prepare: Callable[[int], object] = int
) -> Mapping[str, Times]:
    """Take every way once a round; the first rounds are for warming and do not count.

    Slow ways are not warmed.

    ``prepare`` is called with the number of each report before any clock runs.
    """
    times = {way.name: Times() for way in ways}
    for number in range(-WARMING, rounds):
        prepare(number)
        for way in ways:
            if number >= way.at_most or (number < 0 and way.at_most < rounds):
                continue
            gc.collect()  # nobody pays for another's garbage
            wall, cpu = time.perf_counter(), _processor()
            made = way.do(number)
            if number >= 0:
                times[way.name].wall.append(1000 * (time.perf_counter() - wall) / way.many)
                times[way.name].cpu.append(1000 * (_processor() - cpu) / way.many)
                if isinstance(made, Spent):
                    times[way.name].cpu[-1] = made.processor
        print(f"\r{max(0, number + 1)}/{rounds} ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return times


def _processor() -> float:
    """Seconds of processor time of this process, all its threads, and its ended children."""
    of_all = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in of_all)
