"""Many processes: one that dies, hangs or eats all memory takes one report along, no more."""

import multiprocessing
import os
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial

from pebble import ProcessExpired, ProcessPool

from toolkit.batch.task import Outcome, Task, failed
from toolkit.batch.work import build
from toolkit.limits import limits
from toolkit.messages import Text, text

_LEFT = 70
"""Exit code of a worker that ended itself as if all were well (EX_SOFTWARE of sysexits.h)."""
_AHEAD = 4
"""Tasks handed over for each worker; the rest wait here, so that memory stays flat."""


def executor(jobs: int, seconds: float) -> partial[Iterator[Outcome]]:
    """Make an executor of ``jobs`` processes that gives each report ``seconds``."""
    return partial(_run, jobs=jobs, seconds=seconds)


def _run(tasks: Sequence[Task], *, jobs: int, seconds: float) -> Iterator[Outcome]:
    pool = ProcessPool(
        max_workers=jobs,
        initializer=_prepare,
        initargs=(limits().worker_bytes,),
        context=multiprocessing.get_context("spawn"),
    )
    queue = iter(tasks)
    waiting: dict[Future[Outcome], Task] = {}
    try:
        while True:
            for task in _some(queue, jobs * _AHEAD - len(waiting)):
                waiting[pool.schedule(build, args=(task,), timeout=seconds)] = task
            if not waiting:
                break
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield _outcome(future, waiting.pop(future), seconds)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _some(queue: Iterator[Task], count: int) -> Iterator[Task]:
    for _ in range(count):
        task = next(queue, None)
        if task is None:
            return
        yield task


def _outcome(future: Future[Outcome], task: Task, seconds: float) -> Outcome:
    try:
        outcome: Outcome = future.result()
    except TimeoutError:
        message = text(
            "It was not done within {seconds} seconds; --timeout gives more.", seconds=seconds
        )
        return failed(task, message)
    except ProcessExpired as error:
        return failed(task, _expired(error.exitcode))
    except Exception as error:  # what a worker could not word itself
        problem = f"{type(error).__name__}: {error}"
        return failed(task, text("The worker failed: {problem}.", problem=problem))
    return outcome


def _expired(code: int) -> Text:
    if code < 0:
        return text("The worker was killed (signal {signal}).", signal=-code)
    return text("The worker ended itself (exit code {code}).", code=code)


def _prepare(size: int) -> None:
    """Make a worker ready: no more memory than its share, and no leaving unseen.

    A report that wants more gets a MemoryError. The pool does not notice a worker that ends
    itself with exit code 0, so that code is not to be had.
    """
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    leave = os._exit
    os._exit = lambda code: leave(code or _LEFT)  # type: ignore[assignment]
