"""Findings on the screen."""

import sys
from collections.abc import Iterable, Sequence

from toolkit.diagnostics import Finding, Severity
from toolkit.diagnostics.printers import text as frames
from toolkit.errors import NianbaoError, PluginError
from toolkit.messages import Text, plural, text
from toolkit.pipeline import Checked


def show(checked: Iterable[Checked]) -> None:
    """Print findings with the lines they are about, to standard error."""
    for one in checked:
        if one.findings:
            lines = {one.file: one.text}
            print(frames.render(one.findings, lines, colour=_colour()), file=sys.stderr)


def show_failure(file: str, error: NianbaoError) -> None:
    """Say why a report could not be made, and whose fault that is."""
    blame = f"{error.plugin}: " if isinstance(error, PluginError) else ""
    place = f" ({error.place})" if isinstance(error, PluginError) and error.place else ""
    print(f"{file}: {blame}{error}{place}", file=sys.stderr)


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
