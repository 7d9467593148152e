"""The plan of a run: which reports are built, and why; the others are as they were."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.batch import fingerprint
from toolkit.batch.build_one import registry
from toolkit.batch.fingerprint import WORDS, Parts
from toolkit.batch.manifest import Manifest
from toolkit.batch.task import Task, Tasks
from toolkit.messages import Text, text

_REASONS: Mapping[str, Text] = {
    "new": text("new"),
    "failed": text("failed last time"),
    "absent": text("document missing or changed"),
    "data": text("data changed"),
    "forced": text("forced"),
    **WORDS,
}
"""Why a report is built, by its short name."""


@dataclass(frozen=True, slots=True)
class Step:
    """One report of a plan: ``why`` it is built (``"new"``, ``"data"``, …), ``""`` if it is not."""

    task: Task
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with each task: ``whys`` are in the order of ``tasks``, as in `Step`.

    ``keys`` sums up, for each plugin, what its documents depend on beside the data: ``of``.
    """

    tasks: Tasks
    whys: tuple[str, ...]
    keys: Mapping[str, str]
    of: Mapping[str, Parts]

    def __len__(self) -> int:
        return len(self.whys)

    def __iter__(self) -> Iterator[Step]:
        return map(Step, self.tasks, self.whys)

    @property
    def building(self) -> Tasks:
        """The tasks to build, with their keys."""
        return self.tasks.only(map(bool, self.whys), self.keys)

    @property
    def unchanged(self) -> Tasks:
        """The tasks whose documents are left as they are."""
        return self.tasks.only((not why for why in self.whys), self.keys)


def plan(tasks: Tasks, manifest: Manifest, *, force: bool = False) -> Plan:
    """Compare each task with what the manifest says of it. Reads data files, loads no plugin."""
    asked = tasks.alike
    of = fingerprint.of_plugins(registry(asked.plugin_folders), asked.formats, asked.demands)
    keys = {name: fingerprint.key(parts) for name, parts in of.items()}
    whys = ("forced" if force else manifest.why(task, keys, of) for task in tasks)
    return Plan(tasks, tuple(whys), keys, of)


def why(step: Step) -> Text:
    """Return why a report is built."""
    return _REASONS[step.why]


def summary(plan: Plan) -> Text:
    """Return how many reports are built, and why: “2 to build (1 new, 1 data changed)”."""
    counts = Counter(why for why in plan.whys if why)
    reasons = ", ".join(f"{counts[name]} {word}" for name, word in _REASONS.items() if counts[name])
    return text(
        "Plan: {build} to build{reasons}, {unchanged} unchanged.",
        build=counts.total(),
        reasons=f" ({reasons})" if reasons else "",
        unchanged=len(plan) - counts.total(),
    )
