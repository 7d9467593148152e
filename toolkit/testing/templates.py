"""Every template of a plugin: opened, its tags and names looked up, filled, its fields counted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from toolkit import pipeline, resources
from toolkit.diagnostics import Finding, Position, Severity
from toolkit.diagnostics.plugin_codes import miss
from toolkit.errors import NianbaoError, PluginError
from toolkit.forms import Form, shared
from toolkit.messages import text
from toolkit.pipeline import Checked
from toolkit.render.lint import page, word
from toolkit.render.lint.samples import Scope, samples
from toolkit.render.names import context
from toolkit.testing.reading import words_of
from toolkit.testing.sample_reports import printed, specimen, year_of
from toolkit.testing.subject import Subject

_MEDIA = {"html": ("screen", "print"), "pdf": ("print",), "html-fragment": ("fragment",)}
_TRIED = ("docx", "html", "html-fragment")
_SHOWN = 6


def check(subject: Subject) -> Iterator[Finding]:
    """Find what is wrong with the templates, all faults at once."""
    if subject.plugin is None or subject.province is None:
        return
    words = {name: word.read(folder_of(subject) / name) for name in _word_templates(subject)}
    found = [finding for file in _pages(subject) for finding in page.read(file)]
    found += [finding for one in words.values() for finding in one.faults]
    specimens = {form.id: _specimens(subject, form) for form in subject.forms}
    for form in subject.forms:
        scope = _scope(specimens[form.id])
        found += _for_form(_unknown(subject, words.values(), scope), form, subject)
    unique = _once(found, subject)
    yield from unique
    if not any(f.severity is Severity.ERROR for f in unique):
        filled: list[Finding] = []
        for form in subject.forms:
            filled += _for_form(_filled(subject, form, specimens[form.id]), form, subject)
        yield from _once(filled, subject)


def _unknown(subject: Subject, words: Iterable[word.Word], scope: Scope) -> Iterator[Finding]:
    """Look up the names of all templates, as one form has them."""
    folders = (folder_of(subject), resources.templates())
    for one in words:
        yield from word.names(one, scope, folders)
    templates: Mapping[str, str] = subject.province.templates if subject.province else {}
    for format_, template in templates.items():
        for medium in _MEDIA.get(format_, ()) if template.endswith(".html") else ():
            yield from page.names(template, folders, scope, medium)


def folder_of(subject: Subject) -> Path:
    """The plugin's template folder, or its own where it has none."""
    province = subject.province
    return Path(province.folder) if province and province.folder else subject.home


def _pages(subject: Subject) -> list[Path]:
    """The HTML and CSS files of the template folder."""
    if subject.province is None or subject.province.folder is None:
        return []
    files = sorted(folder_of(subject).rglob("*"))
    return [file for file in files if file.suffix in (".html", ".css") and file.is_file()]


def _word_templates(subject: Subject) -> list[str]:
    name = subject.province.templates.get("docx") if subject.province else None
    return [name] if name else []


def _specimens(subject: Subject, form: Form) -> list[Checked]:
    """Whole and bare reports of a form, and the plugin's own examples on it."""
    plugin = subject.plugin
    if plugin is None:
        return []
    year = year_of(form)
    made = [specimen(plugin, form, year, whole=whole) for whole in (True, False)]
    given = specimen(plugin, form, year, whole=True, opening="样文引言。")
    return [*made, given]


def _scope(specimens: list[Checked]) -> Scope:
    """What each name stands for, told by the views of several reports."""
    views = []
    for one in specimens:
        try:
            views.append(context(pipeline.view(one)))
        except PluginError:  # told where opening() and extra() are tried
            continue
    if not views:
        return {}
    names = [name for view in views for name in view]
    return {name: samples(view[name] for view in views if name in view) for name in names}


def _for_form(found: Iterator[Finding], form: Form, subject: Subject) -> Iterator[Finding]:
    """Yield of a name that is wrong for some of several forms, for which."""
    for finding in found:
        yield finding if len(subject.forms) == 1 else _with_form(finding, form.id)


def _with_form(finding: Finding, form: str) -> Finding:
    return Finding(
        finding.code, finding.severity, finding.position, (form,), finding.field,
        finding.message, finding.remedy,
    )  # fmt: skip


def _once(found: list[Finding], subject: Subject) -> list[Finding]:
    """Join findings that are the same for several forms; the forms stay as their field."""
    joined: dict[tuple[str, Position, str], list[Finding]] = {}
    for finding in found:
        key = (finding.code, finding.position, str(finding.message))
        joined.setdefault(key, []).append(finding)
    once = []
    for group in joined.values():
        first = group[0]
        forms = dict.fromkeys(form for finding in group for form in finding.path)
        shown = "" if len(forms) == len(subject.forms) else ", ".join(forms)
        once.append(
            Finding(
                first.code, first.severity, first.position, (), shown,
                first.message, first.remedy,
            )
        )  # fmt: skip
    return sorted(once, key=lambda finding: finding.order)


def _filled(subject: Subject, form: Form, specimens: list[Checked]) -> Iterator[Finding]:
    """Fill the templates: with whole reports the fields printed are counted, too."""
    if subject.plugin is None or subject.registry is None:
        return
    formats = subject.registry.formats(subject.plugin)
    for name in (*_TRIED, *(f.name for f in subject.formats)):
        for made in specimens:
            try:
                document = pipeline.render(made, [formats[name]])[name]
            except NianbaoError as error:
                yield _not_filled(subject, error)
                break
        else:
            if name in _TRIED and made.report is not None:
                yield from _unprinted(subject, form, name, words_of(name, document), made)


def _not_filled(subject: Subject, error: NianbaoError) -> Finding:
    place = getattr(error, "place", "") or subject.file
    file, _, where = place.partition(": ")
    if where and Path(file).is_file():  # a Word template, and where in it
        message = text("{place}: {message}", place=where, message=error.message)
        return miss("P311", file, message)
    return miss("P311", place, error.message)


def _unprinted(
    subject: Subject, form: Form, name: str, words: str, made: Checked
) -> Iterator[Finding]:
    numbers = set(re.findall(r"\d[\d.]*", words))
    missing: dict[str, list[str]] = {}
    for path, value in _values(made).items():
        shown = str(value).strip("。").removesuffix("元")
        there = shown in (numbers if shown[:1].isdigit() else words)
        if not there:
            missing.setdefault(path[0], []).append(_label(form, path))
    for section, labels in missing.items():
        key = form.key((section,))
        title = key.label if key else section
        message = (
            text("{format} prints nothing of “{section}”", format=name, section=title)
            if len(labels) == _count(made, section)
            else text(
                "{format} does not print all of “{section}”: {labels}",
                format=name,
                section=title,
                labels=_listed(labels),
            )
        )
        yield miss("P404", _template(subject, name), message, _PRINT)


_PRINT = text("Print it in the template, or its whole section with the loop over sections.")


def _values(made: Checked) -> dict[tuple[str, ...], object]:
    """The values of the form's own fields: its sections, and what the plugin's form adds."""
    if made.report is None:
        return {}
    report = made.report
    found: dict[tuple[str, ...], object] = {}
    for path, value in printed(report.record.document).items():
        key = report.form.key(path)
        if path[0] not in shared.ids() and key is not None and key.holds.shape not in _UNTOLD:
            found[path] = key.holds.printed(value)
    return found


_UNTOLD = frozenset({"flag", "list"})
"""Shapes of values that cannot be told in a document: 是 stands in any, a list is not made up."""


def _count(made: Checked, section: str) -> int:
    return sum(path[0] == section for path in _values(made))


def _label(form: Form, path: tuple[str, ...]) -> str:
    cell = form.cell_at.get(path)
    key = form.key(path)
    return cell.label if cell else key.label if key else ".".join(path)


def _listed(labels: list[str]) -> str:
    more = f" … (+{len(labels) - _SHOWN})" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more


def _template(subject: Subject, format_: str) -> str:
    templates: Mapping[str, str] = subject.province.templates if subject.province else {}
    name = templates.get(format_)
    return str(folder_of(subject) / name) if name else subject.file
