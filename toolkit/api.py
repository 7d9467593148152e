"""What programs use: check a data file, build its documents, begin one, read a published report.

Each function takes and gives plain values; nothing is printed, and nothing is written but what
is given back. Plugins are found as the command line finds them; ``plugins`` names more folders.

    from toolkit import api

    checked = api.check("report.yaml")
    documents = api.generate("report.yaml", ("docx", "pdf"))

What is expected to fail raises a `toolkit.errors.NianbaoError`, whose text is for people.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from toolkit import importers, messages, pipeline
from toolkit.batch.build_one import refuse_unknown
from toolkit.errors import InvalidReport
from toolkit.extract import Extracted
from toolkit.extract import extract as _extract
from toolkit.forms.starter import Starter
from toolkit.importers import Reading
from toolkit.pipeline import Checked, Demands
from toolkit.registry import Registry, published
from toolkit.registry.select import form_named

__all__ = [
    "Checked",
    "Extracted",
    "Reading",
    "as_yaml",
    "check",
    "extract",
    "generate",
    "new",
    "read_published",
]

_File = str | os.PathLike[str]


def check(
    file: _File,
    *,
    plugin: str = "",
    strict: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    today: date | None = None,
    plugins: Iterable[_File] = (),
) -> Checked:
    """Check a data file and return the report with all findings.

    Args:
        file: YAML, JSON, or a workbook that was filled in.
        plugin: name of the plugin; the one of the office's region if left out.
        strict: treat unknown keys as errors.
        select: codes or beginnings of codes of rules to run; all if left out.
        ignore: codes or beginnings of codes of rules not to run.
        today: the day that dates are compared with; the machine's if left out.
        plugins: folders with more plugins.

    Raises:
        UsageError: there is no such file, plugin or code.
        PluginError: the plugin cannot be used.
    """
    demands = Demands(plugin, strict, tuple(select), tuple(ignore), today)
    return pipeline.check(Path(file), _registry(plugins), demands)


def generate(
    file: _File,
    formats: Iterable[str] = ("docx", "pdf", "html"),
    *,
    plugin: str = "",
    plugins: Iterable[_File] = (),
) -> dict[str, bytes]:
    """Build the documents of a data file; equal files give equal bytes.

    Returns:
        Format → the whole document.

    Raises:
        InvalidReport: the data file has errors; the exception carries the findings.
        UsageError: there is no such file, plugin or format.
        PluginError: the plugin or one of its templates is at fault.
        EnvironmentFault: a font or a library is missing on this machine.
    """
    registry = _registry(plugins)
    checked = pipeline.check(Path(file), registry, Demands(plugin))
    if checked.plugin is None or checked.has_errors:
        raise InvalidReport(checked.file, checked.findings)
    known = registry.formats(checked.plugin)
    names = tuple(dict.fromkeys(formats))
    refuse_unknown(names, known)
    wanted = [known[name] for name in names]
    checked = pipeline.fit(checked, wanted)
    if checked.has_errors:
        raise InvalidReport(checked.file, checked.findings)
    return pipeline.render(checked, wanted)


def new(
    year: int,
    *,
    form: str = "",
    plugin: str = "",
    language: str = "",
    values: Mapping[str, object] | None = None,
    plugins: Iterable[_File] = (),
) -> str:
    """Return a commented data file to fill in, as YAML.

    Args:
        year: the year the report tells of.
        form: id of the form; the one in force for the year if left out.
        plugin: name of the plugin the report is for.
        language: of the comments, ``"en"`` or ``"zh"``; the one in use if left out.
        values: what is known already, by key.
        plugins: folders with more plugins.

    Raises:
        UsageError: there is no such plugin or form, or no form for that year.
    """
    registry = _registry(plugins)
    forms = registry.get(plugin).forms if plugin else registry.forms
    chosen = form_named(forms, form, year)
    given = {"year": year, "plugin": plugin, **({"form": form} if form else {}), **(values or {})}
    starter = Starter(chosen, given, language or messages.language(), name_form=bool(form))
    return starter.text()


def read_published(
    file: _File, *, plugin: str = "", form: str = "", plugins: Iterable[_File] = ()
) -> Reading:
    """Read a published report; `as_yaml` writes what was understood as a data file.

    Raises:
        UsageError: there is no such file, plugin or form, or its ending is unknown.
        SourceError: it is too large, broken, or holds no text.
    """
    reading, _ = published.read(Path(file), _registry(plugins), plugin, form)
    return reading


def as_yaml(reading: Reading, plugin: str = "") -> str:
    """Return the data file of a published report that was read."""
    return importers.write(reading, {"plugin": plugin} if plugin else {})


def extract(file: _File, *, plugin: str = "", plugins: Iterable[_File] = ()) -> Extracted:
    """Get the data file out of a document, and compare the two.

    Raises:
        UsageError: there is no such file.
        SourceError: it is broken or carries no data file.
    """
    return _extract(Path(file), _registry(plugins), plugin)


def _registry(folders: Iterable[_File]) -> Registry:
    return _found(tuple(Path(folder) for folder in folders))


@lru_cache(maxsize=8)
def _found(folders: tuple[Path, ...]) -> Registry:
    """Find plugins once; they stay loaded for all calls of a program."""
    return Registry(folders)
