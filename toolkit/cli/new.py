"""nianbao new: a commented data file to fill in."""

import argparse
from datetime import date

from toolkit import importers, messages, output, pipeline
from toolkit.carry import Carry
from toolkit.cli import context, findings
from toolkit.errors import UsageError
from toolkit.forms import Form, choose, load_forms
from toolkit.forms.starter import Starter
from toolkit.messages import text
from toolkit.sources import read_text


def run(args: argparse.Namespace) -> int:
    """Write the file and print its name; a file that is there is left alone."""
    if args.file.suffix.lower() not in (".yaml", ".yml"):
        raise UsageError(text("{file}: a new data file ends in .yaml.", file=str(args.file)))
    if args.file.exists() and not args.force:
        message = text("{file} is already there; --force writes over it.", file=str(args.file))
        raise UsageError(message)
    if args.last:
        output.write(args.file, _carried(args).encode())
        print(args.file)
        return 0
    year = args.year or date.today().year - 1  # reports are written in the January after
    form = _form(_forms(args), args.form, year)
    given = {"year": year, "plugin": args.plugin}
    if args.form:
        given["form"] = form.id
    starter = Starter(form, given, messages.language(), name_form=bool(args.form))
    output.write(args.file, starter.text().encode())
    print(args.file)
    return 0


def _carried(args: argparse.Namespace) -> str:
    """Go on from last year's report, be it a data file or one that was published."""
    checked = _last(args)
    if checked.report is None:
        findings.show([checked])
        raise UsageError(text("{file} has errors of structure.", file=str(args.last)))
    last = checked.report
    year = args.year or last.year + 1
    forms = checked.plugin.forms if checked.plugin else tuple(load_forms().values())
    form = _form(list(forms), args.form, year)
    return Carry(last, form, year, messages.language(), name_form=bool(args.form)).text()


def _last(args: argparse.Namespace) -> pipeline.Checked:
    registry, demands = context.registry(args), pipeline.Demands(plugin=args.plugin)
    if args.last.suffix.lower() not in importers.SUFFIXES:
        return pipeline.check(args.last, registry, demands)
    reading = importers.import_report(args.last, {form.id: form for form in _forms(args)})
    source = read_text(importers.write(reading).encode(), str(args.last), ".yaml")
    return pipeline.check_source(source, registry, demands)


def _forms(args: argparse.Namespace) -> list[Form]:
    if args.plugin:
        return list(context.registry(args).get(args.plugin).forms)
    return list(load_forms().values())


def _form(forms: list[Form], wanted: str, year: int) -> Form:
    names = ", ".join(form.id for form in forms)
    if wanted:
        for form in forms:
            if form.id == wanted:
                return form
        raise UsageError(
            text("There is no form “{form}”; there are: {forms}.", form=wanted, forms=names)
        )
    chosen = choose(forms, year)
    if chosen is None:
        message = text(
            "No form is for reports of {year}; there are: {forms}.", year=year, forms=names
        )
        raise UsageError(message)
    return chosen
