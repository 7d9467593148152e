"""What is to be built: data files found, output names settled, conflicts refused beforehand."""

import glob
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import UsageError
from toolkit.messages import text
from toolkit.sources import SUFFIXES

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Job:
    """One data file and the folder its documents go to."""

    file: Path
    folder: Path


def data_files(given: Iterable[str]) -> tuple[Path, ...]:
    """Expand what the user named.

    Args:
        given: files, folders (all data files below them) and patterns, in any order.

    Returns:
        Files in the order named, those of a folder or pattern by name; none twice.

    Raises:
        UsageError: something named does not exist, or a folder or pattern has no data file.
    """
    found: dict[Path, Path] = {}
    for word in given:
        files = list(_files(word))
        if not files:
            raise UsageError(text("{name}: there is no such data file.", name=word))
        for file in files:
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _files(word: str) -> Iterator[Path]:
    path = Path(word)
    if path.is_dir():
        below = sorted(path.rglob("*"))
        yield from (file for file in below if file.suffix.lower() in SUFFIXES and file.is_file())
    elif path.exists():
        yield path
    else:
        yield from (Path(name) for name in sorted(glob.glob(word, recursive=True)))  # noqa: PTH207  Path.glob takes no absolute pattern


def plan(files: Sequence[Path], folder: Path) -> tuple[Job, ...]:
    """Settle where everything goes.

    Raises:
        UsageError: two data files would write one document; all such pairs are named.
    """
    jobs = tuple(Job(file, folder) for file in files)
    stems: dict[str, Path] = {}
    clashes = []
    for job in jobs:
        first = stems.setdefault(job.file.stem.casefold(), job.file)
        if first is not job.file:
            clashes.append(f"{first} / {job.file}")
    if clashes:
        message = text(
            "Two data files would write the same document: {pairs}. Rename one of them.",
            pairs="; ".join(clashes),
        )
        raise UsageError(message)
    return jobs


def previous_file(file: Path) -> Path | None:
    """Find last year's data file beside this one: the same name with the year before in it.

    ``office-2024.yaml`` is compared with ``office-2023.yaml`` (or ``.yml``, ``.json``).
    """
    for match in _YEAR.finditer(file.stem):
        year = str(int(match[0]) - 1)
        stem = f"{file.stem[: match.start()]}{year}{file.stem[match.end() :]}"
        for suffix in (file.suffix, *SUFFIXES):
            found = file.with_name(f"{stem}{suffix}")
            if found.is_file():
                return found
    return None
