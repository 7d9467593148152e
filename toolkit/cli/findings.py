"""Findings on the screen."""

import sys
from collections.abc import Iterable, Sequence

from toolkit.batch.task import UNCHANGED, Outcome
from toolkit.diagnostics import Finding, Severity
from toolkit.diagnostics.printers import text as frames
from toolkit.diagnostics.printers.frame import printable, printable_lines
from toolkit.errors import NianbaoError, PluginError
from toolkit.messages import Text, plural, text
from toolkit.pipeline import Checked


def show(checked: Iterable[Checked]) -> None:
    """Print findings with the lines they are about, to standard error."""
    for one in checked:
        if one.findings:
            lines = {one.file: one.text}
            print(frames.render(one.findings, lines, colour=_colour()), file=sys.stderr)


def show_all(found: Sequence[Finding]) -> None:
    """Print findings without the lines they are about, to standard error."""
    if found:
        print(frames.render(found, {}, colour=_colour()), file=sys.stderr)


def show_failure(file: str, error: NianbaoError) -> None:
    """Report why a file could not be dealt with, and whose fault that is."""
    blame = f"{error.plugin}: " if isinstance(error, PluginError) else ""
    place = f" ({error.place})" if isinstance(error, PluginError) and error.place else ""
    print(printable_lines(f"{file}: {blame}{error}{place}"), file=sys.stderr)


def show_outcome(outcome: Outcome) -> None:
    """Show what came of one report: its findings, then its documents or why there are none."""
    if outcome.findings:
        printed = frames.render(outcome.findings, {outcome.file: outcome.text}, colour=_colour())
        print(printed, file=sys.stderr)
    if outcome.exit_code:
        print(printable(str(failure(outcome))), file=sys.stderr)
        return
    print("\n".join(printable(document.path) for document in outcome.documents), flush=True)
    print(printable(str(_done(outcome))), file=sys.stderr)


def failure(outcome: Outcome) -> Text:
    """Return why a report could not be made, and whose fault that is."""
    why = _why(outcome)
    if str(why).startswith((f"{outcome.file}: ", f"{outcome.file}：")):
        return why
    return text("{file}: {fault}", file=outcome.file, fault=why)


def _why(outcome: Outcome) -> Text:
    if outcome.fault is None:
        return text("not built; mend the errors above.")
    if outcome.blame:
        return text("{blame}: {fault}", blame=outcome.blame, fault=outcome.fault)
    return outcome.fault


def _done(outcome: Outcome) -> Text:
    if outcome.status == UNCHANGED:
        return text("{file}: unchanged; --force builds it anew.", file=outcome.file)
    return text(
        "{file} → {documents}: {findings}",
        file=outcome.file,
        documents=", ".join(document.path for document in outcome.documents),
        findings=summary(outcome.findings),
    )


def show_batch(outcomes: Sequence[Outcome], wanted: int, seconds: float) -> None:
    """Sum a batch up: the failures by name, then the counts, and how quickly it went.

    Args:
        outcomes: what came of the reports that were dealt with.
        wanted: how many reports there are; more, if the run was stopped.
        seconds: how long it took.
    """
    failed = [outcome for outcome in outcomes if outcome.exit_code]
    if failed:
        _show_failures(failed)
    unchanged = sum(outcome.status == UNCHANGED for outcome in outcomes)
    built = len(outcomes) - len(failed) - unchanged
    told = text(
        "{built} of {all} reports built, {unchanged} unchanged, {failed} failed.",
        built=built,
        all=wanted,
        unchanged=unchanged,
        failed=len(failed),
    )
    print(told, _pace(built, seconds), file=sys.stderr)
    if len(outcomes) < wanted:
        left = wanted - len(outcomes)
        print(
            text("{left} were not reached; the same command does them.", left=left), file=sys.stderr
        )


def _show_failures(failed: Sequence[Outcome]) -> None:
    """Name them: in a table on a terminal, a line each elsewhere."""
    title = text("Not built:")
    rows = [(printable(one.file), printable(str(_why(one)))) for one in failed]
    if sys.stderr.isatty():
        from toolkit.cli.bar import table  # rich is not loaded for pipes

        table(str(title), rows)
        return
    print(title, file=sys.stderr)
    for file, why in rows:
        print(f"  {text('{file}: {fault}', file=file, fault=why)}", file=sys.stderr)


def _pace(built: int, seconds: float) -> Text:
    if not built or not seconds:
        return text("{seconds:.1f} s.", seconds=seconds)
    return text("{seconds:.1f} s, {rate:.1f} reports/s.", seconds=seconds, rate=built / seconds)


def summary(findings: Sequence[Finding]) -> Text:
    """Count findings by weight."""
    if not findings:
        return text("No findings.")
    counts = [sum(f.severity is level for f in findings) for level in reversed(Severity)]
    errors, warnings, notes = counts
    return text(
        "{errors}, {warnings}, {notes}.",
        errors=plural("{n} error", "{n} errors", errors),
        warnings=plural("{n} warning", "{n} warnings", warnings),
        notes=plural("{n} note", "{n} notes", notes),
    )


def _colour() -> bool:
    return sys.stderr.isatty()
