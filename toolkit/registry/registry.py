"""The plugins of one run: found at once, loaded when needed, each on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path

import pluggy

from toolkit import formats as own_formats
from toolkit import hookspecs
from toolkit.errors import PluginError, UsageError
from toolkit.forms import Form
from toolkit.messages import Text, text
from toolkit.province import Format, Province
from toolkit.registry import accept
from toolkit.registry.find import Candidate, find
from toolkit.registry.guard import as_plugin_error, guarded


@dataclass(frozen=True, slots=True)
class Plugin:
    """A loaded plugin. ``forms`` are those it serves; ``province`` is None if it serves none."""

    name: str
    origin: Text
    place: str
    province: Province | None
    forms: tuple[Form, ...]
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A plugin that cannot be used, and why."""

    name: str
    origin: Text
    error: PluginError


class Registry:
    """Plugins by name. Nothing of a plugin runs until it is asked for."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._candidates: dict[str, Candidate] = {}
        self._refused: list[Problem] = []
        self._loaded: dict[str, Plugin | Problem] = {}
        for candidate in find(folders):
            self._enlist(candidate)
        self._own = {f.name: f for f in own_formats.formats()}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all plugins found, usable or not."""
        return tuple(self._candidates)

    @property
    def places(self) -> dict[str, str]:
        """Folder, file or module of each plugin, by name; none is loaded for it."""
        found = self._candidates.items()
        return {name: str(candidate.folder or candidate.place) for name, candidate in found}

    @property
    def own_formats(self) -> tuple[str, ...]:
        """Names of the formats there are without any plugin."""
        return tuple(self._own)

    def suffixes(self, names: Iterable[str]) -> tuple[str, ...]:
        """Give the endings of file names that formats have, in plugins loaded so far too."""
        loaded = [found for found in self._loaded.values() if isinstance(found, Plugin)]
        every = [*self._own.values(), *(form for plugin in loaded for form in plugin.formats)]
        wanted = set(names)
        return tuple(dict.fromkeys(form.suffix for form in every if form.name in wanted))

    @property
    def national_forms(self) -> tuple[Form, ...]:
        """The forms every plugin may serve."""
        return tuple(accept.known_forms().values())

    def get(self, name: str) -> Plugin:
        """Return one plugin, loaded.

        Raises:
            UsageError: there is none of that name.
            PluginError: it cannot be used; its place and fault are said.
        """
        if name not in self._candidates:
            near = get_close_matches(name, self._candidates, n=1)
            remedy = (
                text("Did you mean “{near}”?", near=near[0])
                if near
                else text("There are: {names}.", names=", ".join(self._candidates))
            )
            raise UsageError(
                text("There is no plugin “{name}”. {remedy}", name=name, remedy=remedy)
            )
        found = self._load(name)
        if isinstance(found, Problem):
            raise found.error
        return found

    def all(self) -> tuple[Plugin | Problem, ...]:
        """Load everything; what cannot be used is among it as a `Problem`."""
        return (*(self._load(name) for name in self._candidates), *self._refused)

    def formats(self, plugin: Plugin) -> dict[str, Format]:
        """Return the formats there are for a report of this plugin, by name."""
        return self._own | {f.name: f for f in plugin.formats}

    def for_region(self, region: str) -> Plugin | None:
        """Return the only plugin whose province's name begins the region, or None."""
        fitting = [
            found
            for found in self.all()
            if isinstance(found, Plugin)
            and found.province
            and region.startswith(found.province.name)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _enlist(self, candidate: Candidate) -> None:
        first = self._candidates.setdefault(candidate.name, candidate)
        if first.place != candidate.place:  # the same folder, installed and named, is one plugin
            message = text(
                "the name “{name}” is already taken by {place}",
                name=candidate.name,
                place=first.place,
            )
            error = PluginError(candidate.name, message, candidate.place)
            self._refused.append(Problem(candidate.name, candidate.origin, error))

    def _load(self, name: str) -> Plugin | Problem:
        if name not in self._loaded:
            candidate = self._candidates[name]
            try:
                self._loaded[name] = self._take(candidate)
            except PluginError as error:
                self._loaded[name] = Problem(name, candidate.origin, error)
        return self._loaded[name]

    def _take(self, candidate: Candidate) -> Plugin:
        name, place = candidate.name, candidate.place
        given = answers(candidate)
        taken = {
            other.province.code: other.name
            for other in self._loaded.values()
            if isinstance(other, Plugin) and other.province
        }
        province = None
        forms: tuple[Form, ...] = ()
        if "province" in given:
            province = accept.province(name, place, given["province"], taken)
            forms = accept.forms(name, place, province)
        more = accept.formats(name, place, given.get("formats", ()), self._own)
        return Plugin(name, candidate.origin, place, province, forms, more)


def answers(candidate: Candidate) -> dict[str, object]:
    """Load a plugin and call its own functions one by one, so that a fault has its name.

    Returns:
        Hook → what it gave, unchecked; at least one.

    Raises:
        PluginError: the plugin raised, hangs, or offers no hook.
    """
    name, place = candidate.name, candidate.place
    module = guarded(name, place, candidate.load)
    manager = pluggy.PluginManager(hookspecs.NAME)  # of its own: nothing of a faulty one stays
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(module, name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        raise as_plugin_error(name, place, error) from error
    given: dict[str, object] = {}
    for hook in ("province", "formats"):
        for impl in getattr(manager.hook, hook).get_hookimpls():
            given[hook] = guarded(name, place, partial(impl.function))
    if not given:
        raise PluginError(name, text("offers neither a province nor a format"), place)
    return given
