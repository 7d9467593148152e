"""One run at a time in a folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.messages import text

NAME = ".nianbao.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep a second run away from the folder; make the folder if it is not there.

    The lock is the system's: it is free when this process ends, however it ends.

    Raises:
        OutputError: another run holds the lock, or the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / NAME
        held = _acquired(file)
    except BlockingIOError:
        message = text("{folder}: another run is writing there; wait for it.", folder=str(folder))
        raise OutputError(message) from None
    except (FileExistsError, NotADirectoryError) as error:
        message = text(
            "{folder}: a file stands where the folder should be; give another one with -o.",
            folder=str(folder),
        )
        raise OutputError(message) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = text("{file} cannot be written: {reason}.", file=str(folder), reason=reason)
        raise OutputError(message) from error
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()  # while it is held: who opened it meanwhile sees that it is gone
        os.close(held)


def _acquired(file: Path) -> int:
    while True:
        held = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is(held, file):
                return held
        except BaseException:
            os.close(held)
            raise
        os.close(held)  # another run removed it between the two steps


def _is(held: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held), file.stat())
    except FileNotFoundError:
        return False
