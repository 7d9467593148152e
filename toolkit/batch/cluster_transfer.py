"""A report's way to another machine and back: its data goes, its documents come."""

import os
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from toolkit.batch import fingerprint
from toolkit.batch.build_one import produce
from toolkit.batch.fingerprint import Parts
from toolkit.batch.task import Document, Outcome, Task, failed
from toolkit.isolation.pool import Loss, Pool
from toolkit.messages import text

Files = tuple[tuple[str, bytes], ...]
"""A plugin folder: names below it, and content."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """A task with what it needs that the other machine may not have.

    ``plugins`` are digests of plugin folders, which go to each worker once (see `keep`);
    ``base`` is what documents depend on here; ``seconds`` how long the report may take.
    """

    task: Task
    data: bytes
    plugins: tuple[str, ...]
    base: Parts
    seconds: float


@dataclass(frozen=True, slots=True)
class Parcel:
    """What comes back: the outcome, and the documents by where they belong."""

    outcome: Outcome
    documents: Mapping[str, bytes]


def base(formats: tuple[str, ...]) -> Parts:
    """Return what must be the same on both machines for documents to be the same.

    Fonts matter to a PDF; the other formats leave them to the reader.
    """
    parts = {**fingerprint.of_machine(), **fingerprint.versions()}
    if "pdf" not in formats:
        del parts["fonts"]
    return parts


def files(folder: Path) -> Files:
    """Read a plugin folder."""
    found = sorted(folder.rglob("*"))
    kept = (f for f in found if f.is_file() and f.suffix != ".pyc")
    return tuple((f.relative_to(folder).as_posix(), f.read_bytes()) for f in kept)


def digest(content: Files) -> str:
    """Name a plugin folder by its content."""
    return sha256(repr(content).encode()).hexdigest()[:16]


_kept: dict[str, Path] = {}


def keep(content: Files, room: Path) -> None:
    """Lay a plugin folder out below a folder that Dask clears, once a process."""
    name = digest(content)
    if name in _kept:
        return
    root = room / name
    for inner, data in content:
        target = (root / inner).resolve()
        if target.is_relative_to(root.resolve()):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    _kept[name] = root


_here = threading.local()


def build_away(shipment: Shipment) -> Parcel:
    """Build on the other machine, in a process of its own: what harms it harms no worker."""
    from distributed import get_worker  # the process that builds does without

    theirs = base(shipment.task.formats)
    if theirs != shipment.base:
        there = text("This worker has other versions than the caller; see `nianbao doctor`.")
        return Parcel(failed(shipment.task, there), {})
    folders = tuple(_kept[name] for name in shipment.plugins)
    pool = getattr(_here, "pool", None)
    if pool is None or pool.seconds != shipment.seconds:
        if pool is not None:
            pool.close()
        pool = _here.pool = Pool(_unpack_and_build, 1, shipment.seconds)
    room = get_worker().local_directory  # Dask clears it even after a worker that was killed
    with tempfile.TemporaryDirectory(prefix="nianbao-", dir=room) as away:
        ((_, parcel),) = pool.run([(shipment, folders, away)])
    return Parcel(failed(shipment.task, parcel.reason), {}) if isinstance(parcel, Loss) else parcel


def _unpack_and_build(given: tuple[Shipment, tuple[Path, ...], str]) -> Parcel:
    """Build in a folder that outlives this process, so that it is cleared whatever happens."""
    shipment, folders, away = given
    task = shipment.task
    file = Path(away) / task.file.name
    file.write_bytes(shipment.data)
    there = replace(task, file=file, plugin_folders=folders)
    outcome, documents = produce(there)
    return Parcel(
        _as_here(outcome, there, task), {os.fspath(p): data for p, data in documents.items()}
    )


def _as_here(outcome: Outcome, there: Task, here: Task) -> Outcome:
    """Name the data file as its author does."""
    findings = tuple(
        replace(f, position=replace(f.position, file=str(here.file)))
        if f.position.file == str(there.file)
        else f
        for f in outcome.findings
    )
    documents: tuple[Document, ...] = outcome.documents
    return replace(outcome, file=here.shown, findings=findings, documents=documents)
