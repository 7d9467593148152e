"""Everything beside its data that a document depends on, part by part, as short hashes."""

import os
import platform
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import toolkit
from toolkit import fonts, resources
from toolkit.messages import Text, text
from toolkit.pipeline import Demands
from toolkit.registry import Plugin, Registry

LIBRARIES = (
    "docxtpl", "python-docx", "jinja2", "lxml", "weasyprint", "pydyf", "pikepdf", "uharfbuzz",
    "openpyxl", "matplotlib",
)  # fmt: skip
"""Libraries that documents are made by."""

Parts = Mapping[str, str]
"""Name of a part → hash of it."""

WORDS: Mapping[str, Text] = {
    "plugin": text("plugin changed"),
    "templates": text("templates changed"),
    "forms": text("forms changed"),
    "fonts": text("fonts changed"),
    "program": text("program changed"),
    "versions": text("other versions"),
    "options": text("other options"),
}
"""Name of a part → what it means when it differs from last time."""

_LARGEST = 10_000
"""How many files of a plugin are looked at; a plugin has a few dozen."""


def of_plugins(
    registry: Registry, formats: tuple[str, ...], demands: Demands
) -> dict[str, dict[str, str]]:
    """Return the parts that documents of each plugin depend on: plugin → part → hash.

    Two builds of one data file with equal parts give equal documents, so the second is not
    needed. No plugin is loaded for it.
    """
    asked = (formats, demands.plugin, demands.strict, demands.select, demands.ignore)
    options = _short(repr(asked), os.environ.get("SOURCE_DATE_EPOCH", ""))
    everyone = {**of_machine(), "options": options}
    return {
        name: {**everyone, "plugin": _short(name, _content(_home(place)))}
        for name, place in registry.places.items()
    }


def beside(plugin: Plugin, place: str) -> dict[str, str]:
    """Return the templates and forms that a plugin takes from outside its place: path → hash.

    Which they are is known once it is loaded, so each report remembers those of its own.
    """
    province = plugin.province
    if province is None:
        return {}
    folder = Path(province.folder or "")
    named = {*province.form_files, *(folder / name for name in province.templates.values())}
    if province.folder:
        named.add(folder)
    home = Path(os.path.realpath(_home(place)))
    real = sorted({Path(os.path.realpath(path)) for path in named})
    return {str(path): _content(path) for path in real if not path.is_relative_to(home)}


def is_as_then(then: Mapping[str, str]) -> bool:
    """Whether what was `beside` a plugin then still has the same content."""
    return all(_content(Path(path)) == content for path, content in then.items())


@lru_cache(maxsize=1)
def of_machine() -> Parts:
    """Return the parts that are the same for all reports of a run."""
    return {
        "program": _content(Path(toolkit.__file__).parent),
        "templates": _content(resources.templates()),
        "forms": _content(resources.schemas()),
        "fonts": _short(*(f"{face.role} {fonts.fingerprint(face)}" for face in fonts.faces())),
        "versions": _short(repr(sorted(versions().items()))),
    }


@lru_cache(maxsize=1)
def versions() -> Parts:
    """Return the versions of nianbao, Python and the libraries: name → version, or ``""``."""
    return {
        "nianbao": toolkit.__version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
        **{name: _version(name) for name in LIBRARIES},
    }


def key(parts: Parts) -> str:
    """Sum parts up in one hash of 32 hex digits."""
    return _short(repr(sorted(parts.items())))


def _short(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _home(place: str) -> Path:
    """Find the folder of a plugin, or the file of one that is a single installed module."""
    found = Path(place)
    if found.exists():
        return found
    spec = find_spec(place.partition(":")[0].partition(".")[0])
    return Path(spec.origin) if spec and spec.origin else found


@lru_cache(maxsize=256)
def _content(place: Path) -> str:
    """Hash a file, or all files below a folder: names and content, so that copying is no change."""
    told = sha256()
    for name, file in _files(place):
        try:
            content = file.read_bytes()
        except OSError:
            content = b"absent"
        told.update(f"{name}\0{len(content)}\0".encode(errors="surrogateescape") + content)
    return told.hexdigest()[:32]


def _files(place: Path) -> Iterator[tuple[str, Path]]:
    if place.is_file():
        yield place.name, place
    seen = 0
    for folder, inner, names in os.walk(place, followlinks=True):
        inner[:] = sorted(n for n in inner if n != "__pycache__" and not n.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            if not name.endswith((".pyc", ".pyo", ".po", ".md")) and file.is_file():
                yield str(file.relative_to(place)), file
                seen += 1
        if seen > _LARGEST:
            return


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
