"""The plugins of one run: found at once, loaded when needed, each on its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, partial
from pathlib import Path

import pluggy

from toolkit import formats as own_formats
from toolkit import hookspecs
from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import PluginError, UsageError
from toolkit.forms import Form
from toolkit.kind import ReportKind
from toolkit.messages import Text, text
from toolkit.province import Format, Province
from toolkit.registry import contract
from toolkit.registry.discovery import Candidate, find
from toolkit.registry.guard import as_plugin_error, guarded
from toolkit.rules import GENERAL, Rule
from toolkit.rules.regions import provinces, usual

COUNTRY = "00"
"""The code that stands for the whole country: the manner where a province has none."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A loaded plugin.

    ``forms`` are those it serves; ``province`` is None if it serves none. ``kinds`` are the
    kinds of report it offers to all.
    """

    name: str
    origin: Text
    place: str
    province: Province | None
    forms: tuple[Form, ...]
    formats: tuple[Format, ...]
    kinds: tuple[ReportKind, ...] = ()


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
        self._answers: dict[str, dict[str, object] | PluginError] = {}

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
        """Return the endings of file names that formats have, in plugins loaded so far too."""
        loaded = [found for found in self._loaded.values() if isinstance(found, Plugin)]
        every = [*self._own.values(), *(form for plugin in loaded for form in plugin.formats)]
        wanted = set(names)
        return tuple(dict.fromkeys(form.suffix for form in every if form.name in wanted))

    @property
    def forms(self) -> tuple[Form, ...]:
        """The official forms, which every plugin may serve."""
        return tuple(contract.known_forms().values())

    @cached_property
    def kinds(self) -> Mapping[str, ReportKind]:
        """The kinds of report there are, by id; a plugin that cannot be used offers none."""
        return {kind.id: kind for kinds in self.offers.values() for kind in kinds}

    @property
    def offers(self) -> Mapping[str, tuple[ReportKind, ...]]:
        """Plugin → the kinds of report it offers."""
        return {name: kinds for name, kinds in self._offers.items() if isinstance(kinds, tuple)}

    @cached_property
    def _offers(self) -> Mapping[str, tuple[ReportKind, ...] | PluginError]:
        """Plugin → the kinds of report it offers, or why they are refused."""
        found: dict[str, tuple[ReportKind, ...] | PluginError] = {}
        known: dict[str, ReportKind] = {}
        for name, candidate in self._candidates.items():
            if not candidate.may_answer("report_kinds"):
                continue
            try:
                given = self._asked(name).get("report_kinds", ())
                found[name] = kinds = contract.kinds(name, candidate.place, given, known)
                known |= {kind.id: kind for kind in kinds}
            except PluginError as error:
                found[name] = error
        return found

    def kind(self, form: Form) -> ReportKind:
        """Return the kind of report of a form; where no plugin offers it, one without rules."""
        return self.kinds.get(form.kind) or ReportKind(form.kind, form.name)

    def kind_unknown(self, form: Form, file: str) -> tuple[Finding, ...]:
        """Return the warning that no plugin offers the kind of report of a form, or nothing."""
        if not form.kind or form.kind in self.kinds:
            return ()
        message = text("No plugin offers the kind of report “{kind}”: only the general rules are"
                       " run, and its charts are left out.", kind=form.kind)  # fmt: skip
        remedy = text("Install the plugin that offers it, or name its folder with --plugins.")
        place = Position(file, 1, 1)
        return (Finding("N126", Severity.WARNING, place, ("form",), "form", message, remedy),)

    def rules(self, form: Form, plugin: Plugin | None = None) -> tuple[Rule, ...]:
        """Return the rules for reports on a form: the general ones, its kind's, a province's."""
        kind = self.kind(form)
        own = plugin.province.rules if plugin and plugin.province else ()
        fitting = (rule for rule in own if rule.kind in ("", form.kind))
        return (*kind.cited(GENERAL), *kind.rules, *fitting)

    def every_rule(self, *, provinces: bool = True) -> tuple[Rule, ...]:
        """Return all rules: the general ones, those of the kinds, those of the provinces."""
        kinds = (rule for kind in self.kinds.values() for rule in kind.rules)
        loaded = self.all() if provinces else ()
        own = (one.province.rules for one in loaded if isinstance(one, Plugin) and one.province)
        return (*GENERAL, *kinds, *(rule for rules in own for rule in rules))

    @property
    def plain(self) -> Plugin | None:
        """The plugin for provinces that have none of their own, or None."""
        return self._with_code(COUNTRY)

    def _with_code(self, code: str) -> Plugin | None:
        fitting = (found for found in self.all() if isinstance(found, Plugin) and found.province)
        return next((found for found in fitting if _code(found) == code), None)

    def of_province(self, name: str) -> Plugin | None:
        """Return the plugin of a province by its official or usual name, or None."""
        for found in self.all():
            province = found.province if isinstance(found, Plugin) else None
            if province and name in _names(province.name):
                return found  # type: ignore[return-value]  # a Problem has no province
        return None

    def get(self, name: str) -> Plugin:
        """Return one plugin, loaded.

        Raises:
            UsageError: there is none of that name.
            PluginError: it cannot be used; its place and fault are said.
        """
        if name not in self._candidates:
            chinese = self.of_province(name)
            if chinese is not None:
                return chinese
            region = next((whole for whole in provinces() if name in _names(whole)), "")
            if region:
                raise UsageError(_without_plugin(region, self.plain))
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

    def _asked(self, name: str) -> dict[str, object]:
        """Return what a plugin's hooks gave; they are called once."""
        if name not in self._answers:
            try:
                self._answers[name] = answers(self._candidates[name])
            except PluginError as error:
                self._answers[name] = error
        given = self._answers[name]
        if isinstance(given, PluginError):
            raise given
        return given

    def _take(self, candidate: Candidate) -> Plugin:
        name, place = candidate.name, candidate.place
        given = self._asked(name)
        kinds = self._offers.get(name, ())
        if isinstance(kinds, PluginError):
            raise kinds
        province = None
        forms: tuple[Form, ...] = ()
        if "province" in given:
            province = contract.province(name, place, given["province"], self.kinds)
            forms = contract.forms(name, place, province, self.kinds)
            contract.free_code(name, place, province, forms, self._taken())
        more = contract.formats(name, place, given.get("formats", ()), self._own)
        return Plugin(name, candidate.origin, place, province, forms, more, kinds)

    def _taken(self) -> dict[tuple[str, str], str]:
        """Code of a province and kind of report → the plugin that serves both."""
        loaded = (one for one in self._loaded.values() if isinstance(one, Plugin))
        return {
            (one.province.code, form.kind): one.name
            for one in loaded
            if one.province
            for form in one.forms
        }


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
    for hook in ("report_kinds", "province", "formats"):
        for impl in getattr(manager.hook, hook).get_hookimpls():
            given[hook] = guarded(name, place, partial(impl.function))
    if not given:
        raise PluginError(name, text("offers no province, no format and no kind of report"), place)
    return given


def _code(plugin: Plugin) -> str:
    return plugin.province.code if plugin.province else ""


def _names(province: str) -> tuple[str, str]:
    """Return the official and the usual name of a province, without 省, 市 or 自治区."""
    return province, usual(province)


def _without_plugin(region: str, plain: Plugin | None) -> Text:
    """Return what to type for a province that has no plugin."""
    if plain is None:
        return text("There is no plugin for {region}.", region=region)
    return text(
        "There is no plugin for {region} yet. Type -p {plain} for the national manner, or make a"
        " plugin: nianbao plugins new NAME",
        region=region,
        plain=plain.name,
    )
