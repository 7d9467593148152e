"""nianbao generate: data files in, documents out."""

import argparse
import sys

from toolkit import output, pipeline
from toolkit.batch.plan import Job, data_files, plan
from toolkit.cli import context, findings
from toolkit.errors import NianbaoError, UsageError
from toolkit.messages import text
from toolkit.province import Format
from toolkit.registry import Plugin, Registry


def run(args: argparse.Namespace) -> int:
    """Build every report; one that fails does not stop the others."""
    jobs = plan(data_files(args.data), args.output)
    registry = context.registry(args)
    wanted = context.codes([args.formats])
    if not wanted:
        raise UsageError(text("-f names no format."))
    outcomes = [_build(job, registry, args, wanted) for job in jobs]
    failed = outcomes.count(False)
    if len(jobs) > 1:
        summary = text("{built} of {all} reports built.", built=len(jobs) - failed, all=len(jobs))
        print(summary, file=sys.stderr)
    return 1 if failed else 0


def _build(job: Job, registry: Registry, args: argparse.Namespace, wanted: tuple[str, ...]) -> bool:
    try:
        checked = pipeline.check(job.file, registry, context.demands(args))
        findings.show([checked])
        if checked.has_errors or checked.plugin is None:
            told = text("{file}: not built; mend the errors above.", file=str(job.file))
            print(told, file=sys.stderr)
            return False
        formats = _formats(registry, checked.plugin, wanted)
        made = pipeline.render(checked, formats)
        targets = {job.target(form): made[form.name] for form in formats}
        output.write_all(targets)
    except UsageError:
        raise
    except NianbaoError as error:
        findings.show_failure(str(job.file), error)
        return False
    print("\n".join(str(target) for target in targets))
    told = text(
        "{file} → {documents}: {findings}",
        file=str(job.file),
        documents=", ".join(str(target) for target in targets),
        findings=findings.summary(checked.findings),
    )
    print(told, file=sys.stderr)
    return True


def _formats(registry: Registry, plugin: Plugin, wanted: tuple[str, ...]) -> list[Format]:
    known = registry.formats(plugin)
    for name in wanted:
        if name not in known:
            message = text(
                "There is no format “{name}”; there are: {names}.",
                name=name,
                names=", ".join(known),
            )
            raise UsageError(message)
    return [known[name] for name in dict.fromkeys(wanted)]
