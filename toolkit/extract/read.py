"""The story of one extraction: look inside, print the data again, compare."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from toolkit import __version__, pipeline, sources
from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import NianbaoError, UsageError
from toolkit.extract import faults
from toolkit.extract.carried import Carried, carried
from toolkit.extract.compare import compare
from toolkit.extract.fields import Fields
from toolkit.extract.visible import visible
from toolkit.importers.read import bytes_of
from toolkit.messages import Text, text
from toolkit.pipeline import Demands
from toolkit.registry import Registry
from toolkit.render.request import Attachment

_MOST = 50
"""Differences that are told one by one."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The data file of a document, byte for byte, and what the document shows otherwise."""

    name: str
    data: bytes
    findings: tuple[Finding, ...]

    @property
    def matches(self) -> bool:
        """Whether the document shows what its data say."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def extract(file: Path, registry: Registry, plugin: str = "") -> Extracted:
    """Get the data file out of a document, and compare the two.

    Args:
        file: a .docx or .pdf, perhaps edited and saved again by another program.
        registry: the plugins there are.
        plugin: the plugin to print the data with; the one the document tells, if left out.

    Raises:
        UsageError: there is no such file.
        SourceError: it is too large, broken, encrypted, or no document (I001); it carries no
            data file (E101), or one that is damaged (E102).
    """
    document = bytes_of(file)
    inside = carried(document, str(file))
    data = inside.data
    if data is None:
        raise faults.nothing_inside(Position(str(file)))
    found = _differences(document, inside, data, _Asked(str(file), registry, plugin))
    return Extracted(data.name, data.data, found)


@dataclass(frozen=True, slots=True)
class _Asked:
    file: str
    registry: Registry
    plugin: str


def _differences(
    document: bytes, inside: Carried, data: Attachment, asked: _Asked
) -> tuple[Finding, ...]:
    place = Position(asked.file)
    try:
        found = _compared(document, inside, data, asked)
    except NianbaoError as error:
        no_plugin = isinstance(error, UsageError)
        unchanged = bool(inside.unchanged)
        return (
            faults.not_compared(place, error.message, unchanged=unchanged, no_plugin=no_plugin),
        )
    if len(found) > _MOST:
        found = (*found[:_MOST], faults.more(place, len(found) - _MOST))
    if found and inside.version not in ("", __version__):
        found = (faults.other_version(place, inside.version, __version__), *found)
    return found


def _compared(
    document: bytes, inside: Carried, data: Attachment, asked: _Asked
) -> tuple[Finding, ...]:
    checked = _checked(data, asked.registry, asked.plugin or inside.plugin)
    if checked.plugin is None:
        raise UsageError(_why(checked))
    if checked.report is None:
        raise NianbaoError(_why(checked))
    form = asked.registry.formats(checked.plugin)[inside.format]
    printed = pipeline.render(checked, [form])[inside.format]
    if printed == document:
        return ()
    shown = visible(document, inside.format, asked.file)
    wanted = visible(printed, inside.format, asked.file, tagged=shown.tagged)
    return compare(wanted, shown, Fields(checked.report, pipeline.view(checked)))


def _checked(data: Attachment, registry: Registry, plugin: str) -> pipeline.Checked:
    """Read the data file as any other; its name comes from outside and is only shown."""
    name = Path(data.name.replace("\\", "/"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"data{name.suffix.lower()[:8]}"
        file.write_bytes(data.data)
        source = sources.read(file, name.name)
    return pipeline.check_source(source, registry, Demands(plugin=plugin))


def _why(checked: pipeline.Checked) -> Text:
    """Return why data cannot be printed: their first error."""
    errors = [f.message for f in checked.findings if f.severity is Severity.ERROR]
    return errors[0] if errors else text("The data cannot be printed.")
