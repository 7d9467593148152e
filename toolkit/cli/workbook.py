"""nianbao workbook: a spreadsheet to fill in, empty or from a data file."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import date

from toolkit import output, pipeline
from toolkit.batch.inputs import previous_file
from toolkit.carry import CarryOver, opening_cells
from toolkit.cli import context, findings, last_year, offices
from toolkit.diagnostics import Finding, Severity
from toolkit.errors import NianbaoError, SourceError, UsageError
from toolkit.forms import Form
from toolkit.forms.nested import put
from toolkit.messages import text
from toolkit.registry.select import form_for, plugin_for
from toolkit.render.workbook import document as workbook
from toolkit.render.workbook import offices as workbook_offices
from toolkit.render.workbook import words
from toolkit.render.workbook.document import Filling
from toolkit.render.workbook.offices import Collection
from toolkit.report import Report
from toolkit.sources import Source, read
from toolkit.validation import Record, validate

_LOST = frozenset({"N105", "N108", "N111"})
"""Findings of a data file that a workbook would leave something out of."""


def run(args: argparse.Namespace) -> int:
    """Write the workbook and print its name; a file that is there is left alone."""
    target = args.output
    if target.suffix.lower() != ".xlsx":
        raise UsageError(text("{file}: a workbook ends in .xlsx.", file=str(target)))
    if target.exists() and not args.force:
        raise UsageError(text("{file} is already there; --force writes over it.", file=str(target)))
    if args.collect and (args.data or args.previous):
        raise UsageError(text("--collect makes an empty workbook; give no data beside it."))
    if args.collect:
        made = workbook_offices.write(_collection(args))
    else:
        filling = _of_data(args) if args.data else _new(args)
        if filling is None:
            return 1
        made = workbook.write(filling)
    output.write(target, made)
    print(target)
    return 0


def _collection(args: argparse.Namespace) -> Collection:
    year = args.year or date.today().year - 1
    form = last_year.form(last_year.forms(args), args.form, year)
    given: dict[str, object] = {"year": year}
    given |= {"plugin": args.plugin} if args.plugin else {}
    given |= {"form": form.id} if args.form else {}
    return Collection(form, offices.read(args.collect, form, given), args.lang or "zh")


def _new(args: argparse.Namespace) -> Filling:
    """An empty workbook, with what last year's report gives where one is named."""
    last = last_year.report(args.previous, args) if args.previous else None
    year = args.year or (last.year + 1 if last else date.today().year - 1)
    form = last_year.form(last_year.forms(args), args.form, year)
    carry_over = context.registry(args).kind(form).carry_over
    document: dict[str, object] = {"year": year}
    plugin = args.plugin or (last.plugin if last else "")
    document |= {"plugin": plugin} if plugin else {}
    document |= {"form": form.id} if args.form else {}
    if last is not None:
        _carry(document, last, form, carry_over)
    return Filling(form, document, args.lang or "zh", last, carry_over)


def _carry(document: dict[str, object], last: Report, form: Form, carry_over: CarryOver) -> None:
    """Keep the office, its contact, and what was carried forward."""
    office = last.organization
    document["organization"] = {
        name: getattr(office, name)
        for name in ("name", "short_name", "region", "kind")
        if getattr(office, name)
    }
    document["contact"] = dict(last.contact)
    if last.get("customary_opening") is True:
        document["customary_opening"] = True
    for path, value in opening_cells(last, form, carry_over).items():
        if not form.cell_at[path].derived:
            put(document, path, value)


def _of_data(args: argparse.Namespace) -> Filling | None:
    """A workbook with everything a data file holds; None when something would be left out."""
    try:
        source = read(args.data)
    except SourceError as error:
        findings.show([pipeline.Checked(str(args.data), error.findings, text=error.text)])
        return None
    registry = context.registry(args)
    plugin, _ = plugin_for(source, registry, args.plugin)
    form, _ = form_for(source, plugin.forms if plugin else registry.forms)
    record, found = validate(source, form)
    lost = (*(finding for finding in found if finding.code in _LOST), *_unheld(record, form))
    if lost:
        findings.show([pipeline.Checked(source.file, lost, text=source.text)])
        return None
    document: Mapping[str, object] = record.document
    return Filling(
        form,
        document,
        args.lang or "zh",
        _beside(args, source),
        registry.kind(form).carry_over,
    )


def _unheld(record: Record, form: Form) -> Iterator[Finding]:
    """Report what stands in a list and has no column there."""
    yield from _no_rows(record, form)
    for key in form.keys:
        items = record.document.get(key.id)
        for number, name in words.unheld(key, items) if isinstance(items, list) else ():
            message = text("“{name}” has no column in a workbook.", name=name)
            remedy = text("Take it out first; known there: {names}.",
                          names=", ".join(column.label for column in key.columns))  # fmt: skip
            place = record.items[key.id,][number]
            field = f"{key.id}.{number + 1}"
            yield Finding("N111", Severity.ERROR, place, (key.id,), field, message, remedy)


def _no_rows(record: Record, form: Form) -> Iterator[Finding]:
    """Report what stands in place of rows that are added to a table, and is none."""
    for table in (table for table in form.tables if table.added):
        given = record.at(table.path)
        rows = enumerate(given) if isinstance(given, list) else ()
        paths = [(*table.path, str(at)) for at, row in rows if not isinstance(row, dict)]
        if given is not None and not isinstance(given, list):
            paths = [table.path]
        for path in paths:
            place = record.place(path)
            message = text("What stands here is no row of the table; a workbook cannot hold it.")
            names = ", ".join(item.id for item in table.columns)
            remedy = text("Write a list of rows, each with its columns: {names}.", names=names)
            yield Finding("N111", Severity.ERROR, place.value, path, place.field, message, remedy)


def _beside(args: argparse.Namespace, source: Source) -> Report | None:
    """Last year's report: the one named, else the one found by its name, if it can be read."""
    if args.previous:
        return last_year.report(args.previous, args)
    found = previous_file(args.data)
    if found is None:
        return None
    try:
        checked = pipeline.check(found, context.registry(args), pipeline.Demands(args.plugin))
    except NianbaoError:
        return None
    last = checked.report
    return last if last and str(last.year) in found.stem and source.file != str(found) else None
