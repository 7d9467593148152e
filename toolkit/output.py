"""Bytes → disk, whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.messages import text

_PREFIX, _SUFFIX = ".nianbao-", ".tmp"
LONGEST_NAME = 255
"""Bytes; what the usual file systems allow."""


def write(target: Path, data: bytes) -> None:
    """Write one file: a temporary one in the same folder, synced, then renamed.

    Whatever happens in between, ``target`` is its old self or the new one.

    Raises:
        OutputError: the folder cannot be written to, the disk is full, the name is too
            long, or a folder stands in the file's place. The old file is untouched.
    """
    write_all({target: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together: all are on disk before the first is renamed."""
    write_in_parts({target: (data,) for target, data in files.items()})


def write_in_parts(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Write files that are made piece by piece, so that none need be in memory as a whole."""
    waiting: list[tuple[str, Path]] = []
    try:
        for target, parts in files.items():
            _check(target)
            waiting.append((_temporary(target, parts), target))
        while waiting:
            temporary, target = waiting[0]
            _rename(temporary, target)
            waiting.pop(0)
        for folder in {target.parent for target in files}:
            _sync_folder(folder)
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                Path(temporary).unlink()


def sweep(folder: Path) -> None:
    """Remove what a killed run left half-written; only for who is alone in the folder."""
    with suppress(OSError), os.scandir(folder) as found:  # one by one: there may be very many
        for file in found:
            if file.name.startswith(_PREFIX) and file.name.endswith(_SUFFIX):
                with suppress(OSError):
                    Path(file.path).unlink()


def _check(target: Path) -> None:
    if len(os.fsencode(target.name)) > LONGEST_NAME:
        message = text(
            "{file}: the name has more than {limit} bytes.",
            file=str(target),
            limit=LONGEST_NAME,
        )
        raise OutputError(message)
    if target.is_dir():
        raise OutputError(text("{file}: a folder stands in its place.", file=str(target)))


def _temporary(target: Path, parts: Iterable[bytes]) -> str:
    name = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fchmod(file.fileno(), 0o666 & ~_umask())
            os.fsync(file.fileno())
    except BaseException as error:  # also what the making of a part raises
        if name:
            with suppress(OSError):
                Path(name).unlink()
        if isinstance(error, OSError):
            raise _failed(target, error) from error
        raise
    return name


def _rename(temporary: str, target: Path) -> None:
    try:
        Path(temporary).replace(target)
    except OSError as error:
        raise _failed(target, error) from error


def _failed(target: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError(text("{file} cannot be written: {reason}.", file=str(target), reason=reason))


def _umask() -> int:
    """The mask files are made with; the system tells it only by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself last; some systems cannot sync a folder, and need not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
