"""Everything beside its data that a document depends on, as one short hash."""

import os
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import toolkit
from toolkit import fonts, resources
from toolkit.batch.task import Task
from toolkit.registry import Plugin

_LIBRARIES = ("docxtpl", "python-docx", "jinja2", "lxml", "weasyprint", "pydyf", "pikepdf")


def key(task: Task, plugin: Plugin) -> str:
    """Hash formats, demands, plugin, templates, forms, fonts and versions.

    Two builds of one data file with equal keys give equal documents, so the second is not
    needed.
    """
    demands = task.demands
    asked = (task.formats, demands.plugin, demands.strict, demands.select, demands.ignore)
    parts = (repr(asked), plugin.name, _folder(str(Path(plugin.place).parent)), _machine())
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def _machine() -> str:
    """Versions, the toolkit's own files, and the faces; the same for all reports of a run."""
    package = Path(toolkit.__file__).parent
    folders = (package, resources.schemas(), resources.templates())
    faces = [f"{face.role} {_stat(Path(face.path))}" for face in fonts.faces()]
    parts = (
        toolkit.__version__,
        *(f"{name} {_version(name)}" for name in _LIBRARIES),
        *(_folder(str(folder)) for folder in folders),
        *faces,
        os.environ.get("SOURCE_DATE_EPOCH", ""),
    )
    return sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=64)
def _folder(folder: str) -> str:
    return sha256("\n".join(_files(Path(folder))).encode()).hexdigest()


def _files(folder: Path) -> Iterator[str]:
    """Name, size and time of every file below a folder: quick, and enough to see a change."""
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix not in (".pyc", ".pyo"):
            yield f"{file.relative_to(folder)} {_stat(file)}"


def _stat(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return "absent"
    return f"{found.st_size} {found.st_mtime_ns}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
