"""nianbao new: a commented data file to fill in."""

import argparse
from datetime import date

from toolkit import messages, output
from toolkit.cli import context
from toolkit.errors import UsageError
from toolkit.forms import Form, choose, load_forms
from toolkit.forms.starter import Starter
from toolkit.messages import text


def run(args: argparse.Namespace) -> int:
    """Write the file and print its name; a file that is there is left alone."""
    if args.file.suffix.lower() not in (".yaml", ".yml"):
        raise UsageError(text("{file}: a new data file ends in .yaml.", file=str(args.file)))
    if args.file.exists() and not args.force:
        message = text("{file} is already there; --force writes over it.", file=str(args.file))
        raise UsageError(message)
    year = args.year or date.today().year - 1  # reports are written in the January after
    form = _form(_forms(args), args.form, year)
    given = {"year": year, "plugin": args.plugin}
    if args.form:
        given["form"] = form.id
    starter = Starter(form, given, messages.language(), name_form=bool(args.form))
    output.write(args.file, starter.text().encode())
    print(args.file)
    return 0


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
