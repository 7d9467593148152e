"""A worker process as its parent sees it: started, written to, read from, ended."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.isolation.worker import HEAD

TO_START = 120.0
"""Seconds a worker has to start in; a busy machine may need ten."""
TO_END = 2.0
"""Seconds a worker that closed its socket has to end in."""
_PROGRAM = (
    "import sys; sys.path[:] = {path!r}; from toolkit.isolation.worker import serve; serve({fd})"
)


@dataclass(eq=False, slots=True)
class Worker:
    """One process, and what it is doing: ``task`` is the index of a piece of work, or None."""

    process: subprocess.Popen[bytes]
    connection: socket.socket
    until: float
    ready: bool = False
    task: int | None = None
    received: bytearray = field(default_factory=bytearray)
    closed: bool = False

    @property
    def awaited(self) -> bool:
        """Whether a word of it is due: that it is ready, or a result."""
        return self.task is not None or not self.ready

    def read(self) -> Iterator[tuple[str, Any]]:
        """Yield the messages that have come in whole."""
        with suppress(BlockingIOError, InterruptedError):
            while True:
                try:
                    part = self.connection.recv(1 << 20)
                except ConnectionError:
                    part = b""
                if not part:
                    self.closed = True
                    break
                self.received += part
        while len(self.received) >= HEAD.size:
            end = HEAD.size + HEAD.unpack_from(self.received)[0]
            if len(self.received) < end:
                return
            message = bytes(self.received[HEAD.size : end])
            del self.received[:end]
            yield pickle.loads(message)  # noqa: S301  from our own worker

    def send(self, data: bytes, seconds: float) -> None:
        """Hand over a message; what does not get through is noticed as a loss later."""
        with suppress(OSError):
            self.connection.settimeout(seconds)
            self.connection.sendall(HEAD.pack(len(data)) + data)
        self.connection.setblocking(False)

    def has_ended(self) -> bool:
        """Whether the process is no more; it is not reaped, so that its number stays its own."""
        try:
            found = os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:  # reaped by the system, where SIGCHLD is ignored
            return True
        return found is not None

    def end(self) -> int:
        """Kill it with all processes it started; gives its exit code, negative for a signal."""
        with suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with suppress(OSError):
            self.process.kill()
        self.connection.close()
        try:
            return self.process.wait(TO_END)
        except subprocess.TimeoutExpired:  # held by the system, on a dead network disk perhaps
            return -signal.SIGKILL


def start() -> Worker:
    """Start a process that sees nothing of ours but its end of a socket, and standard error."""
    ours, theirs = socket.socketpair()
    program = _PROGRAM.format(path=_path(), fd=theirs.fileno())
    try:
        process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-P", "-c", program],
            stdin=subprocess.DEVNULL,
            stdout=_errors(),  # what a plugin prints is no result
            pass_fds=(theirs.fileno(),),
            process_group=0,  # Ctrl-C is for us; and all it starts can be ended with it
        )
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    ours.setblocking(False)
    return Worker(process, ours, time.monotonic() + TO_START)


def _path() -> list[str]:
    """Where modules are found here; the current folder by its name."""
    found = list(sys.path)
    with suppress(OSError):
        found = [place or str(Path.cwd()) for place in found]
    return found


def _errors() -> int:
    try:
        os.fstat(2)
    except OSError:
        return subprocess.DEVNULL
    return 2
