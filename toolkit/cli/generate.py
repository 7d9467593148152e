"""nianbao generate: data files in, documents out."""

import argparse
import importlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from toolkit.batch import build_plan
from toolkit.batch.build_one import refuse_unknown, registry
from toolkit.batch.build_plan import Plan
from toolkit.batch.inputs import data_files, plan
from toolkit.batch.run import planned
from toolkit.batch.run import run as build_all
from toolkit.batch.task import BUILT, UNCHANGED, Outcome, Task, Tasks
from toolkit.cli import context, executors, findings
from toolkit.cli.progress import Progress
from toolkit.cli.report_files import ReportFiles
from toolkit.cli.signals import stopping
from toolkit.diagnostics.printers.frame import printable
from toolkit.errors import UsageError
from toolkit.messages import Text, text
from toolkit.registry import Plugin, Registry

_WENT_WELL = {status: Outcome("", status) for status in (BUILT, UNCHANGED)}
"""One for all such reports of a run, however many they are."""


def run(args: argparse.Namespace) -> int:
    """Build every report, once or whenever something changes."""
    if not args.watch:
        return build(args)
    try:
        watch = importlib.import_module("toolkit.cli.watch")
    except ModuleNotFoundError as error:
        message = text("--watch needs the extra “watch”: pip install 'nianbao[watch]'.")
        raise UsageError(message) from error
    code: int = watch.run(build, args)
    return code


def build(args: argparse.Namespace) -> int:
    """Build every report; one that fails does not stop the others."""
    tasks = _tasks(args)
    report = ReportFiles(args.report)
    executor = executors.chosen(args, len(tasks))
    if args.dry_run:
        return _tell(planned(tasks, force=args.force))
    outcomes: list[Outcome] = []
    remarks: dict[Text, None] = {}
    began = time.monotonic()
    try:
        with stopping(), Progress(len(tasks)) as progress:
            for outcome in build_all(tasks, executor, force=args.force, told=_told):
                progress.step(outcome)
                report.take(outcome)
                if outcome.remark is not None:
                    remarks[outcome.remark] = None
                outcomes.append(_slim(outcome))
    finally:
        if len(tasks) > 1 and outcomes:
            findings.show_batch(outcomes, len(tasks), time.monotonic() - began)
    report.write()
    for remark in remarks:
        print(remark, file=sys.stderr)
    codes = {outcome.exit_code for outcome in outcomes} - {0}
    return min(codes, default=0)


def _tasks(args: argparse.Namespace) -> Tasks:
    wanted = tuple(word.lower() for word in context.codes([args.formats]))
    folders = context.plugin_folders(args)
    plugins = registry(folders)
    _known(wanted, plugins)
    jobs = plan(data_files(args.data), args.output, plugins.suffixes(wanted))
    return Tasks(jobs, Task(Path(), args.output, wanted, context.demands(args), folders))


def _known(wanted: Sequence[str], plugins: Registry) -> None:
    """Refuse a format nobody offers before anything is built."""
    if not wanted:
        raise UsageError(text("-f names no format."))
    known = plugins.own_formats
    if set(wanted) <= set(known):
        return
    usable = [found for found in plugins.all() if isinstance(found, Plugin)]
    names = dict.fromkeys([*known, *(f.name for plugin in usable for f in plugin.formats)])
    refuse_unknown(wanted, names)


def _told(plan: Plan) -> None:
    """Report what is going to happen, where there is more than one report."""
    if len(plan) > 1:
        print(build_plan.summary(plan), file=sys.stderr)


def _tell(plan: Plan) -> int:
    """Print a plan instead of carrying it out."""
    for step in plan:
        if step.why:
            print(
                printable(
                    str(text("{file}: {why}", file=step.task.shown, why=build_plan.why(step)))
                )
            )
    print(build_plan.summary(plan), file=sys.stderr)
    return 0


def _slim(outcome: Outcome) -> Outcome:
    """Keep what the summary needs: why a report failed; of others only how it went."""
    if not outcome.exit_code:
        return _WENT_WELL[outcome.status]
    return Outcome(
        outcome.file,
        outcome.status,
        fault=outcome.fault,
        blame=outcome.blame,
        exit_code=outcome.exit_code,
    )
