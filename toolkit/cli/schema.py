"""nianbao schema: the official forms, and the fields of a data file."""

import argparse
import json

from toolkit.cli import context
from toolkit.errors import UsageError
from toolkit.forms import Form, Key
from toolkit.forms.json_schema import json_schema
from toolkit.messages import text
from toolkit.registry import Plugin


def run(args: argparse.Namespace) -> int:
    """List the forms, or tell the fields of one; as JSON Schema if asked."""
    forms = _all_forms(args)
    if args.form and args.form not in forms:
        message = text(
            "There is no form “{form}”; there are: {forms}.",
            form=args.form,
            forms=", ".join(forms),
        )
        raise UsageError(message)
    if args.format == "json-schema":
        form = forms[args.form] if args.form else max(forms.values(), key=lambda f: f.years)
        print(json.dumps(json_schema(form), ensure_ascii=False, indent=2))
    elif args.form:
        for key in forms[args.form].keys:
            _tell(key, 0)
    else:
        for form in forms.values():
            print(_line(form))
    return 0


def _all_forms(args: argparse.Namespace) -> dict[str, Form]:
    found = (one for one in context.registry(args).all() if isinstance(one, Plugin))
    return {form.id: form for plugin in found for form in plugin.forms}


def _line(form: Form) -> str:
    first, last = form.years
    years = f"{first}–{last}" if last else f"{first}–"
    return f"{form.id}\t{years}\t{len(form.cells)}\t{form.notice}\t{form.name}"


def _tell(key: Key, depth: int) -> None:
    kind = str(text("several")) if key.keys else key.kind
    print(f"{'  ' * depth}{key.id}\t{kind}\t{key.label}")
    for child in key.keys:
        _tell(child, depth + 1)
