"""Many processes: one that dies, hangs or eats all memory takes one report along, no more."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from toolkit.batch.build_one import build
from toolkit.batch.task import Outcome, Tasks, failed
from toolkit.isolation.pool import Loss, Pool


def executor(jobs: int, seconds: float) -> partial[Iterator[Outcome]]:
    """Make an executor of ``jobs`` processes that gives each report ``seconds``."""
    return partial(_run, jobs=jobs, seconds=seconds)


def _run(tasks: Tasks, *, jobs: int, seconds: float) -> Iterator[Outcome]:
    with closing(Pool(build, jobs, seconds)) as pool:
        for index, result in pool.run(tasks):
            if isinstance(result, Loss):
                yield failed(tasks[index], result.reason)
            else:
                yield result
