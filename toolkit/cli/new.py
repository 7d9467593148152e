"""nianbao new: a commented data file to fill in."""

import argparse
import shlex
from datetime import date
from pathlib import Path

from toolkit import messages, output
from toolkit.carry import Carry
from toolkit.cli import context, last_year
from toolkit.errors import UsageError
from toolkit.forms import load_forms
from toolkit.forms.starter import Starter
from toolkit.messages import Text, text


def run(args: argparse.Namespace) -> int:
    """Write the file and print its name; a file that is there is left alone."""
    if args.file.suffix.lower() not in (".yaml", ".yml"):
        raise UsageError(_ending(args.file))
    if args.file.exists() and not args.force:
        message = text("{file} is already there; --force writes over it.", file=str(args.file))
        raise UsageError(message)
    if args.last:
        output.write(args.file, _carried(args).encode())
        print(args.file)
        return 0
    year = args.year or date.today().year - 1  # reports are written in the January after
    form = last_year.form(last_year.forms(args), args.form, year)
    given = {"year": year, "plugin": args.plugin}
    if args.form:
        given["form"] = form.id
    named, spelling = bool(args.form), _spelling(args)
    starter = Starter(form, given, messages.language(), name_form=named, spelling=spelling)
    output.write(args.file, starter.text().encode())
    print(args.file)
    return 0


def _ending(file: Path) -> Text:
    fault = text("{file}: a new data file ends in .yaml.", file=str(file))
    if file.suffix.lower() not in (".xlsx", ".xls", ".et", ".ods", ".xlsm"):
        return fault
    book = shlex.quote(str(file.with_suffix(".xlsx")))
    hint = text("A spreadsheet to fill in is made by: nianbao workbook -o {book}", book=book)
    return text("{fault} {remedy}", fault=fault, remedy=hint)


def _spelling(args: argparse.Namespace) -> str:
    """Spell names as the reader's language has them, unless the call says otherwise."""
    return str(args.keys or messages.language())


def _carried(args: argparse.Namespace) -> str:
    """Go on from last year's report, be it a data file or one that was published."""
    checked = last_year.read(args.last, args)
    last = checked.report
    if last is None:
        raise ValueError(f"{args.last} was read without a report")
    year = args.year or last.year + 1
    forms = checked.plugin.forms if checked.plugin else tuple(load_forms().values())
    form = last_year.form(list(forms), args.form, year)
    named = bool(args.form)
    rules = context.registry(args).kind(form).carry_over
    language, spelling = messages.language(), _spelling(args)
    return Carry(last, form, year, language, rules, named, args.plugin, spelling).text()
