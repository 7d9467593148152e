"""What this process is about, for another one to tell when it ends or hangs in a plugin's code."""

import json
import mmap
import time
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.limits import limits

_SIZE = 4096
_page: mmap.mmap | None = None


def call() -> None:
    """Have what is done from now on seen by processes forked from this one, and by this one."""
    global _page
    _page = mmap.mmap(-1, _SIZE)


@contextmanager
def doing(what: str, limit: str, factor: int = 1) -> Iterator[None]:
    """Yield what is done inside, and that it may take ``factor`` times a limit, by the clock.

    Args:
        what: where it is written and what it is, for people.
        limit: name of one of the limits in seconds.
        factor: more than 1 where the limit itself is seen to by who does the work.
    """
    if _page is None:
        yield
        return
    seconds = factor * getattr(limits(), limit)
    told = {"what": what[:1000], "limit": limit, "until": time.monotonic() + seconds}
    before = _page[:]
    _page[:] = json.dumps(told).encode().ljust(_SIZE)
    try:
        yield
    finally:
        _page[:] = before


def seen() -> tuple[str, str, float]:
    """Return what is done, by which limit and until when of `time.monotonic`; or nothing."""
    if _page is None:
        return "", "", float("inf")
    try:
        told = json.loads(_page[:].rstrip(b"\0 "))
    except ValueError:  # nothing yet, or it is being written
        return "", "", float("inf")
    return told["what"], told["limit"], told["until"]
