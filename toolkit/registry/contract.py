"""Does an answer keep the contract of its hook? What does not is said with the plugin's name."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.errors import NianbaoError, PluginError, SourceError
from toolkit.forms import Form, Section, load_forms
from toolkit.kind import ReportKind
from toolkit.messages import Text, text
from toolkit.province import CONTRACT, READ, Format, Province
from toolkit.rules import GENERAL, Rule

Kinds = Mapping[str, ReportKind]
"""Kinds of report by id."""
Taken = Mapping[tuple[str, str], str]
"""Code of a province and kind of report → the plugin that serves both."""


def province(name: str, place: str, answer: object, kinds: Kinds) -> Province:
    """Check what `province` gave.

    Raises:
        PluginError: it is no `Province`, or does something wrong; the first fault is told.
    """
    if not isinstance(answer, Province):
        message = text("province() gave {kind}, not a Province", kind=type(answer).__name__)
        raise PluginError(name, message, place)
    for _, problem in problems(answer, kinds):
        raise PluginError(name, problem, place)
    return answer


def problems(answer: Province, kinds: Kinds) -> Iterator[tuple[str, Text]]:
    """Yield all that a declaration does wrong, each with its code of `plugin_codes`."""
    contract, code = _contract(answer), _code(answer)
    if contract:
        yield "P103", contract
    if code:
        yield "P102", code
    yield from (("P102", problem) for problem in _parts(answer, kinds))


def clash(answer: Province, forms: Iterable[Form], taken: Taken) -> Text | None:
    """Return what is wrong if another plugin serves the same kind of report of a province."""
    for form in forms:
        other = taken.get((answer.code, form.kind))
        if other:
            return text(
                "the code {code} is already taken by “{other}”", code=answer.code, other=other
            )
    return None


def free_code(name: str, place: str, answer: Province, forms: Iterable[Form], taken: Taken) -> None:
    """Refuse a province whose kind of report another plugin serves.

    Raises:
        PluginError: names that plugin.
    """
    problem = clash(answer, forms, taken)
    if problem:
        raise PluginError(name, problem, place)


def kinds(name: str, place: str, answer: Any, known: Kinds) -> tuple[ReportKind, ...]:
    """Check what `report_kinds` gave."""
    given = answer if isinstance(answer, tuple | list) else (None,)
    for kind in given:
        if not isinstance(kind, ReportKind):
            raise PluginError(name, text("report_kinds() must give a tuple of ReportKind"), place)
        if kind.id in known:
            message = text("the kind of report “{kind}” is already there", kind=kind.id)
            raise PluginError(name, message, place)
        if not all(isinstance(rule, Rule) for rule in kind.rules):
            message = text("rules of “{kind}” holds something that is no Rule", kind=kind.id)
            raise PluginError(name, message, place)
    _unique_codes(name, place, [rule for kind in given for rule in kind.rules], known)
    return tuple(given)


def _unique_codes(name: str, place: str, rules: Iterable[Rule], known: Kinds) -> None:
    seen = {rule.code for rule in GENERAL}
    seen |= {rule.code for kind in known.values() for rule in kind.rules}
    for rule in rules:
        if rule.code in seen:
            message = text("the rule code {code} is there twice", code=rule.code)
            raise PluginError(name, message, place)
        seen.add(rule.code)


def _contract(answer: Province) -> Text | None:
    if answer.contract in READ:
        return None
    if isinstance(answer.contract, int) and answer.contract > CONTRACT:
        remedy = text("a newer nianbao is needed")
    else:
        remedy = text("the plugin must be brought up to date")
    return text(
        "was written for contract {theirs}; this is {ours}: {remedy}",
        theirs=answer.contract,
        ours=CONTRACT,
        remedy=remedy,
    )


def older(answer: Province) -> Text | None:
    """Report a plugin of an older contract that is still read."""
    if answer.contract == CONTRACT or answer.contract not in READ:
        return None
    return text(
        "was written for contract {theirs}, which still works; the present one is {ours}",
        theirs=answer.contract,
        ours=CONTRACT,
    )


def _code(answer: Province) -> Text | None:
    code = answer.code
    if isinstance(code, str) and code.isdecimal() and len(code) in (2, 4, 6):
        return None
    return text("the code {code!r} is not one of GB/T 2260 (2, 4 or 6 digits)", code=code)


def _parts(answer: Province, kinds: Kinds) -> Iterator[Text]:
    if not (isinstance(answer.name, str) and answer.name.strip()):
        yield text("the province has no name")
    if answer.folder is not None and not Path(answer.folder).is_dir():
        yield text("there is no template folder {folder}", folder=str(answer.folder))
    if answer.date_style not in ("arabic", "chinese"):
        yield text("date_style is “arabic” or “chinese”, not {given!r}", given=answer.date_style)
    for other in (rule for rule in answer.rules if not isinstance(rule, Rule)):
        yield text("rules holds {kind}, not a Rule", kind=type(other).__name__)
    for function in ("opening", "extra"):
        value = getattr(answer, function)
        if value is not None and not callable(value):
            yield text("{field} must be a function", field=function)
    for wrong in (kind for kind in answer.kinds if kinds and kind not in kinds):
        yield text(
            "serves a kind of report “{kind}” that is not there; there are: {kinds}",
            kind=wrong,
            kinds=", ".join(kinds),
        )
    yield from _charts(answer, kinds)
    yield from _absent(answer)


def _charts(answer: Province, kinds: Kinds) -> Iterator[Text]:
    """Charts that are neither those of a kind of report nor functions.

    Where no plugin offers kinds of report, nobody knows their charts, and none is refused.
    """
    known = [name for kind in kinds.values() for name in kind.charts]
    for chart in answer.charts:
        if kinds and not (callable(chart) or chart in known):
            yield text(
                "there is no chart {name!r}; there are: {known}, and functions of your own",
                name=chart,
                known=", ".join(known),
            )


def _absent(answer: Province) -> Iterator[Text]:
    """Files that are declared and not there."""
    files = [*answer.form_files, *answer.examples]
    if answer.folder is not None:
        files += [Path(answer.folder) / template for template in answer.templates.values()]
    for file in files:
        if not Path(file).is_file():
            yield text("there is no file {file}", file=str(file))


def forms(name: str, place: str, answer: Province, kinds: Kinds) -> tuple[Form, ...]:
    """Return the forms the province serves."""
    try:
        known = known_forms(tuple(answer.form_files))
    except SourceError as error:
        raise PluginError(name, error.message, str(error.findings[0].position)) from error
    except NianbaoError as error:
        raise PluginError(name, error.message, place) from error
    served = answer.forms or tuple(_by_default(answer, known, kinds))
    named = (*answer.landscape, *answer.upright)
    tables = {part.id for form in served if form in known for part in _tabled(known[form])}
    for section in (name for name in named if name not in tables):
        message = text("no form has a table in a section “{section}”", section=section)
        raise PluginError(name, message, place)
    for wrong in (form for form in served if form not in known):
        message = text(
            "serves a form “{form}” that is not there; there are: {forms}",
            form=wrong,
            forms=", ".join(known),
        )
        raise PluginError(name, message, place)
    return tuple(known[form] for form in served)


def _by_default(answer: Province, known: Mapping[str, Form], kinds: Kinds) -> Iterator[str]:
    """Yield the official forms of the kinds a province serves, and of kinds nobody offers."""
    served = answer.kinds or tuple(kind.id for kind in kinds.values() if kind.everywhere)
    official = known_forms()
    for name, form in known.items():
        if name in official and (form.kind in served or form.kind not in kinds):
            yield name


def _tabled(form: Form) -> Iterator[Section]:
    return (section for section in form.sections if section.tables)


@lru_cache(maxsize=64)
def known_forms(files: tuple[Path, ...] = ()) -> dict[str, Form]:
    """The national forms and those of the files; plugins without own forms share the former."""
    return load_forms(files)


def formats(name: str, place: str, answer: Any, taken: Mapping[str, Format]) -> tuple[Format, ...]:
    """Check what `formats` gave."""
    if not isinstance(answer, tuple | list) or not all(isinstance(f, Format) for f in answer):
        raise PluginError(name, text("formats() must give a tuple of Format"), place)
    for wrong in (f for f in answer if f.name in taken):
        message = text("the format “{format}” is already there", format=wrong.name)
        raise PluginError(name, message, place)
    return tuple(answer)
