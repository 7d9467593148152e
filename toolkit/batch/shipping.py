"""A report's way to another machine and back: its data and plugins go, its documents come."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from toolkit.batch.task import Document, Outcome, Task
from toolkit.batch.work import produce

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Shipment:
    """A task with everything it needs that the other machine may not have."""

    task: Task
    data: bytes
    plugins: tuple[Files, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What comes back: the outcome, and the documents by where they belong."""

    outcome: Outcome
    documents: Mapping[str, bytes]


def pack(task: Task) -> Shipment:
    """Put the data file and the user's plugin folders in; bundled plugins are there already."""
    return Shipment(
        task, task.file.read_bytes(), tuple(_files(str(f)) for f in task.plugin_folders)
    )


@lru_cache(maxsize=8)
def _files(folder: str) -> Files:
    root = Path(folder)
    found = sorted(root.rglob("*"))
    kept = (f for f in found if f.is_file() and f.suffix != ".pyc")
    return tuple((f.relative_to(root).as_posix(), f.read_bytes()) for f in kept)


def unpack_and_build(shipment: Shipment) -> Parcel:
    """Build on the other machine, in a folder that is gone afterwards."""
    task = shipment.task
    with tempfile.TemporaryDirectory(prefix="nianbao-") as away:
        file = Path(away) / task.file.name
        file.write_bytes(shipment.data)
        folders = tuple(_plugin_folder(files) for files in shipment.plugins)
        there = replace(task, file=file, plugin_folders=folders)
        outcome, documents = produce(there)
    return Parcel(_as_here(outcome, there, task), {str(p): data for p, data in documents.items()})


@lru_cache(maxsize=8)
def _plugin_folder(files: Files) -> Path:
    """Lay a plugin folder out once a process, under a name made of its content."""
    digest = sha256(repr(files).encode()).hexdigest()[:16]
    root = Path(tempfile.mkdtemp(prefix=f"nianbao-plugins-{digest}-"))
    for name, data in files:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root


def _as_here(outcome: Outcome, there: Task, here: Task) -> Outcome:
    """Name the data file as its author does."""
    findings = tuple(
        replace(f, position=replace(f.position, file=str(here.file)))
        if f.position.file == str(there.file)
        else f
        for f in outcome.findings
    )
    documents: tuple[Document, ...] = outcome.documents
    return replace(outcome, file=str(here.file), findings=findings, documents=documents)
