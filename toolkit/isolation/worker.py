"""The inside of a worker process: one piece of work after another, until nobody asks for more.

Started by `toolkit.isolation.pool`. A worker that dies takes along what it was doing, no more; one
whose parent dies ends itself.
"""

import os
import pickle
import socket
import struct
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from toolkit.isolation.process_limits import allow_memory, end_with_parent

READY, DONE, FAULT = "ready", "done", "fault"
HEAD = struct.Struct("!Q")
"""Before each message: its length in bytes."""

_LOOK_AFTER = 1.0
"""Seconds between looks whether the parent is there, where the system does not tell."""
_LET_GO_FIRST = "500"
"""Of -1000 to 1000: short of memory, the system rather ends a worker than the whole run."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The first message: what a worker does with all that follow.

    ``function`` takes one message and gives one; ``bytes`` is the address space it may use;
    ``parent`` the process it works for.
    """

    function: Callable[[Any], Any]
    bytes: int
    parent: int


def serve(descriptor: int) -> None:
    """Work for whoever holds the other end of the socket; ends the process."""
    with suppress(OSError):  # nobody is there to be told
        _serve(socket.socket(fileno=descriptor))
    os._exit(0)  # without the handlers of plugins


def _serve(connection: socket.socket) -> None:
    try:
        setup: Setup = pickle.loads(_receive(connection))  # noqa: S301  from our own parent
        _stay_with(setup.parent)
        _settle(setup.bytes)
    except BaseException as error:
        _send(connection, FAULT, _told(error))
        return
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    _send(connection, READY, None)
    while message := _receive(connection):
        with _left_as_found():
            kind, answer = _answer(setup, message)
        _send(connection, kind, answer)


def _answer(setup: Setup, message: bytes) -> tuple[str, bytes | str]:
    """Do one piece of work. Whatever it raises is told; the worker goes on."""
    try:
        return DONE, pickle.dumps(setup.function(pickle.loads(message)))  # noqa: S301
    except BaseException as error:
        return FAULT, _told(error)


def _told(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # an exception of a plugin that cannot even be shown
        return type(error).__name__


def _send(connection: socket.socket, kind: str, answer: object) -> None:
    data = pickle.dumps((kind, answer))
    connection.sendall(HEAD.pack(len(data)) + data)


def _receive(connection: socket.socket) -> bytes:
    """Wait for the next message; empty when there will be none."""
    head = _exactly(connection, HEAD.size)
    return _exactly(connection, HEAD.unpack(head)[0]) if head else b""


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts, left = [], size
    while left:
        part = connection.recv(min(left, 1 << 20))
        if not part:
            return b""
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _settle(size: int) -> None:
    """Take no more memory than allowed: what wants more gets a MemoryError."""
    allow_memory(size)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
        score.write(_LET_GO_FIRST)


def _stay_with(parent: int) -> None:
    """See to it that no worker outlives its parent, however that ends."""
    end_with_parent()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_AFTER)
        os._exit(1)

    threading.Thread(target=look, daemon=True, name="parent").start()


@contextmanager
def _left_as_found() -> Iterator[None]:
    """Undo what a plugin does to the process and the next report would suffer from."""
    folder = None
    with suppress(OSError):
        folder = os.open(".", os.O_RDONLY)
    environment, path = dict(os.environ), list(sys.path)
    mask = os.umask(0o077)
    os.umask(mask)
    try:
        yield
    finally:
        os.umask(mask)
        if folder is not None:
            with suppress(OSError):
                os.fchdir(folder)
            os.close(folder)
        sys.path[:] = path
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
