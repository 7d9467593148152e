"""Worker processes that may die, hang or be killed at any moment; the work always ends.

Each worker has a socket of its own and nothing is shared between them: no lock and no queue that
a worker could take along when it is killed. Reading never blocks, and a worker that is dead or
overdue is replaced.
"""

import os
import pickle
import selectors
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from toolkit.errors import EnvironmentFault
from toolkit.isolation.worker import DONE, READY, Setup
from toolkit.isolation.worker_process import TO_END, TO_START, Worker, start
from toolkit.limits import limits, variable
from toolkit.messages import Text, text

T = TypeVar("T")

_TICK = 0.5
"""Seconds after which workers are looked at even if none says a word."""
_REFUSALS = 3
"""How many workers in a row may say, or leave saying, that they cannot start."""
_STARTS, _START_SECONDS = 20, 60.0
"""How many may be killed in a row before one is ready, and for how long at least."""


class Pieces(Protocol):
    """Pieces of work, by their index; a list is one such."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a piece of work has no result."""

    reason: Text


class Pool(Generic[T]):
    """Does ``function`` for many arguments in ``jobs`` processes."""

    def __init__(self, function: Callable[[Any], T], jobs: int, seconds: float) -> None:
        """Prepare; processes start with the first piece of work.

        Args:
            function: of a module; takes and gives what can be pickled.
            jobs: how many processes.
            seconds: how long one piece of work may take.
        """
        setup = Setup(function, limits().worker_bytes, os.getpid())
        self._setup = pickle.dumps(setup)
        self._jobs, self.seconds = jobs, seconds
        self._workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._refusals = self._killed = 0
        self._last_ready = time.monotonic()
        self._last = text("no reason is known")

    def run(self, work: Pieces) -> Iterator[tuple[int, T | Loss]]:
        """Do all pieces of work.

        Returns:
            Index of a piece, and its result or why there is none, as they come.

        Raises:
            EnvironmentFault: no worker can be started on this machine.
        """
        queue, left = iter(range(len(work))), len(work)
        while left:
            self._hire(min(self._jobs, left))
            self._give_out(queue, work)
            come: list[tuple[int, T | Loss]] = []
            self._listen(come)
            self._give_out(queue, work)  # before anything is made of the results
            left -= len(come)
            yield from come

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._selector.close()

    def _hire(self, count: int) -> None:
        while len(self._workers) < count:
            if self._refusals >= _REFUSALS or self._is_hopeless():
                raise EnvironmentFault(
                    text("No worker process can be started: {reason}", reason=self._last)
                )
            try:
                worker = start()
            except OSError as error:
                if self._workers:  # the machine allows no more
                    self._jobs = len(self._workers)
                    return
                reason = text("{reason}.", reason=error.strerror or str(error))
                raise EnvironmentFault(
                    text("No worker process can be started: {reason}", reason=reason)
                ) from error
            worker.send(self._setup, TO_START)
            self._workers.append(worker)
            self._selector.register(worker.connection, selectors.EVENT_READ, worker)

    def _is_hopeless(self) -> bool:
        """Whether workers are killed again and again before one is ready."""
        waited = time.monotonic() - self._last_ready
        return self._killed >= _STARTS and waited > _START_SECONDS

    def _give_out(self, queue: Iterator[int], work: Pieces) -> None:
        for worker in self._workers:
            if worker.awaited:
                continue
            worker.task = next(queue, None)
            if worker.task is not None:
                worker.until = time.monotonic() + self.seconds
                worker.send(pickle.dumps(work[worker.task]), self.seconds)

    def _listen(self, come: list[tuple[int, T | Loss]]) -> None:
        """Wait for messages; then see who is dead or overdue."""
        nearest = min(worker.until for worker in self._workers if worker.awaited)
        waiting = max(0.0, min(_TICK, nearest - time.monotonic()))
        for key, _ in self._selector.select(waiting):
            self._hear(key.data, come)
        now = time.monotonic()
        for worker in tuple(self._workers):
            if worker.closed or worker.has_ended():
                self._hear(worker, come)
                self._lose(worker, self._how_it_ended(worker), come)
            elif worker.awaited and now > worker.until:
                self._lose(worker, self._overdue(worker), come)

    def _hear(self, worker: Worker, come: list[tuple[int, T | Loss]]) -> None:
        try:
            for kind, answer in worker.read():
                self._take(worker, kind, answer, come)
        except Exception as error:  # not what a worker of ours sends
            worker.closed = True
            self._last = _failed(f"{type(error).__name__}: {error}")

    def _take(
        self, worker: Worker, kind: str, answer: Any, come: list[tuple[int, T | Loss]]
    ) -> None:
        if kind == READY:
            worker.ready, self._refusals, self._killed = True, 0, 0
            self._last_ready = time.monotonic()
        elif not worker.ready:
            self._last = _failed(answer)
        elif worker.task is not None:
            index, worker.task = worker.task, None
            come.append((index, _result(answer) if kind == DONE else Loss(_failed(answer))))

    def _lose(self, worker: Worker, reason: Text, come: list[tuple[int, T | Loss]]) -> None:
        self._selector.unregister(worker.connection)
        self._workers.remove(worker)
        code = worker.end()
        if not worker.ready and code in (-signal.SIGKILL, -signal.SIGTERM):
            self._killed += 1
        elif not worker.ready:
            self._refusals += 1
        if worker.task is not None:
            come.append((worker.task, Loss(reason)))

    def _how_it_ended(self, worker: Worker) -> Text:
        until = time.monotonic() + TO_END
        while not worker.has_ended() and time.monotonic() < until:
            time.sleep(0.01)
        if not worker.has_ended():
            return text("The worker stopped answering.")
        return _expired(worker.end())

    def _overdue(self, worker: Worker) -> Text:
        if not worker.ready:
            self._last = text("it was not ready within {seconds} seconds.", seconds=TO_START)
        return text(
            "It was not done within {seconds:g} seconds; --timeout or {variable} gives more.",
            seconds=self.seconds,
            variable=variable("report_seconds"),
        )


def _result(answer: bytes) -> Any:
    try:
        return pickle.loads(answer)  # noqa: S301  from our own worker
    except Exception as error:
        return Loss(_failed(f"{type(error).__name__}: {error}"))


def _failed(problem: str) -> Text:
    return text("The worker failed: {problem}.", problem=problem)


def _expired(code: int) -> Text:
    if code < 0:
        with suppress(ValueError):
            name = signal.Signals(-code).name
            return text("The worker was killed (signal {signal}, {name}).", signal=-code, name=name)
        return text("The worker was killed (signal {signal}).", signal=-code)
    return text("The worker ended itself (exit code {code}).", code=code)
