"""The story of one report: read → validate → check → view → render. Nothing is written here."""

import importlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from toolkit import __version__, charts, resources, rules
from toolkit.diagnostics import Finding, Severity
from toolkit.errors import (
    TRACEBACK,
    EnvironmentFault,
    NianbaoError,
    PluginError,
    SourceError,
    program_fault,
)
from toolkit.forms import Form
from toolkit.forms import Path as FieldPath
from toolkit.kind import ReportKind
from toolkit.messages import text
from toolkit.province import Format, Province
from toolkit.registry import Plugin, Registry
from toolkit.registry.guard import as_plugin_error, line_of
from toolkit.registry.select import form_for, plugin_for
from toolkit.render.pdf import coverage
from toolkit.render.request import Attachment, RenderRequest
from toolkit.report import Report, build, build_partly
from toolkit.sources import Source, is_spreadsheet, read
from toolkit.sources.dump import dump
from toolkit.validation import Record, knows, validate
from toolkit.view import build as views
from toolkit.view.model import View


@dataclass(frozen=True, slots=True)
class Demands:
    """What a check is asked for, the same for every report of a run."""

    plugin: str = ""
    strict: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One data file after reading, validation and rules.

    ``report`` is None if the file has errors of structure; the findings say which. ``text``
    is what the file says, for showing the lines in question.
    """

    file: str
    findings: tuple[Finding, ...]
    source: Source | None = None
    report: Report | None = None
    plugin: Plugin | None = None
    text: str = ""
    kind: ReportKind | None = None
    record: Record | None = None
    form: Form | None = None

    @property
    def has_errors(self) -> bool:
        """Whether the report may not be built."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check(
    file: Path,
    registry: Registry,
    demands: Demands,
    *,
    previous: Report | None = None,
    part: str = "",
) -> Checked:
    """Read one data file (one office of a workbook) and say everything that is wrong with it.

    Raises:
        UsageError: there is no such file, or no such plugin.
        PluginError: the report's plugin cannot be used.
    """
    try:
        source = read(file, part=part, known=knows(lambda: registry.forms))
    except SourceError as error:
        return Checked(str(file), error.findings, text=error.text)
    return check_source(source, registry, demands, previous=previous)


def check_source(
    source: Source, registry: Registry, demands: Demands, *, previous: Report | None = None
) -> Checked:
    """Check a data file that is read already; see `check`."""
    plugin, no_plugin = plugin_for(source, registry, demands.plugin)
    form, doubts = form_for(source, plugin.forms if plugin else registry.forms)
    record, faults = validate(source, form, strict=demands.strict)
    unknown = registry.kind_unknown(form, source.file)
    findings: tuple[Finding, ...] = (*faults, *doubts, *unknown)
    wrong = [finding.path for finding in findings if finding.severity is Severity.ERROR]
    report = None if wrong else build(record, form)
    wrong.extend(record.doubtful if wrong else ())
    looked_at = report or build_partly(record, form, wrong)
    if looked_at is not None:
        checked = rules.check(
            looked_at,
            registry.rules(form, plugin),
            previous=previous,
            today=demands.today,
            select=demands.select,
            ignore=demands.ignore,
            found=findings,
        )
        findings = tuple(f for f in checked if f in findings or _can_be_judged(f, wrong))
    else:
        findings = rules.asked_for(
            findings, registry.rules(form, plugin), demands.select, demands.ignore
        )
    ordered = sorted((*no_plugin, *findings), key=lambda finding: finding.order)
    return Checked(
        source.file,
        tuple(ordered),
        source,
        report,
        plugin,
        source.text,
        registry.kind(form),
        record,
        form,
    )


def _can_be_judged(finding: Finding, wrong: Sequence[FieldPath]) -> bool:
    """Whether a finding of a rule is sound though values at some paths are wrong.

    What lies at, below or above a wrong value is not, nor is a suppression said to be unused.
    """
    path = finding.path
    apart = all(path[: len(one)] != one[: len(path)] for one in wrong if one)
    return not wrong or (apart and finding.code != rules.UNUSED)


def fit(checked: Checked, formats: Iterable[Format]) -> Checked:
    """Add what keeps a report out of the formats wanted, before anything is rendered.

    A PDF brings its fonts along, so a character that none of them has is an error (N181);
    the other formats leave the choice of a font to the reader's machine.

    Raises:
        EnvironmentFault: there is no font at all for a PDF.
    """
    if checked.report is None or all(form.name != "pdf" for form in formats):
        return checked
    coverage.need_fonts()
    found = [*checked.findings, *coverage.uncovered(checked.report)]
    found.sort(key=lambda finding: finding.order)
    return replace(checked, findings=tuple(found))


def view(checked: Checked) -> View:
    """Make what the templates see.

    Raises:
        PluginError: a function of the plugin raised.
    """
    if checked.report is None or checked.plugin is None:
        raise ValueError(f"{checked.file} has errors; there is nothing to show")
    province, report = _province(checked.plugin), checked.report
    try:
        opening = province.opening(report) if province.opening else ""
        more = province.extra
        extra = more(report) if more else {}
        known = checked.kind.charts if checked.kind else {}
        shown = charts.chosen(report, province.charts, known)
    except Exception as error:
        raise as_plugin_error(checked.plugin.name, checked.plugin.place, error) from error
    for name, value, wanted in (("opening", opening, str), ("extra", extra, Mapping)):
        if not isinstance(value, wanted):
            message = text("{name}() gave {kind}", name=name, kind=type(value).__name__)
            raise PluginError(checked.plugin.name, message, checked.plugin.place)
    return views.build(
        report,
        opening=opening,
        date_style=province.date_style,
        landscape=province.landscape,
        upright=province.upright,
        extra=extra,
        charts=shown,
    )


def render(checked: Checked, formats: Iterable[Format]) -> dict[str, bytes]:
    """Make the documents of one report, all of them before any is given back.

    Returns:
        Format name → whole file.

    Raises:
        PluginError: a template or a format of the plugin is at fault.
        EnvironmentFault: something is missing on this machine.
    """
    shown = view(checked)
    return {form.name: _document(checked, shown, form) for form in formats}


def _document(checked: Checked, shown: View, form: Format) -> bytes:
    plugin = checked.plugin
    if plugin is None:
        raise ValueError(f"{checked.file} has no plugin")
    request = _request(checked, shown, form)
    try:
        made: bytes = _renderer(form).render(request)
    except NianbaoError:
        raise
    except Exception as error:
        if _is_own(form) and not line_of(error, plugin.place):
            if os.environ.get(TRACEBACK):
                raise
            raise program_fault(error) from error
        raise as_plugin_error(plugin.name, plugin.place, error) from error
    return made


def _is_own(form: Format) -> bool:
    """Check whether a format is made by the toolkit itself, not by a plugin's module."""
    return form.module.startswith(f"{__package__}.")


def _renderer(form: Format) -> Any:
    """Import the module that makes a format.

    Raises:
        EnvironmentFault: a library under one of our own does not load.
    """
    try:
        return importlib.import_module(form.module)
    except (ImportError, OSError) as error:  # OSError: WeasyPrint finds no Pango
        if not _is_own(form):
            raise
        message = text(
            "{format} cannot be made on this machine: {problem}. “nianbao doctor” shows what is "
            "installed; pip install -U nianbao brings the libraries up to date.",
            format=form.name,
            problem=f"{type(error).__name__}: {error}",
        )
        raise EnvironmentFault(message) from error


def _request(checked: Checked, shown: View, form: Format) -> RenderRequest:
    plugin = checked.plugin
    if plugin is None or checked.report is None:
        raise ValueError(f"{checked.file} has errors; there is nothing to make")
    province = _province(plugin)
    own = province.templates.get(form.name) or province.templates.get(form.shares)
    folders = (province.folder,) if province.folder else ()
    return RenderRequest(
        view=shown,
        folders=(*folders, resources.templates()),
        template=own or form.template,
        plugin=plugin.name,
        attachments=_attachments(checked),
        created=_moment(checked.report),
    )


def _attachments(checked: Checked) -> tuple[Attachment, ...]:
    """The data file, what the checks said and what made it, to travel inside the document."""
    source = checked.source
    if source is None or not source.data:
        return ()
    name, data = Path(source.file).name, source.data
    if is_spreadsheet(name):  # other offices may be in it, and its bytes tell who saved it
        name, data = f"{Path(name).stem}.yaml", dump(source.root).encode()
    mime = "application/json" if name.endswith(".json") else "application/yaml"
    said = [
        {"code": f.code, "severity": f.severity.label, "line": f.position.line, "field": f.field}
        for f in checked.findings
    ]
    made = {"nianbao": __version__, "plugin": checked.plugin.name if checked.plugin else ""}
    told = {"made_with": made, "findings": said}
    findings = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return (
        Attachment(name, data, mime, "Source", "data file of this report"),
        Attachment(
            "findings.json", findings, "application/json", "Supplement", "findings of the checks"
        ),
    )


def _moment(report: Report) -> datetime | None:
    """The date in a document's properties: SOURCE_DATE_EPOCH, or the date of signature."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC)
    day = report.issued
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _province(plugin: Plugin) -> Province:
    if plugin.province is None:
        raise PluginError(plugin.name, text("serves no province"), plugin.place)
    return plugin.province
