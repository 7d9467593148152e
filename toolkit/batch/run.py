"""A whole batch: what is unchanged is left, the rest is built, each on its own."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

from toolkit import output
from toolkit.batch import build_plan
from toolkit.batch.build_one import build
from toolkit.batch.build_plan import Plan
from toolkit.batch.lock import alone
from toolkit.batch.manifest import Manifest
from toolkit.batch.task import Outcome, Task, Tasks

Executor = Callable[[Tasks], Iterator[Outcome]]
"""Builds tasks and gives an outcome for each, in any order."""


def in_this_process(tasks: Iterable[Task]) -> Iterator[Outcome]:
    """Build one after another, right here: for debugging, since nothing is isolated."""
    return (build(task) for task in tasks)


def planned(tasks: Tasks, *, force: bool = False) -> Plan:
    """Report what a run of these tasks would build, and why; nothing is written."""
    return build_plan.plan(tasks, Manifest(tasks.alike.folder), force=force)


def run(
    tasks: Tasks,
    executor: Executor,
    *,
    force: bool = False,
    told: Callable[[Plan], None] = lambda plan: None,
) -> Iterator[Outcome]:
    """Build all tasks of one output folder.

    Args:
        tasks: what is to be built, all into one folder.
        executor: who builds.
        force: build also what is unchanged.
        told: is given the plan before anything is built.

    Returns:
        An outcome for each task as it comes; the manifest is kept meanwhile, and written
        when the run ends, however it ends.

    Raises:
        OutputError: another run is writing to the folder, or it cannot be written to.
    """
    folder = tasks.alike.folder
    with alone(folder):
        output.sweep(folder)
        manifest = Manifest(folder)
        plan = build_plan.plan(tasks, manifest, force=force)
        told(plan)
        manifest.begin({plan.keys[name]: parts for name, parts in plan.of.items()})
        try:
            yield from map(manifest.unchanged, plan.unchanged)
            if building := plan.building:
                yield from _build(building, executor, manifest)
        finally:
            output.sweep(folder)  # what workers that were killed left
            manifest.save()


def _build(tasks: Tasks, executor: Executor, manifest: Manifest) -> Iterator[Outcome]:
    with closing(executor(tasks)) as outcomes:  # type: ignore[type-var]  # generators can be closed
        for outcome in outcomes:
            manifest.note(outcome)
            yield outcome
