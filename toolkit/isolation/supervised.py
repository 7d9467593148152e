"""Work that runs plugins' code: another process stays to report how that ended.

A plugin may end the program, crash it or never come back, and nothing in the same process could
say so. The work is therefore done by a fork; who called waits for it and does nothing else.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from toolkit.isolation import activity
from toolkit.isolation.process_limits import allow_memory, end_with_parent
from toolkit.limits import limits, variable
from toolkit.messages import Text, text

Report = Callable[[Text], None]
"""Tells a person how the work ended, where it did not say so itself."""

_TICK = 0.5
"""Seconds after which is looked whether the time is over."""
_TO_END = 5.0
"""Seconds the worker has to end in, once it has said what came of it."""


def run(work: Callable[[], int], report: Report, *, memory: int = 0) -> int:
    """Do the work in a process of its own; return its exit code, or 1 if a plugin ended it.

    Args:
        work: gives an exit code.
        report: asked where the process was ended, or did not come back in time.
        memory: bytes of address space it may take; 0 for any number.
    """
    activity.call()
    reads, writes = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    try:
        child = os.fork()
    except OSError:  # no more processes are allowed; then it has to do without
        return work()
    if child == 0:
        os.close(reads)
        end_with_parent()
        if memory:
            allow_memory(memory)
        code = work()
        with suppress(OSError):
            os.write(writes, bytes([code]))
        return code
    os.close(writes)
    _leave_signals_to(child)
    return _awaited(reads, child, report)


def _leave_signals_to(child: int) -> None:
    """Ctrl-C reaches it by itself; what else asks to end is handed on."""

    def hand_on(number: int, _frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):
            os.kill(child, number)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, hand_on)


def _awaited(reads: int, child: int, report: Report) -> int:
    while True:
        ready, _, _ = select.select([reads], [], [], _TICK)
        if ready and (told := os.read(reads, 1)):
            _ended(child, _TO_END)
            return told[0]
        code = _ended(child, _TICK if ready else 0)
        if code is not None:
            return _died(code, report)
        if time.monotonic() > activity.seen()[2]:
            return _overdue(child, report)


def _ended(child: int, seconds: float) -> int | None:
    """Wait so long for its exit code, negative for a signal; None if it runs on."""
    until = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            return None
        time.sleep(0.002)


def _died(code: int, report: Report) -> int:
    if code in (-signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP):  # it was asked to
        return 128 - code
    if code >= 0:
        how = text("ended the program (exit code {code})", code=code)
    else:
        how = text("ended the program (signal {signal})", signal=_name(-code))
    report(text("{what} {how}.", what=_what(), how=how))
    return 1


def _overdue(child: int, report: Report) -> int:
    what, limit, _ = activity.seen()
    os.kill(child, signal.SIGKILL)
    _ended(child, _TO_END)
    report(
        text(
            "{what} did not come back; {variable} gives more than {seconds} seconds.",
            what=what,
            variable=variable(limit),
            seconds=getattr(limits(), limit),
        )
    )
    return 1


def _what() -> str | Text:
    return activity.seen()[0] or text("Something, but no plugin,")


def _name(number: int) -> str:
    with suppress(ValueError):
        return f"{number}, {signal.Signals(number).name}"
    return str(number)
