"""Who builds the reports: processes of this machine, a cluster, or this process itself."""

import argparse
import importlib
import os
from typing import Any

from toolkit.batch.run import Executor, in_this_process
from toolkit.errors import UsageError
from toolkit.limits import limits
from toolkit.messages import text

JOBS = "NIANBAO_JOBS"
"""Variable that stands for ``--jobs`` where that is not given."""

_WORTH_PROCESSES = 4
"""Reports from which on more than one process costs less than it saves."""


def chosen(args: argparse.Namespace, count: int) -> Executor:
    """Choose who builds ``count`` reports.

    Raises:
        UsageError: ``--jobs``, ``--timeout`` or ``--executor`` is not understood.
    """
    seconds = _seconds(args.timeout)
    if args.executor.startswith("dask"):
        try:
            cluster: Executor = _room("cluster").executor(args.executor, seconds)
        except ModuleNotFoundError as error:
            message = text("A cluster needs the extra “dask”: pip install 'nianbao[dask]'.")
            raise UsageError(message) from error
        return cluster
    if args.executor != "local":
        raise UsageError(text("--executor is “local” or “dask://HOST:PORT”."))
    jobs = _jobs(args.jobs or os.environ.get(JOBS) or "auto", count)
    if jobs == 0:
        return in_this_process
    processes: Executor = _room("processes").executor(jobs, seconds)
    return processes


def _room(name: str) -> Any:
    """Load who builds only when it is wanted."""
    return importlib.import_module(f"toolkit.batch.{name}")


def _jobs(given: str, count: int) -> int:
    if given == "auto":
        return min(_processors(), count) if count >= _WORTH_PROCESSES else 1
    if not given.isdecimal() or len(given) > 4:
        raise UsageError(text("--jobs is a number, or auto."))
    return min(int(given), count)


def _processors() -> int:
    """How many processors this process may use, not how many the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _seconds(given: float | None) -> float:
    if given is None:
        return float(limits().report_seconds)
    if not 0 < given < float("inf"):
        raise UsageError(text("--timeout is a number of seconds above 0."))
    return given
