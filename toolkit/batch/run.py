"""A whole batch: what is unchanged is left, the rest is built, each on its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from toolkit import output
from toolkit.batch import fingerprint
from toolkit.batch.manifest import Manifest
from toolkit.batch.task import Outcome, Task
from toolkit.batch.work import build, registry
from toolkit.errors import NianbaoError, OutputError
from toolkit.messages import text

Executor = Callable[[Sequence[Task]], Iterator[Outcome]]
"""Builds tasks and gives an outcome for each, in any order."""

LOCK = ".nianbao.lock"


def in_this_process(tasks: Sequence[Task]) -> Iterator[Outcome]:
    """Build one after another, right here."""
    return (build(task) for task in tasks)


def run(tasks: Sequence[Task], executor: Executor, *, force: bool = False) -> Iterator[Outcome]:
    """Build all tasks of one output folder.

    Args:
        tasks: what is to be built, all into one folder.
        executor: who builds.
        force: build also what is unchanged.

    Returns:
        An outcome for each task as it comes; the manifest is kept meanwhile, and written
        when the run ends, however it ends.

    Raises:
        OutputError: another run is writing to the folder, or it cannot be written to.
    """
    folder = tasks[0].folder
    with _alone(folder):
        manifest = Manifest(folder)
        try:
            due: list[Task] = []
            for task in tasks:
                done = None if force else _unchanged(task, manifest)
                if done:
                    yield done
                else:
                    due.append(task)
            if due:
                yield from _build(due, executor, manifest)
        finally:
            manifest.save()


def _build(due: list[Task], executor: Executor, manifest: Manifest) -> Iterator[Outcome]:
    with closing(executor(due)) as outcomes:  # type: ignore[type-var]  # generators can be closed
        for outcome in outcomes:
            manifest.note(outcome)
            yield outcome


def _unchanged(task: Task, manifest: Manifest) -> Outcome | None:
    name = manifest.plugin(task)
    if not name:
        return None
    try:
        plugin = registry(task.plugin_folders).get(name)
        return manifest.unchanged(task, fingerprint.key(task, plugin))
    except (NianbaoError, OSError):
        return None  # building it will say what is wrong


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run away from the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        message = text("{folder}: another run is writing there; wait for it.", folder=str(folder))
        raise OutputError(message) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = text("{file} cannot be written: {reason}.", file=str(folder), reason=reason)
        raise OutputError(message) from error
    try:
        output.sweep(folder)
        yield
    finally:
        lock.release()
        (folder / LOCK).unlink(missing_ok=True)
