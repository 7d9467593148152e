"""nianbao check: everything that is wrong with data files."""

import argparse
import difflib
import importlib
import sys
from pathlib import Path

from toolkit import output, pipeline
from toolkit.batch.plan import data_files
from toolkit.cli import context, findings
from toolkit.errors import UsageError
from toolkit.messages import text
from toolkit.registry import Registry
from toolkit.report import Report
from toolkit.rules.fix import repair


def run(args: argparse.Namespace) -> int:
    """Print the findings to standard output; 1 if one is an error."""
    registry = context.registry(args)
    demands = context.demands(args)
    previous = _previous(args, registry, demands)
    done = [
        pipeline.check(file, registry, demands, previous=previous) for file in data_files(args.data)
    ]
    if args.diff or args.fix:
        mended = [one for one in done if _mend(one, write=args.fix and not args.diff)]
        done = [
            pipeline.check(Path(one.file), registry, demands, previous=previous)
            if args.fix and not args.diff and one in mended
            else one
            for one in done
        ]
    found = [finding for one in done for finding in one.findings]
    sources = {one.file: one.text for one in done}
    printer = importlib.import_module(f"toolkit.diagnostics.printers.{args.format}")
    options = {"colour": sys.stdout.isatty()} if args.format == "text" else {}
    printed = printer.render(found, sources, **options)
    if printed:
        print(printed, end="", flush=True)  # before the summary, on standard error
    if args.format == "text":
        print(findings.summary(found), file=sys.stderr)
    return 1 if any(one.has_errors for one in done) else 0


def _mend(one: pipeline.Checked, *, write: bool) -> bool:
    """Show what is safe to mend, and mend it if asked; whether there was anything."""
    if one.report is None or one.source is None:
        return False
    mended = repair(one.report, one.source)
    if not mended.edits:
        return False
    before = one.source.text.splitlines(keepends=True)
    after = mended.text.splitlines(keepends=True)
    sys.stderr.writelines(difflib.unified_diff(before, after, one.file, one.file))
    if write:
        output.write(Path(one.file), mended.data)
    return True


def _previous(
    args: argparse.Namespace, registry: Registry, demands: pipeline.Demands
) -> Report | None:
    """Read last year's data; without a whole report there is nothing to compare with."""
    if args.previous is None:
        return None
    last = pipeline.check(args.previous, registry, demands)
    if last.report is None:
        findings.show([last])
        raise UsageError(text("{file} has errors of structure.", file=str(args.previous)))
    return last.report
