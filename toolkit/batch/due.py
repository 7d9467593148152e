"""The plan of a run: which reports are built, and why; the others are as they were."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.batch import fingerprint
from toolkit.batch.fingerprint import WORDS, Parts
from toolkit.batch.manifest import Manifest
from toolkit.batch.task import Outcome, Task
from toolkit.batch.work import registry
from toolkit.messages import Text, text

_REASONS: Mapping[str, Text] = {
    "new": text("new"),
    "failed": text("failed last time"),
    "absent": text("document missing"),
    "data": text("data changed"),
    "forced": text("forced"),
    **WORDS,
}
"""Why a report is built, by its short name."""


@dataclass(frozen=True, slots=True)
class Step:
    """One report of a plan: ``why`` it is built (``"new"``, ``"data"``, …), ``""`` if it is not.

    ``done`` is what came of it last time, when it is left as it is.
    """

    task: Task
    why: str = ""
    done: Outcome | None = None


def steps(tasks: Sequence[Task], manifest: Manifest, *, force: bool = False) -> list[Step]:
    """Compare each task with what the manifest says of it. Reads data files, loads no plugin."""
    of = _parts(tasks)
    keys = {name: fingerprint.key(parts) for name, parts in of.items()}
    return [_step(replace(task, keys=keys), of, manifest, force) for task in tasks]


def parts_by_key(tasks: Sequence[Task]) -> dict[str, Parts]:
    """Give what documents of each plugin depend on, by the key that sums it up."""
    return {fingerprint.key(parts): parts for parts in _parts(tasks).values()}


def _parts(tasks: Sequence[Task]) -> dict[str, dict[str, str]]:
    """All tasks of a run are asked for the same."""
    first = tasks[0]
    return fingerprint.of_plugins(registry(first.plugin_folders), first.formats, first.demands)


def _step(task: Task, of: Mapping[str, Parts], manifest: Manifest, force: bool) -> Step:
    if force:
        return Step(task, "forced")
    why, done = manifest.compare(task, of)
    return Step(task, why, done)


def why(step: Step) -> Text:
    """Say why a report is built."""
    return _REASONS[step.why]


def summary(plan: Iterable[Step]) -> Text:
    """Say how many reports are built and why: “2 to build (1 new, 1 data changed), 8 unchanged”."""
    plan = tuple(plan)
    counts = Counter(step.why for step in plan if step.why)
    reasons = ", ".join(f"{counts[name]} {word}" for name, word in _REASONS.items() if counts[name])
    return text(
        "Plan: {build} to build{reasons}, {unchanged} unchanged.",
        build=counts.total(),
        reasons=f" ({reasons})" if reasons else "",
        unchanged=len(plan) - counts.total(),
    )
