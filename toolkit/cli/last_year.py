"""Last year's report: a data file, a workbook, or a report as it was published."""

import argparse
from pathlib import Path

from toolkit import importers, pipeline
from toolkit.cli import context, findings
from toolkit.diagnostics import Severity
from toolkit.errors import UsageError
from toolkit.forms import Form, load_forms
from toolkit.messages import text
from toolkit.registry import published
from toolkit.registry.select import form_named as form
from toolkit.report import Report
from toolkit.sources import is_workbook, read_text

__all__ = ["form", "forms", "read", "report"]


def read(file: Path, args: argparse.Namespace) -> pipeline.Checked:
    """Read last year's report; ``args`` names the plugin and where plugins are.

    Raises:
        UsageError: it has errors of structure, which are shown.
    """
    checked = _checked(file, args)
    if checked.report is None:
        findings.show([checked])
        raise UsageError(text("{file} has errors of structure.", file=str(file)))
    return checked


def _checked(file: Path, args: argparse.Namespace) -> pipeline.Checked:
    registry, demands = context.registry(args), pipeline.Demands(plugin=args.plugin)
    if file.suffix.lower() not in importers.SUFFIXES or is_workbook(file):
        return pipeline.check(file, registry, demands)
    reading, plugin = published.read(file, registry, args.plugin)
    extra = {"plugin": plugin.name} if plugin else {}

    def check(reading: importers.Reading) -> pipeline.Checked:
        source = read_text(importers.write(reading, extra).encode(), str(file), ".yaml")
        return pipeline.check_source(source, registry, demands)

    checked = check(reading)
    if checked.report is not None:
        return checked
    errors = {f.path for f in checked.findings if f.severity is Severity.ERROR}
    wrong = [path for path in reading.form.cell_at if path in errors]
    whole = check(importers.without(reading, wrong)) if wrong else checked
    if whole.report is not None:
        findings.show_all([importers.left_empty(reading, path) for path in wrong])
    return whole


def report(file: Path, args: argparse.Namespace) -> Report:
    """Return the report alone; see `read`."""
    found = read(file, args).report
    if found is None:
        raise ValueError(f"{file} was read without a report")
    return found


def forms(args: argparse.Namespace) -> list[Form]:
    """Forms a new file may be on: those of the plugin asked for, or the national ones."""
    if args.plugin:
        return list(context.registry(args).get(args.plugin).forms)
    return list(load_forms().values())
