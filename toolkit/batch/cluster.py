"""Many machines: the same batch on a Dask distributed cluster."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from distributed import Client, as_completed
from distributed.scheduler import KilledWorker

import toolkit
from toolkit import output
from toolkit.batch.shipping import Parcel, pack, unpack_and_build
from toolkit.batch.task import BUILT, Outcome, Task, failed
from toolkit.errors import EnvironmentFault, NianbaoError
from toolkit.messages import text

_AHEAD = 16
"""Tasks handed over for each thread of the cluster; the rest wait here."""
_SECONDS = 20
"""How long the scheduler is waited for."""


def executor(address: str) -> partial[Iterator[Outcome]]:
    """Make an executor that builds on the cluster whose scheduler is at ``HOST:PORT``."""
    return partial(_run, address=address)


def _run(tasks: Sequence[Task], *, address: str) -> Iterator[Outcome]:
    with _client(address) as client:
        _same_versions(client, address)
        queue = iter(tasks)
        room = max(1, sum(client.nthreads().values())) * _AHEAD
        waiting = as_completed(with_results=False)  # type: ignore[no-untyped-call]
        of: dict[str, Task] = {}
        for task in _some(queue, room):
            _hand_over(client, task, waiting, of)
        for future in waiting:
            yield _outcome(future, of.pop(str(future.key)))
            for task in _some(queue, 1):
                _hand_over(client, task, waiting, of)


def _client(address: str) -> Client:
    try:
        return Client(f"tcp://{address}", timeout=_SECONDS)  # type: ignore[no-untyped-call]
    except OSError as error:
        message = text(
            "There is no Dask scheduler at {address}: {reason}.", address=address, reason=str(error)
        )
        raise EnvironmentFault(message) from error


def _same_versions(client: Client, address: str) -> None:
    """Other versions would give other documents; that is said before anything is built."""
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as error:
        message = text("The scheduler at {address} has no workers.", address=address)
        raise EnvironmentFault(message) from error
    found = set(client.run(_version).values())
    other = sorted(found - {toolkit.__version__})
    if other:
        message = text(
            "The cluster has nianbao {theirs}, here is {ours}; install the same version.",
            theirs=", ".join(other),
            ours=toolkit.__version__,
        )
        raise EnvironmentFault(message)


def _version() -> str:
    return toolkit.__version__


def _some(queue: Iterator[Task], count: int) -> Iterator[Task]:
    for _ in range(count):
        task = next(queue, None)
        if task is None:
            return
        yield task


def _hand_over(client: Client, task: Task, waiting: as_completed, of: dict[str, Task]) -> None:
    future = client.submit(unpack_and_build, pack(task), pure=False, retries=2)
    of[str(future.key)] = task
    waiting.add(future)  # type: ignore[no-untyped-call]


def _outcome(future: object, task: Task) -> Outcome:
    """Write what came back; a report that killed its workers again and again has failed."""
    try:
        parcel: Parcel = future.result()  # type: ignore[attr-defined]
    except KilledWorker:
        return failed(task, text("The workers that built it were lost, one after another."))
    except Exception as error:  # what a worker could not word itself
        problem = f"{type(error).__name__}: {error}"
        return failed(task, text("The worker failed: {problem}.", problem=problem))
    if parcel.outcome.status != BUILT:
        return parcel.outcome
    try:
        output.write_all({Path(name): data for name, data in parcel.documents.items()})
    except NianbaoError as error:
        return failed(task, error.message, exit_code=error.exit_code)
    return parcel.outcome
