"""A plugin's examples: each passes the checks and is made in every format."""

from collections.abc import Iterator
from pathlib import Path

from toolkit import pipeline
from toolkit.diagnostics import Finding, Position, Severity
from toolkit.diagnostics.plugin_codes import miss
from toolkit.errors import NianbaoError, TemplateError
from toolkit.forms import shared
from toolkit.messages import text
from toolkit.pipeline import Checked, Demands
from toolkit.sources import Mapping, Scalar
from toolkit.testing.sample_reports import specimen, year_of
from toolkit.testing.subject import Subject


def check(
    subject: Subject, folder: Path, *, quiet: bool = False, templates_told: bool = False
) -> Iterator[Finding]:
    """Make every example in every format.

    Args:
        subject: the plugin.
        folder: where the documents go: ``NAME.FORMAT``, for comparing.
        quiet: only make them; what is wrong was told before.
        templates_told: templates are at fault, as was told; examples need not say it again.
    """
    province, plugin = subject.province, subject.plugin
    if province is None or plugin is None or subject.registry is None:
        return
    if not province.examples and not quiet:
        message = text("the plugin has no example")
        remedy = text("Write one with “nianbao new”, and name it in examples=.")
        yield miss("P701", subject.file, message, remedy)
    for file in (Path(example) for example in province.examples):
        if not file.is_file():
            continue
        checked = pipeline.check(file, subject.registry, Demands(plugin=subject.name))
        if not quiet:
            yield from _findings(checked, subject)
        if not checked.has_errors:
            made = _made(checked, subject, file.stem, folder)
            yield from _without_templates(made) if templates_told else made
    if not province.examples:
        form = max(subject.forms, key=lambda form: form.years[0])
        whole = specimen(plugin, form, year_of(form), whole=True)
        yield from _made(whole, subject, f"specimen-{form.id}", folder)


def _without_templates(found: Iterator[Finding]) -> Iterator[Finding]:
    return (finding for finding in found if finding.field != "template")


def _findings(checked: Checked, subject: Subject) -> Iterator[Finding]:
    entry = shared.entry(checked.source.root, "plugin") if checked.source else None
    if entry and isinstance(entry.node, Scalar) and entry.node.raw != subject.name:
        message = text("the example is for the plugin “{name}”", name=entry.node.raw)
        remedy = text("Write “plugin: {name}”.", name=subject.name)
        yield miss("P702", entry.node.position, message, remedy)
    elif checked.source and entry is None and isinstance(checked.source.root, Mapping):
        message = text("the example names no plugin")
        remedy = text("Write “plugin: {name}”.", name=subject.name)
        yield miss("P702", Position(checked.file, 1, 1), message, remedy, severity=Severity.NOTE)
    for finding in checked.findings:
        if finding.severity is Severity.NOTE:
            continue
        message = text("{code}: {message}", code=finding.code, message=finding.message)
        lesser = None if finding.severity is Severity.ERROR else Severity.NOTE
        yield miss("P702", finding.position, message, finding.remedy,
                   severity=lesser, field=finding.field)  # fmt: skip


def _made(checked: Checked, subject: Subject, stem: str, folder: Path) -> Iterator[Finding]:
    if subject.registry is None or subject.plugin is None:
        return
    for name, format_ in subject.registry.formats(subject.plugin).items():
        try:
            data = pipeline.render(checked, [format_])[name]
        except NianbaoError as error:
            at_fault = "template" if isinstance(error, TemplateError) else name
            place = getattr(error, "place", "") or checked.file
            message = text("{format} cannot be made: {problem} ({place})",
                           format=name, problem=error.message, place=place)  # fmt: skip
            yield miss("P703", checked.file, message, field=at_fault)
            continue
        if isinstance(data, bytes):
            (folder / f"{stem}{format_.suffix}").write_bytes(data)
        else:
            message = text("render() of the format “{format}” gave {kind}, not bytes",
                           format=name, kind=type(data).__name__)  # fmt: skip
            yield miss("P703", subject.file, message, field=name)
