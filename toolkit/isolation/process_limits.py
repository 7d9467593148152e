"""What a child process is held to: no more memory than allowed, its parent's life at most."""

import resource
import signal
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
"""Of Linux's prctl(2): send this process a signal when its parent ends."""


def allow_memory(size: int) -> None:
    """Take no more address space than ``size`` bytes: what wants more gets a MemoryError."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def end_with_parent() -> None:
    """Have this process killed when its parent ends, where the system does that."""
    import ctypes  # in a child alone: who waits for it should not pay for that

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
