"""nianbao generate: data files in, documents out."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolkit import output
from toolkit.batch.plan import data_files, plan
from toolkit.batch.run import Executor, in_this_process
from toolkit.batch.run import run as build_all
from toolkit.batch.task import Outcome, Task
from toolkit.batch.work import refuse_unknown, registry
from toolkit.cli import context, findings
from toolkit.cli.progress import Progress
from toolkit.diagnostics import Finding
from toolkit.diagnostics.printers import FORMATS, printer
from toolkit.errors import UsageError
from toolkit.limits import limits
from toolkit.messages import text
from toolkit.registry import Plugin, Registry

_WORTH_PROCESSES = 4
"""Reports from which on starting processes costs less than it saves."""


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
    report = _Report(args.report)
    outcomes: list[Outcome] = []
    with Progress(len(tasks)) as progress:
        for outcome in build_all(tasks, _executor(args, len(tasks)), force=args.force):
            progress.step(outcome)
            report.take(outcome)
            outcomes.append(_slim(outcome))
    report.write()
    if len(tasks) > 1:
        findings.show_batch(outcomes)
    codes = {outcome.exit_code for outcome in outcomes} - {0}
    return min(codes, default=0)


def _tasks(args: argparse.Namespace) -> list[Task]:
    jobs = plan(data_files(args.data), args.output)
    wanted = context.codes([args.formats])
    folders = context.plugin_folders(args)
    _known(wanted, registry(folders))
    demands = context.demands(args)
    return [Task(job.file, job.folder, wanted, demands, folders) for job in jobs]


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


def _executor(args: argparse.Namespace, count: int) -> Executor:
    """Choose who builds: one process for few reports, several for many, or a cluster."""
    if args.executor.startswith("dask://"):
        address = args.executor.removeprefix("dask://")
        try:
            cluster: Executor = _room("cluster").executor(address)
        except ModuleNotFoundError as error:
            message = text("A cluster needs the extra “dask”: pip install 'nianbao[dask]'.")
            raise UsageError(message) from error
        return cluster
    if args.executor != "local":
        raise UsageError(text("--executor is “local” or “dask://HOST:PORT”."))
    jobs = _jobs(args.jobs, count)
    if jobs == 1 and args.timeout is None and count < _WORTH_PROCESSES:
        return in_this_process
    seconds = args.timeout or float(limits().report_seconds)
    processes: Executor = _room("processes").executor(jobs, seconds)
    return processes


def _room(name: str) -> Any:
    """Load who builds only when it is wanted: both bring libraries along."""
    return importlib.import_module(f"toolkit.batch.{name}")


def _jobs(given: str, count: int) -> int:
    if given == "auto":
        return min(os.cpu_count() or 1, count) if count >= _WORTH_PROCESSES else 1
    if not given.isdecimal() or int(given) < 1:
        raise UsageError(text("--jobs is a number from 1 on, or auto."))
    return min(int(given), count)


def _slim(outcome: Outcome) -> Outcome:
    """Keep what the summary needs; ten thousand texts would fill the memory."""
    return Outcome(
        outcome.file,
        outcome.status,
        fault=outcome.fault,
        blame=outcome.blame,
        exit_code=outcome.exit_code,
        seconds=outcome.seconds,
    )


class _Report:
    """Findings for a program: ``junit=FILE``, ``sarif=FILE`` …; without a file, printed."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = [word.partition("=")[::2] for word in wanted]
        for kind, _ in self._wanted:
            if kind not in FORMATS:
                message = text(
                    "--report knows no “{kind}”; it knows: {kinds}.",
                    kind=kind,
                    kinds=", ".join(FORMATS),
                )
                raise UsageError(message)
        self._printers = {kind: printer(kind) for kind, _ in self._wanted}
        self._findings: list[Finding] = []
        self._sources: dict[str, str] = {}

    def take(self, outcome: Outcome) -> None:
        if self._wanted:
            self._findings.extend(outcome.findings)
            self._sources[outcome.file] = outcome.text

    def write(self) -> None:
        for kind, file in self._wanted:
            printed = self._printers[kind](self._findings, self._sources)
            if file:
                output.write(Path(file), printed.encode())
            else:
                sys.stdout.write(printed)
