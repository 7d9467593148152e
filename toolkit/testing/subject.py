"""The plugin under examination: found by name or folder, loaded, its declaration looked over."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from toolkit import rules
from toolkit.diagnostics import Finding, Severity
from toolkit.diagnostics.plugin_codes import miss
from toolkit.errors import PluginError, UsageError
from toolkit.forms import Form
from toolkit.kind import ReportKind
from toolkit.messages import Text, text
from toolkit.province import CONTRACT, Format, Province
from toolkit.registry import Candidate, Plugin, Registry, answers, contract, find


@dataclass
class Subject:
    """A plugin as far as it could be loaded. ``file`` is its ``__init__.py``."""

    name: str
    file: str
    province: Province | None = None
    forms: tuple[Form, ...] = ()
    formats: tuple[Format, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    registry: Registry | None = None
    plugin: Plugin | None = None
    offers: tuple[ReportKind, ...] = ()
    kinds: Mapping[str, ReportKind] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The plugin's folder."""
        return Path(self.file).parent


class One(Registry):
    """A registry that answers with the examined plugin, whatever its name or code clash with."""

    def __init__(self, plugin: Plugin) -> None:
        super().__init__()
        self._plugin = plugin
        self.kinds = dict(super().kinds) | {kind.id: kind for kind in plugin.kinds}

    def get(self, name: str) -> Plugin:
        """Return the examined plugin."""
        return self._plugin


def locate(word: str, folders: Iterable[Path] = ()) -> Candidate:
    """Find a plugin by its name, its folder, or the folder of its distribution.

    Raises:
        UsageError: there is none; tells which there are.
    """
    folder = Path(word)
    if not folder.is_dir():
        candidates = {candidate.name: candidate for candidate in find(folders)}
        if word not in candidates:
            Registry(folders).get(word)  # says which there are
        return candidates[word]
    inside = [place for place in _places(folder.resolve()) if (place / "__init__.py").is_file()]
    if len(inside) != 1:
        message = text(
            "{folder} holds no plugin, or several; name the folder with its __init__.py.",
            folder=word,
        )
        raise UsageError(message)
    return next(find(inside, outside_only=True))


def _places(folder: Path) -> Iterator[Path]:
    """Where a plugin may be: the folder itself, what its pyproject.toml names, its children."""
    if (folder / "__init__.py").is_file():
        yield folder
        return
    project = folder / "pyproject.toml"
    if project.is_file():
        told = tomllib.loads(project.read_text(encoding="utf-8"))
        points = told.get("project", {}).get("entry-points", {}).get("nianbao", {})
        for value in points.values():
            module = str(value).partition(":")[0].replace(".", "/")
            yield from (folder / module, folder / "src" / module)
        return
    yield from sorted(path for path in folder.glob("*/") if path.name.isidentifier())


def load(candidate: Candidate, folders: Iterable[Path] = ()) -> Subject:
    """Load a plugin and look its declaration over; every fault is among its findings."""
    subject = Subject(candidate.name, candidate.place)
    try:
        given = answers(candidate)
    except PluginError as error:
        subject.findings.append(_failed(subject, "P101", error, _REMEDY))
        return subject
    others = _others(candidate, folders)
    subject.kinds = {kind.id: kind for one in others.values() for kind in one.kinds}
    if "report_kinds" in given:
        _take_kinds(subject, given["report_kinds"])
    if "province" in given:
        _take_province(subject, given["province"], others)
    if "formats" in given:
        _take_formats(subject, given["formats"])
    if subject.province is not None and subject.forms:
        subject.plugin = Plugin(
            subject.name, candidate.origin, subject.file, subject.province, subject.forms,
            subject.formats, subject.offers,
        )  # fmt: skip
        subject.registry = One(subject.plugin)
    return subject


_REMEDY = text("Mend it at that place; hookspecs.py tells what each hook gives.")


def _failed(subject: Subject, code: str, error: PluginError, remedy: Text | None) -> Finding:
    place = error.place or subject.file
    return miss(code, place, text("the plugin {problem}", problem=error.message), remedy)


def _others(candidate: Candidate, folders: Iterable[Path]) -> dict[str, Plugin]:
    found = Registry(folders).all()
    return {
        one.name: one
        for one in found
        if isinstance(one, Plugin) and one.place != candidate.place
    }  # fmt: skip


def _take_province(subject: Subject, answer: object, others: dict[str, Plugin]) -> None:
    if not isinstance(answer, Province):
        message = text("province() gave {kind}, not a Province", kind=type(answer).__name__)
        remedy = text("End province() with “return Province(code=…, name=…)”.")
        subject.findings.append(miss("P101", subject.file, message, remedy))
        return
    found = list(contract.problems(answer, subject.kinds))
    for code, problem in found:
        message = text("the plugin {problem}", problem=problem)
        subject.findings.append(miss(code, subject.file, message, _REMEDIES.get(code)))
    if old := contract.older(answer):
        message = text("the plugin {problem}", problem=old)
        remedy = text("Look over it by CHANGELOG.md, then write contract={ours}.", ours=CONTRACT)
        note = miss("P103", subject.file, message, remedy, severity=Severity.NOTE)
        subject.findings.append(note)
    if subject.name in others:
        message = text("the name “{name}” is already taken by {place}",
                       name=subject.name, place=others[subject.name].place)  # fmt: skip
        subject.findings.append(miss("P104", subject.file, message, _REMEDIES["P104"]))
    if any(code == "P103" for code, _ in found):
        return
    subject.findings += _rule_codes(subject, answer, others)
    subject.province = answer
    try:
        subject.forms = contract.forms(subject.name, subject.file, answer, subject.kinds)
    except PluginError as error:
        subject.findings.append(_form_fault(subject, error))
    clash = contract.clash(answer, subject.forms, _taken(others))
    if clash:
        message = text("the plugin {problem}", problem=clash)
        subject.findings.append(miss("P104", subject.file, message, _REMEDIES["P104"]))


def _taken(others: Mapping[str, Plugin]) -> dict[tuple[str, str], str]:
    return {
        (one.province.code, form.kind): name
        for name, one in others.items() if one.province for form in one.forms
    }  # fmt: skip


def _take_kinds(subject: Subject, answer: object) -> None:
    try:
        subject.offers = contract.kinds(subject.name, subject.file, answer, subject.kinds)
    except PluginError as error:
        subject.findings.append(_failed(subject, "P101", error, _REMEDY))
    subject.kinds = {**subject.kinds, **{kind.id: kind for kind in subject.offers}}


def _form_fault(subject: Subject, error: PluginError) -> Finding:
    values = dict(error.message.values)
    place, message = values.get("place"), values.get("message")
    if isinstance(message, Text) and place:
        return miss("P201", str(place), message, _REMEDIES["P201"])
    return _failed(subject, "P201", error, _REMEDIES["P201"])


_REMEDIES = {
    "P102": text("Mend it in what province() returns; province.py tells each field."),
    "P103": text("Install a fitting nianbao, or look over the plugin by CHANGELOG.md."),
    "P104": text("Choose one that no other plugin has; “nianbao plugins” lists them."),
    "P201": text("schemas/README.md tells how a form is written and extended."),
}


def _rule_codes(subject: Subject, answer: Province, others: dict[str, Plugin]) -> Iterator[Finding]:
    of_kinds = (rule for kind in subject.kinds.values() for rule in kind.rules)
    taken = {rule.code: "nianbao" for rule in (*rules.GENERAL, *of_kinds)}
    for name, one in others.items():
        taken |= {rule.code: name for rule in one.province.rules} if one.province else {}
    seen: set[str] = set()
    for rule in (one for one in answer.rules if isinstance(one, rules.Rule)):
        owner = "nianbao" if rule.code.startswith("N") else taken.get(rule.code, "")
        if rule.code in seen:
            owner = subject.name
        seen.add(rule.code)
        if owner:
            message = text("the rule code {code} is already taken by “{other}”",
                           code=rule.code, other=owner)  # fmt: skip
            remedy = text("Use letters of your own, such as those of the province's name.")
            yield miss("P104", subject.file, message, remedy)


def _take_formats(subject: Subject, answer: object) -> None:
    own = Registry()
    known = {name: Format(name, "", "", "", "") for name in own.own_formats}
    try:
        subject.formats = contract.formats(subject.name, subject.file, answer, known)
    except PluginError as error:
        subject.findings.append(_failed(subject, "P101", error, _REMEDY))
        return
    for one in subject.formats:
        try:
            usable = callable(getattr(import_module(one.module), "render", None))
            problem = "" if usable else "render"
        except Exception as error:  # a plugin's module may raise anything
            problem = f"{type(error).__name__}: {error}"
        if problem:
            message = text("the format “{format}” cannot be used: {module}: {problem}",
                           format=one.name, module=one.module, problem=problem)  # fmt: skip
            remedy = text("Name a module of yours that has render(request) -> bytes.")
            subject.findings.append(miss("P114", subject.file, message, remedy))
