"""nianbao import: published reports → data files."""

import argparse
import sys
import webbrowser
from collections import Counter
from functools import partial
from pathlib import Path

from toolkit import importers, output
from toolkit.batch.inputs import safe_name
from toolkit.cli import context, findings
from toolkit.diagnostics import Finding, Severity
from toolkit.diagnostics.printers import printer
from toolkit.diagnostics.printers.frame import printable
from toolkit.errors import NianbaoError, SourceError, UsageError
from toolkit.forms import Form
from toolkit.importers.review import review
from toolkit.messages import text
from toolkit.registry import Registry, published
from toolkit.registry.select import form_for, plugin_for
from toolkit.sources import is_workbook, offices, read
from toolkit.sources.dump import dump


def run(args: argparse.Namespace) -> int:
    """Write a data file for each report and print its name; 1 if something is left open."""
    targets = _targets(args)
    registry = context.registry(args)
    found: list[Finding] = []
    failed = False
    for file, target in targets.items():
        try:
            found.extend(_one(file, target, registry, args))
        except SourceError as error:
            found.extend(error.findings)
        except NianbaoError as error:
            findings.show_failure(str(file), error)
            failed = True
    options = {"colour": sys.stderr.isatty()} if args.format == "text" else {}
    printed = printer(args.format)(found, {}, **options)
    if printed:
        print(printed, file=sys.stderr if args.format == "text" else sys.stdout)
    print(findings.summary(found), file=sys.stderr)
    return 1 if failed or any(one.severity is Severity.ERROR for one in found) else 0


def _one(
    file: Path, target: Path, registry: Registry, args: argparse.Namespace
) -> tuple[Finding, ...]:
    if is_workbook(file):
        return _workbook(file, target, registry, args)
    known: dict[tuple[str, ...], object] = {}
    if args.year:
        known["year",] = args.year
    if args.organization:
        known["organization", "name"] = args.organization
    if args.region:
        known["organization", "region"] = args.region
    reading, plugin = published.read(file, registry, args.plugin, args.form, known)
    extra = {"plugin": plugin.name} if plugin else {}
    files = {target: importers.write(reading, extra).encode()}
    page = target.with_suffix(".review.html")
    if args.review:
        files[page] = review(reading)
    target.parent.mkdir(parents=True, exist_ok=True)
    output.write_all(files)
    for written in files if args.format == "text" else ():
        print(printable(str(written)))
    if args.review and sys.stdout.isatty():
        webbrowser.open(page.resolve().as_uri())
    return reading.findings


def _workbook(
    file: Path, target: Path, registry: Registry, args: argparse.Namespace
) -> tuple[Finding, ...]:
    """Write a workbook that was filled in as a data file; one of many offices as several."""
    files: dict[Path, bytes] = {}
    found: dict[Finding, None] = {}
    for part, name in offices(file).items():
        source = read(file, part=part)
        plugin, _ = plugin_for(source, registry, args.plugin)
        form, _ = form_for(source, plugin.forms if plugin else registry.forms)
        own = target.with_name(f"{target.stem}-{safe_name(name)}.yaml") if part else target
        if own in files:
            raise UsageError(text("Two reports would be written to {file}.", file=str(own)))
        files[own] = dump(source.root, partial(_label, form)).encode()
        found |= dict.fromkeys(source.findings)
    target.parent.mkdir(parents=True, exist_ok=True)
    output.write_all(files)
    for written in files if args.format == "text" else ():
        print(printable(str(written)))
    return tuple(found)


def _label(form: Form, path: tuple[str, ...]) -> str:
    key = form.key(path)
    return key.label if key else ""


def _targets(args: argparse.Namespace) -> dict[Path, Path]:
    """Return where each data file goes; nothing is read before all are known to be free."""
    single = args.output is not None and args.output.suffix.lower() in {".yaml", ".yml"}
    files = list(dict.fromkeys(file for named in args.files for file in _found(named)))
    if single and len(files) > 1:
        raise UsageError(text("Several reports cannot be written into one file."))
    folder = args.output or Path()
    targets = {file: args.output if single else folder / f"{file.stem}.yaml" for file in files}
    for target, count in Counter(targets.values()).items():
        if count > 1:
            raise UsageError(text("Two reports would be written to {file}.", file=str(target)))
        if target.exists() and not args.force:
            message = text("{file} is already there; --force writes over it.", file=str(target))
            raise UsageError(message)
    return targets


def _found(named: Path) -> list[Path]:
    """Return a file as it is, and of a folder every file below that may be a report."""
    if not named.is_dir():
        return [named]
    found = [
        file
        for file in sorted(named.rglob("*"))
        if file.is_file()
        and file.suffix.lower() in importers.SUFFIXES
        and not any(part.startswith((".", "~$")) for part in file.relative_to(named).parts)
        and not file.name.endswith(".review.html")
    ]
    if not found:
        endings = ", ".join(importers.SUFFIXES)
        raise UsageError(
            text(
                "{folder} holds no file with one of {endings}.", folder=str(named), endings=endings
            )
        )
    return found
