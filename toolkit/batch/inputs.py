"""What is to be built: data files found, output names settled, conflicts refused beforehand."""

import glob
import os
import re
import shlex
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from toolkit import output
from toolkit.batch.manifest import NAME as MANIFEST
from toolkit.batch.manifest import is_manifest
from toolkit.batch.task import Job
from toolkit.errors import UsageError
from toolkit.messages import Lines, Text, text
from toolkit.sources import SUFFIXES, elsewhere, is_spreadsheet, is_workbook, offices

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def data_files(given: Iterable[str]) -> tuple[str, ...]:
    """Expand what the user named.

    Args:
        given: files, folders (all data files below them) and patterns, in any order.

    Returns:
        Files in the order named, those of a folder or pattern by name; none twice.

    Raises:
        UsageError: something named does not exist, or a folder or pattern has no data file.
    """
    found: dict[str, str] = {}
    for word in given:
        none = True
        for file in _files(word):
            found.setdefault(_real(file), file)
            none = False
        if none:
            raise UsageError(_no_data(word))
    return tuple(found.values())


def _no_data(word: str) -> Text:
    """Return that nothing is there, and which file or command may be meant."""
    fault = text("{name}: there is no such data file.", name=word)
    if Path(word).is_dir():
        hint = text("None lies in the folder. Begin one by: nianbao new {file}",
                    file=shlex.quote(str(Path(word) / "report.yaml")))  # fmt: skip
        return text("{fault} {remedy}", fault=fault, remedy=hint)
    return elsewhere.with_neighbour(fault, Path(word))


def _real(path: str | Path) -> str:
    """The path without links; unlike Path.resolve it stands links that lead in a circle."""
    try:
        return os.path.realpath(path)
    except OSError:  # the current folder is gone
        return str(path)


def _files(word: str) -> Iterator[str]:
    path = Path(word)
    if path.is_dir():
        yield from (file for file in _below(str(path)) if _is_data(Path(file)))
    elif os.path.lexists(path):
        yield str(path)
    else:
        found = sorted(glob.glob(word, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
        yield from (str(Path(file)) for file in found if _is_data(Path(file)))


def _below(folder: str) -> Iterator[str]:
    """Files below a folder whose names end like data files', by name; links to folders are left."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  strings, since there may be many
    except OSError:
        return
    for name in names:
        path = name if folder == "." else os.path.join(folder, name)  # noqa: PTH118
        if os.path.splitext(name)[1].lower() in SUFFIXES:  # noqa: PTH122
            yield path
        elif os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
            yield from _below(path)


def _is_data(file: Path) -> bool:
    """Leave out what no one would mean.

    Folders, hidden files, the record of an earlier run, spreadsheets not made to be filled in.
    """
    hidden = file.name.startswith(".")
    if hidden or not file.is_file() or (file.name == MANIFEST and is_manifest(file)):
        return False
    return not is_spreadsheet(file.name) or is_workbook(file)


def plan(files: Iterable[str], folder: Path, suffixes: Sequence[str]) -> tuple[Job, ...]:
    """Settle where everything goes.

    Args:
        files: the data files.
        folder: where the documents go.
        suffixes: endings of the names of all documents a report may give.

    Raises:
        UsageError: two data files would write one document, a document would take the place
            of a data file or a folder, or a name would be too long; all such are named.
    """
    jobs = tuple(job for file in files for job in _jobs(file))
    taken: dict[str, Job] = {}
    there = _folded(_real(folder))
    data = {real for job in jobs if (real := _folded(_real(job.file))).startswith(there)}
    faults: dict[Text, None] = {}
    for job in jobs:
        for name in (f"{job.stem}{suffix}" for suffix in suffixes):
            first = taken.setdefault(_folded(name), job)
            if first is not job:
                faults[_twice(first.file, job.file, job.stem)] = None
            elif fault := _impossible(folder / name, data):
                faults[fault] = None
    if _folded(Path(_real(folder)) / MANIFEST) in data:
        faults[_over_data(folder / MANIFEST)] = None
    if faults:
        raise UsageError(Lines(parts=tuple(faults)))
    return jobs


def _folded(name: object) -> str:
    """One spelling for names that some file systems take for the same."""
    return unicodedata.normalize("NFC", str(name)).casefold()


def _jobs(file: str) -> Iterator[Job]:
    for part, office in offices(Path(file)).items():
        yield Job(file, part, f"{Path(file).stem}-{safe_name(office)}" if part else "")


def _twice(first: str, second: str, name: str) -> Text:
    if first == second:
        return text(
            "{file}: two offices are called “{name}”. Tell them apart by their names.",
            file=first,
            name=name.removeprefix(f"{Path(first).stem}-"),
        )
    return text(
        "Two data files would write the same document: {pairs}. Rename one of them.",
        pairs=f"{first} / {second}",
    )


def _impossible(target: Path, data: Collection[str]) -> Text | None:
    if len(os.fsencode(target.name)) > output.LONGEST_NAME:
        return text(
            "{file}: the name of the document would have {size} bytes, and file systems allow "
            "{limit} (a Chinese character has three). Shorten the name of the data file.",
            file=target.name,
            size=len(os.fsencode(target.name)),
            limit=output.LONGEST_NAME,
        )
    if target.is_dir():
        return text("{file}: a folder stands in its place.", file=str(target))
    if _folded(Path(_real(target.parent)) / target.name) in data:
        return _over_data(target)
    return None


def _over_data(target: Path) -> Text:
    return text(
        "{file}: this data file would be written over. Give another folder with -o.",
        file=str(target),
    )


def safe_name(name: str) -> str:
    """Make a name part of a file's name: what a folder or a system would stumble over is ``_``."""
    return re.sub(r"[\x00-\x1f/\\:*?\"<>|]", "_", name).strip(" .") or "_"


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
