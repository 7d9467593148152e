"""nianbao plugins: what there is, and what cannot be used."""

import argparse
import sys

from toolkit.cli import context
from toolkit.errors import PluginError
from toolkit.messages import text
from toolkit.registry import Plugin, Problem, Registry, contract


def run(args: argparse.Namespace) -> int:
    """List all plugins, or tell about one; 1 if one of them cannot be used."""
    registry = context.registry(args)
    if args.action == "show":
        _tell(registry.get(args.name), registry)
        return 0
    everything = registry.all()
    usable = [found for found in everything if isinstance(found, Plugin)]
    for plugin in usable:
        print(_line(plugin, registry))
    for plugin in usable:
        if plugin.province and (old := contract.older(plugin.province)):
            print(text("plugin “{name}” {problem}", name=plugin.name, problem=old), file=sys.stderr)
    problems = [found for found in everything if isinstance(found, Problem)]
    for problem in problems:
        print(_problem(problem.error), file=sys.stderr)
    return 1 if problems else 0


def _line(plugin: Plugin, registry: Registry) -> str:
    province = plugin.province
    code, name = (province.code, province.name) if province else ("", "")
    forms = ", ".join(form.id for form in plugin.forms)
    formats = ", ".join(registry.formats(plugin))
    return "\t".join((plugin.name, code, name, forms, formats, str(plugin.origin)))


def _tell(plugin: Plugin, registry: Registry) -> None:
    province = plugin.province
    rows = [
        (text("name"), plugin.name),
        (text("origin"), f"{plugin.origin} ({plugin.place})"),
        (text("formats"), ", ".join(registry.formats(plugin))),
    ]
    if province:
        rows += [
            (text("province"), f"{province.name} ({province.code})"),
            (text("forms"), ", ".join(f"{form.id} {form.name}" for form in plugin.forms)),
            (text("rules"), ", ".join(rule.code for rule in province.rules) or "—"),
            (text("examples"), "\n\t".join(str(file) for file in province.examples) or "—"),
        ]
    for label, value in rows:
        print(f"{label}\t{value}")


def _problem(error: PluginError) -> str:
    place = f"{error.place}: " if error.place else ""
    return str(
        text(
            "{place}plugin “{name}” {problem}",
            place=place,
            name=error.plugin,
            problem=error.message,
        )
    )
