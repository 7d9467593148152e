"""Where plugins are: the bundled folder, installed distributions, folders the user names."""

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from toolkit import resources
from toolkit.errors import UsageError
from toolkit.messages import Text, text

GROUP = "nianbao"
"""Entry-point group of distributions that bring a plugin."""

_PACKAGE = "nianbao_plugins"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that was found and not loaded yet. ``place`` is its file or module."""

    name: str
    origin: Text
    place: str
    load: Callable[[], object]
    folder: Path | None = None
    """Folder of the plugin's files, where that can be told without running it."""

    def may_answer(self, hook: str) -> bool:
        """Whether the plugin may have a function of a hook's name, told without running it.

        Only a module that speaks of the name, or takes in all names of another, can have it.
        """
        file = Path(self.place)
        if not file.is_file():
            return True
        words = file.read_text(encoding="utf-8", errors="replace")
        return hook in words or "import *" in words


def find(folders: Iterable[Path] = (), *, outside_only: bool = False) -> Iterator[Candidate]:
    """Yield every plugin there is: bundled, installed, then those of the folders.

    Args:
        folders: each a plugin itself (it has an ``__init__.py``) or a folder of plugins.
        outside_only: only those of the folders.

    Raises:
        UsageError: a folder does not exist, or holds no plugin.
    """
    if not outside_only:
        yield from _in_folder(resources.plugins(), text("bundled"))
        yield from map(_installed, sorted(entry_points(group=GROUP), key=lambda one: one.name))
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(text("There is no plugin folder {folder}.", folder=str(folder)))
        found = list(_in_folder(folder.resolve(), text("folder {folder}", folder=str(folder))))
        if not found:
            message = text(
                "{folder} holds no plugin: no folder in it has an __init__.py.", folder=str(folder)
            )
            raise UsageError(message)
        yield from found


def _in_folder(folder: Path, origin: Text) -> Iterator[Candidate]:
    inside = [folder] if (folder / "__init__.py").is_file() else sorted(folder.glob("*/"))
    for place in inside:
        file = place / "__init__.py"
        if file.is_file() and place.name.isidentifier():
            yield Candidate(place.name, origin, str(file), _Loader(place.name, file), place)


def _installed(point: EntryPoint) -> Candidate:
    dist = point.dist
    name = f"{dist.name} {dist.version}" if dist else point.value
    origin = text("installed: {name}", name=name)
    folder = _folder_of(point.module)
    file = folder / "__init__.py" if folder and "." not in point.module else None
    place = str(file.resolve()) if file and file.is_file() else point.value
    return Candidate(point.name, origin, place, point.load, folder)


def _folder_of(module: str) -> Path | None:
    """Find where a module's package is; only the topmost can be found without running it."""
    spec = importlib.util.find_spec(module.partition(".")[0])
    inside = list(spec.submodule_search_locations or ()) if spec else []
    return Path(inside[0]) if inside else None


@dataclass(frozen=True, slots=True)
class _Loader:
    """Imports a plugin folder as a package of its own, so that it may import its siblings."""

    name: str
    file: Path

    def __call__(self) -> ModuleType:
        parent = sys.modules.setdefault(_PACKAGE, ModuleType(_PACKAGE))
        parent.__path__ = []
        full = f"{_PACKAGE}.{self.name}"
        spec = importlib.util.spec_from_file_location(
            full, self.file, submodule_search_locations=[str(self.file.parent)]
        )
        if spec is None or spec.loader is None:
            raise ImportError(str(self.file))
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            sys.modules.pop(full, None)
            raise
        return module
