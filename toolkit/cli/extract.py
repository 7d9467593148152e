"""nianbao extract: a document in, the data file inside it out, and whether the two agree."""

import argparse
import sys
from pathlib import Path

from toolkit import output
from toolkit.cli import context
from toolkit.diagnostics.printers import text as frames
from toolkit.diagnostics.printers.frame import printable
from toolkit.errors import SourceError, UsageError
from toolkit.extract import Extracted, extract
from toolkit.messages import plural, text


def run(args: argparse.Namespace) -> int:
    """Return the data file; 1 if the document shows something else, or carries none."""
    try:
        found = extract(args.file, context.registry(args), args.plugin)
    except SourceError as error:
        print(frames.render(error.findings, {}, colour=sys.stderr.isatty()), file=sys.stderr)
        return error.exit_code
    _give(found, args)
    if found.findings:
        print(frames.render(found.findings, {}, colour=sys.stderr.isatty()), file=sys.stderr)
    print(printable(str(_verdict(found, args.file))), file=sys.stderr)
    return 0 if found.matches else 1


def _give(found: Extracted, args: argparse.Namespace) -> None:
    if args.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(found.data)
        sys.stdout.buffer.flush()
        return
    target = args.output / _name(found.name) if args.output.is_dir() else args.output
    if target.exists() and not args.force:
        raise UsageError(text("{file} is already there; --force writes over it.", file=str(target)))
    output.write(target, found.data)
    print(target, flush=True)


def _name(told: str) -> str:
    """Take the last part of the name a document tells; nothing leads out of the folder."""
    name = Path(told.replace("\\", "/")).name
    return name if name.isprintable() and name not in ("", ".", "..") else "data.yaml"


def _verdict(found: Extracted, file: Path) -> object:
    if found.matches:
        return text(
            "{file}: matches the data file inside, {name}.", file=str(file), name=_name(found.name)
        )
    return plural(
        "{file}: {n} difference from the data file inside, {name}.",
        "{file}: {n} differences from the data file inside, {name}.",
        len(found.findings),
        file=str(file),
        name=_name(found.name),
    )
