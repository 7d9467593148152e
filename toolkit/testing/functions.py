"""opening() and extra(), called with whole, bare and several years' reports."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from toolkit.diagnostics import Finding, Position
from toolkit.diagnostics.plugin_codes import miss
from toolkit.errors import PluginError
from toolkit.forms import Form
from toolkit.messages import Text, text
from toolkit.pipeline import Checked
from toolkit.registry.guard import guarded
from toolkit.report import Report
from toolkit.testing.sample_reports import specimen, year_of
from toolkit.testing.subject import Subject

_YEAR = re.compile(r"(20\d\d)年")
_KINDS: tuple[tuple[bool, Text], ...] = (
    (True, text("a report with every field filled")),
    (False, text("a report with only what must be filled")),
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find what is wrong with the two functions."""
    province = subject.province
    if province is None or subject.plugin is None:
        return
    told: set[str] = set()
    for form in subject.forms:
        for whole, kind in _KINDS:
            made = specimen(subject.plugin, form, year_of(form), whole=whole)
            for finding in _called(subject, made, kind):
                if str(finding.message) not in told:
                    told.add(str(finding.message))
                    yield finding
        if callable(province.opening) and not told:
            yield from _years(subject, form)


def _called(subject: Subject, made: Checked, kind: Text) -> Iterator[Finding]:
    province, report = subject.province, made.report
    if province is None or report is None:
        return
    if callable(province.opening):
        yield from _call(subject, "P111", province.opening, report, kind, str)
    if callable(province.extra):
        yield from _call(subject, "P113", province.extra, report, kind, Mapping)


def _call(
    subject: Subject,
    code: str,
    function: Callable[[Report], object],
    report: Report,
    kind: Text,
    wanted: type,
) -> Iterator[Finding]:
    name = "opening" if code == "P111" else "extra"
    shown = {"function": f"{name}()", "kind": kind, "form": report.form.id}
    try:
        answer = guarded(subject.name, subject.file, partial(function, report))
    except PluginError as error:
        message = text("{function} {problem}, for {kind} on {form}",
                       problem=error.message, **shown)  # fmt: skip
        remedy = text("What the data file leaves out is None or empty; ask before you use it.")
        yield miss(code, error.place or subject.file, message, remedy)
        return
    place = _defined(function, subject)
    if not isinstance(answer, wanted):
        message = text("{function} gave {given}, for {kind} on {form}",
                       given=type(answer).__name__, **shown)  # fmt: skip
        told = text("a text, perhaps an empty one") if wanted is str else text("a mapping")
        yield miss(code, place, message, text("Return {wanted}.", wanted=told))
    elif isinstance(answer, Mapping):
        for key in (key for key in answer if not (isinstance(key, str) and key.isidentifier())):
            message = text("extra() has the key {key!r}, which no template can name", key=key)
            yield miss(code, place, message, text("Use names of letters, digits and _."))


def _years(subject: Subject, form: Form) -> Iterator[Finding]:
    """Look for a year in the opening that stays when the report's year changes."""
    function = subject.province.opening if subject.province else None
    if function is None or subject.plugin is None:
        return
    first, last = form.years
    years = [first, first + 1] if last is None or last > first else [first]
    spoken = []
    for year in years:
        made = specimen(subject.plugin, form, year, whole=True)
        words = str(function(made.report)) if made.report else ""
        own = words.replace(form.name, "")
        spoken.append({int(found) for found in _YEAR.findall(own)} - {year})
    stays = set.intersection(*spoken) if len(spoken) > 1 else set()
    for year in sorted(stays):
        message = text("opening() says {year}年 whatever the report's year is", year=year)
        remedy = text("Write report.year; where the year belongs to a law's name, leave it.")
        yield miss("P112", _defined(function, subject), message, remedy)


def _defined(function: object, subject: Subject) -> Position:
    code = getattr(function, "__code__", None)
    if code is None:
        return Position(subject.file)
    return Position(code.co_filename, code.co_firstlineno, 1)
