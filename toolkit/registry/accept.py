"""Does an answer keep the contract of its hook? What does not is said with the plugin's name."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.charts import NATIONAL
from toolkit.errors import NianbaoError, PluginError, SourceError
from toolkit.forms import Form, Section, load_forms
from toolkit.messages import Text, text
from toolkit.province import CONTRACT, Format, Province
from toolkit.rules import Rule


def province(name: str, place: str, answer: object, taken: Mapping[str, str]) -> Province:
    """Check what `province` gave; ``taken`` are codes in use → the plugin that has them."""
    if not isinstance(answer, Province):
        message = text("province() gave {kind}, not a Province", kind=type(answer).__name__)
        raise PluginError(name, message, place)
    for _, problem in problems(answer, taken):
        raise PluginError(name, problem, place)
    return answer


def problems(answer: Province, taken: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
    """Give all that a declaration does wrong, each with its code of `plugin_codes`."""
    contract, code = _contract(answer), _code(answer)
    if contract:
        yield "P103", contract
    if code:
        yield "P102", code
    elif answer.code in taken:
        message = text(
            "the code {code} is already taken by “{other}”",
            code=answer.code,
            other=taken[answer.code],
        )
        yield "P104", message
    yield from (("P102", problem) for problem in _parts(answer))


def _contract(answer: Province) -> Text | None:
    if answer.contract == CONTRACT:
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


def _code(answer: Province) -> Text | None:
    code = answer.code
    if isinstance(code, str) and code.isdecimal() and len(code) in (2, 4, 6):
        return None
    return text("the code {code!r} is not one of GB/T 2260 (2, 4 or 6 digits)", code=code)


def _parts(answer: Province) -> Iterator[Text]:
    if not (isinstance(answer.name, str) and answer.name.strip()):
        yield text("the province has no name")
    if answer.folder is not None and not Path(answer.folder).is_dir():
        yield text("there is no template folder {folder}", folder=str(answer.folder))
    if answer.date_style not in ("arabic", "chinese"):
        yield text("date_style is “arabic” or “chinese”, not {given!r}", given=answer.date_style)
    for wrong in (rule for rule in answer.rules if not isinstance(rule, Rule)):
        yield text("rules holds {kind}, not a Rule", kind=type(wrong).__name__)
    for function in ("opening", "extra"):
        value = getattr(answer, function)
        if value is not None and not callable(value):
            yield text("{field} must be a function", field=function)
    yield from _charts(answer)
    yield from _absent(answer)


def _charts(answer: Province) -> Iterator[Text]:
    """Charts that are neither the toolkit's nor functions."""
    for chart in answer.charts:
        if not (callable(chart) or chart in NATIONAL):
            yield text(
                "there is no chart {name!r}; there are: {known}, and functions of your own",
                name=chart,
                known=", ".join(NATIONAL),
            )


def _absent(answer: Province) -> Iterator[Text]:
    """Files that are declared and not there."""
    files = [*answer.form_files, *answer.examples]
    if answer.folder is not None:
        files += [Path(answer.folder) / template for template in answer.templates.values()]
    for file in files:
        if not Path(file).is_file():
            yield text("there is no file {file}", file=str(file))


def forms(name: str, place: str, answer: Province) -> tuple[Form, ...]:
    """Return the forms the province serves."""
    try:
        known = known_forms(tuple(answer.form_files))
    except SourceError as error:
        raise PluginError(name, error.message, str(error.findings[0].position)) from error
    except NianbaoError as error:
        raise PluginError(name, error.message, place) from error
    named = (*answer.landscape, *answer.upright)
    tables = {part.id for form in answer.forms if form in known for part in _tabled(known[form])}
    for section in (name for name in named if name not in tables):
        message = text("no form has a table in a section “{section}”", section=section)
        raise PluginError(name, message, place)
    for wrong in (form for form in answer.forms if form not in known):
        message = text(
            "serves a form “{form}” that is not there; there are: {forms}",
            form=wrong,
            forms=", ".join(known),
        )
        raise PluginError(name, message, place)
    return tuple(known[form] for form in answer.forms)


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
