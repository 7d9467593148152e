"""Interrupting work that computes too long: templates, rules, whatever a plugin may bring."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Overrun(Exception):  # noqa: N818  it is said of time, not of a fault
    """The work took more computing time than it was given."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise Overrun in the work inside after so many seconds of computing.

    Waiting does not count. Only the main thread can be interrupted (workers do all in theirs);
    in another one the work goes on. Work within work shares the time of the outer.
    """
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _overrun)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _overrun(_number: int, _frame: FrameType | None) -> None:
    raise Overrun
