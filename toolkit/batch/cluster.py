"""Many machines: the same batch on a Dask distributed cluster."""

import asyncio
import logging
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from distributed import Client, Worker, WorkerPlugin, as_completed
from distributed.scheduler import KilledWorker

from toolkit import output
from toolkit.batch import cluster_transfer
from toolkit.batch.cluster_transfer import Files, Parcel, Shipment, build_away
from toolkit.batch.fingerprint import WORDS, Parts
from toolkit.batch.task import BUILT, Outcome, Task, Tasks, failed
from toolkit.errors import EnvironmentFault, NianbaoError, UsageError
from toolkit.messages import text

_AHEAD = 4
"""Tasks handed over for each thread of the cluster; the rest wait here."""
_SECONDS = 20
"""How long the scheduler is waited for, and its first worker."""
_SHOWN = 3
"""How many workers that differ are named."""
_ADDRESS = re.compile(r"dask(\+tls)?://([^/\s]+:\d{1,5})/?")


def executor(address: str, seconds: float) -> partial[Iterator[Outcome]]:
    """Make an executor that builds on a cluster, and gives each report ``seconds``.

    Args:
        address: of the scheduler, ``dask://HOST:PORT``, or ``dask+tls://HOST:PORT`` with the
            certificates that Dask's own settings name.
        seconds: for one report.

    Raises:
        UsageError: the address has another form.
    """
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise UsageError(
            text(
                "{address}: a cluster is dask://HOST:PORT or dask+tls://HOST:PORT.", address=address
            )
        )
    scheduler = f"{'tls' if found[1] else 'tcp'}://{found[2]}"
    return partial(_run, address=scheduler, seconds=seconds)


def _run(tasks: Tasks, *, address: str, seconds: float) -> Iterator[Outcome]:
    with _client(address) as client:
        here = cluster_transfer.base(tasks.alike.formats)
        _same_everywhere(client, address, here)
        folders = [cluster_transfer.files(folder) for folder in tasks.alike.plugin_folders]
        names = tuple(map(cluster_transfer.digest, folders))
        for content in folders:
            client.register_plugin(_Carry(content))
        ship = partial(_shipment, plugins=names, base=here, seconds=seconds)
        yield from _built(client, tasks, ship)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """Connect. What goes wrong is told by us in a sentence, not by Dask in a traceback."""
    for part in ("", ".client", ".utils", ".core", ".comm"):
        logging.getLogger(f"distributed{part}").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, RuntimeError, TypeError, ValueError) as error:
        message = text(
            "There is no Dask scheduler at {address}: {reason}.",
            address=address,
            reason=str(error) or type(error).__name__,
        )
        raise EnvironmentFault(message) from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)  # type: ignore[no-untyped-call]


def _same_everywhere(client: Client, address: str, here: Parts) -> None:
    """Other versions would give other documents; that is said before anything is built."""
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as error:
        message = text("The scheduler at {address} has no workers.", address=address)
        raise EnvironmentFault(message) from error
    names = tuple(["pdf"] if "fonts" in here else [])
    try:
        found: Mapping[str, Parts] = client.run(cluster_transfer.base, names)
    except Exception as error:  # whatever keeps a worker from loading us
        problem = f"{type(error).__name__}: {error}"
        message = text("The workers cannot load nianbao: {problem}.", problem=problem)
        raise EnvironmentFault(message) from error
    others = {worker: _difference(here, there) for worker, there in found.items()}
    told = [f"{worker}: {words}" for worker, words in others.items() if words]
    if told:
        message = text(
            "The cluster is not like this machine, so its documents would differ:\n{workers}\n"
            "Install the same versions and fonts there.",
            workers="\n".join(told[:_SHOWN]),
        )
        raise EnvironmentFault(message)


def _difference(here: Parts, there: Parts) -> str:
    names = [name for name in here if here[name] != there.get(name)]
    words = [
        f"{WORDS[name]}" if name in WORDS else f"{name} {there.get(name)} ≠ {here[name]}"
        for name in names
        if name != "versions"
    ]
    return ", ".join(words)


class _Carry(WorkerPlugin):
    """Brings a plugin folder of the caller to each worker, also to those that come later."""

    def __init__(self, content: Files) -> None:
        self._content = content
        self.name = f"nianbao-{cluster_transfer.digest(content)}"

    def setup(self, worker: Worker) -> None:
        """Lay the folder out on the worker's machine."""
        cluster_transfer.keep(self._content, Path(worker.local_directory))


def _shipment(task: Task, plugins: tuple[str, ...], base: Parts, seconds: float) -> Shipment:
    return Shipment(task, task.file.read_bytes(), plugins, base, seconds)


def _built(client: Client, tasks: Tasks, ship: partial[Shipment]) -> Iterator[Outcome]:
    queue = iter(tasks)
    threads = client.nthreads()  # type: ignore[no-untyped-call]
    room = max(1, sum(threads.values())) * _AHEAD
    waiting = as_completed(with_results=False)  # type: ignore[no-untyped-call]
    of: dict[str, Task] = {}

    def hand_over(count: int) -> Iterator[Outcome]:
        """Submit so many more tasks; gives those that cannot even be read."""
        while count and (task := next(queue, None)):
            try:
                shipment = ship(task)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                yield failed(task, text("{reason}.", reason=reason))
                continue
            future = client.submit(build_away, shipment, pure=False, retries=2)
            of[str(future.key)] = task
            waiting.add(future)  # type: ignore[no-untyped-call]
            count -= 1

    yield from hand_over(room)
    for future in waiting:
        task = of.pop(str(future.key))
        if future.status == "cancelled" and client.status != "running":
            raise EnvironmentFault(text("The scheduler went away; what was finished is whole."))
        yield from hand_over(1)
        yield _outcome(future, task)


def _outcome(future: Any, task: Task) -> Outcome:
    """Write what came back; a report that killed its workers again and again has failed."""
    try:
        parcel: Parcel = future.result(timeout=_SECONDS)
    except KilledWorker:
        return failed(task, text("The workers that built it were lost, one after another."))
    except (Exception, CancelledError, asyncio.CancelledError) as error:
        problem = f"{type(error).__name__}: {error}"
        return failed(task, text("The worker failed: {problem}.", problem=problem))
    if parcel.outcome.status != BUILT:
        return parcel.outcome
    try:
        output.write_all({Path(name): data for name, data in parcel.documents.items()})
    except NianbaoError as error:
        return failed(task, error.message, exit_code=error.exit_code)
    return parcel.outcome
