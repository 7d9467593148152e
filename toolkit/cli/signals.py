"""Being told to stop: the same orderly end for Ctrl-C, kill and a terminal that is closed."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_POLITE = ("SIGTERM", "SIGHUP")
"""Signals that ask a program to end. Ctrl-C (SIGINT) raises KeyboardInterrupt by itself."""


class Stopped(KeyboardInterrupt):
    """The program was asked to end by a signal; the shell expects ``exit_code``."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


@contextmanager
def stopping() -> Iterator[None]:
    """Let such a signal raise `Stopped` meanwhile. One that is ignored (nohup) stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _POLITE if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)
